import { isWordedDate } from "./wordedDates.ts";

/**
 * How the dates of a column are written. A numeric date has `{dm}` where day and month stand, until
 * the order is known.
 */
export interface DateShape {
  /** strptime pattern, with `{dm}/` standing for `%d/%m/` or `%m/%d/`; or iso, worded, epoch-s, epoch-ms, epoch-us, excel */
  pattern: string;
  /** length in characters */
  length: number;
  /** a zone or offset follows the time */
  zoned: boolean;
}

export interface DateReading extends DateShape {
  /** first and second number of a numeric date */
  first: number;
  second: number;
}

export type DateOrder = "day-first" | "month-first";

const datePatterns: [RegExp, (match: RegExpExecArray) => string | undefined][] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})/, (m) => ymd(m, "%Y-%m-%d")],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})/, (m) => ymd(m, "%Y/%m/%d")],
  [/^(\d{4})\.(\d{1,2})\.(\d{1,2})/, (m) => ymd(m, "%Y.%m.%d")],
  [
    /^(\d{4})年(\d{1,2})月(\d{1,2})日?/,
    (m) => ymd(m, m[0].endsWith("日") ? "%Y年%m月%d日" : "%Y年%m月%d"),
  ],
  [/^(\d{4})(\d{2})(\d{2})(?=$|[ T]|\d{6}$)/, (m) => ymd(m, "%Y%m%d")],
  [
    /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/,
    (m) => `{dm}${m[2]}${m[4]!.length === 4 ? "%Y" : "%y"}`,
  ],
  [/^([A-Za-z]{3,9})(\.?[ -])(\d{1,2})(,? |-)(\d{4}|\d{2})(?!\d)/, monthFirstName],
  [/^(\d{1,2})(\.? |-)([A-Za-z]{3,9})(,? |-)(\d{4}|\d{2})(?!\d)/, dayFirstName],
];

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const longMonths =
  "january february march april may june july august september october november december".split(
    " ",
  );

/** The pattern of one value, or undefined when it is no date. Numbers alone are left to `parseEpoch`. */
export function readDate(text: string): DateReading | undefined {
  for (const [expression, patternOf] of datePatterns) {
    const match = expression.exec(text);
    if (!match) continue;
    const day = patternOf(match);
    if (day === undefined) continue;
    const rest = readTime(text.slice(match[0].length));
    if (rest === undefined) continue;
    const numeric = day.startsWith("{dm}");
    const first = numeric ? Number(match[1]) : 0;
    const second = numeric ? Number(match[3]) : 0;
    if (numeric && !isPossible(first, second)) continue;
    const pattern = isIso(day, rest.pattern, match) ? "iso" : day + rest.pattern;
    return { pattern, length: text.length, zoned: rest.zoned, first, second };
  }
  if (!isWordedDate(text)) return undefined;
  return { pattern: "worded", length: text.length, zoned: false, first: 0, second: 0 };
}

function isPossible(first: number, second: number): boolean {
  return first >= 1 && second >= 1 && first <= 31 && second <= 31 && Math.min(first, second) <= 12;
}

function ymd(match: RegExpExecArray, pattern: string): string | undefined {
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
    return undefined;
  return pattern;
}

/** What the engine casts by itself, wall clock as written: year-month-day, two digits each, then a time. */
function isIso(day: string, time: string, match: RegExpExecArray): boolean {
  if (day !== "%Y-%m-%d" || match[0].length !== 10) return false;
  return /^($|[ T]%H:%M)/.test(time) && !time.includes("%p");
}

function monthFirstName(match: RegExpExecArray): string | undefined {
  const name = monthName(match[1]!);
  if (!name) return undefined;
  return `${name}${match[2]}%d${match[4]}${match[5]!.length === 4 ? "%Y" : "%y"}`;
}

function dayFirstName(match: RegExpExecArray): string | undefined {
  const name = monthName(match[3]!);
  if (!name) return undefined;
  return `%d${match[2]}${name}${match[4]}${match[5]!.length === 4 ? "%Y" : "%y"}`;
}

