/** More marks than this are thinned before they are drawn. */
export const mostMarks = 5000;

/**
 * Rows of a line that keep its shape: of each of `buckets` equal parts of the rows the first, the last,
 * the lowest and the highest, in their order. Every row where there are few.
 *
 * @param order rows by x
 */
export function decimateLine(order: number[], Y: ArrayLike<number>, buckets: number): number[] {
  if (order.length <= buckets * 4) return order;
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; ++bucket) {
    const from = Math.floor((bucket * order.length) / buckets);
    const to = Math.floor(((bucket + 1) * order.length) / buckets);
    kept.push(...extremesOf(order, Y, from, to).map((place) => order[place] as number));
  }
  return kept;
}

function extremesOf(order: number[], Y: ArrayLike<number>, from: number, to: number): number[] {
  let low = from;
  let high = from;
  const yAt = (place: number) => Y[order[place] as number] ?? Number.NaN;
  for (let place = from; place < to; ++place) {
    if (yAt(place) < yAt(low) || Number.isNaN(yAt(low))) low = place;
    if (yAt(place) > yAt(high) || Number.isNaN(yAt(high))) high = place;
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
}

/**
 * Rows of a cloud of points that keep its shape: one row a cell of a square grid, the rows that are
 * lowest and highest in x and y, and as many evenly spread others as there is room for. Every row where
 * there are at most `most`; rows without a place go.
 */
export function decimateCloud(
  X: ArrayLike<number>,
  Y: ArrayLike<number>,
  most = mostMarks,
): number[] {
  const rows = Array.from({ length: X.length }, (_, i) => i).filter((i) => isPlaced(X, Y, i));
  if (rows.length <= most) return rows;
  const [left, right] = rangeOf(X, rows);
  const [low, high] = rangeOf(Y, rows);
  const extremes = new Set([left, right, low, high]);
  const cells = Math.floor(Math.sqrt(most - extremes.size));
  const cellOf = (V: ArrayLike<number>, from: number, to: number, i: number) => {
    const start = V[from] as number;
    const span = (V[to] as number) - start || 1;
    return Math.min(cells - 1, Math.floor((((V[i] as number) - start) / span) * cells));
  };
  const taken = new Set<number>();
  const kept = new Set(extremes);
  for (const i of rows) {
    const cell = cellOf(X, left, right, i) * cells + cellOf(Y, low, high, i);
    if (!taken.has(cell)) kept.add(i);
    taken.add(cell);
  }
  const others = rows.filter((i) => !kept.has(i));
  const every = Math.ceil(others.length / Math.max(1, most - kept.size));
  for (let place = 0; place < others.length; place += every) kept.add(others[place] as number);
  return rows.filter((i) => kept.has(i));
}

function isPlaced(X: ArrayLike<number>, Y: ArrayLike<number>, i: number): boolean {
  return Number.isFinite(X[i]) && Number.isFinite(Y[i]);
}

function rangeOf(V: ArrayLike<number>, rows: number[]): [number, number] {
  let [low = 0] = rows;
  let high = low;
  for (const i of rows) {
    if ((V[i] as number) < (V[low] as number)) low = i;
    if ((V[i] as number) > (V[high] as number)) high = i;
  }
  return [low, high];
}
