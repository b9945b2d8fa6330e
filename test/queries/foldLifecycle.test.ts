import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { BesideOrders, Contact, Referral, Touch } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  customersOf,
  cutOrders,
  dayOf,
  median,
  periodStart,
  toDay,
  toPurchase,
  toText,
  wilson,
  type Purchase,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { sameRow } from "./sameRow.ts";

// The way of a customer through the private domain a second time, person by person, without SQL.

vi.setConfig({ testTimeout: 120_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2022-12-20");

describe("lifecycle-funnel", () => {
  it.each(["whole", "each"])("equals a fold, cohort %s", (cohort) =>
    check(journeys, async ({ orders, beside, asOf, variables }) => {
      const days = 40;
      const from = firstDay + 20;
      const settings = { cohort, step_days: days, from: toText(from), ...variables };
      const rows = await run("lifecycle-funnel", settings);
      const dataStart = Math.min(...orders.map((order) => toPurchase(order).day));
      const customers = customersOf(orders);
      const touched = new Map<string, number>();
      for (const { customerId, touchedAt } of beside.touches!) {
        const day = dayOf(touchedAt);
        if (day <= asOf) touched.set(customerId, Math.min(day, touched.get(customerId) ?? day));
      }
      const everybody = [...touched].filter(([, day]) => day >= from);
      const within = (day: number | undefined, start: number) =>
        day !== undefined && day >= start && day <= start + days;
      const people = everybody.flatMap(([id, start]) => {
        const joins = beside.contacts!.filter(({ customerId }) => customerId === id);
        const joined = joins[0]?.joinedPrivateAt ? toDay(joins[0].joinedPrivateAt) : undefined;
        const [first, second] = (customers.get(id) ?? []).map(({ day }) => day);
        if (start < dataStart || (joined ?? start) < start || (first ?? start) < start) return [];
        const steps = [start];
        if (within(joined, start)) steps.push(joined!);
        if (steps.length === 2 && within(first, joined!)) steps.push(first!);
        if (steps.length === 3 && within(second, first!)) steps.push(second!);
        if (steps.length === 4) {
          const brought = beside
            .referrals!.filter(({ referrerId, refereeId }) => referrerId === id && refereeId !== id)
            .map((one) =>
              one.referredAt ? dayOf(one.referredAt) : customers.get(one.refereeId)?.[0]!.day,
            )
            .filter((day) => within(day, second!));
          if (brought.length) steps.push(Math.min(...brought.map(Number)));
        }
        return [steps];
      });
      expect(rows).toHaveLength(5);
      ["touched", "joined", "first-order", "repeat", "referred"].forEach((step, place) => {
        const waits = cohort === "each" ? place : 4;
        const base = people.filter(([start]) => start! + waits * days <= asOf);
        const reached = base.filter((steps) => steps.length > place);
        const before = base.filter((steps) => steps.length >= place).length;
        const isKnown = step !== "referred" || beside.referrals!.length > 0;
        const known = <T>(value: T) => (isKnown ? value : null);
        const bounds = (n: number) => (place && isKnown ? wilson(reached.length, n) : [null, null]);
        sameRow(rows[place]!, {
          step,
          customers: known(reached.length),
          share_of_previous: place && before ? known(reached.length / before) : null,
          share_of_first: base.length ? known(reached.length / base.length) : null,
          previous: place ? before : null,
          lower: bounds(before)[0]!,
          upper: bounds(before)[1]!,
          first: base.length,
          first_lower: bounds(base.length)[0]!,
          first_upper: bounds(base.length)[1]!,
          median_days: place
            ? known(median(reached.map((steps) => steps[place]! - steps[place - 1]!)))
            : null,
          left_out: place ? null : everybody.length - base.length,
          already_in: place ? null : everybody.length - people.length,
        });
        if (cohort === "each" || !place) return;
        expect(rows[place]!.previous).toBe(rows[place - 1]!.customers);
        expect(rows[place]!.first).toBe(rows[0]!.customers);
      });
    }),
  );

  it("counts the day itself and the last day, and nobody who was there before or is watched too briefly", async () => {
    const order = (customerId: string, day: string) => orderOf({ customerId, day });
    const orders = [
      order("x", "2024-01-01"),
      order("all", "2024-01-31"),
      order("all", "2024-03-01"),
      order("day", "2024-01-02"),
      { ...order("day", "2024-01-02"), orderId: "second" },
      order("late", "2024-02-02"),
      order("first", "2024-01-02"),
      order("z", "2024-05-01"),
    ];
    const touches = ["all", "day", "late", "first", "never", "member"].map((id) =>
      touchOf(id, id === "all" ? "2024-01-01" : "2024-01-02"),
    );
    touches.push(touchOf("young", "2024-01-03"), touchOf("early", "2023-12-31"));
    const joined = {
      all: "2024-01-31",
      day: "2024-01-02",
      late: "2024-01-02",
      first: "2024-01-05",
      member: "2024-01-01",
    };
    const contacts = Object.entries(joined).map(([customerId, joinedPrivateAt]): Contact => ({
      customerId,
      joinedPrivateAt,
    }));
    const referrals: Referral[] = [
      { referrerId: "all", refereeId: "somebody", referredAt: "2024-03-31 23:59:59" },
      { referrerId: "day", refereeId: "day", referredAt: "2024-01-02 23:00:00" },
      { referrerId: "day", refereeId: "late", referredAt: null },
    ];
    await buildShop(runner, toSelect(orders), [], { touches, contacts, referrals });
    const counts = async (variables: Record<string, Value>) => {
      const rows = await run("lifecycle-funnel", variables);
      return rows.map((row) => row.customers);
    };
    // 30 days × 4 after 2 January is 1 May: "young" alone is not watched for all of it
    expect(await counts({ step_days: 30 })).toEqual([5, 4, 2, 2, 1]);
    expect(await counts({ step_days: 31 })).toEqual([0, 0, 0, 0, 0]);
    expect(await counts({ step_days: 30, cohort: "each" })).toEqual([6, 4, 2, 2, 1]);
    expect(await counts({ step_days: 31, cohort: "each", as_of: "2024-05-07" })).toEqual([
      6, 4, 3, 2, 2,
    ]);
    const [row] = await run("lifecycle-funnel", { step_days: 30 });
    expect(row).toMatchObject({ share_of_first: 1, left_out: 3, already_in: 2, lower: null });
    const empty = await run("lifecycle-funnel", { as_of: "2023-01-01" });
    expect(empty.map((one) => [one.customers, one.share_of_first])).toEqual(
      Array.from({ length: 5 }, () => [0, null]),
    );
    await buildShop(runner, toSelect(orders), [], { touches, contacts });
    const unreferred = await run("lifecycle-funnel", { step_days: 30 });
    expect(unreferred[4]).toMatchObject({ customers: null, share_of_first: null, previous: 2 });
  });
});

/** People who go some way from touch to referral, with awkward waits between. */
const journeys = fc
  .array(
    fc.record({
      touch: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null, freq: 8 }),
      again: fc.option(fc.integer({ min: -30, max: 60 }), { nil: null }),
      join: fc.option(fc.integer({ min: -4, max: 44 }), { nil: null, freq: 8 }),
      order: fc.option(fc.integer({ min: -6, max: 44 }), { nil: null, freq: 8 }),
      repeat: fc.option(fc.integer({ min: 0, max: 44 }), { nil: null, freq: 8 }),
      refer: fc.option(fc.integer({ min: -5, max: 44 }), { nil: null, freq: 5 }),
      referee: fc.integer({ min: 0, max: 24 }),
      isDated: fc.boolean(),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((list) => {
    const beside = {
      touches: [] as Touch[],
      contacts: [] as Contact[],
      referrals: [] as Referral[],
    };
    const orders = [orderOf({ customerId: null, day: toText(firstDay + 15) })];
    list.forEach(({ touch, again, join, order, repeat, refer, referee, isDated }, i) => {
      const id = `c${i}`;
      const start = firstDay + (touch ?? 50);
      const joined = start + (join ?? 0);
      const ordered = joined + (order ?? 0);
      const repeated = ordered + (repeat ?? 0);
      if (touch !== null) beside.touches.push(touchOf(id, toText(start)));
      if (again !== null) beside.touches.push(touchOf(id, toText(start + again)));
      beside.contacts.push({
        customerId: id,
        joinedPrivateAt: join === null ? null : toText(joined),
      });
      if (order !== null) orders.push(orderOf({ customerId: id, day: toText(ordered) }));
      if (order !== null && repeat !== null)
        orders.push({ ...orderOf({ customerId: id, day: toText(repeated) }), orderId: `r${i}` });
      if (refer === null) return;
      const referredAt = isDated ? `${toText(repeated + refer)} 23:30:00` : null;
      beside.referrals.push({ referrerId: id, refereeId: `c${referee}`, referredAt });
    });
    orders.push(orderOf({ customerId: "last", day: toText(firstDay + 420) }));
    return { orders, beside };
  });

describe("tag-lift", () => {
  it.each([
    ["tag", "n-day"],
    ["tag", "ever"],
    ["tier", "n-day"],
    ["tier", "ever"],
  ])("equals a fold, by %s, %s", (by, variant) =>
    check(labelled, async ({ orders, beside, asOf, variables }) => {
      const [nDays, minSize] = [60, 3];
      const settings = { by, variant, n_days: nDays, min_size: minSize, ...variables };
      const rows = await run("tag-lift", settings);
      const people = [...customersOf(orders)].flatMap(([id, [first, second]]) => {
        if (first!.day + (variant === "ever" ? 0 : nDays) > asOf) return [];
        const limit = variant === "ever" ? asOf : first!.day + nDays;
        const file = beside.contacts!.find(({ customerId }) => customerId === id);
        const said = by === "tier" ? [file?.tier ?? ""] : splitTags(file?.tags ?? "");
        const labels = new Set(said.map((label) => label.trim()).filter((label) => label !== ""));
        return [{ labels, isBack: second !== undefined && second.day <= limit }];
      });
      if (!people.length) return expect(rows).toEqual([]);
      const known = [...new Set(people.flatMap(({ labels }) => [...labels]))];
      const sizeOf = (label: string) => people.filter(({ labels }) => labels.has(label)).length;
      const listed = known.filter((label) => sizeOf(label) >= minSize);
      listed.sort((a, b) => sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1));
      expect(rows.map((row) => row.tag)).toEqual([...listed, "(none)"]);
      for (const row of rows) {
        const isIn = ({ labels }: (typeof people)[number]) =>
          row.tag === "(none)" ? labels.size === 0 : labels.has(String(row.tag));
        const inside = people.filter(isIn);
        const outside = people.filter((one) => !isIn(one));
        const [k, other] = [inside, outside].map((side) => side.filter((one) => one.isBack).length);
        const bounds = wilson(k!, inside.length);
        const otherBounds = wilson(other!, outside.length);
        const [lift, lower, upper] = katz(k!, inside.length, other!, outside.length);
        sameRow(row, {
          customers: inside.length,
          repeat_rate: inside.length ? k! / inside.length : null,
          untagged_rate: outside.length ? other! / outside.length : null,
          lift,
          lower,
          upper,
          coverage: inside.length / people.length,
          repeaters: k!,
          rate_lower: bounds[0],
          rate_upper: bounds[1],
          untagged_customers: outside.length,
          untagged_repeaters: other!,
          untagged_lower: otherBounds[0],
          untagged_upper: otherBounds[1],
          all_customers: people.length,
          left_out: row.tag === "(none)" ? known.length - listed.length : null,
        });
        if (lift !== null) expect(lower! <= lift && lift <= upper!).toBe(true);
      }
      if (by === "tag" || listed.length < known.length) return;
      const sum = rows.reduce((total, row) => total + Number(row.customers), 0);
      expect(sum).toBe(people.length);
    }),
  );

  it("lifts 30 of 100 over 60 of 400 by 2.00, 1.37 to 2.92, and nothing over nobody", async () => {
    const orders: ShopOrder[] = [];
    const contacts: Contact[] = [];
    for (let i = 0; i < 500; ++i) {
      const customerId = String(i);
      orders.push(orderOf({ customerId, day: "2024-01-01" }));
      // the 90th day counts, the 91st does not
      const isBack = i < 100 ? i < 30 : i < 160;
      orders.push(orderOf({ customerId, day: isBack ? "2024-03-31" : "2024-04-01" }));
      if (i < 100) contacts.push({ customerId, tags: " vip ； vip|宝妈、a，b;c", tier: "gold " });
    }
    await buildShop(runner, toSelect(orders), [], { contacts });
    const rows = await run("tag-lift");
    expect(rows.map((row) => row.tag)).toEqual(["a", "b", "c", "vip", "宝妈", "(none)"]);
    for (const row of [rows[3]!, (await run("tag-lift", { by: "tier" }))[0]!]) {
      expect(row).toMatchObject({ customers: 100, repeaters: 30, repeat_rate: 0.3, coverage: 0.2 });
      expect(row).toMatchObject({ untagged_customers: 400, untagged_repeaters: 60 });
      const printed = [row.lift, row.lower, row.upper].map((value) => Number(value).toFixed(2));
      expect(printed).toEqual(["2.00", "1.37", "2.92"]);
    }
    const [none] = (await run("tag-lift")).slice(-1);
    expect(none).toMatchObject({ customers: 400, left_out: 0 });
    const few = await run("tag-lift", { min_size: 101 });
    expect(few).toMatchObject([{ tag: "(none)", left_out: 5 }]);
    const ever = await run("tag-lift", { variant: "ever" });
    expect(ever[0]).toMatchObject({ repeat_rate: 1, untagged_rate: 1, lift: 1 });
    expect(await run("tag-lift", { as_of: "2024-03-30" })).toEqual([]);
    const early = await run("tag-lift", { variant: "ever", as_of: "2024-02-01" });
    expect(early[0]).toMatchObject({ repeaters: 0, untagged_rate: 0, lift: null, upper: null });
  });
});

/** Customers with tags and tiers as files have them, and some who are in no file. */
const labelled = fc
  .array(
    fc.record({
      first: fc.integer({ min: 0, max: 300 }),
      gap: fc.option(fc.integer({ min: 0, max: 120 }), { nil: null }),
      tags: fc.option(
        fc.array(fc.constantFrom("vip", "宝妈", "gift", " vip", "", "new ", "rare"), {
          maxLength: 4,
        }),
        { nil: null, freq: 6 },
      ),
      mark: fc.constantFrom(",", "，", ";", "；", "、", "|", "｜", " , "),
      tier: fc.constantFrom("gold", "silver ", "basic", "", null),
      isListed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((list) => {
    const orders: ShopOrder[] = [orderOf({ customerId: null, day: toText(firstDay + 320) })];
    const contacts: Contact[] = [{ customerId: "stranger", tags: "never", tier: "never" }];
    list.forEach(({ first, gap, tags, mark, tier, isListed }, i) => {
      const customerId = `c${i}`;
      orders.push(orderOf({ customerId, day: toText(firstDay + first) }));
      if (gap !== null)
        orders.push({
          ...orderOf({ customerId, day: toText(firstDay + first + gap) }),
          orderId: `again ${i}`,
        });
      if (isListed || i % 3) contacts.push({ customerId, tags: tags && tags.join(mark), tier });
    });
    return { orders, beside: { contacts } };
  });

function splitTags(tags: string): string[] {
  let pieces = [tags];
  for (const mark of [",", "，", ";", "；", "、", "|", "｜"])
    pieces = pieces.flatMap((piece) => piece.split(mark));
  return pieces;
}

/** Ratio of two rates with its interval, ½ added to every count where one is 0. */
function katz(
  a: number,
  n: number,
  c: number,
  m: number,
): [number, number, number] | [null, null, null] {
  if (n === 0 || m === 0 || c === 0) return [null, null, null];
  const ratio = a / n / (c / m);
  const add = [a, n - a, c, m - c].includes(0) ? 0.5 : 0;
  const [p, q] = [(a + add) / (n + 2 * add), (c + add) / (m + 2 * add)];
  const variance = (1 - p) / (a + add) + (1 - q) / (c + add);
  const factor = Math.exp(1.959963984540054 * Math.sqrt(variance));
  return [ratio, Math.min(ratio, p / q / factor), Math.max(ratio, (p / q) * factor)];
}

describe("tier-movement", () => {
  it.each([
    ["spend", null],
    ["spend", "25, 10.5,x, 10.5 ,-3,1000000"],
    ["given", null],
    ["given", "30"],
  ])("equals a fold, by %s, thresholds %s", (by, thresholds) =>
    check(spenders, async ({ seen, beside, asOf, variables }) => {
      const [tierDays, gap] = [100, 45];
      const settings = { by, thresholds, tier_days: tierDays, gap_days: gap, ...variables };
      const rows = await run("tier-movement", settings);
      const from = asOf - gap;
      const customers = [...customersOf(seen)];
      if (!customers.length) return expect(rows).toEqual([]);
      const spendOf = (list: Purchase[], date: number) => {
        const inside = list.filter(({ day }) => day > date - tierDays && day <= date);
        return inside.length ? inside.reduce((sum, { netCents }) => sum + netCents, 0n) : null;
      };
      const spends = customers.flatMap(([, list]) => spendOf(list, asOf) ?? []);
      spends.sort((a, b) => Number(a - b));
      const places = [0.5, 0.8, 0.95].map((part) => Math.floor(spends.length * part + 1e-9));
      const cuts = thresholds
        ? [...new Set(thresholds.split(",").map(Number).filter(Number.isFinite))].map((one) =>
            BigInt(Math.round(one * 100)),
          )
        : [...new Set(places.flatMap((place) => spends[place] ?? []))];
      cuts.sort((a, b) => Number(a - b));
      const tierOf = (spend: bigint | null) =>
        spend === null ? 0 : 1 + cuts.filter((cut) => cut <= spend).length;
      const nameOf = (tier: number) => (tier ? `tier-${tier}` : "(inactive)");
      const members = customers.map(([id, list]) => {
        const given = beside.contacts!.find(({ customerId }) => customerId === id)?.tier?.trim();
        const start = list[0]!.day > from ? "(new)" : nameOf(tierOf(spendOf(list, from)));
        return {
          from: by === "given" ? given || "(none)" : start,
          to: nameOf(tierOf(spendOf(list, asOf))),
        };
      });
      const to = [...cuts, 0n, 0n].map((_, place) => nameOf(place));
      const given = [...new Set(members.map((one) => one.from))].filter((one) => one !== "(none)");
      const none = members.some((one) => one.from === "(none)") ? ["(none)"] : [];
      const starts = by === "given" ? [...given.sort(), ...none] : [...to, "(new)"];
      const leastOf = (tier: string) => {
        const cut = cuts[to.indexOf(tier) - 2];
        return cut === undefined ? null : Number(cut) / 100;
      };
      const dataStart = Math.min(...seen.map((order) => toPurchase(order).day));
      let place = 0;
      for (const start of starts) {
        const own = members.filter((one) => one.from === start);
        for (const end of to) {
          const went = own.filter((one) => one.to === end).length;
          const step =
            start === "(new)" || by === "given" ? null : to.indexOf(end) - to.indexOf(start);
          const [lower, upper] = wilson(went, own.length);
          sameRow(rows[place++]!, {
            from_tier: start,
            to_tier: end,
            customers: went,
            from_customers: own.length,
            share: own.length ? went / own.length : null,
            lower,
            upper,
            stayed: step === null ? null : step === 0 ? went : 0,
            rose: step === null ? null : step > 0 ? went : 0,
            fell: step === null ? null : step < 0 ? went : 0,
            from_least: by === "given" ? null : leastOf(start),
            to_least: leastOf(end),
            is_new: start === "(new)",
            from_date: by === "given" ? null : toText(from),
            to_date: toText(asOf),
            is_complete: (by === "given" ? asOf : from) - tierDays + 1 >= dataStart,
          });
        }
      }
      expect(rows).toHaveLength(place);
      const sum = rows.reduce((total, row) => total + Number(row.customers), 0);
      expect(sum).toBe(customers.length);
    }),
  );

  it("counts the first and the last day of a window, and a spend on the threshold as the higher tier", async () => {
    const sale = (customerId: string, day: string, cents: number) =>
      orderOf({ customerId, day, cents });
    const orders = [
      sale("start", "2022-12-01", 1),
      sale("rises", "2023-01-01", 4999), // the first of the 365 days that end on 2023-12-31
      sale("rises", "2024-03-30", 10000),
      sale("falls", "2023-01-01", 5000),
      sale("falls", "2023-06-01", 5000),
      sale("gone", "2023-03-31", 10000), // the last day before the 365 that end on 2024-03-30
      sale("before", "2022-12-31", 99999),
      sale("fresh", "2024-01-01", 9999),
      { ...sale("back", "2024-02-01", 700), refundCents: 700 },
    ];
    orders.push(sale("back", "2022-12-02", 100));
    await buildShop(runner, toSelect(orders), [], {
      contacts: [{ customerId: "gone", tier: "gold" }],
    });
    const settings = { from: "2023-12-31", thresholds: "50,100" };
    const moves = (rows: Record<string, Value>[]) =>
      rows.flatMap((row) => (row.customers ? [[row.from_tier, row.to_tier, row.customers]] : []));
    const rows = await run("tier-movement", settings);
    expect(moves(rows)).toEqual([
      ["(inactive)", "(inactive)", 2],
      ["(inactive)", "tier-1", 1],
      ["tier-1", "tier-3", 1],
      ["tier-3", "(inactive)", 1],
      ["tier-3", "tier-2", 1],
      ["(new)", "tier-2", 1],
    ]);
    expect(rows).toHaveLength(20);
    expect(rows.every((row) => row.is_complete === true)).toBe(true);
    const given = await run("tier-movement", { ...settings, by: "given" });
    expect(moves(given).map(([from, to]) => `${from} ${to}`)[0]).toBe("gold (inactive)");
    expect(given.at(-1)).toMatchObject({ from_tier: "(none)", from_customers: 6, stayed: null });
    const late = await run("tier-movement", { ...settings, from: "2030-01-01" });
    expect(late.every((row) => !row.customers || row.from_tier === row.to_tier)).toBe(true);
    expect((await run("tier-movement", { tier_days: 800 }))[0]!.is_complete).toBe(false);
    expect(await run("tier-movement", { as_of: "2022-01-01" })).toEqual([]);
  });
});

/** Customers who buy now and then, at few prices, some of them refunded. */
const spenders = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null, freq: 9 }),
      day: fc.integer({ min: 0, max: 400 }),
      cents: fc.constantFrom(500, 1000, 1050, 2500, 2500, 3333),
      refundCents: fc.constantFrom(0, 0, 0, 250, 500),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => {
    const orders = list.map(({ customer, day, cents, refundCents }, i): ShopOrder => {
      const customerId = customer === null ? null : `c${customer}`;
      const order = orderOf({ customerId, day: toText(firstDay + day), cents });
      return { ...order, orderId: `o${i}`, refundCents };
    });
    const contacts = ["gold", "silver", " gold ", "", null, "basic"].map((tier, i): Contact => ({
      customerId: `c${2 * i}`,
      tier,
    }));
    return { orders, beside: { contacts } };
  });

describe("five-step-scorecard", () => {
  it.each(["day", "week", "month", "quarter", "year"] as const)("equals a fold, by %s", (grain) =>
    check(shops, async ({ orders, beside, asOf, variables }) => {
      const rows = await run("five-step-scorecard", { grain, ...variables });
      const customers = [...customersOf(orders)].map(([id, list]) => ({ id, list }));
      const contacts = beside.contacts!;
      const dataStart = Math.min(...orders.map((order) => toPurchase(order).day));
      const joinOf = (id: string) => {
        const day = contacts.find(({ customerId }) => customerId === id)?.joinedPrivateAt;
        return day ? toDay(day) : Infinity;
      };
      const hasLabel = (id: string) => {
        const file = contacts.find(({ customerId }) => customerId === id);
        return /[^\s,，;；、|｜]/.test(`${file?.tags ?? ""}${file?.tier ?? ""}`);
      };
      const has = {
        touches: beside.touches!.length > 0,
        joins: contacts.some(({ joinedPrivateAt }) => joinedPrivateAt),
        labels: contacts.some(({ customerId }) => hasLabel(customerId)),
      };
      const touchDays = beside.touches!.map(({ touchedAt }) => dayOf(touchedAt));
      const last = addPeriods(periodStart(asOf + 1, grain), -1, grain);
      const figuresOf = (start: number) => {
        const end = addPeriods(start, 1, grain) - 1;
        const isIn = (day: number) => day >= start && day <= end;
        const touches = beside.touches!.filter(({ touchedAt }) => isIn(dayOf(touchedAt)));
        const answered = touches.filter(({ touchedAt, respondedAt }) => {
          const day = respondedAt ? dayOf(respondedAt) : Infinity;
          return day >= dayOf(touchedAt) && day <= end;
        });
        const joined = contacts.filter(({ customerId }) => isIn(joinOf(customerId)));
        const firstOf = (id: string) =>
          customers.find((one) => one.id === id)?.list[0]!.day ?? Infinity;
        const open = joined.filter(({ customerId: id }) => firstOf(id) >= joinOf(id));
        const fresh = customers.filter(({ list }) => isIn(list[0]!.day));
        const buyers = customers.flatMap(({ id, list }) => {
          const inside = list.filter(({ day }) => isIn(day));
          const net = inside.reduce((sum, { netCents }) => sum + netCents, 0n);
          return inside.length ? [{ id, net, isBack: list[0]!.day < start }] : [];
        });
        buyers.sort((a, b) => Number(b.net - a.net));
        const money = (list: typeof buyers) =>
          Number(list.reduce((sum, { net }) => sum + net, 0n)) / 100;
        const top = buyers.slice(0, Math.ceil(buyers.length / 5));
        const back = buyers.filter(({ isBack }) => isBack);
        const reasonOf = (source: keyof typeof has | "orders") => {
          if (source !== "orders" && !has[source]) return `no-${source}`;
          if (start < dataStart) return "no-period";
          if (source !== "touches") return null;
          return Math.max(...touchDays) < start || Math.min(...touchDays) > end
            ? "outside-file"
            : null;
        };
        const count = (numerator: number, source: keyof typeof has): Figure => {
          const reason = reasonOf(source);
          return reason
            ? { ...nothing, reason }
            : { ...nothing, value: numerator, count: numerator, numerator };
        };
        const share = (k: number, n: number, source: keyof typeof has | "orders"): Figure => {
          const reason = reasonOf(source);
          if (reason) return { ...nothing, reason };
          const [lower, upper] = wilson(k, n);
          const value = n > 0 ? k / n : null;
          const base = { numerator: k, denominator: n, lower, upper };
          return { ...nothing, ...base, value, share: value, reason: n > 0 ? null : "no-base" };
        };
        const moneyShare = (part: typeof buyers): Figure => {
          const figure = share(money(part), money(buyers), "orders");
          return { ...figure, lower: null, upper: null };
        };
        return {
          "people-touched": count(new Set(touches.map((one) => one.customerId)).size, "touches"),
          "response-rate": share(answered.length, touches.length, "touches"),
          joined: count(joined.length, "joins"),
          "joined-share": share(
            fresh.filter(({ id }) => joinOf(id) <= end).length,
            fresh.length,
            "joins",
          ),
          "first-orders": count(
            fresh.filter(({ id, list }) => joinOf(id) <= list[0]!.day).length,
            "joins",
          ),
          "first-order-conversion": share(
            open.filter(({ customerId }) => firstOf(customerId) <= end).length,
            open.length,
            "joins",
          ),
          "labelled-share": share(
            buyers.filter(({ id }) => hasLabel(id)).length,
            buyers.length,
            "labels",
          ),
          "top-revenue-share": moneyShare(top),
          "returning-rate": share(back.length, buyers.length, "orders"),
          "repeat-revenue-share": moneyShare(back),
        };
      };
      const start = addPeriods(last, -1, grain);
      const [now, before] = [figuresOf(last), figuresOf(start)];
      expect(rows.map((row) => row.metric)).toEqual(Object.keys(now));
      const steps = ["ip", "connect", "activate", "stratify", "repurchase"];
      rows.forEach((row, place) => {
        const metric = String(row.metric) as keyof typeof now;
        const [one, other] = [now[metric], before[metric]];
        const noPrevious = other.value === null ? "no-previous" : null;
        sameRow(row, {
          step: steps[Math.floor(place / 2)]!,
          value: one.value,
          previous: other.value,
          unit: ["people-touched", "joined", "first-orders"].includes(metric) ? "count" : "share",
          change: one.value !== null && other.value ? one.value / other.value - 1 : null,
          count: one.count,
          previous_count: other.count,
          share: one.share,
          previous_share: other.share,
          lower: one.lower,
          upper: one.upper,
          previous_lower: other.lower,
          previous_upper: other.upper,
          numerator: one.numerator,
          denominator: one.denominator,
          previous_numerator: other.numerator,
          previous_denominator: other.denominator,
          missing: one.reason ?? noPrevious,
          period: toText(last),
          previous_period: toText(start),
        });
      });
    }),
  );

  it("gives both periods the same time, and says what is missing", async () => {
    const sale = (customerId: string, day: string, cents = 1000) =>
      orderOf({ customerId, day, cents });
    const orders = [
      sale("a", "2024-01-01"),
      sale("a", "2024-03-05", 3000),
      sale("b", "2024-02-10"),
      sale("c", "2024-03-20", 6000),
      sale("d", "2024-03-31", 1000),
      sale("late", "2024-04-10"),
    ];
    const touches = [
      { ...touchOf("a", "2024-02-28"), respondedAt: "2024-03-01 08:00:00" },
      { ...touchOf("a", "2024-03-28"), respondedAt: "2024-03-31 08:00:00" },
      { ...touchOf("x", "2024-03-28"), respondedAt: "2024-04-01 00:00:00" },
      touchOf("a", "2024-03-29"),
    ];
    const contacts: Contact[] = [
      { customerId: "c", joinedPrivateAt: "2024-03-20", tier: " " },
      { customerId: "d", joinedPrivateAt: "2024-04-01", tags: "vip" },
      { customerId: "a", joinedPrivateAt: "2024-03-01", tags: " ;， " },
      { customerId: "x", joinedPrivateAt: "2024-03-02" },
    ];
    await buildShop(runner, toSelect(orders), [], { touches, contacts });
    const rows = await run("five-step-scorecard");
    const figures = Object.fromEntries(
      rows.map((row) => [row.metric, [row.value, row.previous, row.missing]]),
    );
    expect(rows[0]).toMatchObject({ period: "2024-03-01", previous_period: "2024-02-01" });
    expect(figures).toEqual({
      "people-touched": [2, 1, null],
      "response-rate": [1 / 3, 0, null],
      joined: [3, 0, null],
      "joined-share": [1 / 2, 0, null],
      "first-orders": [1, 0, null],
      "first-order-conversion": [1 / 2, null, "no-previous"],
      "labelled-share": [1 / 3, 0, null],
      "top-revenue-share": [0.6, 1, null],
      "returning-rate": [1 / 3, 0, null],
      "repeat-revenue-share": [0.3, 0, null],
    });
    const missing = (list: Record<string, Value>[]) => list.map((row) => row.missing);
    const early = await run("five-step-scorecard", { as_of: "2024-02-28" });
    expect(missing(early)[8]).toBe("no-previous");
    expect(missing(early)[0]).toBe("outside-file");
    expect(early[8]).toMatchObject({ value: 0, previous: null, period: "2024-01-01" });
    const none = await run("five-step-scorecard", { as_of: "2024-01-20" });
    expect(new Set(missing(none))).toEqual(new Set(["no-period"]));
    await buildShop(runner, toSelect(orders));
    const reasons = ["no-touches", "no-touches", ...Array.from({ length: 4 }, () => "no-joins")];
    const bare = await run("five-step-scorecard");
    expect(missing(bare)).toEqual([...reasons, "no-labels", null, null, null]);
    expect(bare.slice(0, 7).every((row) => row.value === null && row.share === null)).toBe(true);
  });
});

interface Figure {
  value: number | null;
  count: number | null;
  share: number | null;
  lower: number | null;
  upper: number | null;
  numerator: number | null;
  denominator: number | null;
  reason: string | null;
}

const nothing: Figure = {
  value: null,
  count: null,
  share: null,
  lower: null,
  upper: null,
  numerator: null,
  denominator: null,
  reason: null,
};

/** Purchases with touches, days of joining, tags and tiers beside them, any of which may be absent. */
const shops = fc
  .record({
    sales: spenders,
    more: spenders,
    touched: fc.array(
      fc.record({
        customer: fc.integer({ min: 0, max: 15 }),
        day: fc.integer({ min: 120, max: 420 }),
        wait: fc.constantFrom(null, -2, 0, 0, 1, 1, 3, 7, 40),
      }),
      { maxLength: 150, size: "max" },
    ),
    /** days from the first order, or from a day on which nobody orders for the first time */
    joins: fc.array(fc.constantFrom(null, -25, -9, -3, -1, 0, 0, 1, 2, 6, 20), {
      maxLength: 16,
      size: "max",
    }),
    tags: fc.constantFrom("vip", " ，", null, "a;b"),
  })
  .map(({ sales, more, touched, joins, tags }) => {
    const again = more.orders.map((order, i) => ({ ...order, orderId: `m${i}` }));
    const orders = [...sales.orders, ...again];
    const customers = customersOf(orders);
    const firstOf = (id: string) => customers.get(id)?.[0]!.day ?? firstDay + 300;
    const touches = touched.map(({ customer, day, wait }): Touch => ({
      ...touchOf(`c${customer}`, toText(firstDay + day)),
      respondedAt: wait === null ? null : `${toText(firstDay + day + wait)} 09:00:00`,
    }));
    const contacts = joins.map((days, i): Contact => ({
      customerId: `c${i}`,
      joinedPrivateAt: days === null ? null : toText(firstOf(`c${i}`) + days),
      tags: i % 2 ? tags : null,
      tier: i % 5 === 4 && tags ? "gold" : " ",
    }));
    return { orders, beside: { touches, contacts } };
  });

interface Case {
  orders: ShopOrder[];
  /** the orders up to the observation end */
  seen: ShopOrder[];
  beside: Partial<BesideOrders>;
  asOf: number;
  variables: Record<string, Value>;
}

async function check(
  shops: fc.Arbitrary<{ orders: ShopOrder[]; beside: Partial<BesideOrders> }>,
  property: (one: Case) => Promise<void>,
  numRuns = 10,
): Promise<void> {
  /** days cut from the end, or null for the default */
  const cuts = fc.option(fc.integer({ min: 0, max: 250 }), { nil: null });
  await fc.assert(
    fc.asyncProperty(shops, cuts, async ({ orders, beside }, cut) => {
      await buildShop(runner, toSelect(orders), [], beside);
      await property({ ...cutOrders(orders, cut), orders, beside });
    }),
    { numRuns, seed: 17 },
  );
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}

function orderOf({ customerId, day, cents = 1000 }: Sale): ShopOrder {
  const orderedAt = `${day} 12:00:00`;
  return { orderId: `${customerId} ${day}`, customerId, orderedAt, grossCents: cents };
}

interface Sale {
  customerId: string | null;
  day: string;
  cents?: number;
}

function touchOf(customerId: string, day: string): Touch {
  return { customerId, touchedAt: `${day} 23:00:00`, channel: "mail", domain: null, kind: null };
}
