import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkReads,
  readerQuery,
  StatementError,
  withTables,
} from "../../src/catalog/readerQuery.ts";
import { bothEngines } from "../queries/bothEngines.ts";
import type { Runner } from "../queries/runner.ts";

describe("a reader's query", () => {
  it("may have front matter, of which nothing is required", () => {
    const query = readerQuery("q", "-- param: n integer = 3\n-- chart: bars x=a y=b\nselect 1");
    expect(query).toMatchObject({ id: "q", title: { en: "q" }, sql: "select 1\n" });
    expect(query.params).toMatchObject([{ name: "n", default: 3 }]);
    expect(query.charts).toMatchObject([{ kind: "bars", channels: { x: "a", y: "b" } }]);
  });

  it("keeps comments that are no front matter", () => {
    const text = "-- note: mine\n-- title: none any more\nselect 1";
    expect(readerQuery("q", text)).toMatchObject({ title: { en: "q" }, sql: `${text}\n` });
  });

  it("says which line of its front matter cannot be read", () => {
    expect(() => readerQuery("q", "-- title: T\n-- param: n whole = 3\nselect 1")).toThrow(
      /^cells\/q\.sql:2: unknown param type: whole$/,
    );
  });
});

it.each([
  "select 1",
  "SELECT 1;",
  "select 1; -- done",
  "-- about\n/* this */ ((select 1))",
  "with a as (select 1) select * from a",
  "from orders;;",
  "values (1)",
  "table orders",
  "pivot a on x",
  "unpivot a on x",
  "summarize orders",
  "describe orders",
  "show tables",
  "select ';' as \";\" /* ; */",
])("lets through: %s", (sql) => {
  expect(() => checkReads({ id: "q", sql })).not.toThrow();
});

it.each([
  ["empty", "", 0],
  ["empty", "-- nothing\n", 0],
  ["empty", ";", 0],
  ["writes", "insert into orders values (1)", 0],
  ["writes", "/* a */ delete from orders", 8],
  ["writes", "create table a as select 1", 0],
  ["writes", "explain analyze delete from orders", 0],
  ["writes", '"select" 1; drop table orders', undefined],
  ["writes", "copy orders to 'x'", 0],
  ["writes", "set threads = 1", 0],
  ["several", "select 1; select 2", 10],
  ["several", "select 1;; drop table orders", 11],
  ["several", "select 1) a; drop table orders; select * from (select 2", 13],
])("refuses as %s: %s", (code, sql, at) => {
  const error = catchError(() => checkReads({ id: "q", sql }));
  if (sql.startsWith('"')) return expect(error).toMatchObject({ code: "several" });
  expect(error).toBeInstanceOf(StatementError);
  expect(error).toMatchObject({ code, at });
});

describe.each(bothEngines)("on the %s engine", (_, open) => {
  let engine: Runner;
  beforeAll(async () => {
    engine = await open();
    await engine.run("create table orders as select i, i % 3 as g from range(9) r(i)");
  });
  afterAll(() => engine.close());

  const rows = async (sql: string, tables: string[] = []) =>
    (await engine.read(withTables(sql, tables))).rows;

  it("gives the rows in the order of the statement", async () => {
    expect(await rows("select i from orders order by i desc limit 2; -- the last")).toEqual([
      [8],
      [7],
    ]);
    expect(await rows("from orders select i order by hash(i)")).toEqual(
      (await engine.read("select i from orders order by hash(i)")).rows,
    );
  });

  it("puts the tables before those of the engine, for the statement alone", async () => {
    const tables = ['"orders" as (select 7 as i)', '"周报" as (select i + 1 as i from orders)'];
    expect(
      await rows('select i from orders union all select i from "周报" order by i', tables),
    ).toEqual([[7], [8]]);
    expect(await rows("select count(*)::integer from orders")).toEqual([[9]]);
  });

  it("leaves the statement's own clauses before the tables", async () => {
    const own = "with orders as (select i + 1 as i from orders) select i from orders";
    expect(await rows(own, ["orders as (select 7 as i)"])).toEqual([[8]]);
  });

  it.each([
    "with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select i::bigint from n",
    "values (1), (2), (3)",
    "table orders limit 3",
    "pivot orders on g using count(*)",
    "unpivot orders on i, g",
    "describe orders",
    "summarize orders",
    "show tables",
  ])("runs: %s", async (sql) => {
    expect((await rows(sql)).length).toBeGreaterThan(0);
  });

  it.each([
    "with a as (select 1) insert into orders select 1, 2",
    "with a as (select 1) delete from orders",
    "select 1) a cross join (delete from orders",
    "(insert into orders values (1, 2) returning *)",
    "from (delete from orders returning *)",
  ])("does not write: %s", async (sql) => {
    await expect(rows(sql)).rejects.toThrow(/Parser Error/);
    expect(await rows("select count(*)::integer from orders")).toEqual([[9]]);
  });
});

function catchError(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
