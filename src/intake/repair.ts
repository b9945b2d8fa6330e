import Papa from "papaparse";
import { addLine, toLineIndex } from "./lineIndex.ts";
import type { LineIndex } from "./lineIndex.ts";
import { toUniqueHeaders } from "./nameColumns.ts";
import { newlinesIn, parserConfig } from "./parseRecords.ts";
import type { FilePlan } from "./plan.ts";
import { readText, WrongEncoding } from "./readText.ts";
import { repairRow } from "./repairRow.ts";
import type { RowShape } from "./repairRow.ts";
import type { Reject } from "./report.ts";
import { isFooter } from "./structure.ts";

/** What became of every record of a file. Plain data. */
export interface Repair {
  /** RFC 4180, UTF-8, LF, no header, all columns of the plan */
  blob: Blob;
  /** records of data: those in the blob and those rejected */
  read: number;
  /** records in the blob */
  written: number;
  rejected: number;
  /** the first thousand of them */
  rejects: Reject[];
  /** lines and rows that are no records */
  skipped: { preamble: number; blank: number; footer: number; header: number; otherTable: number };
  /** records that were too short, and records that were put together again */
  padded: number;
  rejoined: number;
  /** the encoding that it was read in after all */
  encoding: string;
  /** of the records in the blob: the line of the file that each starts on */
  lines: LineIndex;
}

export interface RepairOptions {
  signal?: AbortSignal;
  onProgress?: (records: number, bytes: number) => void;
}

const rejectsKept = 1000;
const partLength = 1 << 20; // characters of output per part of the blob
const recordLength = 4 << 20; // a longer record is a quote that nobody closed

/**
 * Reads a file that is not cut as the engine's strict reader wants it, and writes one that is.
 *
 * @throws IntakeError "cancelled" or "unreadable"
 */
export async function repair(
  file: Blob,
  plan: FilePlan,
  options: RepairOptions = {},
): Promise<Repair> {
  try {
    return await repairAs(file, plan, options);
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
    const encoding = error.encoding === "utf-8" ? "windows-1252" : error.encoding;
    return repairAs(file, { ...plan, encoding }, options);
  }
}

async function repairAs(
  file: Blob,
  plan: FilePlan,
  { signal, onProgress }: RepairOptions,
): Promise<Repair> {
  const writer = new RepairWriter(plan);
  let bytes = 0;
  const onBytes = (count: number) => (bytes = count);
  for await (const text of readText(file, plan, { signal, onBytes })) {
    writer.push(text);
    onProgress?.(writer.read, bytes);
  }
  return writer.end();
}

/** Takes text in pieces, cuts it into records, and keeps the books. */
export class RepairWriter {
  readonly #plan: FilePlan;
  readonly #shape: RowShape;
  readonly #newline: "\n" | "\r\n" | "\r";
  readonly #dialect: Papa.ParseConfig;
  readonly #parser: Papa.Parser;
  readonly #parts: Blob[] = [];
  readonly #lines = toLineIndex();
  readonly #rejects: Reject[] = [];
  readonly #skipped = { preamble: 0, blank: 0, footer: 0, header: 0, otherTable: 0 };
  #held: { cells: string[]; line: number }[] = [];
  #text = "";
  #out = "";
  #line = 1;
  #written = 0;
  #rejected = 0;
  #padded = 0;
  #rejoined = 0;

