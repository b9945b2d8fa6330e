import { expect, it } from "vitest";
import { setText } from "../../src/notebook/edits.ts";
import { cellsOf, emptyNotebook } from "../../src/notebook/notebook.ts";
import type { Notebook } from "../../src/notebook/notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import { noData } from "../../src/session/needs.ts";
import {
  openNotebook,
  translateHeadings,
  waitingAnalyses,
} from "../../src/session/openNotebook.ts";

const empty = emptyNotebook;
const words = (language: string) => ({ text: (key: string) => `${key} ${language}` });
const english = words("en");
const orders = { ...noData, orders: 1, hasCustomers: true };
const withTouches = { ...orders, beside: new Set(["touches"]) };
const analysesOf = (notebook: Notebook) =>
  cellsOf(notebook).flatMap((cell) => (cell.type === "analysis" ? [cell.analysis] : []));
const proseOf = ({ blocks }: Notebook) =>
  blocks.flatMap((block) => (block.type === "prose" ? [block.markdown] : []));
const idsOf = (dataset: typeof orders, table: string) =>
  (waitingAnalyses(dataset).get(table) ?? []).map(({ id }) => id);

it("opens every analysis once, but for those that wait for a file beside the orders", () => {
  const shown = analysesOf(openNotebook(empty, english, { was: noData, now: orders }));
  expect(shown[0]).toBe("overview");
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown).toContain("unit-economics"); // says itself that it needs costs
  const waiting = [...waitingAnalyses(orders).values()].flat().map(({ id }) => id);
  expect(waiting).toContain("touch-response");
  expect(shown.filter((id) => waiting.includes(id))).toEqual([]);
});

it("writes a heading over each group, and says it again in another language until it is changed", () => {
  const opened = openNotebook(empty, english, { was: noData, now: orders });
  const headings = proseOf(opened);
  expect(headings.slice(0, 2)).toEqual([
    "# notebook.untitled en\n\n## group.data en",
    "## group.growth en",
  ]);
  expect(new Set(headings).size).toBe(headings.length);
  const changed = setText(opened, opened.blocks[0]!.id, "# Mine\n\n## group.data en");
  const told = translateHeadings(changed, english, words("zh"));
  expect(proseOf(told).slice(0, 2)).toEqual(["# Mine\n\n## group.data zh", "## group.growth zh"]);
  expect(translateHeadings(told, english, words("zh"))).toBe(told);
});

it("adds the cells of a file when it comes, each behind its group", () => {
  const first = openNotebook(empty, english, { was: noData, now: orders });
  const more = openNotebook(first, english, { was: orders, now: withTouches });
  expect(more.blocks.filter((block) => first.blocks.includes(block))).toEqual(first.blocks);
  const added = analysesOf(more).filter((id) => !analysesOf(first).includes(id));
  expect(added.toSorted()).toEqual(idsOf(orders, "touches"));
  expect(more.blocks.at(-1)).toMatchObject({ type: "analysis" });
  expect(idsOf(withTouches, "touches")).toEqual([]);
  expect(openNotebook(more, english, { was: withTouches, now: withTouches })).toBe(more);
});

it("leaves a notebook of the reader's own as it is, and any where nothing is there", () => {
  const own = parseNotebook("# Mine\n\n```analysis rfm\n```\n");
  expect(openNotebook(own, english, { was: noData, now: orders })).toBe(own);
  expect(openNotebook(own, english, { was: orders, now: withTouches })).toBe(own);
  expect(openNotebook(empty, english, { was: noData, now: noData })).toBe(empty);
});
