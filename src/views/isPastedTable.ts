/**
 * Whether a pasted text looks like rows of a table: two lines or more, and a delimiter in the first.
 * A stray word or a link on the clipboard is no import.
 */
export function isPastedTable(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return lines.length >= 2 && /[,;\t|]/.test(lines[0] ?? "");
}
