/** How far a long table is scrolled: in the box, and in the table as if nothing limited its height. */
export interface LongScroll {
  /** CSS pixels of the box */
  scrollTop: number;
  /** CSS pixels of the table in full */
  fullTop: number;
  /** a leap was made since the box last stood still */
  isLeaping: boolean;
}

export interface LongTable {
  rows: number;
  /** CSS pixels of the box that shows the rows */
  viewport: number;
  rowHeight?: number;
  /** CSS pixels; Chromium draws no box higher than 33 million, Firefox than 17 */
  maxHeight?: number;
}

/** Heights of a table, and how many pixels of it stand for one of the box. */
export function measureTable({
  rows,
  viewport,
  rowHeight = 34,
  maxHeight = 15_000_000,
}: LongTable): { full: number; height: number; mostTop: number; stretch: number } {
  const full = rows * rowHeight;
  const height = Math.min(full, maxHeight);
  const mostTop = Math.max(0, height - viewport);
  const stretch = mostTop > 0 ? (full - viewport) / mostTop : 1;
  return { full, height, mostTop, stretch };
}

/**
 * After the box was scrolled. Where a table is squeezed into the height that a browser can lay out, a
 * leap (the bar is dragged, End is pressed) goes to its share of the table, while a wheel, a finger or an
 * arrow key moves by the pixels that it says: no row is passed over unseen.
 */
export function followScroll(from: LongScroll, scrollTop: number, table: LongTable): LongScroll {
  const { full, mostTop, stretch } = measureTable(table);
  const step = scrollTop - from.scrollTop;
  const isLeaping = from.isLeaping || Math.abs(step) > table.viewport;
  const fullTop = isLeaping || stretch === 1 ? scrollTop * stretch : from.fullTop + step;
  const most = Math.max(0, full - table.viewport);
  const place = clamp(fullTop, 0, most);
  // small steps have used up the box, and the table all but a screen
  if (scrollTop <= 0 && place < table.viewport) return { scrollTop, fullTop: 0, isLeaping };
  if (scrollTop >= mostTop - 1 && most - place < table.viewport)
    return { scrollTop, fullTop: most, isLeaping };
  return { scrollTop, fullTop: place, isLeaping };
}

/** Whether small steps have used up the box, but not the table: it must be settled to go on. */
export function isStuck({ scrollTop, fullTop }: LongScroll, table: LongTable): boolean {
  const { full, mostTop } = measureTable(table);
  return (
    (scrollTop <= 0 && fullTop > 0) ||
    (scrollTop >= mostTop - 1 && fullTop < full - table.viewport - 1)
  );
}

/** When the box stands still, or has come to an end: where it should be for what it shows. */
export function settleScroll({ fullTop }: LongScroll, table: LongTable): LongScroll {
  const { mostTop, stretch } = measureTable(table);
  return { scrollTop: clamp(fullTop / stretch, 0, mostTop), fullTop, isLeaping: false };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
