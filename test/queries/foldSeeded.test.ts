import { afterAll, beforeAll, expect, it } from "vitest";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  customersOf,
  distinctDays,
  periodStart,
  quantile,
  toDay,
  toPurchase,
  toText,
} from "./fold.ts";
import type { Purchase } from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// The analyses that need a shop of some size, a second time without SQL.

const shop = seededShop();
const asOf = Math.max(...shop.orders.map((order) => toPurchase(order).day));
const customers = [...customersOf(shop.orders).entries()].map(([id, purchases]) => ({
  id,
  purchases,
  days: distinctDays(purchases),
  net: Number(purchases.reduce((sum, { netCents }) => sum + netCents, 0n)) / 100,
  first: firstOrderOf(id, purchases),
}));

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
  await buildShop(runner, toSelect(shop.orders), shop.costs);
});
afterAll(() => runner.close());

it.each(["merged", "separate"])(
  "purchase-intervals, same day %s: percentiles by place",
  async (sameDay) => {
    const gapsOf = new Map<number | null, number[]>();
    for (const { purchases, days } of customers) {
      const times = sameDay === "merged" ? days : purchases.map(({ day }) => day);
      for (let i = 1; i < times.length; ++i) {
        for (const nth of [i + 1, null]) {
          gapsOf.set(nth, [...(gapsOf.get(nth) ?? []), times[i]! - times[i - 1]!]);
        }
      }
    }
    const rows = await run("purchase-intervals", { same_day: sameDay });
    expect(rows.map((row) => row.nth)).toEqual([null, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const row of rows) {
      const gaps = gapsOf.get(row.nth as number | null)!;
      expect(row.customers).toBe(gaps.length);
      for (const level of [10, 25, 50, 75, 90]) {
        expect(row[`p${level}`]).toBeCloseTo(quantile(gaps, level / 100), 10);
      }
      expect(row.mean).toBeCloseTo(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 10);
    }
  },
);

it.each([
  [2, "merged"],
  [3, "merged"],
  [2, "separate"],
  [4, "separate"],
])("repurchase-curve to purchase %i, same day %s", async (nth, sameDay) => {
  const waits = customers.flatMap(({ purchases, days }) => {
    const times = sameDay === "merged" ? days : purchases.map(({ day }) => day);
    const start = times[nth - 2];
    if (start === undefined) return [];
    const end = times[nth - 1];
    return [{ days: (end ?? asOf) - start, isEvent: end !== undefined }];
  });
  const rows = await run("repurchase-curve", { nth, same_day: sameDay });
  const eventDays = [...new Set(waits.filter(({ isEvent }) => isEvent).map(({ days }) => days))];
  expect(rows.map((row) => row.days)).toEqual(eventDays.sort((a, b) => a - b));
  let survival = 1;
  for (const row of rows) {
    const atRisk = waits.filter(({ days }) => days >= Number(row.days)).length;
    const events = waits.filter(({ days, isEvent }) => isEvent && days === row.days).length;
    survival *= 1 - events / atRisk;
    expect([row.nth, row.at_risk, row.events]).toEqual([nth, atRisk, events]);
    expect(row.survival).toBeCloseTo(survival, 12);
  }
});

it("repurchase-curve by channel: the largest segments stand alone, all customers are in one", async () => {
  const rows = await run("repurchase-curve", { by: "channel", segments: 3, min_size: 1 });
  const sizes = new Map<string, number>();
  for (const { first } of customers) {
    const label = first.channel ?? "(none)";
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  const largest = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3);
  const segments = new Set(rows.map((row) => row.segment));
  expect(segments).toEqual(new Set([...largest.map(([label]) => label), "(other)"]));
  const starters = [...segments].map((segment) => {
    const first = rows.find((row) => row.segment === segment)!;
    return Number(first.at_risk);
  });
  expect(starters.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(customers.length * 0.97);
});

it.each(
  ["end", "settled"].flatMap((censoring) =>
    [3, 1.5].map((multiple): [string, number] => [censoring, multiple]),
  ),
)("customer-lifespan, censoring %s, %d × the own gap", async (censoring, multiple) => {
  const gaps = customers.flatMap(({ days }) => days.slice(1).map((day, i) => day - days[i]!));
  const threshold = quantile(gaps, 0.9);
  const watched = customers.flatMap(({ id, days, first }) => {
    const lived = days.at(-1)! - days[0]!;
    const own = days.length > 1 ? (multiple * lived) / (days.length - 1) : 0;
    const patience = Math.max(own, threshold);
    const age = asOf - days[0]!;
    const isLost = age - lived >= patience - 1e-9;
    const until = censoring === "end" ? age : Math.floor(age - patience + 1e-9);
    const span = isLost ? lived : until;
    return span < 0 ? [] : [{ id, isLost, days: span, channel: first.channel ?? "(none)" }];
  });
  const rows = await run("customer-lifespan", {
    censoring,
    multiple,
    by: "channel",
    segments: 9,
    min_size: 1,
  });
  const segments = [...new Set(rows.map((row) => String(row.segment)))];
  expect(segments[0]).toBe("all");
  expect(segments.slice(1)).toEqual([...new Set(watched.map(({ channel }) => channel))].sort());
  for (const segment of segments) {
    const members = watched.filter(({ channel }) => segment === "all" || channel === segment);
    const lost = members.filter(({ isLost }) => isLost).map(({ days }) => days);
    const steps = rows.filter((row) => row.segment === segment);
    expect(steps.map((row) => row.days)).toEqual([...new Set(lost)].sort((a, b) => a - b));
    let survival = 1;
    let variance = 0;
    for (const row of steps) {
      const atRisk = members.filter(({ days }) => days >= Number(row.days)).length;
      const deaths = lost.filter((days) => days === row.days).length;
      survival *= 1 - deaths / atRisk;
      variance += deaths / (atRisk * (atRisk - deaths));
      expect([row.at_risk, row.deaths, row.customers]).toEqual([atRisk, deaths, members.length]);
      expect(row.survival).toBeCloseTo(survival, 12);
      expect(row.threshold).toBeCloseTo(threshold, 12);
      if (survival === 0) continue;
      const theta = (1.959963984540054 * Math.sqrt(variance)) / Math.log(survival);
      expect(row.std_error).toBeCloseTo(survival * Math.sqrt(variance), 12);
      expect(row.lower).toBeCloseTo(survival ** Math.exp(-theta), 12);
      expect(row.upper).toBeCloseTo(survival ** Math.exp(theta), 12);
    }
  }
});

it.each(["orders", "days"])("order-frequency in the last 12 months, by %s", async (basis) => {
  const start = addPeriods(asOf, -12, "month");
  const counts = new Map<number, { customers: number; net: bigint }>();
  for (const { purchases } of customers) {
    const seen = purchases.filter(({ day }) => day > start);
    if (!seen.length) continue;
    const n = basis === "days" ? distinctDays(seen).length : seen.length;
    const before = counts.get(n) ?? { customers: 0, net: 0n };
    const net = seen.reduce((sum, { netCents }) => sum + netCents, before.net);
    counts.set(n, { customers: before.customers + 1, net });
  }
  const total = [...counts.values()].reduce((sum, one) => sum + one.customers, 0);
  const rows = await run("order-frequency", { months: 12, basis });
  expect(
    rows.map(({ orders, customers: n, revenue, share }) => [orders, n, revenue, share]),
  ).toEqual(
    [...counts]
      .sort((a, b) => a[0] - b[0])
      .map(([n, one]) => [n, one.customers, Number(one.net) / 100, one.customers / total]),
  );
});

it.each(["none", "channel"])(
  "unit-economics and clv-historic share the acquisition cost, by %s",
  async (by) => {
    const margin = 0.4;
    const channelOf = (order: ShopOrder) => order.channel ?? "(none)";
    const lastCost = toDay("2023-12-01");
    const economics = await run("unit-economics", { by, margin });
    const keys = new Set<string>();
    for (const row of economics) {
      const cohort = toDay(String(row.cohort));
      const isOf = ({ first }: (typeof customers)[number]) =>
        periodStart(first.day, "month") === cohort &&
        (row.channel === "all" || channelOf(first.order) === row.channel);
      const members = customers.filter(isOf);
      const end = addPeriods(cohort, Number(row.k) + 1, "month");
      const net = members
        .flatMap(({ purchases }) => purchases.filter(({ day }) => day < end))
        .reduce((sum, { netCents }) => sum + netCents, 0n);
      const cents = shop.costs
        .filter(({ kind }) => (kind ?? "acquisition") === "acquisition")
        .filter(({ date }) => periodStart(toDay(date), "month") === cohort)
        .filter(({ channel }) => row.channel === "all" || (channel ?? "(none)") === row.channel)
        .reduce((sum, one) => sum + one.cents, 0);
      const cac = cohort <= lastCost ? cents / 100 / members.length : null;
      expect(row.customers).toBe(members.length);
      expect(row.cumulative_net).toBeCloseTo(Number(net) / 100 / members.length, 9);
      if (cac === null) expect([row.cac, row.value, row.ltv_cac]).toEqual([null, null, null]);
      else {
        expect(row.cac).toBeCloseTo(cac, 9);
        expect(row.value).toBeCloseTo((Number(net) / 100 / members.length) * margin - cac, 9);
      }
      expect(row.is_complete).toBe(end - 1 <= asOf);
      keys.add(`${row.channel} ${row.cohort}`);
    }
    const channels = by === "none" ? [] : customers.map(({ first }) => channelOf(first.order));
    expect(new Set(economics.map((row) => row.channel))).toEqual(new Set(["all", ...channels]));
    for (const row of await run("clv-historic", { by, margin })) {
      const one = customers.find(({ id }) => id === row.customer_id)!;
      const cohort = toText(periodStart(one.first.day, "month"));
      const channel = by === "none" ? "all" : channelOf(one.first.order);
      const unit = economics.find((other) => other.cohort === cohort && other.channel === channel)!;
      if (unit.cac === null) expect(row.cac).toBeNull();
      else expect(row.cac).toBeCloseTo(Number(unit.cac), 9);
      expect(row.net_value).toBeCloseTo(one.net * margin - Number(unit.cac ?? 0), 9);
      expect(row.orders).toBe(one.purchases.length);
    }
    expect(keys.size).toBeGreaterThan(12);
  },
);

it.each(["mean", "median"])("rfm-segments by the eight types against the %s", async (threshold) => {
  const measures = customers.map(({ purchases, days, net }) => ({
    recency: asOf - days.at(-1)!,
    frequency: purchases.length,
    net,
  }));
  const line = (values: number[]) =>
    threshold === "mean"
      ? values.reduce((sum, value) => sum + value, 0) / values.length
      : quantile(values, 0.5);
  const r = line(measures.map(({ recency }) => recency));
  const f = line(measures.map(({ frequency }) => frequency));
  const m = line(measures.map(({ net }) => net));
  const bits = measures.map((one) =>
    [one.recency < r, one.frequency > f, one.net > m].map(Number).join(""),
  );
  for (const row of await run("rfm-segments", { scheme: "cn-8", threshold })) {
    const code = String(row.segment).slice(0, 3);
    const inside = measures.filter((_, i) => bits[i] === code);
    expect(row.customers).toBe(inside.length);
    expect(row.share).toBeCloseTo(inside.length / measures.length, 12);
    expect(row.revenue).toBeCloseTo(
      inside.reduce((sum, { net }) => sum + net, 0),
      6,
    );
  }
});

function firstOrderOf(
  id: string,
  purchases: Purchase[],
): {
  day: number;
  channel: string | null;
  order: ShopOrder;
} {
  const order = shop.orders.find(
    (one) => one.customerId === id && one.orderId === purchases[0]!.id,
  )!;
  return { day: purchases[0]!.day, channel: order.channel ?? null, order };
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}
