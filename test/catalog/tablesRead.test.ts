import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tablesRead } from "../../src/catalog/tablesRead.ts";
import { readQueries } from "../queries/readQueries.ts";

it.each([
  ["after from and join", "select * from a join b using (id) left join c on b.x = c.x", "a b c"],
  ["in a list", "select * from a, b as x, c y, d", "a b c d"],
  [
    "in a list after a join",
    "select * from a join b on a.i = b.i, c join d using (i), e",
    "a b c d e",
  ],
  ["in brackets of joins", "select * from (a join (b cross join c) on true), d", "a b c d"],
  ["without select", "from a", "a"],
  ["from first", "from a select x, y where x in (from b)", "a b"],
  ["as a statement", "table a", "a"],
  ["described", "describe a", "a"],
  ["pivoted", "pivot a on x using sum(y)", "a"],
  ["pivoted inside of from", "select * from (pivot a on x using sum(y))", "a"],
  ["in subqueries", "select (select max(x) from a) from b where exists (select 1 from c)", "a b c"],
  ["in unions", "select 1 from a union all (select 2 from b) except table c", "a b c"],
  ["behind lateral", "select * from a, lateral (select a.x from b) t, c", "a b c"],
  ["with an alias in front", "from x: a join y: b using (i)", "a b"],
  [
    "in every kind of join",
    "from a asof join b using (t) semi join c using (i) positional join d",
    "a b c d",
  ],
  ["only once, in any case", 'select * from A, "a", (from a)', "a"],
  ["quoted", 'select * from "Cohort-Retention", "a ""b"""', 'cohort-retention|a "b"'],
  ["in Chinese", "select * from 周报 as 甲, 订单", "周报 订单"],
  ["behind comments", "select * -- from x\nfrom /* from y */ a, -- z\n b", "a b"],
])("names tables %s", (_, sql, expected) => {
  expect(tablesRead(sql)).toEqual(expected.split(expected.includes("|") ? "|" : " "));
});

it.each([
  ["a column", "select a, x.a from t where a > 1 group by a order by a, b"],
  ["a column in a list of columns", "select 1 as a, b, c from t order by a, b"],
  ["a column of another name", "select t.a as b, c from t"],
  ["an alias", "select a.x from t as a, t b where b.y = a.y"],
  ["columns of an alias", "select * from t as x(a, b)"],
  ["a function", "select a(x) from t, unnest([1]) as b where c(1, a)"],
  ["a function of tables", "select b.* from t, range(3) b, generate_series(1, 2) as a(c)"],
  ["what stands in a text", "select 'select * from a', $$ from b $$, e'\\' from c' from t"],
  ["what stands in a comment", "select 1 /* from a /* join b */ */ from t -- join c"],
  [
    "the from of a function",
    "select extract(year from a), trim(both from b), substring(c from 2) from t",
  ],
  ["what is told apart", "select x is distinct from a, x is not distinct from b from t"],
  ["a table of a schema", "select * from main.a, cells.b, t"],
  [
    "a setting of a window",
    "select sum(x) over (partition by a order by b) from t window c as (order by a)",
  ],
  ["what joins", "select * from t join t as x using (a, b, c)"],
  ["a table's own column", "select * from t, unnest(t.a) as b, (values (1)) as c"],
  ["a list of values", "select * from t where x in (a, b, c)"],
])("takes no table for %s", (_, sql) => {
  expect(tablesRead(sql)).toEqual(["t"]);
});

describe("of statements with their own tables", () => {
  it.each([
    [
      "leaves its clauses out",
      "with a as (select 1), b as (select * from a) select * from a, b, t",
      "t",
    ],
    ["in any case", 'with "A" as (select 1) select * from a, t', "t"],
    [
      "with columns and hints",
      "with a(x) as not materialized (select 1 from t), b (y) as materialized (from a) from b",
      "t",
    ],
    [
      "a clause that narrows a table of its name",
      "with a as (select * from a where x) select * from a",
      "a",
    ],
    [
      "a clause before the one of its name",
      "with b as (from a), a as (select 1) select * from a, b",
      "a",
    ],
    [
      "a clause that comes back to itself",
      "with recursive a as (select 1 union all select x from a) from a, t",
      "t",
    ],
    [
      "a clause of a subquery, outside of it",
      "select (with a as (select 1) select * from a) from a",
      "a",
    ],
    [
      "a clause outside, in a subquery",
      "with a as (select 1) select (select 1 from a), (from t)",
      "t",
    ],
    [
      "clauses of clauses",
      "with a as (with b as (from t) select * from b) select * from a, b",
      "t b",
    ],
    ["times with time zone", "select x::timestamp with time zone as a from t", "t"],
    ["ordinality", "select * from t, unnest(x) with ordinality as a(b, c)", "t"],
  ])("%s", (_, sql, expected) => {
    expect(tablesRead(sql)).toEqual(expected.split(" "));
  });
});

it.each(readQueries("analyses").map((query) => [query.id, query.sql] as const))(
  "reads of %s tables alone, and none of its own clauses",
  (_, sql) => {
    const read = tablesRead(sql);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((name) => !tables.has(name))).toEqual([]);
  },
);

const tables = new Set([
  ...readQueries("canonical").map(({ id }) => id),
  ...readQueries("marts").map(({ id }) => id),
  ..."rejects reconciliation_steps import_files file_notes contact_matches dataset".split(" "),
]);

it("fails on no text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (sql) => {
      expect(Array.isArray(tablesRead(sql))).toBe(true);
    }),
  );
  const parts =
    "with recursive select from a b ( ) , as join table union '' \" . ; : /* */ --".split(" ");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), (words) => {
      expect(Array.isArray(tablesRead(words.join(" ")))).toBe(true);
    }),
  );
});
