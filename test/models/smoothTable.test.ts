import { expect, it } from "vitest";
import { regularOrders } from "../../src/models/regularOrders.ts";
import { smoothTable } from "../../src/models/smoothTable.ts";

it("has what it stands in for, to 1e-11, from slow curves to stairs", () => {
  for (const [a, B, R, k] of [
    [0.8, 3.2, 1.2, 3],
    [0.001, 4, 0.3, 2],
    [0.8, 4, 25, 12],
    [1, 300, 1000, 12],
  ] as const) {
    const orders = regularOrders(a, B, R, k);
    const table = smoothTable(orders);
    for (let kappa = 0.003; kappa < 60; kappa *= 1.37) {
      const expected = orders(kappa);
      table(kappa).forEach((value, j) => {
        expect(Math.abs(value / expected[j]! - 1)).toBeLessThan(1e-11);
      });
    }
  }
});

it("asks seldom, and does not mind in which order it is asked", () => {
  let asked = 0;
  const dear = (x: number) => {
    ++asked;
    return Float64Array.of(x / (1 + x), Math.exp(-x));
  };
  const places = Array.from({ length: 1000 }, (_, i) => 0.01 + i / 300);
  const up = smoothTable(dear);
  const down = smoothTable(dear);
  const one = places.map((x) => [...up(x)]);
  const other = places.toReversed().map((x) => [...down(x)]);
  expect(other.toReversed()).toEqual(one);
  expect(asked).toBeLessThan(500);
  one.forEach(([share, rest], i) => {
    expect(share! / (places[i]! / (1 + places[i]!))).toBeCloseTo(1, 11);
    expect(rest! / Math.exp(-places[i]!)).toBeCloseTo(1, 11);
  });
});

it("evaluates what has no logarithm", () => {
  const table = smoothTable((x) => Float64Array.of(x < 2 ? 0 : x));
  expect([...table(1.5), ...table(2.5), ...table(1e-300)]).toEqual([0, table(2.5)[0], 0]);
  expect(table(2.5)[0]).toBeCloseTo(2.5, 12);
});
