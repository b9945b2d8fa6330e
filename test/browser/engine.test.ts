import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { harnessFolder } from "./support/folders.ts";
import { ask, register, start } from "./support/harnessCalls.ts";
import { visit } from "./support/visit.ts";
import type { Visit } from "./support/visit.ts";

/** Runs for many minutes, one piece at a time. */
const endless =
  "select count(*) from range(100000) a, range(1000000) b where a.range * b.range % 7 = 3";
const typed =
  "auto_detect = false, header = true, columns = {'id': 'integer', 'amount': 'decimal(18,4)'}";

let at: Visit;

beforeAll(async () => {
  at = await visit({ root: harnessFolder, under: "/some/where/" });
  const started = await start(at.page);
  expect([started.code, started.message]).toEqual(["ok", "DuckDB 1.4.3"]);
  expect(started.shares.at(-1)).toBe(1);
  expect(started.shares.length).toBeGreaterThan(3);
});

afterAll(async () => {
  expect(at.errors).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
  await at.close();
});

describe("what arrives", () => {
  it.each([
    ["1::tinyint", "Int8", 1],
    ["1::smallint", "Int16", 1],
    ["1::integer", "Int32", 1],
    ["9007199254740993::bigint", "Int64", "9007199254740993n"],
    ["count(*)", "Int64", "1n"],
    ["18446744073709551615::ubigint", "Uint64", "18446744073709551615n"],
    ["12345678901234567890::hugeint", "Float64", Number("12345678901234567890")],
    ["sum(7::bigint)", "Float64", 7],
    ["30.01::decimal(18,4)", "Float64", 30.01],
    ["1.005::decimal(18,4)", "Float64", 1.005],
    ["-0.0001::decimal(18,4)", "Float64", -0.0001],
    ["avg(1.5::decimal(18,4))", "Float64", 1.5],
    ["0.1::double", "Float64", 0.1],
    ["1.5::float", "Float32", 1.5],
    ["true", "Bool", true],
    ["'é😀 中文'", "Utf8", "é😀 中文"],
    ["date '2024-02-29'", "Date32<DAY>", Date.UTC(2024, 1, 29)],
    ["date '1969-12-31'", "Date32<DAY>", -86400000],
    ["timestamp '2024-02-29 12:34:56.789012'", "Timestamp<MICROSECOND>", 1709210096789.012],
    ["'a'::enum('a', 'b')", "Dictionary<Uint8, Utf8>", "a"],
    ["[1, 2]", "List<Int32>", [1, 2]],
    ["null::decimal(18,4)", "Float64", null],
    ["null::bigint", "Int64", null],
    ["null::date", "Date32<DAY>", null],
    ["null::varchar", "Utf8", null],
    ["null::boolean", "Bool", null],
  ])("%s as %s", async (expression, type, value) => {
    const { types, rows } = await ask(at.page, `select ${expression} as v`);
    expect([types, rows]).toEqual([[`v: ${type}`], [{ v: value }]]);
  });

  it("keeps its types and the order of its rows over many batches", async () => {
    const { rows } = await ask(at.page, "select range as i from range(10000)");
    expect(rows).toEqual(Array.from({ length: 10000 }, (_, i) => ({ i: `${i}n` })));
    const { types } = await ask(at.page, "select 1.5::decimal(4,2) as d, 'x' as t where false");
    expect(types).toEqual(["d: Float64", "t: Utf8"]);
  });
});

it("keeps the words of ENUM columns, beside nulls and over batches", async () => {
  const words = "'a', 'it''s, ''x', '中文'";
  await ask(at.page, `create type kind as enum (${words})`);
  const kinds = `select [${words}, null][1 + i % 4]::kind as kind, i from range(5000) t(i)`;
  await ask(at.page, `create table kinds as ${kinds}`);
  const all = "select kind, i::integer as i, kind as again from kinds order by i -- by number";
  const expected = ["a", "it's, 'x", "中文", null];
  expect((await ask(at.page, all)).rows).toEqual(
    Array.from({ length: 5000 }, (_, i) => ({ kind: expected[i % 4], i, again: expected[i % 4] })),
  );
  const grouped = "with k as (from kinds) select kind, count(*) as n from k group by kind;";
  expect((await ask(at.page, grouped)).rows).toHaveLength(4);
  const short = await ask(at.page, "from kinds where kind = getvariable('kind') limit 1", {
    variables: { kind: "中文" },
  });
  expect(short.rows).toEqual([{ kind: "中文", i: "2n" }]);
  const nested = await ask(at.page, "select [kind] as kinds from kinds");
  expect([nested.code, nested.message]).toEqual(["query", expect.stringContaining("VARCHAR")]);
  await ask(at.page, "drop table kinds");
});

