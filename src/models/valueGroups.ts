import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import type { PresentValue } from "./presentValue.ts";
import { shiftParameter } from "./shiftParameter.ts";

/** What the purchases to come of each group of a history are worth today, each counted as 1. */
export interface GroupValue {
  pAlive: Float64Array;
  /** by each of the values that were asked for */
  values: Float64Array[];
  /** by parameter: of the logarithm of the first value by the search coordinate */
  slopes: Float64Array[];
}

/**
 * Present values and their slopes by the parameters, for sums over many customers. Slopes hardly vary from
 * one group to the next: of many, every k-th is differentiated and stands for those behind it.
 *
 * @param values with one and the same `weeks`
 *
 * O(distinct (x, T) × spans) where the model is memoryless, O(groups × spans) where it is not.
 */
export function valueGroups(
  model: BuyingModel,
  parameters: readonly number[],
  { x: X, tX: TX, T: Ts }: BuyingHistory,
  values: PresentValue[],
): GroupValue {
  const n = X.length;
  const now = model.predictor(parameters);
  const shifted = parameters.map((_, i) =>
    [difference, -difference].map((by) =>
      model.predictor(shiftParameter(model, parameters, i, by)),
    ),
  );
  const isNew = (i: number) =>
    !model.isMemoryless || i === 0 || X[i] !== X[i - 1] || Ts[i] !== Ts[i - 1];
  let distinct = 0;
  for (let i = 0; i < n; ++i) if (isNew(i)) ++distinct;
  const every = Math.ceil(distinct / mostSlopes);
  const result: GroupValue = {
    pAlive: new Float64Array(n),
    values: values.map(() => new Float64Array(n)),
    slopes: parameters.map(() => new Float64Array(n)),
  };
  let worth: number[] = [];
  let slopes: number[] = [];
  for (let i = 0, seen = 0; i < n; ++i) {
    const who: Who = [X[i]!, TX[i]!, Ts[i]!];
    if (isNew(i)) {
      worth = valuesIfAlive(now, who, values);
      if (seen++ % every === 0) slopes = slopesIfAlive(shifted, who, values[0]!);
    }
    const alive = Math.exp(now.logPAlive(...who));
    result.pAlive[i] = alive;
    result.values.forEach((column, k) => (column[i] = alive * worth[k]!));
    shifted.forEach(([up, down], k) => {
      const slope = (up!.logPAlive(...who) - down!.logPAlive(...who)) / (2 * difference);
      result.slopes[k]![i] = slope + slopes[k]!;
    });
  }
  return result;
}

const difference = 1e-4; // of a search coordinate: a log-parameter, a plain coefficient
const mostSlopes = 2000;

/** x, t_x, T */
type Who = [number, number, number];

function valuesIfAlive(predictor: Predictor, [x, tX, T]: Who, values: PresentValue[]): number[] {
  const { valueIfAlive } = predictor;
  if (valueIfAlive) return values.map((value) => valueIfAlive(x, tX, T, value));
  const sums = values.map(() => 0);
  values[0]!.weeks.forEach((weeks, j) => {
    const orders = predictor.ordersIfAlive(x, tX, T, weeks);
    values.forEach(({ weights }, k) => (sums[k]! += weights[j]! * orders));
  });
  return sums;
}

function slopesIfAlive(shifted: Predictor[][], who: Who, value: PresentValue): number[] {
  return shifted.map((pair) => {
    const [up, down] = pair.map((predictor) => valuesIfAlive(predictor, who, [value])[0]!);
    const slope = Math.log(up! / down!) / (2 * difference);
    return Number.isFinite(slope) ? slope : 0;
  });
}
