import { IntakeError } from "./intakeError.ts";
import { parseRecords, detectNewline } from "./parseRecords.ts";
import type { Delimiter, RawRecord } from "./parseRecords.ts";
import type { Sample } from "./readSample.ts";
import { readDate } from "./dateFormats.ts";
import { readNumber } from "./numberFormats.ts";
import { isKnownHeader, totalWords } from "./synonyms.ts";

/** How a file is cut into records and columns. */
export interface Structure {
  delimiter: Delimiter;
  newline: "\n" | "\r\n" | "\r";
  /** 1-based line of the header; 0 when there is none */
  headerRow: number;
  /** lines before the first record of data */
  skipRows: number;
  /** as in the file, not yet made unique; empty without a header */
  headers: string[];
  /** columns of the table */
  width: number;
  /** records of data from everywhere in the sample, in file order */
  records: RawRecord[];
  /** what keeps the file from being read as it stands: "quotes", "ragged", "footer", … */
  faults: string[];
}

export interface StructureHints {
  delimiter?: Delimiter;
  /** 1-based line of the header, 0 for none */
  headerRow?: number;
}

const candidates: Delimiter[] = [",", ";", "\t", "|"];
const probeLength = 64 * 1024;

/**
 * Finds delimiter, header and data of a sample.
 *
 * @throws IntakeError "header-only" or "no-columns"
 */
export function detectStructure(original: Sample, hints: StructureHints = {}): Structure {
  const ends = detectNewline(original.head);
  const { mixed } = ends;
  // the repair levels mixed line ends too, so the lines count alike
  const sample = mixed ? levelLines(original) : original;
  const newline = mixed ? "\n" : ends.newline;
  const hint = /^sep=(.|\t)[\r\n]/i.exec(sample.head)?.[1];
  const told = hints.delimiter ?? candidates.find((candidate) => candidate === hint);
  const probe = sample.head.slice(0, probeLength);
  const delimiter = told ?? detectDelimiter(probe, newline, sample.head.length > probeLength);
  const { records, badQuotes, isOpen } = parseRecords(sample.head, delimiter, newline);
  if (!sample.whole && isOpen) records.pop();
  const table = hint ? records.filter((record) => record.line > 1) : records;
  const width = modalWidth(table);
  const header = findHeader(table, width, hints.headerRow);
  const first = table.findIndex(
    (record) => record.line > (header?.line ?? 0) && record.cells.length >= Math.min(2, width),
  );
  const data = first < 0 ? [] : table.slice(first).filter((record) => record !== header);
  const columns = tableWidth(header, data, width);
  const faults = new Set<string>();
  if (mixed) faults.add("line-ends");
  if (badQuotes > 0 || (isOpen && sample.whole)) faults.add("quotes");
  if (delimiter === "whitespace") faults.add("whitespace");
  if (header && header.lines > 1) faults.add("header-lines");
  if (/\0/.test(sample.head)) faults.add("nul");
  const rest = [...sample.middles, ...(sample.tail ? [sample.tail] : [])].flatMap((piece) =>
    parseSlice(piece, delimiter, newline, columns),
  );
  const all = [...data, ...rest];
  const body = dropFooter(all, columns, faults);
  if (body.length === 0) throw refusal(table, columns);
  markRagged(body, columns, faults);
  const skipRows = header ? header.line + header.lines - 1 : (data[0]?.line ?? 1) - 1;
  return {
    delimiter,
    newline,
    headerRow: header?.line ?? 0,
    skipRows,
    headers: header?.cells ?? [],
    width: columns,
    records: body,
    faults: [...faults],
  };
}

function levelLines(sample: Sample): Sample {
  const level = (text: string) => text.replace(/\r\n?/g, "\n");
  const { head, middles, tail } = sample;
  return { ...sample, head: level(head), middles: middles.map(level), tail: tail && level(tail) };
}

/** The header's, unless no row is as wide. */
function tableWidth(header: RawRecord | undefined, data: RawRecord[], modal: number): number {
  const named = header?.cells.length ?? 0;
  return data.some((record) => record.cells.length === named) ? named : Math.max(modal, named);
}

function refusal(table: RawRecord[], columns: number): IntakeError {
  if (columns < 2 && table.length > 1) return new IntakeError("no-columns");
  return new IntakeError(table.length === 0 ? "empty" : "header-only", { columns });
}

