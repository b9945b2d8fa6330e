import type { ChartInput } from "./chart.ts";
import { mostMarks } from "./decimate.ts";
import { flagsOf, maybeField, needField, type Field } from "./fields.ts";
import { sequentialStep } from "./palette.ts";
import { smallOf } from "./tell.ts";

/** The rows of a heatmap, and where they stand. */
export interface Grid {
  x: Field;
  y: Field;
  fill: Field;
  n: Field | undefined;
  lower: Field | undefined;
  upper: Field | undefined;
  complete: Uint8Array;
  small: Uint8Array;
  /** rows of the table that are drawn */
  rows: number[];
  /** places on the axes, each a value and a row of the table that has it */
  columns: Map<string, number>;
  lines: Map<string, number>;
  /** every how many lines and columns one is drawn */
  every: number;
}

/** Cells smaller than this, pixels, cannot be told apart. */
export const leastCell = 4;

/** 0: the cell says nothing, since its share is 1 by definition; else a step of the sequential colours. */
export type StepOf = (i: number) => number;

export function toGrid(input: ChartInput): Grid {
  const [x, y, fill] = [needField(input, "x"), needField(input, "y"), needField(input, "fill")];
  const n = maybeField(input, "n");
  const length = input.table.numRows;
  const all = Array.from({ length }, (_, i) => i);
  const columns = uniqueOf(x, all);
  const lines = uniqueOf(y, all);
  const room = Math.floor((input.width - 90) / leastCell);
  const every = Math.max(
    1,
    Math.ceil(columns.size / room),
    Math.ceil(lines.size / 240),
    Math.ceil(Math.sqrt(length / mostMarks)),
  );
  const shownColumns = pick(columns, every);
  const shownLines = pick(lines, every);
  return {
    x,
    y,
    fill,
    n,
    lower: maybeField(input, "lower"),
    upper: maybeField(input, "upper"),
    complete: flagsOf(maybeField(input, "complete"), length),
    small: smallOf(n, length),
    rows: all.filter(
      (i) => shownColumns.has(keyOf(x, i)) && shownLines.has(keyOf(y, i)) && !fill.isNull(i),
    ),
    columns: shownColumns,
    lines: shownLines,
    every,
  };
}

/** A place on an axis as text. */
export function keyOf(field: Field, i: number): string {
  return field.type === "text" ? field.say(i) : String(field.numbers[i]);
}

/** Each value once, numbers and dates ascending, with the first row that has it. */
function uniqueOf(field: Field, rows: number[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const i of rows)
    if (!field.isNull(i) && !seen.has(keyOf(field, i))) seen.set(keyOf(field, i), i);
  if (field.type === "text") return seen;
  return new Map([...seen].sort(([a], [b]) => Number(a) - Number(b)));
}

/** Every nth from the first, and always the last. */
function pick(places: Map<string, number>, every: number): Map<string, number> {
  return new Map([...places].filter((_, i) => i % every === 0 || i === places.size - 1));
}

/**
 * The step of the sequential colours by row. Index 0, or the period that the cohort itself began in, where a
 * share is 1 by definition, sets no scale.
 */
export function scaleOf({ x, y, fill, rows, small }: Grid): {
  from: number;
  to: number;
  step: StepOf;
} {
  const isFirst = (i: number) =>
    x.type === "date" ? x.numbers[i] === y.numbers[i] : x.numbers[i] === 0;
  const isTrivial = (i: number) => fill.type === "share" && fill.numbers[i] === 1 && isFirst(i);
  const telling = rows.filter((i) => !isTrivial(i) && small[i] === 0);
  const others = telling.length > 0 ? telling : rows.filter((i) => !isTrivial(i));
  const values = (others.length > 0 ? others : rows).map((i) => fill.numbers[i] as number);
  const hi = values.reduce((most, value) => Math.max(most, value), 0) || 1;
  const lo = values.reduce((least, value) => Math.min(least, value), hi);
  const from = fill.type === "share" || lo < hi / 4 ? Math.min(0, lo) : lo;
  const shareOf = (i: number) => ((fill.numbers[i] as number) - from) / (hi - from || 1);
  const step: StepOf = (i) => (isTrivial(i) ? 0 : sequentialStep(shareOf(i)));
  return { from, to: hi, step };
}
