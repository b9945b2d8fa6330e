import { expect, it } from "vitest";
import type { Cell } from "../../src/notebook/notebook.ts";
import { CircleError, isRead, readBy, sourcesOf } from "../../src/session/cellGraph.ts";

function cellsOf(sql: Record<string, string>): Cell[] {
  return [
    { type: "analysis", id: "cohort-retention", analysis: "cohort-retention", params: {} },
    ...Object.entries(sql).map(([id, text]): Cell => ({ type: "sql", id, sql: text, params: {} })),
  ];
}

const names = (cells: readonly Cell[]) => cells.map(({ id }) => id);
const find = (cells: readonly Cell[], id: string) => cells.find((cell) => cell.id === id)!;

it("finds the cells that one names as tables, and no others", () => {
  const cells = cellsOf({
    weekly: "select 1 as monthly from orders -- from monthly",
    Monthly: "select * from weekly join monthly using (x)",
    周报: 'from "cohort-retention", MONTHLY, "WEEKLY", 周报',
  });
  const [analysis, weekly, monthly, report] = cells as [Cell, Cell, Cell, Cell];
  expect(readBy(analysis, cells)).toEqual([]);
  expect(readBy(weekly, cells)).toEqual([]);
  expect(names(readBy(monthly, cells))).toEqual(["weekly"]);
  expect(names(readBy(report, cells))).toEqual(["cohort-retention", "Monthly", "weekly"]);
  expect(cells.map((cell) => isRead(cell, cells))).toEqual([true, true, true, false]);
});

it("puts each after those that it reads, once, however many ways lead there", () => {
  const cells = cellsOf({ d: "from b, c", b: "from a", c: "from a, b", a: "select 1" });
  expect(names(sourcesOf(find(cells, "d"), cells))).toEqual(["a", "b", "c"]);
});

it("names a circle from where it closes", () => {
  const cells = cellsOf({ x: "from a", a: "from b", b: "from c", c: "from a" });
  const way = (id: string) => {
    try {
      return sourcesOf(find(cells, id), cells);
    } catch (error) {
      return error instanceof CircleError ? error.way : error;
    }
  };
  expect(way("x")).toBe("a → b → c → a");
  expect(way("b")).toBe("b → c → a → b");
});

it("is quick where a long line of cells reads all before it", () => {
  const before = (i: number) => Array.from({ length: i }, (_, j) => `c${j}`).join(", ");
  const sql = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`c${i}`, i ? `from ${before(i)}` : "select 1"]),
  );
  const cells = cellsOf(sql);
  expect(sourcesOf(cells.at(-1)!, cells)).toHaveLength(59);
});
