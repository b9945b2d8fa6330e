import { afterAll, beforeAll, expect, it } from "vitest";
import { customersOf, dayOf, distinctDays, quantile, toPurchase, toText } from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { buildSeededShop, seededShop } from "./seededShop.ts";

// The lists to act on, a second time without SQL.

const shop = seededShop();
const lastDay = Math.max(
  ...shop.orders.filter(({ customerId }) => customerId).map((order) => toPurchase(order).day),
);

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
  await buildSeededShop(runner);
});
afterAll(() => runner.close());

interface Setting {
  asOf?: number;
  dormantDays?: number;
  highShare?: number;
  minReferees?: number;
}

it.each<[string, Setting]>([
  ["as they come", {}],
  ...Array.from({ length: 8 }, (_, i): [string, Setting] => [
    `${(i + 1) * 40} days before the end`,
    { asOf: lastDay - (i + 1) * 40, highShare: 0.05 * (i + 1) },
  ]),
  ["a year before the end", { asOf: lastDay - 365 }],
  ["with a reader's own limits", { dormantDays: 45, highShare: 0.05, minReferees: 2 }],
  ["where everybody who paid is of high value", { highShare: 1, dormantDays: 1 }],
])("lists the same customers for the same reasons, %s", async (_name, setting) => {
  const rows = await runAnalysis(runner, "action-lists", {
    as_of: setting.asOf === undefined ? null : toText(setting.asOf),
    dormant_days: setting.dormantDays ?? null,
    high_share: setting.highShare ?? null,
    min_referees: setting.minReferees ?? null,
  });
  const expected = listsOf(setting);
  expect(new Set(expected.map(({ list }) => list)).size).toBeGreaterThan(2);
  expect(rows.map(toShown)).toEqual(expected);
  for (const list of ["super-user", "at-risk", "win-back", "second-order", "koc"]) {
    const alone = await runAnalysis(runner, "action-lists", {
      list,
      as_of: setting.asOf === undefined ? null : toText(setting.asOf),
      dormant_days: setting.dormantDays ?? null,
      high_share: setting.highShare ?? null,
      min_referees: setting.minReferees ?? null,
    });
    expect(alone).toEqual(rows.filter((row) => row.list === list));
  }
});

it("lists nobody before the first order, and no list twice", async () => {
  expect(await runAnalysis(runner, "action-lists", { as_of: "1999-01-01" })).toEqual([]);
  const rows = await runAnalysis(runner, "action-lists");
  const keys = rows.map(({ list, customer_id: id }) => `${String(list)} ${String(id)}`);
  expect(new Set(keys).size).toBe(keys.length);
});

function toShown(row: Record<string, Value>) {
  return {
    list: row.list,
    id: row.customer_id,
    reasons: row.reasons,
    tags: row.tags,
    orders: row.orders,
    cents: Math.round(Number(row.revenue) * 100),
    last: row.last_order,
    recency: row.recency_days,
    gap: row.usual_gap_days === null ? null : Number(row.usual_gap_days).toFixed(9),
    referees: row.referees,
  };
}

