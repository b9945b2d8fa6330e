/**
 * Whether a pasted text looks like rows of a table: two lines or more, and a delimiter in the first.
 * A stray word or a link on the clipboard is no import. Line breaks inside of quotes are no lines:
 * spreadsheets put cells with several lines into quotes.
 */
export function isPastedTable(text: string): boolean {
  const rows = text.replace(/(^|[\t,;|\r\n])"(?:[^"]|"")*"/g, "$1x");
  const lines = rows.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return lines.length >= 2 && /[,;\t|]/.test(lines[0] ?? "");
}
