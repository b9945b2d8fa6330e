import { bgBb } from "./bgBb.ts";
import { hyp2f1 } from "./hyp2f1.ts";
import { ModelError } from "./modelError.ts";

/**
 * Discounted expected residual transactions of the BG/BB: Σ over all periods to come of the expected purchases,
 * those of the next discounted once.
 *
 * @param discount d a period, above 0
 * @throws ModelError "invalid-parameter"
 * @see Fader, Hardie and Shang (2010), equation 15, https://doi.org/10.1287/mksc.1100.0580
 */
export function discountedResidual(
  parameters: readonly number[],
  [x, tX, n]: readonly [number, number, number],
  discount: number,
): number {
  if (!(discount > 0 && discount < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid discount; not above 0: ${discount}`);
  }
  const [alpha, beta, gamma, delta] = parameters as [number, number, number, number];
  const alive = Math.exp(bgBb.predictor(parameters).logPAlive(x, tX, n));
  const next = ((alpha + x) / (alpha + beta + n)) * ((delta + n) / (gamma + delta + n));
  const factor = 1 / (1 + discount);
  return alive * next * factor * hyp2f1(1, delta + n + 1, gamma + delta + n + 1, factor);
}
