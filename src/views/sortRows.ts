export type Direction = "ascending" | "descending";

/** Reads one value of a column; what an Arrow vector has. */
export interface ColumnReader {
  get(row: number): unknown;
}

/**
 * The order in which to show the rows of a table sorted by one column. Missing values and NaN stand
 * last in both directions, ties keep the order of the table, and the table stays as it is.
 *
 * @param column the column to sort by
 * @param rows how many rows it has
 * @returns row numbers of the table, in the order to show
 */
export function sortRows(column: ColumnReader, rows: number, direction: Direction): Uint32Array {
  const keys: unknown[] = Array.from({ length: rows }, (_, row) => toKey(column.get(row)));
  const present = new Uint32Array(rows);
  const absent: number[] = [];
  let count = 0;
  let textual = false;
  for (let row = 0; row < rows; ++row) {
    const key = keys[row];
    if (key === null) absent.push(row);
    else present[count++] = row;
    if (typeof key === "string") textual = true;
  }
  const order = present.subarray(0, count);
  const sign = direction === "ascending" ? 1 : -1;
  const compare = textual ? compareText(count) : compareNumbers;
  order.sort((a, b) => sign * compare(keys[a], keys[b]) || a - b);
  present.set(absent, count);
  return present;
}

// Above this a comparison by the rules of a language takes seconds; code units then decide.
const collatedRows = 50_000;

function compareText(rows: number): (a: unknown, b: unknown) => number {
  if (rows > collatedRows) return (a, b) => (String(a) < String(b) ? -1 : a === b ? 0 : 1);
  const collator = new Intl.Collator(undefined, { numeric: true });
  return (a, b) => collator.compare(String(a), String(b));
}

function compareNumbers(a: unknown, b: unknown): number {
  return (a as number) - (b as number);
}

function toKey(value: unknown): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  return String(value);
}
