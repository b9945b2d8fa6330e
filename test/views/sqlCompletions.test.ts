import { expect, it } from "vitest";
import { quoteName, sqlCompletions } from "../../src/views/sqlCompletions.ts";
import type { SqlScope } from "../../src/views/sqlCompletions.ts";

const column = (name: string) => ({ name, type: "VARCHAR" });
const scope: SqlScope = {
  tables: [
    { name: "orders", columns: ["order_id", "net", "渠道", "order"].map(column) },
    { name: "customers", columns: ["customer_id", "first order"].map(column) },
  ],
  cells: [
    { name: "cohort-retention", columns: ["k", "retention"].map(column) },
    { name: "周报", columns: ["周"].map(column) },
  ],
  functions: [
    { name: "sum", isTable: false },
    { name: "range", isTable: true },
  ],
};

/** What could stand at the bar, as it is written. */
function at(marked: string, kind?: string): string[] {
  const place = marked.indexOf("|");
  const { options } = sqlCompletions(marked.replace("|", ""), place, scope);
  return options.filter((one) => !kind || one.kind === kind).map((one) => one.apply ?? one.label);
}

const everyTable = ['"cohort-retention"', "周报", "orders", "customers", "range("];

it.each([
  "select * from |",
  "from ra|",
  "select 1 from orders join |",
  "from orders o, |",
  "describe |",
])("offers tables, cells and functions of tables: %s", (sql) => {
  expect(at(sql)).toEqual(everyTable);
});

it("offers the clauses of the statement before all others", () => {
  const sql =
    'with weekly as (select 1), "my own"(a) as materialized (from weekly) select * from |';
  expect(at(sql).slice(0, 2)).toEqual(["weekly", '"my own"']);
  expect(
    at("with a as (select 1), B as not materialized (from a) select * from |", "clause"),
  ).toEqual(["a", "B"]);
});

it("offers the columns of what the statement reads, first", () => {
  expect(at("select | from orders").slice(0, 4)).toEqual(["order_id", "net", "渠道", '"order"']);
  expect(at("select | from orders, customers", "column")).toContain('"first order"');
  expect(at('select | from "cohort-retention"', "column")).toEqual(["k", "retention"]);
  expect(at("select |", "column")).toEqual([]);
  expect(at("select su|")).toEqual(expect.arrayContaining(["sum(", "orders"]));
});

it("offers of functions and words those alone that begin as what is written", () => {
  expect(at("select SU|", "function")).toEqual(["sum("]);
  expect(at("select sm|", "function")).toEqual([]);
  expect(at("from sm|", "function")).toEqual([]);
  expect(at("selec|", "word")).toEqual(["select"]);
  expect(at("slct|", "word")).toEqual([]);
});

it("offers behind a dot the columns of its table alone, also by alias", () => {
  expect(at("select o.| from orders as o join customers c using (x)")).toEqual([
    "order_id",
    "net",
    "渠道",
    '"order"',
  ]);
  expect(at("select c.f| from orders o join customers c using (x)")).toContain('"first order"');
  expect(at("select 周报.| from 周报")).toEqual(["周"]);
  expect(at("select x.| from orders")).toEqual([]);
});

it("goes on with columns behind a comma of another clause", () => {
  expect(at("select net, | from orders")[0]).toBe("order_id");
  expect(at("select sum(net, | from orders")[0]).toBe("order_id");
  expect(at("select 1 from orders group by net, |")[0]).toBe("order_id");
});

it("replaces the word that is begun, with its quote", () => {
  const from = (marked: string) =>
    sqlCompletions(marked.replace("|", ""), marked.indexOf("|"), scope).from;
  expect(from("select ne|")).toBe(7);
  expect(from("select 渠|")).toBe(7);
  expect(from('from "coh|')).toBe(5);
  expect(from("select |")).toBe(7);
});

it.each([
  ["net", "net"],
  ["渠道", "渠道"],
  ["order", '"order"'],
  ["two words", '"two words"'],
  ['a"b', '"a""b"'],
  ["1st", '"1st"'],
  ["cohort-retention", '"cohort-retention"'],
])("writes %s as %s", (name, written) => {
  expect(quoteName(name)).toBe(written);
});
