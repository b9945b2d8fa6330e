import { expect, it } from "vitest";
import { orchard } from "../../src/views/orchard.ts";

it("plants a triangle whose trees keep inside their places", () => {
  const trees = orchard(4, 10);
  expect(trees).toHaveLength(4 + 3 + 2 + 1);
  for (const { radius, step } of trees) {
    expect(radius).toBeLessThan(5);
    expect([1, 2, 3, 4, 5, 6, 7]).toContain(step);
  }
});
