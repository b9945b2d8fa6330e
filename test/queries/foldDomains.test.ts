import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { BesideOrders, Contact, Referral, Touch } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopCost, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  clockOf,
  customersOf,
  cutOrders,
  dayOf,
  distinctDays,
  median,
  periodStart,
  toDay,
  toPurchase,
  toText,
  wilson,
  type Grain,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { sameRow } from "./sameRow.ts";
import { buildSeededShop } from "./seededShop.ts";

// Private domain and word of mouth a second time, customer by customer, without SQL.

vi.setConfig({ testTimeout: 120_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2022-12-20");
const span = 620;

const orderLists = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 12 }),
      day: fc.integer({ min: 0, max: span }),
      second: fc.integer({ min: 0, max: 86399 }),
      grossCents: fc.integer({ min: 0, max: 99999 }),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
      domain: fc.constantFrom("public", "private", "private", "other", null),
    }),
    { minLength: 1, maxLength: 70 },
  )
  .map((list) =>
    list.map(({ customer, day, second, grossCents, refundShare, domain }, i): ShopOrder => ({
      orderId: `o${i}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      grossCents,
      refundCents: refundShare ? Math.floor(grossCents / refundShare) : 0,
      domain,
      channel: domain,
    })),
  );
const grains = fc.constantFrom<Grain>("day", "week", "month", "quarter", "year");
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 250 }), { nil: null });

describe("domain-growth", () => {
  it("equals a fold, and its shares and changes add up", () =>
    check(noBeside, async ({ seen, asOf, grain, variables }) => {
      const rows = await run("domain-growth", { grain, ...variables });
      const days = seen.map((order) => toPurchase(order).day);
      if (!seen.length) return expect(rows).toEqual([]);
      const start = Math.min(...days);
      const domainOf = (order: ShopOrder) => order.domain ?? "other";
      const hasOther = seen.some((order) => domainOf(order) === "other");
      const domains = ["public", "private", ...(hasOther ? ["other"] : [])];
      const sum = (domain: string | null, from: number, to: number) =>
        seen
          .filter((_, i) => days[i]! >= from && days[i]! < to)
          .filter((order) => domain === null || domainOf(order) === domain)
          .reduce((total, order) => total + toPurchase(order).netCents, 0n);
      let place = 0;
      for (let period = periodStart(start, grain); period <= asOf;) {
        const end = addPeriods(period, 1, grain);
        const total = sum(null, period, end);
        let parts = 0n;
        for (const domain of domains) {
          const inside = seen.filter(
            (order, i) => days[i]! >= period && days[i]! < end && domainOf(order) === domain,
          );
          const before = yearBefore(period, grain);
          const isBased = end - 1 <= asOf && before >= start;
          const revenue = sum(domain, period, end);
          const base = isBased ? sum(domain, before, addPeriods(before, 1, grain)) : null;
          parts += revenue;
          sameRow(rows[place++]!, {
            period: toText(period),
            domain,
            orders: inside.length,
            customers: new Set(inside.flatMap(({ customerId }) => customerId ?? [])).size,
            revenue: Number(revenue) / 100,
            share: total > 0n ? Number(revenue) / Number(total) : null,
            yoy: base !== null && base > 0n ? Number(revenue - base) / Number(base) : null,
            total_revenue: Number(total) / 100,
            base_revenue: base === null ? null : Number(base) / 100,
            change: base === null ? null : Number(revenue - base) / 100,
            is_complete: end - 1 <= asOf,
          });
        }
        expect(parts).toBe(total);
        period = end;
      }
      expect(rows).toHaveLength(place);
    }));

  it("compares whole periods alone, and names no customers where the export names none", async () => {
    const order = (orderId: string, day: string, domain: string | null): ShopOrder => ({
      orderId,
      customerId: null,
      orderedAt: `${day} 10:00:00`,
      grossCents: 10000,
      domain,
    });
    await buildShop(
      runner,
      toSelect([
        order("1", "2023-01-10", "private"),
        order("2", "2023-02-10", "private"),
        order("3", "2024-01-10", "private"),
        order("4", "2024-02-10", "private"),
        order("5", "2024-02-11", "private"),
        order("6", "2024-03-01", "public"),
      ]),
    );
    const rows = await run("domain-growth");
    expect(new Set(rows.map((row) => row.domain))).toEqual(new Set(["public", "private"]));
    expect(rows.every((row) => row.customers === null)).toBe(true);
    const at = (period: string, domain: string) =>
      rows.find((row) => row.period === period && row.domain === domain)!;
    expect(at("2024-01-01", "private")).toMatchObject({ yoy: null, base_revenue: null });
    expect(at("2024-02-01", "private")).toMatchObject({ yoy: 1, base_revenue: 100, change: 100 });
    expect(at("2024-02-01", "public")).toMatchObject({ yoy: null, base_revenue: 0, revenue: 0 });
    expect(at("2024-03-01", "public")).toMatchObject({ base_revenue: null, is_complete: false });
    const later = await run("domain-growth", { from: "2024-02-01", to: "2024-02-15" });
    expect(later).toEqual(rows.filter((row) => row.period === "2024-02-01"));
    expect(await run("domain-growth", { as_of: "2022-12-31" })).toEqual([]);
  });
});

const touchLists = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: -30, max: span + 30 }),
      second: fc.integer({ min: 0, max: 86399 }),
      way: fc.constantFrom("phone", "企业微信", "电话外呼", "ads", null),
      kind: fc.constantFrom("Call", "message", null),
      /** hours from the touch to the answer */
      wait: fc.constantFrom(null, null, -30, -5, -1, 0, 3, 30, 75, 300),
      seconds: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
    }),
    { maxLength: 60 },
  )
  .map((list) => ({
    touches: list.map(({ customer, day, second, way, kind, wait, seconds }): Touch => ({
      customerId: `c${customer}`,
      touchedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      channel: way,
      domain: way === "企业微信" ? "private" : null,
      kind,
      respondedAt: wait === null ? null : timeOf((firstDay + day) * 86400 + second + wait * 3600),
      seconds,
    })),
  }));

describe("touch-response", () => {
  it.each(["channel", "kind", "domain"] as const)("equals a fold, by %s", (by) =>
    check(touchLists, async ({ beside, asOf, variables }) => {
      for (const days of [null, 3]) {
        const rows = await run("touch-response", { by, response_days: days, ...variables });
        const watched = beside.touches!.flatMap((touch) => {
          const touched = dayOf(touch.touchedAt);
          if (touched + (days ?? 0) > asOf) return [];
          const answered = touch.respondedAt ? dayOf(touch.respondedAt) : null;
          const isAnswered =
            answered !== null &&
            answered >= touched &&
            answered <= Math.min(asOf, touched + (days ?? 9999));
          const said = (touch.channel ?? touch.kind ?? "").toLowerCase();
          const isTraditional = ["phone", "call", "电话"].some((word) => said.includes(word));
          return [{ ...touch, isAnswered, isTraditional, label: touch[by] ?? "(none)" }];
        });
        const traditional = watched.filter(({ isTraditional }) => isTraditional);
        const baseline =
          traditional.filter(({ isAnswered }) => isAnswered).length / traditional.length;
        expect(rows.reduce((sum, row) => sum + Number(row.touches), 0)).toBe(watched.length);
        expect(new Set(rows.map((row) => row.channel)).size).toBe(rows.length);
        for (const row of rows) {
          const inside = watched.filter(({ label }) => label === row.channel);
          const answered = inside.filter(({ isAnswered }) => isAnswered);
          const timed = inside.filter((touch) => typeof touch.seconds === "number");
          const seconds = timed.reduce((sum, touch) => sum + touch.seconds!, 0);
          const timedAnswers = timed.filter(({ isAnswered }) => isAnswered).length;
          const rate = answered.length / inside.length;
          const [lower, upper] = wilson(answered.length, inside.length);
          sameRow(row, {
            touches: inside.length,
            responses: answered.length,
            rate,
            lower,
            upper,
            responders: new Set(answered.map(({ customerId }) => customerId)).size,
            per_hour: seconds > 0 ? timedAnswers / (seconds / 3600) : null,
            mean_duration_s: timed.length ? seconds / timed.length : null,
            ratio_to_traditional: baseline > 0 ? rate / baseline : null,
            hours: timed.length ? seconds / 3600 : null,
          });
        }
      }
    }),
  );

  it.each([
    [30, "10.0", "2.50"],
    [50, "16.7", "4.17"],
  ])(
    "prints 4.0 % for 20 answers to 500 calls, and what %i answers of 300 friends are",
    async (answers, percent, ratio) => {
      const touch = (customerId: string, channel: string, isAnswered: boolean): Touch => ({
        customerId,
        touchedAt: "2024-03-01 10:00:00",
        channel,
        domain: null,
        kind: null,
        respondedAt: isAnswered ? "2024-03-01 10:05:00" : null,
        seconds: channel === "phone" ? 72 : null,
      });
      const touches = [
        ...Array.from({ length: 500 }, (_, i) => touch(`p${i}`, "phone", i < 20)),
        ...Array.from({ length: 300 }, (_, i) => touch(`f${i}`, "朋友圈", i < answers)),
      ];
      await buildShop(runner, toSelect([oneOrder]), [], { touches });
      const [calls, friends] = await run("touch-response");
      const printed = (share: Value | undefined) => (Number(share) * 100).toFixed(1);
      expect(calls).toMatchObject({ channel: "phone", touches: 500, responses: 20, per_hour: 2 });
      expect([calls!.mean_duration_s, calls!.ratio_to_traditional]).toEqual([72, 1]);
      expect(printed(calls!.rate)).toBe("4.0");
      expect(friends).toMatchObject({ touches: 300, responses: answers, per_hour: null });
      expect(printed(friends!.rate)).toBe(percent);
      expect(Number(friends!.ratio_to_traditional).toFixed(2)).toBe(ratio);
      const other = await run("touch-response", { traditional: "朋友圈" });
      expect(other[0]!.ratio_to_traditional).toBeCloseTo(0.04 / (answers / 300), 12);
      const none = await run("touch-response", { traditional: " , fax" });
      expect(none.map((row) => row.ratio_to_traditional)).toEqual([null, null]);
      expect(await run("touch-response", { to: "2024-02-29" })).toEqual([]);
    },
  );
});

const referralLists = fc
  .array(
    fc.record({
      referrer: fc.integer({ min: 1, max: 11 }),
      referee: fc.integer({ min: 1, max: 11 }),
      day: fc.option(fc.integer({ min: -60, max: span }), { nil: null, freq: 6 }),
      second: fc.integer({ min: 0, max: 86399 }),
      method: fc.constantFrom("拼团", "invite", null),
      rewardCents: fc.option(fc.integer({ min: 0, max: 9999 }), { nil: null }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((list) => ({
    referrals: list.map(({ referrer, referee, day, second, method, rewardCents }): Referral => ({
      referrerId: `c${referrer}`,
      refereeId: `c${referee}`,
      referredAt: day === null ? null : `${toText(firstDay + day)} ${clockOf(second)}`,
      method,
      rewardCents,
    })),
  }));

describe("referral-growth", () => {
  it("equals a fold", () =>
    check(
      referralLists,
      async ({ orders, seen, beside, asOf, grain, variables }) => {
        const rows = await run("referral-growth", { grain, ...variables });
        const referred = referredOf(orders, beside.referrals!);
        const customers = [...customersOf(seen)].map(([id, purchases]) => {
          const days = purchases.map(({ day }) => day);
          return { id, days, first: days[0]!, by: referred.get(id) };
        });
        if (!customers.length) return expect(rows).toEqual([]);
        const firstOf = new Map(customers.map(({ id, first }) => [id, first]));
        const dataStart = Math.min(...orders.map((order) => toPurchase(order).day));
        let period = periodStart(Math.min(...firstOf.values()), grain);
        for (const row of rows) {
          const end = addPeriods(period, 1, grain) - 1;
          const fresh = customers.filter(({ first }) => first >= period && first <= end);
          const brought = fresh.filter(({ by, first }) => by && by.day <= first);
          const waits = brought
            .map(({ by, first }) => first - (firstOf.get(by!.referrerId) ?? Infinity))
            .filter((wait) => wait >= 0);
          const isKnown = end + 90 <= asOf && end - 179 >= dataStart;
          const referees = customers.filter(
            ({ by, days }) =>
              by &&
              by.day > end - 90 &&
              by.day <= end &&
              days.some((day) => day >= by.day && day <= by.day + 90),
          ).length;
          const active = customers.filter(({ days }) =>
            days.some((day) => day > end - 180 && day <= end - 90),
          ).length;
          const [lower, upper] = wilson(brought.length, fresh.length);
          sameRow(row, {
            period: toText(period),
            new_customers: fresh.length,
            referred: brought.length,
            share: fresh.length ? brought.length / fresh.length : null,
            k_factor: isKnown && active ? referees / active : null,
            cycle_days: median(waits),
            lower,
            upper,
            referees: isKnown ? referees : null,
            active_before: isKnown ? active : null,
            organic: fresh.length - brought.length,
            is_complete: end <= asOf,
          });
          period = end + 1;
        }
        expect(period).toBe(addPeriods(periodStart(asOf, grain), 1, grain));
      },
      60,
    ));

  it("has the K of customer equity in the period that ended 90 days before the observation end", async () => {
    await buildSeededShop(runner);
    const ends = { month: "2023-11-30", quarter: "2023-09-30", week: "2024-01-07" };
    for (const [grain, end] of Object.entries(ends)) {
      const asOf = toText(toDay(end) + 90);
      const [equity] = await run("customer-equity", { as_of: asOf });
      const rows = await run("referral-growth", { grain, as_of: asOf });
      const period = toText(periodStart(toDay(end), grain as Grain));
      const row = rows.find((one) => one.period === period)!;
      expect(row.k_factor).toBe(equity!.k_observed);
      expect(Number(row.k_factor)).toBeGreaterThan(0);
      expect(rows.filter((one) => one.k_factor !== null).at(-1)).toEqual(row);
    }
  });

  it("takes a pair once, leaves out who brought themselves, and counts 2 of 4 with K = 1", async () => {
    const order = (customerId: string, day: string): ShopOrder => ({
      orderId: `${customerId} ${day}`,
      customerId,
      orderedAt: `${day} 09:00:00`,
      grossCents: 1000,
    });
    const orders = [
      ...["a", "b"].map((id) => order(id, "2023-01-01")),
      order("a", "2023-05-20"),
      order("c", "2023-07-10"),
      order("d", "2023-08-01"),
      order("e", "2023-08-02"),
      order("f", "2023-08-03"),
      order("f", "2024-03-01"),
    ];
    const pair = (referrerId: string, refereeId: string, day: string | null): Referral => ({
      referrerId,
      refereeId,
      referredAt: day && `${day} 23:00:00`,
    });
    const referrals = [
      pair("a", "c", "2023-07-01"),
      pair("b", "c", "2023-07-02"),
      pair("zzz", "d", null),
      pair("e", "e", "2023-08-01"),
      pair("a", "f", "2023-08-04"),
      pair("a", "never", "2023-08-04"),
    ];
    await buildShop(runner, toSelect(orders), [], { referrals });
    const rows = await run("referral-growth", { grain: "quarter" });
    expect(rows.find((row) => row.period === "2023-07-01")).toMatchObject({
      new_customers: 4,
      referred: 2,
      share: 0.5,
      cycle_days: 190,
      organic: 2,
      referees: 1,
      active_before: 1,
      k_factor: 1,
    });
    expect(rows.find((row) => row.period === "2023-04-01")).toMatchObject({
      new_customers: 0,
      share: null,
      lower: null,
      k_factor: null,
      cycle_days: null,
    });
  });
});

describe("koc-leaderboard", () => {
  it("equals a fold, and no revenue counts twice", () =>
    check(referralLists, async ({ orders, seen, beside, asOf, variables }) => {
      const margin = 0.3;
      const rows = await run("koc-leaderboard", { margin, ...variables });
      const firsts = new Map([...customersOf(orders)].map(([id, list]) => [id, list[0]!.day]));
      const pairs = beside
        .referrals!.filter(({ referrerId, refereeId }) => referrerId !== refereeId)
        .map((pair) => ({
          ...pair,
          day: pair.referredAt ? dayOf(pair.referredAt) : (firsts.get(pair.refereeId) ?? null),
        }))
        .filter(({ day }) => day === null || day <= asOf);
      const owner = new Map<string, (typeof pairs)[number]>();
      const rank = (pair: (typeof pairs)[number]) =>
        `${String(pair.day ?? 99999).padStart(5, "0")} ${pair.referrerId}`;
      for (const pair of pairs) {
        const known = owner.get(pair.refereeId);
        if (!known || rank(pair) < rank(known)) owner.set(pair.refereeId, pair);
      }
      const netOf = (refereeId: string, day: number | null) =>
        day === null
          ? []
          : (customersOf(seen).get(refereeId) ?? []).filter((one) => one.day >= day);
      const expected = [...new Set(pairs.map(({ referrerId }) => referrerId))].map((id) => {
        const own = [...owner.values()].filter(({ referrerId }) => referrerId === id);
        const sales = own.map(({ refereeId, day }) => netOf(refereeId, day));
        const buyers = sales.filter((list) => list.length > 0).length;
        const cents = sales.flat().reduce((sum, { netCents }) => sum + netCents, 0n);
        const paid = pairs.filter((pair) => pair.referrerId === id && pair.rewardCents !== null);
        const rewardCents = paid.reduce((sum, pair) => sum + pair.rewardCents!, 0);
        const reward = paid.length ? rewardCents / 100 : null;
        const gain = reward === null ? null : (Number(cents) / 100) * margin - reward;
        const second = [...owner.values()].filter(
          ({ referrerId, refereeId }) =>
            refereeId !== id && own.some((child) => child.refereeId === referrerId),
        );
        const [lower, upper] = wilson(buyers, own.length);
        return {
          referrer_id: id,
          referees: own.length,
          referee_revenue: Number(cents) / 100,
          second_generation: second.length,
          reward,
          roi: gain !== null && reward ? gain / reward : null,
          buyers,
          buying_share: own.length ? buyers / own.length : null,
          lower,
          upper,
          gain,
        };
      });
      expected.sort(
        (a, b) =>
          b.referee_revenue - a.referee_revenue ||
          b.referees - a.referees ||
          (a.referrer_id < b.referrer_id ? -1 : 1),
      );
      expect(rows).toHaveLength(expected.length);
      expected.forEach((row, i) => sameRow(rows[i]!, row));
      expect(rows.reduce((sum, row) => sum + Number(row.referees), 0)).toBe(owner.size);
    }));

  it("returns 5 for 1 of a reward of 20 on 240 at half the margin, and nothing of no reward", async () => {
    const orders = [
      order("b", "2024-01-01", 99900),
      order("b", "2024-03-01", 24000),
      order("c", "2024-04-01", 5000),
    ];
    const referrals: Referral[] = [
      { referrerId: "a", refereeId: "b", referredAt: "2024-02-01 08:00:00", rewardCents: 2000 },
      { referrerId: "b", refereeId: "c", referredAt: null, rewardCents: 0 },
      { referrerId: "c", refereeId: "nobody", referredAt: null },
    ];
    await buildShop(runner, toSelect(orders), [], { referrals });
    const rows = await run("koc-leaderboard", { margin: 0.5 });
    expect(rows).toMatchObject([
      { referrer_id: "a", referee_revenue: 240, roi: 5, second_generation: 1, buyers: 1 },
      { referrer_id: "b", referee_revenue: 50, roi: null, reward: 0, gain: 25 },
      { referrer_id: "c", referees: 1, referee_revenue: 0, reward: null, roi: null, buyers: 0 },
    ]);
    await buildShop(runner, toSelect(orders));
    expect(await run("koc-leaderboard")).toEqual([]);
  });
});

const joinLists = fc
  .array(fc.option(fc.integer({ min: -60, max: span }), { nil: null, freq: 4 }), {
    minLength: 12,
    maxLength: 12,
  })
  .map((days) => ({
    contacts: days.map((day, i): Contact => ({
      customerId: `c${i}`,
      joinedPrivateAt: day === null ? null : toText(firstDay + day),
    })),
  }));

describe("private-domain-conversion", () => {
  it("equals a fold", () =>
    check(joinLists, async ({ orders, beside, asOf, grain, variables }) => {
      const limits = { joined: 40, ordered: 90, "first-order": 30 };
      const rows = await run("private-domain-conversion", { grain, join_days: 40, ...variables });
      const all = orders.map(toPurchase);
      const dataStart = Math.min(...all.map(({ day }) => day));
      const daysOf = (id: string, domain?: string) =>
        orders
          .map((order, i) => ({ order, day: all[i]!.day }))
          .filter(({ order }) => order.customerId === id && (!domain || order.domain === domain))
          .map(({ day }) => day);
      const members = beside.contacts!.flatMap(({ customerId: id, joinedPrivateAt }) => {
        const joined = joinedPrivateAt ? toDay(joinedPrivateAt) : null;
        const list: { step: keyof typeof limits; from: number; done: number }[] = [];
        const firstPublic = Math.min(...daysOf(id, "public"));
        if (firstPublic < Infinity && (joined ?? Infinity) >= firstPublic)
          list.push({ step: "joined", from: firstPublic, done: joined ?? Infinity });
        if (joined !== null && joined >= dataStart) {
          const days = daysOf(id);
          const next = Math.min(...days.filter((day) => day >= joined));
          list.push({ step: "ordered", from: joined, done: next });
          if (days.every((day) => day >= joined))
            list.push({ step: "first-order", from: joined, done: next });
        }
        return list.filter(({ from }) => from <= asOf);
      });
      if (!members.length) return expect(rows).toEqual([]);
      const start = periodStart(Math.min(...members.map(({ from }) => from)), grain);
      let place = 0;
      for (const [step, days] of Object.entries(limits)) {
        for (let cohort = start; cohort <= asOf; cohort = addPeriods(cohort, 1, grain)) {
          const end = addPeriods(cohort, 1, grain) - 1;
          const base = members.filter(
            (one) =>
              one.step === step && one.from >= cohort && one.from <= end && one.from + days <= asOf,
          );
          const done = base.filter((one) => one.done <= one.from + days).length;
          const [lower, upper] = wilson(done, base.length);
          sameRow(rows[place++]!, {
            step,
            cohort: toText(cohort),
            numerator: done,
            denominator: base.length,
            rate: base.length ? done / base.length : null,
            lower,
            upper,
            is_complete: end + days <= asOf,
          });
        }
      }
      expect(rows).toHaveLength(place);
    }));

  it("counts the day itself, the last day, and those who never ordered", async () => {
    const order = (customerId: string, day: string, domain: string): ShopOrder => ({
      orderId: `${customerId} ${day}`,
      customerId,
      orderedAt: `${day} 12:00:00`,
      grossCents: 100,
      domain,
    });
    const orders = [
      order("same", "2024-01-01", "public"),
      order("last", "2024-01-01", "public"),
      order("late", "2024-01-01", "public"),
      order("before", "2024-01-10", "public"),
      order("never", "2024-01-05", "public"),
      order("last", "2024-04-30", "private"),
      order("x", "2024-06-30", "other"),
    ];
    const joined = {
      same: "2024-01-01",
      last: "2024-01-31",
      late: "2024-02-01",
      before: "2024-01-02",
      stranger: "2024-01-03",
      early: "2023-06-01",
    };
    const contacts = Object.entries(joined).map(([customerId, joinedPrivateAt]): Contact => ({
      customerId,
      joinedPrivateAt,
    }));
    await buildShop(runner, toSelect(orders), [], { contacts });
    const rows = await run("private-domain-conversion");
    const at = (step: string, cohort: string) => {
      const row = rows.find((one) => one.step === step && one.cohort === cohort)!;
      return [row.numerator, row.denominator, row.is_complete];
    };
    expect(at("joined", "2024-01-01")).toEqual([2, 4, true]);
    expect(at("ordered", "2024-01-01")).toEqual([3, 4, true]);
    expect(at("ordered", "2024-02-01")).toEqual([0, 1, true]);
    expect(at("first-order", "2024-01-01")).toEqual([2, 3, true]);
    expect(at("joined", "2024-06-01")).toEqual([0, 0, false]);
  });
});

describe("dormant-wakeup", () => {
  it.each([null, 45])("equals a fold, dormant after %s days", (dormantDays) =>
    check(touchLists, async ({ seen, beside, asOf, variables }) => {
      const wake = 20;
      const settings = { dormant_days: dormantDays, wake_days: wake, ...variables };
      const rows = await run("dormant-wakeup", settings);
      const customers = [...customersOf(seen)].map(([id, list]) => ({
        id,
        days: distinctDays(list),
        touched: beside.touches!.filter((one) => one.customerId === id).map(touchDay),
      }));
      const gaps = customers
        .flatMap(({ days }) => days.slice(1).map((day, i) => day - days[i]!))
        .sort((a, b) => a - b);
      if (!customers.length || (dormantDays === null && !gaps.length))
        return expect(rows).toEqual([]);
      const place = 0.9 * (gaps.length - 1);
      const below = gaps[Math.floor(place)]!;
      const limit = dormantDays ?? below + (gaps[Math.ceil(place)]! - below) * (place % 1);
      const first = Math.min(...customers.map(({ days }) => days[0]!));
      let month = addPeriods(periodStart(first, "month"), 1, "month");
      for (const row of rows) {
        const end = addPeriods(month, 1, "month") - 1;
        const counts = { dormant: 0, touched: 0, woken_touched: 0, woken_untouched: 0 };
        for (const { days, touched } of customers) {
          const last = days.filter((day) => day < month).at(-1);
          if (last === undefined || month - last < limit - 1e-9) continue;
          const next = days.find((day) => day >= month) ?? Infinity;
          const first = touched
            .filter((day) => day >= month && day <= Math.min(end, asOf, next))
            .sort((a, b) => a - b)[0];
          ++counts.dormant;
          if (first !== undefined) ++counts.touched;
          if (next <= (first ?? month) + wake)
            ++counts[first === undefined ? "woken_untouched" : "woken_touched"];
        }
        const untouched = counts.dormant - counts.touched;
        const rate = counts.touched ? counts.woken_touched / counts.touched : null;
        const other = untouched ? counts.woken_untouched / untouched : null;
        const [lower, upper] = wilson(counts.woken_touched, counts.touched);
        const [otherLower, otherUpper] = wilson(counts.woken_untouched, untouched);
        const isBoth = rate !== null && other !== null;
        const uplift = isBoth ? rate - other : null;
        sameRow(row, {
          month: toText(month),
          ...counts,
          rate,
          uplift,
          lower,
          upper,
          untouched,
          untouched_rate: other,
          uplift_lower: isBoth ? uplift! - Math.hypot(rate - lower!, otherUpper! - other) : null,
          uplift_upper: isBoth ? uplift! + Math.hypot(upper! - rate, other - otherLower!) : null,
          dormant_after_days: limit,
          is_complete: end + wake <= asOf,
        });
        month = addPeriods(month, 1, "month");
      }
      expect(month > asOf).toBe(true);
    }),
  );

  it("tells who was touched before waking from who was touched after", async () => {
    const order = (customerId: string, day: string): ShopOrder => ({
      orderId: `${customerId} ${day}`,
      customerId,
      orderedAt: `${day} 12:00:00`,
      grossCents: 100,
    });
    const orders = [
      ...["a", "b", "c", "d", "e", "f"].map((id) => order(id, "2024-01-01")),
      order("e", "2024-02-20"),
      order("a", "2024-03-10"),
      order("b", "2024-03-10"),
      order("c", "2024-03-01"),
      order("f", "2024-04-29"),
      order("z", "2024-05-31"),
    ];
    const touch = (customerId: string, day: string): Touch => ({
      customerId,
      touchedAt: `${day} 23:00:00`,
      channel: "mail",
      domain: "private",
      kind: null,
    });
    const touches = [
      touch("a", "2024-03-10"),
      touch("b", "2024-03-11"),
      touch("f", "2024-03-30"),
      touch("f", "2024-04-10"),
      touch("d", "2024-03-30"),
      touch("d", "2024-03-31"),
      touch("e", "2024-03-05"),
      touch("nobody", "2024-03-05"),
    ];
    await buildShop(runner, toSelect(orders), [], { touches });
    const rows = await run("dormant-wakeup", { dormant_days: 60 });
    expect(rows.find((row) => row.month === "2024-03-01")).toMatchObject({
      dormant: 5,
      touched: 3,
      woken_touched: 2,
      woken_untouched: 2,
      untouched_rate: 1,
      is_complete: true,
    });
    const short = await run("dormant-wakeup", { dormant_days: 60, wake_days: 9 });
    expect(short.find((row) => row.month === "2024-03-01")).toMatchObject({
      woken_touched: 1,
      woken_untouched: 2,
    });
    expect(rows[0]).toMatchObject({ month: "2024-02-01", dormant: 0, rate: null, uplift: null });
    await buildShop(runner, toSelect([oneOrder]), [], { touches });
    expect(await run("dormant-wakeup")).toEqual([]);
  });
});

describe("indirect-value", () => {
  it("equals a fold, has the net value of the value so far, and leaves the portfolio at Σ direct", () => {
    const costs: ShopCost[] = ["2023-01-05", "2023-02-05", "2023-08-20"].map((date, i) => ({
      date,
      channel: i ? "ads" : null,
      kind: i === 1 ? null : "acquisition",
      cents: 12345 + i,
    }));
    costs.push({ date: "2023-02-06", channel: "ads", kind: "retention", cents: 99999 });
    const besides = referralLists.map((beside) => ({ ...beside, costs }));
    return check(besides, async ({ seen, beside, variables }) => {
      const [alpha, margin] = [0.25, 0.6];
      const rows = await run("indirect-value", { alpha, margin, ...variables });
      const customers = [...customersOf(seen)].map(([id, list]) => {
        const net = Number(list.reduce((sum, { netCents }) => sum + netCents, 0n)) / 100;
        return { id, net, first: list[0]!.day, month: periodStart(list[0]!.day, "month") };
      });
      const cacOf = (month: number) =>
        costs
          .filter(
            ({ date, kind }) => periodStart(toDay(date), "month") === month && kind !== "retention",
          )
          .reduce((sum, { cents }) => sum + cents / 100, 0) /
        customers.filter((one) => one.month === month).length;
      const direct = new Map(
        customers.map(({ id, net, month }) => [id, net * margin - cacOf(month)]),
      );
      const brought = referredOf(seen, beside.referrals!);
      const owned = customers.filter(({ id, first }) => (brought.get(id)?.day ?? 99999) <= first);
      expect(rows).toHaveLength(customers.length);
      expect(new Set(rows.map((row) => row.customer_id))).toEqual(new Set(direct.keys()));
      const isNear = (ours: Value | undefined, value: number) =>
        expect(Math.abs(Number(ours) - value)).toBeLessThan(1e-8);
      for (const row of rows) {
        const own = owned.filter(({ id }) => brought.get(id)!.referrerId === row.customer_id);
        const value = own.reduce((sum, { id }) => sum + direct.get(id)!, 0);
        expect(row.referees).toBe(own.length);
        isNear(row.direct, direct.get(String(row.customer_id))!);
        isNear(row.referee_value, value);
        isNear(row.indirect, alpha * value);
        isNear(row.total, Number(row.direct) + alpha * value);
      }
      const soFar = await run("clv-historic", { margin, ...variables });
      const sum = (list: Record<string, Value>[], column: string) =>
        list.reduce((total, row) => total + Number(row[column]), 0);
      isNear(sum(rows, "direct"), sum(soFar, "net_value"));
      const totals = rows.map((row) => Number(row.total));
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    });
  });

  it("credits half of 340 − 60 to who brought them, and nothing to who came after", async () => {
    const orders = [
      order("a", "2024-01-01", 10000),
      order("b", "2024-02-01", 12000),
      order("b", "2024-05-01", 22000),
      order("c", "2024-03-01", 5000),
    ];
    const costs = [{ date: "2024-02-10", channel: null, kind: null, cents: 6000 }];
    const referrals: Referral[] = [
      { referrerId: "a", refereeId: "b", referredAt: "2024-02-01 23:00:00" },
      { referrerId: "b", refereeId: "c", referredAt: "2024-03-02 00:00:00" },
      { referrerId: "c", refereeId: "c", referredAt: null },
      { referrerId: "c", refereeId: "never", referredAt: null },
    ];
    await buildShop(runner, toSelect(orders), costs, { referrals });
    expect(await run("indirect-value")).toEqual([
      { customer_id: "b", direct: 280, indirect: 0, total: 280, referees: 0, referee_value: 0 },
      { customer_id: "a", direct: 100, indirect: 140, total: 240, referees: 1, referee_value: 280 },
      { customer_id: "c", direct: 50, indirect: 0, total: 50, referees: 0, referee_value: 0 },
    ]);
    expect(await run("indirect-value", { as_of: "2023-12-31" })).toEqual([]);
  });
});

describe("acquisition-method", () => {
  it("equals a fold, and every new customer has one method", () =>
    check(referralLists, async ({ orders, beside, asOf, variables }) => {
      const from = firstDay + 30;
      const rows = await run("acquisition-method", { from: toText(from), ...variables });
      const customers = [...customersOf(orders)].map(([id, list]) => ({ id, list }));
      const firsts = new Map(customers.map(({ id, list }) => [id, list[0]!.day]));
      const pairs = beside
        .referrals!.filter(({ referrerId, refereeId }) => referrerId !== refereeId)
        .map((pair) => ({
          ...pair,
          method: pair.method ?? "(none)",
          day: pair.referredAt ? dayOf(pair.referredAt) : (firsts.get(pair.refereeId) ?? null),
        }));
      const rank = (pair: (typeof pairs)[number]) =>
        `${String(pair.day).padStart(5, "0")} ${pair.referrerId} ${pair.method}`;
      const members = customers.flatMap(({ id, list }) => {
        const first = list[0]!.day;
        if (first < from || first > asOf) return [];
        const [by] = pairs
          .filter((pair) => pair.refereeId === id && pair.day !== null && pair.day <= first)
          .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
        return [{ first, list, method: by?.method ?? "not-referred" }];
      });
      const paid = pairs.filter(({ day }) => day !== null && day >= from && day <= asOf);
      const methods = new Set([...members, ...paid].map(({ method }) => method));
      expect(new Set(rows.map((row) => row.method))).toEqual(methods);
      expect(rows).toHaveLength(methods.size);
      for (const row of rows) {
        const own = members.filter(({ method }) => method === row.method);
        const seen90 = own.filter(({ first }) => first + 90 <= asOf);
        const seen180 = own.filter(({ first }) => first + 180 <= asOf);
        const repeated = seen90.filter(
          ({ first, list }) => list[1] && list[1].day <= first + 90,
        ).length;
        const cents = seen180
          .flatMap(({ first, list }) => list.filter(({ day }) => day <= first + 180))
          .reduce((sum, { netCents }) => sum + netCents, 0n);
        const rewards = paid
          .filter(({ method }) => method === row.method)
          .flatMap(({ rewardCents }) => rewardCents ?? []);
        const reward = rewards.length ? rewards.reduce((sum, one) => sum + one, 0) / 100 : null;
        const [lower, upper] = wilson(repeated, seen90.length);
        sameRow(row, {
          new_customers: own.length,
          cac: reward !== null && own.length ? reward / own.length : null,
          repeat_rate_90d: seen90.length ? repeated / seen90.length : null,
          revenue_180d: seen180.length ? Number(cents) / 100 / seen180.length : null,
          lower,
          upper,
          repeated,
          observed_90d: seen90.length,
          observed_180d: seen180.length,
          reward,
        });
      }
    }));

  it("counts the reward for who never ordered, and the 90th and the 180th day", async () => {
    const orders = [
      order("a", "2023-01-01"),
      order("a", "2023-04-01"), // the 90th day
      order("a", "2023-06-30"), // the 180th
      order("a", "2023-07-01"),
      order("b", "2023-01-01"),
      order("b", "2023-04-02"),
      order("z", "2023-12-31"),
    ];
    const pair = (refereeId: string, referredAt: string, method: string | null): Referral => ({
      referrerId: "r",
      refereeId,
      referredAt,
      method,
      rewardCents: 300,
    });
    const referrals = [
      pair("a", "2023-01-01 20:00:00", "拼团"),
      pair("nobody", "2023-01-01 20:00:00", "拼团"),
      pair("b", "2023-01-02 00:00:00", "late"),
    ];
    await buildShop(runner, toSelect(orders), [], { referrals });
    expect(await run("acquisition-method")).toMatchObject([
      { method: "拼团", new_customers: 1, cac: 6, repeat_rate_90d: 1, revenue_180d: 30 },
      { method: "late", new_customers: 0, cac: null, repeat_rate_90d: null, reward: 3 },
      { method: "not-referred", new_customers: 2, cac: null, repeated: 0, observed_90d: 1 },
    ]);
    expect(await run("acquisition-method", { to: "2022-12-31" })).toEqual([]);
  });
});

type Beside = Partial<BesideOrders> & { costs?: ShopCost[] };

interface Case {
  orders: ShopOrder[];
  /** the orders up to the observation end */
  seen: ShopOrder[];
  beside: Beside;
  asOf: number;
  grain: Grain;
  variables: Record<string, Value>;
}

const noBeside = fc.constant<Beside>({});

async function check(
  besides: fc.Arbitrary<Beside>,
  property: (one: Case) => Promise<void>,
  numRuns = 10,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(orderLists, besides, grains, cuts, async (orders, beside, grain, cut) => {
      await buildShop(runner, toSelect(orders), beside.costs ?? [], beside);
      await property({ ...cutOrders(orders, cut), orders, beside, grain });
    }),
    { numRuns, seed: 11 },
  );
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}

function yearBefore(period: number, grain: Grain): number {
  if (grain === "day" || grain === "week") return period - 364;
  return addPeriods(period, { month: -12, quarter: -4, year: -1 }[grain], grain);
}

/** By whom and on which day each customer was brought first. */
function referredOf(orders: ShopOrder[], referrals: Referral[]) {
  const firsts = new Map([...customersOf(orders)].map(([id, list]) => [id, list[0]!.day]));
  const referred = new Map<string, { day: number; referrerId: string }>();
  for (const { referrerId, refereeId, referredAt } of referrals) {
    const first = firsts.get(refereeId);
    if (first === undefined || referrerId === refereeId) continue;
    const day = referredAt ? dayOf(referredAt) : first;
    const known = referred.get(refereeId);
    if (!known || day < known.day || (day === known.day && referrerId < known.referrerId))
      referred.set(refereeId, { day, referrerId });
  }
  return referred;
}

/** At noon, named by its customer and its day. */
function order(customerId: string, day: string, grossCents = 1000): ShopOrder {
  return { orderId: `${customerId} ${day}`, customerId, orderedAt: `${day} 12:00:00`, grossCents };
}

/** A shop of one order, on 2024-06-01. */
const oneOrder: ShopOrder = {
  orderId: "o1",
  customerId: "c1",
  orderedAt: "2024-06-01 12:00:00",
  grossCents: 10000,
};

function touchDay({ touchedAt }: Touch): number {
  return dayOf(touchedAt);
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}
