import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildShop, toSelect, type ShopCost, type ShopOrder } from "./buildShop.ts";
import { openNative } from "./openNative.ts";
import { readQueries } from "./readQueries.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const order = (
  orderId: string,
  customerId: string | null,
  day: string,
  net: number,
): ShopOrder => ({
  orderId,
  customerId,
  orderedAt: `${day} 12:00:00`,
  grossCents: net * 100,
});

describe("the worked example: acquired for 60, orders of 120 and, three months later, 220", () => {
  const orders = [
    order("A-1", "客户A", "2026-01-01", 120),
    order("A-2", "客户A", "2026-04-01", 220),
  ];
  const costs: ShopCost[] = [
    { date: "2026-01-01", channel: "私域裂变", kind: "acquisition", cents: 6000 },
  ];
  beforeAll(() => buildShop(runner, toSelect(orders), costs));

  it.each(["none", "channel"])("is worth 60.00 at first and then 280.00, by %s", async (by) => {
    const rows = await run("unit-economics", { by });
    const blended = rows.filter((row) => row.channel === "all");
    expect(blended.map((row) => Number(row.value).toFixed(2))).toEqual([
      "60.00",
      "60.00",
      "60.00",
      "280.00",
    ]);
    expect(blended.map((row) => row.is_complete)).toEqual([true, true, true, false]);
    expect(blended.at(-1)).toMatchObject({
      cohort: "2026-01-01",
      k: 3,
      cumulative_net: 340,
      margin: 1,
      cac: 60,
      payback_period: 0,
      customers: 1,
    });
  });

  it("pays back later, or not yet, at a lower margin", async () => {
    const at = async (margin: number) =>
      (await run("unit-economics", { margin }))[0]!.payback_period;
    expect([await at(0.5), await at(0.3), await at(0.1)]).toEqual([0, 3, null]);
  });

  it("stands in the value so far", async () => {
    const [row] = await run("clv-historic");
    expect(row).toMatchObject({ revenue: 340, cac: 60, net_value: 280, tenure_days: 90 });
  });
});

describe("orders without any customer", () => {
  beforeAll(() =>
    buildShop(
      runner,
      toSelect([order("1", null, "2024-02-01", 10), order("2", null, "2024-02-05", 5)]),
    ),
  );

  it("give revenue figures", async () => {
    const [row] = await run("overview");
    expect(row).toMatchObject({
      orders: 2,
      customers: 0,
      revenue: 15,
      aov: 7.5,
      repeat_customers: 0,
      repeat_rate: null,
      orders_without_customer: 2,
    });
  });

  it.each(readQueries("analyses").map(({ id }) => id))("leave %s without an error", async (id) => {
    await expect(run(id)).resolves.toBeInstanceOf(Array);
  });
});

describe("a single order", () => {
  beforeAll(() => buildShop(runner, toSelect([order("1", "a", "2024-02-29", 10)])));

  it.each(readQueries("analyses").map(({ id }) => id))("gives %s finite figures", async (id) => {
    for (const row of await run(id)) {
      for (const value of Object.values(row)) {
        if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
        else expect(["NaN", "Infinity", "-Infinity"]).not.toContain(value);
      }
    }
  });

  it("is one cohort of one, complete or not by the observation end", async () => {
    const cells = (asOf: string) => run("cohort-retention", { as_of: asOf });
    expect(await cells("2024-02-29")).toMatchObject([
      { k: 0, customers: 1, active: 1, is_complete: true },
    ]);
    expect(await cells("2024-03-30")).toMatchObject([
      { is_complete: true },
      { active: 0, is_complete: false },
    ]);
    expect(await cells("2024-03-31")).toMatchObject([
      { is_complete: true },
      { active: 0, is_complete: true },
    ]);
    expect(await cells("2024-02-28")).toEqual([]);
  });
});

describe("customer-lifespan of six customers, watched for 100 days", () => {
  // gaps of 10, 10, 30, 40 and 40 days: P90 is 40
  const days = { A: [0, 10, 20], B: [0], C: [60, 90], D: [95], E: [0, 40, 80], F: [100] };
  const dayText = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  const orders = Object.entries(days).flatMap(([customer, ages]) =>
    ages.map((day) => order(`${customer}-${day}`, customer, dayText(day), 10)),
  );
  beforeAll(() => buildShop(runner, toSelect(orders)));

  const steps = async (variables: Record<string, Value> = {}) =>
    (await run("customer-lifespan", variables)).map((row) => [
      row.days,
      row.at_risk,
      row.deaths,
      Number(row.survival).toFixed(6),
    ]);

  it("dates a loss at the last purchase and watches the others to the end", async () => {
    expect(await steps()).toEqual([
      [0, 6, 1, (5 / 6).toFixed(6)], // B
      [20, 3, 1, (5 / 9).toFixed(6)], // A; F and D were watched for 0 and 5 days
    ]);
    const [first] = await run("customer-lifespan");
    expect(first).toMatchObject({ segment: "all", customers: 6, threshold: 40 });
  });

  it("watches only where a loss would show, and nobody who is younger than that", async () => {
    expect(await steps({ censoring: "settled" })).toEqual([
      [0, 2, 1, "0.500000"],
      [20, 1, 1, "0.000000"],
    ]);
    const rows = await run("customer-lifespan", { censoring: "settled" });
    expect(rows.at(-1)).toMatchObject({ lower: null, upper: null, std_error: null, customers: 2 });
    expect(await steps({ censoring: "settled", multiple: 1 })).toEqual([
      [0, 4, 1, "0.750000"],
      [20, 2, 1, "0.375000"],
    ]);
  });

  it("calls silence of exactly the threshold a loss, and takes the greater of both", async () => {
    const early = { as_of: dayText(60) }; // A has been silent for 40 days, after gaps of 10, 10 and 40
    expect(await steps({ ...early, quantile: 1 })).toEqual([
      [0, 4, 1, "0.750000"],
      [20, 2, 1, "0.375000"],
    ]);
    expect(await steps({ ...early, quantile: 1, multiple: 4 })).toHaveLength(2);
    expect(await steps({ ...early, quantile: 1, multiple: 4.1 })).toHaveLength(1);
    expect((await run("customer-lifespan", early))[0]!.threshold).toBeCloseTo(34, 12);
  });

  it("calls nobody lost where nobody came back", async () => {
    expect(await steps({ as_of: dayText(9) })).toEqual([]);
  });
});

