import type { Level } from "../catalog/query.ts";
import { unitsOf, type Rows, type Unit } from "./countedUnits.ts";
import { knownSums } from "./knownSums.ts";
import { withhold } from "./withhold.ts";

/** One table, or one for each segment of the customers. */
export interface Part {
  rows: Rows;
  /** rows whose sums a sentence tells */
  told: readonly (readonly number[])[];
  /** flags of rows that are withheld whatever they count */
  hidden?: Uint8Array;
}

interface Options {
  smallest: number;
  /** the table of everybody, where the parts are segments */
  whole?: { rows: Rows; hidden: Uint8Array } | undefined;
}

/**
 * The rows to withhold in each table, level after level, the coarsest first: what one withholds, the finer have
 * withheld already. Where the tables are segments, the customers of no segment stand for one more that is
 * withheld, and so is every row that the table of everybody withholds.
 */
export async function withheldRows(
  levels: readonly Level[],
  parts: readonly Part[],
  { smallest, whole }: Options,
): Promise<Uint8Array[]> {
  const hidden = parts.map(({ rows, hidden: own }) => own?.slice() ?? new Uint8Array(rows.length));
  for (const level of levels) {
    if (level.isRunning || level.counts.length === 0) continue;
    const units = parts.flatMap(({ rows }, part) => unitsOf(level, rows, part));
    const own = units.length;
    const everybody = whole ? unitsOf(level, whole.rows) : [];
    units.push(...restOf(everybody, units));
    const groups = await knownSums(units, level, { parts: whole ? parts.length + 1 : 1, smallest });
    groups.push(
      ...parts.flatMap(({ told }, part) => told.map((rows) => unitsIn(units, part, rows))),
    );
    const shut = new Set(
      everybody.filter(({ rows }) => rows.every((row) => whole?.hidden[row])).map(idOf),
    );
    const before = units.map(
      (unit, i) =>
        i >= own || shut.has(idOf(unit)) || unit.rows.every((row) => hidden[unit.part]![row]),
    );
    const width = units[0]?.values.length ?? 0;
    const columns = Array.from({ length: width }, (_, column) =>
      Float64Array.from(units, ({ values }) => values[column]!),
    );
    const result = await withhold({ columns, groups }, smallest, Uint8Array.from(before, Number));
    units.slice(0, own).forEach(({ part, rows }, i) => {
      if (result[i]) for (const row of rows) hidden[part]![row] = 1;
    });
  }
  return hidden;
}

/** What everybody has more than the segments together. */
function restOf(everybody: readonly Unit[], units: readonly Unit[]): Unit[] {
  const sums = new Map<string, number[]>();
  for (const unit of units) {
    const sum = sums.get(idOf(unit)) ?? unit.values.map(() => 0);
    sums.set(
      idOf(unit),
      sum.map((value, i) => value + (unit.values[i]! || 0)),
    );
  }
  return everybody.map((unit) => ({
    ...unit,
    part: -1,
    rows: [],
    values: unit.values.map((value, i) => value - (sums.get(idOf(unit))?.[i] ?? 0)),
  }));
}

function unitsIn(units: readonly Unit[], part: number, rows: readonly number[]): number[] {
  const wanted = new Set(rows);
  return [...units.keys()].filter((i) => {
    const unit = units[i]!;
    return unit.part === part && unit.rows.some((row) => wanted.has(row));
  });
}

function idOf({ keys }: Unit): string {
  return JSON.stringify(keys);
}
