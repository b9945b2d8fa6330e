import fc from "fast-check";
import { expect, it } from "vitest";
import { spanOf, toEffects, type Effect } from "../../src/charts/toEffects.ts";

const effect = (name: string, low: number, high: number): Effect => ({ name, low, high });

it("puts the widest first, and leaves out what has no figure", () => {
  const effects = [
    effect("small", -1, 1),
    effect("none", Number.NaN, Number.NaN),
    effect("one side", Number.NaN, -7),
    effect("wide", -6, 3),
    effect("both right", 4, 2),
    effect("nothing", Number.NaN, 0),
  ];
  const names = (most: number) => toEffects(effects, most).map(({ name }) => name);
  expect(names(9)).toEqual(["wide", "one side", "both right", "small", "nothing"]);
  expect(names(2)).toEqual(["wide", "one side"]);
});

it("keeps every bar at the base line", () => {
  expect(spanOf(effect("a", 4, 2))).toEqual([0, 4]);
  expect(spanOf(effect("b", Number.NaN, -2))).toEqual([-2, 0]);
  const end = fc.oneof(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(fc.tuple(end, end)), fc.nat(30), (ends, most) => {
      const effects = toEffects(
        ends.map(([low, high]) => effect("", low, high)),
        most,
      );
      expect(effects.length).toBeLessThanOrEqual(most);
      const widths = effects.map((one) => {
        const [from, to] = spanOf(one);
        expect(from).toBeLessThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(0);
        return to - from;
      });
      expect(widths).toEqual([...widths].sort((a, b) => b - a));
    }),
  );
});