function listsOf(setting: Setting) {
  const asOf = setting.asOf ?? Math.max(...shop.orders.map((order) => toPurchase(order).day));
  const people = [...customersOf(shop.orders)].flatMap(([id, purchases]) => {
    const seen = purchases.filter(({ day }) => day <= asOf);
    if (seen.length === 0) return [];
    const days = distinctDays(seen);
    const cents = seen.reduce((sum, { netCents }) => sum + netCents, 0n);
    const first = Math.min(...purchases.map(({ day }) => day));
    return [{ id, days, first, orders: seen.length, cents: Number(cents) }];
  });
  const gapsOf = (days: number[]) => days.slice(1).map((day, i) => day - days[i]!);
  const gaps = people.flatMap(({ days }) => gapsOf(days));
  const seconds = people.flatMap(({ days }) => gapsOf(days).slice(0, 1));
  const recentLimit = quantile(gaps, 0.75);
  const dormantLimit = setting.dormantDays ?? quantile(gaps, 0.9);
  const broughtBy = buyersBroughtBy(people, asOf);
  const tested = people.map((person) => {
    const recency = asOf - person.days.at(-1)!;
    const gap =
      person.days.length > 1
        ? (person.days.at(-1)! - person.days[0]!) / (person.days.length - 1)
        : null;
    const richer = people.filter(({ cents }) => cents > person.cents).length;
    const busier = people.filter(({ orders }) => orders > person.orders).length;
    const isDormant = recency >= dormantLimit;
    const isRecent = recency <= recentLimit && !isDormant;
    const isOnce = person.days.length === 1;
    const isLate = !isDormant && recency > recentLimit && (gap === null || recency >= gap);
    const isHigh = person.cents > 0 && richer < (setting.highShare ?? 0.2) * people.length;
    const isFrequent = person.orders > 1 && busier * 10 < people.length;
    const referees = broughtBy.get(person.id) ?? 0;
    const isKoc = referees >= Math.max(1, setting.minReferees ?? 1);
    const reasons = [
      isHigh && "high-value",
      isFrequent && "frequent",
      isOnce && "once",
      isRecent && "recent",
      isLate && "late",
      isDormant && "dormant",
      isKoc && "brings-buyers",
    ].filter((reason) => reason !== false);
    const lists = [
      isFrequent && isRecent && "super-user",
      isHigh && isLate && "at-risk",
      isDormant && (!isOnce || isHigh) && "win-back",
      isOnce && !isDormant && recency >= quantile(seconds, 0.25) && "second-order",
      isKoc && "koc",
    ].filter((list) => list !== false);
    return { ...person, recency, gap, reasons, lists, referees };
  });
  return ["super-user", "at-risk", "win-back", "second-order", "koc"].flatMap((list) =>
    tested
      .filter(({ lists }) => lists.includes(list as never))
      .toSorted((a, b) => b.cents - a.cents || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)))
      .map((person) => ({
        list,
        id: person.id,
        reasons: person.reasons.join(","),
        tags: person.lists.join(","),
        orders: person.orders,
        cents: person.cents,
        last: toText(person.days.at(-1)!),
        recency: person.recency,
        gap: person.gap === null ? null : person.gap.toFixed(9),
        referees: person.referees,
      })),
  );
}

/** everybody who was brought belongs to the earliest referrer, on one day to the first by id */
function buyersBroughtBy(
  people: { id: string; days: number[]; first: number }[],
  asOf: number,
): Map<string, number> {
  const firstOf = new Map(
    [...customersOf(shop.orders)].map(([id, purchases]) => [
      id,
      Math.min(...purchases.map(({ day }) => day)),
    ]),
  );
  const daysOf = new Map(people.map(({ id, days }) => [id, days]));
  const given = [
    ...shop.beside.referrals!.map(({ referrerId, refereeId, referredAt }) => ({
      referrerId,
      refereeId,
      day: referredAt ? dayOf(referredAt) : undefined,
    })),
    ...shop.beside.contacts!.flatMap(({ customerId, referrerId }) =>
      referrerId ? [{ referrerId, refereeId: customerId, day: undefined }] : [],
    ),
  ];
  const ownerOf = new Map<string, { referrerId: string; day: number }>();
  for (const { referrerId, refereeId, day } of given) {
    const on = day ?? firstOf.get(refereeId);
    if (referrerId === refereeId || on === undefined || on > asOf || !firstOf.has(refereeId))
      continue;
    const known = ownerOf.get(refereeId);
    const isEarlier =
      !known || on < known.day || (on === known.day && referrerId < known.referrerId);
    if (isEarlier) ownerOf.set(refereeId, { referrerId, day: on });
  }
  const counts = new Map<string, number>();
  for (const [refereeId, { referrerId, day }] of ownerOf) {
    if (!daysOf.get(refereeId)?.some((bought) => bought >= day)) continue;
    counts.set(referrerId, (counts.get(referrerId) ?? 0) + 1);
  }
  return counts;
}