describe("variables", () => {
  it("are bound, whatever they hold, and gone afterwards", async () => {
    const hostile = `it's; drop table t; -- $1 "q" \\ \n 😀`;
    const read = "select getvariable('text') as text, getvariable('n') as n, getvariable('x') as x";
    const variables = { text: hostile, n: 3, x: null };
    const { rows } = await ask(at.page, read, { variables });
    expect(rows).toEqual([{ text: hostile, n: "3n", x: null }]);
    const after = await ask(at.page, read);
    expect(after.rows).toEqual([{ text: null, n: null, x: null }]);
  });

  it("keep their kinds: whole numbers BIGINT, others DOUBLE, flags BOOLEAN", async () => {
    const sql = `select ${["a", "b", "c"].map((v) => `typeof(getvariable('${v}')) as ${v}`).join(", ")}`;
    const { rows } = await ask(at.page, sql, { variables: { a: 12, b: 1.5, c: true } });
    expect(rows).toEqual([{ a: "BIGINT", b: "DOUBLE", c: "BOOLEAN" }]);
    const names = await ask(at.page, `select getvariable('a"; drop') as v`, {
      variables: { 'a"; drop': 1 },
    });
    expect(names.rows).toEqual([{ v: "1n" }]);
    const infinite = await ask(at.page, "select 1", { variables: { a: Infinity } });
    expect(infinite.code).toBe("query");
  });

  it("are gone after a failure too", async () => {
    const failed = await ask(at.page, "select nope", { variables: { left: "over" } });
    expect(failed.code).toBe("query");
    const { rows } = await ask(at.page, "select getvariable('left') as v");
    expect(rows).toEqual([{ v: null }]);
  });
});

describe("one failure and the next query", () => {
  it("names the failure and keeps the statement", async () => {
    const kept = await at.page.evaluate(() =>
      window.engine.query("select nope").catch((error: unknown) => ({
        ...(error as object),
        message: (error as Error).message,
      })),
    );
    expect(kept).toMatchObject({ code: "query", sql: "select nope", name: "EngineError" });
    const syntax = await ask(at.page, "select 1 from from");
    expect(syntax.message).toMatch(/Parser Error: syntax error/);
    const deep = await ask(at.page, `select ${"(".repeat(20000)}1${")".repeat(20000)}`);
    expect([deep.code, deep.message.slice(0, 25)]).toEqual(["query", "EngineError: Parser Error"]);
    expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
  });

  it("runs no second statement", async () => {
    const { code } = await ask(at.page, "create table t1 as select 1; create table t2 as select 2");
    expect(code).toBe("refused");
    expect((await ask(at.page, "select 1 from duckdb_tables()")).rows).toEqual([]);
  });

  it("cancels within a second, in the middle of anything", async () => {
    await ask(
      at.page,
      "create table big as select range as i, hash(range) as h from range(2000000)",
    );
    for (const sql of [endless, "create table sorted as select * from big order by h", endless]) {
      const { code, tookMs } = await ask(at.page, sql, { abortAfterMs: 200 });
      expect(code).toBe("cancelled");
      expect(tookMs).toBeLessThan(1200);
      expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
    }
    const left = await ask(at.page, "select table_name from duckdb_tables()");
    expect(left.rows).toEqual([{ table_name: "big" }]);
    await ask(at.page, "drop table big");
  });

  it("stops what runs too long", async () => {
    const { code, tookMs } = await ask(at.page, endless, { timeoutMs: 300 });
    expect(code).toBe("timeout");
    expect(tookMs).toBeLessThan(1300);
    expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
  });

  it("takes queries in turn, and an aborted one out of the queue at once", async () => {
    const log = await at.page.evaluate(async () => {
      const done: string[] = [];
      const run = (name: string, sql: string, signal?: AbortSignal) =>
        window.engine.query(sql, { signal }).then(
          () => done.push(name),
          (error: unknown) => done.push(`${name} ${(error as { code: string }).code}`),
        );
      const abort = new AbortController();
      const slow = "select count(*) from range(3000000) t(i) where i % 7 = 3";
      const all = [
        run("a", slow),
        run("b", "select nope"),
        run("c", "select 1", abort.signal),
        run("d", "select 2"),
        run("e", "select 3", AbortSignal.abort()),
      ];
      abort.abort();
      await Promise.all(all);
      return done;
    });
    expect(log.toSorted()).toEqual(["a", "b query", "c cancelled", "d", "e cancelled"]);
    expect(log.filter((name) => /^[abd]/.test(name))).toEqual(["a", "b query", "d"]);
    expect(log.indexOf("c cancelled")).toBeLessThan(log.indexOf("a"));
  });
});

