import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { spendIndependence } from "../../src/models/spendIndependence.ts";
import { collapseSpend } from "../../src/models/spendHistory.ts";
import { toRanks } from "../../src/models/toRanks.ts";
import { shopNames } from "./readGolden.ts";
import { hasShop, readShop, type ShopName, summarizeShop } from "./readShop.ts";

interface Golden {
  split: string;
  pearson_x_m: number;
  spearman_x_m: number;
}

const golden = JSON.parse(
  readFileSync(new URL("golden/holdout.json", import.meta.url), "utf8"),
) as Record<ShopName, Golden>;

it.for(shopNames)(
  "has the reference's correlations of %s",
  { timeout: 30_000 },
  (name, context) => {
    if (!hasShop(name)) context.skip("needs ../shared/data");
    const { split, pearson_x_m, spearman_x_m } = golden[name];
    const history = collapseSpend(summarizeShop(readShop(name), split));
    const { pearson, spearman, lower, upper, isLikely } = spendIndependence(history)!;
    expect(pearson / pearson_x_m).toBeCloseTo(1, 7);
    // means that are equal on paper may differ in their last digit, and tie there or here
    expect(spearman / spearman_x_m).toBeCloseTo(1, 4);
    expect(lower).toBeLessThan(pearson);
    expect(upper).toBeGreaterThan(pearson);
    expect(isLikely).toBe(name === "apparel" || name === "superstore");
  },
);

it("gives ties their middle rank, and rows the weight that they stand for", () => {
  const values = Float64Array.of(5, 1, 5, 9);
  expect([...toRanks(values, Float64Array.of(1, 1, 1, 1))]).toEqual([2.5, 1, 2.5, 4]);
  expect([...toRanks(values, Float64Array.of(1, 3, 2, 1))]).toEqual([5, 2, 5, 7]);
});

it("has Fisher's interval: 0.5 of 28 customers is 0.1560 to 0.7358", () => {
  const interval = spendIndependence({ ...draw(), correlation: 0.5, customers: 28 })!;
  expect(interval.lower).toBeCloseTo(0.156, 4);
  expect(interval.upper).toBeCloseTo(0.7358, 4);
});

it("says nothing of what does not vary, or of three customers", () => {
  const same = { ...draw(), m: new Float64Array(4).fill(7) };
  expect(spendIndependence(same)).toBeUndefined();
  expect(spendIndependence({ ...draw(), customers: 3 })).toBeUndefined();
});

function draw() {
  return collapseSpend({ x: [1, 2, 3, 4], monetary: [10, 30, 20, 40], customers: [7, 7, 7, 7] });
}
