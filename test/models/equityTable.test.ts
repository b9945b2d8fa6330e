import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import { weeksPerMonth } from "../../src/models/discountSchedule.ts";
import { equityTable } from "../../src/models/equityTable.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { forecastTable } from "../../src/models/forecastTable.ts";
import type { EquityColumns, EquityParams } from "../../src/models/modelRequest.ts";
import { residualOrders } from "../../src/models/residualOrders.ts";
import { drawHistory, type Truth } from "./drawHistory.ts";
import { relativeError } from "./relativeError.ts";

const truth: Truth = { bgnbd: [0.6, 8, 0.9, 2.5], spend: [5, 4, 30] };
const drawn = drawHistory(300, 11, truth);
const n = drawn.x.length;
const model = "bg-nbd";

interface Split {
  names?: string[];
  /** segment of each row */
  of?: (row: number) => number;
  place?: (row: number) => number;
  kObserved?: number;
}

function run(params: EquityParams, { names = ["all"], of, place, kObserved }: Split = {}) {
  const fill = (value: (row: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => value(i));
  const columns: EquityColumns = {
    ...drawn,
    ...(of && { segment_name: fill(of), place: fill(place ?? of) }),
    ...(kObserved !== undefined && { k_observed: fill(() => kObserved) }),
  };
  const { columns: answer, notes } = equityTable(
    columns,
    { segment_name: names },
    { model, ...params },
  );
  const rows = (answer["segment"] as string[]).map((_, row) =>
    Object.fromEntries(Object.entries(answer).map(([name, values]) => [name, values[row]])),
  ) as Row[];
  return { rows, notes };
}

type Row = { segment: string; k_source: string } & Record<string, number>;

describe("within a horizon", () => {
  const params = { horizon: 60, discount: 0.12, margin: 0.3 };
  const forecast = forecastTable(drawn, { model, ...params }).columns as Record<
    string,
    Float64Array
  >;
  const alive = [...drawn.x.keys()].filter((i) => forecast["p_alive"]![i]! > 0.5);
  const value = alive.reduce((sum, i) => sum + forecast["clv"]![i]!, 0);

  it("is the forecast of those who are more likely active than not, in sum", () => {
    const [all] = run(params).rows as [Row];
    expect(all).toMatchObject({ segment: "all", customers: n, alive: alive.length, k_factor: 0 });
    expect(relativeError(all["ltv"]!, value / alive.length)).toBeLessThan(1e-9);
    expect(relativeError(all["equity"]!, value)).toBeLessThan(1e-9);
    expect(all["literal"]).toBe(0);
    expect(all["lower"]).toBeLessThan(all["equity"]!);
    expect(all["upper"]).toBeGreaterThan(all["equity"]!);
    expect(all["customer_share"]).toBeUndefined();
  });

  it("splits into segments that add up, in the order of their places", () => {
    const { rows } = run(params, {
      names: ["b", "a", "c"],
      of: (row) => row % 3,
      place: (row) => [2, 1, 3][row % 3]!,
    });
    expect(rows.map(({ segment }) => segment)).toEqual(["all", "a", "b", "c"]);
    const [all, ...parts] = rows as [Row, ...Row[]];
    for (const name of ["customers", "alive", "equity", "discount_effect"]) {
      const sum = parts.reduce((total, part) => total + part[name]!, 0);
      expect(relativeError(sum, all[name]!)).toBeLessThan(1e-12);
    }
    expect(parts.reduce((sum, part) => sum + part["equity_share"]!, 0)).toBeCloseTo(1, 12);
    expect(parts.reduce((sum, part) => sum + part["customer_share"]!, 0)).toBeCloseTo(1, 12);
    expect(all["equity_share"]).toBeNull();
  });

  it("is as sure of a segment of one customer as the forecast is", () => {
    for (const one of [alive[0]!, alive[Math.floor(alive.length / 2)]!, alive.at(-1)!]) {
      const { rows } = run(params, { names: ["rest", "one"], of: (row) => (row === one ? 1 : 0) });
      const row = rows.find(({ segment }) => segment === "one")!;
      expect([row["customers"], row["alive"]]).toEqual([1, 1]);
      expect(relativeError(row["equity"]!, forecast["clv"]![one]!)).toBeLessThan(1e-12);
      expect(relativeError(row["lower"]!, forecast["lower"]![one]!)).toBeLessThan(1e-6);
      expect(relativeError(row["upper"]!, forecast["upper"]![one]!)).toBeLessThan(1e-6);
    }
  });

  it("says what a tenth more of each factor adds", () => {
    const [all] = run({ ...params, k_factor: 0.2 }).rows as [Row];
    const equityAt = (changed: EquityParams) =>
      run({ ...params, k_factor: 0.2, ...changed }).rows[0]!["equity"]!;
    const [equity, close] = [all["equity"]!, all["equity"]! * 1e-9];
    expect(Math.abs(equity + all["k_effect"]! - equityAt({ k_factor: 0.22 }))).toBeLessThan(close);
    expect(Math.abs(equity + all["ltv_effect"]! - equityAt({ margin: 0.33 }))).toBeLessThan(close);
    const dearer = equityAt({ discount: 0.132 });
    expect(Math.abs(equity + all["discount_effect"]! - dearer)).toBeLessThan(close);
    expect(dearer).toBeLessThan(equity);
  });
});

describe("for ever", () => {
  it("is the discounted residual of each, times what the model expects of a purchase", () => {
    const [all] = run({ horizon: 0, discount: 0.1, margin: 0.4 }).rows as [Row];
    const history = collapseHistory({ x: drawn.x, tXDays: drawn.t_x_days, TDays: drawn.T_days });
    const predictor = bgNbd.predictor(fitBuying(bgNbd, history).parameters);
    const forecast = forecastTable(drawn, { model, margin: 0.4 }).columns as Record<
      string,
      Float64Array
    >;
    const rate = Math.log(1.1) / (12 * weeksPerMonth);
    const residuals = new Map<number, number>();
    let value = 0;
    for (let i = 0; i < n; ++i) {
      const group = history.groupOfRow[i]!;
      if (!(forecast["p_alive"]![i]! > 0.5)) continue;
      const [x, tX, T] = [history.x[group]!, history.tX[group]!, history.T[group]!];
      const residual = residuals.get(group) ?? residualOrders(predictor, { x, tX, T }, rate);
      residuals.set(group, residual);
      value += 0.4 * forecast["expected_value"]![i]! * residual;
    }
    expect(relativeError(all["equity"]!, value)).toBeLessThan(1e-6);
    const [dearer] = run({ horizon: 0, discount: 0.11, margin: 0.4 }).rows as [Row];
    const gap = all["equity"]! + all["discount_effect"]! - dearer["equity"]!;
    expect(Math.abs(gap)).toBeLessThan(1e-6 * value);
  });

  it("comes to little more than twenty years", () => {
    const [all, long] = [{ horizon: 0 }, { horizon: 1040 }].map(
      (params) => run(params).rows[0]!["equity"]!,
    );
    expect(all! / long!).toBeGreaterThan(1);
    expect(all! / long!).toBeLessThan(1.2);
  });
});

describe("word of mouth", () => {
  it("multiplies by 1 + K, or by K alone where asked", () => {
    const [none] = run({}).rows as [Row];
    const [seen] = run({}, { kObserved: 0.25 }).rows as [Row];
    const [said] = run({ k_factor: 0.5, formula: "literal" }, { kObserved: 0.25 }).rows as [Row];
    expect([none.k_source, seen.k_source, said.k_source]).toEqual([
      "unknown",
      "referrals",
      "given",
    ]);
    expect(relativeError(seen["equity"]!, 1.25 * none["equity"]!)).toBeLessThan(1e-12);
    expect(relativeError(seen["literal"]!, 0.25 * none["equity"]!)).toBeLessThan(1e-12);
    expect(relativeError(said["equity"]!, 0.5 * none["equity"]!)).toBeLessThan(1e-12);
    expect(said["literal"]).toBe(said["equity"]);
  });
});

it.each([
  [{ discount: 0, horizon: 0 }, /invalid discount; not above 0/],
  [{ discount: -1, horizon: 52 }, /invalid discount; not above -1/],
  [{ horizon: -1 }, /invalid horizon/],
  [{ margin: 0 }, /invalid margin/],
  [{ k_factor: -0.1 }, /invalid k_factor; below 0/],
])("refuses %j", (params, message) => {
  expect(() => run(params)).toThrow(message);
});
