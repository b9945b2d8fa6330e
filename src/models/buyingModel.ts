import type { BuyingHistory } from "./buyingHistory.ts";
import type { Evaluation } from "./logObjective.ts";
import type { ParameterRange } from "./parameterRange.ts";
import type { PresentValue } from "./presentValue.ts";

/**
 * A model of when customers buy and drop out. One file each; `fitBuying` fits them all, and
 * `buyingModels` lists them. Time is in weeks everywhere inside.
 */
export interface BuyingModel {
  /** as the reader writes it: "bg-nbd" */
  readonly id: string;
  /** whole numbers that the model holds fixed, by name: reported, and without a standard error */
  readonly held?: Readonly<Record<string, number>>;
  /** a family: its members, in the order to try them; the likeliest is fitted and stands for it */
  readonly members?: readonly BuyingModel[];
  /** likelihoods can be told only where the history has `logGaps` */
  readonly needsGaps?: boolean;
  /** as in the paper */
  readonly parameters: readonly string[];
  /** how each is searched; left out: all on their logarithms, in [1e-4, 1e5] */
  readonly ranges?: readonly ParameterRange[];
  /** of each parameter: the power of time in its unit (α in weeks is 7 α in days: 1) */
  readonly timePowers: readonly number[];
  /** parameters to start a fit from, at the history's scale */
  starts(history: BuyingHistory): number[][];
  /** given alive at T, what is to come depends on x and T alone, not on t_x */
  readonly isMemoryless: boolean;
  /** Σ over customers, as in the paper, without the x! term */
  logLikelihood(parameters: readonly number[], history: BuyingHistory): Evaluation;
  /** predictions at the given parameters; tables are made once and kept */
  predictor(parameters: readonly number[]): Predictor;
}

/** Predictions of one customer with x repeat purchases, the last at age t_x, observed to age T. */
export interface Predictor {
  /** ln P(alive at T), 0 or less, finite however small the probability */
  logPAlive(x: number, tX: number, T: number): number;
  /** mean number of purchases in (T, T + t], given alive at T */
  ordersIfAlive(x: number, tX: number, T: number, t: number): number;
  /**
   * Σ weights · ordersIfAlive over the spans of a present value, where a model has a faster way to it
   * than that; it keeps tables for each value
   */
  valueIfAlive?(x: number, tX: number, T: number, value: PresentValue): number;
  /** P(no purchase in (T, T + t]), given alive at T */
  noOrderIfAlive(x: number, tX: number, T: number, t: number): number;
  /** P(0), P(1), …, P(most) purchases in (T, T + t], given alive at T; left out: not known */
  countsIfAlive?(x: number, tX: number, T: number, t: number, most: number): Float64Array;
}

/** P(alive at T | x, t_x, T) */
export function pAlive(predictor: Predictor, x: number, tX: number, T: number): number {
  return Math.exp(predictor.logPAlive(x, tX, T));
}

/** E[purchases in (T, T + t] | x, t_x, T] */
export function expectedOrders(
  predictor: Predictor,
  x: number,
  tX: number,
  T: number,
  t: number,
): number {
  return pAlive(predictor, x, tX, T) * predictor.ordersIfAlive(x, tX, T, t);
}

/** E[repeat purchases of a new customer by age t]: the curve of a cohort, per customer */
export function expectedOrdersOfNew(predictor: Predictor, t: number): number {
  return expectedOrders(predictor, 0, 0, 0, t);
}

/** P(no purchase in (T, T + t] | x, t_x, T): dropped out already, or alive and silent */
export function probabilityOfNoOrder(
  predictor: Predictor,
  x: number,
  tX: number,
  T: number,
  t: number,
): number {
  return 1 - pAlive(predictor, x, tX, T) * (1 - predictor.noOrderIfAlive(x, tX, T, t));
}
