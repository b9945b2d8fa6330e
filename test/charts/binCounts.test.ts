import { expect, it } from "vitest";
import { binCounts, binOf } from "../../src/charts/binCounts.ts";

const times = (n: number, value: number) => Array.from({ length: n }, () => value);

it("gives each small count a bin of its own, and the last everything that few rows have", () => {
  const values = [0, 1, 2, 3, 4].flatMap((count) => times(100 - 10 * count, count));
  expect(binCounts([...values, ...times(20, 5), ...times(9, 6), 40])).toEqual({
    starts: [0, 1, 2, 3, 4, 5],
    isOpen: true,
  });
  expect(binCounts(values)).toEqual({ starts: [0, 1, 2, 3, 4], isOpen: false });
});

it("widens bins where counts are large, and makes no more than asked for", () => {
  const values = Array.from({ length: 40_000 }, (_, i) => i % 800);
  const { starts } = binCounts(values, { most: 100 });
  expect(starts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 16, 21, 31, 51, 101, 201, 501]);
  expect(binCounts(values).starts).toHaveLength(12);
  for (const value of [0, 7, 8, 9, 50, 51, 799]) {
    const bin = binOf(starts, value);
    expect(starts[bin]).toBeLessThanOrEqual(value);
    expect(starts[bin + 1] ?? Infinity).toBeGreaterThan(value);
  }
});

it("is one bin for nothing and for nobody", () => {
  expect(binCounts([])).toEqual({ starts: [0], isOpen: false });
  expect(binCounts([0, 0, NaN])).toEqual({ starts: [0], isOpen: false });
  expect(binOf([0, 1], Number.NaN)).toBe(-1);
});
