import { afterAll, beforeAll, expect, it } from "vitest";
import { toTable } from "../../src/engine/toTable.ts";
import { dropKept, keepQuery, keepTable, keptTables } from "../../src/session/keepTable.ts";
import { toRows } from "../../src/session/toRows.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const read = async (sql: string) => toRows(await engine.query(sql));
const label = { en: "" };

it("keeps every value and type of a model's answer", async () => {
  const texts = ["a", "", null, "=1+1", "\"x\", 'y'\n", "NULL", "中文 ", "@é"];
  const table = toTable([
    { name: "say it's", type: "text", values: texts },
    { name: "n", type: "count", values: [1, 2 ** 40, null, -3, 0, 1, 2, 3] },
    {
      name: "x",
      type: "number",
      values: [0.1, 1e-300, null, -1.5, Number.NaN, Infinity, 1e300, 1 / 3],
    },
    { name: "yes", type: "flag", values: [true, false, null, true, true, true, true, true] },
  ]);
  const columns = (["text", "count", "number", "flag"] as const).map((type, i) => {
    return { name: table.schema.fields[i]!.name, type, label, note: label };
  });
  await keepTable(engine, "模型", table, { columns });
  const [kept] = keptTables(["模型"]);
  const rows = await read(`with ${kept} select * from "模型"`);
  expect(rows.map((row) => row["say it's"])).toEqual(texts);
  expect(rows.map(({ n }) => n)).toEqual([1, 2 ** 40, null, -3, 0, 1, 2, 3]);
  expect(rows.map(({ x }) => x)).toEqual([0.1, 1e-300, null, -1.5, null, null, 1e300, 1 / 3]);
  expect(rows.map(({ yes }) => yes)).toEqual([true, false, null, true, true, true, true, true]);
  const types = await read(`select data_type as t from duckdb_columns() where table_name = '模型'`);
  expect(types.map(({ t }) => t)).toEqual(["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"]);
});

it("keeps days as days, and a table without rows with its columns", async () => {
  const days = await engine.query("select date '2025-01-31' as day, 1 as n where true");
  await keepTable(engine, "days", days, { columns: [] });
  expect(await read("select day + 1 as next from cells.days")).toEqual([{ next: "2025-02-01" }]);
  const none = await engine.query("select date '2025-01-31' as day, 1 as n where false");
  await keepTable(engine, "none", none, { columns: [] });
  expect(await read("select count(day)::integer as n from cells.none")).toEqual([{ n: 0 }]);
});

it("puts a later result in the place of an earlier, whatever its name", async () => {
  const name = 'a "quoted" name-1';
  await keepQuery(engine, name, "select 1 as x");
  const table = await keepQuery(engine, name, "select 2 as x, 'b' as y");
  expect(toRows(table)).toEqual([{ x: 2, y: "b" }]);
  const [kept] = keptTables([name]);
  expect(await read(`with ${kept} select x from "a ""quoted"" name-1"`)).toEqual([{ x: 2 }]);
  await dropKept(engine, [name, "never kept"]);
  await expect(read(`with ${kept} select 1 from "a ""quoted"" name-1"`)).rejects.toThrow(/exist/);
});

it("keeps nothing of a run that was stopped, and takes its file away", async () => {
  const table = await engine.query("select 1 as x");
  await keepTable(engine, "late", table, { columns: [] });
  const stopped = AbortSignal.abort();
  const other = await engine.query("select 2 as x");
  await expect(
    keepTable(engine, "late", other, { columns: [] }, { signal: stopped }),
  ).rejects.toThrow(/cancelled/);
  expect(await read("from cells.late")).toEqual([{ x: 1 }]);
});
