import { expect, it } from "vitest";
import { atRiskTable } from "../../src/charts/steps.ts";

it("takes the number at risk on the first event day not before the tick", () => {
  const x = { numbers: Float64Array.from([1, 5, 9]) };
  const n = { numbers: Float64Array.from([100, 60, 20]) };
  expect(atRiskTable([{ rows: [0, 1, 2] }], x, n, [0, 5, 6, 10])).toEqual([[100, 60, 20, null]]);
});
