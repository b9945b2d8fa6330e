import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drillQuery } from "../../src/catalog/drillQuery.ts";
import { filterQuery } from "../../src/catalog/filterQuery.ts";
import { openNative } from "./openNative.ts";
import { readQueries, readQuery } from "./readQueries.ts";
import { byName, type Runner, type Value } from "./runner.ts";
import { buildSeededShop } from "./seededShop.ts";

// The list behind a figure has as many customers as the figure says, each once.

const drills = readQueries("analyses").filter(({ drill }) => drill);
const list = readQuery("filters", "drilled");
const segment = readQuery("filters", "segment");

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
  await buildSeededShop(runner);
});
afterAll(() => runner.close());

async function read(sql: string, variables: Record<string, Value>) {
  return byName(await runner.read(sql, variables));
}

it("is there for the figures that count customers", () => {
  expect(drills.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["cohort-retention", "growth-accounting", "rfm-segments"]),
  );
});

describe.each(drills.map((query) => [query.id, query] as const))("%s", (_id, query) => {
  const unset = Object.fromEntries(query.params.map(({ name }) => [name, null]));
  const choices = query.params.flatMap(({ name, choices: options, default: fallback }) =>
    options.filter((choice) => choice !== fallback).map((choice) => ({ [name]: choice })),
  );
  const most = Math.ceil(choices.length / 3);
  const settings: Record<string, Value>[] = [
    {},
    { as_of: "2024-01-20" },
    ...choices.filter((_, i) => i % most === 0),
  ];

  it.each(settings.map((setting) => [JSON.stringify(setting), setting] as const))(
    "lists whom each row counts under %s",
    async (_label, setting) => {
      const variables = { ...unset, ...setting };
      const rows = await read(query.sql, variables);
      expect(rows.length).toBeGreaterThan(0);
      const every = Math.ceil(rows.length / 4);
      for (const row of rows.filter((_, i) => i % every === 0)) {
        const { sql, variables: own } = drillQuery(query, list, row);
        const customers = await read(sql, { ...variables, ...own });
        expect([row, customers.length]).toEqual([row, row[query.drill!.count]]);
        expect(new Set(customers.map(({ customer_id: id }) => id)).size).toBe(customers.length);
        expect(Object.keys(customers[0] ?? {})).toEqual(
          customers.length > 0 ? list.columns.map(({ name }) => name) : [],
        );
      }
    },
  );

  it.runIf(!query.isWholeShop)(
    "lists those of one segment where the notebook is narrowed",
    async () => {
      // a segment is small: whatever it has is to be shown
      const least = query.params.filter(({ name }) => name === "min_size" || name === "min_bought");
      const all = Object.fromEntries(least.map(({ name }) => [name, 1]));
      const narrowed = { ...unset, ...all, filter_channel: "\u001Fads\u001F" };
      const rows = await read(filterQuery(query, segment), narrowed);
      for (const row of rows.slice(0, 5)) {
        const { sql, variables: own } = drillQuery(query, list, row);
        const customers = await read(filterQuery({ ...query, sql }, segment), {
          ...narrowed,
          ...own,
        });
        expect([row, customers.length]).toEqual([row, row[query.drill!.count]]);
        expect(new Set(customers.map(({ channel }) => channel))).toEqual(
          new Set(customers.length > 0 ? ["ads"] : []),
        );
      }
      expect(rows.length).toBeGreaterThan(0);
    },
  );
});

it("refuses a figure that counts no customers", () => {
  expect(() => drillQuery(readQuery("analyses", "overview"), list, {})).toThrow(
    "no customers behind a row of: overview",
  );
});
