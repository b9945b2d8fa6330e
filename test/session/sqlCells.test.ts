import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runModel } from "../../src/models/runModel.ts";
import type { Models } from "../../src/models/fitClient.ts";
import { Session } from "../../src/session/session.svelte.ts";
import type { Outcome } from "../../src/session/session.svelte.ts";
import { toRows } from "../../src/session/toRows.ts";
import { text } from "../../src/words/words.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";
import { sixOrders } from "./sixOrders.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

let engine: OpenEngine;
let session: Session;

beforeAll(async () => {
  engine = await openEngine();
  const models = {
    run: async (request: never) => runModel(request),
    close() {},
  } as unknown as Models;
  session = new Session({
    startEngine: async () => engine,
    models,
    locale: "en",
    version: "0.0.0",
  });
  await session.start();
  await session.importFiles([new File([sixOrders], "orders.csv")]);
  expect(session.phase.state).toBe("ready");
}, 120_000);
afterAll(() => engine?.close());

beforeEach(() => {
  engine.holdBack(undefined);
  session.setLocale("en");
});

/** Cells as they stand in a document: `name: SQL` or the fence itself. */
async function open(...cells: string[]): Promise<void> {
  await session.setMarkdown(`# Test\n\n${cells.map(toFence).join("\n")}`);
}

function toFence(cell: string): string {
  const [, name, sql] = /^([\p{L}\w]+): ([^]*)$/u.exec(cell) ?? [];
  return name ? `\`\`\`sql ${name}\n${sql}\n\`\`\`\n` : cell;
}

function outcome(id: string): Outcome {
  return session.outcomes.get(id) ?? { state: "idle" };
}

/** The rows of a cell, each as the list of its values. */
function rows(id: string): unknown[][] {
  const found = outcome(id);
  if (found.state !== "done") throw new Error(`${id}: ${JSON.stringify(found)}`);
  return toRows(found.table).map((row) => Object.values(row));
}

async function settled(...ids: string[]): Promise<void> {
  await vi.waitFor(
    () => {
      for (const id of ids) expect(["idle", "running"]).not.toContain(outcome(id).state);
    },
    { timeout: 20_000, interval: 2 },
  );
}

async function until(id: string, expected: unknown[][]): Promise<void> {
  await vi.waitFor(() => expect(rows(id)).toEqual(expected), { timeout: 20_000, interval: 2 });
}

/** Another text of a cell, and run. */
function write(id: string, sql: string): void {
  session.setText(id, sql);
  session.runCell(id);
}

const runsOf = (part: string) => engine.asked.filter((sql) => sql.includes(part)).length;

describe("a cell reads others by name", () => {
  it("an analysis, with its columns and their types", async () => {
    await open(
      "```analysis cohort-retention\n```",
      `q: select k, sum(customers)::integer as n from "cohort-retention" where retention is not null group by k order by k`,
    );
    const direct = await session.run("cohort-retention", {});
    const read = toRows(direct.table).filter(({ k, retention }) => k === 0 && retention !== null);
    expect(rows("q")[0]).toEqual([
      0,
      read.reduce((sum, { customers }) => sum + Number(customers), 0),
    ]);
    expect(rows("cohort-retention").length).toBe(direct.table.numRows);
  });

  it("another cell of SQL, and one that stands further down, in any case", async () => {
    await open(
      'q: select sum(n)::integer as n from "WEEKLY" join 月报 using (channel)',
      "weekly: select channel, count(*) as n from orders group by all",
      "月报: select distinct channel from Weekly",
    );
    expect(rows("q")).toEqual([[6]]);
  });

  it("texts with quotes, empty ones, nulls, nulls and what a spreadsheet would run", async () => {
    await open(
      "texts: select * from (values (1, 'a,\"b\"'), (2, ''), (3, null), (4, '=1+1'), (5, '中文\n行')) t(i, s)",
      "q: select i, s is null as no, s from texts order by i",
    );
    expect(rows("q")).toEqual([
      [1, false, 'a,"b"'],
      [2, false, ""],
      [3, true, null],
      [4, false, "=1+1"],
      [5, false, "中文\n行"],
    ]);
  });

  it("with the order of its rows", async () => {
    await open(
      "sorted: select net::double as net from orders order by net desc",
      "q: from sorted limit 2",
    );
    expect(rows("q")).toEqual([[60], [50]]);
  });

  it("leaves columns, functions and own clauses of a cell's name alone", async () => {
    await open(
      "channel: select 1 as x",
      "q: with weekly as (select channel, count(*) as n from orders group by all) select sum(n)::integer as n from weekly where channel is not null",
      "weekly: select * from q",
    );
    expect(rows("q")).toEqual([[6]]);
    expect(rows("weekly")).toEqual([[6]]);
  });
});

