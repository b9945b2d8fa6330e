import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import type { BuyingModel } from "../../src/models/buyingModel.ts";
import { chooseCovariates } from "../../src/models/chooseCovariates.ts";
import { type CovariatePart, fitCovariates } from "../../src/models/fitCovariates.ts";
import { nbd } from "../../src/models/nbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";
import { withCovariates } from "../../src/models/withCovariates.ts";
import { buyers, drawColumns, timeScale } from "./drawBuyers.ts";
import { hasShop, readShop, summarizeShop } from "./readShop.ts";

const traits = new URL("../../../shared/data/clvtools_apparelStaticCov.csv", import.meta.url);

/** 600 customers of an apparel shop to 2006-12-31, by gender and channel */
function readApparel() {
  const lines = readFileSync(traits, "utf8").trim().split(/\r?\n/).slice(1);
  const zOf = new Map(lines.map((line) => [line.split(",")[0]!, line.split(",").slice(1).join()]));
  const end = "2006-12-31";
  const purchases = readShop("apparel");
  const lastDay = Date.parse(end) / 86_400_000;
  const early = purchases.filter(({ day }) => day <= lastDay);
  const { x, t_x_days, T_days } = summarizeShop(early, end);
  const customers = [...new Set(early.map(({ customer }) => customer))];
  const parts = [...new Set(zOf.values())].sort().map((z): CovariatePart => {
    const rows = [...customers.keys()].filter((i) => zOf.get(customers[i]!) === z);
    const take = (values: Float64Array) => rows.map((row) => values[row]!);
    const history = collapseHistory({ x: take(x), tXDays: take(t_x_days), TDays: take(T_days) });
    return { z: z.split(",").map(Number), history };
  });
  return { parts, whole: collapseHistory({ x, tXDays: t_x_days, TDays: T_days }) };
}

describe("apparel by gender and channel", () => {
  const names = ["Gender", "Channel"];
  const isThere = hasShop("apparel") && existsSync(traits);

  // by CLVTools: r α s β, life, trans
  const clvTools = [1.8378432159, 92.9123480063, 0.59199852928, 49.6227295862];
  const life = [-0.64299339392, 0.79067894726];
  const trans = [0.28587397073, 0.6241241023];

  it("has the log-likelihood of CLVTools at its parameters, and a maximum not below", (context) => {
    if (!isThere) context.skip("needs ../shared/data");
    const { parts, whole } = readApparel();
    const at = [...clvTools, ...trans, ...life];
    const value = parts.reduce(
      (sum, { z, history }) =>
        sum + withCovariates(paretoNbd, names, z).logLikelihood(at, history).value,
      0,
    );
    expect(value).toBeCloseTo(-5821.0627090938, 6);
    const { fit, without } = fitCovariates(paretoNbd, names, parts, whole);
    expect(fit.converged).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThan(value);
    expect(fit.logLikelihood).toBeCloseTo(-5821.0627, 4);
    expect(without.logLikelihood).toBeCloseTo(-5848.0978, 4);
    // its optimiser stops 2e-5 short of the maximum, on a ridge along s and β
    fit.parameters.forEach((p, i) => expect(Math.abs(p / at[i]! - 1)).toBeLessThan(3e-3));
    expect(fit.aic).toBeCloseTo(16 - 2 * fit.logLikelihood, 8);
    const { chosen, reasons } = chooseCovariates("pareto-nbd", names, parts, whole);
    expect(chosen.identifiable).toBe(true);
    expect(reasons.map(({ code }) => code)).toEqual(["covariates-gain"]);
    expect(reasons[0]!.value).toBeCloseTo(without.aic - fit.aic, 8);
  });

  it("says of the BG/NBD that these data do not settle it", (context) => {
    if (!isThere) context.skip("needs ../shared/data");
    const { parts, whole } = readApparel();
    const { chosen } = chooseCovariates("bg-nbd", names, parts, whole);
    // CLVTools runs to a = 4582, b = 33831 at −5839.8624
    expect(chosen.fit.logLikelihood).toBeGreaterThan(-5839.8625);
    expect(chosen.fit.logLikelihood).toBeLessThan(-5839.862);
    expect(chosen.identifiable).toBe(false);
    expect(chosen.diagnostics.map(({ code }) => code)).toContain("parameter-uncertain");
    const best = chooseCovariates("best", names, parts, whole);
    expect(best.chosen.fit.model).toBe("pareto-nbd");
  });
});