describe("customer-equity with referrals", () => {
  // the end is day 300: referrals of days 121 to 210 count, active are those of days 31 to 120
  const dayText = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  const bought: Record<string, number[]> = {
    early: [5], // before the 90 days
    a: [31, 200],
    b: [120, 120],
    c: [60],
    won: [150],
    same: [130, 210],
    late: [211], // referred after the 90 days
    slow: [300], // referred in time, bought too late
    undated: [140],
  };
  const orders = Object.entries(bought).flatMap(([customer, ages]) =>
    ages.map((day, i) => order(`${customer}-${i}`, customer, dayText(day), 10)),
  );
  const referrals: [string, number | null][] = [
    ["won", 149],
    ["same", 130],
    ["late", 211],
    ["slow", 200],
    ["undated", null],
    ["nobody we know", 150],
  ];
  beforeAll(() => buildShop(runner, toSelect(orders)));
  const refer = async () => {
    for (const [referee, day] of referrals) {
      const at = day === null ? "null" : `'${dayText(day)} 09:00:00'`;
      await runner.run(`insert into referrals values ('a', '${referee}', ${at}, null, null)`);
    }
  };

  it("takes K from those who were referred and bought, to each customer active before", async () => {
    const unknown = await run("customer-equity");
    expect(unknown.every((row) => row.k_observed === null)).toBe(true);
    await refer();
    const known = await run("customer-equity");
    expect(known).toHaveLength(9);
    // won, same and undated; a, b and c
    expect(known.every((row) => row.k_observed === 3 / 3)).toBe(true);
    const earlier = await run("customer-equity", { as_of: dayText(239) });
    // the same three; a and early
    expect(new Set(earlier.map((row) => row.k_observed))).toEqual(new Set([3 / 2]));
  });

  it("splits customers by the time of their first order", async () => {
    const rows = await run("customer-equity", { by: "cohort-quarter" });
    const places = new Map(rows.map((row) => [row.segment_name, row.place]));
    expect([...places].sort((a, b) => Number(a[1]) - Number(b[1])).map(([name]) => name)).toEqual([
      "2024 Q1",
      "2024 Q2",
      "2024 Q3",
      "2024 Q4",
    ]);
    const years = await run("customer-equity", { by: "cohort-year" });
    expect(new Set(years.map((row) => row.segment_name))).toEqual(new Set(["2024"]));
    const channels = await run("customer-equity", { by: "channel" });
    expect(new Set(channels.map((row) => row.segment_name))).toEqual(new Set(["(other)"]));
  });
});

it("RFM by fixed thresholds takes the reader's numbers, the best score first for recency", async () => {
  const days = ["2024-01-01", "2024-03-01", "2024-03-20", "2024-03-31"];
  await buildShop(runner, toSelect(days.map((day, i) => order(`${i}`, `c${i}`, day, 10 ** i))));
  const rows = await run("rfm", {
    ties: "fixed",
    r_thresholds: "0, 11, 30, 90",
    m_thresholds: "10,100,1000,2000",
  });
  expect(rows.map((row) => [row.customer_id, row.r, row.f, row.m])).toEqual([
    ["c3", 5, 1, 4],
    ["c2", 4, 1, 3],
    ["c1", 3, 1, 2],
    ["c0", 2, 1, 1],
  ]);
});

it("checks name what is wrong", async () => {
  await buildShop(
    runner,
    toSelect([order("1", "a", "2024-02-01", 10), order("2", "a", "2024-03-05", 5)]),
  );
  await runner.run(
    "update orders set net = net + 1, order_id = '1', order_number = 3 where order_number = 2",
  );
  const wrong: string[] = [];
  for (const { id, sql } of readQueries("checks")) {
    if ((await runner.read(sql)).rows.length) wrong.push(id);
  }
  expect(wrong).toEqual([
    "customer-days-tie",
    "customer-summary-tie",
    "order-ids-unique",
    "order-net",
    "order-numbers",
  ]);
});

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}