function monthName(text: string): string | undefined {
  const name = text.toLowerCase();
  if (months.includes(name)) return "%b";
  return longMonths.includes(name) ? "%B" : undefined;
}

const time =
  /^(,? |T| T|, )?(\d{1,2}):(\d{2})(:\d{2})?([.,]\d{1,9})?( ?[AaPp][Mm])?( ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z]{3,4}))?$/;

function readTime(text: string): { pattern: string; zoned: boolean } | undefined {
  if (text === "") return { pattern: "", zoned: false };
  if (/^\d{6}$/.test(text)) return { pattern: "%H%M%S", zoned: false };
  const match = time.exec(text);
  if (!match || match[1] === undefined) return undefined;
  const [, gap, hour, minute, seconds, fraction, half, zone] = match;
  if (Number(hour) > 24 || Number(minute) > 59 || (half && Number(hour) > 12)) return undefined;
  const clock = `${half ? "%I" : "%H"}:%M${seconds ? ":%S" : ""}${fraction ? `${fraction[0]}%f` : ""}`;
  return {
    pattern: `${gap}${clock}${half ? half.replace(/[AaPp][Mm]/, "%p") : ""}`,
    zoned: !!zone,
  };
}

/**
 * Numbers that stand for a moment: seconds, milliseconds or microseconds since 1970, or days since
 * 1899-12-30 as a spreadsheet keeps them. Only a column that is called a time may be read so.
 */
export function readEpoch(text: string): DateReading | undefined {
  if (!/^\d{5,16}(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  const reading = (pattern: string) => ({
    pattern,
    length: text.length,
    zoned: false,
    first: 0,
    second: 0,
  });
  if (value >= 20_000 && value < 80_000) return reading("excel");
  if (text.includes(".")) return undefined;
  if (text.length === 10 && value >= 3e8) return reading("epoch-s");
  if (text.length === 13 && value >= 3e11) return reading("epoch-ms");
  if (text.length === 16 && value >= 3e14) return reading("epoch-us");
  return undefined;
}

/** How a column writes its dates: every pattern seen, most frequent first, and what settles their order. */
export interface DateFormat {
  shapes: DateShape[];
  /** undefined: not numeric, or not settled by the values */
  order: DateOrder | undefined;
  /** numeric dates that the values do not settle: all numbers are 12 or less, or they contradict */
  ambiguous: boolean;
}

export function collectDateFormat(readings: DateReading[]): DateFormat {
  const counts = new Map<string, { shape: DateShape; count: number }>();
  let dayFirst = 0;
  let monthFirst = 0;
  let numeric = 0;
  for (const { pattern, length, zoned, first, second } of readings) {
    const key = pattern === "iso" ? `iso ${length} ${zoned}` : `${pattern} ${zoned}`;
    const seen = counts.get(key);
    if (seen) seen.count++;
    else counts.set(key, { shape: { pattern, length, zoned }, count: 1 });
    if (!pattern.startsWith("{dm}")) continue;
    numeric++;
    if (first > 12 || pattern[4] === ".") dayFirst++; // nobody writes month.day.year
    if (second > 12) monthFirst++;
  }
  const shapes = [...counts.values()].sort((a, b) => b.count - a.count).map(({ shape }) => shape);
  return {
    shapes,
    order: orderOf(dayFirst, monthFirst),
    ambiguous: numeric > 0 && (dayFirst === 0) === (monthFirst === 0),
  };
}

function orderOf(dayFirst: number, monthFirst: number): DateOrder | undefined {
  if (dayFirst === monthFirst) return undefined;
  return dayFirst > monthFirst ? "day-first" : "month-first";
}

/** The strptime pattern once the order is known. */
export function toPattern(pattern: string, order: DateOrder): string {
  if (!pattern.startsWith("{dm}")) return pattern;
  const separator = pattern[4]!;
  const [a, b] = order === "day-first" ? ["%d", "%m"] : ["%m", "%d"];
  return `${a}${separator}${b}${separator}${pattern.slice(5)}`;
}
