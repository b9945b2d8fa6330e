import { type BuyingHistory, thinHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { gammaGamma } from "./gammaGamma.ts";
import type { LogLikelihood } from "./logObjective.ts";
import { maximize, type Optimum } from "./maximize.ts";
import type { SpendHistory } from "./spendHistory.ts";

/** A model fitted by maximum likelihood; time in weeks. */
export interface Fit extends Optimum {
  model: string;
  names: readonly string[];
  /** whole numbers that belong to the model and were chosen by likelihood; counted by aic and bic */
  held: Readonly<Record<string, number>>;
  /** of the log-parameters (of the parameters where they are searched plainly), by the inverse Hessian; undefined when that is not positive definite */
  logErrors: number[] | undefined;
  aic: number;
  bic: number;
  /** customers whose likelihood was summed */
  customers: number;
}

/**
 * Fits a model of buying. Where there are many groups the starts race on a part of them, and the
 * best goes on with all: some 6 evaluations of O(groups) each. A race that ends nowhere, or at a
 * bound with few groups, is run again on all.
 *
 * @param known parameters to start from beside the model's own
 */
export function fitBuying(
  model: BuyingModel,
  history: BuyingHistory,
  known: readonly number[][] = [],
): Fit {
  const maximizeFrom = (starts: number[][], part: BuyingHistory) =>
    maximize((parameters) => model.logLikelihood(parameters, part), starts, {
      ranges: model.ranges,
    });
  const race = (part: BuyingHistory) => maximizeFrom([...known, ...model.starts(part)], part);
  const every = racingShare(history.x.length);
  let optimum = race(every > 1 ? thinHistory(history, every) : history);
  if (every > 1) {
    const isUnsure = !optimum.converged || (every <= fewest && optimum.atBound.some(Boolean));
    if (!isUnsure) optimum = maximizeFrom([optimum.parameters], history);
    if (isUnsure || !optimum.converged) optimum = race(history);
  }
  return toFit(model, optimum, history.customers);
}

/** one in so many groups for the race: at least 1,000 of them, at most 20,000, else an eighth */
function racingShare(groups: number): number {
  return Math.max(Math.floor(groups / 20_000), Math.min(fewest, Math.floor(groups / 1000)));
}

const fewest = 8;

/** Fits the gamma-gamma model of spend. */
export function fitSpend(history: SpendHistory): Fit {
  const logLikelihood: LogLikelihood = (p) => gammaGamma.logLikelihood(p, history);
  const optimum = maximize(logLikelihood, gammaGamma.starts(history));
  return toFit(gammaGamma, optimum, history.customers);
}

/** a maximum as the fit of a model */
export function toFit(
  { id, parameters, held = {} }: Pick<BuyingModel, "id" | "parameters" | "held">,
  optimum: Optimum,
  customers: number,
): Fit {
  const k = parameters.length + Object.keys(held).length;
  return {
    ...optimum,
    model: id,
    names: parameters,
    held,
    logErrors: optimum.covariance?.map((row, i) => Math.sqrt(row[i]!)),
    aic: 2 * k - 2 * optimum.logLikelihood,
    bic: k * Math.log(customers) - 2 * optimum.logLikelihood,
    customers,
  };
}
