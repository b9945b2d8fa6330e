import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renameTable, writeName } from "../../src/catalog/renameTable.ts";
import { tablesRead } from "../../src/catalog/tablesRead.ts";
import { openNative } from "../queries/openNative.ts";
import type { Runner } from "../queries/runner.ts";

it.each([
  ["select * from old", "select * from fresh"],
  [
    "select * from OLD o join old as p using (x)",
    "select * from fresh o join fresh as p using (x)",
  ],
  [
    'select "old".x, old.x from "old" where old.x > 1',
    "select fresh.x, fresh.x from fresh where fresh.x > 1",
  ],
  ["from old limit 1", "from fresh limit 1"],
  ["from o: old select o.x", "from o: fresh select o.x"],
  ["table old", "table fresh"],
  ["select x as old from old", "select x as old from fresh as old"],
  ["select old from old -- old", "select old from fresh as old -- old"],
  ["select 'old', t.old from old t, main.old", "select 'old', t.old from fresh t, main.old"],
  [
    "with old as (select * from old) select * from old",
    "with old as (select * from fresh as old) select * from old",
  ],
  ["select fresh.x from old, fresh", "select fresh.x from fresh as old, fresh"],
  ["with c as (select 1) select * from c", "with c as (select 1) select * from c"],
])("%s", (sql, expected) => {
  expect(renameTable(sql, "old", "fresh")).toBe(expected);
});

it("writes a name in quotes where it is a word of the language", () => {
  expect(renameTable("select * from old", "old", "Order")).toBe('select * from "Order"');
  expect(["周报", "a b", "values", "top_10", 'a"b'].map(writeName)).toEqual([
    "周报",
    '"a b"',
    '"values"',
    "top_10",
    '"a""b"',
  ]);
});

it("refuses a name that a table of the statement's own would hide", () => {
  const sql = "with fresh as (select 1 as x) select * from old cross join fresh";
  expect(() => renameTable(sql, "old", "Fresh")).toThrow(RangeError);
});

describe("on the engine", () => {
  let engine: Runner;
  beforeAll(async () => {
    engine = await openNative();
    await engine.run("create table old as select range as x, range % 3 as y from range(9)");
    await engine.run("create table other as select range as x, range % 2 as old from range(4)");
  });
  afterAll(() => engine.close());

  const name = fc.constantFrom("old", "OLD", '"old"', '"Old"');
  const source = fc.oneof(
    name,
    name.map((text) => `${text} as a`),
    name.map((text) => `${text} a`),
    fc.constantFrom("other", "other as old", "(select 7 as x, 8 as old) as t"),
    name.map((text) => `(select * from ${text} where x > 2) as b`),
  );
  const column = fc.constantFrom("*", "count(*) as n", "'from old' as t", "1 as old");
  const statement = fc
    .tuple(source, fc.option(source), column, fc.boolean(), name, fc.constantFrom("", " limit 3"))
    .map(([one, two, what, isWith, text, end]) => {
      const from = two === null ? one : `${one}, lateral (select max(x) as m from ${two}) as l`;
      const table = isWith ? `with c as (select x from ${text}) ` : "";
      const extra = isWith ? " cross join (select min(c.x) as c from c) as d" : "";
      return `${table}select ${what} from ${from}${extra} order by all${end} -- old`;
    });
  // `old` is the table in these as well
  const qualified = name.map(
    (text) => `select ${text}.x, old.y from ${text} where old.x in (select x from old)`,
  );

  it("gives the rows that it gave, by whichever name, and reads the old one no more", async () => {
    const names = fc.constantFrom("fresh", "Order", "select", "周报", "a", "c", "x", "t", "values");
    await fc.assert(
      fc.asyncProperty(fc.oneof(statement, qualified), names, async (sql, to) => {
        const before = await engine.read(sql).catch(() => undefined);
        fc.pre(before !== undefined);
        let renamed: string;
        try {
          renamed = renameTable(sql, "old", to);
        } catch {
          expect(sql).toContain("with c as");
          expect(to).toBe("c");
          return;
        }
        expect(tablesRead(renamed)).not.toContain("old");
        await engine.run("alter table old rename to hidden");
        await engine.run(`create view ${writeName(to)} as select * from hidden`);
        try {
          expect(await engine.read(renamed)).toEqual(before);
        } finally {
          await engine.run(`drop view ${writeName(to)}`);
          await engine.run("alter table hidden rename to old");
        }
      }),
      { numRuns: 150 },
    );
  });
});
