import type { Choice, Level } from "../catalog/query.ts";

/** Rows to be published, by columns. */
export interface Rows {
  length: number;
  /** undefined for a column that is not there */
  column(name: string): ((row: number) => unknown) | undefined;
}

/** What a level counts once: the rows with one value for each of its keys. */
export interface Unit {
  /** of which table, where there is one for each segment; −1 for what no segment has */
  part: number;
  /** as text */
  keys: string[];
  /** a row that sums others of the same table up */
  isTotal: boolean;
  rows: number[];
  /** counts, then what each leaves of its whole; NaN where there is none */
  values: number[];
}

/** The units of a level in their order; rows without any of its counts are none. */
export function unitsOf({ keys, counts, where }: Level, rows: Rows, part = 0): Unit[] {
  const isCounted = chooser(where, rows);
  const keyed = keys.map((key) => rows.column(key));
  const wholes = counts.filter(({ of }) => of !== undefined);
  const read = (name: string) => {
    const at = rows.column(name);
    return (row: number) => toNumber(at?.(row));
  };
  const readers = [
    ...counts.map(({ name }) => read(name)),
    ...wholes.map(({ name, of }) => {
      const [part_, whole] = [read(name), read(of!)];
      return (row: number) => whole(row) - part_(row);
    }),
  ];
  const units = new Map<string, Unit>();
  for (let row = 0; row < rows.length; ++row) {
    if (!isCounted(row)) continue;
    const values = readers.map((at) => at(row));
    if (values.every(Number.isNaN)) continue;
    const names = keyed.map((at) => String(at?.(row) ?? ""));
    const id = JSON.stringify(names);
    const isTotal = keys.length > 0 && names.some((name) => name === "" || name === "all");
    const unit = units.get(id) ?? { part, keys: names, isTotal, rows: [], values };
    unit.values = unit.values.map((value, i) => (Number.isNaN(value) ? values[i]! : value));
    unit.rows.push(row);
    units.set(id, unit);
  }
  return [...units.values()];
}

function toNumber(value: unknown): number {
  return value === null || value === undefined ? Number.NaN : Number(value);
}

/** Whether a row is one of those chosen; without a choice each is. */
export function chooser(choice: Choice | undefined, rows: Rows): (row: number) => boolean {
  if (!choice) return () => true;
  const at = rows.column(choice.column);
  return (row) => choice.values.includes(String(at?.(row) ?? ""));
}
