import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterQuery } from "../../src/catalog/filterQuery.ts";
import { rollUp } from "../../src/catalog/rollUp.ts";
import { tablesOf } from "../../src/catalog/tablesOf.ts";
import { tablesRead } from "../../src/catalog/tablesRead.ts";
import { buildShop, toSelect } from "./buildShop.ts";
import { openNative } from "./openNative.ts";
import { openWasm } from "./openWasm.ts";
import { readQueries, readQuery } from "./readQueries.ts";
import type { Answer, Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// What is computed from the sums by day is what the whole query says of the customers of those days.

const filter = readQuery("filters", "segment");
const rolled = readQueries("analyses").filter(({ rollup }) => rollup);
const everybody = Object.fromEntries(filter.params.map(({ name }) => [name, null]));
const narrowing = [...tablesOf(filter).matchAll(/^(\w+) as \($/gm)].map(([, name]) => name!);

/** days of the first order: parts of months, open at either end, one day, nobody, everybody */
const ranges: [string | null, string | null][] = [
  ["2024-02-11", "2024-06-17"],
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
    const read = tablesRead(rollUp(query, { kept: "kept", days: "chosen_days" })!.result);
    expect(read).toEqual(expect.arrayContaining(["kept", "chosen_days"]));
    expect(read.filter((table) => narrowing.includes(table))).toEqual([]);
  },
);

describe.each([
  ["native", openNative],
  ["wasm", openWasm],
] as const)("%s", (name, openRunner) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await openRunner();
    const { orders, costs, beside } = seededShop();
    await buildShop(runner, toSelect(orders), costs, beside);
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
    const { sums, result } = rollUp(query, { kept: "kept", days: "chosen_days" })!;
    await keep(filterQuery({ ...query, sql: sums }, filter), variables);
    const seen = new Set<string>();
    for (const [from, until] of ranges) {
      const days = { ...variables, filter_first_from: from, filter_first_until: until };
      const whole = await runner.read(filterQuery(query, filter), days);
      await runner.run(
        `create or replace table chosen_days as select ${day(from)} as first_from, ${day(until)} as first_until`,
      );
      const narrowed = await runner.read(result, variables);
      expect([from, until, narrowed]).toEqual([from, until, whole]);
      seen.add(JSON.stringify(whole.rows));
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  /** the engine takes variables with what it reads */
  async function keep(sql: string, variables: Record<string, Value>): Promise<Answer> {
    return runner.read(`create or replace table kept as\n${sql}`, variables);
  }
});

function day(iso: string | null): string {
  return iso === null ? "null::date" : `date '${iso}'`;
}
