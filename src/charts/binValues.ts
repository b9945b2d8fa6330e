import { isFlat, niceTicks } from "./ticks.ts";

export interface Bins {
  /** one more than counts, ascending */
  edges: number[];
  counts: number[];
  /** the last bin holds everything beyond its start */
  hasTail: boolean;
  /** the first bin holds everything below its end */
  hasHead: boolean;
  /** the values are whole numbers */
  isWhole: boolean;
  /** widths grow with the values */
  isLogarithmic: boolean;
  median: number;
}

/**
 * Values in equal bins of round width; of whole numbers at least 1 wide. Where the highest 1 % reach further
 * than twice the rest they share one last bin. NaN is passed over; no value at all gives one empty bin.
 * Positive values that are not whole and spread over powers of ten have bins of 1, 2, 5, 10, …
 */
export function binValues(values: ArrayLike<number>, { isWhole = false, most = 30 } = {}): Bins {
  const sorted = sortFinite(values);
  const plain = { hasHead: false, isLogarithmic: false, isWhole };
  if (sorted.length === 0)
    return { edges: [0, 1], counts: [0], hasTail: false, median: 0, ...plain };
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  const [lo, hi, p99] = [sorted[0] as number, sorted.at(-1) as number, at(0.99)];
  if (!isWhole && lo > 0 && p99 > spreading * medianOf(sorted))
    return binPowers(sorted, at(0.01), p99);
  const hasTail = hi - lo > 2 * (p99 - lo) && p99 > lo;
  const end = hasTail ? p99 : hi;
  const edges = edgesOf(lo >= 0 && lo < end / 4 ? 0 : lo, end, { isWhole, most });
  if (hasTail)
    edges.push((edges.at(-1) as number) + ((edges[1] as number) - (edges[0] as number)) * 1.5);
  return { edges, counts: countBins(sorted, edges), hasTail, median: medianOf(sorted), ...plain };
}

const spreading = 10; // of the 99th percentile to the median
const mostDecades = 5;

/** Edges of 1, 2, 5, 10, … around nearly all values; of few powers of ten more between them. */
function binPowers(sorted: Float64Array, p01: number, p99: number): Bins {
  const from = Math.max(p01, p99 / 10 ** mostDecades);
  const steps = Math.log10(p99 / from) > 3 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7];
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(p99) + 1; ++power)
    for (const step of steps) all.push(Number(`${step}e${power}`));
  const first = Math.max(
    0,
    all.findLastIndex((edge) => edge <= from),
  );
  const last = all.findIndex((edge) => edge > p99);
  const edges = all.slice(first, last + 1);
  const [lo, hi] = [sorted[0] as number, sorted.at(-1) as number];
  const hasTail = hi >= (edges.at(-1) as number);
  if (hasTail) edges.push(all[last + 1] as number);
  return {
    edges,
    counts: countBins(sorted, edges),
    hasTail,
    hasHead: lo < (edges[0] as number),
    isLogarithmic: true,
    isWhole: false,
    median: medianOf(sorted),
  };
}

/**
 * Values in about `most` bins of nearly equal width that end where the bands end: shares from 0 to 1, others
 * from the lowest value to the highest.
 *
 * @param bands where one band ends and the next begins, ascending
 */
export function binBands(
  values: ArrayLike<number>,
  bands: readonly number[],
  { isShare = false, most = 30 } = {},
): Bins {
  const sorted = sortFinite(values);
  const [lo, hi] = isShare ? [0, 1] : [sorted[0] ?? 0, sorted.at(-1) ?? 1];
  const stops = [Math.min(lo, bands[0] ?? lo), ...bands, Math.max(hi, bands.at(-1) ?? hi)];
  const span = (stops.at(-1) as number) - (stops[0] as number) || 1;
  const edges = stops.slice(1).flatMap((stop, i) => {
    const from = stops[i] as number;
    const parts = Math.max(1, Math.round((most * (stop - from)) / span));
    return Array.from({ length: parts }, (_, part) => from + ((stop - from) * part) / parts);
  });
  edges.push(stops.at(-1) as number);
  const median = sorted.length > 0 ? medianOf(sorted) : 0;
  const counts = countBins(sorted, edges);
  const plain = { hasTail: false, hasHead: false, isLogarithmic: false, isWhole: false };
  return { edges, counts, median, ...plain };
}

/** in place, in one array: a filter would make a list of objects of a million numbers */
function sortFinite(values: ArrayLike<number>): Float64Array {
  const finite = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i] as number;
    if (Number.isFinite(value)) finite[count++] = value;
  }
  return finite.subarray(0, count).sort();
}

/** What lies beyond the last edge is counted in the last bin. */
function countBins(sorted: Float64Array, edges: number[]): number[] {
  const counts = edges.slice(1).map(() => 0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= (edges[bin + 1] as number)) ++bin;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function medianOf(sorted: Float64Array): number {
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

function edgesOf(
  lo: number,
  hi: number,
  { isWhole, most }: { isWhole: boolean; most: number },
): number[] {
  if (isFlat(lo, hi)) return isWhole ? [lo, lo + 1] : [lo, lo + (Math.abs(lo) || 1)];
  const ticks = niceTicks(lo, hi, most);
  const step = (ticks[1] as number) - (ticks[0] as number);
  if (!isWhole || step >= 1)
    return (ticks.at(-1) as number) > hi ? ticks : [...ticks, (ticks.at(-1) as number) + step];
  return Array.from({ length: Math.floor(hi) - Math.floor(lo) + 2 }, (_, i) => Math.floor(lo) + i);
}
