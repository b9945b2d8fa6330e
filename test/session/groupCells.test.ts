import { expect, it } from "vitest";
import { groupCells } from "../../src/session/groupCells.ts";

it("puts the groups in their order, keeps that of the cells, and drops empty groups", () => {
  const cells = ["value 1", "data 1", "value 2", "other 1"];
  expect(groupCells(cells, (cell) => cell.split(" ")[0] ?? "")).toEqual([
    { name: "data", cells: ["data 1"] },
    { name: "value", cells: ["value 1", "value 2"] },
    { name: "other", cells: ["other 1"] },
  ]);
});
