import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EstimateColumns } from "../../src/models/modelRequest.ts";
import type { ModelError } from "../../src/models/modelError.ts";
import { runModel } from "../../src/models/runModel.ts";
import { spareColumns } from "../../src/models/spareColumns.ts";
import { buildShop, type ShopOrder, toSelect } from "./buildShop.ts";
import { addPeriods, customersOf, distinctDays, periodStart, toDay, toText } from "./fold.ts";
import type { Purchase } from "./fold.ts";
import { openNative } from "./openNative.ts";
import { readQuery } from "./readQueries.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// What the models are given, a second time without SQL; and customers under contract from their
// orders to the published parameters.

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

describe("of a shop with refunds, free orders and several orders on a day", () => {
  const { orders } = seededShop();
  const purchases = [...customersOf(orders).entries()];
  beforeAll(async () => buildShop(runner, toSelect(orders)));

  it.each(["2024-07-16", "2024-02-29", "2023-05-31", "2023-05-30"])(
    "gaps and months up to %s are those of each customer",
    { timeout: 30_000 },
    async (asOf) => {
      const end = toDay(asOf);
      const expected = purchases
        .map(([customer_id, list]) => ({ customer_id, list: list.filter(({ day }) => day <= end) }))
        .filter(({ list }) => list.length > 0)
        .map(({ customer_id, list }) => ({
          customer_id,
          ...daysOf(distinctDays(list), end),
          ...monthsOf(list, end),
        }))
        .sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1));
      const rows = await runAnalysis(runner, "clv-forecast", { model: "bg-bb", as_of: asOf });
      rows.sort((a, b) => (String(a.customer_id) < String(b.customer_id) ? -1 : 1));
      expect(rows).toHaveLength(expected.length);
      rows.forEach((row, i) => expectRow(row, expected[i]!));

      // the same customers
      const others = await runAnalysis(runner, "clv-model", { model: "bg-bb", as_of: asOf });
      for (const name of ["x", "log_gaps", "months_x", "months_t_x", "months_n"] as const) {
        const total = others.reduce((sum, row) => sum + Number(row[name]), 0);
        expect(total).toBeCloseTo(
          expected.reduce((sum, row) => sum + row[name], 0),
          8,
        );
      }
    },
  );

  it.each([
    [1, 0, "2024-07-16"],
    [1, 7, "2024-07-16"],
    [1, 40, "2024-02-29"],
    [3, 10, "2024-07-15"],
    [12, 30, "2024-07-16"],
  ])(
    "renewals of %i months with %i days of grace up to %s",
    { timeout: 30_000 },
    async (cycle, grace, asOf) => {
      const end = toDay(asOf);
      const counts = new Map<string, number>();
      for (const [, list] of purchases) {
        const days = distinctDays(list).filter((day) => day <= end);
        if (days.length === 0) continue;
        const key = contractOf(days, end, cycle, grace).join(" ");
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const rows = await runAnalysis(runner, "clv-model", {
        model: "sbg",
        cycle,
        grace,
        as_of: asOf,
      });
      const got = new Map<string, number>();
      for (const { renewals, is_lost, is_back } of rows) {
        const key = [renewals, is_lost, is_back].join(" ");
        got.set(key, (got.get(key) ?? 0) + 1);
      }
      expect(Object.fromEntries(got)).toEqual(Object.fromEntries(counts));
      expect(counts.size).toBeGreaterThan(2);
    },
  );

  it.each(readQuery("analyses", "clv-model").params.find(({ name }) => name === "model")!.choices)(
    "%s answers the same without the columns that it does not read",
    async (model) => {
      const rows = await runAnalysis(runner, "clv-model", { model });
      const columns = toColumns(rows);
      const spare = spareColumns({ model });
      expect(spare.length).toBeGreaterThan(0);
      const read = Object.entries(columns).filter(([name]) => !spare.includes(name));
      expect(answerOf(model, Object.fromEntries(read) as unknown as EstimateColumns)).toEqual(
        answerOf(model, columns),
      );
    },
  );

  it("asks for nothing that the model does not need", async () => {
    const rows = await runAnalysis(runner, "clv-model", { model: "bg-nbd" });
    for (const name of ["months_x", "months_n", "renewals", "is_lost", "is_back"]) {
      expect(rows.every((row) => row[name] === null)).toBe(true);
    }
  });
});

