import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterQuery } from "../../src/catalog/filterQuery.ts";
import { buildShop, toSelect } from "./buildShop.ts";
import { openNative } from "./openNative.ts";
import { openWasm } from "./openWasm.ts";
import { readQueries, readQuery } from "./readQueries.ts";
import type { Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// Every customer is in one segment: what is counted or summed over the segments is the whole.

const filter = readQuery("filters", "segment");
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

  type Rows = Record<string, Value>[];

  async function read(sql: string, variables: Record<string, Value>): Promise<Rows> {
    const { names, rows } = await runner.read(sql, variables);
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]!])));
  }

  function segmentsBy(by: string): Promise<Rows> {
    return read(filter.sql, { filter_by: by, filter_value: null });
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
          const variables = { ...unset, ...params, filter_by: by, filter_value: value! };
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

  it("every other analysis runs over a segment, and over nobody", async () => {
    for (const query of narrowed.filter(({ id }) => !(id in additive))) {
      const unset = Object.fromEntries(query.params.map(({ name }) => [name, null]));
      for (const value of ["Webshop", "nowhere"]) {
        const variables = { ...unset, filter_by: "channel", filter_value: value };
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
