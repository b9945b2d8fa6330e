import type { Utf8, Vector } from "apache-arrow";
import { radixOrder } from "./radixOrder.ts";
import { sortTexts } from "./sortTexts.ts";

export type Direction = "ascending" | "descending";

/** Reads one value of a column; what an Arrow vector has. */
export type ColumnReader = Pick<Vector, "get"> &
  Partial<Pick<Vector, "type" | "data" | "nullCount">>;

/**
 * The order in which to show the rows of a table sorted by one column. Missing values and NaN stand
 * last in both directions, ties keep the order of the table, and the table stays as it is.
 *
 * @param column the column to sort by
 * @param rows how many rows it has
 * @returns row numbers of the table, in the order to show
 *
 * A million rows take a tenth of a second, text two to three times as much.
 */
export function sortRows(column: ColumnReader, rows: number, direction: Direction): Uint32Array {
  const isDescending = direction === "descending";
  if (rows > collatedRows && isPlainText(column)) return sortTexts(column.data, { isDescending });
  const { numbers, texts } = readKeys(column, rows);
  return texts ? collate(texts, numbers, direction) : sortNumbers(numbers, direction);
}

// Above this a comparison by the rules of a language takes too long; the bytes then decide.
const collatedRows = 20_000;

function isPlainText(column: ColumnReader): column is Vector<Utf8> {
  return String(column.type) === "Utf8" && column.nullCount === 0;
}

interface ReadKeys {
  /** NaN: missing */
  numbers: Float64Array;
  /** of a column of text; undefined: missing */
  texts: (string | undefined)[] | undefined;
}

function readKeys(column: ColumnReader, rows: number): ReadKeys {
  const plain = plainNumbers(column, rows);
  if (plain) return { numbers: plain, texts: undefined };
  const numbers = new Float64Array(rows).fill(Number.NaN);
  let texts: ReadKeys["texts"];
  for (let row = 0; row < rows; ++row) {
    const key = toKey(column.get(row));
    if (typeof key === "number") numbers[row] = key;
    else if (key !== null) (texts ??= Array.from<string | undefined>({ length: rows }))[row] = key;
  }
  return { numbers, texts };
}

/** A column of doubles or small whole numbers without gaps, read as it lies. */
function plainNumbers({ type, data, nullCount }: ColumnReader, rows: number) {
  if (!data || nullCount !== 0 || !/^(Float|Int(8|16|32)$)/.test(String(type))) return undefined;
  const numbers = new Float64Array(rows);
  let at = 0;
  for (const { values, length } of data) {
    numbers.set((values as Float64Array).subarray(0, length), at);
    at += length;
  }
  return numbers;
}

function toKey(value: unknown): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  return String(value);
}

/** Doubles as whole numbers of 64 bits that sort alike: those below zero are inverted. */
function sortNumbers(numbers: Float64Array, direction: Direction): Uint32Array {
  const rows = numbers.length;
  const words = new Uint32Array(numbers.buffer);
  const [high, low] = [new Uint32Array(rows), new Uint32Array(rows)];
  const turn = direction === "ascending" ? 0 : -1;
  for (let row = 0; row < rows; ++row) {
    const value = numbers[row]!;
    if (value === 0) numbers[row] = 0; // −0 is 0
    const upper = words[2 * row + 1]!;
    const flip = value < 0 ? -1 : 0;
    high[row] = value !== value ? -1 : upper ^ (flip | 0x80000000) ^ turn;
    low[row] = value !== value ? -1 : words[2 * row]! ^ flip ^ turn;
  }
  return radixOrder(high, low);
}

function collate(
  texts: (string | undefined)[],
  numbers: Float64Array,
  direction: Direction,
): Uint32Array {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const textOf = (row: number) =>
    texts[row] ?? (Number.isNaN(numbers[row]) ? undefined : String(numbers[row]));
  const rows = Uint32Array.from(texts.keys());
  const present = rows.filter((row) => textOf(row) !== undefined);
  const absent = rows.filter((row) => textOf(row) === undefined);
  present.sort((a, b) => sign * compare(textOf(a)!, textOf(b)!) || a - b);
  rows.set(present);
  rows.set(absent, present.length);
  return rows;
}
