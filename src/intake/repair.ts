import Papa from "papaparse";
import { addLine, toLineIndex } from "./lineIndex.ts";
import type { LineIndex } from "./lineIndex.ts";
import { newlinesIn } from "./parseRecords.ts";
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
  skipped: { preamble: number; blank: number; footer: number };
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
  readonly #parser: Papa.Parser;
  readonly #parts: Blob[] = [];
  readonly #lines = toLineIndex();
  readonly #rejects: Reject[] = [];
  readonly #skipped = { preamble: 0, blank: 0, footer: 0 };
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
    };
    this.#newline = plan.faults.includes("line-ends") ? "\n" : plan.newline;
    const delimiter = plan.delimiter === "whitespace" ? " " : plan.delimiter;
    this.#parser = new Papa.Parser({ delimiter, newline: this.#newline, quoteChar: '"' });
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
    const end = last ? text.length : text.lastIndexOf(this.#newline) + 1;
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
      const { data, meta } = this.#parser.parse(rest, 0, !last) as Papa.ParseResult<string[]>;
      const isEnd = last && data.at(-1)?.length === 1 && data.at(-1)![0] === "";
      if (isEnd) data.pop(); // after the last line end
      for (const cells of data) this.#take(cells, 1 + newlinesIn(cells));
      if (last) return "";
      rest = rest.slice(meta.cursor);
      if (rest.length < recordLength) return rest;
      rest = this.#breakOpen(rest);
    }
  }

  /** A quote that is not closed for millions of characters: its line is read without quotes. */
  #breakOpen(text: string): string {
    const end = text.indexOf(this.#newline);
    if (end < 0) return text;
    this.#take(text.slice(0, end).replaceAll('"', "").split(this.#plan.delimiter), 1);
    return text.slice(end + this.#newline.length);
  }

  #take(cells: string[], lines: number): void {
    const line = this.#line;
    this.#line += lines;
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

  #repair(cells: string[], line: number): void {
    const repaired = repairRow(cells, this.#shape);
    switch (repaired.state) {
      case "rejected":
        this.#reject(cells, line, repaired.error);
        return;
      case "split":
        repaired.rows.forEach((row, i) => this.#write(row, line + i));
        this.#rejoined += repaired.rows.length;
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
