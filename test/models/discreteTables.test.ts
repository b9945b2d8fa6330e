import { describe, expect, it } from "vitest";
import { bgBb } from "../../src/models/bgBb.ts";
import { pAlive } from "../../src/models/buyingModel.ts";
import { discountedLifetime } from "../../src/models/discountedLifetime.ts";
import { weeksPerMonth } from "../../src/models/discountSchedule.ts";
import { estimateTable } from "../../src/models/estimateTable.ts";
import { forecastTable } from "../../src/models/forecastTable.ts";
import type { EstimateColumns, EstimateParams } from "../../src/models/modelRequest.ts";
import { Random } from "../../src/models/random.ts";
import { sbg } from "../../src/models/sbg.ts";

const names = ["alpha", "beta", "gamma", "delta"];

/** customers of a BG/BB world by months, who buy in the middle of a month */
function drawMonths(n: number, seed: number, [alpha, beta, gamma, delta]: number[]) {
  const random = new Random(seed);
  const column = () => new Float64Array(n);
  const columns = {
    x: column(),
    t_x_days: column(),
    T_days: column(),
    monetary: column(),
    customers: column().fill(1),
    months_x: column(),
    months_t_x: column(),
    months_n: column(),
  };
  for (let i = 0; i < n; ++i) {
    const months = Math.floor(random.uniform() * 25);
    const buys = random.beta(alpha!, beta!);
    const leaves = gamma! > 0 ? random.beta(gamma!, delta!) : 0;
    for (let t = 1; t <= months && !random.chance(leaves); ++t) {
      if (!random.chance(buys)) continue;
      ++columns.months_x[i]!;
      columns.months_t_x[i] = t;
    }
    columns.months_n[i] = months;
    columns.x[i] = columns.months_x[i]!;
    columns.t_x_days[i] = Math.round(columns.months_t_x[i]! * 30.4375);
    columns.T_days[i] = Math.round(months * 30.4375) + 10;
    const x = columns.x[i]!;
    if (x > 0) columns.monetary[i] = (30 * random.gamma(5 * x)) / random.gamma(4) / x;
  }
  return columns satisfies EstimateColumns;
}

describe("by BG/BB", () => {
  const truth = [1.5, 2.5, 0.8, 6];
  const drawn = drawMonths(4000, 6, truth);

  it("clv-model finds the parameters, whatever the unit of the other models", () => {
    const table = estimateTable(drawn, { model: "bg-bb" }).columns;
    expect(table["parameter"]!.slice(0, 4)).toEqual(names);
    truth.forEach((p, i) => {
      const [estimate, error] = [table["estimate"]![i], table["std_error"]![i]] as number[];
      expect(Math.abs(Math.log(estimate! / p))).toBeLessThan((3 * error!) / estimate!);
    });
    expect(estimateTable(drawn, { model: "bg-bb", unit: "day" }).columns).toEqual(table);
    expect(table["model"]!.slice(4)).toEqual(["gamma-gamma", "gamma-gamma", "gamma-gamma"]);
  });

  it("clv-forecast counts months, of the horizon and of the customers", () => {
    const forecast = forecastTable(drawn, { model: "bg-bb", horizon: 12 * weeksPerMonth });
    const got = forecast.columns as Record<string, Float64Array>;
    expect(forecast.notes.map(({ code }) => code)).not.toContain("fallback-to-beta-binomial");
    expect(got["x"]).toEqual(drawn.months_x);
    expect(got["t_x"]).toEqual(drawn.months_t_x);
    expect(got["T"]).toEqual(drawn.months_n);
    const fitted = estimateTable(drawn, { model: "bg-bb" }).columns["estimate"]!.slice(0, 4);
    const predictor = bgBb.predictor(fitted as number[]);
    for (let i = 0; i < 50; ++i) {
      const who = [drawn.months_x[i]!, drawn.months_t_x[i]!, drawn.months_n[i]!] as const;
      const alive = pAlive(predictor, ...who);
      const orders = alive * predictor.ordersIfAlive(...who, 12);
      expect(got["p_alive"]![i]! / alive).toBeCloseTo(1, 9);
      expect(got["expected_orders"]![i]! / orders).toBeCloseTo(1, 9);
      expect(got["clv"]![i]).toBeLessThan(orders * got["expected_value"]![i]!);
      expect(got["clv"]![i]).toBeGreaterThan(0.9 * orders * got["expected_value"]![i]!);
      const none = predictor.noOrderIfAlive(...who, 90 / 30.4375);
      expect(got["churn_risk"]![i]).toBeCloseTo(1 - alive * (1 - none), 9);
    }
    for (const values of Object.values(got)) expect(values.every(Number.isFinite)).toBe(true);
  });

  it("falls back to the beta-binomial where nobody drops out, and says so", () => {
    const loyal = drawMonths(2000, 2, [1.5, 2.5, 0, 1]);
    const { notes } = estimateTable(loyal, { model: "bg-bb" });
    expect(notes.map(({ code }) => code)).toContain("no-gain-over-beta-binomial");
    const forecast = forecastTable(loyal, { model: "bg-bb" });
    expect(forecast.notes.map(({ code }) => code)).toContain("fallback-to-beta-binomial");
    expect(new Set(forecast.columns["p_alive"])).toEqual(new Set([1]));
  });

  it("is refused without months, and never the best of models in weeks", () => {
    const { months_n: _, ...weekly } = drawn;
    for (const table of [estimateTable, forecastTable]) {
      expect(() => table(weekly, { model: "bg-bb" })).toThrow(
        expect.objectContaining({ code: "missing-columns" }),
      );
    }
    expect(estimateTable(drawn, { model: "best" }).columns["model"]![0]).not.toBe("bg-bb");
  });
});

