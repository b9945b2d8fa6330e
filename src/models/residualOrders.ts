import { pAlive, type Predictor } from "./buyingModel.ts";
import { ModelError } from "./modelError.ts";

/**
 * Discounted expected residual transactions (DERT): purchases after T, for ever, each at its present
 * value e^(−rate · weeks from T),
 *
 *   P(alive) ∫₀^∞ e^(−rate t) dE[orders within t | alive] = P(alive) ∫₀^∞ rate e^(−rate t) E[…] dt,
 *
 * by the trapezoid rule in ln t, whose error falls off exponentially: relative error below 1e-12 of
 * every model whose expectation has that. For the Pareto/NBD it is the papers' closed form in
 * Tricomi's function, for the NBD (r + x) / (α + T) / rate.
 *
 * @param rate > 0, continuous, a week: 15 % a year, compounded, is ln(1.15) · 7 / 365.25. At 0 the sum
 * need not exist: the NBD's is infinite, the Pareto/NBD's for s ≤ 1, that of the BG/NBD and its
 * relatives for a ≤ 1.
 * @throws ModelError "invalid-parameter" for a rate that is not positive
 * @see Fader, Hardie and Lee (2005), RFM and CLV: Using Iso-Value Curves for Customer Base Analysis,
 * equation 2, https://doi.org/10.1509/jmkr.2005.42.4.415
 */
export function residualOrders(
  predictor: Predictor,
  { x, tX, T }: { x: number; tX: number; T: number },
  rate: number,
): number {
  if (!(rate > 0 && rate < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid discount rate; not positive: ${rate}`);
  }
  const alive = pAlive(predictor, x, tX, T);
  if (alive === 0) return 0;
  const partAt = (i: number) => {
    const discounted = Math.exp(i * step); // rate · t
    const orders = predictor.ordersIfAlive(x, tX, T, discounted / rate);
    return discounted * Math.exp(-discounted) * orders;
  };
  let sum = 0;
  // e^−discounted ends it to the right, discounted² to the left
  for (let i = Math.ceil(Math.log(45) / step); i > -1000; --i) {
    const part = partAt(i);
    sum += part;
    if (i < 0 && part < 1e-18 * sum) break;
  }
  return alive * step * sum;
}

const step = 0.25; // error e^(−π² / step)
