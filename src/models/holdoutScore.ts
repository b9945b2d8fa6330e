import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { correlate } from "./correlate.ts";
import type { Holdout } from "./holdout.ts";

/** How near a model came to what customers bought in a holdout. */
export interface HoldoutScore {
  /** Σ expected purchases */
  predicted: number;
  /** (predicted − actual) / actual; null where nothing was bought */
  bias: number | null;
  /** mean absolute error per customer, of the expectation */
  mae: number;
  /** root of the mean squared error per customer */
  rmse: number;
  /** Pearson's, of expected and actual purchases over customers; null where either does not vary */
  correlation: number | null;
}

/**
 * E[purchases within t weeks of the end of observation] for each group of a history. What is to come
 * of those alive is taken once per (x, T) where the model is memoryless.
 */
export function expectedByGroup(
  model: BuyingModel,
  predictor: Predictor,
  { x: X, tX, T }: BuyingHistory,
  t: number,
): Float64Array {
  const expected = new Float64Array(X.length);
  let orders = 0;
  for (let i = 0; i < X.length; ++i) {
    const isSame = i > 0 && X[i] === X[i - 1] && T[i] === T[i - 1];
    if (!isSame || !model.isMemoryless) orders = predictor.ordersIfAlive(X[i]!, tX[i]!, T[i]!, t);
    expected[i] = Math.exp(predictor.logPAlive(X[i]!, tX[i]!, T[i]!)) * orders;
  }
  return expected;
}

/** @param expected purchases of a customer of each group of the holdout's history */
export function scoreHoldout({ outcomes, actual }: Holdout, expected: Float64Array): HoldoutScore {
  const { group, orders, weight } = outcomes;
  let [customers, predicted, absolute, squares] = [0, 0, 0, 0];
  const foreseen = new Float64Array(group.length);
  for (let i = 0; i < group.length; ++i) {
    const w = weight[i]!;
    const mu = expected[group[i]!]!;
    const error = mu - orders[i]!;
    customers += w;
    predicted += w * mu;
    absolute += w * Math.abs(error);
    squares += w * error * error;
    foreseen[i] = mu;
  }
  return {
    predicted,
    bias: actual > 0 ? (predicted - actual) / actual : null,
    mae: absolute / customers,
    rmse: Math.sqrt(squares / customers),
    correlation: correlate(foreseen, orders, weight),
  };
}

/** The benchmark to beat: every customer goes on at the rate of the calibration, x / T. */
export function scoreNaive(holdout: Holdout): HoldoutScore {
  const { x, T } = holdout.history;
  return scoreHoldout(
    holdout,
    x.map((xi, i) => (T[i]! > 0 ? (xi / T[i]!) * holdout.weeks : 0)),
  );
}
