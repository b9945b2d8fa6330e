import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extentOf, toLayers } from "../../src/charts/toLayers.ts";

/** @param cells layer, period, value */
function stack(cells: [number, number, number][], count: number) {
  return toLayers(
    {
      rows: cells.map((_, i) => i),
      layers: cells.map(([layer]) => layer),
      X: cells.map(([, period]) => period),
      Y: cells.map(([, , value]) => value),
      complete: cells.map(([, period]) => (period === 9 ? 0 : 1)),
    },
    count,
  );
}

describe("layers", () => {
  it("stand one upon the other, period by period", () => {
    const { periods, complete, layers } = stack(
      [
        [0, 9, 3],
        [0, 1, 5],
        [1, 9, 2],
        [1, 9, 1],
      ],
      2,
    );
    expect(periods).toEqual([1, 9]);
    expect([...complete]).toEqual([1, 0]);
    expect(layers.map(({ from, to }) => [[...from], [...to]])).toEqual([
      [
        [0, 0],
        [5, 3],
      ],
      [
        [5, 3],
        [5, 6],
      ],
    ]);
    expect(layers.map(({ rows }) => [...rows])).toEqual([
      [1, 0],
      [-1, -1],
    ]);
    expect([...(layers[1]?.sums ?? [])]).toEqual([Number.NaN, 3]);
  });

  it("have no height below zero, but keep the sum", () => {
    const [first, second] = stack(
      [
        [0, 1, -4],
        [1, 1, 2],
      ],
      2,
    ).layers;
    expect([first?.from[0], first?.to[0], first?.sums[0]]).toEqual([0, 0, -4]);
    expect([second?.from[0], second?.to[0]]).toEqual([0, 2]);
  });

  it("lie without gap or overlap, and reach the sum of what is above zero", () => {
    const cell = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 6 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const { periods, layers } = stack(cells, 5);
        periods.forEach((_, place) => {
          let top = 0;
          for (const { from, to, sums } of layers) {
            expect(from[place]).toBe(top);
            expect(to[place]).toBe(top + Math.max(0, sums[place] || 0));
            top = to[place] as number;
          }
        });
      }),
    );
  });

  it("are drawn from before they rise until they are gone", () => {
    const corners = [0, 1, 2, 3, 4, 5].map((place) => ({ place }));
    const shape = (to: number[]) => ({
      from: new Float64Array(6),
      to: Float64Array.from(to),
    });
    const shown = (to: number[]) => extentOf(shape(to), corners).map(({ place }) => place);
    expect(shown([0, 0, 3, 0, 1, 0])).toEqual([1, 2, 3, 4, 5]);
    expect(shown([2, 0, 0, 0, 0, 0])).toEqual([0, 1]);
    expect(shown([0, 0, 0, 0, 0, 0])).toEqual([]);
  });
});
