import { expect, it } from "vitest";
import { placeLegend } from "../../src/charts/legend.ts";

const item = (label: string) => ({ label, mark: "square" as const });

it("takes no room where there is nothing to say", () => {
  expect(placeLegend([], 300)).toEqual({ height: 0, placed: [] });
});

it("breaks into rows that fit the width", () => {
  const { placed, height } = placeLegend(
    ["Paid social", "Organic search", "Referral programme", "Store"].map(item),
    220,
  );
  expect(new Set(placed.map(({ y }) => y)).size).toBeGreaterThan(1);
  expect(Math.max(...placed.map(({ y }) => y))).toBeLessThan(height);
  expect(placed.every(({ x }) => x < 220)).toBe(true);
});
