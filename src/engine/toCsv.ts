import { DataType, TimeUnit } from "apache-arrow";
import type { Table, Vector } from "apache-arrow";

export interface CsvOptions {
  /** first row; the names of the columns otherwise */
  header?: string[];
  /** opens with a byte order mark, without which Excel reads UTF-8 as the local code page */
  mark?: boolean;
  /** row numbers of the table in the order to write them; as they lie otherwise */
  order?: Uint32Array | undefined;
  /** for the engine's own reader: no text is changed for the sake of spreadsheets */
  isAsItIs?: boolean;
}

const rowsPerPart = 4000;
const sliceMs = 40; // of work at a time, so that a page stays alive
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/; // the last four are full-width = + - @
const special = /[",;\t\r\n]|^ | $/;

/**
 * A table as RFC 4180 text, as a file: days and times in ISO form, null as nothing and empty text
 * as "". Text that a spreadsheet would run as a formula is quoted behind an apostrophe; numbers,
 * also negative ones, stay numbers. The work is done in slices, with pauses between.
 */
export async function toCsv(table: Table, options: CsvOptions = {}): Promise<Blob> {
  const parts: Blob[] = [];
  let since = performance.now();
  for (const part of toCsvParts(table, options)) {
    parts.push(new Blob([part]));
    if (performance.now() - since < sliceMs) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** The same text in parts of some thousand rows, for callers who write as they go. */
export function* toCsvParts(
  table: Table,
  {
    header = table.schema.fields.map(({ name }) => name),
    mark = true,
    order,
    isAsItIs = false,
  }: CsvOptions = {},
): Generator<string> {
  const toText = isAsItIs ? toPlainField : toTextField;
  yield (mark ? "\uFEFF" : "") + toLine(header.map(toText));
  if (order) {
    const columns = table.schema.fields.map((_, index) =>
      toColumn(table.getChildAt(index), toText),
    );
    yield* toParts(columns, order.length, (place) => order[place]!);
    return;
  }
  for (const batch of table.batches) {
    const columns = table.schema.fields.map((_, index) =>
      toColumn(batch.getChildAt(index), toText),
    );
    yield* toParts(columns, batch.numRows, (place) => place);
  }
}

function* toParts(
  columns: ((row: number) => string)[],
  rows: number,
  rowAt: (place: number) => number,
): Generator<string> {
  for (let start = 0; start < rows; start += rowsPerPart) {
    const end = Math.min(start + rowsPerPart, rows);
    let part = "";
    for (let place = start; place < end; ++place) {
      const row = rowAt(place);
      part += toLine(columns.map((field) => field(row)));
    }
    yield part;
  }
}

function toLine(fields: string[]): string {
  return `${fields.join(",")}\r\n`;
}

type ToText = (text: string) => string;

function toColumn(vector: Vector | null, toText: ToText): (row: number) => string {
  if (!vector) return () => "";
  const format = toFormat(vector.type, toText);
  return (row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? "" : format(value);
  };
}

function toFormat(type: DataType, toText: ToText): (value: unknown) => string {
  if (DataType.isInt(type) || DataType.isBool(type)) return String;
  if (DataType.isFloat(type)) return (value) => (Number.isNaN(value) ? "" : String(value));
  if (DataType.isDate(type)) return (value) => toText(toDay(Number(value)));
  if (DataType.isTimestamp(type)) return (value) => toText(toTime(Number(value), type.unit));
  if (DataType.isUtf8(type) || DataType.isDictionary(type)) {
    return (value) => toText(String(value));
  }
  return (value) => toText(toJson(value));
}

function toTextField(text: string): string {
  if (formula.test(text)) return `"'${text.replaceAll('"', '""')}"`;
  return toPlainField(text);
}

function toPlainField(text: string): string {
  return text === "" || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param ms since 1970, which is what Arrow gives for a day */
function toDay(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(/T.*$/, "");
}

/** @param ms since 1970, with microseconds as a fraction */
function toTime(ms: number, unit: TimeUnit): string {
  const date = new Date(Math.floor(ms));
  if (Number.isNaN(date.getTime())) return "";
  const [day, time] = date.toISOString().split(/[TZ]/);
  const micros = unit === TimeUnit.MICROSECOND ? Math.round((ms - Math.floor(ms)) * 1000) : 0;
  const text = micros ? `${time}${String(micros).padStart(3, "0")}` : time?.replace(".000", "");
  return `${day} ${text}`;
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "bigint" ? String(part) : part,
  );
}
