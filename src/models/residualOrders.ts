import { pAlive, type Predictor } from "./buyingModel.ts";
import { ModelError } from "./modelError.ts";

/**
 * Discounted expected residual transactions (DERT): purchases after T, for ever, each at its present
 * value e^(−rate · weeks from T),
 *
 *   P(alive) ∫₀^∞ e^(−rate t) dE[orders within t | alive] = P(alive) ∫₀^∞ rate e^(−rate t) E[…] dt,
 *
 * by the trapezoid rule in ln t, halved until it stands: its error falls off exponentially, to 1e-12
 * for every model whose expectation has that. For the Pareto/NBD this is the papers' closed form in
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
  const partAt = (logDiscounted: number) => {
    const discounted = Math.exp(logDiscounted); // rate · t
    const orders = predictor.ordersIfAlive(x, tX, T, discounted / rate);
    return discounted * Math.exp(-discounted) * orders;
  };
  let step = 0.5;
  let orders = step * sumParts(partAt, 0, step);
  for (let halvings = 0; halvings < 8; ++halvings) {
    const finer = 0.5 * (orders + step * sumParts(partAt, step / 2, step));
    const change = Math.abs(finer - orders);
    orders = finer;
    step /= 2;
    if (change <= 1e-7 * orders) break; // a halving squares the error
  }
  return alive * orders;
}

/** Σ parts at offset + i step, whose right end e^−discounted makes and the left discounted² */
function sumParts(partAt: (at: number) => number, offset: number, step: number): number {
  let sum = 0;
  for (let i = Math.ceil(Math.log(45) / step); i > -10_000; --i) {
    const part = partAt(offset + i * step);
    sum += part;
    if (i < 0 && part < 1e-18 * sum) break;
  }
  return sum;
}
