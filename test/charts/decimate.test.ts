import fc from "fast-check";
import { expect, it } from "vitest";
import { decimateCloud, decimateLine } from "../../src/charts/decimate.ts";

const values = (length: number) =>
  fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
    minLength: length,
    maxLength: length * 3,
  });

it("keeps every row of a short line", () => {
  expect(decimateLine([3, 1, 2], [0, 1, 2, 3], 10)).toEqual([3, 1, 2]);
});

it("keeps the ends and the extremes of a long line, in order", () => {
  fc.assert(
    fc.property(values(200), (Y) => {
      const order = Y.map((_, i) => i);
      const kept = decimateLine(order, Y, 20);
      expect(kept.length).toBeLessThanOrEqual(80);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect([kept[0], kept.at(-1)]).toEqual([0, Y.length - 1]);
      const drawn = kept.map((i) => Y[i] as number);
      expect(Math.max(...drawn)).toBe(Math.max(...Y));
      expect(Math.min(...drawn)).toBe(Math.min(...Y));
    }),
  );
});

it("keeps the gaps of a long line", () => {
  const Y = Array.from({ length: 1000 }, (_, i) => (i === 500 ? Number.NaN : i));
  expect(
    decimateLine(
      Y.map((_, i) => i),
      Y,
      10,
    ),
  ).toContain(500);
});

it("keeps at most so many points of a cloud, with its extremes", () => {
  fc.assert(
    fc.property(values(300), (X) => {
      const Y = X.map((x, i) => Math.sin(x) * i);
      const kept = decimateCloud(X, Y, 100);
      expect(kept.length).toBeLessThanOrEqual(100);
      for (const V of [X, Y]) {
        const drawn = kept.map((i) => V[i] as number);
        expect(Math.max(...drawn)).toBe(Math.max(...V));
        expect(Math.min(...drawn)).toBe(Math.min(...V));
      }
    }),
  );
});

it("leaves out points without a place", () => {
  expect(decimateCloud([1, Number.NaN, 3], [1, 2, Infinity], 10)).toEqual([0]);
});
