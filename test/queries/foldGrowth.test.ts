import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Touch } from "./besideOrders.ts";
import { sayFacts } from "../../src/session/sentenceOf.ts";
import { formatNumber, formatShare } from "../../src/words/words.ts";
import { buildShop, toSelect, type ShopCost, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  clockOf,
  customersOf,
  cutOrders,
  dayOf,
  periodStart,
  toDay,
  toPurchase,
  toText,
  wilson,
  type Grain,
  type Purchase,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { readQuery } from "./readQueries.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { sameRow } from "./sameRow.ts";
import { seededShop } from "./seededShop.ts";

// Growth, what it costs and what it is worth, a second time without SQL.

vi.setConfig({ testTimeout: 120_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2023-12-18"); // a year's end and a leap day lie in the span
const ways = [
  { channel: "ads", domain: "public" },
  { channel: "mail", domain: "private" },
  { channel: "shop", domain: null },
  { channel: null, domain: null },
];
const orderLists = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 12 }),
      day: fc.integer({ min: 0, max: 190 }),
      second: fc.integer({ min: 0, max: 86399 }),
      grossCents: fc.integer({ min: 0, max: 99999 }),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
      way: fc.constantFrom(...ways),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) =>
    list.map(({ customer, day, second, grossCents, refundShare, way }, i): ShopOrder => ({
      orderId: `o${i}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      grossCents,
      refundCents: refundShare ? Math.floor(grossCents / refundShare) : 0,
      ...way,
    })),
  );
const costLists = fc.array(
  fc.record({
    date: fc.integer({ min: -40, max: 230 }).map((day) => toText(firstDay + day)),
    channel: fc.constantFrom("ads", "ads", "mail", "shop", "fair", null),
    kind: fc.constantFrom("acquisition", "acquisition", "retention", "service", null),
    cents: fc.integer({ min: 0, max: 50000 }),
  }),
  { maxLength: 14 },
);
const touchLists = fc.array(
  fc.integer({ min: -20, max: 200 }).map((day): Touch => ({
    customerId: "c1",
    touchedAt: `${toText(firstDay + day)} 23:59:59`,
    channel: "mail",
    domain: "private",
    kind: "message",
  })),
  { maxLength: 12 },
);
const grains = fc.constantFrom<Grain>("day", "week", "month", "quarter", "year");
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });

describe("revenue-growth", () => {
  it("splits revenue and its change into new and repeat customers, to the cent", () =>
    check(async ({ seen, asOf, grain, costs, touches, variables }) => {
      const rows = await run("revenue-growth", { grain, ...variables });
      const customers = [...customersOf(seen).values()];
      const nobody = seen.filter(({ customerId }) => customerId === null).map(toPurchase);
      const periods = periodsTo(seen, asOf, grain);
      expect(rows.map((row) => row.period)).toEqual(periods.map(toText));
      const costOf = toSpan(costs, ({ date }) => periodStart(toDay(date), grain));
      const touchesOf = toSpan(
        touches.filter(({ touchedAt }) => dayOf(touchedAt) <= asOf),
        ({ touchedAt }) => periodStart(dayOf(touchedAt), grain),
      );
      let before: [bigint, bigint] | null = null;
      rows.forEach((row, i) => {
        const period = periods[i]!;
        const isIn = ({ day }: Purchase) => periodStart(day, grain) === period;
        const isNew = (list: Purchase[]) => isIn(list[0]!);
        const fresh = cents(customers.filter(isNew).flatMap((list) => list.filter(isIn)));
        const repeat = cents(
          customers.filter((list) => !isNew(list)).flatMap((list) => list.filter(isIn)),
        );
        const stray = cents(nobody.filter(isIn));
        const spent = costOf(period)?.reduce((sum, one) => sum + one.cents, 0) ?? null;
        const contacts = touchesOf(period)?.length ?? null;
        const all = toMoney(fresh + repeat + stray);
        const base: bigint | null = before && before[0] + before[1];
        const delta: bigint | null = base === null ? null : fresh + repeat - base;
        sameRow(row, {
          new_revenue: toMoney(fresh),
          repeat_revenue: toMoney(repeat),
          revenue: toMoney(fresh + repeat),
          delta_new: before && toMoney(fresh - before[0]),
          delta_repeat: before && toMoney(repeat - before[1]),
          delta_revenue: delta === null ? null : toMoney(delta),
          growth: delta !== null && base! > 0n ? Number(delta) / Number(base) : null,
          new_customers: customers.filter(isNew).length,
          unidentified_revenue: toMoney(stray),
          contacts,
          revenue_per_contact: contacts ? all / contacts : null,
          cost: spent === null ? null : spent / 100,
          revenue_per_cost: spent ? (all / spent) * 100 : null,
          is_complete: addPeriods(period, 1, grain) - 1 <= asOf,
        });
        before = [fresh, repeat];
      });
    }));

  it("keeps the change of the first row shown where the window cuts the history", async () => {
    await buildShop(
      runner,
      toSelect([order("1", "a", "2024-01-05", 100), order("2", "a", "2024-02-05", 30)]),
    );
    const rows = await run("revenue-growth", { from: "2024-02-01", to: "2024-02-28" });
    expect(rows).toMatchObject([
      { period: "2024-02-01", delta_new: -100, delta_repeat: 30, delta_revenue: -70, growth: -0.7 },
    ]);
  });

  it("has nobody to split where no order names a customer", async () => {
    await buildShop(runner, toSelect([order("1", null, "2024-01-05", 100)]));
    expect(await run("revenue-growth")).toMatchObject([
      { new_revenue: 0, repeat_revenue: 0, revenue: 0, unidentified_revenue: 100, cost: null },
    ]);
    expect(await run("revenue-growth", { as_of: "2024-01-04" })).toEqual([]);
  });
});

describe("revenue-tree", () => {
  it("splits the change over the six orders of moving its factors, and the parts add up", () =>
    check(async ({ seen, asOf, grain, variables }) => {
      const rows = await run("revenue-tree", { grain, ...variables });
      const periods = periodsTo(seen, asOf, grain);
      expect(rows.map((row) => row.period)).toEqual(periods.map(toText));
      let before: Factors | null = null;
      rows.forEach((row, i) => {
        const period = periods[i]!;
        const inside = seen.filter((one) => periodStart(toPurchase(one).day, grain) === period);
        const known = inside.filter(({ customerId }) => customerId !== null);
        const buyers = new Set(known.map(({ customerId }) => customerId)).size;
        const revenue = cents(known.map(toPurchase));
        const now: Factors = {
          buyers,
          frequency: buyers ? known.length / buyers : null,
          value: known.length ? toMoney(revenue) / known.length : null,
        };
        const parts = before && shapley(before, now);
        sameRow(row, {
          buyers,
          orders_per_buyer: now.frequency,
          net_per_order: now.value,
          revenue: toMoney(revenue),
          orders: known.length,
          unidentified_revenue: toMoney(cents(inside.map(toPurchase)) - revenue),
          is_complete: addPeriods(period, 1, grain) - 1 <= asOf,
        });
        const ours = [row.d_buyers, row.d_frequency, row.d_value];
        if (!parts) expect([...ours, row.d_revenue]).toEqual([null, null, null, null]);
        else {
          parts.forEach((part, place) => expect(ours[place]).toBeCloseTo(part, 8));
          expect(row.d_revenue).toBe(cent(Number(row.revenue) - Number(rows[i - 1]!.revenue)));
          const [first, second, third] = ours.map(Number) as [number, number, number];
          expect(first + second + third).toBeCloseTo(Number(row.d_revenue), 10);
        }
        before = now;
      });
    }));

  it("gives 10 × 2 × 5 → 12 × 3 × 4 its parts by hand", async () => {
    const shop = (month: string, buyers: number, orders: number, net: number) =>
      Array.from({ length: buyers * orders }, (_, i) =>
        order(`${month}-${i}`, `c${i % buyers}`, `2024-${month}-10`, net),
      );
    await buildShop(runner, toSelect([...shop("01", 10, 2, 5), ...shop("02", 12, 3, 4)]));
    const [, row] = await run("revenue-tree");
    // buyers 2 × (22/3 + 23/6), frequency 1 × (98/3 + 100/6), value −1 × (56/3 + 54/6)
    sameRow(row!, { buyers: 12, orders_per_buyer: 3, net_per_order: 4, d_revenue: 44 });
    expect(row!.d_buyers).toBeCloseTo(67 / 3, 10);
    expect(row!.d_frequency).toBeCloseTo(148 / 3, 10);
    expect(row!.d_value).toBeCloseTo(-83 / 3, 10);
  });

  it("gives the whole change to the buyers beside a period without any", async () => {
    const orders = [order("1", "a", "2024-01-05", 100), order("2", "b", "2024-03-05", 40)];
    await buildShop(runner, toSelect(orders));
    const rows = await run("revenue-tree");
    expect(rows.map((row) => [row.d_buyers, row.d_frequency, row.d_value])).toEqual([
      [null, null, null],
      [-100, 0, 0],
      [40, 0, 0],
    ]);
    expect(rows[1]).toMatchObject({ buyers: 0, orders_per_buyer: null, net_per_order: null });
  });
});

describe("acquisition-cost", () => {
  it.each(["none", "channel", "domain"])("divides spend by who came for it, by %s", (by) =>
    check(async ({ seen, asOf, grain, costs, variables }) => {
      const rows = await run("acquisition-cost", { grain, by, ...variables });
      const paid = costs.filter(({ kind }) => kind === null || kind === "acquisition");
      const paidIn = toSpan(paid, ({ date }) => periodStart(toDay(date), grain));
      const firsts = firstOrders(seen);
      const lastPeriod = periodStart(asOf, grain);
      const starts = [
        ...firsts.map((one) => periodStart(toPurchase(one).day, grain)),
        ...paid.map(({ date }) => periodStart(toDay(date), grain)),
      ].filter((day) => day <= lastPeriod);
      const periods: number[] = [];
      for (let day = Math.min(...starts); day <= lastPeriod; day = addPeriods(day, 1, grain))
        periods.push(day);
      // the shop channel has no domain anywhere, the fair no orders
      const domains: Record<string, string> = { ads: "public", mail: "private" };
      const isKnown = (channel: string) => firsts.some((one) => one.channel === channel);
      const label = (channel: string | null, domain: string | null) =>
        by === "channel" ? (channel ?? "(none)") : (domain ?? "(none)");
      const ofOrder = (one: ShopOrder) => label(one.channel ?? null, one.domain ?? null);
      const ofCost = ({ channel }: ShopCost) =>
        label(channel, channel && isKnown(channel) ? (domains[channel] ?? null) : null);
      const segments = [...new Set(rows.map((row) => String(row.segment)))];
      const expected = new Set([
        ...firsts.map(ofOrder),
        ...paid.filter(({ date }) => periodStart(toDay(date), grain) <= lastPeriod).map(ofCost),
      ]);
      expect(segments).toEqual(
        periods.length ? ["all", ...(by === "none" ? [] : [...expected].sort())] : [],
      );
      for (const segment of segments) {
        const isBlended = segment === "all";
        const mine = rows.filter((row) => row.segment === segment);
        expect(mine.map((row) => row.period)).toEqual(periods.map(toText));
        let first: [number, number] | null = null;
        mine.forEach((row, i) => {
          const period = periods[i]!;
          const spent = paidIn(period)?.filter((one) => isBlended || ofCost(one) === segment);
          const spend = spent ? spent.reduce((sum, one) => sum + one.cents, 0) / 100 : null;
          const came = firsts.filter(
            (one) =>
              periodStart(toPurchase(one).day, grain) === period &&
              (isBlended || ofOrder(one) === segment),
          ).length;
          const cac = spend !== null && came ? spend / came : null;
          if (!first && cac !== null && cac > 0) first = [period, cac];
          const ratio = first && cac !== null ? cac / first[1] : null;
          const years = first ? yearsBetween(first[0], period, grain) : 0;
          sameRow(row, {
            spend,
            new_customers: came,
            cac,
            cac_ratio_to_first: ratio,
            cagr: ratio && years >= 0.5 ? ratio ** (1 / years) - 1 : null,
            channel: by === "channel" && !isBlended ? segment : "all",
            is_first: first?.[0] === period,
            is_complete: addPeriods(period, 1, grain) - 1 <= asOf,
          });
          if (isBlended) expect(row.domain).toBe("all");
          else if (by === "domain") expect(row.domain).toBe(segment);
          else expect(row.domain).toBe(isKnown(segment) ? (domains[segment] ?? null) : null);
        });
      }
    }),
  );

  it("prints ×5.13 and 31.3 % a year for 71 in 2012 and 364 in 2018", async () => {
    const years = [2012, 2013, 2014, 2015, 2016, 2017, 2018];
    await buildShop(
      runner,
      toSelect(
        years.map((year) => ({
          ...order(`${year}`, `c${year}`, `${year}-06-15`, 500),
          ...ways[0],
        })),
      ),
      years.map((year, i) => ({
        date: `${year}-12-31`,
        channel: "ads",
        kind: "acquisition",
        cents: [7100, 9000, 12000, 16000, 21000, 28000, 36400][i]!,
      })),
    );
    for (const by of ["none", "channel", "domain"]) {
      const rows = await run("acquisition-cost", { grain: "year", by, as_of: "2018-12-31" });
      const last = rows.filter((row) => row.period === "2018-01-01");
      expect(last.length).toBe(by === "none" ? 1 : 2);
      for (const { cac, cac_ratio_to_first: ratio, cagr } of last) {
        expect([cac, formatNumber("en", Number(ratio)), formatShare("en", Number(cagr))]).toEqual([
          364,
          "5.13",
          "31.3%",
        ]);
      }
    }
    expect(await sentence("acquisition-cost", { grain: "year", as_of: "2018-12-31" })).toContain(
      "×5.13, 31.3% a year",
    );
    // the year is not over: it is neither in the sentence nor lost from the table
    expect(await sentence("acquisition-cost", { grain: "year" })).not.toContain("×5.13");
  });

  it("is empty where nobody came, and outside the costs", async () => {
    await buildShop(
      runner,
      toSelect([order("1", "a", "2024-01-05", 100), order("2", "b", "2024-04-05", 40)]),
      [
        { date: "2024-02-05", channel: "ads", kind: "acquisition", cents: 1000 },
        { date: "2024-03-05", channel: "ads", kind: "retention", cents: 1000 },
      ],
    );
    const rows = await run("acquisition-cost", { by: "none" });
    expect(rows.map((row) => [row.spend, row.new_customers, row.cac])).toEqual([
      [null, 1, null],
      [10, 0, null],
      [null, 0, null],
      [null, 1, null],
    ]);
  });
});

describe("retention-cost", () => {
  it("divides each kind of cost by the customers that it is for, and all by revenue", () =>
    check(async ({ seen, asOf, grain, costs, variables }) => {
      const rows = await run("retention-cost", { grain, ...variables });
      const lastPeriod = periodStart(asOf, grain);
      const costPeriod = ({ date }: ShopCost) => periodStart(toDay(date), grain);
      const spans = ["acquisition", "retention", null].map((kind) =>
        toSpan(
          costs.filter((one) => kind === null || (one.kind ?? "acquisition") === kind),
          costPeriod,
        ),
      );
      const starts = [
        ...seen.map((one) => periodStart(toPurchase(one).day, grain)),
        ...costs.map(costPeriod),
      ].filter((day) => day <= lastPeriod);
      const periods: number[] = [];
      for (let day = Math.min(...starts); day <= lastPeriod; day = addPeriods(day, 1, grain))
        periods.push(day);
      expect(rows.map((row) => row.period)).toEqual(periods.map(toText));
      const customers = [...customersOf(seen).values()];
      rows.forEach((row, i) => {
        const period = periods[i]!;
        const isIn = ({ day }: Purchase) => periodStart(day, grain) === period;
        const [acquisition, retention, cost] = spans.map((inSpan) => {
          const records = inSpan(period);
          return records && records.reduce((sum, one) => sum + one.cents, 0) / 100;
        }) as (number | null)[];
        const fresh = customers.filter((list) => isIn(list[0]!)).length;
        const again = customers.filter((list) => list.slice(1).some(isIn)).length;
        const revenue = toMoney(cents(seen.map(toPurchase).filter(isIn)));
        const cac = acquisition !== null && fresh ? acquisition! / fresh : null;
        const crc = retention !== null && again ? retention! / again : null;
        sameRow(row, {
          cac,
          crc,
          ratio: cac !== null && crc ? cac / crc : null,
          marketing_ratio: cost !== null && revenue > 0 ? cost! / revenue : null,
          acquisition_cost: acquisition!,
          new_customers: fresh,
          retention_cost: retention!,
          repeat_customers: again,
          cost: cost!,
          revenue,
          is_complete: addPeriods(period, 1, grain) - 1 <= asOf,
        });
      });
    }));

  it("tells of three customers, one of whom came back", async () => {
    await buildShop(
      runner,
      toSelect([
        order("1", "a", "2024-01-05", 100),
        order("2", "b", "2024-01-06", 100),
        order("3", "a", "2024-02-05", 50),
        order("4", "c", "2024-02-06", 100),
        order("5", "c", "2024-02-06", 30),
        order("6", null, "2024-02-07", 20),
        order("7", "b", "2024-03-01", 10),
      ]),
      [
        { date: "2024-01-31", channel: "ads", kind: "acquisition", cents: 6000 },
        { date: "2024-02-10", channel: "ads", kind: null, cents: 4000 },
        { date: "2024-02-10", channel: "mail", kind: "retention", cents: 1000 },
        { date: "2024-02-10", channel: null, kind: "service", cents: 5000 },
      ],
    );
    const [january, february] = await run("retention-cost");
    expect(january).toMatchObject({ cac: 30, crc: null, ratio: null, marketing_ratio: 0.3 });
    // the second order of c on the same day is a repeat, the stray order revenue
    expect(february).toMatchObject({ cac: 40, crc: 5, ratio: 8, marketing_ratio: 0.5 });
    expect(await sentence("retention-cost")).toBe(
      "Over the complete periods of the costs file a repeat customer cost 5.00 a period and a new " +
        "one 33.33; 40.0% of revenue went into marketing.",
    );
  });
});

describe("value-compounding", () => {
  it.each(["auto", "on", "off"])(
    "compounds the value per customer of a cohort, CAC %s",
    (lessCac) =>
      check(async ({ seen, asOf, grain, costs, variables }) => {
        const margin = 0.6;
        const settings = { grain, margin, horizon: 400, less_cac: lessCac, ...variables };
        const rows = await run("value-compounding", settings);
        const paid = costs.filter(({ kind }) => kind === null || kind === "acquisition");
        const paidIn = toSpan(paid, ({ date }) => periodStart(toDay(date), grain));
        const isLess = lessCac === "on" || (lessCac === "auto" && paid.length > 0);
        const customers = [...customersOf(seen).values()];
        const cohorts = new Set(customers.map((list) => periodStart(list[0]!.day, grain)));
        const sorted = [...cohorts].sort((a, b) => a - b);
        expect([...new Set(rows.map((row) => row.cohort))]).toEqual(sorted.map(toText));
        for (const cohort of sorted) {
          const members = customers.filter((list) => periodStart(list[0]!.day, grain) === cohort);
          const spent = paidIn(cohort)?.reduce((sum, one) => sum + one.cents, 0) ?? null;
          const cac = spent === null ? null : spent / 100 / members.length;
          const mine = rows.filter((row) => row.cohort === toText(cohort));
          expect(mine.map((row) => row.k)).toEqual(mine.map((_, k) => k));
          let start: number | null = null;
          mine.forEach((row, k) => {
            const end = addPeriods(cohort, k + 1, grain);
            const net = cents(members.flat().filter(({ day }) => day < end));
            const earned = (toMoney(net) / members.length) * margin;
            const value = !isLess ? earned : cac === null ? null : earned - cac;
            if (k === 0) start = value;
            const times = value !== null && start !== null && start > 1e-9 ? value / start : null;
            near(row, {
              value,
              start_value: start,
              multiple: times,
              rate: k > 0 && times !== null && times >= 0 ? times ** (1 / k) - 1 : null,
              cac: isLess ? cac : null,
              customers: members.length,
              is_complete: end - 1 <= asOf,
            });
          });
          expect(addPeriods(cohort, mine.length, grain)).toBeGreaterThan(asOf);
        }
      }),
  );

  it("agrees with unit economics on the value, on both clocks", async () => {
    const shop = seededShop();
    await buildShop(runner, toSelect(shop.orders), shop.costs);
    for (const clock of ["calendar", "rolling"]) {
      const values = await run("value-compounding", { clock, margin: 0.4 });
      const units = await run("unit-economics", { clock, margin: 0.4 });
      const pick = (row: Record<string, Value>) => [
        row.cohort,
        row.k,
        row.customers,
        row.is_complete,
      ];
      expect(values.map(pick)).toEqual(units.map(pick));
      values.forEach((row, i) => near(row, { value: units[i]!.value!, cac: units[i]!.cac! }));
    }
  });

  it.each([
    [2, 414.5],
    [3, 1066.6667],
  ])("prints 126.8 % a year where 100 has, %d years on, brought %d more", async (years, more) => {
    const last = 2020 + years;
    const first = order("1", "a", "2020-03-01", 100);
    const again = { ...order("2", "a", `${last}-05-01`, 0), grossCents: Math.round(more * 100) };
    await buildShop(runner, toSelect([first, again]));
    const rows = await run("value-compounding", { grain: "year", as_of: `${last}-12-31` });
    expect(formatShare("en", Number(rows.at(-1)!.rate))).toBe("126.8%");
    expect(rows[0]).toMatchObject({ k: 0, value: 100, rate: null, multiple: 1 });
    expect(rows[1]).toMatchObject({ k: 1, value: 100, rate: 0 });
    const said = await sentence("value-compounding", { grain: "year", as_of: `${last}-12-31` });
    expect(said).toContain("126.8% compounded a period");
  });

  it("has no rate where the first order did not pay for the customer", async () => {
    const orders = [order("1", "a", "2024-01-05", 50), order("2", "a", "2024-02-05", 100)];
    const costs = [{ date: "2024-01-05", channel: null, kind: "acquisition", cents: 6000 }];
    await buildShop(runner, toSelect(orders), costs);
    const [, row] = await run("value-compounding");
    expect(row).toMatchObject({ value: 90, start_value: -10, multiple: null, rate: null, cac: 60 });
    const [, left] = await run("value-compounding", { less_cac: "off" });
    expect(left).toMatchObject({ value: 150, multiple: 3, rate: 2, cac: null });
  });
});

describe("retention-what-if", () => {
  it("measures the shop's own year, value and cost, customer by customer", async () => {
    const shop = seededShop();
    await buildShop(runner, toSelect(shop.orders), shop.costs);
    const last = Math.max(...shop.orders.map((one) => toPurchase(one).day));
    for (const asOf of [last, last - 40, last - 150]) {
      const rows = await run("retention-what-if", { as_of: toText(asOf), margin: 0.4 });
      const [middle, start] = [addPeriods(asOf, -1, "year"), addPeriods(asOf, -2, "year")];
      const customers = [...customersOf(shop.orders).values()];
      const isRecent = ({ day }: Purchase) => day > middle && day <= asOf;
      const earlier = customers.filter((list) =>
        list.some(({ day }) => day > start && day <= middle),
      );
      const stayed = earlier.filter((list) => list.some(isRecent)).length;
      const recent = customers.flat().filter(isRecent);
      const net = toMoney(cents(recent)) / customers.filter((list) => list.some(isRecent)).length;
      const paid = shop.costs.filter(
        ({ kind, date }) => (kind ?? "acquisition") === "acquisition" && toDay(date) <= asOf,
      );
      const days = paid.map(({ date }) => toDay(date));
      const [from, to] = [Math.min(...days), Math.max(...days)].map((day) =>
        periodStart(day, "month"),
      ) as [number, number];
      const came = customers.filter(
        ([first]) =>
          first!.day >= from && first!.day < addPeriods(to, 1, "month") && first!.day <= asOf,
      ).length;
      const cac = paid.reduce((sum, one) => sum + one.cents, 0) / 100 / came;
      const clv = (r: number) => (0.4 * net * 1.1) / (1.1 - r);
      const own = stayed / earlier.length;
      const [lower, upper] = wilson(stayed, earlier.length);
      near(
        rows.find((row) => row.is_own)!,
        {
          retention: own,
          clv: clv(own),
          uplift: clv(own + 0.05) / clv(own) - 1,
          net_of_cac_uplift: (clv(own + 0.05) - cac) / (clv(own) - cac) - 1,
          raised_retention: own + 0.05,
          clv_raised: clv(own + 0.05),
          yearly_net: net,
          cac,
          numerator: stayed,
          denominator: earlier.length,
          lower,
          upper,
        },
      );
      expect(rows.filter((row) => !row.is_own).map((row) => row.retention)).toEqual(
        Array.from({ length: 20 }, (_, i) => i / 20),
      );
      expect(rows.map((row) => Number(row.retention))).toEqual(
        rows.map((row) => Number(row.retention)).toSorted((a, b) => a - b),
      );
    }
  });

  it("counts the last twelve months and the twelve before them, to the day", async () => {
    const days = { a: ["2022-06-30", "2024-01-01"], b: ["2022-07-01", "2023-07-01"] };
    const more = { ...days, c: ["2023-06-30"], d: ["2024-06-30"] };
    const orders = Object.entries(more).flatMap(([id, list]) =>
      list.map((day, i) => order(`${id}${i}`, id, day, 30)),
    );
    await buildShop(runner, toSelect(orders));
    const own = (await run("retention-what-if")).find((row) => row.is_own)!;
    expect(own).toMatchObject({ numerator: 1, denominator: 2, retention: 0.5, yearly_net: 30 });
  });

  it("gives +11, +20, +25 and +33 % for five points at 60, 80, 85 and 90 %", async () => {
    await buildShop(runner, toSelect([order("1", "a", "2024-01-05", 100)]));
    const rows = await run("retention-what-if");
    const at = (r: number) => rows.find((row) => row.retention === r)!;
    const said = [0.6, 0.8, 0.85, 0.9].map((r) => formatShare("en", Number(at(r).uplift), 0));
    expect(said).toEqual(["11%", "20%", "25%", "33%"]);
    // 100 a year at 60 %: 100 × 1.1 ÷ 0.5; nothing is known of the cost, nor of a year before
    expect(at(0.6)).toMatchObject({ net_of_cac_uplift: null, cac: null, is_own: false });
    near(at(0.6), { clv: 220, clv_raised: 110 / 0.45 });
    expect(rows.some((row) => row.is_own)).toBe(false);
    expect(rows.every((row) => row.quoted_low === 0.25 && row.quoted_high === 0.95)).toBe(true);
  });

  it("takes what the reader sets, and is empty where nothing can be said", async () => {
    const given = { yearly_net: 50, retention: 0.8, cac: 100, margin: 0.5 };
    await buildShop(runner, toSelect([order("1", null, "2024-01-05", 100)]));
    const rows = await run("retention-what-if", given);
    // 25 × 1.1 ÷ 0.3 = 91.67 does not pay for 100; at 85 % it is 110, at 90 % 137.5
    const own = rows.find((row) => row.is_own)!;
    near(own, { clv: 27.5 / 0.3, clv_raised: 110, net_of_cac_uplift: null, uplift: 0.2 });
    expect(own).toMatchObject({ numerator: null, denominator: null, lower: null, upper: null });
    near(
      rows.find((row) => row.retention === 0.85)!,
      { net_of_cac_uplift: 37.5 / 10 - 1 },
    );
    const without = await run("retention-what-if", { discount: 0, points: 0.1 });
    const at = (r: number) => without.find((row) => row.retention === r)!;
    expect(at(0.9)).toMatchObject({ raised_retention: 1, uplift: null, clv: null });
    expect(at(0.95)).toMatchObject({ raised_retention: null, uplift: null });
    near(at(0.8), { uplift: 1 });
  });
});

describe("cohort-diff", () => {
  it.each(["periods", "segments"])("sets two sides against each other, %s", async (compare) => {
    const property = async ({ seen, asOf, grain, variables }: Sides) => {
      const horizon = 2;
      const settings = { compare, grain, horizon, segments: 2, ...variables };
      const rows = await run("cohort-diff", settings);
      const customers = firstOrders(seen).map((first) => ({
        cohort: periodStart(toPurchase(first).day, grain),
        label: first.channel ?? "(none)",
        periods: seen
          .filter(({ customerId }) => customerId === first.customerId)
          .map((one) => periodStart(toPurchase(one).day, grain)),
      }));
      const sizes = new Map<string, number>();
      for (const { label } of customers) sizes.set(label, (sizes.get(label) ?? 0) + 1);
      const ranked = [...sizes]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .map(([label]) => label);
      // the last period that is over, and from there the horizon back
      const isOver = (period: number) => addPeriods(period, 1, grain) - 1 <= asOf;
      let last = periodStart(asOf, grain);
      if (!isOver(last)) last = addPeriods(last, -1, grain);
      const latest = addPeriods(last, -horizon, grain);
      // a cohort that nobody is asked for is one with customers
      const before = (day: number) =>
        Math.max(...customers.map(({ cohort }) => cohort).filter((cohort) => cohort < day));
      const b = before(latest + 1) > 0 ? before(latest + 1) : latest;
      const a = before(b) > 0 ? before(b) : addPeriods(b, -1, grain);
      const isPeriods = compare === "periods";
      const sideOf = (which: "a" | "b") => (one: (typeof customers)[number]) =>
        isPeriods
          ? one.cohort === (which === "a" ? a : b)
          : one.label === ranked[which === "a" ? 0 : 1];
      const groupOf = (one: (typeof customers)[number]) =>
        !isPeriods ? toText(one.cohort) : ranked.indexOf(one.label) < 2 ? one.label : "(other)";
      let counted = 0;
      for (let k = 1; k <= horizon; ++k) {
        const known = customers.filter(
          (one) => isPeriods || isOver(addPeriods(one.cohort, k, grain)),
        );
        const sides = [known.filter(sideOf("a")), known.filter(sideOf("b"))] as const;
        const groups = [...new Set([...sides[0], ...sides[1]].map(groupOf))];
        const mine = rows.filter((row) => row.k === k);
        counted += mine.length;
        expect(new Set(mine.filter((row) => !row.is_total).map((row) => row.group))).toEqual(
          new Set(groups),
        );
        const effects = [0, 0];
        for (const row of mine.toSorted((x, y) => Number(x.is_total) - Number(y.is_total))) {
          const inRow = sides.map((side) =>
            side.filter((one) => row.is_total || groupOf(one) === row.group),
          ) as [typeof customers, typeof customers];
          const active = inRow.map(
            (side) =>
              side.filter(({ cohort, periods }) => periods.includes(addPeriods(cohort, k, grain)))
                .length,
          ) as [number, number];
          const n = inRow.map((side) => side.length) as [number, number];
          sameRow(row, { active_a: active[0], size_a: n[0], active_b: active[1], size_b: n[1] });
          const expected = compareRates(active, n);
          near(row, { ...expected, size: n[0] + n[1], is_complete: true });
          if (row.is_total) {
            if (n[0] && n[1]) near(row, { rate_effect: effects[0]!, mix_effect: effects[1]! });
            if (n[0] && n[1])
              expect(effects[0]! + effects[1]!).toBeCloseTo(Number(row.difference), 12);
            continue;
          }
          if (!sides[0].length || !sides[1].length) continue;
          const [rateA, rateB] = [expected.rate_a, expected.rate_b];
          const [shareA, shareB] = [n[0] / sides[0].length, n[1] / sides[1].length];
          const [from, to] = [(rateA ?? rateB)!, (rateB ?? rateA)!];
          const [rates, mix] = [
            ((shareA + shareB) / 2) * (to - from),
            ((shareB - shareA) * (to + from)) / 2,
          ];
          near(row, { rate_effect: rates, mix_effect: mix });
          effects[0]! += rates;
          effects[1]! += mix;
        }
      }
      expect(counted).toBe(rows.length);
    };
    await check(property);
    // a shop where both sides of every split have customers
    const { orders } = seededShop();
    await buildShop(runner, toSelect(orders));
    const days = orders.map((one) => toPurchase(one).day);
    const last = Math.max(...days);
    for (const [grain, cut] of [
      ["month", 0],
      ["quarter", 0],
      ["quarter", 70],
      ["week", 30],
    ] as [Grain, number][]) {
      const seen = orders.filter((_, i) => days[i]! <= last - cut);
      await property({
        seen,
        asOf: last - cut,
        grain,
        variables: { as_of: toText(last - cut) },
      });
    }
  });

  it("gives Newcombe's interval for 56 of 70 against 48 of 80 (1998, method 10)", async () => {
    const cohort = (month: number, size: number, back: number) =>
      Array.from({ length: size }, (_, i) => {
        const id = `${month}-${i}`;
        const first = order(`${id}-1`, id, `2024-0${month}-05`, 10);
        return i < back ? [first, order(`${id}-2`, id, `2024-0${month + 1}-06`, 10)] : [first];
      }).flat();
    await buildShop(runner, toSelect([...cohort(1, 80, 48), ...cohort(2, 70, 56)]));
    const days = { a: "2024-01-31", b: "2024-02-01", as_of: "2024-04-15" };
    const rows = await run("cohort-diff", days);
    const total = rows.filter((row) => row.is_total);
    expect(total.map((row) => [row.k, row.is_complete])).toEqual([
      [1, true],
      [2, false],
    ]);
    const printed = [total[0]!.difference, total[0]!.lower, total[0]!.upper].map((value) =>
      Number(value).toFixed(4),
    );
    expect(printed).toEqual(["0.2000", "0.0524", "0.3339"]);
    // z = 0.2 ÷ √(0.6933 × 0.3067 × (1/70 + 1/80)) = 2.650
    expect(Number(total[0]!.p_value)).toBeCloseTo(0.00805, 5);
    expect(total[0]).toMatchObject({ side_a: "2024-01-01", side_b: "2024-02-01", mix_effect: 0 });
    expect(await run("cohort-diff", { ...days, as_of: "2024-02-10" })).toEqual([]);
  });

  it("tells a better mix from better rates", async () => {
    // ads keep half and mail all of theirs in both months, but mail brings more in the second
    const people = (month: number, channel: string, size: number, back: number) =>
      Array.from({ length: size }, (_, i) => {
        const id = `${month}-${channel}-${i}`;
        const first = { ...order(`${id}-1`, id, `2024-0${month}-05`, 10), channel };
        return i < back ? [first, order(`${id}-2`, id, `2024-0${month + 1}-06`, 10)] : [first];
      }).flat();
    const first = [...people(1, "ads", 8, 4), ...people(1, "mail", 2, 2)];
    await buildShop(
      runner,
      toSelect([...first, ...people(2, "ads", 4, 2), ...people(2, "mail", 6, 6)]),
    );
    const [total] = await run("cohort-diff", {
      a: "2024-01-01",
      b: "2024-02-01",
      as_of: "2024-03-31",
    });
    near(total!, { rate_a: 0.6, rate_b: 0.8, difference: 0.2, rate_effect: 0, mix_effect: 0.2 });
  });
});

interface Case {
  /** the orders up to the observation end */
  seen: ShopOrder[];
  asOf: number;
  grain: Grain;
  costs: ShopCost[];
  touches: Touch[];
  variables: Record<string, Value>;
}

type Sides = Pick<Case, "seen" | "asOf" | "grain" | "variables">;

async function check(property: (one: Case) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      orderLists,
      grains,
      cuts,
      costLists,
      touchLists,
      async (orders, grain, cut, costs, touches) => {
        await buildShop(runner, toSelect(orders), costs, { touches });
        await property({ ...cutOrders(orders, cut), grain, costs, touches });
      },
    ),
    { numRuns: 9, seed: 7 },
  );
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}

/** As `sameRow`, where differences of like amounts leave fewer digits. */
function near(row: Record<string, Value>, expected: Record<string, Value>): void {
  for (const [name, value] of Object.entries(expected)) {
    const ours = row[name];
    if (typeof ours === "number" && typeof value === "number")
      expect(Math.abs(ours - value), name).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(value)));
    else expect([name, ours]).toEqual([name, value]);
  }
}

/** What the page says of the rows. */
async function sentence(id: string, variables: Record<string, Value> = {}): Promise<string> {
  const query = readQuery("analyses", id);
  const rows = await run(id, variables);
  const table = {
    numRows: rows.length,
    column: (name: string) => (row: number) => rows[row]![name],
  };
  return sayFacts(query, query.sentence.en, table, "en", null);
}

function order(orderId: string, customerId: string | null, day: string, net: number): ShopOrder {
  return { orderId, customerId, orderedAt: `${day} 12:00:00`, grossCents: net * 100 };
}

/** Each customer's first order. */
function firstOrders(orders: ShopOrder[]): ShopOrder[] {
  const ids = new Set([...customersOf(orders).values()].map((list) => list[0]!.id));
  return orders.filter(({ orderId }) => ids.has(orderId));
}

function yearsBetween(from: number, to: number, grain: Grain): number {
  if (grain === "day" || grain === "week") return (to - from) / 365.25;
  const [start, end] = [new Date(from * 86400000), new Date(to * 86400000)];
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  return years + (end.getUTCMonth() - start.getUTCMonth()) / 12;
}

/** Two shares, their difference with Newcombe's interval, and the chance of one as large. */
function compareRates([a, b]: [number, number], [nA, nB]: [number, number]) {
  const [rateA, rateB] = [nA ? a / nA : null, nB ? b / nB : null];
  const nothing = { difference: null, lower: null, upper: null, p_value: null };
  if (rateA === null || rateB === null) return { rate_a: rateA, rate_b: rateB, ...nothing };
  const [lowA, highA] = wilson(a, nA) as [number, number];
  const [lowB, highB] = wilson(b, nB) as [number, number];
  const pooled = (a + b) / (nA + nB);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / nA + 1 / nB));
  return {
    rate_a: rateA,
    rate_b: rateB,
    difference: rateB - rateA,
    lower: rateB - rateA - Math.hypot(rateB - lowB, highA - rateA),
    upper: rateB - rateA + Math.hypot(highB - rateB, rateA - lowA),
    p_value: spread > 0 ? 1 - 2 * normalArea(Math.abs(rateB - rateA) / spread) : 1,
  };
}

/** Area under the normal density from 0 to z, by Simpson's rule. */
function normalArea(z: number): number {
  const steps = 2000;
  let sum = 0;
  for (let i = 0; i <= steps; ++i) {
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    sum += weight * Math.exp(-(((z * i) / steps) ** 2) / 2);
  }
  return (sum * z) / steps / 3 / Math.sqrt(2 * Math.PI);
}

interface Factors {
  buyers: number;
  frequency: number | null;
  value: number | null;
}

/** What each factor adds when it moves, averaged over the six orders in which the three can move. */
function shapley(before: Factors, now: Factors): number[] {
  const from = [before.buyers, before.frequency ?? now.frequency, before.value ?? now.value];
  const to = [now.buyers, now.frequency ?? before.frequency, now.value ?? before.value];
  const parts = [0, 0, 0];
  const product = (values: (number | null)[]) =>
    values.reduce<number>((all, value) => all * (value ?? 0), 1);
  for (const moves of ["012", "021", "102", "120", "201", "210"]) {
    const place = from.slice();
    for (const factor of [...moves].map(Number)) {
      const old = product(place);
      place[factor] = to[factor]!;
      parts[factor]! += (product(place) - old) / 6;
    }
  }
  return parts;
}

function cent(value: number): number {
  return Math.round(value * 100) / 100;
}

/** First days of all periods from the first order to the observation end. */
function periodsTo(orders: ShopOrder[], asOf: number, grain: Grain): number[] {
  const periods: number[] = [];
  const days = orders.map((one) => toPurchase(one).day);
  if (!days.length) return periods;
  for (
    let day = periodStart(Math.min(...days), grain);
    day <= asOf;
    day = addPeriods(day, 1, grain)
  )
    periods.push(day);
  return periods;
}

/** The records of a period; none is [] between the first and the last of them and null beyond. */
function toSpan<T>(records: T[], periodOf: (record: T) => number): (period: number) => T[] | null {
  const periods = records.map(periodOf);
  const [first, last] = [Math.min(...periods), Math.max(...periods)];
  return (period) =>
    period < first || period > last ? null : records.filter((_, i) => periods[i] === period);
}

function cents(purchases: Purchase[]): bigint {
  return purchases.reduce((sum, { netCents }) => sum + netCents, 0n);
}

function toMoney(value: bigint): number {
  return Number(value) / 100;
}
