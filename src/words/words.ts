import { en } from "./en.ts";
import { zhHans } from "./zhHans.ts";
import { zhHant } from "./zhHant.ts";

export const locales = ["en", "zh-Hans", "zh-Hant"] as const;
export type Locale = (typeof locales)[number];
export type WordKey = keyof typeof en;
export type WordValues = Record<string, string | number>;
type ValueType = "text" | "date" | "count" | "number" | "share" | "money" | "days" | "flag";
type Grain = "day" | "week" | "month" | "quarter" | "year";

const dictionaries: Record<Locale, Record<WordKey, string>> = {
  en,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
};

const tags: Record<Locale, string> = { en: "en", "zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant-TW" };

const absent = "–";

/**
 * A word of the interface. `{name}` is replaced by the value of that name, numbers as counts;
 * `{name|one|other}` by the form that the number asks for in the language. An unknown key comes back as
 * itself, so that a caller can tell, and a place without a value stays as it stands.
 */
export function text(locale: Locale, key: string, values: WordValues = {}): string {
  return fillWord(locale, isWordKey(key) ? dictionaries[locale][key] : key, values);
}

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}

/** Fills the places of a template, see `text`. */
export function fillWord(locale: Locale, template: string, values: WordValues): string {
  return template.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (place, name, one, other) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return place;
    if (other !== undefined) return pluralForm(locale, Number(value)) === "one" ? one : other;
    return typeof value === "number" ? formatNumber(locale, value) : value;
  });
}

/** A value of a result that has a word of its own, such as a step or a reason; else the value. */
export function formatText(locale: Locale, column: string, value: string): string {
  const key = `value.${column}.${toSlug(value)}`;
  return isWordKey(key) ? dictionaries[locale][key] : value;
}

/** By the type of its column; null, NaN and what is not there are a dash. Money in the currency given. */
export function formatValue(
  locale: Locale,
  type: ValueType,
  value: unknown,
  currency: string | null = null,
): string {
  if (value === null || value === undefined || value === "") return absent;
  if (type === "text") return String(value);
  if (type === "flag") return text(locale, value ? "value.yes" : "value.no");
  if (type === "date") return formatDate(locale, value as Date | number | string);
  const number = Number(value);
  if (Number.isNaN(number)) return absent;
  if (type === "share") return formatShare(locale, number);
  if (type === "money") return formatMoney(locale, number, currency);
  if (type === "days") return formatDuration(locale, number);
  return type === "count" ? formatCount(locale, number) : formatNumber(locale, number);
}

/** Up to four significant digits behind the point where the number is small, two where it is not. */
export function formatNumber(locale: Locale, value: number, digits?: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "-∞" : absent;
  if (digits !== undefined)
    return numberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  if (value !== 0 && Math.abs(value) < 1)
    return numberFormat(locale, { maximumSignificantDigits: 4 }).format(value);
  return numberFormat(locale, { maximumFractionDigits: 2 }).format(value);
}

/** Whole; from 10,000 on compact ("12.3K", "1.23万") where asked. */
export function formatCount(
  locale: Locale,
  value: number | bigint,
  { compact = false } = {},
): string {
  const isShort = value < 10_000 && value > -10_000;
  if (!compact || isShort) return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
  return numberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

/** @param share 0 to 1 */
export function formatShare(locale: Locale, share: number, digits = 1): string {
  if (!Number.isFinite(share)) return absent;
  return numberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** Half away from zero, compact without cents where asked; a plain number with two digits where the currency is unknown. */
export function formatMoney(
  locale: Locale,
  value: number,
  currency: string | null,
  { compact = false } = {},
): string {
  if (!Number.isFinite(value)) return formatNumber(locale, value);
  const short: Intl.NumberFormatOptions =
    Math.abs(value) < 10_000
      ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
      : { notation: "compact", maximumSignificantDigits: 3 };
  if (currency === null || !/^[A-Z]{3}$/i.test(currency)) {
    const plain = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    return numberFormat(locale, compact ? short : plain).format(value);
  }
  const style: Intl.NumberFormatOptions = {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  };
  return numberFormat(locale, compact ? { ...style, ...short } : style).format(value);
}

/** @param days a span, not a date */
export function formatDuration(locale: Locale, days: number): string {
  if (!Number.isFinite(days)) return formatNumber(locale, days);
  return numberFormat(locale, {
    style: "unit",
    unit: "day",
    unitDisplay: "long",
    maximumFractionDigits: 1,
  }).format(days);
}

/**
 * @param value a Date, milliseconds since 1970 or ISO text, read as the shop's wall clock
 * @param grain the period that the date opens; weeks show their first day
 */
export function formatDate(
  locale: Locale,
  value: Date | number | bigint | string,
  grain: Grain = "day",
  { short = false } = {},
): string {
  const date = new Date(typeof value === "bigint" ? Number(value) : value);
  if (Number.isNaN(date.getTime())) return absent;
  if (grain === "quarter") {
    const quarter = 1 + Math.floor(date.getUTCMonth() / 3);
    return text(locale, "date.quarter", {
      year: String(date.getUTCFullYear()),
      quarter: String(quarter),
    });
  }
  return dateFormat(locale, grain, short).format(date);
}

function dateFormat(locale: Locale, grain: Grain, short: boolean): Intl.DateTimeFormat {
  const year = short && grain !== "year" ? "2-digit" : "numeric";
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year };
  if (grain !== "year") options.month = "short";
  if (grain === "day" || grain === "week") options.day = "numeric";
  if (short && (grain === "day" || grain === "week")) delete options.year;
  return cached(
    `date ${locale} ${grain} ${short}`,
    () => new Intl.DateTimeFormat(tags[locale], options),
  );
}

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(
    `number ${locale} ${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(tags[locale], options),
  );
}

function pluralForm(locale: Locale, value: number): Intl.LDMLPluralRule {
  return cached(`plural ${locale}`, () => new Intl.PluralRules(tags[locale])).select(value);
}

// Making an Intl formatter costs about 50 times as much as using one.
const formatters = new Map<string, unknown>();

function cached<Formatter>(key: string, make: () => Formatter): Formatter {
  const known = formatters.get(key) as Formatter | undefined;
  if (known !== undefined) return known;
  const made = make();
  formatters.set(key, made);
  return made;
}

function toSlug(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-");
}
