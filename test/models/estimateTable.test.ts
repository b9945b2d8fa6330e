import { describe, expect, it } from "vitest";
import { estimateTable } from "../../src/models/estimateTable.ts";
import type { EstimateColumns, ModelResult } from "../../src/models/modelRequest.ts";
import { drawHistory, type Truth } from "./drawHistory.ts";
import { readGolden } from "./readGolden.ts";
import { hasShop, readShop, summarizeShop } from "./readShop.ts";

const truth: Truth = { bgnbd: [0.6, 8, 0.9, 2.5], spend: [5, 4, 30] };
const drawn = drawHistory(10_000, 3, truth);

function column(result: ModelResult, name: string): number[] {
  return result.columns[name] as number[];
}

/** members buy twice as often; half of all are members */
function drawMembers(): EstimateColumns & { first_is_member: Float64Array } {
  const [r, alpha, a, b] = truth.bgnbd;
  const often = drawHistory(4000, 5, { ...truth, bgnbd: [r, alpha / 2, a, b] });
  const rarely = drawHistory(4000, 6, truth);
  const join = (name: keyof typeof often) =>
    Float64Array.from([...(often[name] as Float64Array), ...(rarely[name] as Float64Array)]);
  const names = ["x", "t_x_days", "T_days", "monetary", "customers"] as const;
  const columns = Object.fromEntries(names.map((name) => [name, join(name)]));
  const first_is_member = Float64Array.from({ length: 8000 }, (_, i) => (i < 4000 ? 1 : 0));
  return { ...(columns as unknown as EstimateColumns), first_is_member };
}

