import { isFlat, niceTicks } from "./ticks.ts";

export interface Bins {
  /** one more than counts, ascending */
  edges: number[];
  counts: number[];
  /** the last bin holds everything beyond its start */
  hasTail: boolean;
  median: number;
}

/**
 * Values in equal bins of round width; of whole numbers at least 1 wide. Where the highest 1 % reach further
 * than twice the rest they share one last bin. NaN is passed over; no value at all gives one empty bin.
 */
export function binValues(values: ArrayLike<number>, { isWhole = false, most = 30 } = {}): Bins {
  const sorted = Float64Array.from(
    Array.from(values).filter((value) => Number.isFinite(value)),
  ).sort();
  if (sorted.length === 0) return { edges: [0, 1], counts: [0], hasTail: false, median: 0 };
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  const [lo, hi, p99] = [sorted[0] as number, sorted.at(-1) as number, at(0.99)];
  const hasTail = hi - lo > 2 * (p99 - lo) && p99 > lo;
  const end = hasTail ? p99 : hi;
  const edges = edgesOf(lo >= 0 && lo < end / 4 ? 0 : lo, end, { isWhole, most });
  if (hasTail)
    edges.push((edges.at(-1) as number) + ((edges[1] as number) - (edges[0] as number)) * 1.5);
  const counts = edges.slice(1).map(() => 0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= (edges[bin + 1] as number)) ++bin;
    counts[bin] = (counts[bin] as number) + 1;
  }
  const half = sorted.length / 2;
  const median =
    ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
  return { edges, counts, hasTail, median };
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
