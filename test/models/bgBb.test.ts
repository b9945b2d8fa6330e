import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { betaBinomial } from "../../src/models/betaBinomial.ts";
import { bgBb } from "../../src/models/bgBb.ts";
import { expectedOrders, pAlive, probabilityOfNoOrder } from "../../src/models/buyingModel.ts";
import { collapsePeriods } from "../../src/models/collapsePeriods.ts";
import { discountedResidual } from "../../src/models/discountedResidual.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { Random } from "../../src/models/random.ts";
import { relativeError } from "./relativeError.ts";

interface Row {
  x: number;
  t_x: number;
  n: number;
  customers: number;
  p_alive_next: number;
  p_alive_at_n: number;
  expected5: number;
  dert10: number;
}

interface Golden {
  bgbb_donations: {
    params: number[];
    se: number[];
    ll: number;
    n: number;
    rows: Row[];
    sum_expected5: number;
    holdout_actual_total: number;
  };
  /** R's BTYD 2.4.3 */
  BTYD_bgbb: {
    params: number[];
    ll: number;
    cond_exp_5: {
      x: number;
      "t.x": number;
      "n.cal": number;
      exp5: number;
      palive: number;
      dert01: number;
    }[];
  };
}

const golden = JSON.parse(
  readFileSync(new URL("golden/discrete_models.json", import.meta.url), "utf8"),
) as Golden;
const { rows, params, se, ll, n, sum_expected5 } = golden.bgbb_donations;
const donations = collapsePeriods({
  x: rows.map(({ x }) => x),
  tX: rows.map(({ t_x }) => t_x),
  n: rows.map((row) => row.n),
  customers: rows.map(({ customers }) => customers),
});

describe("the donations of Fader, Hardie and Shang (2010)", () => {
  const fit = fitBuying(bgBb, donations);

  it("are fitted as in the paper, by its spreadsheet and by BTYD", () => {
    expect(fit.converged && fit.positiveDefinite).toBe(true);
    expect(fit.customers).toBe(n);
    expect(fit.logLikelihood).toBeCloseTo(ll, 4);
    // table 5 of the paper
    expect(fit.logLikelihood).toBeCloseTo(-33225.6, 1);
    [1.204, 0.75, 0.657, 2.783].forEach((p, i) => {
      expect(Math.abs(fit.parameters[i]! - p)).toBeLessThan(6e-4);
    });
    fit.parameters.forEach((p, i) => {
      expect(relativeError(p, params[i]!)).toBeLessThan(1e-5);
      expect(relativeError(p * fit.logErrors![i]!, se[i]!)).toBeLessThan(1e-4);
      expect(relativeError(p, golden.BTYD_bgbb.params[i]!)).toBeLessThan(2e-4);
    });
  });

  it("come to what the reference expects of everybody, to 1e-8", () => {
    const predictor = bgBb.predictor(params);
    let total = 0;
    for (const row of rows) {
      const customer = [row.x, row.t_x, row.n] as const;
      const alive = pAlive(predictor, ...customer);
      const next = (params[3]! + row.n) / (params[2]! + params[3]! + row.n);
      const orders = expectedOrders(predictor, ...customer, 5);
      expect(relativeError(alive, row.p_alive_at_n)).toBeLessThan(1e-8);
      expect(relativeError(alive * next, row.p_alive_next)).toBeLessThan(1e-8);
      expect(relativeError(orders, row.expected5)).toBeLessThan(1e-8);
      expect(relativeError(discountedResidual(params, customer, 0.1), row.dert10)).toBeLessThan(
        1e-8,
      );
      total += row.customers * orders;
    }
    expect(total).toBeCloseTo(sum_expected5, 3);
    expect(total).toBeCloseTo(12884.2, 1); // note 010 of the authors, against 13,260 that came
    expect(golden.bgbb_donations.holdout_actual_total / total).toBeCloseTo(1.029, 3);
  });

  it("has table 6's P(alive in 2002), and BTYD's figures at its own parameters", () => {
    const { params: theirs, ll: logLikelihood, cond_exp_5 } = golden.BTYD_bgbb;
    expect(bgBb.logLikelihood(theirs, donations).value).toBeCloseTo(logLikelihood, 7);
    const predictor = bgBb.predictor(theirs);
    expect(cond_exp_5).toHaveLength(22);
    for (const { x, "t.x": tX, "n.cal": end, exp5, palive, dert01 } of cond_exp_5) {
      const [, , gamma, delta] = theirs as [number, number, number, number];
      const next = (pAlive(predictor, x, tX, end) * (delta + end)) / (gamma + delta + end);
      expect(relativeError(next, palive)).toBeLessThan(1e-8);
      expect(relativeError(expectedOrders(predictor, x, tX, end, 5), exp5)).toBeLessThan(1e-8);
      expect(relativeError(discountedResidual(theirs, [x, tX, end], 0.1), dert01)).toBeLessThan(
        1e-8,
      );
    }
    const mine = bgBb.predictor(params);
    const table6 = [
      [0, 0, 0.11],
      [2, 4, 0.59],
      [6, 6, 0.93],
    ] as const;
    for (const [x, tX, share] of table6) {
      const next = (params[3]! + 6) / (params[2]! + params[3]! + 6);
      expect(Math.abs(pAlive(mine, x, tX, 6) * next - share)).toBeLessThan(0.005);
    }
  });
});