describe("a cell that others read", () => {
  it("has them run after it when its text is run, and not before", async () => {
    await open("a: select 1 as x", "b: select x + 1 as y from a", "c: select y + 1 as z from b, a");
    expect(rows("c")).toEqual([[3]]);
    const before = runsOf("x + 1 as y");
    session.setText("a", "select 10 as");
    session.setText("a", "select 10 as x");
    expect(session.isHeld("a")).toBe(true);
    await settled("a", "b", "c");
    expect(rows("c")).toEqual([[3]]);
    expect(runsOf("x + 1 as y")).toBe(before);
    session.runCell("a");
    expect(session.isHeld("a")).toBe(false);
    await until("c", [[12]]);
    expect(rows("b")).toEqual([[11]]);
    expect(runsOf("x + 1 as y")).toBe(before + 1);
  });

  it("is read as it ran last while its text waits", async () => {
    await open("a: select 1 as x", "b: select x + 1 as y from a");
    session.setText("a", "select nonsense");
    write("b", "select x + 2 as y from a");
    await until("b", [[3]]);
    expect(session.isHeld("a")).toBe(true);
    expect(rows("a")).toEqual([[1]]);
    session.setText("a", "select 1 as x");
    expect(session.isHeld("a")).toBe(false);
  });

  it("has them run after it when its setting changes", async () => {
    await open(
      "```analysis cohort-retention\n```",
      'q: select count(distinct cohort)::integer as cohorts from "cohort-retention"',
    );
    expect(rows("q")).toEqual([[3]]);
    session.setParam("cohort-retention", "grain", "year");
    await until("q", [[1]]);
    session.setParam("cohort-retention", "grain", null);
    await until("q", [[3]]);
  });

  it("does not run again for a new reader of its kept result, nor for one that goes", async () => {
    await open("a: select 7 as seven", "b: select * from a");
    const before = runsOf("7 as seven");
    const id = session.addSql();
    write(id, "select seven + 1 as x from a");
    await until(id, [[8]]);
    session.removeBlock(id);
    session.removeBlock("b");
    await settled("a");
    expect(rows("a")).toEqual([[7]]);
    expect(runsOf("7 as seven")).toBe(before);
  });

  it("drops an earlier run, whose late reply changes nothing", async () => {
    await open("a: select 1 as x", "b: select x from a");
    engine.holdBack("20 as x");
    write("a", "select 20 as x");
    await vi.waitFor(() => expect(outcome("a").state).toBe("running"));
    write("a", "select 300 as x");
    engine.holdBack(undefined);
    await until("b", [[300]]);
    expect(rows("a")).toEqual([[300]]);
    await session.sql("select 1");
    expect(rows("a")).toEqual([[300]]);
    expect(toRows(await session.sql("select * from cells.a"))).toEqual([{ x: 300 }]);
  });

  it("drops an earlier run of its reader too", async () => {
    await open("a: select 1 as x", "b: select x from a");
    engine.holdBack("2 as x");
    write("a", "select 2 as x");
    await vi.waitFor(() => expect(outcome("a").state).toBe("running"));
    write("b", "select x * 100 as x from a");
    engine.holdBack(undefined);
    await until("b", [[200]]);
  });

  it("gives its room back when it goes", async () => {
    await open("a: select 1 as x", "b: select x from a");
    session.removeBlock("b");
    session.removeBlock("a");
    const count = "select table_name as n from duckdb_tables() where schema_name = 'cells'";
    await vi.waitFor(async () => expect(toRows(await session.sql(count))).toEqual([]));
  });
});

