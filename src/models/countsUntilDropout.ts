import { incompleteBeta } from "./incompleteBeta.ts";
import { negativeBinomial } from "./negativeBinomial.ts";
import { withDropout } from "./withDropout.ts";

/**
 * P(n orders within t = κ A), n = 0 to most, of a customer who orders at a gamma(R, A) rate and
 * drops out after any order with a beta(a, B) probability, given alive now.
 *
 * @see Fader, Hardie and Lee (2005), equation 8, https://doi.org/10.1287/mksc.1040.0098
 */
export function countsUntilDropout(
  a: number,
  B: number,
  R: number,
  kappa: number,
  most: number,
): Float64Array {
  const staying = negativeBinomial(R, kappa, most);
  const beyond = kappa > 0 ? incompleteBeta(kappa / (1 + kappa), 1 / (1 + kappa), most + 1, R) : 0;
  return withDropout(a, B, staying, beyond);
}