describe("BG/BB", () => {
  it("has the derivatives that its likelihood has", () => {
    const parameters = [0.8, 1.3, 0.4, 3];
    for (const model of [bgBb, betaBinomial]) {
      const at = parameters.slice(0, model.parameters.length);
      const { gradient, hessian } = model.logLikelihood(at, donations);
      at.forEach((p, i) => {
        const [up, down] = [1e-5, -1e-5].map((step) =>
          model.logLikelihood(
            at.map((value, j) => (i === j ? p * (1 + step) : value)),
            donations,
          ),
        );
        expect((up!.value - down!.value) / (2e-5 * p) / gradient[i]!).toBeCloseTo(1, 6);
        hessian![i]!.forEach((h, j) => {
          expect((up!.gradient[j]! - down!.gradient[j]!) / (2e-5 * p) / h).toBeCloseTo(1, 6);
        });
      });
    }
  });

  it("is a probability over all that a customer can do, and none is lost to come", () => {
    const [parameters, periods] = [[0.8, 1.3, 0.4, 3], 6];
    let all = 0;
    let expected = 0;
    for (let path = 0; path < 2 ** periods; ++path) {
      const bought = path.toString(2).padStart(periods, "0");
      const x = [...bought].filter((flag) => flag === "1").length;
      const one = collapsePeriods({ x: [x], tX: [bought.lastIndexOf("1") + 1], n: [periods] });
      const chance = Math.exp(bgBb.logLikelihood(parameters, one).value);
      all += chance;
      expected += chance * x;
    }
    expect(all).toBeCloseTo(1, 13);
    const predictor = bgBb.predictor(parameters);
    expect(predictor.ordersIfAlive(0, 0, 0, periods)).toBeCloseTo(expected, 13);
    const counts = predictor.countsIfAlive!(2, 4, 6, 9, 9);
    const mean = counts.reduce((sum, chance, y) => sum + chance * y, 0);
    expect(counts.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 13);
    expect(mean).toBeCloseTo(predictor.ordersIfAlive(2, 4, 6, 9), 13);
    const part = predictor.countsIfAlive!(2, 4, 6, 8.25, 9);
    expect(part.reduce((sum, chance, y) => sum + chance * y, 0)).toBeCloseTo(
      predictor.ordersIfAlive(2, 4, 6, 8.25),
      13,
    );
    expect(counts[0]).toBeCloseTo(predictor.noOrderIfAlive(2, 4, 6, 9), 14);
  });

  it("finds its parameters again, and what it was not shown", () => {
    const truth = [1.5, 2.5, 0.8, 6] as const;
    const random = new Random(4);
    const [customers, periods, later] = [8000, 18, 12];
    const x = new Float64Array(customers);
    const tX = new Float64Array(customers);
    const ends = new Float64Array(customers);
    let actual = 0;
    for (let i = 0; i < customers; ++i) {
      const buys = random.beta(truth[0], truth[1]);
      const leaves = random.beta(truth[2], truth[3]);
      ends[i] = 1 + Math.floor(random.uniform() * periods);
      for (let t = 1; t <= ends[i]! + later && !random.chance(leaves); ++t) {
        if (!random.chance(buys)) continue;
        if (t > ends[i]!) ++actual;
        else {
          ++x[i]!;
          tX[i] = t;
        }
      }
    }
    const history = collapsePeriods({ x, tX, n: ends });
    const fit = fitBuying(bgBb, history);
    truth.forEach((p, i) => {
      expect(Math.abs(Math.log(fit.parameters[i]! / p))).toBeLessThan(3 * fit.logErrors![i]!);
    });
    const predictor = bgBb.predictor(fit.parameters);
    let expected = 0;
    history.x.forEach((xi, i) => {
      const orders = expectedOrders(predictor, xi, history.tX[i]!, history.T[i]!, later);
      expected += history.weight[i]! * orders;
    });
    expect(Math.abs(expected / actual - 1)).toBeLessThan(0.03);
    const plain = fitBuying(betaBinomial, history);
    expect(fit.logLikelihood - plain.logLikelihood).toBeGreaterThan(100);
  });
});

