/** ln(1 − p) by the log-odds u of p: −ln(1 + e^u), to the last digits for u of any size. */
export function logComplement(u: number): number {
  return u > 0 ? -u - Math.log1p(Math.exp(-u)) : -Math.log1p(Math.exp(u));
}
