import { describe, expect, it } from "vitest";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import { bgNbd } from "../../src/models/bgNbd.ts";
import {
  discountOrders,
  discountSchedule,
  weeksPerMonth,
} from "../../src/models/discountSchedule.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { forecastTable } from "../../src/models/forecastTable.ts";
import { forecastGroups } from "../../src/models/groupForecast.ts";
import type { EstimateColumns, ForecastParams } from "../../src/models/modelRequest.ts";
import { Random } from "../../src/models/random.ts";
import { drawHistory, type Truth } from "./drawHistory.ts";
import { readGolden } from "./readGolden.ts";
import { hasShop, readShop, summarizeShop } from "./readShop.ts";
import { relativeError } from "./relativeError.ts";

const truth: Truth = { bgnbd: [0.6, 8, 0.9, 2.5], spend: [5, 4, 30] };
const drawn = drawHistory(1500, 7, truth);

function run(columns: EstimateColumns, params: ForecastParams = {}) {
  const { columns: result, notes } = forecastTable(columns, params);
  return { ...(result as Record<string, Float64Array>), notes: notes.map(({ code }) => code) } as {
    notes: string[];
  } & Record<Column, Float64Array>;
}

type Column =
  | ("x" | "t_x" | "T" | "monetary" | "p_alive" | "expected_orders" | "expected_value")
  | ("clv" | "lower" | "upper" | "churn_risk");

describe.each(["calibration", "full"] as const)("CDNOW, %s", (period) => {
  it("equals the reference's customers with the fit's own parameters", (context) => {
    if (!hasShop("cdnow_sample")) context.skip("needs ../shared/data");
    const { period_end, customers } = readGolden("cdnow_sample")[period];
    const shop = summarizeShop(readShop("cdnow_sample"), period_end);
    const year = { horizon: 12 * weeksPerMonth, discount: 1.01 ** 12 - 1 };
    const got = run(shop, { model: "bg-nbd", ...year });
    const quarter = run(shop, { model: "bg-nbd", horizon: 13 });
    expect(got.notes).toEqual(["one-timers-alive"]);
    for (const { x, t_x, T, m, gg_expected_spend, bgnbd } of customers) {
      const row = got.x.findIndex(
        (xi, i) =>
          xi === x &&
          Math.abs(got.t_x[i]! - t_x) < 1e-6 &&
          Math.abs(got.T[i]! - T) < 1e-6 &&
          Math.abs(got.monetary[i]! - m) < 1e-6,
      );
      expect(row).toBeGreaterThanOrEqual(0);
      expect(relativeError(got.p_alive[row]!, bgnbd.p_alive)).toBeLessThan(1e-5);
      expect(relativeError(got.expected_value[row]!, gg_expected_spend)).toBeLessThan(1e-5);
      expect(relativeError(got.clv[row]!, bgnbd.clv12)).toBeLessThan(1e-5);
      expect(relativeError(quarter.expected_orders[row]!, bgnbd.expected_13w)).toBeLessThan(1e-5);
      expect(got.lower[row]).toBeLessThan(bgnbd.clv12);
      expect(got.upper[row]).toBeGreaterThan(bgnbd.clv12);
    }
  });
});