const cases: [string, BuyingModel, number[]][] = [
  ["bg-nbd", bgNbd, [0.6, 8, 0.9, 2.5, 0.4, -0.3, -0.2, 0.5]],
  ["pareto-nbd", paretoNbd, [0.6, 8, 0.7, 12, 0.4, -0.3, -0.2, 0.5]],
];

describe.each(cases)("%s", (id, base, parameters) => {
  const draw = buyers[id]!(parameters.slice(0, 4));
  const history = collapseHistory(drawColumns(400, 3, draw, [10, 60]));

  it("has the gradient and the Hessian of its log-likelihood", () => {
    const model = withCovariates(base, ["a", "b"], [1, -0.7]);
    const { gradient, hessian } = model.logLikelihood(parameters, history);
    const move = (i: number, by: number) => parameters.map((p, j) => (i === j ? p + by : p));
    parameters.forEach((_, i) => {
      const [up, down] = [1e-5, -1e-5].map((by) => model.logLikelihood(move(i, by), history));
      const slope = (up!.value - down!.value) / 2e-5;
      expect(Math.abs(gradient[i]! / slope - 1)).toBeLessThan(1e-5);
      hessian!.forEach((row, j) => {
        const curve = (up!.gradient[j]! - down!.gradient[j]!) / 2e-5;
        expect(Math.abs(row[i]! - curve)).toBeLessThan(1e-5 * Math.max(1, Math.abs(curve)));
      });
    });
  });

  it("predicts as the model whose parameters they scale", () => {
    const [r, alpha, third, fourth] = parameters as [number, number, number, number];
    const predictor = withCovariates(base, ["a", "b"], [1, 0]).predictor(parameters);
    const scaled = Math.exp(id === "bg-nbd" ? -0.2 : 0.2);
    const plain = base.predictor([
      r,
      alpha * Math.exp(-0.4),
      id === "bg-nbd" ? third * scaled : third,
      fourth * scaled,
    ]);
    expect(predictor.logPAlive(2, 10, 30)).toBeCloseTo(plain.logPAlive(2, 10, 30), 12);
    expect(predictor.ordersIfAlive(2, 10, 30, 52)).toBeCloseTo(
      plain.ordersIfAlive(2, 10, 30, 52),
      12,
    );
  });

  it("is found again within three standard errors", () => {
    const truth = [...parameters.slice(0, 4), 0.5, id === "bg-nbd" ? 0.6 : -0.5];
    const parts = [0, 1].map((z): CovariatePart => {
      const own = truth.slice(0, 4);
      own[1]! *= Math.exp(-truth[4]! * z);
      if (id === "bg-nbd") own[2]! *= Math.exp(truth[5]! * z);
      own[3]! *= Math.exp((id === "bg-nbd" ? 1 : -1) * truth[5]! * z);
      const columns = drawColumns(6000, 20 + z, buyers[id]!(own), [30, 90]);
      return { z: [z], history: collapseHistory(columns) };
    });
    const rows = [0, 1].map((z) => drawn(parts[z]!));
    const whole = collapseHistory({
      x: rows.flatMap(({ x }) => x),
      tXDays: rows.flatMap(({ tXDays }) => tXDays),
      TDays: rows.flatMap(({ TDays }) => TDays),
      customers: rows.flatMap(({ customers }) => customers),
    });
    const { fit } = fitCovariates(base, ["z"], parts, whole);
    expect(fit.names).toEqual([...base.parameters, "trans.z", "life.z"]);
    expect(fit.converged).toBe(true);
    fit.parameters.forEach((p, i) => {
      const expected = truth[i]! * timeScale ** (base.timePowers[i] ?? 0);
      const distance = i < 4 ? Math.log(p / expected) : p - expected;
      expect(Math.abs(distance / fit.logErrors![i]!)).toBeLessThan(3);
    });
  });
});

it("refuses models that take none, by name", () => {
  expect(() => withCovariates(nbd, ["z"], [1])).toThrow(/no covariates for this model: nbd/);
  const history = collapseHistory({ x: [1], tXDays: [1], TDays: [2] });
  expect(() => chooseCovariates("mbg-nbd", ["z"], [{ z: [1], history }], history)).toThrow(
    expect.objectContaining({ code: "no-covariates" }),
  );
});

function drawn({ history: { x, tX, T, weight } }: CovariatePart) {
  const days = (weeks: Float64Array) => Array.from(weeks, (week) => Math.round(week * 7));
  return { x: [...x], tXDays: days(tX), TDays: days(T), customers: [...weight] };
}
