import Papa from "papaparse";

/** One record of a text, with the line it starts on (1-based, in the text given). */
export interface RawRecord {
  cells: string[];
  line: number;
  /** lines it spans */
  lines: number;
}

export interface ParsedRecords {
  records: RawRecord[];
  /** quotes that are not as the dialect wants them, but for the last record, which may be cut off */
  badQuotes: number;
  /** the last record does not end */
  isOpen: boolean;
}

/** One or two characters; "whitespace" splits at runs of blanks, as fixed-width exports need it. */
export type Delimiter = string;

export type NewLine = "\n" | "\r\n" | "\r";

/** How values are told apart. */
export interface Dialect {
  delimiter: Delimiter;
  quote: '"' | "'";
  /** what stands before a quote inside a quoted value */
  escape: '"' | "'" | "\\" | "\0";
}

/** Splits a text into records; blank lines are left out and counted in the line numbers. */
export function parseRecords(
  text: string,
  dialect: Dialect,
  newline: NewLine,
  firstLine = 1,
): ParsedRecords {
  if (dialect.delimiter === "whitespace")
    return { records: parseBlanks(text, newline, firstLine), badQuotes: 0, isOpen: false };
  const parsed = Papa.parse<string[]>(text, parserConfig(dialect, newline));
  const records: RawRecord[] = [];
  let line = firstLine;
  for (const cells of parsed.data) {
    const lines = 1 + newlinesIn(cells);
    if (cells.length > 1 || cells[0] !== "") records.push({ cells, line, lines });
    line += lines;
  }
  const quotes = parsed.errors.filter((error) => error.type === "Quotes");
  const badQuotes = quotes.filter((error) => (error.row ?? 0) < parsed.data.length - 1).length;
  const isOpen = badQuotes < quotes.length;
  return { records, badQuotes, isOpen };
}

/** What PapaParse is told of a dialect. */
export function parserConfig(
  { delimiter, quote, escape }: Dialect,
  newline: NewLine,
): Papa.ParseConfig {
  return { delimiter, newline, quoteChar: quote, escapeChar: escape };
}

function parseBlanks(text: string, newline: string, firstLine: number): RawRecord[] {
  const records: RawRecord[] = [];
  text.split(newline).forEach((line, i) => {
    const trimmed = line.trim();
    if (trimmed) records.push({ cells: trimmed.split(/\s+/), line: firstLine + i, lines: 1 });
  });
  return records;
}

/** Line ends inside quoted values. */
export function newlinesIn(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let i = 0; i < cell.length; ++i) {
      const code = cell.charCodeAt(i);
      if (code === 10) count++;
      else if (code === 13 && cell.charCodeAt(i + 1) !== 10) count++;
    }
  }
  return count;
}

export interface LineEnds {
  newline: NewLine;
  mixed: boolean;
}

/** The line end that a text uses; mixed when there is any other. */
export function detectNewline(text: string): LineEnds {
  let crlf = 0;
  let lf = 0;
  let cr = 0;
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code === 34) quoted = !quoted;
    else if (quoted) continue;
    else if (code === 10) lf++;
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) {
        crlf++;
        i++;
      } else cr++;
    }
  }
  const counts = { "\r\n": crlf, "\n": lf, "\r": cr };
  const [best] = (["\n", "\r\n", "\r"] as const).toSorted((a, b) => counts[b] - counts[a]);
  return { newline: best!, mixed: counts[best!] < crlf + lf + cr };
}

/**
 * Whether a quote stands inside a value that no quote opened: readers differ on what it means, and the
 * engine's breaks down over some. The armour of `="0012"` is none of them.
 */
export function hasStrayQuote(text: string, { delimiter, quote }: Dialect): boolean {
  let state: "start" | "bare" | "quoted" | "closed" = "start";
  for (let i = 0; i < text.length; ++i) {
    const character = text[i]!;
    if (state === "start" && character === "=" && text[i + 1] === quote) {
      const end = text.indexOf(quote, i + 2);
      if (end < 0) return true;
      i = end;
      state = "bare";
      continue;
    }
    if (state === "quoted") {
      if (character === quote) state = "closed";
    } else if (character === quote) {
      if (state === "bare") return true;
      state = "quoted"; // at the start of a value, or the second of two
    } else if (character === "\n" || character === "\r" || text.startsWith(delimiter, i)) {
      state = "start";
    } else state = "bare";
  }
  return false;
}
