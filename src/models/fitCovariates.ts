import { type BuyingHistory, thinHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { type Fit, fitBuying, toFit } from "./fitModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { maximize } from "./maximize.ts";
import { withCovariates } from "./withCovariates.ts";

/** Customers who share their covariates. */
export interface CovariatePart {
  /** values of the covariates */
  z: readonly number[];
  history: BuyingHistory;
}

/**
 * Fits a model with static covariates, from where it ends without them. Where there are many groups
 * it starts on a part of them, as `fitBuying` does.
 *
 * @param names of the covariates
 * @param parts of all customers by distinct z
 * @param whole the same customers together
 * @returns the fit, and the one without covariates
 * @throws ModelError "no-covariates" for a model that takes none
 *
 * O(groups) an evaluation, some 15 of them.
 */
export function fitCovariates(
  base: BuyingModel,
  names: readonly string[],
  parts: readonly CovariatePart[],
  whole: BuyingHistory,
): { fit: Fit; without: Fit } {
  const models = parts.map(({ z }) => withCovariates(base, names, z));
  const without = fitBuying(base, whole);
  const climb = (start: readonly number[], histories: readonly BuyingHistory[]) =>
    maximize(
      (parameters) =>
        models.map((model, part) => model.logLikelihood(parameters, histories[part]!)).reduce(add),
      [start],
      { ranges: models[0]!.ranges },
    );
  const all = parts.map(({ history }) => history);
  const every = Math.floor(all.reduce((sum, { x }) => sum + x.length, 0) / racingGroups);
  let start = [...without.parameters, ...names.flatMap(() => [0, 0])];
  if (every > 1) {
    start = climb(
      start,
      all.map((history) => thinHistory(history, every)),
    ).parameters;
  }
  return { fit: toFit(models[0]!, climb(start, all), whole.customers), without };
}

const racingGroups = 20_000;

function add(a: Evaluation, b: Evaluation): Evaluation {
  const sum = { value: a.value + b.value, gradient: a.gradient.map((g, i) => g + b.gradient[i]!) };
  if (!a.hessian || !b.hessian) return sum;
  const { hessian } = b;
  return { ...sum, hessian: a.hessian.map((row, i) => row.map((h, j) => h + hessian[i]![j]!)) };
}
