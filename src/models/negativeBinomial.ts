/**
 * P(n), n = 0 to most, of the orders within t = κ A at a gamma(R, A) rate:
 * Γ(R+n) / (Γ(R) n!) · κ^n / (1+κ)^(R+n). In logarithms, so that nothing underflows on the way to
 * a likely n.
 */
export function negativeBinomial(R: number, kappa: number, most: number): Float64Array {
  const counts = new Float64Array(most + 1);
  let logCount = -R * Math.log1p(kappa);
  counts[0] = Math.exp(logCount);
  const share = kappa / (1 + kappa);
  for (let n = 1; n <= most; ++n) {
    logCount += Math.log((share * (R + n - 1)) / n);
    counts[n] = Math.exp(logCount);
  }
  return counts;
}
