/** How the numbers of a column are written. */
export interface NumberFormat {
  decimal: "." | ",";
  /** marks between thousands that were seen; "" for none */
  thousands: "" | "," | "." | " " | "'";
  /** every value is digits, an optional minus and exactly so many decimals: the engine's own form */
  plainDecimals: number | undefined;
  /** every value is digits, an optional minus, and at most four decimals after a point */
  plain: boolean;
  /** currency codes that the values' own signs name, most frequent first */
  currencies: string[];
  /** values such as 1.234 and nothing that settles what the mark means */
  ambiguous: boolean;
  /** share of values with more than four decimals, which are rounded */
  rounded: number;
}

export interface NumberReading {
  /** "." or "," when this value settles it */
  decimal: "." | "," | undefined;
  thousands: "" | "," | "." | " " | "'";
  /** one mark with three digits after it: "," or "." */
  unclear: "." | "," | undefined;
  decimals: number;
  negative: boolean;
  percent: boolean;
  currency: string | undefined;
  plain: boolean;
}

/** Currency codes by the signs that values carry; a yen sign may be either of two. */
export const signCodes: Record<string, string> = {
  $: "USD",
  US$: "USD",
  AU$: "AUD",
  A$: "AUD",
  C$: "CAD",
  CA$: "CAD",
  HK$: "HKD",
  NT$: "TWD",
  S$: "SGD",
  R$: "BRL",
  "€": "EUR",
  "£": "GBP",
  "¥": "¥",
  "￥": "¥",
  元: "CNY",
  円: "JPY",
  "₩": "KRW",
  "₹": "INR",
  "₽": "RUB",
  "₺": "TRY",
  "₫": "VND",
  "฿": "THB",
  zł: "PLN",
  kr: "SEK",
};

const affix =
  /^(?:([A-Z]{3})(?=[ \d.,-])|((?:US|AU|CA|HK|NT|[ACSR])? ?[$]|[€£¥￥₩₹₽₺₫฿元円]|zł|kr))\s*/u;
const suffix = /\s*(?:([A-Z]{3})|([$€£¥￥₩₹₽₺₫฿元円]|zł|kr))$/u;

/** What one value says about its column, or undefined when it is no number. */
export function readNumber(text: string): NumberReading | undefined {
  if (/^-?\d{1,14}(\.\d{1,4})?$/.test(text)) return readPlain(text);
  let rest = text
    .normalize("NFKC")
    .replace(/[\u200b\ufeff]/g, "")
    .trim();
  let negative = false;
  let percent = false;
  let currency: string | undefined;
  if (/^\(.*\)$/.test(rest)) {
    negative = true;
    rest = rest.slice(1, -1).trim();
  }
  const takeSign = () => {
    const match = /^[-+−]\s*/.exec(rest);
    if (!match) return;
    if (match[0][0] !== "+") negative = true;
    rest = rest.slice(match[0].length);
  };
  takeSign();
  const prefix = affix.exec(rest);
  if (prefix) {
    currency = prefix[1] ?? signCodes[prefix[2]!.replace(" ", "")];
    rest = rest.slice(prefix[0].length);
    takeSign();
  }
  if (rest.endsWith("%")) {
    percent = true;
    rest = rest.slice(0, -1).trim();
  }
  const end = suffix.exec(rest);
  if (end && !currency) {
    currency = end[1] ?? signCodes[end[2]!];
    rest = rest.slice(0, end.index);
  }
  if (/\d[-−]$/.test(rest)) {
    negative = true;
    rest = rest.slice(0, -1);
  }
  const marks = readMarks(rest.replace(/[\u00a0\u202f]/g, " ").replace(/’/g, "'"));
  return marks && { ...marks, negative, percent, currency, plain: false };
}