describe("what cannot be run", () => {
  it("names the cells of a circle, until it is broken", async () => {
    await open("a: select x from b", "b: select x from c", "c: select x from a", "d: from a");
    expect(outcome("a")).toMatchObject({ state: "failed", code: "circle" });
    expect(outcome("a")).toMatchObject({
      message: text("en", "statement.circle", { way: "a → b → c → a" }),
    });
    expect(outcome("d")).toMatchObject({ code: "circle" });
    write("c", "select 5 as x");
    await until("a", [[5]]);
    await until("d", [[5]]);
    write("c", "select x from b");
    await vi.waitFor(() => expect(outcome("a")).toMatchObject({ code: "circle" }));
  });

  it("says of a reader which cell has nothing to read, in the reader's language", async () => {
    await open("a: select nonsense", "b: select * from a", "c: select * from b");
    expect(outcome("a")).toMatchObject({ state: "failed", code: "query" });
    expect(outcome("b")).toMatchObject({
      code: "source",
      message: text("en", "statement.source", { cell: "a" }),
    });
    expect(outcome("c")).toMatchObject({ code: "source" });
    session.setLocale("zh-Hant");
    expect(outcome("b")).toMatchObject({
      message: text("zh-Hant", "statement.source", { cell: "a" }),
    });
    write("a", "select 1 as x");
    await until("c", [[1]]);
  });

  it.each([
    ["insert into orders select * from orders", "writes"],
    ["drop table orders", "writes"],
    ["set threads = 1", "writes"],
    ["explain analyze delete from orders", "writes"],
    ["select 1; select 2", "several"],
    ["select 1; drop table orders", "several"],
    ["-- only words", "empty"],
    ["-- param: n whole = 1\nselect 1", "frontMatter"],
    ["with a as (select 1) insert into dataset select * from dataset", "query"],
    ["select 1) x, (delete from orders", "query"],
  ])("refuses %s, and the tables stay as they are", async (sql, code) => {
    await open(`q: ${sql}`, "n: select count(*)::integer as n from orders");
    expect(outcome("q")).toMatchObject({ state: "failed", code });
    expect((outcome("q") as { message: string }).message).not.toMatch(/[{}]/);
    expect(rows("n")).toEqual([[6]]);
    expect(toRows(await session.sql("select count(*)::integer as n from dataset"))).toEqual([
      { n: 1 },
    ]);
  });

  it("can be run again as it is after it was stopped, and its readers after it", async () => {
    await open("a: select 1 as x", "b: select x from a");
    engine.holdBack("2 as x");
    write("a", "select 2 as x");
    await vi.waitFor(() => expect(outcome("a").state).toBe("running"));
    session.cancelCell("a");
    engine.holdBack(undefined);
    await vi.waitFor(() => expect(outcome("b")).toMatchObject({ code: "source" }));
    expect(outcome("a")).toMatchObject({ code: "cancelled" });
    session.runCell("a");
    await until("b", [[2]]);
  });

  it("is stopped at once where it waits for another", async () => {
    await open("a: select 1 as x", "b: select x from a");
    engine.holdBack("3 as x");
    session.setText("a", "select 3 as x");
    session.runCell("a");
    session.runCell("b");
    await vi.waitFor(() => expect(outcome("a").state).toBe("running"));
    session.runCell("b");
    await vi.waitFor(() => expect(outcome("b").state).toBe("running"));
    session.cancelCell("b");
    await vi.waitFor(() => expect(outcome("b")).toMatchObject({ code: "cancelled" }));
    expect(outcome("a").state).toBe("running");
    engine.holdBack(undefined);
    session.runCell("b");
    await until("b", [[3]]);
  });
});

