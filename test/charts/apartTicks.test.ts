import fc from "fast-check";
import { expect, it } from "vitest";
import { apartTicks } from "../../src/charts/apartTicks.ts";
import { valueAxis } from "../../src/charts/axes.ts";
import type { ChartInput } from "../../src/charts/chart.ts";
import type { Field } from "../../src/charts/fields.ts";
import { measureAxis } from "../../src/charts/measureAxis.ts";
import { textWidth } from "../../src/charts/textWidth.ts";

const types = ["count", "share", "money", "number", "days"] as const;
const input = { locale: "en", currency: "USD", width: 640 } as ChartInput;
const end = fc.double({ min: -1e7, max: 1e7, noNaN: true });

function overlaps(labels: string[], places: number[], sizeOf: (label: string) => number): number[] {
  const spans = labels.map((label, i) => [
    places[i]! - sizeOf(label) / 2,
    places[i]! + sizeOf(label) / 2,
  ]);
  spans.sort((a, b) => a[0]! - b[0]!);
  return spans
    .map((span, i) => (i === 0 ? -1 : spans[i - 1]![1]! - span[0]!))
    .filter((by) => by > 0);
}

it("prints no labels over each other, on any axis, however little room there is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      end,
      end,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 900 }),
      fc.boolean(),
      (type, a, b, count, pixels, isUp) => {
        const [lo, hi] = [Math.min(a, b), Math.max(a, b)];
        const ticks = valueAxis(input, { type } as Field, [lo, hi], count);
        const [from, to] = [ticks.values[0]!, ticks.values.at(-1)!];
        const placeOf = (value: number) => ((value - from) / (to - from || 1)) * pixels;
        const sizeOf = (label: string) => (isUp ? 12 : textWidth(label));
        const kept = apartTicks(ticks, placeOf, sizeOf);
        expect(kept.values[0]).toBe(ticks.values[0]);
        expect(overlaps(kept.labels, kept.values.map(placeOf), sizeOf)).toEqual([]);
      },
    ),
  );
});

it("keeps all of them where there is room", () => {
  const ticks = { values: [0, 1, 2], labels: ["0", "1", "2"] };
  expect(
    apartTicks(
      ticks,
      (value) => 30 * value,
      () => 12,
    ),
  ).toEqual(ticks);
  expect(
    apartTicks(
      ticks,
      (value) => 8 * value,
      () => 12,
    ).values,
  ).toEqual([0, 2]);
  expect(
    apartTicks(
      ticks,
      () => 0,
      () => 12,
    ).values,
  ).toEqual([0]);
});

it("ends shares at the whole where nothing passes it but a rounding", () => {
  const share = { type: "share" } as Field;
  expect(valueAxis(input, share, [0, 1 + 2e-10], 5).values.at(-1)).toBe(1);
  expect(valueAxis(input, share, [0, 0.93], 5).values.at(-1)).toBe(1);
  expect(valueAxis(input, share, [0, 1.04], 5).values.at(-1)).toBeGreaterThan(1);
});

it("has whole ticks from zero for a single whole value", () => {
  const axisOf = (value: number) =>
    measureAxis(input, { type: "days", numbers: Float64Array.of(value) } as Field, {
      rows: [0],
      count: 10,
    }).ticks.values;
  expect(axisOf(7)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(axisOf(0)).toEqual([0, 1]);
});
