import type { AxisTicks } from "./frame.ts";

const gap = 2; // pixels between two labels

/**
 * Ticks whose labels stand apart: all of them, or every 2nd, 3rd, … from the first.
 *
 * @param placeOf pixels along the axis
 * @param sizeOf of a label along the axis, pixels; it stands around its place
 */
export function apartTicks(
  { values, labels }: AxisTicks,
  placeOf: (value: number) => number,
  sizeOf: (label: string) => number,
): AxisTicks {
  const places = values.map(placeOf);
  const sizes = labels.map(sizeOf);
  const isApart = (a: number, b: number) =>
    Math.abs(places[b]! - places[a]!) >= (sizes[a]! + sizes[b]!) / 2 + gap;
  for (let every = 1; every < values.length; ++every) {
    const kept = values.map((_, i) => i).filter((i) => i % every === 0);
    if (kept.every((i, at) => at === 0 || isApart(kept[at - 1]!, i)))
      return { values: kept.map((i) => values[i]!), labels: kept.map((i) => labels[i]!) };
  }
  return { values: values.slice(0, 1), labels: labels.slice(0, 1) };
}
