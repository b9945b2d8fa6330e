import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import { customersOf, toPurchase, toText } from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner } from "./runner.ts";

// What the data could mislead by, a second time without SQL.

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const day = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 400 }));
const shops = fc
  .array(
    fc.record({
      customerId: fc.constantFrom("a", "b", "c", "d", "e", null),
      day,
      grossCents: fc.oneof(fc.integer({ min: 0, max: 9000 }), fc.constantFrom(0, 0, 90_000_000)),
      refund: fc.constantFrom(0, 0, 0, 0.5, 1, 1.5),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ refund, ...row }, i): ShopOrder => ({
      orderId: `o${i}`,
      customerId: row.customerId,
      orderedAt: `${toText(19_400 + row.day)} 10:00:00`,
      grossCents: row.grossCents,
      refundCents: Math.round(row.grossCents * refund),
    })),
  );

/** Shops that lie on the limits: a hole of seven days among full ones, one zero order in ten, two in ten. */
const edges = [7, 6].map((hole) =>
  Array.from({ length: 60 }, (_, i) => orderOn(i < 50 ? i : i + hole, 100)),
);
for (const zeros of [1, 2]) {
  edges.push(Array.from({ length: 10 }, (_, i) => orderOn(i, i < zeros ? 0 : 100)));
}
for (const anonymous of [2, 3]) {
  edges.push(Array.from({ length: 10 }, (_, i) => orderOn(i, 100, i < anonymous ? null : "a")));
}

function orderOn(day: number, grossCents: number, customerId: string | null = "a"): ShopOrder {
  return {
    orderId: `o${day}`,
    customerId,
    orderedAt: `${toText(19_400 + day)} 10:00:00`,
    grossCents,
  };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it("data-health counts what could mislead", async () => {
  await fc.assert(
    fc.asyncProperty(shops, async (orders) => {
      await buildShop(runner, toSelect(orders));
      const rows = await runAnalysis(runner, "data-health");
      const shown = new Map(rows.map((row) => [row.check, row]));
      for (const [check, [value, share, severity]] of Object.entries(healthOf(orders))) {
        const row = shown.get(check)!;
        const isNear =
          share === null ? row.share === null : Math.abs(Number(row.share) - share) < 1e-9;
        expect([check, row.value, row.severity, isNear]).toEqual([check, value, severity, true]);
      }
    }),
    { numRuns: 60, examples: edges.map((orders) => [orders]), endOnFailure: true },
  );
});

type Finding = [value: number, share: number | null, severity: string];

function healthOf(orders: ShopOrder[]): Record<string, Finding> {
  const n = orders.length;
  const cents = orders.map(({ grossCents, refundCents = 0 }) => grossCents - refundCents);
  const days = [...new Set(orders.map((order) => toPurchase(order).day))].toSorted((a, b) => a - b);
  const [first, last] = [days[0]!, days.at(-1)!];
  const span = last - first + 1;
  const empty = span - days.length;
  const longest = Math.max(0, ...days.slice(1).map((one, i) => one - days[i]! - 1));
  const anonymous = orders.filter(({ customerId }) => customerId === null).length;
  const gross = orders.reduce((sum, { grossCents }) => sum + grossCents, 0);
  const refunds = orders.reduce((sum, { refundCents = 0 }) => sum + refundCents, 0);
  const refunded = orders.filter(({ refundCents = 0 }) => refundCents > 0).length;
  const count = (is: (value: number) => boolean) => cents.filter(is).length;
  const zero = count((value) => value === 0);
  const negative = count((value) => value < 0);
  const spread = Math.sqrt(mean(cents.map((value) => (value - mean(cents)) ** 2)));
  const outliers = count((value) => value > mean(cents) + 10 * spread);
  const sameDay = [...customersOf(orders).values()].reduce(
    (sum, purchases) => sum + purchases.length - new Set(purchases.map((one) => one.day)).size,
    0,
  );
  const note = (is: boolean, isWarning = false) => (isWarning ? "warning" : is ? "note" : "ok");
  return {
    "date-range": [span, null, note(span < 90)],
    "days-without-orders": [empty, empty / span, note(empty > 0)],
    "longest-gap": [
      longest,
      longest / span,
      note(longest >= 7, longest >= 7 && empty < 0.2 * span),
    ],
    "missing-customer": [anonymous, anonymous / n, note(anonymous > 0, anonymous > 0.2 * n)],
    refunds: [
      refunded,
      gross === 0 ? null : refunds / gross,
      note(refunded > 0, refunds > 0.3 * gross),
    ],
    "zero-orders": [zero, zero / n, note(zero > 0, zero > 0.1 * n)],
    "negative-orders": [negative, negative / n, note(false, negative > 0)],
    outliers: [outliers, outliers / n, note(outliers > 0)],
    "same-day-orders": [
      sameDay,
      anonymous === n ? null : sameDay / (n - anonymous),
      note(sameDay > 0),
    ],
    currencies: [1, null, "ok"],
    // as the shop of the tests writes its steps: two rows excluded, one rejected
    "excluded-rows": [2, 2 / (n + 3), "note"],
    "rejected-rows": [1, 1 / (n + 3), note(true, 1 > 0.01 * (n + 3))],
    "merged-rows": [0, 0, "ok"],
  };
}

it("reconciliation lists every step with what it left", async () => {
  await fc.assert(
    fc.asyncProperty(shops, async (orders) => {
      await buildShop(runner, toSelect(orders));
      const rows = await runAnalysis(runner, "reconciliation");
      const of = (step: string, column: string) =>
        rows.filter((row) => row.step === step).reduce((sum, row) => sum + Number(row[column]), 0);
      for (const column of ["rows", "amount"]) {
        const parts = ["kept", "merged", "excluded", "rejected"].map((step) => of(step, column));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(of("read", column), 6);
      }
      expect(of("kept", "orders")).toBe(orders.length);
      expect(rows.filter((row) => row.step === "read").map((row) => row.orders)).toEqual([null]);
      const gross = orders.reduce((sum, { grossCents }) => sum + grossCents, 0);
      expect(Math.round(of("kept", "amount") * 100)).toBe(gross);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});
