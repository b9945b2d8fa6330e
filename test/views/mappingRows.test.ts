import { expect, it } from "vitest";
import type { FileReport } from "../../src/intake/report.ts";
import { confidenceWord, mappingRows, rolesOfColumn } from "../../src/views/mappingRows.ts";

const report = {
  kind: "orders",
  mapping: { amount: "Total", product: "Item", customer: ["First name", "Last name"] },
} as unknown as FileReport;
const plan = { report, confidence: { amount: 0.7 } };

it("puts the main roles first, mapped or not, and the unmapped others apart", () => {
  const { main, rest } = mappingRows(plan);
  expect(main.map(({ role }) => role)).toEqual([
    "customer",
    "order_id",
    "ordered_at",
    "amount",
    "refund",
    "status",
    "currency",
    "product",
  ]);
  expect(rest.map(({ role }) => role)).not.toContain("product");
  expect(main.length + rest.length).toBe(19);
});

it("keeps several columns of one role, and the confidence where there is one", () => {
  const { main } = mappingRows(plan);
  expect(main[0]).toEqual({
    role: "customer",
    columns: ["First name", "Last name"],
    confidence: undefined,
  });
  expect(main[3]?.confidence).toBe(0.7);
});

it("shows of a file without orders what is mapped", () => {
  const { main } = mappingRows({ ...plan, report: { ...report, kind: "costs" } });
  expect(main.map(({ role }) => role)).toEqual(["customer", "amount", "product"]);
});

it("names the roles of a column", () => {
  expect(rolesOfColumn(plan, "Last name")).toEqual(["customer"]);
  expect(rolesOfColumn(plan, "Colour")).toEqual([]);
});

it.each([
  [1, "sure"],
  [0.85, "sure"],
  [0.84, "likely"],
  [0.6, "likely"],
  [0.2, "guess"],
] as const)("calls a confidence of %d %s", (confidence, word) => {
  expect(confidenceWord(confidence)).toBe(word);
});
