import type { DateFormat, DateOrder } from "./dateFormats.ts";
import type { NumberFormat } from "./numberFormats.ts";
import type { PlanQuestion } from "./plan.ts";
import { cleanCell } from "./cleanCell.ts";
import { readDate } from "./dateFormats.ts";
import type { RawRecord } from "./parseRecords.ts";

/** What the reader said, by question id, or by "file name:question id" for one file alone. */
export type Answers = Record<string, string>;

/** The answer to a question of a file, if it is one of its options. */
export function answerTo(
  answers: Answers,
  file: string,
  id: string,
  options: string[],
): string | undefined {
  const answer = answers[`${file}:${id}`] ?? answers[id];
  return answer !== undefined && options.includes(answer) ? answer : undefined;
}

export interface Settled<T> {
  value: T;
  question?: PlanQuestion;
}

const dateOrders: DateOrder[] = ["day-first", "month-first"];

/** The order of day and month: proved by the values, told, borrowed from another column, or asked. */
export function settleDateOrder(
  format: DateFormat,
  others: DateFormat[],
  records: RawRecord[],
  column: { index: number; name: string },
  told: string | undefined,
  hints: { currency: string | null; delimiter: string },
): Settled<DateOrder> {
  if (!format.shapes.some((shape) => shape.pattern.startsWith("{dm}")))
    return { value: "day-first" };
  // an answer may have been given for another file
  if (!format.ambiguous && format.order) return { value: format.order };
  if (told) return { value: told as DateOrder };
  const borrowed = others.find((other) => other.order && !other.ambiguous)?.order;
  if (borrowed && !format.order) return { value: borrowed };
  const guess = format.order ?? orderByRun(records, column.index) ?? orderByPlace(hints);
  const example = cleanCell(records[0]?.cells[column.index] ?? "");
  return { value: guess, question: ask("date-order", dateOrders, guess, column.name, example) };
}

/** Exports are sorted by time: the order under which fewer neighbours step the other way. */
function orderByRun(records: RawRecord[], index: number): DateOrder | undefined {
  const turns = { "day-first": 0, "month-first": 0 };
  for (const order of dateOrders) {
    let last = 0;
    let direction = 0;
    for (const { cells } of records.slice(0, 2000)) {
      const reading = readDate(cleanCell(cells[index] ?? ""));
      if (!reading || !reading.first) continue;
      const { first, second } = reading;
      const year = Number(/\d{4}/.exec(cells[index]!)?.[0] ?? 0);
      const [day, month] = order === "day-first" ? [first, second] : [second, first];
      const key = year * 400 + month * 31 + day;
      const step = Math.sign(key - last);
      if (last && step && direction && step !== direction) turns[order]++;
      if (last && step) direction = step;
      last = key;
    }
  }
  if (turns["day-first"] * 2 < turns["month-first"]) return "day-first";
  return turns["month-first"] * 2 < turns["day-first"] ? "month-first" : undefined;
}

function orderByPlace({
  currency,
  delimiter,
}: {
  currency: string | null;
  delimiter: string;
}): DateOrder {
  if (delimiter === ";") return "day-first";
  return currency === null || currency === "USD" ? "month-first" : "day-first";
}

/** The decimal mark: proved, told, borrowed from another column of numbers, or asked. */
export function settleDecimal(
  format: NumberFormat,
  others: NumberFormat[],
  column: { name: string; example: string },
  told: string | undefined,
): Settled<NumberFormat> {
  if (!format.ambiguous) return { value: format };
  if (told) return { value: withDecimal(format, told === "comma" ? "," : ".") };
  const proved = others.find(
    (other) => !other.ambiguous && (other.thousands !== "" || other.plainDecimals),
  );
  if (proved) return { value: withDecimal(format, proved.decimal) };
  const guess = format.decimal === "," ? "comma" : "point";
  const question = ask("decimal", ["comma", "point"], guess, column.name, column.example);
  return { value: format, question };
}

