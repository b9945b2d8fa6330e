import { expect, it } from "vitest";
import { toRuns } from "../../src/charts/runs.ts";

const flags = (...values: number[]) => Uint8Array.from(values);

it("dashes the stretch into an incomplete period and fades what touches a small base", () => {
  const runs = toRuns([0, 1, 2, 3, 4], {
    complete: flags(1, 1, 1, 1, 0),
    small: flags(0, 0, 0, 1, 1),
  });
  expect(runs).toEqual([
    { style: "solid", rows: [0, 1, 2] },
    { style: "faded", rows: [2, 3] },
    { style: "dashed", rows: [3, 4] },
  ]);
});

it("has no run for fewer than two rows", () => {
  expect(toRuns([7], { complete: new Uint8Array(8), small: new Uint8Array(8) })).toEqual([]);
});
