import { expect, it } from "vitest";
import { collapseHistory, thinHistory } from "../../src/models/buyingHistory.ts";

const rows = {
  x: [2, 0, 2, 1, 0],
  tXDays: [21, 0, 21, 7, 0],
  TDays: [70, 14, 70, 70, 14],
  customers: [1, 10, 2, 5, 30],
};

it("collapses customers into distinct groups in weeks, sorted, with their weights", () => {
  const history = collapseHistory(rows);
  expect([...history.x]).toEqual([0, 1, 2]);
  expect([...history.tX]).toEqual([0, 1, 3]);
  expect([...history.T]).toEqual([2, 10, 10]);
  expect([...history.weight]).toEqual([40, 5, 3]);
  expect([...history.groupOfRow]).toEqual([2, 0, 2, 1, 0]);
  expect(history).toMatchObject({
    customers: 48,
    repeatBuyers: 8,
    repeatOrders: 11,
    maxX: 2,
    maxT: 10,
  });
  expect(history.meanT).toBeCloseTo((40 * 2 + 8 * 10) / 48, 12);
});

it("counts a row as one customer when no numbers are given", () => {
  const { customers: _, ...columns } = rows;
  expect([...collapseHistory(columns).weight]).toEqual([2, 1, 2]);
});

it("keeps parts of a day exact: 1 day is 1/7 of a week", () => {
  const { tX, T } = collapseHistory({ x: [1], tXDays: [1], TDays: [65535] });
  expect(tX[0]).toBe(1 / 7);
  expect(T[0]).toBe(65535 / 7);
});

it("thins to every k-th group", () => {
  const thin = thinHistory(collapseHistory(rows), 2);
  expect([...thin.x]).toEqual([0, 2]);
  expect(thin).toMatchObject({ customers: 43, maxX: 2 });
});
