/**
 * Numbers of orders of a customer who may drop out after any of them, from those of one who never
 * does: with dropout probability beta(a, B),
 *
 *   P(n) = B(a, B+n) / B(a, B) · P(N = n) + B(a+1, B+n−1) / B(a, B) · P(N ≥ n),
 *
 * all n dropouts were missed, or the nth was taken and N − n orders with it. Only positive numbers
 * are added, so each has its digits however small.
 *
 * @param staying P(N = n), n = 0 to most
 * @param beyond P(N > most)
 * @see Fader, Hardie and Lee (2005), equation 8, https://doi.org/10.1287/mksc.1040.0098
 */
export function withDropout(
  a: number,
  B: number,
  staying: Float64Array,
  beyond: number,
): Float64Array {
  const most = staying.length - 1;
  const counts = new Float64Array(most + 1);
  let atLeast = beyond;
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
