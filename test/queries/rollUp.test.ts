import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterQuery } from "../../src/catalog/filterQuery.ts";
import { rollUp } from "../../src/catalog/rollUp.ts";
import { tablesOf } from "../../src/catalog/tablesOf.ts";
import { tablesRead } from "../../src/catalog/tablesRead.ts";
import { wholePeriods } from "../../src/session/wholePeriods.ts";
import { bothEngines } from "./bothEngines.ts";
import { readQueries, readQuery } from "./readQueries.ts";
import type { Runner, Value } from "./runner.ts";
import { buildSeededShop } from "./seededShop.ts";

// What is computed from the sums by day is what the whole query says of the customers of those days.

const filter = readQuery("filters", "segment");
const rolled = readQueries("analyses").filter(({ rollup }) => rollup);
const everybody = Object.fromEntries(filter.params.map(({ name }) => [name, null]));
const narrowing = [...tablesOf(filter).matchAll(/^(\w+) as \($/gm)].map(([, name]) => name!);

/** days of the first order: parts of months, whole months, whole weeks, open at either end, one day, nobody, everybody */
const ranges: [string | null, string | null][] = [
  ["2024-02-11", "2024-06-17"],
  ["2024-02-01", "2024-05-31"],
  ["2024-03-04", "2024-04-21"],
  [null, "2024-04-30"],
  ["2024-08-05", null],
  ["2024-05-14", "2024-05-14"],
  ["2031-01-01", "2031-12-31"],
  [null, null],
];

const grains = ["day", "week", "month", "quarter", "year"];
const periods: Record<string, Value>[] = [
  { grain: "day" },
  { grain: "week", clock: "rolling" },
  { grain: "month" },
  { grain: "month", clock: "rolling" },
];
/** the last of each is for the customers of one channel */
const settings: Record<string, Record<string, Value>[]> = {
  "cohort-retention": [
    ...grains.map((grain) => ({ grain })),
    ...periods.slice(1),
    { skip_cohorts: 1, min_size: 3 },
    { as_of: "2024-07-09" },
  ],
  "cohort-revenue": [...periods, { from: "2024-03-01", to: "2024-05-31" }, { as_of: "2024-07-09" }],
  "retention-curve": [...periods, { by: "channel", min_size: 20 }, { as_of: "2024-07-09" }],
  "repeat-rate": ["day", "week", "all", "month"].map((grain) => ({ grain, n_days: 45 })),
  "repurchase-curve": [
    {},
    { nth: 3, by: "channel", min_size: 20 },
    { same_day: "separate" },
    { as_of: "2024-07-09", by: "product", segments: 2 },
  ],
  "order-frequency": [{}, { months: 3 }, { basis: "days", as_of: "2024-07-09" }],
  "value-compounding": [...periods, { as_of: "2024-07-09", less_cac: "on" }],
};

it("has settings for every analysis that is rolled up", () => {
  expect(rolled.map(({ id }) => id).toSorted()).toEqual(Object.keys(settings).toSorted());
});

it.each(rolled.map((query) => [query.id, query] as const))(
  "%s: reads no customers beside its sums",
  (_id, query) => {
    const read = tablesRead(rollUp(query)!.result("kept", "chosen_days"));
    expect(read).toEqual(expect.arrayContaining(["kept", "chosen_days"]));
    expect(read.filter((table) => narrowing.includes(table))).toEqual([]);
  },
);

describe.each(bothEngines)("%s", (name, openRunner) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await openRunner();
    await buildSeededShop(runner);
  });
  afterAll(() => runner.close());

  // the same SQL on both engines: there one stands for all
  const cases = Object.entries(settings).flatMap(([id, list]) =>
    list.slice(name === "wasm" ? -1 : 0).map((params) => [id, params] as const),
  );

  it.each(cases)("%s %o: the sums by day give the figures of the whole", async (id, params) => {
    const query = rolled.find((one) => one.id === id)!;
    const unset = Object.fromEntries(query.params.map((param) => [param.name, null]));
    const isLast = settings[id]!.at(-1) === params;
    const segment: Record<string, Value> = isLast ? { filter_channel: "\u001Fads\u001F" } : {};
    const variables = { ...everybody, ...unset, ...params, ...segment };
    const { sums, coarser, result } = rollUp(query)!;
    await runner.read(keep("kept", filterQuery({ ...query, sql: sums }, filter)), variables);
    for (const grain of ["week", "month"] as const)
      await runner.run(keep(`kept_by_${grain}`, coarser("kept", grain)));
    const seen = new Set<string>();
    for (const [from, until] of ranges) {
      const days = { ...variables, filter_first_from: from, filter_first_until: until };
      const whole = await runner.read(filterQuery(query, filter), days);
      const [first, last] = [from ?? "0001-01-01", until ?? "9999-12-31"];
      await runner.run(
        `create or replace table chosen_days as select date '${first}' as first_from, date '${last}' as first_until`,
      );
      const grain = wholePeriods(first, last);
      for (const kept of grain === "day" ? ["kept"] : ["kept", `kept_by_${grain}`]) {
        const narrowed = await runner.read(result(kept, "chosen_days"), variables);
        expect([from, until, kept, narrowed]).toEqual([from, until, kept, whole]);
      }
      seen.add(JSON.stringify(whole.rows));
    }
    expect(seen.size).toBeGreaterThan(3);
  });
});

function keep(name: string, sql: string): string {
  return `create or replace table ${name} as\n${sql}`;
}
