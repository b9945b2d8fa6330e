/** Counts 0, 1, 2, … in bins that widen where there are many: 6 on their own, then 7–8, 9–10, 11–15, … */
export interface CountBins {
  /** first count of each bin, ascending */
  starts: number[];
  /** the last bin holds everything from its start on */
  isOpen: boolean;
}

/**
 * Bins for whole numbers of 0 and more that few rows have far out.
 *
 * @param most how many bins at most
 * @param least rows that the last bin should hold where there are as many
 */
export function binCounts(
  values: ArrayLike<number>,
  { most = 12, least = 30 }: { most?: number; least?: number } = {},
): CountBins {
  let hi = 0;
  for (let i = 0; i < values.length; ++i) if (values[i]! > hi) hi = values[i]!;
  const starts = startsUpTo(hi);
  const counts = starts.map(() => 0);
  for (let i = 0; i < values.length; ++i) {
    const bin = binOf(starts, values[i]!);
    if (bin >= 0) counts[bin]! += 1;
  }
  let isOpen = hi > starts.at(-1)!;
  while (starts.length > most || (starts.length > 2 && counts.at(-1)! < least)) {
    const rest = counts.pop()!;
    counts[counts.length - 1]! += rest;
    starts.pop();
    isOpen = true;
  }
  return { starts, isOpen };
}

/** the bin of a count; −1 where there is none */
export function binOf(starts: readonly number[], value: number): number {
  let [low, high] = [-1, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function startsUpTo(hi: number): number[] {
  const starts = [0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 16, 21, 31, 51];
  for (let power = 100; (starts.at(-1) as number) < hi; power *= 10)
    starts.push(power + 1, 2 * power + 1, 5 * power + 1);
  return starts.filter((start) => start <= hi || start === 0);
}
