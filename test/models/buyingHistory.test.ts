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
  expect([...history.spans.weight]).toEqual([40, 5, 3]);
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

it("joins neighbours that share x and T into spans", () => {
  const { spans } = collapseHistory({
    x: [1, 1, 1, 2],
    tXDays: [7, 14, 7, 7],
    TDays: [70, 70, 77, 77],
  });
  expect({ ...spans }).toEqual({
    x: Float64Array.of(1, 1, 2),
    T: Float64Array.of(10, 11, 11),
    weight: Float64Array.of(2, 1, 1),
    end: Uint32Array.of(2, 3, 4),
  });
});

it("adds the gaps' logarithms to the same sum in any order, to twelve digits", () => {
  const columns = { x: [2, 1, 1], tXDays: [14, 7, 3], TDays: [70, 70, 70] };
  const logGaps = [-0.123456789012, 0, Math.log(3 / 7)];
  const turned = {
    x: columns.x.toReversed(),
    tXDays: columns.tXDays.toReversed(),
    TDays: columns.TDays,
    logGaps: logGaps.toReversed(),
  };
  const { logGaps: sum } = collapseHistory({ ...columns, logGaps });
  expect(sum).toBeCloseTo(-0.123456789012 + Math.log(3 / 7), 12);
  expect(collapseHistory(turned).logGaps).toBe(sum);
});
