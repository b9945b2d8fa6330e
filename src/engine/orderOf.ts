import { sortRows, type ColumnReader, type Direction } from "./sortRows.ts";

/** Row numbers in the order of a column; undefined where the rows stand as they lie. */
export function orderOf(
  table: { numRows: number; getChild(name: string): ColumnReader | null },
  by: { column: string; direction: Direction } | undefined,
): Uint32Array | undefined {
  const values = by && table.getChild(by.column);
  return values ? sortRows(values, table.numRows, by.direction) : undefined;
}
