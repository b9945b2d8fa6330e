import { expect, it } from "vitest";
import { parseQuery } from "../../src/catalog/parseQuery.ts";

const path = "queries/analyses/repeat-rate.sql";
const text = `-- title: Repeat rate
-- title.zh-Hans: 复购率
-- title.zh-Hant: 回購率
-- question: What share of customers ordered more than once?
-- definition: Customers with two orders
--   or more ÷ customers.
-- definition.zh-Hans: 至少两单的客户，
--   除以客户数。
-- sentence: {rate} of {n} ordered again.
-- group: retention
-- needs: customer_summary, orders
-- param: grain choice(month, year) = month -- length of a period
-- param.zh-Hans: grain 周期 -- 每个周期的长度
-- param.en: n_days Within days
-- param: as_of date = -- observation end
-- column: period date -- first day
-- column.zh-Hant: period 週期
-- column: rate share
-- fact: rate share = ratio(a, b) where period = '2024-01-01'
-- chart: lines x=period y=rate
-- value.zh-Hans: month = 月
with params as (
  select 1
)

select 1; -- no front matter: here
`.replace(
  "-- param.en: n_days Within days\n",
  "-- param: n_days integer = 90\n-- param.en: n_days Within days\n",
);

it("reads a query file", () => {
  const query = parseQuery(path, text);
  expect(query).toMatchObject({
    id: "repeat-rate",
    folder: "analyses",
    title: { en: "Repeat rate", "zh-Hans": "复购率", "zh-Hant": "回購率" },
    definition: {
      en: "Customers with two orders or more ÷ customers.",
      "zh-Hans": "至少两单的客户，除以客户数。",
    },
    group: "retention",
    needs: ["customer_summary", "orders"],
    facts: [{ name: "rate", type: "share", of: "ratio(a, b) where period = '2024-01-01'" }],
    charts: [{ kind: "lines", channels: { x: "period", y: "rate" }, title: { en: "" } }],
    model: undefined,
    values: { month: { en: "month", "zh-Hans": "月" } },
  });
  expect(query.sql.startsWith("with params as (")).toBe(true);
  expect(query.sql.endsWith("-- no front matter: here\n")).toBe(true);
});

it("reads params and columns with their labels", () => {
  const { params, columns } = parseQuery(path, text);
  expect(params).toEqual([
    {
      name: "grain",
      type: "choice",
      choices: ["month", "year"],
      default: "month",
      label: { en: "Grain", "zh-Hans": "周期" },
      note: { en: "length of a period", "zh-Hans": "每个周期的长度" },
    },
    {
      name: "n_days",
      type: "integer",
      choices: [],
      default: 90,
      label: { en: "Within days" },
      note: { en: "" },
    },
    {
      name: "as_of",
      type: "date",
      choices: [],
      default: null,
      label: { en: "As of" },
      note: { en: "observation end" },
    },
  ]);
  expect(columns.map(({ name, type, label }) => [name, type, label.en])).toEqual([
    ["period", "date", "Period"],
    ["rate", "share", "Rate"],
  ]);
});

it("reads several charts, each with its title", () => {
  const { charts } = parseQuery(
    path,
    text.replace(
      "-- chart: lines x=period y=rate",
      `-- chart: lines x=period y=rate -- By period
-- chart.zh-Hans: 按周期
-- chart: table -- As it is
-- chart.zh-Hant: 原樣`,
    ),
  );
  expect(charts).toEqual([
    {
      kind: "lines",
      channels: { x: "period", y: "rate" },
      title: { en: "By period", "zh-Hans": "按周期" },
    },
    { kind: "table", channels: {}, title: { en: "As it is", "zh-Hant": "原樣" } },
  ]);
});

it("reads bands of a column, and the order of the rows", () => {
  const { columns, order } = parseQuery(
    path,
    text.replace(
      "-- column: rate share\n",
      `-- column: rate share
-- bands: rate 0.33 0.66 = low, medium, high
-- bands.zh-Hans: rate 低, 中, 高
-- order: rate descending
`,
    ),
  );
  expect(columns.find(({ name }) => name === "rate")?.bands).toEqual({
    edges: [0.33, 0.66],
    labels: [
      { en: "low", "zh-Hans": "低" },
      { en: "medium", "zh-Hans": "中" },
      { en: "high", "zh-Hans": "高" },
    ],
  });
  expect(order).toEqual({ column: "rate", direction: "descending" });
});

it("reads what it sums up by day, and along which axes days can be chosen", () => {
  const lines =
    "-- rollup: active, net of cells by first_date\n-- brush: cohort first\n-- brush: period until\n";
  const { rollup, brushes } = parseQuery(path, lines + text);
  expect(rollup).toEqual({ table: "cells", sums: ["active", "net"], day: "first_date" });
  expect(brushes).toEqual({ cohort: "first", period: "until" });
  expect(parseQuery(path, text)).toMatchObject({ rollup: undefined, brushes: {} });
});

it("reads a file with carriage returns alike", () => {
  expect(parseQuery(path, text.replaceAll("\n", "\r\n"))).toEqual(parseQuery(path, text));
});

it.each([
  ["-- titel: x", "unknown key: titel"],
  ["-- a comment", "not front matter"],
  ["-- title.fr: x", "unknown language: fr"],
  ["-- group.zh-Hans: x", "no translation of: group"],
  ["-- title: again", "repeated key: title"],
  ["-- param: n float = 1", "unknown param type: float"],
  ["-- param: n integer = x", "invalid default of n; not integer: x"],
  ["-- param: n number = 1e3", "invalid default of n"],
  ["-- param: n flag = yes", "invalid default of n"],
  ["-- param: n choice(a, b) = c", "invalid default of n; not choice: c"],
  ["-- param: n choice = a", "choices and type disagree: n"],
  ["-- param.en: nobody Label", "label of an undeclared name: nobody"],
  ["-- column: n decimal", "unknown column type: decimal"],
  ["-- column: two words here", "invalid column"],
  ["-- fact: n = count()", "invalid fact"],
  ["-- chart: lines x", "invalid channel"],
  ["-- chart.zh-Hans: 图", "title of an unnamed chart"],
  ["-- value.en: month", "invalid value"],
  ["-- order: rate down", "invalid order"],
  ["-- rollup: cells by day", 'invalid rollup; not "sums of table by column": cells by day'],
  ["-- brush: period later", 'invalid brush; not "column first" or "column until"'],
  ["-- bands: rate 0.5 = low, high", 'invalid bands; not "column edges = labels"'],
  ["-- column: rate share\n-- bands: rate 0.5 = all", "invalid bands; not one label more", 3],
  ["-- column: rate share\n-- bands.zh-Hans: rate 低, 高", "invalid bands; not one label more", 3],
] as [string, string, number?][])("refuses %s, with the line", (line, message, at = 2) => {
  const broken = `-- title: A\n${line}\nselect 1;\n`;
  expect(() => parseQuery(path, broken)).toThrow(SyntaxError);
  expect(() => parseQuery(path, broken)).toThrow(`${path}:${at}: ${message}`);
});

it("refuses a file without a title, a statement or a place", () => {
  expect(() => parseQuery(path, "select 1;\n")).toThrow("missing key: title");
  expect(() => parseQuery(path, "-- title: A\n")).toThrow("missing statement");
  expect(() => parseQuery("elsewhere/a.sql", text)).toThrow("not a query's place");
});

it("names a canonical table after its file", () => {
  expect(
    parseQuery("queries/canonical/orders.sql", "create table orders (a integer);\n").title.en,
  ).toBe("orders");
});