describe("of Fader and Hardie's regular customers, paying by the month from 31 January", () => {
  const golden = (
    JSON.parse(
      readFileSync(new URL("../models/golden/discrete_models.json", import.meta.url), "utf8"),
    ) as { sbg: { regular: { counts_used: { lost_per_period: number[]; alive_at_end: number } } } }
  ).sbg.regular.counts_used;

  it.each([
    ["on the day", 0, 0],
    ["up to five days late", 5, 7],
  ])("%s: the parameters are the published ones", { timeout: 30_000 }, async (_, late, grace) => {
    await buildShop(runner, toSelect(payments(golden.lost_per_period, late)));
    const asOf = toText(addPeriods(toDay("2023-01-31"), 7, "month") + grace);
    const params = { grace, as_of: asOf };
    const rows = await runAnalysis(runner, "clv-model", { model: "sbg", ...params });
    const { columns, notes } = runModel({
      type: "clv-model",
      columns: toColumns(rows),
      params: { model: "sbg", ...params },
    });
    const names = columns["parameter"]!.slice(0, 5);
    expect(names).toEqual(["alpha", "beta", "survival_12", "survival_24", "lifetime"]);
    const estimates = columns["estimate"] as number[];
    expect(estimates[0]).toBeCloseTo(0.7040772985, 6);
    expect(estimates[1]).toBeCloseTo(1.182043026, 6);
    expect(estimates[2]).toBeCloseTo(0.1700374528, 6);
    expect((columns["log_likelihood"] as number[])[0]).toBeCloseTo(-1680.265188, 5);
    expect(columns["customers"]![0]).toBe(1000);
    expect(columns["identifiable"]![0]).toBe(true);
    expect(columns["note"]![0]).toBe("");
    expect(notes.map(({ code }) => code)).not.toContain("lost-come-back");
    // without the grace that they need
    if (late === 0) return;
    const strict = await runAnalysis(runner, "clv-model", { model: "sbg", ...params, grace: 0 });
    const answer = runModel({
      type: "clv-model",
      columns: toColumns(strict),
      params: { model: "sbg" },
    });
    expect(answer.columns["note"]![0]).toContain("lost-come-back");
  });
});

/** 31 January 2023 and every month's last day after it, until a customer is lost */
function payments(lost: number[], late: number): ShopOrder[] {
  const first = toDay("2023-01-31");
  const orders: ShopOrder[] = [];
  const leaves = lost.flatMap((count, i) => Array.from({ length: count }, () => i + 1));
  for (let customer = 0; customer < 1000; ++customer) {
    const until = leaves[customer] ?? 8;
    for (let k = 0; k < until; ++k) {
      const day =
        addPeriods(first, k, "month") + (k === 0 ? 0 : (customer * 7 + k * 3) % (late + 1));
      orders.push({
        orderId: `${customer}-${k}`,
        customerId: String(customer),
        orderedAt: `${toText(day)} 09:00:00`,
        grossCents: 990 + (customer % 7),
      });
    }
  }
  return orders;
}

function answerOf(model: string, columns: EstimateColumns): unknown {
  try {
    return runModel({ type: "clv-model", columns, params: { model } });
  } catch (error) {
    return (error as ModelError).code;
  }
}

function toColumns(rows: Record<string, Value>[]): EstimateColumns {
  return Object.fromEntries(
    Object.keys(rows[0]!).map((name) => [
      name,
      Float64Array.from(rows, (row) => Number(row[name])),
    ]),
  ) as unknown as EstimateColumns;
}

function daysOf(days: number[], end: number) {
  const gaps = days.slice(1).map((day, i) => day - days[i]!);
  return {
    x: gaps.length,
    t_x_days: days.at(-1)! - days[0]!,
    T_days: end - days[0]!,
    log_gaps: gaps.reduce((sum, gap) => sum + Math.log(gap / 7), 0),
  };
}

/** months after the first, while they are over, and what they brought */
function monthsOf(list: Purchase[], end: number) {
  const first = periodStart(list[0]!.day, "month");
  const months: number[] = [];
  let n = 0;
  let cents = 0n;
  for (let k = 1; addPeriods(first, k + 1, "month") - 1 <= end; ++k) {
    n = k;
    const from = addPeriods(first, k, "month");
    const of = list.filter(({ day }) => periodStart(day, "month") === from);
    if (of.length > 0) months.push(k);
    for (const { netCents } of of) cents += netCents;
  }
  return {
    months_x: months.length,
    months_t_x: months.at(-1) ?? 0,
    months_n: n,
    paid_days: months.length,
    monetary: months.length > 0 ? Number(cents) / 100 / months.length : 0,
  };
}

/** renewals, is_lost, is_back by trying one renewal after the other */
function contractOf(days: number[], end: number, cycle: number, grace: number): number[] {
  const due = (k: number) => addPeriods(days[0]!, k * cycle, "month") + grace;
  for (let k = 1; due(k) <= end; ++k) {
    if (days.some((day) => day > due(k - 1) && day <= due(k))) continue;
    return [k, 1, days.some((day) => day > due(k)) ? 1 : 0];
  }
  let made = 0;
  while (due(made + 1) <= end) ++made;
  return [made, 0, 0];
}

function expectRow(row: Record<string, Value>, expected: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(expected)) {
    if (typeof value === "string") expect(row[name]).toBe(value);
    else expect([name, Math.abs(Number(row[name]) - value) < 1e-8]).toEqual([name, true]);
  }
}
