import { expect, it } from "vitest";
import { incompleteBeta } from "../../src/models/incompleteBeta.ts";

// I_x(a, b) by mpmath at 40 digits
it.each([
  [1, 0.5, 0.3, 0.16333997346592444],
  [3, 0.25, 0.9, 0.23996055267241886],
  [11, 0.243, 0.3, 9.77067750604985e-8],
  [201, 0.6, 0.95, 8.58124118261954e-6],
  [2, 600, 0.001, 0.12216494802320486],
  [40, 3, 0.1, 7.012000000000016e-38],
  [5, 1e-4, 0.5, 1.0857169563376414e-6],
  [1000, 1000, 0.5, 0.5],
  [1, 1e4, 1e-5, 0.09516303438565249],
  [500, 0.02, 0.999, 0.011316093541820563],
])("I(a = %d, b = %d) at %d", (a, b, x, expected) => {
  expect(Math.abs(incompleteBeta(x, 1 - x, a, b) / expected - 1)).toBeLessThan(1e-12);
  expect(incompleteBeta(1 - x, x, b, a)).toBeCloseTo(1 - expected, 12);
});

it("is 0 and 1 at its ends", () => {
  expect(incompleteBeta(0, 1, 2, 3)).toBe(0);
  expect(incompleteBeta(1, 0, 2, 3)).toBe(1);
});
