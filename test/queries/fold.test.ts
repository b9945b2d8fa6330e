import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  clockOf,
  customersOf,
  cutOrders,
  distinctDays,
  median,
  periodsBetween,
  periodStart,
  toDay,
  toPurchase,
  toText,
  wilson,
  type Grain,
  type Purchase,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { sameRow } from "./sameRow.ts";

// Every figure twice: the SQL against a fold of the orders that shares nothing with it.

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
      customer: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 12 }),
      day: fc.integer({ min: 0, max: 190 }),
      second: fc.integer({ min: 0, max: 86399 }),
      grossCents: fc.integer({ min: 0, max: 99999 }),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) =>
    list.map(({ customer, day, second, grossCents, refundShare }, i): ShopOrder => ({
      orderId: `o${i}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      grossCents,
      refundCents: refundShare ? Math.floor(grossCents / refundShare) : 0,
    })),
  );
const grains = fc.constantFrom<Grain>("day", "week", "month", "quarter", "year");
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });

it("overview", () =>
  check(async ({ seen, asOf, variables }) => {
    const [row] = await run("overview", variables);
    const customers = [...customersOf(seen).values()];
    const purchases = seen.map(toPurchase);
    const known = customers.flat();
    const repeaters = customers.filter((list) => list.length >= 2).length;
    const [lower, upper] = wilson(repeaters, customers.length);
    const gaps = customers.flatMap((list) => {
      const days = distinctDays(list);
      return days.slice(1).map((day, i) => day - days[i]!);
    });
    const days = purchases.map(({ day }) => day);
    sameRow(row!, {
      orders: seen.length,
      customers: customers.length,
      revenue: money(purchases),
      aov: seen.length ? money(purchases) / seen.length : null,
      first_order: days.length ? toText(Math.min(...days)) : null,
      last_order: days.length ? toText(Math.max(...days)) : null,
      repeat_customers: repeaters,
      repeat_rate: customers.length ? repeaters / customers.length : null,
      orders_per_customer: customers.length ? known.length / customers.length : null,
      revenue_per_customer: customers.length ? money(known) / customers.length : null,
      median_days_between_orders: median(gaps),
      lower,
      upper,
      orders_without_customer: seen.filter(({ customerId }) => customerId === null).length,
    });
    expect(days.every((day) => day <= asOf)).toBe(true);
  }));

it("growth-accounting, and its identity", () =>
  check(async ({ seen, asOf, grain, variables }) => {
    const rows = await run("growth-accounting", { grain, ...variables });
    const customers = [...customersOf(seen).values()];
    if (!customers.length) return expect(rows).toEqual([]);
    const visits = customers.map((list) => new Set(list.map(({ day }) => periodStart(day, grain))));
    const start = Math.min(...visits.flatMap((periods) => [...periods]));
    let before = { period: -1, active: 0 };
    let period = start;
    for (const row of rows) {
      const previous = before.period;
      const now = visits.filter((periods) => periods.has(period));
      const isNew = (periods: Set<number>) => Math.min(...periods) === period;
      const isRetained = (periods: Set<number>) => periods.has(previous);
      const churned = visits.filter(
        (periods) => periods.has(previous) && !periods.has(period),
      ).length;
      const fresh = now.filter(isNew).length;
      const retained = now.filter(isRetained).length;
      const resurrected = now.length - fresh - retained;
      sameRow(row, {
        period: toText(period),
        new: fresh,
        retained,
        resurrected,
        churned,
        active: now.length,
        quick_ratio: churned ? (fresh + resurrected) / churned : null,
        is_complete: addPeriods(period, 1, grain) - 1 <= asOf,
      });
      expect(Number(row.active) - before.active).toBe(
        Number(row.new) + Number(row.resurrected) - Number(row.churned),
      );
      before = { period, active: now.length };
      period = addPeriods(period, 1, grain);
    }
    expect(period).toBe(addPeriods(periodStart(asOf, grain), 1, grain));
  }));

it("cohort-retention and cohort-revenue on both clocks", () =>
  check(async ({ seen, asOf, grain, clock, variables }) => {
    const expected = foldCohorts(seen, asOf, grain, clock);
    const retention = await run("cohort-retention", { grain, clock, horizon: 400, ...variables });
    const revenue = await run("cohort-revenue", { grain, clock, horizon: 400, ...variables });
    expect(retention).toHaveLength(expected.length);
    expect(revenue).toHaveLength(expected.length);
    let cumulative = 0n;
    expected.forEach((cell, i) => {
      const [lower, upper] = wilson(cell.active, cell.customers);
      const place = {
        cohort: toText(cell.cohort),
        k: cell.k,
        customers: cell.customers,
        is_complete: cell.isComplete,
      };
      sameRow(retention[i]!, {
        ...place,
        active: cell.active,
        retention: cell.active / cell.customers,
        lower,
        upper,
      });
      cumulative = cell.k === 0 ? cell.netCents : cumulative + cell.netCents;
      sameRow(revenue[i]!, {
        ...place,
        revenue: Number(cell.netCents) / 100,
        cumulative_revenue: Number(cumulative) / 100,
        revenue_per_customer: Number(cumulative) / 100 / cell.customers,
      });
    });
  }));

it("retention-curve in its four definitions", () =>
  check(async ({ seen, asOf, grain, clock, variables }) => {
    const edges = [1, 2, 4, 7];
    const rows = await run("retention-curve", {
      grain,
      clock,
      horizon: 400,
      edges: edges.join(","),
      ...variables,
    });
    const cells = foldCohorts(seen, asOf, grain, clock);
    const customers = cohortCustomers(seen, grain, clock);
    const rules: Record<string, (ks: number[], k: number, to: number) => boolean> = {
      on: (ks, k) => ks.includes(k),
      "on-or-after": (ks, k) => ks.some((one) => one >= k),
      "on-or-before": (ks, k) => ks.slice(1).some((one) => one <= k),
      bracket: (ks, k, to) => ks.some((one) => one >= k && one <= to),
    };
    for (const row of rows) {
      const to = Number(row.k_to);
      const at = (k: number) => cells.filter((cell) => cell.k === k);
      const complete = at(to).filter((cell) => cell.isComplete);
      const cohorts = (row.is_complete ? complete : at(Number(row.k))).map((cell) => cell.cohort);
      const pooled = customers.filter(({ cohort }) => cohorts.includes(cohort));
      const retained = pooled.filter(({ ks }) =>
        rules[String(row.definition)]!(ks, Number(row.k), to),
      );
      expect(row.is_complete).toBe(complete.length > 0);
      sameRow(row, { at_risk: pooled.length, retained: retained.length });
    }
    const ks = new Set(cells.map(({ k }) => k));
    for (const definition of ["on", "on-or-after", "on-or-before"]) {
      expect(rows.filter((row) => row.definition === definition)).toHaveLength(ks.size);
    }
    const brackets = edges.slice(0, -1).filter((edge) => ks.has(edge));
    expect(rows.filter((row) => row.definition === "bracket")).toHaveLength(brackets.length);
  }));

it("repeat-rate in its four variants", () =>
  check(async ({ seen, asOf, grain, variables }) => {
    const nDays = 30;
    const rows = await run("repeat-rate", { grain, n_days: nDays, ...variables });
    const customers = [...customersOf(seen).values()];
    for (const row of rows) {
      const start = toDay(String(row.period));
      const end = addPeriods(start, 1, grain) - 1;
      const isIn = ({ day }: Purchase) => day >= start && day <= end;
      const buyers = customers.filter((list) => list.some(isIn));
      const firsts = customers.filter((list) => isIn(list[0]!) && list[0]!.day + nDays <= asOf);
      const orders = customers.flat().filter(isIn).length;
      const newBuyers = buyers.filter((list) => isIn(list[0]!)).length;
      const variants: Record<string, [number, number]> = {
        window: [buyers.filter((list) => list.filter(isIn).length >= 2).length, buyers.length],
        "n-day": [
          firsts.filter((list) => list[1] && list[1].day - list[0]!.day <= nDays).length,
          firsts.length,
        ],
        order: [orders - newBuyers, orders],
        returning: [buyers.length - newBuyers, buyers.length],
      };
      const [numerator, denominator] = variants[String(row.variant)]!;
      const [lower, upper] = wilson(numerator, denominator);
      sameRow(row, {
        numerator,
        denominator,
        rate: denominator ? numerator / denominator : null,
        lower,
        upper,
        is_complete: (row.variant === "n-day" ? end + nDays : end) <= asOf,
      });
    }
    if (seen.length) expect(new Set(rows.map((row) => row.variant)).size).toBe(4);
  }));

it("pareto", () =>
  check(async ({ seen, variables }) => {
    const customers = [...customersOf(seen).values()];
    const nets = customers
      .map((list) => list.reduce((sum, { netCents }) => sum + netCents, 0n))
      .sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
    const total = nets.reduce((sum, net) => sum + net, 0n);
    if (total === 0n) return;
    const rows = await run("pareto", variables);
    const curve = rows.filter((row) => !row.is_reference);
    const n = nets.length;
    const top = (count: number) => nets.slice(0, count).reduce((sum, net) => sum + net, 0n);
    const weighted = nets.reduce((sum, net, i) => sum + BigInt(n - i) * net, 0n);
    let needed = 1;
    while (top(needed) * 5n < total * 4n) ++needed;
    expect(curve).toHaveLength(n + 1);
    curve.forEach((row, i) =>
      sameRow(row, {
        customer_share: i / n,
        revenue_share: Number(top(i)) / Number(total),
        top20_share: Number(top(Math.ceil(n / 5))) / Number(total),
        share_for_80: needed / n,
        gini: (2 * Number(weighted)) / (n * Number(total)) - (n + 1) / n,
        customers: n,
      }),
    );
  }));

interface Case {
  /** the orders up to the observation end */
  seen: ShopOrder[];
  asOf: number;
  grain: Grain;
  clock: "calendar" | "rolling";
  variables: Record<string, Value>;
}

async function check(property: (one: Case) => Promise<void>): Promise<void> {
  const clocks = fc.constantFrom<Case["clock"]>("calendar", "rolling");
  await fc.assert(
    fc.asyncProperty(orderLists, grains, clocks, cuts, async (orders, grain, clock, cut) => {
      await buildShop(runner, toSelect(orders));
      await property({ ...cutOrders(orders, cut), grain, clock });
    }),
    { numRuns: 16, seed: 7 },
  );
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}

function money(purchases: Purchase[]): number {
  return Number(purchases.reduce((sum, { netCents }) => sum + netCents, 0n)) / 100;
}

function cohortCustomers(orders: ShopOrder[], grain: Grain, clock: Case["clock"]) {
  return [...customersOf(orders).values()].map((purchases) => {
    const cohort = periodStart(purchases[0]!.day, grain);
    const origin = clock === "rolling" ? purchases[0]!.day : cohort;
    return {
      cohort,
      purchases,
      /** period of each distinct purchase day */
      ks: distinctDays(purchases).map((day) => periodsBetween(origin, day, grain)),
      kOf: (day: number) => periodsBetween(origin, day, grain),
    };
  });
}

function foldCohorts(orders: ShopOrder[], asOf: number, grain: Grain, clock: Case["clock"]) {
  const customers = cohortCustomers(orders, grain, clock);
  const cohorts = [...new Set(customers.map(({ cohort }) => cohort))].sort((a, b) => a - b);
  return cohorts.flatMap((cohort) => {
    const members = customers.filter((customer) => customer.cohort === cohort);
    const lastOrigin = clock === "rolling" ? addPeriods(cohort, 1, grain) - 1 : cohort;
    return Array.from({ length: periodsBetween(cohort, asOf, grain) + 1 }, (_, k) => ({
      cohort,
      k,
      customers: members.length,
      active: members.filter(({ ks }) => ks.includes(k)).length,
      netCents: members
        .flatMap(({ purchases, kOf }) => purchases.filter(({ day }) => kOf(day) === k))
        .reduce((sum, { netCents }) => sum + netCents, 0n),
      isComplete: addPeriods(lastOrigin, k + 1, grain) - 1 <= asOf,
    }));
  });
}
