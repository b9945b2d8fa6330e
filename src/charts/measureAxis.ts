import type { ScaleOptions } from "@observablehq/plot";
import type { Locale } from "../words/words.ts";
import { valueAxis } from "./axes.ts";
import type { ChartInput } from "./chart.ts";
import type { Field } from "./fields.ts";
import type { AxisTicks } from "./frame.ts";
import { formatTick, logTicks } from "./ticks.ts";

export interface MeasureAxis {
  scale: Pick<ScaleOptions, "type" | "domain">;
  ticks: AxisTicks;
}

// Ratios of highest to median (or median to lowest) and of highest to lowest that a linear axis still shows.
const widestHalf = 30;
const widest = 100;

/** The axis of a measure over some rows: linear from zero, or logarithmic. */
export function measureAxis(
  input: ChartInput,
  field: Field,
  { rows, count, more = [] }: { rows: number[]; count: number; more?: number[] },
): MeasureAxis {
  const values = [...rows.map((i) => field.numbers[i] as number), ...more]
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  const [lo = 0] = values;
  const hi = values.at(-1) ?? 1;
  if (isLogarithmic(values) && field.type !== "date") {
    const ticks = logTicks(lo, hi, count);
    const labels = ticks.map((value) =>
      formatTick(input.locale as Locale, field.type, value, { currency: input.currency }),
    );
    return { scale: { type: "log", domain: [lo, hi] }, ticks: { values: ticks, labels } };
  }
  const [from, to] = rangeOf(field, lo, hi);
  const isWhole = field.type !== "share" && field.type !== "date" && values.every(Number.isInteger);
  const whole: Field = isWhole && field.type !== "money" ? { ...field, type: "count" } : field;
  const ticks = valueAxis(input, whole, [from, to], count);
  return {
    scale: { type: "linear", domain: [ticks.values[0], ticks.values.at(-1)] as number[] },
    ticks,
  };
}

/** From zero where the values lie far from each other; a single value stands between zero and itself. */
function rangeOf({ type }: Field, lo: number, hi: number): [number, number] {
  if (type === "date") return [lo, hi > lo ? hi : lo + 1];
  if (hi > lo) return [lo > 0 && lo < hi * 0.6 ? 0 : lo, hi];
  return lo === 0 ? [0, 1] : [Math.min(0, lo), Math.max(0, lo)];
}

function isLogarithmic(sorted: number[]): boolean {
  const [lo = 0] = sorted;
  const hi = sorted.at(-1) ?? 0;
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return lo > 0 && (hi > widestHalf * middle || middle > widestHalf * lo || hi > widest * lo);
}
