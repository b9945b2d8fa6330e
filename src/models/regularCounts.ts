import { incompleteBeta } from "./incompleteBeta.ts";
import { negativeBinomial } from "./negativeBinomial.ts";
import { withDropout } from "./withDropout.ts";

/**
 * P(n orders within t = κ A), n = 0 to most, of the customer of `regularOrders`, who has completed j
 * phases since the last order with probability shares[j].
 *
 * O(k² most).
 */
export function regularCounts(
  a: number,
  B: number,
  R: number,
  shares: Float64Array,
  kappa: number,
  most: number,
): Float64Array {
  const k = shares.length;
  const staying = new Float64Array(most + 1);
  let beyond = 0;
  for (let j = 0; j < k; ++j) {
    const end = (most + 1) * k - j; // phases that make one order too many
    const phases = negativeBinomial(R + j, kappa, end - 1);
    for (let n = 0; n < end; ++n) staying[Math.floor((n + j) / k)]! += shares[j]! * phases[n]!;
    if (kappa > 0) {
      beyond += shares[j]! * incompleteBeta(kappa / (1 + kappa), 1 / (1 + kappa), end, R + j);
    }
  }
  return withDropout(a, B, staying, beyond);
}
