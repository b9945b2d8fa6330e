/**
 * Trigamma, the second derivative of ln Γ(z), for z > 0. Relative error below 1e-14.
 *
 * @see Abramowitz and Stegun (1964), 6.4.6 (recurrence) and 6.4.12 (asymptotic series)
 */
export function trigamma(z: number): number {
  let shifted = z;
  let below = 0;
  while (shifted < 10) {
    below += 1 / (shifted * shifted);
    ++shifted;
  }
  const y = 1 / (shifted * shifted);
  let sum = 0;
  for (let k = bernoulli.length - 1; k >= 0; --k) sum = (sum + bernoulli[k]!) * y;
  return below + (1 + 0.5 / shifted + sum) / shifted;
}

// Bernoulli numbers B(2k), k = 1 to 8
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];
