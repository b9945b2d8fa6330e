import { expect, it } from "vitest";
import type { Grid } from "../../src/charts/heatmapGrid.ts";
import { columnNames } from "../../src/charts/heatmapLabels.ts";

function gridOf(type: string, labels: string[]): Grid {
  const x = { type, say: (i: number) => labels[i]! };
  return { x, columns: new Map(labels.map((label, i) => [label, i])) } as unknown as Grid;
}

it("writes texts on several lines where that makes them all fit", () => {
  const grid = gridOf("text", ["Champions", "Cannot Lose Them"]);
  expect(columnNames(grid, 72)).toEqual([["Champions"], ["Cannot Lose", "Them"]]);
  expect(columnNames(gridOf("text", ["冠军客户"]), 18)).toEqual([["冠", "军", "客", "户"]]);
});

it("writes them on one where a word does not fit, and indexes always", () => {
  const grid = gridOf("text", ["Champions", "Cannot Lose Them"]);
  expect(columnNames(grid, 30)).toEqual([["Champions"], ["Cannot Lose Them"]]);
  expect(columnNames(gridOf("count", ["0", "1"]), 5)).toEqual([["0"], ["1"]]);
});