describe("its name", () => {
  it("can be changed, also while its text waits, and those that read it follow, in one step", async () => {
    await open("a: select 1 as x", "b: select x from a");
    session.setText("a", "select 2 as x");
    session.renameCell("a", "周报");
    expect(session.isHeld("周报")).toBe(true);
    await until("b", [[1]]);
    expect(session.markdown()).toContain("select x from 周报");
    session.runCell("周报");
    await until("b", [[2]]);
    await session.undo();
    expect(session.markdown()).toContain("select x from a");
    await session.redo();
    await until("b", [[2]]);
    expect(() => session.renameCell("b", "周报")).toThrow(/name is taken/);
    expect(() => session.renameCell("b", "two words")).toThrow(/invalid name/);
  });

  it("is refused where it is that of a table, or where a reader has a table of its own so called", async () => {
    await open("a: select 1 as x", "b: with c as (select 2 as y)\nselect x + y as z from A, c");
    await until("b", [[3]]);
    const refusal = (name: string): unknown => {
      try {
        return session.renameCell("a", name);
      } catch (error) {
        return error;
      }
    };
    expect(refusal("Orders")).toMatchObject({ code: "table" });
    expect(refusal("C")).toMatchObject({ code: "inside", cell: "b" });
    expect(refusal("B")).toMatchObject({ code: "taken" });
    expect(session.markdown()).toContain("from A, c");
    session.renameCell("a", "select");
    expect(session.markdown()).toContain('from "select", c');
    await until("b", [[3]]);
  });

  it("cannot be another's in another case, since the engine would take it for the same", async () => {
    await open("weekly: select 1 as x", "b: select x from weekly");
    expect(() => session.renameCell("b", "Weekly")).toThrow(/name is taken/);
    session.renameCell("weekly", "Weekly");
    await until("b", [[1]]);
  });

  it("may be that of a table, which no analysis then takes for the table", async () => {
    const before = toRows((await session.run("overview", {})).table);
    await open(
      "```analysis overview\n```",
      "orders: select * from orders where net < 0",
      "customers: select * from customers limit 0",
      "q: select count(*)::integer as n from orders",
    );
    expect(rows("q")).toEqual([[0]]);
    expect(rows("overview")).toEqual(before.map((row) => Object.values(row)));
    session.setFilter({ segments: { channel: ["web"] } });
    await vi.waitFor(() => expect(outcome("q").state).toBe("done"));
    await settled("overview", "orders");
    expect(rows("overview")).not.toEqual(before.map((row) => Object.values(row)));
    session.setFilter(undefined);
  });
});

it("is narrowed by the notebook's filter as analyses are, with those that it reads", async () => {
  await open(
    "a: select count(*)::integer as n, sum(net)::double as net from orders",
    "b: select n from a",
    "all: -- scope: shop\nselect count(*)::integer as n from orders",
  );
  expect(rows("a")[0]![0]).toBe(6);
  session.setFilter({ segments: { channel: ["web"] } });
  await until("b", [[3]]);
  expect(rows("a")[0]![0]).toBe(3);
  await settled("all");
  expect(rows("all")).toEqual([[6]]);
  session.setFilter(undefined);
  await until("b", [[6]]);
});

describe("front matter", () => {
  const asked =
    "-- param: least number = 30 -- smallest amount\n-- param: of text\nselect count(*)::integer as n from orders where net >= getvariable('least') and channel = coalesce(getvariable('of'), channel)";

  it("declares settings, whose defaults hold until they are set", async () => {
    await open(`q: ${asked}`);
    expect(session.shownQuery(session.cells[0]!).params.map(({ name }) => name)).toEqual([
      "least",
      "of",
    ]);
    expect(rows("q")).toEqual([[4]]);
    session.setParam("q", "least", 45);
    await until("q", [[2]]);
    session.setParam("q", "of", "web");
    await until("q", [[1]]);
    session.setParam("q", "least", null);
    session.setParam("q", "of", null);
    await until("q", [[4]]);
  });

  it("is run again where a default changes, and not for a chart or a title", async () => {
    await open(`q: ${asked}`);
    const before = runsOf("getvariable('least')");
    session.setText("q", `-- chart: bars x=n y=n\n-- title: Large orders\n${asked}`);
    expect(session.isHeld("q")).toBe(false);
    const shown = session.shownQuery(session.cells[0]!);
    expect(shown).toMatchObject({ title: { en: "Large orders" }, charts: [{ kind: "bars" }] });
    await settled("q");
    expect(runsOf("getvariable('least')")).toBe(before);
    session.setText("q", asked.replace("= 30", "= 55"));
    expect(session.isHeld("q")).toBe(true);
    session.runCell("q");
    await until("q", [[1]]);
  });

  it("says its sentence anew where that alone changes", async () => {
    await open("q: -- sentence: {n} orders\n-- fact: n count = sum(n)\nselect 6 as n");
    expect(outcome("q")).toMatchObject({ sentence: "6 orders" });
    session.setText("q", "-- sentence: {n} in all\n-- fact: n count = sum(n)\nselect 6 as n");
    expect(outcome("q")).toMatchObject({ sentence: "6 in all" });
  });

  it("that cannot be read while it is written takes nothing down", async () => {
    await open("q: select 1 as n");
    session.setText("q", "-- param: n\nselect 1 as n");
    session.setLocale("zh-Hans");
    expect(rows("q")).toEqual([[1]]);
    expect(session.isHeld("q")).toBe(true);
  });
});

