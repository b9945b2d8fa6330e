import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drillQuery } from "../../src/catalog/drillQuery.ts";
import { filterQuery } from "../../src/catalog/filterQuery.ts";
import { bothEngines } from "./bothEngines.ts";
import { readQueries, readQuery } from "./readQueries.ts";
import { byName, type Runner, type Value } from "./runner.ts";
import { buildSeededShop } from "./seededShop.ts";

// Every customer is in one segment: what is counted or summed over the segments is the whole.

const filter = readQuery("filters", "segment");
const marked = readQuery("filters", "marked");
const attributes = filter.params.find(({ name }) => name === "filter_by")!.choices;
const narrowed = readQueries("analyses").filter(({ isWholeShop }) => !isWholeShop);

/** What adds up: columns by the columns that name a row, under params that do not look at the data. */
const additive: Record<string, { keys: string; sums: string; params?: Record<string, Value> }> = {
  overview: { keys: "", sums: "orders customers revenue repeat_customers" },
  "growth-accounting": { keys: "period", sums: "new retained resurrected churned active" },
  "revenue-growth": {
    keys: "period",
    sums: "new_revenue repeat_revenue revenue new_customers unidentified_revenue",
  },
  "revenue-tree": { keys: "period", sums: "buyers orders revenue unidentified_revenue" },
  "cohort-retention": { keys: "cohort k", sums: "customers active" },
  "cohort-revenue": { keys: "cohort k", sums: "customers revenue cumulative_revenue" },
  "retention-curve": { keys: "definition k", sums: "at_risk retained" },
  "repurchase-curve": { keys: "days", sums: "events" },
  "repeat-rate": { keys: "period variant", sums: "numerator denominator" },
  "order-frequency": { keys: "orders", sums: "customers revenue" },
  "purchase-intervals": { keys: "nth", sums: "customers" },
  "clv-historic": { keys: "customer_id", sums: "orders revenue margin_value" },
  "domain-growth": { keys: "period domain", sums: "orders customers revenue" },
  "touch-response": { keys: "channel", sums: "touches responses" },
  "dormant-wakeup": {
    keys: "month",
    sums: "dormant touched woken_touched woken_untouched",
    params: { dormant_days: 90 },
  },
  "returns-trust": { keys: "group", sums: "customers repeaters" },
  "promotion-dependence": {
    keys: "period",
    sums: "orders discounted_orders new_customers promo_acquired promo_repeaters after_promo_bought",
  },
};

const everybody = Object.fromEntries(filter.params.map(({ name }) => [name, null]));

/** the variables of a filter: values of one attribute */
function chosen(by: string, ...values: Value[]): Record<string, Value> {
  return { [`filter_${by}`]: values.map((value) => `\u001F${String(value)}\u001F`).join("") };
}

