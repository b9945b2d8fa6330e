/** What a cell's number format makes of its number. "elapsed" counts hours beyond a day. */
export type FormatKind = "number" | "date" | "time" | "date-time" | "elapsed";

/**
 * The kind of a number format: of a built-in one by its id, also those of Chinese, Japanese and
 * Korean Excel, of a custom one by its code.
 *
 * @param code the custom format with this id; undefined for a built-in one
 * @see ECMA-376 part 1, 18.8.30 (numFmt)
 */
export function numberFormatKind(id: number, code: string | undefined): FormatKind {
  if (code !== undefined) return kindOfCode(code);
  if (id >= 14 && id <= 17) return "date";
  if (id >= 18 && id <= 21) return "time";
  if (id === 22) return "date-time";
  if ((id >= 32 && id <= 35) || id === 55 || id === 56) return "time";
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
  if (id === 46) return "elapsed";
  return id === 45 || id === 47 ? "time" : "number";
}

function kindOfCode(code: string): FormatKind {
  const [first = ""] = withoutLiterals(code).split(";");
  if (/\[(h+|m+|s+)\]/i.test(first)) return "elapsed";
  const letters = first.replace(/\[[^\]]*\]/g, "").replace(/general/gi, "");
  const hasTime = /[hs]|AM\/PM|上午/i.test(letters);
  const hasDate = /[ydeg]/i.test(letters.replace(/E[+-]/gi, "")) || /b{2}|a{3}/i.test(letters);
  const hasMonth = /m/i.test(letters) && !/[0#?]/.test(letters);
  if (hasTime && hasDate) return "date-time";
  if (hasTime) return "time";
  return hasDate || hasMonth ? "date" : "number";
}

/** Quoted text, and the character after a backslash, an underscore or an asterisk, are shown as they are. */
function withoutLiterals(code: string): string {
  return code.replace(/"[^"]*"?|[\\_*]./g, "");
}
