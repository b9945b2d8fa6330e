import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binBands, binValues } from "../../src/charts/binValues.ts";

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
    hasHead: false,
    isLogarithmic: false,
    isWhole: false,
    median: 0,
  });
});

describe("bins of values over powers of ten", () => {
  const values = Array.from({ length: 1000 }, (_, i) => 10 ** ((i / 1000) * 6 - 2)); // 0.01 to 10,000
  const { edges, counts, ...bins } = binValues(values);

  it("grow by 2 and 2.5, and hold every value once, the lowest and highest together", () => {
    expect(bins).toMatchObject({ isLogarithmic: true });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    edges.slice(1).forEach((edge, i) => expect(edge / edges[i]!).toBeLessThan(2.6));
    expect(edges.every((edge) => /^[125]e/.test(edge.toExponential()))).toBe(true);
    expect(counts.slice(1, -1).every((count) => count > 40)).toBe(true);
  });

  it("say what lies below the first and beyond the last", () => {
    const spread = binValues([...values, 1e-9, 1e9]);
    expect(spread).toMatchObject({ hasHead: true, hasTail: true });
    expect(spread.counts.reduce((sum, count) => sum + count, 0)).toBe(1002);
  });

  it("are finer over few powers, and equal where values lie close or are whole", () => {
    const few = Array.from({ length: 500 }, (_, i) => (i < 300 ? 1 + i / 300 : 30 + i / 10));
    expect(binValues(few).edges).toEqual(expect.arrayContaining([1, 1.5, 2, 3, 5, 7]));
    expect(binValues([1, 2, 3, 4]).isLogarithmic).toBe(false);
    expect(binValues(values.map(Math.ceil), { isWhole: true }).isLogarithmic).toBe(false);
    expect(binValues([0, ...values]).isLogarithmic).toBe(false);
  });
});

describe("binBands", () => {
  it("ends bins where bands end, and counts every value once", () => {
    const values = Array.from({ length: 1000 }, (_, i) => i / 999);
    const { edges, counts } = binBands(values, [0.33, 0.66], { isShare: true });
    expect(edges).toEqual(expect.arrayContaining([0, 0.33, 0.66, 1]));
    expect(counts).toHaveLength(edges.length - 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const low = counts.filter((_, i) => edges[i]! < 0.33).reduce((sum, count) => sum + count, 0);
    expect(low).toBe(values.filter((value) => value < 0.33).length);
    const widths = counts.map((_, i) => edges[i + 1]! - edges[i]!);
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(1.1);
  });

  it("reaches around bands that no value is near", () => {
    const { edges, counts } = binBands([5, 6, Number.NaN], [10, 20]);
    expect([edges[0], edges.at(-1)]).toEqual([5, 20]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(binBands([], [0.5], { isShare: true }).counts.every((count) => count === 0)).toBe(true);
  });
});