/** The candidate under which the most records agree on the most columns. */
function detectDelimiter(text: string, newline: "\n" | "\r\n" | "\r", cut: boolean): Delimiter {
  const whole = cut ? text.slice(0, text.lastIndexOf(newline) + 1) : text;
  let best: { delimiter: Delimiter; score: number } | undefined;
  for (const delimiter of candidates) {
    const score = scoreDelimiter(parseRecords(whole, delimiter, newline).records);
    if (score > (best?.score ?? 0)) best = { delimiter, score };
  }
  const blanks = parseRecords(whole, "whitespace", newline).records;
  const width = modalWidth(blanks);
  const agreeing = blanks.filter((record) => record.cells.length === width).length;
  const fixed =
    width >= 3 && agreeing >= blanks.length * 0.98 && looksLikeData(blanks.at(-1)!.cells);
  if (fixed && (best?.score ?? 0) < 1) return "whitespace";
  return best?.delimiter ?? ",";
}

function scoreDelimiter(records: RawRecord[]): number {
  if (records.length === 0) return 0;
  const width = modalWidth(records);
  if (width < 2) return 0;
  const agreeing = records.filter((record) => record.cells.length === width);
  const known = Math.max(
    ...records.slice(0, 20).map((record) => record.cells.filter(isKnownHeader).length),
  );
  return (agreeing.length / records.length) * Math.log2(width + 1) + Math.min(known, 6) * 0.25;
}

/** The most frequent number of cells among records of at least two; the later half counts double. */
function modalWidth(records: RawRecord[]): number {
  const counts = new Map<number, number>();
  records.forEach((record, i) => {
    const width = record.cells.length;
    if (width < 2) return;
    counts.set(
      width,
      (counts.get(width) ?? 0) + (i * 2 >= records.length ? 2 : 1) + (width > 2 ? 0.1 : 0),
    );
  });
  let best = records[0]?.cells.length ?? 0;
  let most = 0;
  for (const [width, count] of counts)
    if (count > most || (count === most && width > best)) [best, most] = [width, count];
  return best;
}

/** The first full row whose cells are names rather than values. */
function findHeader(records: RawRecord[], width: number, told?: number): RawRecord | undefined {
  if (told === 0) return undefined;
  if (told) return records.find((record) => record.line === told);
  for (const record of records.slice(0, 40)) {
    if (record.cells.length < Math.max(1, Math.ceil(width * 0.6))) continue;
    const filled = record.cells.filter((cell) => cell.trim() !== "");
    if (filled.length < Math.max(1, record.cells.length * 0.5)) continue;
    const known = filled.filter(isKnownHeader).length;
    if (known >= 2 && known * 4 >= Math.min(filled.length, 12)) return record;
    return looksLikeData(record.cells) ? undefined : record;
  }
  return undefined;
}

function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim();
    return (
      readDate(text) !== undefined ||
      readNumber(text) !== undefined ||
      /^[^@\s]+@[^@\s]+\.\w+$/.test(text)
    );
  });
}

/** Records of a slice, without what is left of a quoted value that it starts or ends in. */
function parseSlice(
  text: string,
  delimiter: Delimiter,
  newline: "\n" | "\r\n" | "\r",
  width: number,
): RawRecord[] {
  const { records, isOpen } = parseRecords(text, delimiter, newline, 0);
  if (isOpen) records.pop();
  if (!text.includes('"')) return records;
  const first = records.findIndex(({ cells }) => cells.length === width);
  return first < 0 ? [] : records.slice(first);
}

/** Rows at the end that sum up or sign off are no data. */
function dropFooter(records: RawRecord[], width: number, faults: Set<string>): RawRecord[] {
  let end = records.length;
  while (end > 0 && isFooter(records[end - 1]!.cells, width)) end--;
  if (end < records.length) faults.add("footer");
  const body = records
    .slice(0, end)
    .filter((record) => record.cells.some((cell) => cell.trim() !== ""));
  if (body.length < end) faults.add("blank-rows");
  return body;
}

/** A row at the end of a table that is no record of it: all blank, a total, or a short remark. */
export function isFooter(cells: string[], width: number): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length === 0) return true;
  if (totalWords.test(filled[0]!.trim()) && filled.length <= Math.max(2, width * 0.6)) return true;
  const short = cells.length < width && cells.length <= Math.max(2, width / 4);
  return short && !filled.some((cell) => readDate(cell.trim()) !== undefined);
}

function markRagged(records: RawRecord[], width: number, faults: Set<string>): void {
  if (records.some((record) => record.cells.length !== width)) faults.add("ragged");
}
