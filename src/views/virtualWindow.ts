import { measureTable, type LongScroll, type LongTable } from "./longScroll.ts";

export interface VirtualWindow {
  /** first row to draw */
  first: number;
  /** one past the last row to draw */
  last: number;
  /** CSS pixels from the top of the scrolled box to the first drawn row */
  offset: number;
  /** CSS pixels of the whole scrolled box */
  height: number;
}

/**
 * Which rows of a long table to draw, and where.
 *
 * A table that would be higher than a browser can lay out is squeezed: the drawn rows stay where the reader
 * looks, whatever part of the table they are.
 *
 * @param overscan rows drawn above and below what is seen
 */
export function virtualWindow(
  { scrollTop, fullTop }: Pick<LongScroll, "scrollTop" | "fullTop">,
  table: LongTable,
  overscan = 4,
): VirtualWindow {
  const { rows, rowHeight = 34 } = table;
  const { full, height } = measureTable(table);
  const seen = Math.min(table.viewport, height);
  const top = clamp(scrollTop, 0, height - seen);
  const start = clamp(fullTop, 0, full - seen);
  // Squeezed, the rows above the first seen would start above the box: those are left out.
  const above = Math.ceil((start - top) / rowHeight);
  const first = clamp(Math.max(above, Math.floor(start / rowHeight) - overscan), 0, rows);
  const offset = top - (start - first * rowHeight);
  const room = first + Math.floor((height - offset) / rowHeight);
  const wanted = Math.ceil((start + table.viewport) / rowHeight) + overscan;
  return { first, last: clamp(Math.min(wanted, room), first, rows), offset, height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