describe("clv-forecast", () => {
  const year = run(drawn);

  it("stays in range and in order, with nothing missing", () => {
    for (const values of Object.values(year)) {
      if (values instanceof Float64Array) expect(values.every(Number.isFinite)).toBe(true);
    }
    year.x.forEach((x, i) => {
      expect(year.p_alive[i]).toBeGreaterThan(0);
      expect(year.p_alive[i]).toBeLessThanOrEqual(1);
      expect(year.churn_risk[i]).toBeGreaterThan(1 - year.p_alive[i]!);
      expect(year.churn_risk[i]).toBeLessThanOrEqual(1);
      expect(year.lower[i]).toBeLessThan(year.clv[i]!);
      expect(year.upper[i]).toBeGreaterThan(year.clv[i]!);
      expect(year.t_x[i]).toBe(drawn.t_x_days[i]! / 7);
      if (x === 0) expect(year.p_alive[i]).toBe(1);
    });
  });

  it("is orders times value where nothing is discounted, and scales with the margin", () => {
    const plain = run(drawn, { discount: 0 });
    const half = run(drawn, { discount: 0, margin: 0.5 });
    plain.clv.forEach((clv, i) => {
      expect(clv / (plain.expected_orders[i]! * plain.expected_value[i]!)).toBeCloseTo(1, 10);
      expect(half.clv[i]! / clv).toBeCloseTo(0.5, 12);
      expect(year.clv[i]!).toBeLessThan(clv);
    });
  });

  it("in days is the same with time times 7", () => {
    const days = run(drawn, { unit: "day", horizon: 364 });
    days.T.forEach((T, i) => expect(T).toBe(drawn.T_days[i]));
    for (const name of ["p_alive", "expected_orders", "clv", "lower", "churn_risk"] as const) {
      expect(days[name]).toEqual(year[name]);
    }
  });

  it("gives each customer the same digits in any order, and every time", () => {
    const reversed = Object.fromEntries(
      Object.entries(drawn).map(([name, values]) => [name, (values as Float64Array).toReversed()]),
    ) as unknown as EstimateColumns;
    const back = run(reversed);
    for (const name of ["p_alive", "clv", "lower", "upper", "churn_risk"] as const) {
      expect(back[name].toReversed()).toEqual(year[name]);
    }
    expect(run(drawn)).toEqual(year);
  });

  it("says what the data are short of", () => {
    expect(run(drawn, { model: "nbd" }).notes).toEqual([]);
    expect(run(drawn, { model: "bg-nbd" }).notes).toEqual(["one-timers-alive"]);
    expect(year.notes).toContain("best-by-aic");
    const short = drawHistory(400, 1, { ...truth, bgnbd: [2, 20, 0.3, 2] });
    short.t_x_days.forEach((t, i) => {
      short.t_x_days[i] = t > 0 ? 1 + Math.floor(t / 40) : 0;
      short.T_days[i] = 1 + Math.floor(short.T_days[i]! / 40);
    });
    expect(run(short).notes).toEqual(expect.arrayContaining(["few-customers", "short-history"]));
    const twice = { ...drawn, x: drawn.x.map((x) => Math.min(x, 1)) };
    expect(run(twice).notes).toContain("no-third-order");
  });

  it("falls back to the NBD where nobody seems to drop out, and says so", () => {
    const loyal = run(drawHistory(3000, 4, { ...truth, bgnbd: [2, 20, 1e-6, 1] }), {
      model: "bg-nbd",
    });
    expect(loyal.notes).toEqual(expect.arrayContaining(["no-gain-over-nbd", "fallback-to-nbd"]));
    expect(new Set(loyal.p_alive)).toEqual(new Set([1]));
    expect(loyal.clv.every((clv, i) => clv > loyal.lower[i]!)).toBe(true);
  });

  it("forecasts by the covariates of each customer", () => {
    const n = 1500;
    const web = drawHistory(n, 8, { ...truth, bgnbd: [0.6, 3, 0.9, 2.5] });
    const shop = drawHistory(n, 9, truth);
    const join = (name: "x" | "t_x_days" | "T_days" | "monetary") =>
      Float64Array.from([...web[name], ...shop[name]]);
    const columns = {
      x: join("x"),
      t_x_days: join("t_x_days"),
      T_days: join("T_days"),
      monetary: join("monetary"),
      first_channel: Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? 0 : 1)),
    };
    const labels = { first_channel: ["web", "shop"] };
    const params = { model: "bg-nbd", horizon: 26 };
    const by = forecastTable(columns, { ...params, covariates: "channel" }, labels).columns;
    const plain = forecastTable(columns, params).columns;
    const apart = [web, shop].flatMap((part) => [...run(part, params).expected_orders]);
    // of those who never came back, of whom nothing else is known
    const gap = (orders: ArrayLike<unknown>) => {
      const gaps = apart.map((alone, i) => Math.abs(Number(orders[i]) / alone - 1));
      const newcomers = gaps.filter((_, i) => columns.x[i] === 0);
      return newcomers.reduce((sum, one) => sum + one, 0) / newcomers.length;
    };
    const nearby = gap(by["expected_orders"]!);
    expect(nearby).toBeLessThan(0.03);
    expect(gap(plain["expected_orders"]!)).toBeGreaterThan(2 * nearby);
    expect(by["x"]).toEqual(columns.x);
    const isBroken = (cell: unknown) => !Number.isFinite(cell);
    for (const cells of Object.values(by)) expect(Array.from(cells).filter(isBroken)).toEqual([]);
  });

  it("falls back to the mean purchase where spend has no mean", () => {
    const wild = drawHistory(4000, 8, { ...truth, spend: [5, 0.6, 30] });
    const { notes, expected_value } = run(wild);
    expect(notes).toEqual(
      expect.arrayContaining(["infinite-mean-spend", "fallback-to-mean-spend"]),
    );
    expect(new Set(expected_value).size).toBe(1);
  });

  it("says by code what it cannot do, and what would do", () => {
    const few = Object.fromEntries(
      Object.entries(drawn).map(([name, values]) => [name, (values as Float64Array).slice(0, 20)]),
    ) as unknown as EstimateColumns;
    expect(() => run(few)).toThrow(
      expect.objectContaining({ code: "too-few-repeat-buyers", needed: 30 }),
    );
    const free = { ...drawn, monetary: drawn.monetary.map(() => NaN) };
    expect(() => run(free)).toThrow(expect.objectContaining({ code: "too-few-spenders" }));
    for (const params of [{ horizon: 0 }, { horizon: NaN }, { discount: -1 }, { margin: 2 }]) {
      expect(() => run(drawn, params)).toThrow(
        expect.objectContaining({ code: "invalid-parameter" }),
      );
    }
    expect(() => run(drawn, { model: "gamma-gamma" })).toThrow(
      expect.objectContaining({ code: "unknown-model" }),
    );
  });
});

