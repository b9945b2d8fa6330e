import { expect, it } from "vitest";
import { setFiles } from "../../src/notebook/edits.ts";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { filesOf } from "../../src/notebook/notebook.ts";
import type { FileRecipe } from "../../src/notebook/notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import { recall, toRecipes, unfitOf } from "../../src/session/recipe.ts";
import { addFiles, emptyShelf } from "../../src/session/shelf.ts";

const orders: FileRecipe = {
  kind: "orders",
  platform: "shopify",
  columns: { order_id: "Name", customer: ["Email", "Phone"], amount: "[Net]" },
  answers: { "date-order": "day-first", currency: "EUR" },
};
const costs: FileRecipe = {
  kind: "costs",
  platform: null,
  columns: { ordered_at: "日期", amount: "花费 (元)" },
  answers: {},
};
const report = (kind: "orders" | "costs" | "refused", mapping: Record<string, string>) => ({
  report: { name: `${kind}.csv`, kind, platform: null, mapping },
});

it("stands in the document's text and comes back from it", () => {
  const notebook = setFiles(parseNotebook("# T\n\n```analysis rfm\n```\n"), [orders, costs]);
  const read = filesOf(parseNotebook(formatNotebook(notebook)));
  const plain = read.map(({ kind, platform, columns, answers }) => ({
    kind,
    platform,
    columns,
    answers,
  }));
  expect(plain).toEqual([orders, costs]);
  const again = parseNotebook(formatNotebook(notebook));
  expect(setFiles(again, [orders, costs])).toBe(again);
  expect(filesOf(setFiles(again, [costs]))).toHaveLength(1);
});

it("is made of what was read, and of what the reader settled of it", () => {
  const answers = { currency: "EUR", "orders.csv:date-order": "day-first", "other.csv:x": "y" };
  const shelf = addFiles(emptyShelf, [new File([""], "orders.csv")], answers);
  const files = [report("orders", { amount: "Total" }), report("refused", {})];
  expect(toRecipes(files, shelf)).toEqual([
    {
      kind: "orders",
      platform: null,
      columns: { amount: "Total" },
      answers: { currency: "EUR", "date-order": "day-first" },
    },
  ]);
});

it("reads a file that has the columns as the notebook's own was read", () => {
  const columns = ["Name", "Email", "Phone", "[Net]", "Total"];
  const found = { kind: "lines" as const, columns, mapping: { order_id: "Name", amount: "Total" } };
  expect(recall(found, [costs, orders])).toEqual({
    answers: orders.answers,
    corrections: {
      kind: "orders",
      mapping: { customer: ["Email", "Phone"], amount: "[Net]" },
    },
  });
  expect(recall({ ...found, columns: ["Name", "Total"] }, [costs, orders])).toBeUndefined();
  const same = {
    kind: "costs" as const,
    columns: ["日期", "花费 (元)"],
    mapping: costs.columns as {},
  };
  expect(recall(same, [costs])).toEqual({ answers: {}, corrections: {} });
});

it("says which columns and files are not there", () => {
  const files = [report("orders", { order_id: "No", amount: "Sum" })];
  expect(unfitOf(files, [orders, costs])).toEqual([
    { kind: "orders", roles: ["customer"] },
    { kind: "costs", roles: null },
  ]);
  expect(
    unfitOf([report("orders", { order_id: "a", customer: "b", amount: "c" })], [orders]),
  ).toEqual([]);
});
