import type { FittedModel } from "./chooseModel.ts";
import type { Holdout } from "./holdout.ts";
import { forecastHoldout, type HoldoutForecast } from "./holdoutForecast.ts";
import { keepsOneTimers } from "./keepsOneTimers.ts";

/** Why a model is chosen or not, and what to know of it; the words are the reader's language's. */
type Reason =
  | "least-error"
  | "more-error"
  | "same-fit"
  | "total-off"
  | "not-identifiable"
  | "lowest-aic"
  | "lowest-bic"
  | "one-timers-alive";

/** A model on a holdout that it shares with others. */
export interface Verdict {
  fitted: FittedModel;
  forecast: HoldoutForecast;
  isChosen: boolean;
  reasons: Reason[];
}

/** of the actual total, either way: beyond it a model is labelled, and others come before it */
const mostBias = 0.2;

/**
 * Models on the same holdout, the chosen one first. Of those whose parameters can be told from the
 * calibration, and whose total is off by no more than 20 % if there are such, the one with the least
 * squared error per customer is chosen: the score that the expectation itself would win. Where none
 * can be told the baseline is.
 *
 * AIC and BIC are of the calibration: they say which model describes what was seen, the holdout which
 * one foresaw what came.
 */
export function compareModels(
  models: readonly FittedModel[],
  baseline: FittedModel,
  holdout: Holdout,
  pool: number,
): Verdict[] {
  const all = models.map((fitted): Verdict => {
    return {
      fitted,
      forecast: forecastHoldout(fitted, holdout, pool),
      isChosen: false,
      reasons: [],
    };
  });
  const known = all.filter(({ fitted }) => fitted.identifiable);
  const near = known.filter(({ forecast }) => !isOff(forecast));
  const otherwise = all.filter(({ fitted }) => fitted === baseline);
  const [first, ...others] = [near, known, otherwise].find((some) => some.length > 0) ?? all;
  const best = others.reduce((one, other) => (compareErrors(other, one) < 0 ? other : one), first!);
  best.isChosen = true;
  for (const verdict of all) verdict.reasons = reasonsFor(verdict, known, holdout);
  return all.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || errorOf(one) - errorOf(other),
  );
}

/** whether the total is off by more than 20 % */
export function isOff({ bias, predicted }: HoldoutForecast): boolean {
  return bias === null ? predicted > 0 : Math.abs(bias) > mostBias;
}

/** below 0 where one is better; of two that are the same, the one of the lower AIC */
function compareErrors(one: Verdict, other: Verdict): number {
  const difference = errorOf(one) - errorOf(other);
  const isTie = Math.abs(difference) <= sameError * errorOf(other);
  return isTie ? one.fitted.fit.aic - other.fitted.fit.aic : difference;
}

/** of two errors, relative: a member of a family may be another model by itself */
const sameError = 1e-6;

/** the same likelihood and error with fewer parameters: the BG/CNBD-k with k = 1 is the BG/NBD */
function isSimpler({ fitted, ...one }: Verdict, other: Verdict): boolean {
  const [fit, twin] = [fitted.fit, other.fitted.fit];
  return (
    twin.aic - fit.aic > 1 &&
    Math.abs(twin.logLikelihood - fit.logLikelihood) < 1e-3 &&
    Math.abs(one.forecast.rmse - errorOf(other)) <= sameError * errorOf(other)
  );
}

function errorOf({ forecast }: Verdict): number {
  return forecast.rmse;
}

/** the chosen one, those that could have been, those that could not */
function placeOf({ isChosen, fitted }: Verdict): number {
  return isChosen ? 0 : fitted.identifiable ? 1 : 2;
}

function reasonsFor(verdict: Verdict, known: readonly Verdict[], { history }: Holdout): Reason[] {
  const { fitted, forecast, isChosen } = verdict;
  const isLowest = (of: "aic" | "bic") =>
    fitted.identifiable && known.every((other) => fitted.fit[of] <= other.fitted.fit[of]);
  const isTwin = fitted.identifiable && known.some((other) => isSimpler(other, verdict));
  const found: [Reason, boolean][] = [
    ["least-error", isChosen && fitted.identifiable],
    ["not-identifiable", !fitted.identifiable],
    ["total-off", isOff(forecast)],
    ["same-fit", isTwin],
    ["more-error", !isChosen && !isTwin && fitted.identifiable && !isOff(forecast)],
    ["lowest-aic", isLowest("aic")],
    ["lowest-bic", isLowest("bic")],
    ["one-timers-alive", keepsOneTimers(fitted, history.maxT)],
  ];
  return found.filter(([, is]) => is).map(([reason]) => reason);
}
