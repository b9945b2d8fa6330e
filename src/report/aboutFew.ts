import type { About } from "../catalog/query.ts";
import { chooser, type Rows } from "./countedUnits.ts";
import { isSmall } from "./withhold.ts";

/** Which rows, and which single figures of a row, are about too few whom the row itself does not count. */
export function aboutFew(
  about: readonly About[],
  rows: Rows,
  smallest: number,
): { hidden: Uint8Array; isHidden(column: string, row: number): boolean } {
  const hidden = new Uint8Array(rows.length);
  const few = about.map((rule) => ({ rule, isFew: fewBy(rule, rows, smallest) }));
  for (const { rule, isFew } of few)
    if (!rule.columns) hidden.forEach((_, row) => isFew(row) && (hidden[row] = 1));
  return {
    hidden,
    isHidden: (column, row) =>
      few.some(({ rule, isFew }) => rule.columns?.includes(column) && isFew(row)),
  };
}

function fewBy(
  { rows: scope, share, count, of, at }: About,
  rows: Rows,
  smallest: number,
): (row: number) => boolean {
  const isIn = chooser(scope, rows);
  const isAt = at && chooser(at, rows);
  const places = Array.from({ length: rows.length }, (_, row) => row);
  const read = (name: string) => (row: number) => Number(rows.column(name)?.(row) ?? Number.NaN);
  const [countAt, wholeAt] = [read(count), of === undefined ? undefined : read(of)];
  const test = (row: number) => {
    // so that 20 % of 25 are five
    const some = Math.ceil(share * countAt(row) - 1e-9);
    return isSmall(some, smallest) || (wholeAt ? isSmall(wholeAt(row) - some, smallest) : false);
  };
  if (!isAt) return (row) => isIn(row) && test(row);
  const isFew = places.filter(isAt).some(test);
  return (row) => isFew && isIn(row);
}
