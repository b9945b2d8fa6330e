import { detectDialect, modalWidth } from "./detectDialect.ts";
import { findTables } from "./findTables.ts";
import type { FoundTable } from "./findTables.ts";
import { readDate } from "./dateFormats.ts";
import { detectNewline, hasStrayQuote, parseRecords } from "./parseRecords.ts";
import type { Delimiter, Dialect, NewLine, RawRecord } from "./parseRecords.ts";
import { detectShapes } from "./columnShapes.ts";
import type { ColumnShape } from "./columnShapes.ts";
import type { Sample } from "./readSample.ts";
import { totalWords } from "./synonyms.ts";

/** How a file is cut into records and columns. */
export interface Structure extends Dialect {
  newline: NewLine;
  /** 1-based line of the header; 0 when there is none */
  headerRow: number;
  /** lines before the first record of data */
  skipRows: number;
  /** line at which the next table starts; 0 when the file has but one */
  endLine: number;
  /** as in the file, not yet made unique; empty without a header */
  headers: string[];
  /** columns of the table */
  width: number;
  /** what the values of each column look like, where they agree */
  shapes: ColumnShape[];
  /** records of data from everywhere in the sample, in file order; none in a file of headers only */
  records: RawRecord[];
  /** all tables of the file, where there are several: the line of each header, and its names */
  tables: { headerRow: number; columns: string[] }[];
  /** what keeps the file from being read as it stands: "quotes", "ragged", "footer", … */
  faults: string[];
}

export interface StructureHints {
  delimiter?: Delimiter;
  /** 1-based line of the header, 0 for none */
  headerRow?: number;
}

const probeLength = 64 * 1024;

/** Finds dialect, header and data of a sample. */
export function detectStructure(original: Sample, hints: StructureHints = {}): Structure {
  const ends = detectNewline(original.head);
  // the repair levels mixed line ends too, so the lines count alike
  const sample = ends.mixed ? levelLines(original) : original;
  const newline = ends.mixed ? "\n" : ends.newline;
  const hint = /^sep=(.|\t)[\r\n]/i.exec(sample.head)?.[1];
  const dialect = detectDialect(probeOf(sample.head, newline), newline, hints.delimiter ?? hint);
  const { records, badQuotes, isOpen } = parseRecords(sample.head, dialect, newline);
  if (!sample.whole && isOpen) records.pop();
  const body = hint ? records.filter((record) => record.line > 1) : records;
  const width = modalWidth(body);
  const tables = findTables(body, width);
  const told = hints.headerRow;
  const isTold = told !== undefined && told !== (tables[0]?.header?.line ?? 0);
  const table = (isTold ? findTables(body, width, told) : tables)[0] ?? emptyTable;
  const columns = tableWidth(table, tables.length > 1 ? 0 : width);
  const faults = new Set<string>();
  if (ends.mixed) faults.add("line-ends");
  if (badQuotes > 0 || (isOpen && sample.whole) || hasStrayQuote(sample.head, dialect))
    faults.add("quotes");
  for (const fault of dialectFaults(dialect)) faults.add(fault);
  if (table.headerRows > 1 || (table.header && table.header.lines > 1)) faults.add("header-lines");
  const start = table.header?.line ?? table.data[0]?.line ?? 1;
  // the engine skips records where this skips lines
  if (records.some(({ line, lines }) => line < start && lines > 1)) faults.add("preamble-lines");
  if (table.repeats > 0) faults.add("repeated-header");
  if (table.endLine > 0) faults.add("tables");
  if (sample.head.includes("\0")) faults.add("nul");
  const pieces = [...sample.middles, ...(sample.tail ? [sample.tail] : [])];
  const rest =
    table.endLine > 0
      ? []
      : pieces.flatMap((piece) => parseSlice(piece, dialect, newline, columns));
  const data = dropFooter([...table.data, ...rest], columns, faults);
  markRagged(data, columns, faults);
  return {
    ...dialect,
    newline,
    headerRow: table.header?.line ?? 0,
    skipRows: table.header
      ? table.header.line + table.header.lines - 1
      : (table.data[0]?.line ?? 1) - 1,
    endLine: table.endLine,
    headers: table.header?.cells ?? [],
    width: columns,
    shapes: detectShapes(data, columns),
    records: data,
    tables:
      tables.length > 1
        ? tables.map(({ header }) => ({
            headerRow: header?.line ?? 0,
            columns: header?.cells ?? [],
          }))
        : [],
    faults: [...faults],
  };
}

const emptyTable: FoundTable = {
  header: undefined,
  headerRows: 0,
  data: [],
  endLine: 0,
  repeats: 0,
};

/** Whole lines from the start. */
function probeOf(head: string, newline: NewLine): string {
  if (head.length <= probeLength) return head;
  const end = head.lastIndexOf(newline, probeLength);
  return head.slice(0, end < 0 ? probeLength : end + newline.length);
}

/** What the engine's strict reader does not know, or not for certain. */
function dialectFaults({ delimiter, quote, escape }: Dialect): string[] {
  if (delimiter === "whitespace") return ["whitespace"];
  const isPlain = delimiter.length === 1 && delimiter !== " ";
  return isPlain && quote === '"' && escape === '"' ? [] : ["dialect"];
}

function levelLines(sample: Sample): Sample {
  const level = (text: string) => text.replace(/\r\n?/g, "\n");
  const { head, middles, tail } = sample;
  return { ...sample, head: level(head), middles: middles.map(level), tail: tail && level(tail) };
}

/** The header's, unless no row is as wide. */
function tableWidth({ header, data }: FoundTable, modal: number): number {
  const named = header?.cells.length ?? 0;
  const widest = modal || modalWidth(data);
  return data.some((record) => record.cells.length === named) || data.length === 0
    ? named
    : Math.max(widest, named);
}

/** Records of a slice, without what is left of a quoted value that it starts or ends in. */
function parseSlice(text: string, dialect: Dialect, newline: NewLine, width: number): RawRecord[] {
  const { records, isOpen } = parseRecords(text, dialect, newline, 0);
  if (isOpen) records.pop();
  if (!text.includes(dialect.quote)) return records;
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
