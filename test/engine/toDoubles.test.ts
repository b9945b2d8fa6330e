import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import { beforeAll, expect, it } from "vitest";
import { toDoubles } from "../../src/engine/toDoubles.ts";
import { openWasm } from "./openWasm.ts";

let query: (sql: string) => Table;

beforeAll(async () => {
  const db = await openWasm();
  const connection = db.connect();
  query = (sql) => tableFromIPC(connection.useUnsafe((bindings, id) => bindings.runQuery(id, sql)));
});

const column = (table: Table, name: string): unknown[] => [...(table.getChild(name) ?? [])];

it("gives the nearest double to every four-digit decimal, as ::double in SQL does", () => {
  const table = toDoubles(
    query(`
      select (i * 0.0001)::decimal(18,4) as d, (i * 0.0001)::decimal(18,4)::varchar as text
      from range(-20000000, 20000000, 1777) t(i)
    `),
  );
  const texts = column(table, "text");
  expect(table.numRows).toBe(22510);
  expect(column(table, "d")).toEqual(texts.map(Number));
  expect(table.schema.fields.map(({ type }) => String(type))).toEqual(["Float64", "Utf8"]);
});

it.each([
  ["30.01::decimal(18,4)", 30.01],
  ["1.005::decimal(18,4)", 1.005],
  ["-0.0001::decimal(18,4)", -0.0001],
  ["0.1::decimal(4,1)", 0.1],
  ["99999999999999.9999::decimal(18,4)", Number("99999999999999.9999")],
  ["-123456789012345678.9012::decimal(38,4)", Number("-123456789012345678.9012")],
  ["0.00000000000000000000000000000000000001::decimal(38,38)", 1e-38],
  ["170141183460469231731687303715884105727::hugeint", 2 ** 127],
  ["(-170141183460469231731687303715884105728)::hugeint", -(2 ** 127)],
  ["sum(9007199254740993::bigint)", 9007199254740992],
  ["4294967296::hugeint", 2 ** 32],
  ["(-4294967297)::hugeint", -(2 ** 32) - 1],
  ["null::decimal(18,4)", null],
])("%s arrives as %d", (expression, value) => {
  expect(column(toDoubles(query(`select ${expression} as v`)), "v")).toEqual([value]);
});

it("keeps nulls, batches and the other columns as they are", () => {
  const table = toDoubles(
    query(`
      select i, case when i % 3 > 0 then (i / 4)::decimal(9,2) end as d, 'c' || i as c
      from range(5000) t(i)
    `),
  );
  expect(table.batches.length).toBeGreaterThan(1);
  expect(column(table, "i").at(-1)).toBe(4999n);
  expect(column(table, "c").at(-1)).toBe("c4999");
  expect(column(table, "d").slice(0, 5)).toEqual([null, 0.25, 0.5, null, 1]);
  expect(column(table, "d").at(-1)).toBe(1249.75);
  expect(table.getChild("d")?.nullCount).toBe(1667);
});

it("reaches decimals inside lists and structs", () => {
  const table = toDoubles(
    query("select [1.5, null]::decimal(4,2)[] as l, {'x': 2.5::decimal(4,2)} as s"),
  );
  expect(JSON.stringify(column(table, "l"))).toBe("[[1.5,null]]");
  expect(JSON.stringify(column(table, "s"))).toBe('[{"x":2.5}]');
});

it("leaves a table without decimals alone, and one without rows typed", () => {
  const plain = query("select 1 as a");
  expect(toDoubles(plain)).toBe(plain);
  const empty = toDoubles(query("select 1.5::decimal(4,2) as a where false"));
  expect(empty.numRows).toBe(0);
  expect(String(empty.schema.fields[0]?.type)).toBe("Float64");
  const wide = toDoubles(query("select 1.5::decimal(4,2) as a, 'x' as b, true as c where false"));
  expect(wide.schema.fields.map(({ type }) => String(type))).toEqual(["Float64", "Utf8", "Bool"]);
  expect(wide.numRows + wide.getChild("a")!.length + wide.getChild("b")!.length).toBe(0);
});