describe("files", () => {
  const rows = Array.from({ length: 200000 }, (_, i) => `${i},${i / 100}\n`);

  it("are read from a blob of parts, in their order, with progress", async () => {
    const path = await register(at.page, "it's “x”\0 ../../nb2/中文.csv", ["id,amount\n", ...rows]);
    expect(path).toMatch(/^nb1\/f\d+\.csv$/);
    const made = await ask(at.page, `create table f as from read_csv('${path}', ${typed})`);
    expect(made.rows).toEqual([{ Count: "200000n" }]);
    expect(made.shares.length).toBeGreaterThan(1);
    expect(made.shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    const order = await ask(at.page, "select count(*) as n from f where id != rowid");
    expect(order.rows).toEqual([{ n: "0n" }]);
    const sum = await ask(at.page, "select sum(amount)::double as s from f");
    expect(sum.rows).toEqual([{ s: 199999000 }]);
  });

  it("are replaced by name, and gone when dropped, also after a cancelled import", async () => {
    const old = await register(at.page, "x.csv", ["id,amount\n1,1\n"]);
    const path = await register(at.page, "x.csv", ["id,amount\n", ...rows]);
    const fromOld = await ask(at.page, `select * from read_csv('${old}', ${typed})`);
    expect(fromOld.message).toMatch(/No files found/);
    const import2 = `create table f2 as select a.* from read_csv('${path}', ${typed}) a, range(1000)`;
    const { code, tookMs } = await ask(at.page, import2, { abortAfterMs: 250 });
    expect(code).toBe("cancelled");
    expect(tookMs).toBeLessThan(1250);
    await at.page.evaluate(() => window.engine.dropFile("x.csv"));
    const gone = await ask(at.page, `select * from read_csv('${path}', ${typed})`);
    expect([gone.code, gone.message]).toEqual(["query", expect.stringMatching(/No files found/)]);
    const left = await ask(at.page, "select table_name from duckdb_tables() order by all");
    expect(left.rows).toEqual([{ table_name: "f" }]);
  });

  it("are read from a File handle; one that changed on disk since is refused, not half read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "perennial-"));
    const file = join(folder, "orders.csv");
    await writeFile(file, "id,amount\n1,2.50\n");
    await at.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement("input"), { type: "file" }));
    });
    await at.page.setInputFiles("input", file);
    const path = await at.page.evaluate(() => {
      const chosen = document.querySelector("input")?.files?.[0];
      return window.engine.registerFile("chosen", chosen as File);
    });
    const read = `select id, amount from read_csv('${path}', ${typed})`;
    expect((await ask(at.page, read)).rows).toEqual([{ id: 1, amount: 2.5 }]);
    await appendFile(file, "2,3.50\n");
    const changed = await ask(at.page, read);
    expect(changed.code).toBe("query");
    expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
    await at.page.evaluate(() => window.engine.dropFile("chosen"));
    await rm(folder, { recursive: true });
  });
});

