import type { Predictor } from "./buyingModel.ts";
import { orderCounts } from "./orderCounts.ts";

/**
 * P(0), P(1), … purchases in (T, T + t] of a customer with history (x, t_x, T), dropped out or not,
 * as far as there is more than 1e-7 beyond.
 *
 * @returns undefined where the model does not give probabilities of counts
 */
export function predictCounts(
  predictor: Predictor,
  [x, tX, T]: readonly [number, number, number],
  t: number,
): Float64Array | undefined {
  if (!predictor.countsIfAlive) return undefined;
  let most = Math.ceil(8 + 4 * predictor.ordersIfAlive(x, tX, T, t));
  for (;;) {
    const { counts, more } = orderCounts(predictor, { x, tX, T }, t, Math.min(most, mostCounts));
    if (!(more > 1e-7) || most >= mostCounts) return counts;
    most *= 4;
  }
}

const mostCounts = 20_000;
