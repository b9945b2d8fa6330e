import type { BuyingHistory } from "./buyingHistory.ts";
import type { Fit } from "./fitModel.ts";
import type { SpendHistory } from "./spendHistory.ts";

type DiagnosticCode =
  | "not-converged"
  | "bound-hit"
  | "hessian-not-positive-definite"
  | "parameter-uncertain"
  | "infinite-mean-spend"
  | "spend-correlates"
  | "too-few-repeat-buyers"
  | "too-few-spenders"
  | "no-gain-over-nbd"
  | "no-gain-over-beta-binomial"
  | "few-customers"
  | "short-history"
  | "no-third-order"
  | "fallback-to-nbd"
  | "fallback-to-beta-binomial"
  | "lost-come-back"
  | "fallback-to-mean-spend"
  | "interval-incomplete"
  | "holdout-over"
  | "holdout-under"
  | "outside-interval"
  | "naive-is-nearer"
  | "one-timers-alive"
  | "best-by-both"
  | "best-by-holdout"
  | "best-by-aic"
  | "covariate-constant"
  | "levels-pooled"
  | "covariates-gain"
  | "covariates-no-gain"
  | "covariates-unsettled"
  | "spend-independent"
  | "spend-correlates-weakly";

/** Something to know before a figure is believed; the words are the reader's language's business. */
export interface Diagnostic {
  code: DiagnosticCode;
  /** the figure that set it off: a count, days, a standard error, a correlation, … */
  value: number;
  /** the model it is about; undefined: the data */
  model: string | undefined;
  /** the model's parameters mean nothing */
  blocks: boolean;
  /** further figures, by the name of their place in the words */
  figures?: Readonly<Record<string, number>>;
  /** parameters that it is about; left out: all of the model */
  about?: readonly string[];
  /** a model that it is compared to */
  rival?: string;
  /** the covariate that it is about */
  covariate?: string;
}

/** Where a figure becomes a diagnostic; rules of thumb, written down so that they can be shown. */
export const limits = {
  /** customers with a second purchase day, to fit a model at all */
  repeatBuyers: 30,
  /** of a log-parameter: a factor of 20 either way at one standard error */
  logError: 3,
  /** |correlation of x and m| */
  correlation: 0.3,
  /** share of those taken for lost; a contract that ended has ended */
  comeBack: 0.1,
  customers: 500,
  historyDays: 180,
} as const;

/** Diagnostics of a fitted model of buying. `baseline` is the fit of the one without dropout. */
export function diagnoseBuying(fit: Fit, history: BuyingHistory, baseline: Fit): Diagnostic[] {
  const found = diagnoseFit(fit);
  if (history.repeatBuyers < limits.repeatBuyers) {
    found.push(blocking("too-few-repeat-buyers", history.repeatBuyers, fit.model));
  }
  if (fit.model !== baseline.model && !(fit.aic < baseline.aic)) {
    const code = baseline.model === "nbd" ? "no-gain-over-nbd" : "no-gain-over-beta-binomial";
    found.push(blocking(code, baseline.aic - fit.aic, fit.model));
  }
  return found;
}

/**
 * Diagnostics of a fitted model of contractual retention.
 *
 * @param back customers taken for lost who ordered again
 */
export function diagnoseRetention(fit: Fit, losses: number, back: number): Diagnostic[] {
  const found = diagnoseFit(fit);
  if (back > limits.comeBack * losses) {
    const value = (100 * back) / losses; // per cent
    found.push({ code: "lost-come-back", value, model: fit.model, blocks: false });
  }
  return found;
}

/** Diagnostics of a fitted gamma-gamma model. */
export function diagnoseSpend(fit: Fit, history: SpendHistory): Diagnostic[] {
  const found = diagnoseFit(fit);
  const q = fit.parameters[1]!;
  if (history.customers < limits.repeatBuyers) {
    found.push(blocking("too-few-spenders", history.customers, fit.model));
  }
  if (q <= 1) found.push(blocking("infinite-mean-spend", q, fit.model));
  if (Math.abs(history.correlation) >= limits.correlation) {
    // the model takes spend and frequency to be independent; the estimates exist all the same
    const { correlation: value } = history;
    found.push({ code: "spend-correlates", value, model: fit.model, blocks: false });
  }
  return found;
}

/** What the data themselves are short of, whatever the model. */
export function diagnoseData(history: BuyingHistory): Diagnostic[] {
  const days = Math.round(history.maxT * 7);
  const found: [DiagnosticCode, number, boolean][] = [
    ["few-customers", history.customers, history.customers < limits.customers],
    ["short-history", days, days < limits.historyDays],
    ["no-third-order", history.maxX + 1, history.maxX < 2],
  ];
  return found
    .filter(([, , is]) => is)
    .map(([code, value]) => ({ code, value, model: undefined, blocks: false }));
}

/** the parameters can be told from the data */
export function isIdentifiable(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some(({ blocks }) => blocks);
}

function diagnoseFit(fit: Fit): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!fit.converged) found.push(blocking("not-converged", fit.iterations, fit.model));
  const atBound = fit.names.filter((_, i) => fit.atBound[i]);
  if (atBound.length > 0) {
    const bound = fit.parameters[fit.names.indexOf(atBound[0]!)]!;
    found.push({ ...blocking("bound-hit", bound, fit.model), about: atBound });
  }
  if (!fit.positiveDefinite) {
    found.push(blocking("hessian-not-positive-definite", 0, fit.model));
  }
  const logErrors = fit.logErrors ?? [0];
  const logError = Math.max(...logErrors);
  if (logError >= limits.logError) {
    const about = fit.names.filter((_, i) => logErrors[i]! >= limits.logError);
    found.push({ ...blocking("parameter-uncertain", logError, fit.model), about });
  }
  return found;
}

function blocking(code: DiagnosticCode, value: number, model: string): Diagnostic {
  return { code, value, model, blocks: true };
}
