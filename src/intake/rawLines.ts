const shownLines = 8;
const linesBefore = 3; // of a preamble
const lineLength = 200; // characters

/** Lines of a file as they stand in it. */
export interface RawLines {
  /** 1-based line of the first */
  from: number;
  /** decoded, each cut after 200 characters */
  lines: string[];
}

/**
 * The lines around the header and the first rows of data.
 *
 * @param text the decoded start of the file
 * @param headerRow 1-based line of the header; 0 when there is none
 */
export function rawLines(text: string, headerRow: number): RawLines {
  const from = Math.max(1, headerRow - linesBefore);
  const end = from + shownLines - 1;
  const lines = text.split(/\r\n|\n|\r/, end + 1);
  const isPastEnd = lines.length <= end && lines.at(-1) === "";
  const shown = (isPastEnd ? lines.slice(0, -1) : lines).slice(from - 1, end);
  return { from, lines: shown.map(cutLine) };
}

function cutLine(line: string): string {
  return line.length > lineLength ? `${line.slice(0, lineLength)}…` : line;
}