  constructor(plan: FilePlan) {
    this.#plan = plan;
    const {
      ordered_at = [],
      amount = [],
      quantity = [],
      unit_price = [],
      refund = [],
      cost = [],
    } = plan.fields;
    this.#shape = {
      width: plan.columns.length,
      delimiter: plan.delimiter,
      times: ordered_at,
      numbers: [amount, quantity, unit_price, refund, cost].flat(),
      shapes: plan.shapes,
    };
    this.#newline = plan.faults.includes("line-ends") ? "\n" : plan.newline;
    const delimiter = plan.delimiter === "whitespace" ? " " : plan.delimiter;
    this.#dialect = parserConfig({ ...plan, delimiter }, this.#newline);
    this.#parser = new Papa.Parser(this.#dialect);
  }

  get read(): number {
    return this.#written + this.#rejected;
  }

  push(text: string): void {
    this.#text += text;
    this.#drain(false);
  }

  end(): Repair {
    this.#drain(true);
    this.#skipped.footer += this.#held.length;
    this.#flushPart();
    const { headerRow } = this.#plan;
    return {
      blob: new Blob(this.#parts, { type: "text/csv" }),
      read: this.read,
      written: this.#written,
      rejected: this.#rejected,
      rejects: this.#rejects,
      skipped: { ...this.#skipped, preamble: headerRow > 0 ? headerRow - 1 : this.#plan.skipRows },
      padded: this.#padded,
      rejoined: this.#rejoined,
      encoding: this.#plan.encoding,
      lines: this.#lines,
    };
  }

  #drain(last: boolean): void {
    let text = this.#text;
    // a CR at the end may be half of a line end
    const cut = !last && text.endsWith("\r") ? text.length - 1 : text.length;
    if (this.#plan.faults.includes("line-ends"))
      text = text.slice(0, cut).replace(/\r\n?/g, "\n") + text.slice(cut);
    text = this.#skipLines(text, last);
    if (this.#line <= this.#plan.skipRows && !last) {
      this.#text = text;
      return;
    }
    this.#text =
      this.#plan.delimiter === "whitespace"
        ? this.#takeBlanks(text, last)
        : this.#takeRecords(text, last);
  }

  /** Leaves out what stands before the data. */
  #skipLines(text: string, last: boolean): string {
    let from = 0;
    while (this.#line <= this.#plan.skipRows) {
      const end = text.indexOf(this.#newline, from);
      if (end < 0) return last ? "" : text.slice(from);
      from = end + this.#newline.length;
      this.#line++;
    }
    return from === 0 ? text : text.slice(from);
  }

  #takeBlanks(text: string, last: boolean): string {
    const at = text.lastIndexOf(this.#newline);
    const whole = at < 0 ? 0 : at + this.#newline.length;
    const end = last ? text.length : whole;
    const lines = text.slice(0, end).split(this.#newline);
    if (lines.at(-1) === "") lines.pop();
    for (const line of lines) {
      const trimmed = line.trim();
      this.#take(trimmed === "" ? [""] : trimmed.split(/\s+/), 1);
    }
    return text.slice(end);
  }

  /** The rest of the text, an unfinished record, is for the next time. */
  #takeRecords(text: string, last: boolean): string {
    let rest = text;
    for (;;) {
      const parsed = this.#parser.parse(rest, 0, true) as Papa.ParseResult<string[]>;
      this.#takeParsed(parsed, rest);
      rest = rest.slice(parsed.meta.cursor);
      if (last && this.#takeLast(rest)) return "";
      if (!last && rest.length < recordLength) return rest;
      rest = this.#breakOpen(rest);
    }
  }

  #takeParsed({ data, errors }: Papa.ParseResult<string[]>, text: string): void {
    const suspects = new Set(errors.map(({ row }) => row));
    const isSuspect = (cells: string[], i: number) =>
      (suspects.has(i) || cells.length !== this.#shape.width) &&
      cells.some((cell) => /[\r\n]/.test(cell));
    const cursors = data.some(isSuspect) ? this.#cursorsOf(text) : undefined;
    data.forEach((cells, i) => {
      const lines =
        cursors &&
        isSuspect(cells, i) &&
        this.#linesOf(text.slice(cursors[i - 1] ?? 0, cursors[i]));
      if (lines) for (const line of lines) this.#take(line, 1);
      else this.#take(cells, 1 + newlinesIn(cells));
    });
  }

  /** Where each record of a text ends. */
  #cursorsOf(text: string): number[] {
    const cursors: number[] = [];
    const step = ({ meta }: Papa.ParseStepResult<string[]>) => cursors.push(meta.cursor);
    new Papa.Parser({ ...this.#dialect, step } as Papa.ParseConfig).parse(text, 0, true);
    return cursors;
  }

  /** Rows that a stray quote or another line end ran together: line by line, where most of them fit then. */
  #linesOf(raw: string): string[][] | undefined {
    const lines = raw.split(/\r\n|\n|\r/);
    if (lines.at(-1) === "") lines.pop();
    const rows = lines.map((line) => this.#parseLine(line));
    const fitting = rows.filter((cells) => cells.length === this.#shape.width).length;
    return rows.length > 1 && fitting * 2 > rows.length ? rows : undefined;
  }

  /** One line for itself; where its quotes do not close they are no quotes. */
  #parseLine(line: string): string[] {
    const { data, errors } = this.#parser.parse(line, 0, false) as Papa.ParseResult<string[]>;
    const isOpen = errors.some(({ code }) => code === "MissingQuotes");
    const { quote, delimiter } = this.#plan;
    return isOpen ? line.replaceAll(quote, "").split(delimiter) : (data[0] ?? [""]);
  }

  /** The last record, unless its quote is never closed. */
  #takeLast(text: string): boolean {
    if (text === "") return true;
    const { data, errors } = this.#parser.parse(text, 0, false) as Papa.ParseResult<string[]>;
    if (errors.some(({ code }) => code === "MissingQuotes") && text.includes(this.#newline))
      return false;
    const [cells] = data;
    if (cells) this.#take(cells.length === 1 ? [cells[0]!] : cells, 1 + newlinesIn(cells));
    return true;
  }

  /** A quote that is not closed for millions of characters, or at all: its line is read for itself. */
  #breakOpen(text: string): string {
    const end = text.indexOf(this.#newline);
    if (end < 0) return text;
    this.#take(this.#parseLine(text.slice(0, end)), 1);
    return text.slice(end + this.#newline.length);
  }

  #take(cells: string[], lines: number): void {
    const line = this.#line;
    this.#line += lines;
    if (this.#plan.endLine > 0 && line >= this.#plan.endLine) {
      this.#skipped.otherTable++;
      return;
    }
    if (this.#isHeader(cells)) {
      this.#skipped.header++;
      return;
    }
    if (cells.every((cell) => cell.trim() === "")) {
      this.#skipped.blank++;
      return;
    }
    if (isFooter(cells, this.#shape.width)) {
      this.#held.push({ cells, line });
      return;
    }
    for (const row of this.#held) this.#repair(row.cells, row.line);
    if (this.#held.length > 0) this.#held = [];
    this.#repair(cells, line);
  }

  /** The header once more: exports that were put one behind the other. */
  #isHeader(cells: string[]): boolean {
    const { columns, headerRow } = this.#plan;
    if (headerRow === 0 || cells.length !== columns.length) return false;
    if (cells[0]!.trim() !== columns[0] && cells[0]!.trim() !== "") return false;
    return toUniqueHeaders(cells, columns.length).every((name, i) => name === columns[i]);
  }

  #repair(cells: string[], line: number): void {
    const repaired = repairRow(cells, this.#shape);
    switch (repaired.state) {
      case "rejected":
        this.#reject(cells, line, repaired.error);
        return;
      case "padded":
        this.#padded++;
        break;
      case "rejoined":
        this.#rejoined++;
        break;
      case "fits":
    }
    this.#write(repaired.cells, line);
  }

  #reject(cells: string[], line: number, error: string): void {
    this.#rejected++;
    if (this.#rejects.length >= rejectsKept) return;
    const value = cells.join(this.#plan.delimiter).slice(0, 200);
    this.#rejects.push({ line, column: this.#plan.columns[0] ?? "", value, error });
  }

  #write(cells: string[], line: number): void {
    this.#written++;
    addLine(this.#lines, this.#written, line);
    for (let i = 0; i < cells.length; ++i) {
      const cell = cells[i]!;
      this.#out += i === 0 ? quoteCell(cell) : `,${quoteCell(cell)}`;
    }
    this.#out += "\n";
    if (this.#out.length > partLength) this.#flushPart();
  }

  #flushPart(): void {
    if (this.#out !== "") this.#parts.push(new Blob([this.#out]));
    this.#out = "";
  }
}

/** A cell for RFC 4180; NULs, which no later reader takes, are left out. */
export function quoteCell(cell: string): string {
  const text = cell.includes("\0") ? cell.replaceAll("\0", "") : cell;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