it("keeps the plan of what is repeated, and sees other rows, another table and none", async () => {
  const sql =
    "select sum(x)::integer as total, max(getvariable('plus'))::integer as plus from planned";
  const total = () => ask(at.page, sql, { parameters: [], variables: { plus: 5 } });
  await ask(at.page, "create table planned as select range as x from range(4)");
  expect((await total()).rows).toEqual([{ total: 6, plus: 5 }]);
  await ask(at.page, "update planned set x = x + 1");
  expect((await total()).rows).toEqual([{ total: 10, plus: 5 }]);
  await ask(at.page, "create or replace table planned as select 7::bigint as x, 'a' as other");
  expect((await total()).rows).toEqual([{ total: 7, plus: 5 }]);
  await ask(at.page, "drop table planned");
  expect((await total()).code).toBe("query");
  await ask(at.page, "create table planned as select 2 as x");
  expect((await total()).rows).toEqual([{ total: 2, plus: 5 }]);
  for (let i = 0; i < 30; ++i) {
    const parameters = [`2024-01-${i + 1}`];
    const sql = `select ${i} as i, x, $1::date as day from planned`;
    const { rows } = await ask(at.page, sql, { parameters });
    expect(rows).toEqual([{ i, x: 2, day: Date.UTC(2024, 0, i + 1) }]);
  }
  expect((await total()).rows).toEqual([{ total: 2, plus: 5 }]);
  // a plan that is kept has the variables that it was made with; other tables coming makes it anew, once
  const plus = (value: number) => ask(at.page, sql, { parameters: [], variables: { plus: value } });
  expect((await plus(6)).rows).toEqual([{ total: 2, plus: 5 }]);
  await ask(at.page, "create table other as select 1 as x");
  expect((await plus(7)).rows).toEqual([{ total: 2, plus: 7 }]);
  expect((await plus(8)).rows).toEqual([{ total: 2, plus: 7 }]);
  await ask(at.page, "drop table other");
  await ask(at.page, "drop table planned");
});

it("writes a result as CSV", async () => {
  const text = await at.page.evaluate(async () => {
    const table = await window.engine.query("select date '2024-02-29' as day, '=1+1' as t");
    return (await window.harness.toCsv(table, { mark: false })).text();
  });
  expect(text).toBe(`day,t\r\n2024-02-29,"'=1+1"\r\n`);
});

it("starts afresh with nothing left, and lets go of whoever waits", async () => {
  const codes = await at.page.evaluate(async (sql) => {
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const pending = [window.engine.query(sql), window.engine.query("select 1")];
    await new Promise((resolve) => setTimeout(resolve, 100));
    const restarted = window.engine.restart();
    const again = window.engine.restart();
    const queued = window.engine.query("select 1").then(() => "ok", codeOf);
    const first = await Promise.all(pending.map((promise) => promise.then(() => "ok", codeOf)));
    await Promise.all([restarted, again]);
    return [...first, await queued];
  }, endless);
  expect(codes).toEqual(["cancelled", "cancelled", "ok"]);
  expect((await ask(at.page, "select 1 from duckdb_tables()")).rows).toEqual([]);
  const locked = await ask(at.page, "select * from read_csv('nb2/x.csv')");
  expect(locked.code).toBe("refused");
});

it("makes tables compressed from the call that asks for it until one that does not", async () => {
  const make = `create table t as
    select i, 'c' || (i % 100000) as c, date '2024-01-01' + (i % 700)::integer as d from range(1000000) t(i)`;
  const measure = "select sum(memory_usage_bytes)::double as bytes from duckdb_memory()";
  const bytes: number[] = [];
  for (const compress of [true, false]) {
    await at.page.evaluate((on) => window.engine.setCompression(on), compress);
    expect((await ask(at.page, make)).code).toBe("ok");
    bytes.push(Number((await ask(at.page, measure)).rows[0]?.["bytes"]));
    expect((await ask(at.page, "select count(*) as n from t")).rows).toEqual([{ n: "1000000n" }]);
    if (compress) await ask(at.page, "drop table t");
  }
  expect((bytes[1] ?? 0) / (bytes[0] ?? 0)).toBeGreaterThan(3);
  expect((await ask(at.page, "create table compressed.c as from t")).code).toBe("ok");
  const both = await ask(at.page, "select database_name as d from duckdb_tables() order by d");
  expect(both.rows).toEqual([{ d: "compressed" }, { d: "memory" }]);
  const heap = await at.page.evaluate(() => window.engine.measureHeapBytes());
  expect(heap).toBeGreaterThan(16_000_000);
});

it("works on without a network, restart and all", async () => {
  const before = at.site.requests.length;
  await at.page.context().setOffline(true);
  await at.page.evaluate(() => window.engine.restart());
  expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
  await at.page.context().setOffline(false);
  expect(at.site.requests.slice(before)).toEqual([]);
});

it("refuses everything once closed", async () => {
  await at.page.evaluate(() => window.engine.close());
  const { code, message } = await ask(at.page, "select 1");
  expect([code, message]).toEqual(["worker-died", "EngineError: the engine is closed"]);
});
