import { breathe } from "./breathe.ts";
import { differsByOne } from "./differsByOne.ts";

/** Counts to be published, and the sums of them that a reader may know from elsewhere. */
export interface Counted {
  /** n counts each, of customers; NaN where a cell has none */
  columns: readonly Float64Array[];
  /** places of cells, each list with one sum for every column */
  groups: readonly (readonly number[])[];
}

const mostWork = 5_000_000; // steps of all searches; then all is withheld

/** Whether a count stands for somebody, but for fewer than `smallest`. */
export function isSmall(count: number, smallest: number): boolean {
  return count > 0 && count < smallest;
}

/**
 * Which cells to withhold, in all their columns, so that no count from 1 to `smallest` − 1 can be read or
 * told by subtraction.
 *
 * First every cell with such a count. Then, where the cells withheld in a group sum to such a count, which its
 * sum less what is shown would tell, the next smallest of the group. Last, further ones until for each such count
 * there is another table that fits all that is known. A group whose own sum is so small is withheld wherever it is published, so it is not known.
 *
 * @param hidden n flags: withheld for other reasons; changed and returned
 */
export async function withhold(
  { columns, groups }: Counted,
  smallest: number,
  hidden = new Uint8Array(columns[0]?.length ?? 0),
): Promise<Uint8Array> {
  const groupsOf: number[][] = Array.from(hidden, () => []);
  groups.forEach((group, i) => group.forEach((cell) => groupsOf[cell]!.push(i)));
  const hiddenIn = Int32Array.from(groups, (group) => group.filter((cell) => hidden[cell]).length);
  const known = columns.map((values) =>
    groups.map((group) => !isSmall(sum(values, group), smallest)),
  );
  const safe = columns.map(() => new Uint8Array(hidden.length));
  let work = 0;
  for (const values of columns)
    values.forEach((count, cell) => {
      if (isSmall(count, smallest)) hide(cell);
    });
  for (;;) {
    while (await coverSums()) {
      // one cell withheld for a group may lay open another group
    }
    const laidOpen: { cell: number; values: Float64Array }[] = [];
    for (const [column, values] of columns.entries())
      for (const cell of await laidOpenIn(values, column)) laidOpen.push({ cell, values });
    if (laidOpen.length === 0) return hidden;
    if (work > mostWork) return hidden.fill(1);
    for (const { cell, values } of laidOpen) if (!hideNear(values, cell)) return hidden.fill(1);
  }

  function hide(cell: number): void {
    if (hidden[cell]) return;
    hidden[cell] = 1;
    for (const group of groupsOf[cell]!) hiddenIn[group]! += 1;
  }

  async function coverSums(): Promise<boolean> {
    let isChanged = false;
    for (const [i, group] of groups.entries()) {
      await breathe();
      columns.forEach((values, column) => {
        if (hiddenIn[i] === 0 || !known[column]![i]) return;
        while (isSmall(sum(values, group, hidden), smallest) && hideLeast(values, group))
          isChanged = true;
      });
    }
    return isChanged;
  }

  /** small counts that can be told */
  async function laidOpenIn(values: Float64Array, column: number): Promise<number[]> {
    const isOpen = (cell: number) => hidden[cell] === 1 && values[cell]! > 0;
    const sums = groups.map((group, i) => (known[column]![i] ? group.filter(isOpen) : []));
    const sumsOf = groupsOf.map((own) =>
      own.map((i) => sums[i]!).filter(({ length }) => length > 0),
    );
    const found: number[] = [];
    for (const cell of hidden.keys()) {
      if (!isSmall(values[cell]!, smallest) || safe[column]![cell]) continue;
      await breathe();
      const { differs, steps } = differsByOne(cell, { values, sumsOf });
      // what is withheld later only leaves more room
      if (differs) safe[column]![cell] = 1;
      else found.push(cell);
      work += steps;
    }
    return found;
  }

  /**
   * In a group of the cell; else in a group of those, and so on. One withheld cell hides another only where all of
   * its groups have others withheld: that with the fewest that have none.
   */
  function hideNear(values: Float64Array, cell: number): boolean {
    let reached = new Set([cell]);
    for (;;) {
      const near = new Set([...reached].flatMap((one) => groupsOf[one]!));
      const next = new Set([...reached, ...[...near].flatMap((group) => groups[group]!)]);
      const bare = (one: number) => groupsOf[one]!.filter((group) => hiddenIn[group] === 0).length;
      const open = [...next].filter((one) => !hidden[one] && values[one]! > 0);
      const least = Math.min(...open.map(bare));
      if (open.length > 0)
        return hideLeast(
          values,
          open.filter((one) => bare(one) === least),
        );
      if (next.size === reached.size) return false;
      reached = next;
    }
  }

  /** the smallest that is shown and not empty */
  function hideLeast(values: Float64Array, cells: readonly number[]): boolean {
    let least: number | undefined;
    for (const cell of cells)
      if (!hidden[cell] && values[cell]! > 0 && !(values[cell]! >= (values[least!] ?? Infinity)))
        least = cell;
    if (least === undefined) return false;
    hide(least);
    return true;
  }
}

function sum(values: Float64Array, cells: readonly number[], only?: Uint8Array): number {
  let total = 0;
  for (const cell of cells)
    if ((!only || only[cell]) && values[cell]! > 0) total += values[cell] as number;
  return total;
}