function readPlain(text: string): NumberReading {
  const point = text.indexOf(".");
  const decimals = point < 0 ? 0 : text.length - point - 1;
  const unclear = decimals === 3 && /^-?[1-9]\d{0,2}\./.test(text);
  return {
    decimal: point < 0 || unclear ? undefined : ".",
    thousands: "",
    unclear: unclear ? "." : undefined,
    decimals,
    negative: text.startsWith("-"),
    percent: false,
    currency: undefined,
    plain: true,
  };
}

type Marks = Pick<NumberReading, "decimal" | "thousands" | "unclear" | "decimals">;

function readMarks(text: string): Marks | undefined {
  if (/^\d{1,15}$/.test(text))
    return { decimal: undefined, thousands: "", unclear: undefined, decimals: 0 };
  const grouped = /^(\d{1,3})([., '])(\d{3})((?:\2\d{3})*)(?:([.,])(\d*))?$/.exec(text);
  if (grouped) {
    const [, start, mark, , more, decimalMark, digits] = grouped;
    const thousands = mark as "." | "," | " " | "'";
    if (decimalMark) {
      if (decimalMark === mark) return undefined;
      return {
        decimal: decimalMark as "." | ",",
        thousands,
        unclear: undefined,
        decimals: digits!.length,
      };
    }
    if (thousands === " " || thousands === "'")
      return { decimal: undefined, thousands, unclear: undefined, decimals: 0 };
    const other = thousands === "." ? "," : ".";
    if (more) return { decimal: other, thousands, unclear: undefined, decimals: 0 };
    if (start!.startsWith("0"))
      return { decimal: thousands, thousands: "", unclear: undefined, decimals: 3 };
    return { decimal: undefined, thousands: "", unclear: thousands, decimals: 3 };
  }
  const single = /^(\d*)([.,])(\d*)$/.exec(text);
  if (!single || (single[1] === "" && single[3] === "")) return undefined;
  const decimal = single[2] as "." | ",";
  return { decimal, thousands: "", unclear: undefined, decimals: single[3]!.length };
}

/** The format of a column from its values; `delimiter` breaks the tie of a mark that nothing settles. */
export function collectNumberFormat(readings: NumberReading[], delimiter: string): NumberFormat {
  const votes = { ".": 0, ",": 0 };
  const unclear = { ".": 0, ",": 0 };
  const marks = new Map<string, number>();
  const currencies = new Map<string, number>();
  let rounded = 0;
  for (const reading of readings) {
    if (reading.decimal) votes[reading.decimal]++;
    if (reading.unclear) unclear[reading.unclear]++;
    if (reading.thousands) marks.set(reading.thousands, (marks.get(reading.thousands) ?? 0) + 1);
    if (reading.currency)
      currencies.set(reading.currency, (currencies.get(reading.currency) ?? 0) + 1);
    if (reading.decimals > 4) rounded++;
  }
  const settled = votes["."] > 0 || votes[","] > 0;
  const decimal = settled
    ? votes[","] > votes["."]
      ? ","
      : "."
    : guessDecimal(unclear, delimiter);
  const thousands = [...marks].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  const plain = readings.every((reading) => reading.plain) && decimal === ".";
  const decimals = readings[0]?.decimals ?? 0;
  return {
    decimal,
    thousands: thousands as NumberFormat["thousands"],
    plain,
    plainDecimals: plain && readings.every((r) => r.decimals === decimals) ? decimals : undefined,
    currencies: [...currencies].sort((a, b) => b[1] - a[1]).map(([code]) => code),
    ambiguous: !settled && unclear["."] + unclear[","] > 0,
    rounded: readings.length ? rounded / readings.length : 0,
  };
}

/** 1,234 is read as a thousand in a comma file and 1.234 in a semicolon file: where such files come from. */
function guessDecimal(unclear: { ".": number; ",": number }, delimiter: string): "." | "," {
  if (unclear[","] > 0) return ".";
  if (unclear["."] > 0) return delimiter === ";" ? "," : ".";
  return delimiter === ";" ? "," : ".";
}
