import { placeholders } from "./cleanCell.ts";
import { guests } from "./guests.ts";
import { toPattern } from "./dateFormats.ts";
import type { DateOrder, DateShape } from "./dateFormats.ts";
import type { NumberFormat } from "./numberFormats.ts";
import type { ColumnFormat } from "./plan.ts";
import { offsetSql, once, wallClockSql } from "./timeZones.ts";
import { wordedDateSql } from "./wordedDates.ts";

/*
 * Every expression reads one varchar column and is null where the value is not what the plan says it
 * should be: never a guess. The common form goes through a cheap expression; the thorough one is
 * computed only for the rows that the cheap one left null.
 */

/** A text literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Whether a text is one of some words. Not `in`: of five words or more the engine makes a join, and
 * evaluates what stands before `in` for every row, behind whatever `case`.
 */
export function isOneOf(text: string, words: readonly string[]): string {
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");
  return `regexp_full_match(${text}, ${quoteText(pattern)})`;
}

const blanks = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)";

/** Outer blanks, zero-width characters and spreadsheet armour taken off; blank is null. See `cleanCell`. */
export function cleanText(column: string): string {
  const bare = `trim(regexp_replace(${column}, '[\\x{200B}-\\x{200D}\\x{2060}\\x{FEFF}\\x00]', '', 'g'), ${blanks})`;
  const unwrapped = `trim(regexp_replace(${bare}, '^(?:="((?s:.)*)"|''([0-9](?s:.)*))$', '\\1\\2'), ${blanks})`;
  return `nullif(${unwrapped}, '')`;
}

/** As `cleanText` where the sample shows a need for it, else the bare column. */
export function textSql(column: string, format: ColumnFormat | undefined): string {
  return format?.dressed ? cleanText(column) : column;
}

// ids with a digit and lower-case addresses need nothing done; hyphens may be a phone number's, as may 00 at the start
const plainIdentity =
  "0?[1-9][0-9A-Za-z_]*|[A-Za-z_#-]+[0-9][0-9A-Za-z_-]*|[0-9a-z_.+-]+@[0-9a-z.-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

const nobodies = [...placeholders, ...guests];

/**
 * An identity: trimmed, NFC, e-mail in lower case, phone numbers without their blanks and hyphens,
 * Chinese mobiles without +86. Guests, placeholders and masked numbers (138****1111) are nobody: null.
 */
export function identitySql(column: string): string {
  const clean = `nfc_normalize(${cleanText(column)})`;
  const digits = `regexp_replace(${clean}, '[^0-9]', '', 'g')`;
  const nobody = `${isOneOf(`lower(${clean})`, nobodies)} or regexp_matches(${clean}, '^0+$|[*＊]')`;
  const thorough = `case
      when ${nobody} then null
      when contains(${column}, '@') then lower(${clean})
      when regexp_full_match(${clean}, '${mobile}') then right(${digits}, 11)
      when regexp_full_match(${clean}, '[+][0-9][0-9 ().-]{6,20}') then '+' || ${digits}
      else ${clean}
    end`;
  const word = `regexp_full_match(${column}, '[A-Za-z]{5,}') and not ${isOneOf(`lower(${column})`, nobodies)}`;
  return `case
      when regexp_full_match(${column}, '${plainIdentity}') then ${column}
      when ${word} then ${column}
      else ${thorough}
    end`;
}

const mobile = "(?:[(]?(?:[+]|00)86[)]?|86[ -])?[ -]?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}";

/** An exact decimal(18,4); more than four decimals are rounded half away from zero. */
export function numberSql(column: string, format: ColumnFormat): string {
  const fast = fastNumber(column, format.number);
  const thorough = thoroughNumber(column, format.number);
  return orElse(fast, thorough);
}

/** The engine also takes 1e3 and 1_000 for numbers: its own form of the result must equal the text. */
function fastNumber(column: string, { plain, plainDecimals }: NumberFormat): string | undefined {
  if (plainDecimals !== undefined && plainDecimals <= 4) {
    const value = `try_cast(${column} as decimal(${14 + plainDecimals},${plainDecimals}))`;
    return `case when ${value}::varchar = ${column} then ${value}::decimal(18,4) end`;
  }
  if (!plain) return undefined;
  return `case when regexp_full_match(${column}, '-?[0-9]{1,14}(\\.[0-9]{1,4})?') then try_cast(${column} as decimal(18,4)) end`;
}

