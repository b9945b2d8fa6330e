import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import { customersOf, distinctDays, toDay, toPurchase, toText } from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";

// What is told of customers and of what they buy, a second time by plain loops.

vi.setConfig({ testTimeout: 120_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2023-12-18"); // a year's end and a leap day lie in the span
const orderLists = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null, freq: 12 }),
      day: fc.integer({ min: 0, max: 190 }),
      // few amounts, so that sums tie
      grossCents: fc.oneof(fc.constantFrom(0, 1000, 2500), fc.integer({ min: 0, max: 99999 })),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) =>
    list.map(({ customer, day, grossCents, refundShare }, i): ShopOrder => ({
      orderId: `o${String(i).padStart(2, "0")}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} 12:00:00`,
      grossCents,
      refundCents: refundShare ? Math.floor(grossCents / refundShare) : 0,
    })),
  );
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });

describe("super-users", () => {
  it.each(["frequent-recent", "revenue-80"])("by %s, customer by customer", (definition) =>
    check(async ({ seen, asOf, variables }) => {
      for (const minOrders of [1, 3]) {
        const rows = await run("super-users", { ...variables, definition, min_orders: minOrders });
        expect(rows).toEqual(foldSuperUsers(seen, asOf, definition, minOrders));
      }
    }),
  );

  it("takes the customer who reaches 80 % to the cent, and none after", async () => {
    await buildShop(
      runner,
      toSelect([
        order("1", "b", "2024-01-01", 4000),
        order("2", "a", "2024-01-01", 4000),
        order("3", "d", "2024-01-01", 1000),
        order("4", "c", "2024-01-01", 1000),
      ]),
    );
    const rows = await run("super-users", { definition: "revenue-80" });
    expect(rows.map((row) => [row.customer_id, row.cumulative_share])).toEqual([
      ["a", 0.4],
      ["b", 0.8],
    ]);
  });

  it("lists nobody where nobody came back or nothing was earned", async () => {
    await buildShop(runner, toSelect([order("1", "a", "2024-01-01", 0)]));
    expect(await run("super-users")).toEqual([]);
    expect(await run("super-users", { definition: "revenue-80" })).toEqual([]);
    expect(await run("super-users", { as_of: "2023-01-01" })).toEqual([]);
  });
});

function foldSuperUsers(seen: ShopOrder[], asOf: number, definition: string, minOrders: number) {
  const customers = [...customersOf(seen)]
    .map(([id, purchases]) => ({
      id,
      purchases,
      days: distinctDays(purchases),
      cents: purchases.reduce((sum, { netCents }) => sum + Number(netCents), 0),
    }))
    .sort((a, b) => b.cents - a.cents || (a.id < b.id ? -1 : 1));
  const total = customers.reduce((sum, { cents }) => sum + cents, 0);
  const gaps = customers.flatMap(({ days }) => days.slice(1).map((day, i) => day - days[i]!));
  const p90 = quantile(
    customers.map(({ purchases }) => purchases.length),
    0.9,
  );
  const p75 = gaps.length ? quantile(gaps, 0.75) : null;
  let soFar = 0;
  let isReached = total <= 0;
  let listed = 0;
  const rows: Record<string, Value>[] = [];
  for (const { id, purchases, days, cents } of customers) {
    const isRevenue = !isReached;
    soFar += cents;
    isReached ||= soFar * 10 >= total * 8;
    const recency = asOf - days.at(-1)!;
    const isFrequent = purchases.length > p90 - 1e-9 && purchases.length >= minOrders;
    const isRecent = p75 !== null && recency <= p75;
    if (definition === "revenue-80" ? !isRevenue : !(isFrequent && isRecent)) continue;
    listed += cents;
    const reasons = [isFrequent && "frequent", isRecent && "recent", isRevenue && "revenue"];
    rows.push({
      customer_id: id,
      orders: purchases.length,
      revenue: cents / 100,
      cumulative_share: total ? near(listed / total) : null,
      p_alive: null,
      reasons: reasons.filter(Boolean).join("+"),
      recency_days: recency,
      last_order: toText(days.at(-1)!),
      revenue_share: total ? near(cents / total) : null,
      orders_p90: near(p90),
      gap_p75: p75,
      customers: customers.length,
    });
  }
  return rows;
}

interface Case {
  /** the orders up to the observation end */
  seen: ShopOrder[];
  asOf: number;
  variables: Record<string, Value>;
}

async function check(property: (one: Case) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(orderLists, cuts, async (orders, cut) => {
      await buildShop(runner, toSelect(orders));
      const days = orders.map((one) => toPurchase(one).day);
      const asOf = Math.max(...days) - (cut ?? 0);
      const seen = orders.filter((_, i) => days[i]! <= asOf);
      const variables: Record<string, Value> = cut === null ? {} : { as_of: toText(asOf) };
      await property({ seen, asOf, variables });
    }),
    { numRuns: 16, seed: 11 },
  );
}

function order(orderId: string, customerId: string, day: string, grossCents: number): ShopOrder {
  return { orderId, customerId, orderedAt: `${day} 12:00:00`, grossCents };
}

/** Type 7: linear between the values at the places around p·(n − 1). */
function quantile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

/** Stands for a divided figure, equal to 12 digits. */
function near(value: number): number {
  return expect.closeTo(value, 12) as number;
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}
