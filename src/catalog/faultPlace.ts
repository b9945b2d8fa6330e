import { lexSql } from "./lexSql.ts";
import { readerQuery, StatementError } from "./readerQuery.ts";

/** A stretch of a text: the places of its first character and after its last. */
export interface Place {
  from: number;
  to: number;
}

/**
 * Where in a cell's text an error is, when it says so: a line of the front matter, or a word of the SQL. The
 * engine counts in the statement that it was sent, in which the cell's own stands whole among others.
 *
 * @param text of the cell when it ran, with lines that end in "\n"
 */
export function faultPlace(text: string, error: unknown): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const line = /^cells\/.*?\.sql:(\d+): /s.exec(error.message)?.[1];
  if (line !== undefined) return lineAt(text, Number(line));
  const sql = ownSql(text);
  if (sql === undefined) return undefined;
  const start = text.lastIndexOf(sql);
  if (error instanceof StatementError) return wordAt(text, start + error.at);
  const sent = "sql" in error && typeof error.sql === "string" ? error.sql : "";
  const at = placeInSent(error.message, sent);
  const ownStart = sent.lastIndexOf(sql);
  if (at === undefined || ownStart < 0) return undefined;
  const own = at - ownStart;
  // what is missing at the end is missed at the bracket behind it
  return own < 0 ? undefined : wordAt(text, start + Math.min(own, sql.length - 1));
}

/** The message without the engine's excerpt of the statement, whose line numbers are not the reader's. */
export function withoutExcerpt(message: string): string {
  return message.replace(/\n\nLINE \d+: [^]*$/, "");
}

/** A cell's SQL up to its end, as `withTables` sends it. */
function ownSql(text: string): string | undefined {
  try {
    const { sql } = readerQuery("cell", text);
    const end = lexSql(sql).find(({ text: token }) => token === ";");
    return (end ? sql.slice(0, end.start) : sql).trimEnd() || undefined;
  } catch {
    return undefined;
  }
}

function lineAt(text: string, line: number): Place {
  const lines = text.split("\n").slice(0, line);
  const last = lines.pop() ?? "";
  const from = lines.reduce((sum, one) => sum + one.length + 1, 0);
  return { from, to: from + last.length };
}

/** The token that a place is in or before, or else the character before it. */
function wordAt(text: string, at: number): Place {
  const found = lexSql(text).find(
    ({ start, text: token }) => start <= at && at < start + token.length,
  );
  if (!found) return { from: Math.max(0, at), to: Math.min(text.length, at + 1) };
  // an unclosed text goes to the end; its first line says enough
  const length = found.text.indexOf("\n") < 0 ? found.text.length : found.text.indexOf("\n");
  return { from: found.start, to: found.start + Math.max(1, length) };
}

/** Reads `LINE 3: …excerpt…` and the caret under it; the excerpt of a long line is cut at both ends. */
function placeInSent(message: string, sent: string): number | undefined {
  const [, head = "", number, excerpt = "", blanks] =
    /^(LINE (\d+): )(.*)\n( *)\^/m.exec(message) ?? [];
  if (blanks === undefined) return undefined;
  const { from, to } = lineAt(sent, Number(number));
  const line = sent.slice(from, to);
  const shown = line === excerpt ? excerpt : excerpt.replace(/^\.\.\./, "").replace(/\.\.\.$/, "");
  const cut = line === excerpt ? 0 : line.indexOf(shown);
  if (cut < 0) return undefined;
  const lead = line !== excerpt && excerpt.startsWith("...") ? "...".length : 0;
  const index = indexAtWidth(shown, blanks.length - head.length - lead);
  return from + cut + index;
}

/** The place of the character that begins so many columns of a terminal to the right. */
function indexAtWidth(text: string, columns: number): number {
  let index = 0;
  let width = 0;
  for (const character of text) {
    const own = widthOf(character);
    if (width >= columns && own > 0) break;
    width += own;
    index += character.length;
  }
  return index;
}

function widthOf(character: string): number {
  if (/[\p{Cc}\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
