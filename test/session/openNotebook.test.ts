import { expect, it } from "vitest";
import { cellsOf, parseNotebook, type Notebook } from "../../src/notebook/notebook.ts";
import { noData } from "../../src/session/needs.ts";
import { openNotebook, waitingAnalyses } from "../../src/session/openNotebook.ts";

const empty: Notebook = { blocks: [] };
const orders = { ...noData, orders: 1, hasCustomers: true };
const withTouches = { ...orders, beside: new Set(["touches"]) };
const analysesOf = (notebook: Notebook) => cellsOf(notebook).map(({ analysis }) => analysis);
const idsOf = (dataset: typeof orders, table: string) =>
  (waitingAnalyses(dataset).get(table) ?? []).map(({ id }) => id);

it("opens every analysis once, but for those that wait for a file beside the orders", () => {
  const shown = analysesOf(openNotebook(empty, "Mine", { was: noData, now: orders }));
  expect(shown[0]).toBe("overview");
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown).toContain("unit-economics"); // says itself that it needs costs
  const waiting = [...waitingAnalyses(orders).values()].flat().map(({ id }) => id);
  expect(waiting).toContain("touch-response");
  expect(shown.filter((id) => waiting.includes(id))).toEqual([]);
});

it("adds the cells of a file when it comes, behind those that are there", () => {
  const first = openNotebook(empty, "Mine", { was: noData, now: orders });
  const more = openNotebook(first, "Mine", { was: orders, now: withTouches });
  expect(more.blocks.slice(0, first.blocks.length)).toEqual(first.blocks);
  const added = analysesOf(more).slice(cellsOf(first).length);
  expect(added.toSorted()).toEqual(idsOf(orders, "touches"));
  expect(idsOf(withTouches, "touches")).toEqual([]);
  expect(openNotebook(more, "Mine", { was: withTouches, now: withTouches })).toBe(more);
});

it("leaves a notebook of the reader's own as it is, and any where nothing is there", () => {
  const own = parseNotebook("# Mine\n\n```analysis rfm\n```\n");
  expect(openNotebook(own, "Mine", { was: noData, now: orders })).toBe(own);
  expect(openNotebook(own, "Mine", { was: orders, now: withTouches })).toBe(own);
  expect(openNotebook(empty, "Mine", { was: noData, now: noData })).toBe(empty);
});