/** Signs, marks between thousands, brackets for negative: checked by one pattern, then taken off. */
function thoroughNumber(column: string, { decimal }: NumberFormat): string {
  const clean = cleanText(column);
  const currency = "(?:[A-Z]{3}|(?:US|AU|CA|HK|NT|[ACSR])? ?[$]|[€£¥￥₩₹₽₺₫฿元円]|zł|kr)";
  const [mark, group] =
    decimal === "." ? ["[.]", "[,'’ \\x{00A0}\\x{202F}]"] : [",", "[.'’ \\x{00A0}\\x{202F}]"];
  const digits = `(?:[0-9]{1,3}(?:${group}[0-9]{3})+|[0-9]+)(?:${mark}[0-9]*)?|${mark}[0-9]+`;
  const pattern = `[(]?[-+−]?\\s*(?:${currency})?\\s*[-+−]?\\s*(?:${digits})\\s*[-−]?\\s*(?:${currency})?[)]?`;
  const bare = `regexp_replace(${clean}, '[^0-9${decimal}]', '', 'g')`;
  const plain = decimal === "," ? `replace(${bare}, ',', '.')` : bare;
  const sign = `case when regexp_matches(${clean}, '^[(]|[-−]') then -1 else 1 end`;
  const value = `try_cast(try_cast(${plain} as decimal(38,16)) as decimal(18,4))`;
  return `case when regexp_full_match(${clean}, ${quoteText(pattern)}) then (${value} * (${sign}))::decimal(18,4) end`;
}

/**
 * A timestamp. Wall clock as written, an offset or zone dropped; or moved to the shop's zone, where the
 * plan names one. Years are for the caller to judge.
 */
export function timeSql(column: string, { date, dressed }: ColumnFormat): string {
  const { shapes, order, zone } = date;
  const [main] = shapes;
  const fast = main && !dressed ? fastTime(column, shapes, order) : undefined;
  const thorough = thoroughTime(cleanText(column), shapes, order);
  const wall = orElse(fast, thorough);
  return zone ? movedSql(column, wall, shapes, zone) : wall;
}

/** A value that names no offset stays as it stands; a count of seconds is UTC. */
function movedSql(column: string, wall: string, shapes: DateShape[], zone: string): string {
  const isInstant = shapes.every(({ pattern }) => pattern.startsWith("epoch"));
  if (isInstant) return wallClockSql(wall, zone);
  const parts = `struct_pack(wall := ${wall}, ahead := ${offsetSql(cleanText(column))})`;
  const instant = "(time_parts.wall - to_minutes(time_parts.ahead::bigint))";
  const moved = wallClockSql(instant, zone);
  return once(
    "time_parts",
    parts,
    `case when time_parts.ahead is null then time_parts.wall else ${moved} end`,
  );
}

/** Not `coalesce`: of that the engine computes the second part for every row, 15 times the cost. */
function orElse(fast: string | undefined, thorough: string): string {
  return fast ? `case when ${fast} is not null then ${fast} else ${thorough} end` : thorough;
}

/** Of a length that the sample has, the engine's cast is right; "epoch" or "infinity" have none of these. */
function fastTime(column: string, shapes: DateShape[], order: DateOrder): string {
  const [main] = shapes;
  if (main!.pattern === "iso") {
    if (main!.zoned)
      return `case when strlen(${column}) = ${main!.length} and substr(${column}, 5, 1) = '-' and substr(${column}, 20, 1) in (' ', '+', '-', 'Z') then try_cast(left(${column}, 19) as timestamp) end`;
    return `case when strlen(${column}) = ${main!.length} then try_cast(${column} as timestamp) end`;
  }
  return main!.zoned || isCounted(main!) ? "null::timestamp" : strptime(column, main!, order);
}

function isCounted({ pattern }: DateShape): boolean {
  return !pattern.includes("%");
}

function strptime(column: string, { pattern, length }: DateShape, order: DateOrder): string {
  const parsed = `try_strptime(${column}, ${quoteText(toPattern(pattern, order))})`;
  return pattern.startsWith("%Y%m%d")
    ? `case when strlen(${column}) = ${length} then ${parsed} end`
    : parsed;
}

const zone = " ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}|[A-Z]{3,4})$";
const iso = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?";

/** Any of the shapes of the sample, whatever the length. */
function thoroughTime(clean: string, shapes: DateShape[], order: DateOrder): string {
  const zoned = shapes.some((shape) => shape.zoned);
  const text = zoned ? `regexp_replace(${clean}, '${zone}', '')` : clean;
  const parts = [...new Set(shapes.map(({ pattern }) => pattern))].map((pattern) => {
    if (pattern === "iso")
      return `case when regexp_full_match(${text}, '${iso}') then try_cast(${text} as timestamp) end`;
    if (pattern === "worded") return wordedDateSql(text);
    if (pattern === "excel")
      return `case when regexp_full_match(${text}, '[0-9]{5}([.][0-9]+)?') then timestamp '1899-12-30' + to_seconds(round(try_cast(${text} as double) * 86400)) end`;
    const scale = { "epoch-s": [10, 1_000_000], "epoch-ms": [13, 1000], "epoch-us": [16, 1] }[
      pattern
    ];
    if (scale)
      return `case when regexp_full_match(${text}, '[0-9]{${scale[0]}}') then make_timestamp(try_cast(${text} as bigint) * ${scale[1]}) end`;
    const parsed = `try_strptime(${text}, ${quoteText(toPattern(pattern, order))})`;
    return pattern.startsWith("%Y%m%d")
      ? `case when regexp_full_match(${text}, '[0-9]{8}([ T]?[0-9:]+)?') then ${parsed} end`
      : parsed;
  });
  if (parts.length === 0) return "null::timestamp";
  return parts.length === 1 ? parts[0]! : `coalesce(${parts.join(", ")})`;
}