describe.each(bothEngines)("%s", (name, openRunner) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await openRunner();
    await buildSeededShop(runner);
  });
  afterAll(() => runner.close());

  type Rows = Record<string, Value>[];

  async function read(sql: string, variables: Record<string, Value>): Promise<Rows> {
    return byName(await runner.read(sql, { ...everybody, ...variables }));
  }

  function segmentsBy(by: string): Promise<Rows> {
    return read(filter.sql, { filter_by: by });
  }

  it("lists the segments of every attribute, and each is a partition of the customers", async () => {
    const whole = await read(
      "select count(*) as orders, count(distinct customer_key) as customers, sum(net)::double as revenue from orders",
      {},
    );
    for (const by of attributes) {
      const segments = await segmentsBy(by);
      expect(new Set(segments.map(({ value }) => value)).size).toBe(segments.length);
      for (const name of ["orders", "customers", "revenue"]) {
        expect([by, name, sumOf(segments, name)]).toEqual([by, name, whole[0]![name]]);
      }
    }
  });

  it("leaves out what tells of people who are no customers, or of who brought whom", () => {
    const whole = readQueries("analyses").filter(({ isWholeShop }) => isWholeShop);
    const strangers = /\b(reconciliation_steps|rejects|costs|contacts|referrals)\b/;
    const needing = readQueries("analyses").filter(({ needs }) =>
      needs.some((table) => /^(reconciliation|referrals|costs)/.test(table)),
    );
    expect(needing.filter(({ isWholeShop }) => !isWholeShop).map(({ id }) => id)).toEqual([]);
    expect(whole.filter(({ sql }) => !strangers.test(sql)).map(({ id }) => id)).toEqual([]);
  });

  it("names no table of a query's own", () => {
    for (const query of narrowed) {
      const names = [...filterQuery(query, filter).matchAll(/^(\w+) as \($/gm)].map(
        ([, cte]) => cte,
      );
      expect([query.id, names.length]).toEqual([query.id, new Set(names).size]);
    }
  });

  // the same SQL on both engines: there a few stand for all
  const few = ["overview", "cohort-retention", "touch-response"];
  const added = Object.entries(additive).filter(([id]) => name === "native" || few.includes(id));
  it.each(added)(
    "%s: the segments of channel and of domain add up to the whole",
    async (id, { keys, sums, params = {} }) => {
      const query = narrowed.find((narrow) => narrow.id === id)!;
      const unset = Object.fromEntries(query.params.map(({ name }) => [name, null]));
      const whole = tally(await read(query.sql, { ...unset, ...params }), keys, sums);
      expect(whole.size).toBeGreaterThan(0);
      for (const by of ["channel", "domain"]) {
        const parts: Rows = [];
        const segments = await segmentsBy(by);
        expect(segments.length).toBeGreaterThan(1);
        for (const { value } of segments) {
          const variables = { ...unset, ...params, ...chosen(by, value!) };
          parts.push(...(await read(filterQuery(query, filter), variables)));
        }
        const sum = tally(parts, keys, sums);
        for (const [key, figures] of whole) {
          expect([key, sum.get(key) ?? figures.map(() => 0)]).toEqual([key, figures]);
        }
        expect([...sum.keys()].filter((key) => !whole.has(key))).toEqual([]);
      }
    },
  );

  it("takes who is in one of the values of each attribute, and first ordered on one of the days", async () => {
    const query = narrowed.find(({ id }) => id === "overview")!;
    const unset = Object.fromEntries(query.params.map(({ name: param }) => [param, null]));
    const [first, second] = (await segmentsBy("channel")).map(({ value }) => value!);
    const days = { filter_first_from: "2024-02-01", filter_first_until: "2024-09-30" };
    const variables = {
      ...chosen("channel", first!, second!),
      ...chosen("domain", "public"),
      ...days,
    };
    const [row] = await read(filterQuery(query, filter), { ...unset, ...variables });
    const [counted] = await read(
      `select count(*) as customers, sum(net)::double as revenue from customer_summary
       where first_channel in ('${String(first)}', '${String(second)}') and first_domain = 'public'
       and first_order_date between '2024-02-01' and '2024-09-30'`,
      {},
    );
    expect(Number(counted!.customers)).toBeGreaterThan(5);
    expect([row!.customers, row!.revenue]).toEqual([counted!.customers, counted!.revenue]);
    // the segments of one attribute are counted among those that the others leave
    const listed = await read(filter.sql, { ...variables, filter_by: "channel" });
    expect(sumOf(listed, "customers")).toBe(counted!.customers);
  });

  it("takes whom a mark counts, and all of them", async () => {
    const query = narrowed.find(({ id }) => id === "cohort-retention")!;
    const unset = Object.fromEntries(query.params.map(({ name: param }) => [param, null]));
    const rows = await read(query.sql, unset);
    const overview = narrowed.find(({ id }) => id === "overview")!;
    for (const row of rows.filter(({ active }) => Number(active) > 3).slice(0, 6)) {
      const { sql, variables } = drillQuery(query, marked, row);
      await runner.read(`create or replace table marked_customers as\n${sql}`, {
        ...everybody,
        ...unset,
        ...variables,
      });
      const [sum] = await read(filterQuery(overview, filter), { filter_is_marked: true });
      expect(sum!.customers).toBe(row.active);
    }
    await runner.run("delete from marked_customers");
  });

  it("every other analysis runs over a segment, and over nobody", async () => {
    for (const query of narrowed.filter(({ id }) => !(id in additive))) {
      const unset = Object.fromEntries(query.params.map(({ name }) => [name, null]));
      for (const value of ["Webshop", "nowhere"]) {
        const variables = { ...unset, ...chosen("channel", value) };
        await expect(read(filterQuery(query, filter), variables)).resolves.toBeDefined();
      }
    }
  });
});

/** sums by key, to the cent; rows of nothing are as good as none */
function tally(rows: Record<string, Value>[], keys: string, sums: string): Map<string, number[]> {
  const figures = new Map<string, number[]>();
  for (const row of rows) {
    const key = keys
      .split(" ")
      .map((name) => row[name])
      .join(" | ");
    const before = figures.get(key);
    const values = sums.split(" ").map((name, i) => {
      if (!(name in row)) throw new Error(`no column: ${name}`);
      return Math.round(((before?.[i] ?? 0) + Number(row[name] ?? 0)) * 100) / 100;
    });
    figures.set(key, values);
  }
  return figures;
}

function sumOf(rows: Record<string, Value>[], name: string): number {
  return Math.round(rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0) * 100) / 100;
}
