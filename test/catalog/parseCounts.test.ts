import { expect, it } from "vitest";
import { parseCounts } from "../../src/catalog/parseCounts.ts";

const columns = ["cohort", "k", "period", "customers", "active", "days", "events"];

function levelsOf(text: string) {
  const counts = parseCounts(text, columns);
  return counts === "customer" ? counts : counts.levels;
}

it("reads levels from the coarsest to the rows", () => {
  const text = "customers by cohort; active of customers by cohort each k/period";
  expect(levelsOf(text)).toEqual([
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
  expect(levelsOf("running events by days")).toMatchObject([
    { isRunning: true, keys: ["days"], counts: [{ name: "events" }] },
  ]);
  expect(levelsOf("customers; by cohort, k")).toMatchObject([
    { keys: [], counts: [{ name: "customers" }] },
    { keys: ["cohort", "k"], counts: [] },
  ]);
});

it("reads figures about others, the rows that are counted, and columns about nobody", () => {
  const text =
    "customers by cohort where k = 0/1; columns active, events about 20% customers of days; " +
    "rows k = 2 about active at k = 3; open period";
  expect(parseCounts(text, columns)).toMatchObject({
    levels: [{ keys: ["cohort"], where: { column: "k", values: ["0", "1"] } }],
    about: [
      { columns: ["active", "events"], share: 0.2, count: "customers", of: "days" },
      { rows: { column: "k", values: ["2"] }, share: 1, count: "active", at: { values: ["3"] } },
    ],
    open: ["period"],
  });
});

it.each([
  ["people by cohort", "counts an undeclared column: people"],
  ["customers of all by cohort", "counts an undeclared column: all"],
  ["many customers by cohort", 'invalid counts; not "count of whole by key": many customers'],
  ["rows k about customers", 'invalid counts; not "column = value": k'],
  ["columns k about 5 %", 'invalid counts; not "columns … about count": columns k about 5 %'],
])("refuses %s", (text, message) => {
  expect(() => parseCounts(text, columns)).toThrow(new RangeError(message));
});
