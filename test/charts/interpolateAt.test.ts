import { expect, it } from "vitest";
import { interpolateAt } from "../../src/charts/interpolateAt.ts";

it("reads between the points, at them, and not beyond", () => {
  const [X, Y] = [
    [0, 0.5, 1],
    [0, 0.8, 1],
  ];
  expect(interpolateAt(X, Y, 0.25)).toBeCloseTo(0.4);
  expect(interpolateAt(X, Y, 0.5)).toBe(0.8);
  expect(interpolateAt(X, Y, 1.1)).toBeUndefined();
  expect(interpolateAt([0.2, 1], [0, 1], 0.1)).toBeUndefined();
});
