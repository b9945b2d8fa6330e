import fc from "fast-check";
import { expect, it } from "vitest";
import { binValues } from "../../src/charts/binValues.ts";

it("counts every value once", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.boolean(),
      (values, isWhole) => {
        const { counts, edges } = binValues(isWhole ? values.map(Math.round) : values, { isWhole });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(edges).toHaveLength(counts.length + 1);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
      },
    ),
    {
      examples: [
        [[0, 5e-324], false],
        [[1e6, 1e6 + 2e-10], false],
      ],
    },
  );
});

it("gathers a long tail in a last bin", () => {
  const values = [...Array.from({ length: 200 }, (_, i) => i % 50), 10_000];
  const { edges, counts, hasTail, median } = binValues(values, { isWhole: true });
  expect(hasTail).toBe(true);
  expect(edges.at(-1)).toBeLessThan(100);
  expect(counts.at(-1)).toBe(1);
  expect(median).toBe(25);
});

it("has a bin for each whole number of few, and one for nothing", () => {
  expect(binValues([1, 1, 2, 3], { isWhole: true })).toMatchObject({
    edges: [1, 2, 3, 4],
    counts: [2, 1, 1],
  });
  expect(binValues([Number.NaN])).toEqual({
    edges: [0, 1],
    counts: [0],
    hasTail: false,
    median: 0,
  });
});
