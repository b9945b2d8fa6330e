import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addPeriods,
  customersOf,
  distinctDays,
  type Grain,
  periodStart,
  periodsBetween,
  toDay,
  toPurchase,
  toText,
  wilson,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { buildSeededShop, seededShop } from "./seededShop.ts";

// Cohorts of an attribute, a second time without SQL.

const shop = seededShop();
const lastDay = Math.max(...shop.orders.map((order) => toPurchase(order).day));
const contacts = new Map(shop.beside.contacts!.map((contact) => [contact.customerId, contact]));
const people = [...customersOf(shop.orders)].map(([id, purchases]) => {
  const [first] = shop.orders
    .filter(({ customerId }) => customerId === id)
    .toSorted((a, b) =>
      a.orderedAt === b.orderedAt
        ? Buffer.compare(Buffer.from(a.orderId), Buffer.from(b.orderId))
        : a.orderedAt < b.orderedAt
          ? -1
          : 1,
    );
  return { id, days: distinctDays(purchases), first: first!, contact: contacts.get(id) };
});

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
  await buildSeededShop(runner);
});
afterAll(() => runner.close());

type Person = (typeof people)[number];

const labelsOf: Record<string, (person: Person) => (string | null | undefined)[]> = {
  channel: ({ first }) => [first.channel],
  domain: ({ first }) => [first.domain],
  product: ({ first }) => [first.product],
  category: ({ first }) => [first.category],
  country: ({ first }) => [first.country],
  coupon: ({ first }) => [first.coupon],
  member: ({ first }) => [first.isMember ? "yes" : "no"],
  source: ({ contact }) => [contact?.source],
  tier: ({ contact }) => [contact?.tier],
  tag: ({ contact }) => {
    const tags = (contact?.tags ?? "").split(/[,，;；、|｜]/).map((tag) => tag.trim());
    const named = [...new Set(tags.filter(Boolean))];
    return named.length > 0 ? named : [null];
  },
};

interface Setting {
  grain?: Grain;
  clock?: "calendar" | "rolling";
  asOf?: number;
  minSize?: number;
  segments?: number;
  from?: string;
  to?: string;
}

describe.each(Object.keys(labelsOf))("by %s", (by) => {
  it.each<[string, Setting]>([
    ["as it comes", {}],
    ["by week", { grain: "week", asOf: lastDay - 100 }],
    ["by quarter, rolling", { grain: "quarter", clock: "rolling" }],
    ["by month, rolling", { clock: "rolling", from: "2023-03-01", to: "2024-02-29" }],
    ["with few cohorts", { minSize: 1, segments: 2, grain: "year" }],
  ])("%s", async (_name, setting) => {
    const rows = await runAnalysis(runner, "attribute-cohorts", {
      by,
      grain: setting.grain ?? null,
      clock: setting.clock ?? null,
      as_of: setting.asOf === undefined ? null : toText(setting.asOf),
      min_size: setting.minSize ?? null,
      segments: setting.segments ?? null,
      from: setting.from ?? null,
      to: setting.to ?? null,
    });
    const expected = cohortsOf(by, setting);
    expect(expected.length).toBeGreaterThan(1);
    const byName = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
    expect(rows.map(toShown).toSorted(byName)).toEqual(expected.toSorted(byName));
    const best = rows.filter(({ k }) => k === 1).map(({ retention }) => Number(retention));
    expect(best).toEqual(best.toSorted((a, b) => b - a));
  });
});

it("is the curve of each segment on the calendar", async () => {
  const asked = { by: "channel", grain: "month", min_size: 1, segments: 50, horizon: 30 };
  const curve = await runAnalysis(runner, "retention-curve", asked);
  const cohorts = await runAnalysis(runner, "attribute-cohorts", asked);
  const on = curve.filter(({ definition, is_complete: done }) => definition === "on" && done);
  expect(on.length).toBeGreaterThan(30);
  const shown = (row: Record<string, Value>, name: string, base: string, hit: string) =>
    [row[name], row.k, row[base], row[hit]].join(" ");
  expect(cohorts.map((row) => shown(row, "cohort", "customers", "active")).toSorted()).toEqual(
    on.map((row) => shown(row, "segment", "at_risk", "retained")).toSorted(),
  );
});

it.each(["cohort-retention", "cohort-revenue"])(
  "%s says in which calendar period a cell lies",
  async (id) => {
    for (const grain of ["day", "week", "month", "quarter", "year"] as const) {
      const rows = await runAnalysis(runner, id, { grain, horizon: 20 });
      expect(rows.length).toBeGreaterThan(2);
      for (const { cohort, k, period } of rows) {
        expect(period).toBe(toText(addPeriods(toDay(String(cohort)), Number(k), grain)));
      }
    }
  },
);

it("has no cohort where nobody came", async () => {
  expect(await runAnalysis(runner, "attribute-cohorts", { as_of: "1999-01-01" })).toEqual([]);
});

function toShown(row: Record<string, Value>) {
  return {
    key: `${String(row.cohort)} ${String(row.k).padStart(3, "0")}`,
    customers: row.customers,
    active: row.active,
    size: row.size,
    bounds: [row.lower, row.upper].map((bound) => Number(bound).toFixed(9)),
  };
}

function cohortsOf(by: string, setting: Setting) {
  const {
    grain = "month",
    clock = "calendar",
    asOf = lastDay,
    minSize = 30,
    segments = 12,
  } = setting;
  const seen = people.filter(({ days }) => {
    const first = days[0]!;
    const isIn = setting.from === undefined || first >= toDay(setting.from);
    return first <= asOf && isIn && (setting.to === undefined || first <= toDay(setting.to));
  });
  const labels = seen.map((person) => labelsOf[by]!(person).map((label) => label ?? "(none)"));
  const sizes = new Map<string, number>();
  for (const label of labels.flat()) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const bySize = [...sizes].toSorted(
    ([a, n], [b, m]) => m - n || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const alone = new Set(
    bySize.filter(([, n], place) => n >= minSize && place < segments).map(([label]) => label),
  );
  const members = new Map<string, Person[]>();
  for (const [i, person] of seen.entries()) {
    const own = new Set(labels[i]!.map((label) => (alone.has(label) ? label : "(other)")));
    for (const cohort of own) members.set(cohort, [...(members.get(cohort) ?? []), person]);
  }
  return [...members].flatMap(([cohort, own]) =>
    Array.from({ length: 13 }, (_, k) => {
      const base = own.filter(({ days }) => indexOf(days[0]!, asOf + 1, grain, clock) > k);
      const active = base.filter(({ days }) =>
        days.some((day) => day <= asOf && indexOf(days[0]!, day, grain, clock) === k),
      );
      return {
        key: `${cohort} ${String(k).padStart(3, "0")}`,
        customers: base.length,
        active: active.length,
        size: own.length,
        bounds: wilson(active.length, base.length).map((bound) => Number(bound).toFixed(9)),
      };
    }).filter(({ customers }) => customers > 0),
  );
}

/** periods from a first order to a day: boundaries crossed, or whole periods gone by */
function indexOf(first: number, day: number, grain: Grain, clock: "calendar" | "rolling"): number {
  if (clock === "rolling") return periodsBetween(first, day, grain);
  return periodsBetween(periodStart(first, grain), periodStart(day, grain), grain);
}
