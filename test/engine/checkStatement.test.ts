import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { checkStatement } from "../../src/engine/checkStatement.ts";
import { EngineError } from "../../src/engine/engine.ts";
import { openWasm } from "./openWasm.ts";

let check: (sql: string) => void;

beforeAll(async () => {
  const db = await openWasm();
  check = (sql) => checkStatement(sql, db.tokenize(sql));
});

describe("one statement", () => {
  it.each([
    "select 1",
    "select 1;",
    ";; select 1 ; ; -- ; select 2",
    "select ';' /* ; select 2 */ as \";\"",
    "select $$ ; select 2 $$, $a$ ; $$ ; $a$",
    "select 'it''s ; fine'",
    "select e'\\' ; select 2'",
    "select 'é；😀;'",
    "with a as (select 1) from a",
    "create table t as select 'use memory'",
    '/* use */ select 1 as "set"',
    "checkpoint",
  ])("lets through: %s", (sql) => {
    expect(() => check(sql)).not.toThrow();
  });

  it.each([
    "select 1; select 2",
    "select 'a'; drop table orders",
    "select 1;;/* x */ select 2",
    "select $$ a $$; select 2",
    "select 'é'; select 2",
    'select 1 as "a""; b"; select 2',
  ])("refuses several: %s", (sql) => {
    expect(codeOf(() => check(sql))).toBe("refused");
  });

  it.each(["", "  ", ";", "-- nothing", "/* ; */ ;"])("refuses an empty one: %j", (sql) => {
    expect(codeOf(() => check(sql))).toBe("refused");
  });

  it.each([
    "USE memory",
    "/* x */ use memory",
    "begin",
    "Begin Transaction",
    "set variable x = 1",
    "reset variable x",
    "pragma enable_profiling",
    "attach 'nb1/x.db'",
    "load json",
    ";install json",
    "prepare p as select 1",
    "-- x\nset threads = 1",
  ])("refuses what would change the connection: %s", (sql) => {
    expect(codeOf(() => check(sql))).toBe("refused");
  });
});

it("counts statements as native DuckDB does, on random pieces of SQL", async () => {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const literals = [
    "';'",
    "'it''s;'",
    "$$;$$",
    "$a$;$$;'$a$",
    "e'\\';'",
    '1 as ";"',
    '1 as "a"";"',
    "'é；;'",
    "/* ; ' */ 1",
    "/* /* ; */ ' */ 1",
    "-- ;'\n 1",
    "1 -- ; '\r\n",
    "'\\'",
    "'a' ';'",
  ];
  const gaps = [";", " ; ", ";;", "/* ; */", "-- ;\n", "||", ",", "\u00a0;", "'", "$$", "\\", "\n"];
  const text = fc
    .array(fc.tuple(fc.constantFrom(...literals), fc.constantFrom(...gaps)), { maxLength: 5 })
    .chain((parts) =>
      fc.boolean().map((again) => {
        const lead = again ? "select " : "";
        return `select 0, ${parts.map(([literal, gap]) => `${literal} ${gap} ${lead}`).join("")} 1`;
      }),
    );
  const seen = { one: 0, several: 0 };
  await fc.assert(
    fc.asyncProperty(text, async (sql) => {
      const count = await connection.extractStatements(sql).then(
        (statements) => statements.count,
        () => undefined, // no SQL at all: the engine refuses the whole text
      );
      if (count === undefined) return;
      seen[count === 1 ? "one" : "several"] += 1;
      expect(codeOf(() => check(sql))).toBe(count === 1 ? undefined : "refused");
    }),
    { numRuns: 6000, seed: 20240229 },
  );
  expect(Math.min(seen.one, seen.several)).toBeGreaterThan(200);
});

function codeOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
}
