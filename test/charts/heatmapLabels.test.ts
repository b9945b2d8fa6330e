import { expect, it } from "vitest";
import type { Grid } from "../../src/charts/heatmapGrid.ts";
import { columnHeads } from "../../src/charts/heatmapLabels.ts";

function gridOf(type: string, labels: string[]): Grid {
  const x = { type, say: (i: number) => labels[i]! };
  return { x, columns: new Map(labels.map((label, i) => [label, i])) } as unknown as Grid;
}

it("writes texts on several lines where that makes them all fit", () => {
  const grid = gridOf("text", ["Champions", "Cannot Lose Them"]);
  expect(columnHeads(grid, 72).lines).toEqual([["Champions"], ["Cannot Lose", "Them"]]);
  expect(columnHeads(gridOf("text", ["冠军客户"]), 18).lines).toEqual([["冠", "军", "客", "户"]]);
});

it("turns them where a word does not fit, each told apart, and writes indexes on one line", () => {
  const grid = gridOf("text", ["Champions", "Cannot Lose Them"]);
  const { lines, areTurned, height } = columnHeads(grid, 30);
  expect([lines, areTurned]).toEqual([[["Champions"], ["Cannot Lose Them"]], true]);
  expect(height).toBeGreaterThan(60);
  const long = ["RED", "BLUE"].map((ink) => `REGENCY CAKESTAND OF THREE TIERS, ${ink}, BOXED`);
  const heads = columnHeads(gridOf("text", long), 12);
  expect(new Set(heads.lines.flat()).size).toBe(2);
  expect(heads.height).toBeLessThan(140);
  expect(columnHeads(gridOf("count", ["0", "1"]), 5)).toMatchObject({
    lines: [["0"], ["1"]],
    areTurned: false,
  });
});
