/**
 * The value of a cell without the armour of spreadsheets: outer blanks and TABs, zero-width
 * characters, `="0012"`, and the apostrophe before digits. The SQL of `cleanText` does the same.
 */
export function cleanCell(cell: string): string {
  let text = cell;
  if (/[\u200b-\u200d\u2060\ufeff\0]/.test(text))
    text = text.replace(/[\u200b-\u200d\u2060\ufeff\0]/g, "");
  text = text.trim();
  const wrapped = /^="(.*)"$/s.exec(text) ?? /^'(\d.*)$/s.exec(text);
  return wrapped ? wrapped[1]!.trim() : text;
}

/** Words that exports write for "nothing here". */
export const placeholders = [
  "-",
  "--",
  "—",
  "——",
  "－",
  "null",
  "n/a",
  "na",
  "none",
  "nan",
  "#n/a",
  "undefined",
  "无",
];

export function isBlank(text: string): boolean {
  return text === "" || (text.length < 10 && placeholders.includes(text.toLowerCase()));
}