/** subscribers of an sBG world, seen for up to two years; `back`: share of the lost who come back */
function drawContracts(n: number, [alpha, beta]: number[], back: number): EstimateColumns {
  const random = new Random(21);
  const column = () => new Float64Array(n);
  const columns = {
    x: column(),
    t_x_days: column(),
    T_days: column().fill(400),
    monetary: column(),
    customers: column().fill(1),
    renewals: column(),
    is_lost: column(),
    is_back: column(),
  };
  for (let i = 0; i < n; ++i) {
    const leaves = random.beta(alpha!, beta!);
    const seen = 1 + Math.floor(random.uniform() * 24);
    let t = 1;
    while (t <= seen && !random.chance(leaves)) ++t;
    columns.is_lost[i] = t <= seen ? 1 : 0;
    columns.renewals[i] = Math.min(t, seen);
    columns.is_back[i] = columns.is_lost[i] && random.chance(back) ? 1 : 0;
    columns.x[i] = Math.max(0, t - 1);
    columns.t_x_days[i] = Math.min(400, columns.x[i]! * 30);
    if (columns.x[i]! === 0) columns.t_x_days[i] = 0;
    else columns.monetary[i] = 9 + random.uniform();
  }
  return columns;
}

describe.each(["sbg", "bdw"])("by %s", (model) => {
  const truth = [0.8, 5];
  const drawn = drawContracts(6000, truth, 0);
  const run = (columns: EstimateColumns, params: EstimateParams = {}) => {
    const { columns: table, notes } = estimateTable(columns, { model, ...params });
    const rows = Object.fromEntries(
      Array.from(table["parameter"]!, (name, i) => [
        String(name),
        Object.fromEntries(Object.keys(table).map((column) => [column, table[column]![i]])),
      ]),
    );
    return { rows, notes: notes.map(({ code }) => code) };
  };

  it("clv-model gives the parameters, then what they come to, each with its interval", () => {
    const { rows, notes } = run(drawn);
    const figures = ["survival_12", "survival_24", "lifetime"];
    const parameters = model === "sbg" ? ["alpha", "beta"] : ["alpha", "beta", "c"];
    expect(Object.keys(rows).slice(0, parameters.length + 3)).toEqual([...parameters, ...figures]);
    const actual = [
      ...[12, 24].map((t) => Math.exp(sbg.logSurvival(truth, t))),
      discountedLifetime(sbg, truth, 1.1 ** (1 / 12) - 1),
    ];
    figures.forEach((name, i) => {
      const { estimate, std_error, lower, upper } = rows[name]! as Record<string, number>;
      expect(Math.abs(estimate! - actual[i]!)).toBeLessThan(4 * std_error!);
      expect(lower).toBeLessThan(estimate!);
      expect(upper).toBeGreaterThan(estimate!);
    });
    expect(rows["alpha"]!["note"]).toBe("");
    expect(notes).not.toContain("lost-come-back");
  });

  it("says where customers are not under contract", () => {
    const { rows, notes } = run(drawContracts(6000, truth, 0.3));
    expect(rows["alpha"]!["note"]).toBe("lost-come-back");
    expect(rows["alpha"]!["identifiable"]).toBe(true);
    expect(notes).toContain("lost-come-back");
  });

  it("discounts payments by the months that they cover, and refuses by code", () => {
    const yearly = run(drawn, { cycle: 12 }).rows;
    const monthly = run(drawn).rows;
    expect(Number(yearly["lifetime"]!["estimate"])).toBeLessThan(
      Number(monthly["lifetime"]!["estimate"]),
    );
    expect(yearly["alpha"]).toEqual(monthly["alpha"]);
    const code = (changed: Partial<EstimateColumns>, params: EstimateParams = {}) => {
      try {
        run({ ...drawn, ...changed }, params);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    expect(code({}, { cycle: 0 })).toBe("invalid-parameter");
    expect(code({ renewals: undefined! })).toBe("missing-columns");
    expect(code({ is_lost: drawn.is_lost!.map(() => 0) })).toBe("nobody-lost");
    expect(code({ is_lost: drawn.is_lost!.map(() => 2) })).toBe("invalid-columns");
  });
});