it("can name the tables of the import and the functions of the engine, asked for once", async () => {
  const before = engine.asked.length;
  const [names, again] = await Promise.all([session.sqlNames(), session.sqlNames()]);
  expect(again).toBe(names);
  expect(engine.asked.length).toBe(before + 2);
  const shop = names.tables.find(({ name }) => name === "orders");
  expect(shop?.columns.slice(0, 2)).toEqual([
    { name: "order_id", type: "VARCHAR" },
    { name: "customer_id", type: "VARCHAR" },
  ]);
  const kindsOf = (wanted: string) =>
    names.functions.filter(({ name }) => name === wanted).map(({ isTable }) => isTable);
  expect(kindsOf("sum")).toEqual([false]);
  expect(kindsOf("range")).toEqual([false, true]);
  expect(kindsOf("duckdb_tables")).toEqual([true]);
  expect(names.tables.some(({ name }) => name === "cells")).toBe(false);
});

it("made of an analysis gives the same figures, also narrowed", async () => {
  await open("```analysis cohort-retention grain=quarter\n```", "```analysis clv-historic\n```");
  const [first, second] = [session.fork("cohort-retention"), session.fork("clv-historic")];
  await settled(first, second);
  expect(rows(first)).toEqual(rows("cohort-retention"));
  expect(rows(second)).toEqual(rows("clv-historic"));
  expect(
    session.shownQuery(session.cells.find(({ id }) => id === first)!).charts.length,
  ).toBeGreaterThan(0);
  session.setFilter({ segments: { channel: ["shop"] } });
  await settled("cohort-retention", first, second);
  expect(rows(first)).toEqual(rows("cohort-retention"));
  session.setFilter(undefined);
});

it("is not changed where the document is of a later version", async () => {
  await session.setMarkdown("<!-- perennial 99 -->\n\n```sql a\nselect 1 as x\n```\n");
  await settled("a");
  session.setText("a", "select 2 as x");
  expect(session.isHeld("a")).toBe(false);
  expect(rows("a")).toEqual([[1]]);
});

it("reads what a model answers", async () => {
  await open(
    "```analysis clv-forecast\n```",
    'q: select count(*)::integer as n, max(clv) as most, min(churn_risk) as risk from "clv-forecast"',
  );
  await session.importFiles([new File([longHistory()], "orders.csv")]);
  await settled("clv-forecast", "q");
  const done = outcome("clv-forecast");
  const values = done.state === "done" ? toRows(done.table) : [];
  expect(values.length).toBeGreaterThan(100);
  const most = Math.max(...values.map(({ clv }) => Number(clv)));
  const risk = Math.min(...values.map((row) => Number(row["churn_risk"])));
  expect(rows("q")).toEqual([[values.length, most, risk]]);
});

/** Two years of 150 customers, who buy each in a rhythm of their own and stop at some time. */
function longHistory(): string {
  const lines = Array.from({ length: 150 }, (_, customer) => {
    const gap = 9 + ((customer * 37) % 90);
    const count = 1 + ((customer * 13) % 11);
    return Array.from({ length: count }, (__, i) => {
      const day = new Date(Date.UTC(2023, 0, 1 + customer + gap * i)).toISOString().slice(0, 10);
      return `c${customer},${customer}-${i},${day},${10 + ((customer * 7 + i) % 50)}.50,web`;
    }).join("\n");
  });
  return `customer,order id,date,amount,channel\n${lines.join("\n")}\n`;
}
