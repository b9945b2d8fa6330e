import { expect, it } from "vitest";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import type { BuyingModel } from "../../src/models/buyingModel.ts";
import type { FittedModel } from "../../src/models/chooseModel.ts";
import { compareModels } from "../../src/models/compareModels.ts";
import type { Fit } from "../../src/models/fitModel.ts";
import type { Holdout } from "../../src/models/holdout.ts";

/** 200 customers, of whom those with x repeat purchases buy x in the holdout */
const history = collapseHistory({
  x: [0, 1, 2, 3],
  tXDays: [0, 70, 100, 130],
  TDays: [140, 140, 140, 140],
  customers: [50, 50, 50, 50],
});
const holdout: Holdout = {
  history,
  outcomes: {
    group: Uint32Array.of(0, 1, 2, 3),
    orders: Float64Array.of(0, 1, 2, 3),
    weight: new Float64Array(4).fill(50),
  },
  actual: 300,
  weeks: 20,
  firstDay: 0,
  splitDay: 140,
  lastDay: 280,
  weekly: new Float64Array(40),
};

/** a model that foresees so many purchases of those with x */
function stub(id: string, orders: (x: number) => number, fit: Partial<Fit> = {}): FittedModel {
  const predictor = {
    logPAlive: (x: number) => (x === 0 ? 0 : -1e-300),
    ordersIfAlive: (x: number) => orders(x),
    noOrderIfAlive: () => 0.5,
  };
  const model = { id, parameters: [], isMemoryless: true, predictor: () => predictor };
  return {
    model: model as unknown as BuyingModel,
    fit: {
      model: id,
      parameters: [],
      covariance: [],
      logErrors: [],
      hessian: [],
      ...fit,
    } as unknown as Fit,
    diagnostics: [],
    identifiable: true,
  };
}

const ll = (logLikelihood: number, k: number) => ({
  logLikelihood,
  aic: 2 * k - 2 * logLikelihood,
  bic: 5 * k - 2 * logLikelihood,
});
const exact = stub("exact", (x) => 0.95 * x, ll(-500, 4));
const likely = stub("likely", (x) => 0.5 + 0.6 * x, ll(-400, 4));
const off = stub("off", (x) => 1.3 * x, ll(-450, 2));
const lost = { ...stub("lost", (x) => x, ll(-390, 4)), identifiable: false };

function judge(...models: FittedModel[]) {
  return compareModels(models, models[0]!, holdout, 3).map(({ fitted, isChosen, reasons }) => [
    fitted.fit.model,
    isChosen,
    reasons.join(),
  ]);
}

it("chooses the one that errs least, and says which has the lowest AIC", () => {
  expect(judge(likely, off, exact)).toEqual([
    ["exact", true, "least-error,one-timers-alive"],
    ["likely", false, "more-error,lowest-aic,lowest-bic,one-timers-alive"],
    ["off", false, "total-off,one-timers-alive"],
  ]);
});

it("puts those that the data do not settle last, however near they come", () => {
  expect(judge(lost, likely, off)).toEqual([
    ["likely", true, "least-error,lowest-aic,lowest-bic,one-timers-alive"],
    ["off", false, "total-off,one-timers-alive"],
    ["lost", false, "not-identifiable,one-timers-alive"],
  ]);
});

it("takes one that is off by more than 20 % where there is no other", () => {
  expect(judge(lost, off)[0]).toEqual([
    "off",
    true,
    "least-error,total-off,lowest-aic,lowest-bic,one-timers-alive",
  ]);
  expect(judge(lost)[0]).toEqual(["lost", true, "not-identifiable,one-timers-alive"]);
});

it("takes the simpler of two that are the same, in whichever order", () => {
  const twin = stub("twin", (x) => 0.95 * x + 1e-9, ll(-500, 5));
  for (const models of [
    [twin, exact],
    [exact, twin],
  ]) {
    expect(judge(...models)).toEqual([
      ["exact", true, "least-error,lowest-aic,lowest-bic,one-timers-alive"],
      ["twin", false, "same-fit,one-timers-alive"],
    ]);
  }
});

it("calls a total of nothing off where something was foreseen", () => {
  const silent = {
    ...holdout,
    outcomes: { ...holdout.outcomes, orders: new Float64Array(4) },
    actual: 0,
  };
  const [verdict] = compareModels([exact], exact, silent, 3);
  expect(verdict!.forecast.bias).toBeNull();
  expect(verdict!.reasons).toContain("total-off");
});