it("has intervals as wide as draws of the parameters make them", () => {
  const history = collapseHistory({
    x: drawn.x,
    tXDays: drawn.t_x_days,
    TDays: drawn.T_days,
  });
  const fit = fitBuying(bgNbd, history);
  const schedule = discountSchedule(52, 0.1);
  const { logVariance } = forecastGroups(bgNbd, fit.parameters, history, {
    horizonWeeks: 52,
    churnWeeks: 13,
    schedule,
    covariance: fit.covariance!,
  });
  const random = new Random(11);
  const root = cholesky(fit.covariance!);
  const groups = [0, 700, Math.floor(history.x.length / 2), history.x.length - 5];
  const sums = groups.map(() => [0, 0] as [number, number]);
  const draws = 2000;
  for (let draw = 0; draw < draws; ++draw) {
    const z = root.map(() => random.normal());
    const shift = root.map((row) => row.reduce((sum, l, k) => sum + l * z[k]!, 0));
    const predictor = bgNbd.predictor(fit.parameters.map((p, i) => p * Math.exp(shift[i]!)));
    groups.forEach((i, k) => {
      const [x, tX, T] = [history.x[i]!, history.tX[i]!, history.T[i]!];
      const orders = discountOrders((t) => predictor.ordersIfAlive(x, tX, T, t), schedule);
      const log = predictor.logPAlive(x, tX, T) + Math.log(orders);
      sums[k]![0] += log / draws;
      sums[k]![1] += (log * log) / draws;
    });
  }
  groups.forEach((i, k) => {
    const [mean, square] = sums[k]!;
    const ratio = Math.sqrt((square - mean * mean) / logVariance[i]!);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});

function cholesky(A: number[][]): number[][] {
  const L = A.map((row) => row.map(() => 0));
  for (let i = 0; i < A.length; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum = A[i]![j]!;
      for (let k = 0; k < j; ++k) sum -= L[i]![k]! * L[j]![k]!;
      L[i]![j] = i === j ? Math.sqrt(sum) : sum / L[j]![j]!;
    }
  }
  return L;
}
