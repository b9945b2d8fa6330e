import { expect, it } from "vitest";
import { parseCounts } from "../../src/catalog/parseCounts.ts";

const columns = ["cohort", "k", "period", "customers", "active", "days", "events"];

it("reads levels from the coarsest to the rows", () => {
  const text = "customers by cohort; active of customers by cohort each k/period";
  expect(parseCounts(text, columns)).toEqual([
    {
      isRunning: false,
      keys: ["cohort"],
      apart: [],
      counts: [{ name: "customers", of: undefined }],
    },
    {
      isRunning: false,
      keys: ["cohort", "k", "period"],
      apart: [["k", "period"]],
      counts: [{ name: "active", of: "customers" }],
    },
  ]);
});

it("reads customers, running counts, counts without a key and keys without a count", () => {
  expect(parseCounts("customer", columns)).toBe("customer");
  expect(parseCounts("running events by days", columns)).toMatchObject([
    { isRunning: true, keys: ["days"], counts: [{ name: "events" }] },
  ]);
  expect(parseCounts("customers; by cohort, k", columns)).toMatchObject([
    { keys: [], counts: [{ name: "customers" }] },
    { keys: ["cohort", "k"], counts: [] },
  ]);
});

it.each([
  ["people by cohort", "counts an undeclared column: people"],
  ["customers of all by cohort", "counts an undeclared column: all"],
  ["many customers by cohort", 'invalid counts; not "count of whole by key": many customers'],
])("refuses %s", (text, message) => {
  expect(() => parseCounts(text, columns)).toThrow(new RangeError(message));
});