describe("at the extremes", () => {
  const extremes = [1e-4, 0.3, 40, 1e5];

  it("predictions never are NaN, and stay in their ranges", () => {
    for (const alpha of extremes) {
      for (const beta of extremes) {
        for (const gamma of extremes) {
          for (const delta of extremes) {
            const predictor = bgBb.predictor([alpha, beta, gamma, delta]);
            for (const [x, tX, end] of [
              [0, 0, 0],
              [0, 0, 240],
              [1, 1, 240],
              [240, 240, 240],
              [5, 200, 900],
            ] as const) {
              const alive = pAlive(predictor, x, tX, end);
              const none = probabilityOfNoOrder(predictor, x, tX, end, 2.96);
              const orders = expectedOrders(predictor, x, tX, end, 11.96);
              expect(alive >= 0 && alive <= 1 && none >= -1e-12 && none <= 1).toBe(true);
              expect(orders >= 0 && orders < 12).toBe(true);
              expect(predictor.logPAlive(x, tX, end)).toBeGreaterThan(-Infinity);
            }
          }
        }
      }
    }
  });

  it.each([
    ["one customer", [1], [3], [5], [1]],
    ["nobody came back", [0, 0], [0, 0], [4, 9], [700, 300]],
    ["everybody in every period", [4, 9], [4, 9], [4, 9], [700, 300]],
    ["no period yet", [0], [0], [0], [50]],
    ["a billion alike", [2, 0], [3, 0], [8, 8], [1e9, 1e9]],
  ])("%s: a finite fit, whatever it is worth", (_, x, tX, ends, customers) => {
    const fit = fitBuying(bgBb, collapsePeriods({ x, tX, n: ends, customers }));
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
    expect(fit.parameters.every((p) => p > 0 && Number.isFinite(p))).toBe(true);
  });

  it("refuses more periods with a purchase than there were", () => {
    const broken = () => collapsePeriods({ x: [3], tX: [2], n: [5] });
    expect(broken).toThrow(expect.objectContaining({ code: "invalid-columns" }));
    expect(() => discountedResidual(params, [1, 1, 6], 0)).toThrow(
      expect.objectContaining({ code: "invalid-parameter" }),
    );
  });
});
