import { expect, it } from "vitest";
import { hyp2f1 } from "../../src/models/hyp2f1.ts";

it.each([
  [0.5, 0.5, 1.5, 0.25, Math.PI / 3],
  [1, 1, 2, 0.5, 2 * Math.LN2],
  [2.5, 3, 4, 0.9, 54.047811639569304],
  [0.243, 2.426, 2.219, 0.8, 1.5721165409149966],
  [5.243, 7.426, 7.219, 0.55, 74.97958092103057],
  [600.243, 602.4, 602.2, 0.09, 3.9199800885526355e24],
  [-3, 2, 1.5, 0.7, -0.0752],
  [1, 2.5, 3.5, 0.999, 14.107449140579742],
  [40, 50, 60, 0.5, 7167049166.124919],
])("₂F₁(%d, %d; %d; %d) equals mpmath's", (a, b, c, z, expected) => {
  expect(Math.abs(hyp2f1(a, b, c, z) / expected - 1)).toBeLessThan(2e-13);
});

it("is 1 at 0 and refuses what it does not sum", () => {
  expect(hyp2f1(3, 4, 5, 0)).toBe(1);
  expect(() => hyp2f1(1, 1, 2, 1)).toThrow("invalid z");
  expect(() => hyp2f1(1, 1, 0, 0.5)).toThrow("invalid c");
});
