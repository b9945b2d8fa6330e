import { pAlive, type Predictor } from "./buyingModel.ts";
import { ModelError } from "./modelError.ts";

/**
 * P(n purchases in (T, T + t] | x, t_x, T), n = 0 to most: that of those still alive, and for 0 of
 * those who are not. Of a new customer by age t: x = t_x = T = 0.
 *
 * @param most a whole number, 0 or more
 * @returns the probabilities, and `more`: that of more than `most`; together they make 1
 * @throws ModelError "invalid-parameter" where the model does not know them
 */
export function orderCounts(
  predictor: Predictor,
  { x, tX, T }: { x: number; tX: number; T: number },
  t: number,
  most: number,
): { counts: Float64Array; more: number } {
  const alive = pAlive(predictor, x, tX, T);
  const counts = predictor.countsIfAlive?.(x, tX, T, t, most);
  if (!counts) throw new ModelError("invalid-parameter", "no counts of orders by this model");
  let sum = 0;
  for (let n = most; n >= 0; --n) sum += counts[n]! *= alive;
  counts[0]! += 1 - alive;
  return { counts, more: Math.max(0, alive - sum) };
}
