import { describe, expect, it } from "vitest";
import { bgCnbdK } from "../../src/models/bgCnbdK.ts";
import { type BuyingColumns, collapseHistory } from "../../src/models/buyingHistory.ts";
import { expectedOrders, pAlive, probabilityOfNoOrder } from "../../src/models/buyingModel.ts";
import { discountOrders, discountSchedule } from "../../src/models/discountSchedule.ts";
import { estimateTable } from "../../src/models/estimateTable.ts";
import { fitLikeliest } from "../../src/models/fitLikeliest.ts";
import { forecastTable } from "../../src/models/forecastTable.ts";
import { mbgCnbdK } from "../../src/models/mbgCnbdK.ts";
import type { EstimateColumns } from "../../src/models/modelRequest.ts";
import { ordersUntilDropout } from "../../src/models/ordersUntilDropout.ts";
import { valueOfMonths } from "../../src/models/presentValue.ts";
import { Random } from "../../src/models/random.ts";
import { regularOrders } from "../../src/models/regularOrders.ts";
import { drawRegular } from "./drawRegular.ts";

const families = [
  ["bg-cnbd-k", bgCnbdK],
  ["mbg-cnbd-k", mbgCnbdK],
] as const;

/** customers with equal gaps: the likeliest they can have */
function even(x: number[], tXDays: number[], TDays: number[], customers: number[]): BuyingColumns {
  const logGaps = x.map((xi, i) =>
    xi > 0 ? customers[i]! * xi * Math.log(tXDays[i]! / 7 / xi) : 0,
  );
  return { x, tXDays, TDays, customers, logGaps };
}

