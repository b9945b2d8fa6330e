import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/catalog/parseQuery.ts";
import { figuresOf } from "../../src/report/figuresOf.ts";
import { unpackTable } from "../../src/report/packTable.ts";
import type { Figure } from "../../src/report/report.ts";

type Row = Record<string, unknown>;

const options = { smallest: 5 };

function toQuery(...lines: string[]) {
  const text = ["title: Test", ...lines].map((line) => `-- ${line}`).join("\n");
  return parseQuery("analyses/test.sql", `${text}\nselect 1;\n`);
}

function resultOf(rows: Row[]) {
  const getChild = (name: string) =>
    name in rows[0]! ? { get: (row: number) => rows[row]![name] } : null;
  return { table: { numRows: rows.length, getChild }, sentence: { en: "said" } };
}

function valuesOf(figure: Figure | undefined, column: string): unknown[] {
  if (figure?.state !== "done") throw new Error(`not done: ${figure?.state}`);
  const table = unpackTable(figure.table);
  return Array.from({ length: table.numRows }, (_, row) => table.getChild(column)?.get(row));
}

describe("a table by group", () => {
  const query = (...facts: string[]) =>
    toQuery(
      "counts: customers by group",
      "column: group text",
      "column: customers count",
      "column: revenue money",
      ...facts,
    );
  const rows = [
    { group: "a", customers: 3, revenue: 17.5 },
    { group: "b", customers: 40, revenue: 900 },
    { group: "c", customers: 9n, revenue: 120 },
    { group: "d", customers: 0, revenue: 0 },
  ];

  it("blanks all figures of a small row and of the next, and keeps names, others and nobody", async () => {
    const [figure] = await figuresOf(query(), resultOf(rows), [], options);
    expect(figure).toMatchObject({ withheld: [0, 2], isThinned: false });
    expect(valuesOf(figure, "group")).toEqual(["a", "b", "c", "d"]);
    expect(valuesOf(figure, "customers")).toEqual([null, 40, null, 0]);
    expect(valuesOf(figure, "revenue")).toEqual([null, 900, null, 0]);
  });

  it.each([
    ["sum(customers)", "said"],
    ["sum(customers) where group = 'b'", "said"],
    ["sum(customers) where group = 'a'", ""],
    ["first(customers)", ""],
    ["max(revenue)", "said"],
    ["min(revenue) where customers > 0", ""],
    ["count()", "said"],
  ])("with %s says %j", async (of, said) => {
    const [figure] = await figuresOf(query(`fact: n number = ${of}`), resultOf(rows), [], options);
    expect(figure).toMatchObject({ sentence: { en: said } });
  });

  it("withholds nothing with a limit of one", async () => {
    const [figure] = await figuresOf(query(), resultOf(rows), [], { smallest: 1 });
    expect(figure).toMatchObject({ withheld: [] });
  });

  it("is not narrowed where nothing of any segment could be shown", async () => {
    const part = resultOf([{ group: "a", customers: 2, revenue: 1 }]);
    expect(await figuresOf(query(), resultOf(rows), [part], options)).toHaveLength(1);
  });
});

describe("a curve", () => {
  const query = toQuery(
    "counts: running events, at_risk by days",
    "column: days days",
    "column: at_risk count",
    "column: events count",
  );
  const rows = [
    { days: 0, at_risk: 40, events: 0 },
    { days: 3, at_risk: 40, events: 2 },
    { days: 5, at_risk: 38, events: 4 },
    { days: 9, at_risk: 34, events: 7 },
    { days: 12, at_risk: 27, events: 1 },
  ];

  it("keeps the rows between which nobody or enough are counted", async () => {
    const [figure] = await figuresOf(query, resultOf(rows), [], options);
    expect(valuesOf(figure, "days")).toEqual([0, 9]);
    expect(valuesOf(figure, "at_risk")).toEqual([40, 34]);
    expect(figure).toMatchObject({ isThinned: true });
  });

  it("is shown for everybody alone", async () => {
    expect(await figuresOf(query, resultOf(rows), [resultOf(rows)], options)).toHaveLength(1);
  });
});

describe("rows of customers", () => {
  const rows = [{ customer_id: "Jane", orders: 2 }];
  const columns = ["column: customer_id text", "column: orders count"];

  it("are left out, and what does not say whom it counts", async () => {
    const list = toQuery("counts: customer", ...columns);
    expect(await figuresOf(list, resultOf(rows), [], options)).toEqual([
      { state: "left-out", why: "customers" },
    ]);
    expect(await figuresOf(toQuery(...columns), resultOf(rows), [], options)).toEqual([
      { state: "left-out", why: "unknown" },
    ]);
  });

  it("come along where they are asked for", async () => {
    const list = toQuery("counts: customer", ...columns);
    const [figure] = await figuresOf(list, resultOf(rows), [], { ...options, hasCustomers: true });
    expect(valuesOf(figure, "customer_id")).toEqual(["Jane"]);
  });
});
