import { pickRule } from "./legendreRules.ts";

/**
 * What a Pareto/NBD customer's silence may hide: of one who orders at a gamma(R, A) rate and drops
 * out at a gamma(s, B) rate, both as they stand at the last order, the probability
 *
 *   J = ∫₀^span s (A / (A+y))^R (B / (B+y))^s dy / (B+y)
 *
 * of dropping out within `span` before any order. Positive, smooth and without differences:
 * Gauss–Legendre in σ = ln(1 + y / min(A, B)), in which nothing is singular within π of the real
 * line, cut off where the integrand has fallen by e^−42. Relative error below 1e-13.
 *
 * With the mean of functions of y under the integrand as weight, since derivatives of ln J are made
 * of these: of a = ln(1 + y/A), b = ln(1 + y/B), p = 1 / (A+y), q = 1 / (B+y) and their products.
 *
 * @param out filled with ln J; means of a, b, p, q; of aa, ab, ap, aq, bb, bp, bq, pp, pq, qq
 * @returns ln J, −Infinity where span = 0 (`out` is left alone then)
 * @see Fader and Hardie (2005), A Note on Deriving the Pareto/NBD Model and Related Expressions,
 * equation 16, http://brucehardie.com/notes/009/
 */
export function paretoIntegral(
  R: number,
  s: number,
  A: number,
  B: number,
  span: number,
  out: Float64Array,
): number {
  if (!(span > 0)) return -Infinity;
  const near = Math.min(A, B);
  const far = Math.max(A, B);
  const isANear = A <= B;
  // slope of −ln integrand in σ, where y / near = e^σ − 1: u + v (near + y) / (far + y)
  const u = isANear ? R - 1 : s;
  const v = isANear ? s + 1 : R;
  const end = cutOff(u, v, near, far, Math.log1p(span / near));
  const grown = near * Math.exp(end);
  const steepest = u + (v * grown) / (far - near + grown);
  const panels = Math.max(1, Math.ceil(end / 3.5), Math.ceil((steepest * end) / 40));
  const half = end / panels / 2;
  const { nodes, weights } = pickRule(half, Math.abs(steepest) * half);
  // locals, not `out`: this loop is the whole cost of a fit
  let [sum, ga, gb, gp, gq] = [0, 0, 0, 0, 0];
  let [aa, ab, ap, aq, bb, bp, bq, pp, pq, qq] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let panel = 0; panel < panels; ++panel) {
    const middle = (2 * panel + 1) * half;
    for (let i = 0; i < nodes.length; ++i) {
      const sigma = middle + half * nodes[i]!;
      const y = near * Math.expm1(sigma);
      const delta = Math.log1p(y / far);
      const g = weights[i]! * Math.exp(-u * sigma - v * delta);
      const a = isANear ? sigma : delta;
      const b = isANear ? delta : sigma;
      const p = 1 / (A + y);
      const q = 1 / (B + y);
      sum += g;
      ga += g * a;
      gb += g * b;
      gp += g * p;
      gq += g * q;
      aa += g * a * a;
      ab += g * a * b;
      ap += g * a * p;
      aq += g * a * q;
      bb += g * b * b;
      bp += g * b * p;
      bq += g * b * q;
      pp += g * p * p;
      pq += g * p * q;
      qq += g * q * q;
    }
  }
  const scale = 1 / sum;
  // dy / (B + y) = near e^σ dσ / (B + y): e^σ is in u where A is near, and in B + y where B is
  out[0] = Math.log((s * half * sum * near) / B);
  out[1] = ga * scale;
  out[2] = gb * scale;
  out[3] = gp * scale;
  out[4] = gq * scale;
  out[5] = aa * scale;
  out[6] = ab * scale;
  out[7] = ap * scale;
  out[8] = aq * scale;
  out[9] = bb * scale;
  out[10] = bp * scale;
  out[11] = bq * scale;
  out[12] = pp * scale;
  out[13] = pq * scale;
  out[14] = qq * scale;
  return out[0];
}

/** numbers in `out` */
export const paretoMoments = 15;

const negligible = 42; // e^−42 = 6e-19

/** where −ln integrand, convex in σ, passes 42: Newton's method from the right; else the end */
function cutOff(u: number, v: number, near: number, far: number, end: number): number {
  let sigma = end;
  for (let i = 0; i < 100; ++i) {
    const nearBy = near * Math.exp(sigma);
    const fallen = u * sigma + v * Math.log1p((nearBy - near) / far);
    if (!(fallen > 1.2 * negligible)) break;
    sigma -= (fallen - negligible) / (u + (v * nearBy) / (far - near + nearBy));
  }
  return sigma;
}
