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
 * best goes on with all: some 6 evaluations of O(groups) each. Where the race ended at a bound,
 * which few groups may do, the first start sets out on all as well. Fits are kept as long as their
 * history: models start from one another's.
 *
 * @param known parameters to start from beside the model's own
 */
export function fitBuying(
  model: BuyingModel,
  history: BuyingHistory,
  known: readonly number[][] = [],
): Fit {
  if (known.length > 0) return fitAnew(model, history, known);
  const kept = fits.get(history) ?? new Map<BuyingModel, Fit>();
  const fit = kept.get(model) ?? fitAnew(model, history, known);
  fits.set(history, kept.set(model, fit));
  return fit;
}

const fits = new WeakMap<BuyingHistory, Map<BuyingModel, Fit>>();

function fitAnew(model: BuyingModel, history: BuyingHistory, known: readonly number[][]): Fit {
  const maximizeFrom = (starts: number[][], part: BuyingHistory) =>
    maximize((parameters) => model.logLikelihood(parameters, part), starts, {
      ranges: model.ranges,
    });
  const race = (part: BuyingHistory) => maximizeFrom([...known, ...model.starts(part)], part);
  const every = racingShare(history.x.length);
  let optimum = race(every > 1 ? thinHistory(history, every) : history);
  if (every > 1) {
    const isUnsure = every <= fewest && optimum.atBound.some(Boolean);
    const again = isUnsure ? model.starts(history).slice(0, 1) : [];
    optimum = maximizeFrom([optimum.parameters, ...again], history);
    if (!optimum.converged) optimum = race(history);
  }
  return toFit(model, optimum, history.customers);
}

/** one in so many groups for the race: at least 1,000 of them, at most 5,000, else an eighth */
function racingShare(groups: number): number {
  return Math.max(Math.floor(groups / 5000), Math.min(fewest, Math.floor(groups / 1000)));
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
