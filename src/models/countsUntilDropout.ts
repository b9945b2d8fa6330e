import { incompleteBeta } from "./incompleteBeta.ts";
import { negativeBinomial } from "./negativeBinomial.ts";

/**
 * P(n orders within t = κ A), n = 0 to most, of a customer who orders at a gamma(R, A) rate and
 * drops out after any order with a beta(a, B) probability, given alive now:
 *
 *   B(a, B+n) / B(a, B) · P(N = n) + B(a+1, B+n−1) / B(a, B) · P(N ≥ n),
 *
 * N the orders of one who stays: all n dropouts were missed, or the nth was taken and N − n orders
 * with it. Only positive numbers are added, so each has its digits however small.
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
  const counts = new Float64Array(most + 1);
  let atLeast = kappa > 0 ? incompleteBeta(kappa / (1 + kappa), 1 / (1 + kappa), most + 1, R) : 0;
  for (let n = most; n >= 1; --n) {
    atLeast += staying[n]!;
    counts[n] = atLeast;
  }
  counts[0] = staying[0]!;
  let missed = 1; // B(a, B+n−1) / B(a, B)
  for (let n = 1; n <= most; ++n) {
    const all = a + B + n - 1;
    counts[n] = missed * ((staying[n]! * (B + n - 1)) / all + (counts[n]! * a) / all);
    missed *= (B + n - 1) / all;
  }
  return counts;
}
