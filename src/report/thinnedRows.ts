import type { Level } from "../catalog/query.ts";
import type { Rows } from "./countedUnits.ts";
import { isSmall } from "./withhold.ts";

/**
 * The rows of a running level that can be shown: from each to the next, either nobody is counted or at least
 * `smallest` are, so a curve keeps its shape and loses its single steps. Rows that the level does not count
 * are kept.
 */
export function thinnedRows(
  { keys, counts }: Level,
  rows: Rows,
  smallest: number,
): { kept: ReadonlySet<number>; isOwnSmall(column: string, row: number): boolean } {
  const along = rows.column(keys.at(-1)!);
  const series = keys.slice(0, -1).map((key) => rows.column(key));
  const columns = counts.map(({ name, of }) => {
    const [at, whole] = [rows.column(name), of === undefined ? undefined : rows.column(of)];
    return (row: number) => Number(at?.(row) ?? 0) * (whole ? Number(whole(row) ?? 0) : 1);
  });
  const lists = new Map<string, number[]>();
  const kept = new Set<number>();
  for (let row = 0; row < rows.length; ++row) {
    const place = along?.(row);
    if (place === null || place === undefined) kept.add(row);
    else {
      const id = JSON.stringify(series.map((at) => String(at?.(row))));
      lists.set(id, [...(lists.get(id) ?? []), row]);
    }
  }
  for (const list of lists.values()) {
    const ordered = list.toSorted((a, b) => Number(along!(a)) - Number(along!(b)));
    const shown = thin(ordered.map((row) => columns.map((at) => at(row))));
    for (const i of shown) kept.add(ordered[i]!);
  }
  const isSteps = (name: string) => counts.some((count) => count.name === name && !count.of);
  return {
    kept,
    isOwnSmall: (name, row) =>
      isSteps(name) && isSmall(Number(rows.column(name)?.(row) ?? 0), smallest),
  };

  /** @param steps what each row counts, along the series */
  function thin(steps: readonly number[][]): number[] {
    // a count that only rises or only falls says how many there are so far, or still: its steps count
    const isLevel = columns.map((_, c) => {
      const values = steps.map((step) => step[c]!);
      const isNever = (sign: number) =>
        values.every((value, i) => i === 0 || sign * (value - values[i - 1]!) <= 1e-9);
      return isNever(1) || isNever(-1);
    });
    const shown: number[] = [];
    let last = steps[0] ?? [];
    let since = columns.map(() => 0);
    steps.forEach((step, i) => {
      since = since.map((sum, c) => sum + step[c]!);
      const isOpen = step.every(
        (value, c) =>
          !isSmall(Math.round(since[c]! * 1e6) / 1e6, smallest) &&
          !(
            isLevel[c] &&
            (isSmall(value, smallest) || isSmall(Math.abs(value - last[c]!), smallest - 1e-6))
          ),
      );
      if (!isOpen) return;
      shown.push(i);
      last = step;
      since = columns.map(() => 0);
    });
    return shown;
  }
}
