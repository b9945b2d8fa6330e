import fc from "fast-check";
import { expect, it } from "vitest";
import { toFunnel } from "../../src/charts/toFunnel.ts";

const counted = (values: number[]) => values.map((value) => ({ value, first: Number.NaN }));

it("narrows with the numbers, and says what is left of the first step", () => {
  expect(toFunnel(counted([200, 100, 10, 0]))).toEqual([
    { size: 1, first: 1 },
    { size: 0.5, first: 0.5 },
    { size: 0.05, first: 0.05 },
    { size: 0, first: 0 },
  ]);
});

it("takes the share of the first step where the table knows it", () => {
  const steps = [
    { value: 200, first: 1 },
    { value: 30, first: 0.5 },
  ];
  expect(toFunnel(steps).map(({ size }) => size)).toEqual([1, 0.5]);
});

it("has no bar for a step of which nothing is known, and a bar of 0 where nobody started", () => {
  expect(toFunnel(counted([10, Number.NaN]))[1]?.size).toBeUndefined();
  expect(toFunnel(counted([0, 0])).map(({ size }) => size)).toEqual([0, 0]);
  expect(toFunnel([])).toEqual([]);
});

it("keeps every bar in its room, in the order of the numbers", () => {
  const values = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, (some) => {
      const tiers = toFunnel(counted(some));
      tiers.forEach(({ size = 0 }, i) => {
        expect(size).toBeGreaterThanOrEqual(0);
        expect(size).toBeLessThanOrEqual(1);
        const next = tiers[i + 1];
        if (next && (some[i + 1] as number) <= (some[i] as number))
          expect(next.size ?? 0).toBeLessThanOrEqual(size);
      });
      if ((some[0] as number) > 0) expect(tiers.some(({ size }) => size === 1)).toBe(true);
    }),
  );
});
