import { afterAll, beforeAll, expect, it } from "vitest";
import { parseQuery } from "../../src/catalog/parseQuery.ts";
import { toScript } from "../../src/catalog/toScript.ts";
import { buildShop, toSelect } from "../queries/buildShop.ts";
import { openNative } from "../queries/openNative.ts";
import { readQueries } from "../queries/readQueries.ts";
import type { Runner, Value } from "../queries/runner.ts";
import { seededShop } from "../queries/seededShop.ts";

const query = parseQuery(
  "queries/analyses/a.sql",
  `-- title: A
-- needs: orders
with
params as (
  select
    coalesce(getvariable('name'), 'it''s (one), or two')::varchar as name,
    coalesce(getvariable('n'), 2)::integer as n,
    getvariable('from')::date as from_date
)

select * from params;
`,
);

it("writes the fallbacks where nothing is set", () => {
  expect(toScript(query)).toBe(`-- A
-- reads: orders

with
params as (
  select
    'it''s (one), or two'::varchar as name,
    2::integer as n,
    null::date as from_date
)

select * from params;
`);
});

it("writes what is set as literals", () => {
  const script = toScript(query, { name: "O'Neil", n: -3, from: "2024-01-01" });
  expect(script).toContain("'O''Neil'::varchar as name");
  expect(script).toContain("(-3)::integer as n");
  expect(script).toContain("'2024-01-01'::date as from_date");
});

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
  const { orders, costs } = seededShop(60);
  await buildShop(runner, toSelect(orders), costs);
});
afterAll(() => runner.close());

it.each(readQueries("analyses").map((one) => [one.id, one] as const))(
  "%s gives the same rows as a script",
  async (_id, one) => {
    const unset = Object.fromEntries(one.params.map(({ name }) => [name, null]));
    const chosen: Record<string, Value> = { ...unset };
    for (const { name, choices, type } of one.params) {
      if (choices.length) chosen[name] = choices.at(-1)!;
      else if (type === "integer") chosen[name] = 2;
      else if (name === "as_of") chosen[name] = "2024-03-03";
    }
    for (const values of [unset, chosen]) {
      const bound = await runner.read(one.sql, values);
      const script = toScript(one, values);
      expect(script).not.toContain("getvariable");
      expect(await runner.read(script)).toEqual(bound);
    }
  },
);