describe.each(families)("%s", (_, family) => {
  it.each([
    ["one customer", even([3], [70], [100], [1])],
    ["nobody came back", even([0, 0], [0, 0], [30, 300], [500, 500])],
    ["all bought once on one day", even([0], [0], [0], [1e6])],
    ["one gap of one day", even([1, 0], [1, 0], [100, 100], [1, 99])],
    [
      "x = 500 in 5,000 weeks",
      even([500, 0, 3], [34_900, 0, 90], [35_000, 35_000, 100], [5, 50, 9]),
    ],
    ["a million alike", even([4], [200], [260], [1e6])],
    ["as regular as a clock", even([10, 5, 0], [300, 150, 0], [310, 310, 310], [300, 200, 100])],
  ])("%s: a finite fit, whatever it is worth, and predictions", (__, columns) => {
    const history = collapseHistory(columns);
    const { model, fit } = fitLikeliest(family, history);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
    expect(fit.parameters.every((p) => p > 0 && Number.isFinite(p))).toBe(true);
    expect(fit.held["k"]).toBeGreaterThanOrEqual(1);
    const predictor = model.predictor(fit.parameters);
    history.x.forEach((x, i) => {
      const customer = [x, history.tX[i]!, history.T[i]!] as const;
      const alive = pAlive(predictor, ...customer);
      expect(alive >= 0 && alive <= 1).toBe(true);
      expect(expectedOrders(predictor, ...customer, 52)).toBeGreaterThanOrEqual(0);
    });
  });

  it("predictions never are NaN, and stay in their ranges", () => {
    for (const model of [2, 12].map((k) => family.members![k - 1]!)) {
      for (const [r, alpha, a, b] of [
        [1e-4, 1e-4, 1e-4, 1e-4],
        [1e5, 1e5, 1e5, 1e5],
        [1e-4, 1e5, 1e5, 1e-4],
        [1e5, 1e-4, 1e-4, 1e5],
        [0.3, 4, 0.8, 2.4],
        [5, 0.01, 1, 1e-4],
      ] as const) {
        const predictor = model.predictor([r, alpha, a, b]);
        for (const [x, tX, T] of [
          [0, 0, 0],
          [0, 0, 5000],
          [1, 1 / 7, 5000],
          [500, 4990, 5000],
          [3, 1, 1],
        ] as const) {
          const alive = pAlive(predictor, x, tX, T);
          const none = probabilityOfNoOrder(predictor, x, tX, T, 13);
          const counts = predictor.countsIfAlive!(x, tX, T, 13, 5);
          expect(alive >= 0 && alive <= 1).toBe(true);
          expect(predictor.logPAlive(x, tX, T)).toBeGreaterThan(-Infinity);
          expect(none >= -1e-12 && none <= 1).toBe(true);
          expect(counts.every((count) => count >= 0 && count <= 1 + 1e-9)).toBe(true);
          for (const t of [0.1, 400]) {
            const orders = predictor.ordersIfAlive(x, tX, T, t);
            expect(orders >= 0 && orders < Infinity).toBe(true);
          }
        }
      }
    }
  });

  it("counts add up, to the mean that is expected, and none is the first of them", () => {
    const predictor = family.members![3]!.predictor([1.3, 1.1, 0.7, 2.2]);
    for (const [x, tX, T, t] of [
      [0, 0, 0, 20],
      [4, 20, 23, 20],
      [9, 30, 52, 4],
    ] as const) {
      const counts = predictor.countsIfAlive!(x, tX, T, t, 400);
      const mean = counts.reduce((sum, chance, n) => sum + n * chance, 0);
      expect(counts.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
      expect(mean / predictor.ordersIfAlive(x, tX, T, t)).toBeCloseTo(1, 8);
      expect(counts[0]! / predictor.noOrderIfAlive(x, tX, T, t)).toBeCloseTo(1, 11);
    }
  });

  it("values months to come as their orders come, discounted", () => {
    const predictor = family.members![3]!.predictor([1.3, 1.1, 0.7, 2.2]);
    const schedule = discountSchedule(52, 0.1);
    const value = valueOfMonths(schedule);
    for (const [x, tX, T] of [
      [0, 0, 0],
      [4, 20, 23],
      [9, 30, 52],
    ] as const) {
      const orders = discountOrders((t) => predictor.ordersIfAlive(x, tX, T, t), schedule);
      expect(predictor.valueIfAlive!(x, tX, T, value) / orders).toBeCloseTo(1, 9);
    }
  });

  it("expects more of those who are due than of those who have just bought", () => {
    const predictor = family.members![5]!.predictor([20, 30, 0.8, 3.2]); // every nine weeks or so
    const soon = [30, 27, 24, 21].map((tX) => predictor.ordersIfAlive(6, tX, 30, 3));
    soon.slice(1).forEach((orders, i) => expect(orders).toBeGreaterThan(soon[i]!));
  });
});

describe("regularOrders", () => {
  const random = new Random(31);
  const between = (low: number, high: number) => low * (high / low) ** random.uniform();

  it("with k = 1 is ordersUntilDropout, by sums and by quadrature, to 1e-10", () => {
    for (let i = 0; i < 300; ++i) {
      const [a, B, R] = [between(1e-3, 1e3), between(1e-2, 1e3), between(1e-2, 1e3)];
      const kappa = between(1e-3, 1e4);
      const one = regularOrders(a, B, R, 1)(kappa)[0]!;
      expect(Math.abs(one / ordersUntilDropout(a, B, R)(kappa) - 1)).toBeLessThan(2e-10);
    }
  });

  it("is Σ E[(1−p)^(m−1)] P(N ≥ m k − j), on both sides of where its way changes, to 1e-11", () => {
    for (const k of [2, 3, 4, 7, 12]) {
      for (let i = 0; i < 4; ++i) {
        const [a, B, R] = [between(0.01, 30), between(0.05, 50), between(0.1, 20)];
        const kappa = between(0.05, 30) * (i % 2 ? 1 : 12);
        const orders = regularOrders(a, B, R, k)(kappa);
        for (const j of [0, 1, k - 1]) {
          expect(Math.abs(orders[j]! / sumOfTails(a, B, R, k, j, kappa) - 1)).toBeLessThan(1e-11);
        }
      }
    }
  });
});

/** the sum as it stands, tails from the far end so that they keep their digits */
function sumOfTails(a: number, B: number, R: number, k: number, j: number, kappa: number): number {
  const q = kappa / (1 + kappa);
  const shape = R + j;
  const chances = [Math.exp(-shape * Math.log1p(kappa))];
  const mean = shape * kappa;
  for (let n = 1; n < mean * 3 + 60 * (1 + kappa) + 100; ++n) {
    chances.push((chances[n - 1]! * (shape + n - 1) * q) / n);
  }
  let tail = 0;
  const tails = new Map<number, number>();
  for (let n = chances.length - 1; n >= 0; --n) {
    tail += chances[n]!;
    if ((n + j) % k === 0) tails.set((n + j) / k, tail);
  }
  let sum = 0;
  let stays = 1;
  for (let m = 1; tails.has(m); ++m) {
    sum += stays * tails.get(m)!;
    stays *= (B + m - 1) / (a + B + m - 1);
  }
  return sum;
}

describe("in the tables", () => {
  const shape = { k: 3, dropsAtFirst: true } as const;
  const drawn = drawRegular(
    { ...shape, parameters: [1.2, 1.5, 0.8, 3.2] },
    { n: 600, seed: 2, ages: [20, 60], holdout: 0, steps: 1 },
  );
  const random = new Random(9);
  const columns: EstimateColumns = {
    x: drawn.x,
    t_x_days: drawn.tXDays,
    T_days: drawn.TDays,
    log_gaps: drawn.logGaps,
    monetary: drawn.x.map((x) => (x > 0 ? (40 * random.gamma(6 * x)) / random.gamma(5) / x : 0)),
    customers: new Float64Array(600).fill(1),
  };
  const model = "mbg-cnbd-k";
  const reverse = <C extends object>(all: C): C =>
    Object.fromEntries(
      Object.entries(all).map(([name, values]) => [name, (values as Float64Array).toReversed()]),
    ) as C;

  it("k stands first, without a standard error, and counts in AIC", () => {
    const { columns: table } = estimateTable(columns, { model });
    expect(table["parameter"]!.slice(0, 5)).toEqual(["k", "r", "alpha", "a", "b"]);
    expect(table["estimate"]![0]).toBe(3);
    for (const name of ["std_error", "lower", "upper"]) expect(table[name]![0]).toBeNull();
    expect(table["std_error"]!.slice(1, 5)).not.toContain(null);
    expect(table["identifiable"]![0]).toBe(true);
    const [value, aic] = [table["log_likelihood"]![0] as number, table["aic"]![0] as number];
    expect(aic).toBeCloseTo(10 - 2 * value, 8);
  });

  it("is the best of all where buyers are regular", () => {
    const best = estimateTable(columns, { model: "best" });
    expect(best.columns["model"]![0]).toBe(model);
  });

  it("gives the same digits for shuffled rows, and scales alpha by 7 in days", () => {
    const one = estimateTable(columns, { model });
    expect(estimateTable(reverse(columns), { model })).toEqual(one);
    const days = estimateTable(columns, { model, unit: "day" });
    const factors = (days.columns["estimate"] as number[]).map(
      (p, i) => p / (one.columns["estimate"]![i] as number),
    );
    expect(factors.slice(0, 5).map((f) => Math.round(f * 1e9) / 1e9)).toEqual([1, 1, 7, 1, 1]);
    expect(days.columns["log_likelihood"]).toEqual(one.columns["log_likelihood"]);
  });

  it("rows that stand for several customers give what their customers give", () => {
    const twice = estimateTable(
      {
        ...columns,
        customers: columns.customers!.map(() => 2),
        log_gaps: drawn.logGaps.map((g) => 2 * g),
      },
      { model },
    );
    const doubled = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        Float64Array.from([...(values as Float64Array), ...(values as Float64Array)]),
      ]),
    ) as unknown as EstimateColumns;
    const apart = estimateTable(doubled, { model });
    twice.columns["estimate"]!.forEach((p, i) => {
      expect((apart.columns["estimate"]![i] as number) / (p as number)).toBeCloseTo(1, 8);
    });
    const [one, other] = [twice, apart].map(
      (table) => table.columns["log_likelihood"]![0] as number,
    );
    expect(one! / other!).toBeCloseTo(1, 12);
  });

  it("forecasts by recency, in any order of the rows", () => {
    const forecast = forecastTable(columns, { model });
    const p = forecast.columns as Record<string, Float64Array>;
    for (const values of Object.values(p)) expect(values.every(Number.isFinite)).toBe(true);
    const back = forecastTable(reverse(columns), { model }).columns as Record<string, Float64Array>;
    for (const name of ["p_alive", "clv", "lower", "upper", "churn_risk"]) {
      expect(back[name]!.toReversed()).toEqual(p[name]);
    }
    p["clv"]!.forEach((clv, i) => {
      expect(clv).toBeGreaterThan(p["lower"]![i]!);
      expect(clv).toBeLessThan(p["upper"]![i]!);
      expect(p["churn_risk"]![i]).toBeGreaterThanOrEqual(1 - p["p_alive"]![i]! - 1e-12);
    });
  });

  it("refuses by code: without gaps, or with gaps that cannot be", () => {
    const code = (changed: Partial<EstimateColumns>) => {
      try {
        estimateTable({ ...columns, ...changed }, { model });
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    const one = (value: number, at: number) => drawn.logGaps.map((g, i) => (i === at ? value : g));
    const bought = drawn.x.findIndex((x) => x > 0);
    const once = drawn.x.findIndex((x) => x === 0);
    expect(code({ log_gaps: undefined! })).toBe("missing-columns");
    expect(code({ log_gaps: drawn.logGaps.slice(1) })).toBe("invalid-columns");
    expect(code({ log_gaps: one(NaN, bought) })).toBe("invalid-columns");
    expect(code({ log_gaps: one(-Infinity, bought) })).toBe("invalid-columns"); // a gap of no length
    expect(code({ log_gaps: one(100, bought) })).toBe("invalid-columns"); // longer than all of them
    expect(code({ log_gaps: one(-1, once) })).toBe("invalid-columns");
  });
});
