import { halfLogTwoPi, logGamma, stirlingError, stirlingFrom } from "./logGamma.ts";

/**
 * Natural logarithm of the beta function B(a, b) for a, b > 0, without the cancellation that
 * ln Γ(a) + ln Γ(b) − ln Γ(a + b) suffers once an argument is large.
 *
 * @see Didonato and Morris (1992), algorithm 708, https://doi.org/10.1145/131766.131776
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = small + large;
  if (large < stirlingFrom) return logGamma(small) + logGamma(large) - logGamma(sum);
  const share = small / sum;
  if (small < stirlingFrom) {
    const rest = stirlingError(large) - stirlingError(sum);
    const main = small - small * Math.log(sum) + (large - 0.5) * Math.log1p(-share);
    return logGamma(small) + rest + main;
  }
  const rest = stirlingError(small) + stirlingError(large) - stirlingError(sum);
  const main = (small - 0.5) * Math.log(share) + large * Math.log1p(-share);
  return halfLogTwoPi - 0.5 * Math.log(large) + rest + main;
}
