import { logBeta } from "./logBeta.ts";

/**
 * P(n), n = 0 to most, of the orders within t = κ A at a gamma(R, A) rate:
 * Γ(R+n) / (Γ(R) n!) · κ^n / (1+κ)^(R+n). From the likeliest n outwards, so that nothing underflows
 * on the way to it.
 *
 * @param counts filled and returned
 */
export function negativeBinomial(
  R: number,
  kappa: number,
  most: number,
  counts: Float64Array = new Float64Array(most + 1),
): Float64Array {
  const share = kappa / (1 + kappa);
  const mode = Math.max(0, Math.min(most, Math.floor((R - 1) * kappa)));
  counts[mode] = Math.exp(
    mode === 0
      ? -R * Math.log1p(kappa)
      : mode * Math.log(share) - R * Math.log1p(kappa) - logBeta(R, mode + 1) - Math.log(R + mode),
  );
  for (let n = mode + 1; n <= most; ++n) {
    counts[n] = (counts[n - 1]! * share * (R + n - 1)) / n;
  }
  for (let n = mode; n > 0; --n) {
    counts[n - 1] = (counts[n]! * n) / (share * (R + n - 1));
  }
  return counts;
}
