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

export interface WindowOptions {
  rowHeight?: number;
  /** rows drawn above and below what is seen */
  overscan?: number;
  /** CSS pixels; Firefox draws no box higher than about 17 million */
  maxHeight?: number;
}

/**
 * Which rows of a long table to draw, and where.
 *
 * A table that would be higher than a browser can lay out is squeezed: the scroll position is
 * stretched over all rows, and the drawn rows stay where the reader looks.
 *
 * @param scrollTop CSS pixels
 * @param viewport CSS pixels of the box that shows the rows
 * @param rows how many there are
 */
export function virtualWindow(
  scrollTop: number,
  viewport: number,
  rows: number,
  { rowHeight = 34, overscan = 8, maxHeight = 8_000_000 }: WindowOptions = {},
): VirtualWindow {
  const full = rows * rowHeight;
  const height = Math.min(full, maxHeight);
  const seen = Math.min(viewport, height);
  const top = clamp(scrollTop, 0, height - seen);
  const stretch = height > seen ? (full - seen) / (height - seen) : 1;
  const fullTop = top * stretch;
  // Squeezed, the rows above the first seen would start above the box: those are left out.
  const above = Math.ceil((fullTop - top) / rowHeight);
  const first = clamp(Math.max(above, Math.floor(fullTop / rowHeight) - overscan), 0, rows);
  const offset = top - (fullTop - first * rowHeight);
  const room = first + Math.floor((height - offset) / rowHeight);
  const wanted = Math.ceil((fullTop + viewport) / rowHeight) + overscan;
  return { first, last: clamp(Math.min(wanted, room), first, rows), offset, height };
}

/** Where to scroll so that a row stands at the top of the box; the other way round of `virtualWindow`. */
export function scrollTopOf(
  row: number,
  viewport: number,
  rows: number,
  { rowHeight = 34, maxHeight = 8_000_000 }: WindowOptions = {},
): number {
  const full = rows * rowHeight;
  const height = Math.min(full, maxHeight);
  const seen = Math.min(viewport, height);
  if (full <= seen) return 0;
  return clamp((row * rowHeight * (height - seen)) / (full - seen), 0, height - seen);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
