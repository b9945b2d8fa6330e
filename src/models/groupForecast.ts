import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { type DiscountSchedule, discountOrders } from "./discountSchedule.ts";
import { type PresentValue, valueOfMonths } from "./presentValue.ts";
import { shiftParameter } from "./shiftParameter.ts";
import { type Matrix, quadraticForm } from "./symmetricMatrix.ts";

/** What is to come of each group of a history: orders depend on (x, t_x, T) alone. */
export interface GroupForecast {
  pAlive: Float64Array;
  /** within the horizon */
  expectedOrders: Float64Array;
  /** the same, each month's at its present value */
  discountedOrders: Float64Array;
  /** variance of ln(discountedOrders) that the parameters' uncertainty makes */
  logVariance: Float64Array;
  /** P(no order within the churn span) */
  noOrder: Float64Array;
}

export interface GroupForecastOptions {
  horizonWeeks: number;
  churnWeeks: number;
  schedule: DiscountSchedule;
  /** of the search coordinates */
  covariance: Matrix;
}

/**
 * Expected orders, P(alive) and the delta method's variance for every group: derivatives by the
 * search coordinates are central differences of ln(P(alive) · discounted orders if alive), of which the
 * second, dear part is taken once per (x, T) where the model is memoryless.
 *
 * O(groups) for the first part, O(distinct (x, T) × months × parameters) for the second.
 */
export function forecastGroups(
  model: BuyingModel,
  parameters: readonly number[],
  history: BuyingHistory,
  { horizonWeeks, churnWeeks, schedule, covariance }: GroupForecastOptions,
): GroupForecast {
  const n = history.x.length;
  const now = model.predictor(parameters);
  const shifted = parameters.map((_, i) =>
    [difference, -difference].map((by) =>
      model.predictor(shiftParameter(model, parameters, i, by)),
    ),
  );
  const spans = { horizonWeeks, churnWeeks, schedule, value: valueOfMonths(schedule) };
  const forecast = allocate(n);
  let alive: IfAlive | undefined;
  const gradient = parameters.map(() => 0);
  for (let i = 0; i < n; ++i) {
    const x = history.x[i]!;
    const tX = history.tX[i]!;
    const T = history.T[i]!;
    if (!alive || alive.x !== x || alive.T !== T || !model.isMemoryless) {
      alive = ifAlive(now, shifted, [x, tX, T], spans);
    }
    const pAlive = Math.exp(now.logPAlive(x, tX, T));
    for (let k = 0; k < gradient.length; ++k) {
      const [up, down] = shifted[k]!;
      const slope = (up!.logPAlive(x, tX, T) - down!.logPAlive(x, tX, T)) / (2 * difference);
      gradient[k] = slope + alive.slopes[k]!;
    }
    forecast.pAlive[i] = pAlive;
    forecast.expectedOrders[i] = pAlive * alive.orders;
    forecast.discountedOrders[i] = pAlive * alive.discounted;
    forecast.logVariance[i] = Math.max(0, quadraticForm(covariance, gradient));
    forecast.noOrder[i] = 1 - pAlive * (1 - alive.noOrder);
  }
  return forecast;
}

const difference = 1e-4; // of a search coordinate: a log-parameter, a plain coefficient

function allocate(n: number): GroupForecast {
  return {
    pAlive: new Float64Array(n),
    expectedOrders: new Float64Array(n),
    discountedOrders: new Float64Array(n),
    logVariance: new Float64Array(n),
    noOrder: new Float64Array(n),
  };
}

/** what groups of one x and T share where the model is memoryless */
interface IfAlive {
  x: number;
  T: number;
  orders: number;
  discounted: number;
  noOrder: number;
  /** of ln discounted by the log-parameters */
  slopes: number[];
}

interface Spans extends Omit<GroupForecastOptions, "covariance"> {
  /** of the schedule */
  value: PresentValue;
}

function ifAlive(
  now: Predictor,
  shifted: Predictor[][],
  [x, tX, T]: [number, number, number],
  { horizonWeeks, churnWeeks, schedule, value }: Spans,
): IfAlive {
  const discounted = (predictor: Predictor) =>
    predictor.valueIfAlive?.(x, tX, T, value) ??
    discountOrders((t) => predictor.ordersIfAlive(x, tX, T, t), schedule);
  const slopes = shifted.map(([up, down]) => {
    const slope = Math.log(discounted(up!) / discounted(down!)) / (2 * difference);
    return Number.isFinite(slope) ? slope : 0;
  });
  return {
    x,
    T,
    orders: now.ordersIfAlive(x, tX, T, horizonWeeks),
    discounted: discounted(now),
    noOrder: now.noOrderIfAlive(x, tX, T, churnWeeks),
    slopes,
  };
}
