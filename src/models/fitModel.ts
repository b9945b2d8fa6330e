import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { gammaGamma } from "./gammaGamma.ts";
import type { LogLikelihood } from "./logObjective.ts";
import { maximize, type Optimum } from "./maximize.ts";
import type { SpendHistory } from "./spendHistory.ts";

/** A model fitted by maximum likelihood; time in weeks. */
export interface Fit extends Optimum {
  model: string;
  names: readonly string[];
  /** of the log-parameters, by the inverse Hessian; undefined when that is not positive definite */
  logErrors: number[] | undefined;
  aic: number;
  bic: number;
  /** customers whose likelihood was summed */
  customers: number;
}

/** Fits a model of buying: O(groups) for each of some 10 to 40 evaluations. */
export function fitBuying(model: BuyingModel, history: BuyingHistory): Fit {
  const logLikelihood: LogLikelihood = (parameters) => model.logLikelihood(parameters, history);
  const optimum = maximize(logLikelihood, model.starts(history));
  return toFit(model.id, model.parameters, optimum, history.customers);
}

/** Fits the gamma-gamma model of spend. */
export function fitSpend(history: SpendHistory): Fit {
  const logLikelihood: LogLikelihood = (p) => gammaGamma.logLikelihood(p, history);
  const optimum = maximize(logLikelihood, gammaGamma.starts(history));
  return toFit(gammaGamma.id, gammaGamma.parameters, optimum, history.customers);
}

function toFit(model: string, names: readonly string[], optimum: Optimum, customers: number): Fit {
  const k = names.length;
  return {
    ...optimum,
    model,
    names,
    logErrors: optimum.covariance?.map((row, i) => Math.sqrt(row[i]!)),
    aic: 2 * k - 2 * optimum.logLikelihood,
    bic: k * Math.log(customers) - 2 * optimum.logLikelihood,
    customers,
  };
}