describe("clv-model with covariates", () => {
  const labels = { first_is_member: ["false", "true"], first_channel: ["web"] };
  const members = drawMembers();

  it("lists their coefficients with intervals that are symmetric in themselves", () => {
    for (const model of ["bg-nbd", "pareto-nbd", "best"]) {
      const params = { model, covariates: "member" };
      const { columns, notes } = estimateTable(members, params, labels);
      const at = (columns["parameter"] as string[]).indexOf("trans.first_is_member=true");
      expect(columns["parameter"]![at + 1]).toBe("life.first_is_member=true");
      const [estimate, error, lower, upper] = ["estimate", "std_error", "lower", "upper"].map(
        (name) => columns[name]![at] as number,
      ) as [number, number, number, number];
      if (model === "bg-nbd") expect(Math.abs(estimate - Math.log(2)) / error).toBeLessThan(3);
      expect(estimate).toBeGreaterThan(0.5);
      expect(upper - estimate).toBeCloseTo(estimate - lower, 10);
      expect(upper - estimate).toBeCloseTo(1.959964 * error, 5);
      expect(notes.map(({ code }) => code)).toContain("covariates-gain");
    }
  });

  it("is the same in days but for the parameters of time", () => {
    const [weeks, days] = ["week", "day"].map((unit) =>
      estimateTable(members, { model: "bg-nbd", covariates: "member", unit }, labels),
    );
    column(days!, "estimate").forEach((value, i) => {
      const scale = weeks!.columns["parameter"]![i] === "alpha" ? 7 : 1;
      expect(value / column(weeks!, "estimate")[i]!).toBeCloseTo(scale, 10);
    });
  });

  it("leaves out what does not vary, and refuses what does not fit", () => {
    const params = { model: "bg-nbd", covariates: "first_channel" };
    const constant = { ...members, first_channel: new Float64Array(8000) };
    const { columns, notes } = estimateTable(constant, params, labels);
    expect(columns).toEqual(estimateTable(members, { model: "bg-nbd" }).columns);
    expect(notes.map(({ code }) => code)).toContain("covariate-constant");
    const code = (change: object) => {
      try {
        estimateTable(members, { ...params, ...change }, labels);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    expect(code({ covariates: "sign" })).toBe("invalid-parameter");
    for (const model of ["nbd", "mbg-nbd", "gamma-gamma"]) {
      expect(code({ model, covariates: "member" })).toBe("no-covariates");
    }
  });
});

describe("clv-model", () => {
  it("finds the parameters that the customers were drawn from, within three standard errors", () => {
    const { columns } = estimateTable(drawn, { model: "bg-nbd" });
    expect(columns["parameter"]).toEqual(["r", "alpha", "a", "b", "p", "q", "v"]);
    const [r, alpha, a, b] = truth.bgnbd;
    [r, alpha * 10, a, b, ...truth.spend].forEach((value, i) => {
      const [lower, upper] = [columns["lower"]![i] as number, columns["upper"]![i] as number];
      const logError = Math.log(upper / lower) / (2 * 1.959964);
      const z = Math.log((columns["estimate"]![i] as number) / value) / logError;
      expect(Math.abs(z)).toBeLessThan(3);
    });
    expect(new Set(columns["identifiable"])).toEqual(new Set([true]));
    expect(new Set(columns["converged"])).toEqual(new Set([true]));
    expect(new Set(columns["note"])).toEqual(new Set([""]));
  });

  it("scales alpha by 7 in days, and nothing else", () => {
    const weeks = estimateTable(drawn, { model: "bg-nbd", unit: "week" });
    const days = estimateTable(drawn, { model: "bg-nbd", unit: "day" });
    for (const name of ["estimate", "std_error", "lower", "upper"]) {
      column(days, name).forEach((value, i) => {
        const scale = weeks.columns["parameter"]![i] === "alpha" ? 7 : 1;
        expect(value / column(weeks, name)[i]!).toBeCloseTo(scale, 12);
      });
    }
    for (const name of ["log_likelihood", "aic", "bic", "customers", "note"]) {
      expect(days.columns[name]).toEqual(weeks.columns[name]);
    }
  });

  it("gives the same digits for shuffled and for grouped rows", () => {
    const few = drawHistory(2000, 3, truth);
    const result = estimateTable(few, {});
    expect(estimateTable(reverse(few), {})).toEqual(result);
    expect(estimateTable(few, {})).toEqual(result);
    const twice = {
      ...few,
      customers: few.customers!.map(() => 2),
    };
    const doubled = Object.fromEntries(
      Object.entries(few).map(([name, values]) => [
        name,
        Float64Array.from([...(values as Float64Array), ...(values as Float64Array)]),
      ]),
    ) as unknown as EstimateColumns;
    expect(estimateTable(twice, {})).toEqual(estimateTable(doubled, {}));
  });

  it("chooses by AIC among the identifiable, and gives each model when asked", () => {
    expect(estimateTable(drawn, { model: "best" }).columns["model"]![0]).toBe("bg-nbd");
    expect(estimateTable(drawn, { model: "nbd" }).columns["parameter"]).toEqual([
      "r",
      "alpha",
      "p",
      "q",
      "v",
    ]);
    const alone = estimateTable(drawn, { model: "gamma-gamma" }).columns;
    expect(alone["parameter"]).toEqual(["p", "q", "v"]);
    const spenders = drawn.x.filter((x, i) => x > 0 && drawn.monetary[i]! > 0).length;
    expect(alone["customers"]).toEqual([spenders, spenders, spenders]);
  });

  it("says why it chose the best", () => {
    const { notes, columns } = estimateTable(drawn, { model: "best" });
    const [reason] = notes;
    expect(reason!.code).toBe("best-by-aic");
    expect(reason!.model).toBe(columns["model"]![0]);
    const rival = estimateTable(drawn, { model: reason!.rival! }).columns;
    const lead = (rival["aic"]![0] as number) - (columns["aic"]![0] as number);
    expect(reason!.value).toBeCloseTo(lead, 6);
    expect(lead).toBeGreaterThan(0);
  });

  it("tests whether spend is independent of frequency", () => {
    const noteOf = (columns: EstimateColumns) =>
      estimateTable(columns, { model: "gamma-gamma" }).notes.at(-1)!;
    expect(noteOf(drawn).code).toBe("spend-independent");
    const lift = (by: number) => ({
      ...drawn,
      monetary: drawn.monetary.map((m, i) => m * drawn.x[i]! ** by),
    });
    expect(noteOf(lift(0.1)).code).toBe("spend-correlates-weakly");
    expect(noteOf(lift(1)).code).toBe("spend-correlates");
  });

  it("flags customers who never drop out, and chooses the NBD", () => {
    const loyal = drawHistory(5000, 4, { ...truth, bgnbd: [2, 20, 1e-6, 1] });
    const { columns, notes } = estimateTable(loyal, { model: "bg-nbd" });
    expect(columns["identifiable"]!.slice(0, 4)).toEqual([false, false, false, false]);
    expect(columns["note"]![0]).toContain("no-gain-over-nbd");
    expect(notes.some(({ code, blocks }) => code === "no-gain-over-nbd" && blocks)).toBe(true);
    expect(estimateTable(loyal, { model: "best" }).columns["model"]![0]).toBe("nbd");
  });

  it("still returns rows for very few repeat buyers, flagged, and none for nobody", () => {
    const few = {
      x: Float64Array.of(0, 1, 2),
      t_x_days: Float64Array.of(0, 20, 60),
      T_days: Float64Array.of(90, 90, 90),
      monetary: Float64Array.of(0, 10, 30),
      customers: Float64Array.of(50, 4, 2),
    };
    const { columns } = estimateTable(few, { model: "bg-nbd" });
    expect(columns["identifiable"]![0]).toBe(false);
    expect(columns["note"]![0]).toContain("too-few-repeat-buyers");
    for (const name of ["estimate", "log_likelihood", "aic", "bic"]) {
      expect((columns[name] as number[]).every(Number.isFinite)).toBe(true);
    }
    const nobody = { ...few, x: new Float64Array(3), t_x_days: new Float64Array(3) };
    expect(() => estimateTable(nobody, {})).toThrow("too-few-repeat-buyers");
    expect(() => estimateTable(nobody, { model: "gamma-gamma" })).toThrow("too-few-spenders");
  });

  it("takes the amounts as means of the days that were paid for, where those are fewer", () => {
    const paid_days = drawn.x.map((x) => Math.max(0, x - 1));
    const { columns } = estimateTable({ ...drawn, paid_days }, { model: "gamma-gamma" });
    const same = estimateTable({ ...drawn, x: paid_days }, { model: "gamma-gamma" });
    expect(columns).toEqual(same.columns);
    expect(columns["customers"]![0]).toBe(drawn.x.filter((x) => x > 1).length);
  });

  it("leaves the spend rows out where nobody has spent", () => {
    const free = { ...drawn, monetary: new Float64Array(drawn.x.length) };
    const { columns, notes } = estimateTable(free, { model: "bg-nbd" });
    expect(columns["parameter"]).toEqual(["r", "alpha", "a", "b"]);
    expect(notes.map(({ code }) => code)).toContain("too-few-spenders");
  });

  it("is never NaN at the extremes", () => {
    const base = { x: [0, 1000, 1, 3], t_x_days: [0, 3000, 0, 1], T_days: [0, 3000, 0, 900] };
    for (const weight of [1, 1e9]) {
      const columns = {
        x: Float64Array.from(base.x),
        t_x_days: Float64Array.from(base.t_x_days),
        T_days: Float64Array.from(base.T_days),
        monetary: Float64Array.of(0, 1e-9, 1e12, 5),
        customers: new Float64Array(4).fill(weight),
      };
      const result = estimateTable(columns, { model: "bg-nbd" });
      for (const cells of Object.values(result.columns)) {
        for (const cell of cells) expect(cell).not.toBeNaN();
      }
    }
  });

  it("refuses broken columns and parameters by code", () => {
    const code = (change: object, params = {}) => {
      try {
        estimateTable({ ...drawn, ...change }, params);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    const one = (values: Float64Array, value: number) => values.with(0, value);
    expect(code({ x: one(drawn.x, 0.5) })).toBe("invalid-columns");
    expect(code({ x: one(drawn.x, NaN) })).toBe("invalid-columns");
    expect(code({ t_x_days: one(drawn.t_x_days, 9000) })).toBe("invalid-columns");
    expect(code({ customers: one(drawn.customers!, 0) })).toBe("invalid-columns");
    expect(code({ monetary: one(drawn.monetary, Infinity) })).toBe("invalid-columns");
    expect(code({ T_days: drawn.T_days.slice(1) })).toBe("invalid-columns");
    expect(code({}, { model: "crystal-ball" })).toBe("unknown-model");
    expect(code({}, { unit: "month" })).toBe("invalid-parameter");
    const empty = Object.keys(drawn).map((name) => [name, new Float64Array(0)]);
    expect(code(Object.fromEntries(empty) as object)).toBe("no-customers");
  });
});

it("prints CDNOW's parameters to 1997-09-30 as published", (context) => {
  if (!hasShop("cdnow_sample")) context.skip("needs ../shared/data");
  const { calibration } = readGolden("cdnow_sample");
  const shop = summarizeShop(readShop("cdnow_sample"), calibration.period_end);
  const result = estimateTable(shop, { model: "bg-nbd" });
  const expected = [...calibration.bgnbd.params, ...calibration.gamma_gamma.params];
  column(result, "estimate").forEach((value, i) => {
    expect(value / expected[i]!).toBeCloseTo(1, 5);
  });
  expect(result.columns["customers"]).toEqual([2357, 2357, 2357, 2357, 946, 946, 946]);
});

function reverse(columns: EstimateColumns): EstimateColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, (values as Float64Array).toReversed()]),
  ) as unknown as EstimateColumns;
}
