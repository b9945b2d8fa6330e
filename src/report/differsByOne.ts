const mostSteps = 20_000; // of one search: cells looked at
const mostWays = 24; // that are tried where sums leave more

/** A column of counts, some of them withheld, and what is known of it. */
export interface Sums {
  values: Float64Array;
  /** of each cell, the known sums that it is in, as their withheld cells that have somebody */
  sumsOf: readonly (readonly (readonly number[])[])[];
}

/**
 * Whether another table, with one more or one less in this cell and so in some other withheld ones, has the same
 * known sums and somebody in every cell that has somebody: then nobody can tell the count. A search in depth that
 * evens the sums out one after the other, the one with the fewest ways first; no where it takes too long.
 */
export function differsByOne(
  cell: number,
  { values, sumsOf }: Sums,
): { differs: boolean; steps: number } {
  const changes = new Map<number, number>();
  const uneven = new Map<readonly number[], number>();
  let steps = mostSteps;
  const differs = change(cell, 1) || change(cell, -1);
  return { differs, steps: mostSteps - steps };

  function change(at: number, by: number): boolean {
    if (values[at]! + by < 1 || steps < 0) return false;
    changes.set(at, by);
    for (const sum of sumsOf[at]!) add(sum, by);
    if (even()) return true;
    changes.delete(at);
    for (const sum of sumsOf[at]!) add(sum, -by);
    return false;
  }

  function even(): boolean {
    let ways: number[] | undefined;
    let by = 0;
    for (const [sum, off] of uneven) {
      const found = waysIn(sum, -Math.sign(off), ways?.length ?? mostWays);
      if (ways && ways.length <= found.length) continue;
      [ways, by] = [found, -Math.sign(off)];
    }
    return ways === undefined || ways.some((at) => change(at, by));
  }

  /** up to so many as would not be better than what is found */
  function waysIn(sum: readonly number[], by: number, most: number): number[] {
    const found: number[] = [];
    for (const at of sum) {
      steps -= 1;
      if (canChange(at, by) && found.push(at) >= most) break;
    }
    return found;
  }

  function canChange(at: number, by: number): boolean {
    return !changes.has(at) && values[at]! + by >= 1;
  }

  function add(sum: readonly number[], by: number): void {
    const off = (uneven.get(sum) ?? 0) + by;
    if (off === 0) uneven.delete(sum);
    else uneven.set(sum, off);
  }
}
