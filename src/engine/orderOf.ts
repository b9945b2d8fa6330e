import type { Table } from "apache-arrow";
import { sortRows, type Direction } from "./sortRows.ts";

/** Row numbers in the order of a column; undefined where the rows stand as they lie. */
export function orderOf(
  table: Table,
  by: { column: string; direction: Direction } | undefined,
): Uint32Array | undefined {
  const values = by && table.getChild(by.column);
  return values ? sortRows(values, table.numRows, by.direction) : undefined;
}
