import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { evaluateFacts } from "../../src/catalog/evaluateFacts.ts";
import type { FactorColumns } from "../../src/models/modelRequest.ts";
import { runModel } from "../../src/models/runModel.ts";
import type { BesideOrders, Contact, Rating, Touch } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import {
  clockOf,
  cutOrders,
  dayOf,
  periodStart,
  toDay,
  toPurchase,
  toText,
  wilson,
} from "./fold.ts";
import { mulberry32 } from "./mulberry32.ts";
import { openNative } from "./openNative.ts";
import { readQuery } from "./readQueries.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// What membership and touches change, a second time, customer by customer, without SQL.

vi.setConfig({ testTimeout: 120_000 });

const z = 1.959963984540054;

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2023-12-22");
const span = 100;

const orderLists = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null, freq: 20 }),
      day: fc.integer({ min: 0, max: span }),
      second: fc.integer({ min: 0, max: 86399 }),
      grossCents: fc.integer({ min: 0, max: 999 }),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
    }),
    { minLength: 1, maxLength: 120, size: "max" },
  )
  .map((list) =>
    list.map(({ customer, day, second, grossCents, refundShare }, i): ShopOrder => ({
      orderId: `o${i}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      grossCents,
      refundCents: refundShare ? Math.ceil(grossCents / refundShare) : 0,
    })),
  );
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 30 }), { nil: null });

const contactLists = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 1, max: 22 }),
      member: fc.option(fc.integer({ min: -10, max: span + 10 }), { nil: null, freq: 3 }),
      joined: fc.option(fc.integer({ min: -10, max: span + 10 }), { nil: null, freq: 3 }),
    }),
    { maxLength: 12, size: "max" },
  )
  .map((list) => ({
    contacts: list
      .filter(({ customer }, i) => list.findIndex((one) => one.customer === customer) === i)
      .map(({ customer, member, joined }): Contact => ({
        customerId: `c${customer}`,
        memberSince: member === null ? null : toText(firstDay + member),
        joinedPrivateAt: joined === null ? null : toText(firstDay + joined),
      })),
  }));

describe("membership-effect", () => {
  it.each([
    ["member_since", 12, null],
    ["member_since", 30, 0],
    ["joined_private", 20, 7],
  ] as const)("equals a fold, %s, %i days, tenure %s", (event, days, least) =>
    check(contactLists, async ({ orders, beside, asOf, variables }) => {
      const settings = { event, window_days: days, min_tenure: least, ...variables };
      const rows = await run("membership-effect", settings);
      if (!historiesOf(orders, asOf).length) return expect(rows).toEqual([]);
      same(rows, membershipOf(orders, beside.contacts!, { event, days, least, asOf }));
    }),
  );

  it.each([
    ["member_since", 180, null, "2024-07-16"],
    ["member_since", 60, null, "2024-03-31"],
    ["joined_private", 90, 0, "2024-07-16"],
  ] as const)("equals a fold of the seeded shop, %s, %i days, tenure %s", async (...asked) => {
    const [event, days, least, end] = asked;
    const { orders, beside } = seededShop();
    await buildShop(runner, toSelect(orders), [], beside);
    const settings = { event, window_days: days, min_tenure: least, as_of: end };
    const expected = membershipOf(orders, beside.contacts, {
      event,
      days,
      least,
      asOf: toDay(end),
    });
    expect(expected[0]!.customers).toBeGreaterThan(2);
    same(await run("membership-effect", settings), expected);
  });

  it("counts neither the day of joining, nor the first order, nor what was refunded in full", async () => {
    const orders = [
      // first order, the first and last day before, the day itself, the first and last day after
      ...["2024-01-01", "2024-02-20", "2024-02-29", "2024-03-01", "2024-03-02", "2024-03-11"].map(
        (day) => order("member", day),
      ),
      order("member", "2024-02-19"),
      order("member", "2024-03-12"),
      { ...order("member", "2024-03-05"), refundCents: 1000 },
      { ...order("member", "2024-03-06"), refundCents: 999 },
      { ...order("member", "2024-03-06"), orderId: "free", grossCents: 0 },
      order("other", "2024-01-15"),
      order("other", "2024-02-25"),
      order("third", "2024-01-20"),
      order("third", "2024-03-03"),
      order("third", "2024-03-04"),
      order("late", "2024-02-25"),
      order("last", "2024-03-11"),
    ];
    const contacts = [{ customerId: "member", memberSince: "2024-03-01" }];
    await buildShop(runner, toSelect(orders), [], { contacts });
    const rows = await run("membership-effect", { window_days: 10, as_of: "2024-03-11" });
    expect(rows.slice(0, 2)).toMatchObject([
      { group: "members", customers: 1, before: 2, after: 4, difference: 2, did: 1.5, lower: null },
      { group: "non-members", customers: 2, before: 0.5, after: 1, difference: 0.5, did: null },
    ]);
    expect(rows[1]!.difference_upper).toBeCloseTo(0.5 + z * Math.sqrt((1.5 ** 2 * 2) / 2), 12);
    expect(rows.slice(2)).toMatchObject([
      { group: "raw-members", customers: 1, before: null, after: 4 },
      { group: "raw-non-members", customers: 4, before: null, after: 0.75 },
    ]);
    const early = await run("membership-effect", { window_days: 10, as_of: "2024-03-10" });
    expect(early.slice(0, 2)).toMatchObject([
      { customers: 0, before: null, after: null, difference: null, did: null, upper: null },
      { customers: 0, before: null, after: null, difference: null, did: null, upper: null },
    ]);
    expect(await run("membership-effect", { as_of: "2023-12-31" })).toEqual([]);
  });

  it.each([1, 2])(
    "finds what joining multiplies the orders by (%d), where the raw comparison misleads",
    async (factor) => {
      const random = mulberry32(20240301 + factor);
      const orders: ShopOrder[] = [];
      const contacts: Contact[] = [];
      const rates = { before: 0, after: 0 };
      for (let i = 0; i < 1600; ++i) {
        // who buys much joins more often
        const rate = random() < 0.4 ? 0.02 : 0.004;
        const first = Math.floor(random() * 300);
        const joined = random() < (rate > 0.01 ? 0.5 : 0.15) ? first + 40 + random() * 60 : null;
        orders.push(order(`c${i}`, toText(firstDay + first)));
        if (joined !== null)
          contacts.push({
            customerId: `c${i}`,
            memberSince: toText(firstDay + Math.floor(joined)),
          });
        if (joined !== null) rates.before += rate;
        if (joined !== null) rates.after += rate * factor;
        for (let day = first + 1; day < 480; ++day) {
          const chance = joined !== null && day > joined ? rate * factor : rate;
          if (random() < chance) orders.push(order(`c${i}`, toText(firstDay + day)));
        }
      }
      await buildShop(runner, toSelect(orders), [], { contacts });
      const [members, others, rawMembers, rawOthers] = await run("membership-effect", {
        window_days: 39,
        as_of: toText(firstDay + 479),
      });
      const truth = (39 * (rates.after - rates.before)) / contacts.length;
      expect(members!.customers).toBeGreaterThan(300);
      expect(others!.customers).toBeGreaterThan(800);
      expect(Number(members!.lower)).toBeLessThan(truth);
      expect(Number(members!.upper)).toBeGreaterThan(truth);
      expect(Number(members!.upper) - Number(members!.lower)).toBeLessThan(0.3);
      const raw = Number(rawMembers!.after) - Number(rawOthers!.after);
      expect(raw).toBeGreaterThan(Number(members!.upper));
    },
  );
});

interface Asked {
  event: "member_since" | "joined_private";
  days: number;
  least: number | null;
  asOf: number;
}

function membershipOf(orders: ShopOrder[], contacts: Contact[], asked: Asked) {
  const { event, days, asOf } = asked;
  const least = asked.least ?? days + 1;
  const joinedOf = new Map<string, number>();
  for (const contact of contacts) {
    const text = event === "member_since" ? contact.memberSince : contact.joinedPrivateAt;
    if (text && toDay(text) <= asOf) joinedOf.set(contact.customerId, toDay(text));
  }
  const people = historiesOf(orders, asOf).map(({ id, list }) => ({
    first: list[0]!.day,
    cohort: periodStart(list[0]!.day, "month"),
    joined: joinedOf.get(id),
    kept: list.filter(({ isKept }) => isKept).map(({ day }) => day),
  }));
  const groups: { isMember: boolean; month: string; change: number[] }[] = [];
  const take = (
    isMember: boolean,
    { first, cohort, kept }: (typeof people)[number],
    day: number,
  ) => {
    if (day - first < least || day + days > asOf) return;
    const count = (from: number, to: number) =>
      kept.filter((one) => one >= from && one <= to && one > first).length;
    const change = [count(day - days, day - 1), count(day + 1, day + days)];
    groups.push({ isMember, month: `${cohort} ${periodStart(day, "month")}`, change });
  };
  for (const cohort of new Set(people.map((one) => one.cohort))) {
    const inside = people.filter((one) => one.cohort === cohort);
    const members = inside
      .filter(({ joined, first }) => joined !== undefined && joined - first >= least)
      .filter(({ joined }) => joined! + days <= asOf)
      .sort((a, b) => a.joined! - b.joined!);
    for (const member of members) take(true, member, member.joined!);
    const others = inside.filter(({ joined }) => joined === undefined);
    others.forEach((other, i) => {
      const member = members[Math.floor((i * members.length) / others.length)];
      if (member) take(false, other, member.joined!);
    });
  }
  const isBoth = ({ month }: (typeof groups)[number]) =>
    [true, false].every((side) => groups.some((x) => x.month === month && x.isMember === side));
  const matched = groups.filter(isBoth);
  const total = matched.filter(({ isMember }) => isMember).length;
  const [ours, theirs] = [true, false].map((side) => {
    const inside = matched.filter(({ isMember }) => isMember === side);
    if (!inside.length) return { customers: 0, before: null, after: null, difference: null };
    const like = (month: string, isMember: boolean) =>
      matched.filter((one) => one.month === month && one.isMember === isMember).length;
    const weights = inside.map(({ month }) => like(month, true) / total / like(month, side));
    const mean = (of: (change: number[]) => number) =>
      inside.reduce((sum, { change }, i) => sum + weights[i]! * of(change), 0);
    const difference = mean(([before, after]) => after! - before!);
    const squares = inside.reduce(
      (sum, { change }, i) => sum + (weights[i]! * (change[1]! - change[0]! - difference)) ** 2,
      0,
    );
    const n = inside.length;
    return {
      customers: n,
      before: mean(([before]) => before!),
      after: mean(([, after]) => after!),
      difference,
      error: n > 1 ? Math.sqrt((squares * n) / (n - 1)) : null,
    };
  });
  const did = total ? ours!.difference! - theirs!.difference! : null;
  const errors = [ours!.error ?? null, theirs!.error ?? null];
  const half = errors.includes(null) ? null : z * Math.hypot(errors[0]!, errors[1]!);
  const about = (value: number | null, by: number | null) =>
    value === null || by === null ? null : value + by;
  const rowOf = (group: string, one: NonNullable<typeof ours>, isFirst: boolean) => ({
    group,
    customers: one.customers,
    before: one.before,
    after: one.after,
    difference: one.difference,
    did: isFirst ? did : null,
    lower: isFirst ? about(did, half === null ? null : -half) : null,
    upper: isFirst ? about(did, half) : null,
    difference_lower: about(one.difference, one.error ? -z * one.error : (one.error ?? null)),
    difference_upper: about(one.difference, one.error ? z * one.error : (one.error ?? null)),
  });
  const rawOf = (group: string, isMember: boolean) => {
    const inside = people.filter(({ joined }) => (joined !== undefined) === isMember);
    const recent = inside.flatMap(({ kept }) => kept.filter((day) => day > asOf - days)).length;
    return {
      group,
      customers: inside.length,
      after: inside.length ? recent / inside.length : null,
    };
  };
  return [
    rowOf("members", ours!, true),
    rowOf("non-members", theirs!, false),
    rawOf("raw-members", true),
    rawOf("raw-non-members", false),
  ];
}

const touchLists = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 1, max: 14 }),
      day: fc.integer({ min: 0, max: span }),
      second: fc.integer({ min: 0, max: 86399 }),
    }),
    { maxLength: 120, size: "max" },
  )
  .map((list) => ({
    touches: list.map(({ customer, day, second }) =>
      touch(`c${customer}`, `${toText(firstDay + day)} ${clockOf(second)}`),
    ),
  }));

describe("exposure-response", () => {
  it.each([
    [null, null, null],
    [40, 20, 3],
    [12, 9, 5],
  ])("equals a fold, %s days of touches, %s of orders, %s snapshots", (...asked) => {
    const [touchDays, buyDays, snapshots] = asked;
    return check(touchLists, async ({ orders, beside, asOf, variables }) => {
      const settings = { touch_days: touchDays, buy_days: buyDays, snapshots, ...variables };
      const rows = await run("exposure-response", settings);
      const touches = beside.touches!.map(({ customerId, touchedAt }) => ({
        customerId,
        day: dayOf(touchedAt),
      }));
      const last = asOf - (buyDays ?? 30);
      const days = [last];
      const earliest = Math.min(...touches.map(({ day }) => day));
      for (let end = periodStart(last, "month") - 1; days.length < (snapshots ?? 1);) {
        if (end - (touchDays ?? 30) + 1 < earliest) break;
        days.push(end);
        end = periodStart(end, "month") - 1;
      }
      const people = days.flatMap((day) =>
        tiersOf(orders, day).map(({ id, tier }) => ({
          tier,
          touches: touches.filter(
            (one) => one.customerId === id && one.day <= day && one.day > day - (touchDays ?? 30),
          ).length,
          hasBought: orders.some((one) => {
            const wait = toPurchase(one).day - day;
            return one.customerId === id && wait > 0 && wait <= (buyDays ?? 30);
          }),
        })),
      );
      if (!people.length) return expect(rows).toEqual([]);
      const bins: [string, number, number][] = [
        ["0", 0, 0],
        ["1", 1, 1],
        ["2", 2, 2],
        ["3–5", 3, 5],
        ["6+", 6, Infinity],
      ];
      const expected = ["all", "high", "middle", "low"].flatMap((tier) =>
        bins.map(([name, least, most]) => {
          const inside = people.filter(
            (one) =>
              (tier === "all" || one.tier === tier) && one.touches >= least && one.touches <= most,
          );
          const bought = inside.filter(({ hasBought }) => hasBought).length;
          const [lower, upper] = wilson(bought, inside.length);
          return {
            touches_30d: name,
            customers: inside.length,
            repurchased: bought,
            rate: inside.length ? bought / inside.length : null,
            lower,
            upper,
            tier,
          };
        }),
      );
      same(rows, expected);
      const sum = (tier: string) =>
        rows.filter((row) => row.tier === tier).reduce((n, row) => n + Number(row.customers), 0);
      expect(sum("all")).toBe(people.length);
      expect(sum("high") + sum("middle") + sum("low")).toBe(people.length);
    });
  });

  it("has the scores of the RFM table", async () => {
    const { orders, beside } = seededShop();
    await buildShop(runner, toSelect(orders), [], beside);
    const rows = await run("exposure-response", { as_of: "2024-05-30" });
    const scores = await run("rfm", { bins: "3", as_of: "2024-04-30" });
    const sums = scores.map((row) => Number(row.r) + Number(row.f) + Number(row.m));
    const inTier = (tier: string) =>
      rows.filter((row) => row.tier === tier).reduce((n, row) => n + Number(row.customers), 0);
    expect(inTier("high")).toBe(sums.filter((sum) => sum >= 7).length);
    expect(inTier("middle")).toBe(sums.filter((sum) => sum === 5 || sum === 6).length);
    expect(inTier("low")).toBe(sums.filter((sum) => sum <= 4).length);
  });

  it("counts the first and the last day of both windows, and nobody who came later", async () => {
    const orders = [
      order("a", "2024-01-01"),
      order("a", "2024-04-01"), // the day after the reference day
      order("b", "2024-03-31"), // the reference day
      order("b", "2024-04-30"), // the last day
      order("c", "2024-01-02"),
      order("c", "2024-05-01"), // a day too late
      order("new", "2024-04-01"),
    ];
    const touches = [
      ...["2024-03-02 00:00:00", "2024-03-31 23:59:59"].map((at) => touch("a", at)),
      ...["2024-03-01 23:59:59", "2024-04-01 00:00:00"].map((at) => touch("b", at)),
      ...Array.from({ length: 5 }, () => touch("c", "2024-03-15 08:00:00")),
      touch("new", "2024-03-15 08:00:00"),
      touch("nobody", "2024-03-15 08:00:00"),
    ];
    await buildShop(runner, toSelect(orders), [], { touches });
    const all = async (variables: Record<string, Value>) =>
      (await run("exposure-response", variables))
        .filter((row) => row.tier === "all")
        .map((row) => [row.touches_30d, row.repurchased, row.customers]);
    expect(await all({ as_of: "2024-04-30" })).toEqual([
      ["0", 1, 1],
      ["1", 0, 0],
      ["2", 1, 1],
      ["3–5", 0, 1],
      ["6+", 0, 0],
    ]);
    touches.push(touch("c", "2024-03-15 09:00:00"));
    await buildShop(runner, toSelect(orders), [], { touches });
    expect((await all({ as_of: "2024-04-30" }))[4]).toEqual(["6+", 0, 1]);
    // the end of February is a reference day only where touches reach back to January 31st
    expect(await all({ as_of: "2024-04-30", snapshots: 2 })).toEqual(
      await all({ as_of: "2024-04-30" }),
    );
    touches.push(touch("nobody", "2024-01-31 09:00:00"));
    await buildShop(runner, toSelect(orders), [], { touches });
    const two = await all({ as_of: "2024-04-30", snapshots: 2 });
    expect(two.map(([, , customers]) => customers)).toEqual([3, 0, 1, 0, 1]);
    expect(await all({ as_of: "2024-01-30" })).toEqual([]);
  });
});

const factBesides = fc
  .record({
    touches: touchLists,
    contacts: contactLists,
    ratings: fc.array(
      fc.record({
        customer: fc.option(fc.integer({ min: 1, max: 14 }), { nil: null, freq: 9 }),
        day: fc.integer({ min: 0, max: span }),
        second: fc.constantFrom(0, 43200, 86399),
        score: fc.constantFrom(1, 3, 3.9, 4, 5),
      }),
      { maxLength: 40, size: "max" },
    ),
  })
  .map(({ touches, contacts, ratings }) => ({
    ...touches,
    ...contacts,
    ratings: ratings.map(({ customer, day, second, score }): Rating => ({
      customerId: customer === null ? null : `c${customer}`,
      orderId: null,
      ratedAt: `${toText(firstDay + day)} ${clockOf(second)}`,
      score,
    })),
  }));

describe("need-trust-exposure", () => {
  it.each([
    [null, null, null, null],
    [45, 20, null, 40],
    [20, 15, 3, 50],
  ])("equals a fold, %s days of touches, %s of orders, due from %s to %s", (...asked) => {
    const [touchDays, buyDays, dueFrom, dueTo] = asked;
    return check(factBesides, async ({ orders, beside, asOf, variables }) => {
      const due = { due_from: dueFrom, due_to: dueTo };
      const settings = { touch_days: touchDays, buy_days: buyDays, ...due, ...variables };
      const rows = await runFactors(settings);
      const day = asOf - (buyDays ?? 30);
      const { people, from, to } = factorsOf(orders, beside, {
        day,
        touchDays: touchDays ?? 30,
        buyDays: buyDays ?? 30,
        dueFrom,
        dueTo,
      });
      if (!people.length) return expect(rows).toEqual([]);
      const isKnown = from !== null && to !== null;
      let inside = people;
      const expected = (["need", "trust", "exposure", "repurchase"] as const).map((factor, i) => {
        const base = isKnown || i === 0 ? inside.length : null;
        inside = inside.filter((one) => one[factor]);
        const inGroup = isKnown ? inside.length : null;
        const [lower, upper] = isKnown ? wilson(inGroup!, base!) : [null, null];
        return {
          factor,
          in_group: inGroup,
          base,
          share: base && isKnown ? inGroup! / base : null,
          cumulative: people.length && isKnown ? inGroup! / people.length : null,
          lower,
          upper,
          due_from_days: from,
          due_to_days: to,
        };
      });
      same(rows, expected);
      expect(JSON.stringify(rows)).not.toMatch(/NaN|Infinity/);
      const shares = rows.map((row) => row.share).filter((share) => share !== null);
      const product = shares.reduce<number>((all, share) => all * Number(share), 1);
      if (shares.length === 4) expect(product).toBeCloseTo(Number(rows[3]!.cumulative), 12);
      for (const row of rows) {
        expect(row.odds_ratio !== null).toBe(row.score === "fitted");
        expect(row.odds_ratio === null || row.odds_lower! < row.odds_ratio!).toBe(true);
      }
    });
  });

  it("adds the factors up as a search for the likeliest coefficients does", async () => {
    const { orders, beside } = seededShop();
    await buildShop(runner, toSelect(orders), [], beside);
    const rows = await runFactors({});
    const end = Math.max(...orders.map((one) => toPurchase(one).day));
    const settings = { touchDays: 30, buyDays: 30, dueFrom: null, dueTo: null };
    const { people } = factorsOf(orders, beside, { day: end - 30, ...settings });
    const points = people.map(({ need, trust, exposure, repurchase }) => ({
      x: [1, Number(need), Number(trust), Number(exposure)],
      y: Number(repurchase),
    }));
    // one coefficient after the other, halving the span in which its sum changes sign
    const b = [0, 0, 0, 0];
    for (let round = 0; round < 200; ++round) {
      for (let i = 0; i < 4; ++i) {
        let [low, high] = [-20, 20];
        for (let halving = 0; halving < 60; ++halving) {
          b[i] = (low + high) / 2;
          const excess = points.reduce((sum, { x, y }) => {
            const logOdds = x.reduce((total, value, j) => total + value * b[j]!, 0);
            return sum + x[i]! * (y - 1 / (1 + Math.exp(-logOdds)));
          }, 0);
          if (excess > 0) low = b[i]!;
          else high = b[i]!;
        }
      }
    }
    const coefficients = rows.map((row) => Number(row.coefficient));
    for (const [i, value] of [b[1], b[2], b[3], b[0]].entries()) {
      expect(coefficients[i]).toBeCloseTo(value!, 8);
    }
    expect(rows.map((row) => row.score)).toEqual(["fitted", "fitted", "fitted", null]);
    for (const row of rows.slice(0, 3)) {
      const [odds, lower, upper] = [row.odds_ratio, row.odds_lower, row.odds_upper].map(Number);
      expect(odds).toBeCloseTo(Math.exp(Number(row.coefficient)), 12);
      expect(lower! * upper!).toBeCloseTo(odds! ** 2, 10);
    }
  });

  it("takes as trust what was known, multiplies 3/5 · 2/3 · 1/2 · 1, and says what cannot be added up", async () => {
    const orders = [
      ...["2024-01-01", "2024-01-31"].map((day) => order("gap", day)),
      ...["due", "rated", "none", "soon"].map((id) => order(id, "2024-03-01")),
      { ...order("due", "2024-03-02"), orderId: "second" },
      { ...order("gap", "2024-02-01"), refundCents: 1 },
      order("soon", "2024-03-25"),
      order("rated", "2024-04-10"),
      order("late", "2024-04-30"),
    ];
    const ratings: Rating[] = [
      { customerId: "rated", orderId: null, ratedAt: "2024-03-05 10:00:00", score: 2 },
      { customerId: "rated", orderId: null, ratedAt: "2024-03-31 23:00:00", score: 4 },
      { customerId: "rated", orderId: null, ratedAt: "2024-04-01 00:00:00", score: 1 },
      { customerId: "none", orderId: null, ratedAt: "2024-03-30 10:00:00", score: 3.5 },
    ];
    const contacts = [{ customerId: "none", memberSince: "2024-04-01" }];
    const touches = [touch("rated", "2024-03-31 12:00:00"), touch("none", "2024-03-31 12:00:00")];
    await buildShop(runner, toSelect(orders), [], { ratings, contacts, touches });
    const rows = await runFactors({ due_from: 29, due_to: 31 });
    expect(rows).toMatchObject([
      { factor: "need", in_group: 3, base: 5, share: 0.6 },
      { factor: "trust", in_group: 2, base: 3, cumulative: 0.4 },
      { factor: "exposure", in_group: 1, base: 2, share: 0.5 },
      { factor: "repurchase", in_group: 1, base: 1, cumulative: 0.2 },
    ]);
    expect(rows.map((row) => row.score)).toEqual(["separated", "separated", "separated", null]);
    expect(rows.every((row) => row.odds_ratio === null && row.coefficient === null)).toBe(true);
    const member = await runFactors({ due_from: 29, due_to: 31, min_score: 3.5 });
    expect(member[1]).toMatchObject({ in_group: 3, base: 3, share: 1 });
    const untouched = await runFactors({ due_from: 29, due_to: 31, as_of: "2024-03-31" });
    expect(untouched[2]!.score).toBe("constant");
    const once = await runFactors({ as_of: "2024-02-20" });
    expect(once).toMatchObject([
      { in_group: null, base: 1, share: null, odds_ratio: null, score: null },
      ...Array(3).fill({ in_group: null, base: null, share: null, cumulative: null }),
    ]);
    expect(await runFactors({ as_of: "2024-01-30" })).toEqual([]);
  });

  it("has all its columns, and all facts of its sentence", async () => {
    const { orders, beside } = seededShop();
    await buildShop(runner, toSelect(orders), [], beside);
    const query = readQuery("analyses", "need-trust-exposure");
    const rows = await runFactors({});
    const facts = evaluateFacts(query.facts, {
      numRows: rows.length,
      column: (name) => (row) => rows[row]![name],
    });
    expect(Object.values(facts)).not.toContain(null);
    expect(Object.keys(rows[0]!).toSorted()).toEqual(
      query.columns.map(({ name }) => name).toSorted(),
    );
  });
});

/** The rows that the reader sees: the SQL's, through its model. */
async function runFactors(variables: Record<string, Value>): Promise<Record<string, Value>[]> {
  const cells = await run("need-trust-exposure", variables);
  expect(cells).toHaveLength(8);
  const isGiven = (name: string) => cells.some((cell) => cell[name] !== null);
  const columns = Object.fromEntries(
    Object.keys(cells[0]!)
      .filter(isGiven)
      .map((name) => [name, Float64Array.from(cells, (cell) => Number(cell[name]))]),
  ) as unknown as FactorColumns;
  const answer = runModel({ type: "need-trust-exposure", columns });
  const names = Object.keys(answer.columns);
  return Array.from(answer.columns.factor!, (_, i) =>
    Object.fromEntries(names.map((name) => [name, answer.columns[name]![i] as Value])),
  );
}

interface FactorsAsked {
  day: number;
  touchDays: number;
  buyDays: number;
  dueFrom: number | null;
  dueTo: number | null;
}

function factorsOf(orders: ShopOrder[], beside: Partial<BesideOrders>, asked: FactorsAsked) {
  const { day, touchDays, buyDays } = asked;
  const histories = historiesOf(orders, day);
  const gaps = histories
    .flatMap(({ list }) => {
      const days = [...new Set(list.map((one) => one.day))];
      return days.slice(1).map((one, i) => one - days[i]!);
    })
    .sort((a, b) => a - b);
  const quantile = (level: number) => {
    const place = level * (gaps.length - 1);
    const below = gaps[Math.floor(place)]!;
    return gaps.length ? below + (gaps[Math.ceil(place)]! - below) * (place % 1) : null;
  };
  const [from, to] = [asked.dueFrom ?? quantile(0.1), asked.dueTo ?? quantile(0.9)];
  const people = histories.map(({ id, list }) => {
    const own = orders.filter(({ customerId }) => customerId === id);
    const seen = own.filter((one) => toPurchase(one).day <= day);
    const wait = day - list.at(-1)!.day;
    const rated = (beside.ratings ?? [])
      .filter(({ customerId, ratedAt }) => customerId === id && dayOf(ratedAt) <= day)
      .sort((a, b) =>
        a.ratedAt === b.ratedAt ? a.score - b.score : a.ratedAt < b.ratedAt ? 1 : -1,
      );
    const contact = beside.contacts?.find(({ customerId }) => customerId === id);
    const isMember =
      (contact?.memberSince && toDay(contact.memberSince) <= day) ||
      seen.some((one) => one.isMember === true);
    const isProven = seen.length >= 2 || (rated[0]?.score ?? 0) >= 4 || Boolean(isMember);
    return {
      need: from !== null && to !== null && wait >= from - 1e-9 && wait <= to + 1e-9,
      trust: isProven && seen.every(({ refundCents }) => !refundCents),
      exposure: (beside.touches ?? []).some(
        ({ customerId, touchedAt }) =>
          customerId === id && dayOf(touchedAt) <= day && dayOf(touchedAt) > day - touchDays,
      ),
      repurchase: own.some((one) => {
        const { day: bought } = toPurchase(one);
        return bought > day && bought <= day + buyDays;
      }),
    };
  });
  return { people, from, to };
}

/** RFM tier of everybody who ordered up to a day, by counting who is worse. */
function tiersOf(orders: ShopOrder[], day: number) {
  const people = historiesOf(orders, day).map(({ id, list }) => ({
    id,
    measures: [
      list.at(-1)!.day,
      list.length,
      Number(list.reduce((sum, { netCents }) => sum + netCents, 0n)),
    ],
  }));
  return people.map(({ id, measures }) => {
    const scores = measures.map((value, i) => {
      const worse = people.filter((one) => one.measures[i]! < value).length;
      return worse * 3 >= people.length * 2 ? 3 : worse * 3 >= people.length ? 2 : 1;
    });
    const sum = scores.reduce((total, score) => total + score, 0);
    return { id, tier: sum >= 7 ? "high" : sum >= 5 ? "middle" : "low" };
  });
}

interface History {
  id: string;
  list: { day: number; isKept: boolean; at: string; netCents: bigint }[];
}

/** Customers up to a day, by their first orders. */
function historiesOf(orders: ShopOrder[], asOf: number): History[] {
  const histories = new Map<string, History>();
  for (const one of orders) {
    const { day, netCents, at } = toPurchase(one);
    if (one.customerId === null || day > asOf) continue;
    const history = histories.get(one.customerId) ?? { id: one.customerId, list: [] };
    histories.set(one.customerId, history);
    history.list.push({ day, at, netCents, isKept: !one.refundCents || netCents > 0n });
  }
  const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  for (const { list } of histories.values()) list.sort(byTime);
  return [...histories.values()].sort(
    (a, b) => byTime(a.list[0]!, b.list[0]!) || (a.id < b.id ? -1 : 1),
  );
}

interface Case {
  orders: ShopOrder[];
  beside: Partial<BesideOrders>;
  asOf: number;
  variables: Record<string, Value>;
}

async function check(
  besides: fc.Arbitrary<Partial<BesideOrders>>,
  property: (one: Case) => Promise<void>,
  numRuns = 10,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(orderLists, besides, cuts, async (orders, beside, cut) => {
      await buildShop(runner, toSelect(orders), [], beside);
      await property({ orders, beside, ...cutOrders(orders, cut) });
    }),
    // a smaller case would take hundreds of shops
    { numRuns, seed: 11, endOnFailure: true },
  );
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}

/** Rows in order; numbers to ten digits, so counts to the last. */
function same(rows: Record<string, Value>[], expected: Record<string, Value>[]): void {
  expect(rows).toHaveLength(expected.length);
  const isClose = (ours: Value | undefined, value: Value) =>
    typeof ours === "number" && typeof value === "number"
      ? Math.abs(ours - value) <= 1e-10 * (1 + Math.abs(value))
      : ours === value;
  for (const [i, row] of expected.entries()) {
    const isSame = Object.entries(row).every(([name, value]) => isClose(rows[i]![name], value));
    if (!isSame) expect(rows[i]).toMatchObject(row);
  }
}

let orderCount = 0;

function order(customerId: string, day: string): ShopOrder {
  return {
    orderId: `made-${orderCount++}`,
    customerId,
    orderedAt: `${day} 12:00:00`,
    grossCents: 1000,
  };
}

function touch(customerId: string, touchedAt: string): Touch {
  return { customerId, touchedAt, channel: "mail", domain: "private", kind: null };
}