function withDecimal(format: NumberFormat, decimal: "." | ","): NumberFormat {
  if (decimal === ".") return { ...format, decimal };
  return { ...format, decimal, plain: false, plainDecimals: undefined };
}

const currencies = [
  "USD",
  "EUR",
  "GBP",
  "CNY",
  "JPY",
  "HKD",
  "TWD",
  "KRW",
  "CAD",
  "AUD",
  "CHF",
  "INR",
  "BRL",
];

const currencyOfCountry: [RegExp, string][] = [
  [/^(united kingdom|uk|gb|great britain)$/i, "GBP"],
  [/^(united states|usa?|u\.s\.a?\.?)$/i, "USD"],
  [/^(china|cn|中国|中國)$/i, "CNY"],
  [/^(japan|jp|日本)$/i, "JPY"],
  [
    /^(germany|de|france|fr|italy|it|spain|es|netherlands|nl|austria|at|belgium|be|ireland|ie)$/i,
    "EUR",
  ],
  [/^(hong kong|hk|香港)$/i, "HKD"],
  [/^(taiwan|tw|台灣|臺灣|台湾)$/i, "TWD"],
  [/^(canada|ca)$/i, "CAD"],
  [/^(australia|au)$/i, "AUD"],
  [/^(brazil|br)$/i, "BRL"],
];

const knownCurrencies = new Set(Intl.supportedValuesOf("currency"));

/** Currency codes to choose from; any that the file or the reader names may stand for them. */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/**
 * The one currency of all amounts, where no column has it: the values' signs, the platform's, a unit in
 * the header, told, or asked with a guess by country and script.
 */
export function settleCurrency(input: {
  signs: string[];
  header: string;
  headers: string[];
  platform: string | undefined;
  countries: string[];
  delimiter: string;
  told: string | undefined;
}): Settled<string | null> {
  const { signs, header, headers, platform, told } = input;
  const script = headers.join(" ");
  const named = signs.filter((sign) => sign !== "¥");
  if (named.length > 1) return { value: told ?? null };
  if (named[0]) return { value: named[0] };
  if (platform) return { value: platform };
  if (signs.length > 0 && /[\u3041-\u30ff円]/.test(script)) return { value: "JPY" };
  if (signs.length > 0 && /[\u4e00-\u9fff]/.test(script)) return { value: "CNY" };
  const unit = /(?:^|[^a-z])(usd|eur|gbp|cny|rmb|jpy|hkd|twd|cad|aud)(?:$|[^a-z])/i.exec(
    header.replace(/_/g, " "),
  );
  if (unit) return { value: unit[1]!.toUpperCase().replace("RMB", "CNY") };
  const bracketed = /[([]([A-Z]{3})[)\]]\s*$/.exec(header)?.[1];
  if (bracketed && knownCurrencies.has(bracketed)) return { value: bracketed };
  if (/元[)）]?$/.test(header)) return { value: "CNY" };
  if (told) return { value: told };
  const guess = currencyByPlace(input, script);
  return { value: guess, question: ask("currency", currencies, guess, header, "") };
}

function currencyByPlace(
  { countries, signs, delimiter }: { countries: string[]; signs: string[]; delimiter: string },
  script: string,
): string {
  const counts = new Map<string, number>();
  for (const country of countries) {
    const code = currencyOfCountry.find(([expression]) => expression.test(country.trim()))?.[1];
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [top] = [...counts].sort((a, b) => b[1] - a[1]);
  if (top && top[1] * 2 > countries.length) return top[0];
  if (/[\u3041-\u30ff円]/.test(script)) return "JPY";
  if (/[單號買賣產額會員訂]/.test(script)) return "TWD";
  if (/[\u4e00-\u9fff]/.test(script) || signs.length > 0) return "CNY";
  return delimiter === ";" ? "EUR" : "USD";
}

export function ask(
  id: string,
  options: string[],
  guess: string,
  column: string,
  example: string,
): PlanQuestion {
  return { id, question: id, options, guess, args: { column, example } };
}
