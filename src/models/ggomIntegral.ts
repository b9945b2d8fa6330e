import type { GompertzLife } from "./gompertzLife.ts";
import { integrate } from "./integrate.ts";
import { longestHalf, pickRule, steepestRise } from "./legendreRules.ts";

/** A customer as they stood at their last purchase, at age tX. */
export interface GompertzState {
  /** orders come at a gamma(R, A) rate */
  R: number;
  A: number;
  /** from age tX on */
  life: GompertzLife;
  tX: number;
}

/**
 * The GGompertz/NBD's probability J of dropping out within `span` before any order,
 * ∫₀^span (A / (A+y))^R h(y) P(longer than y) dy, in σ = ln(1 + y / scale): by one Gauss–Legendre
 * rule where the integrand is smooth enough for it, else adaptively. Relative error below 1e-12.
 *
 * With the mean of functions of u = tX + y under the integrand as weight, of which derivatives of
 * ln J are made: of a = ln(1 + y/A), p = 1 / (A+y), l = −ln P(longer than y) / s,
 * c = u − (s+1) u k and q, where k = e^(bu) / (β + e^(bu) − 1), q = k e^(−bu), β as at age 0;
 * of their products; and of u k, u² k (1 − k) and u k q.
 *
 * @param out filled with ln J; means of a, p, l, c, q; aa, ap, al, ac, aq, pp, pl, pc, pq, ll, lc,
 * lq, cc, cq, qq; u k, u² k (1 − k), u k q
 * @returns ln J, −Infinity where span = 0 (`out` is left alone then)
 */
export function ggomIntegral(state: GompertzState, span: number, out: Float64Array): number {
  if (!(span > 0)) return -Infinity;
  const { R, A, life } = state;
  const { b, s } = life;
  const near = Math.min(A, life.scale);
  const end = Math.log1p(span / near);
  const integrands = toIntegrands(state, near);
  // slope of −ln integrand in σ, monotone but for the last term
  const slope = (y: number) => (near + y) * (R / (A + y) + ((s + 1) * life.hazard(y)) / s - b) - 1;
  const rise = (Math.max(Math.abs(slope(0)), Math.abs(slope(span))) * end) / 2;
  const isSmooth = b * span <= 1.5 && end <= 2 * longestHalf && rise <= steepestRise;
  if (isSmooth) integrateOnce(integrands, end, rise, out);
  else integrate(integrands, 0, end, out);
  const sum = out[0]!;
  for (let k = 1; k < out.length; ++k) out[k]! /= sum;
  out[0] = Math.log(sum);
  return out[0];
}

/** numbers in `out` */
export const ggomMoments = 24;

function integrateOnce(
  integrands: (sigma: number, values: Float64Array) => void,
  end: number,
  rise: number,
  out: Float64Array,
): void {
  const values = new Float64Array(out.length);
  const { nodes, weights } = pickRule(end / 2, rise);
  out.fill(0);
  for (let i = 0; i < nodes.length; ++i) {
    integrands((end / 2) * (1 + nodes[i]!), values);
    const weight = (end / 2) * weights[i]!;
    for (let k = 0; k < out.length; ++k) out[k]! += weight * values[k]!;
  }
}

function toIntegrands({ R, A, life, tX }: GompertzState, near: number) {
  const { b, s, beta } = life;
  const untilLast = Math.exp(-b * tX);
  return (sigma: number, values: Float64Array): void => {
    const y = near * Math.expm1(sigma);
    const u = tX + y;
    const a = Math.log1p(y / A);
    const l = life.fade(y);
    const left = Math.exp(-b * y);
    // e^(bu) / (β + e^(bu) − 1), β as at age 0
    const k = 1 / ((b * y < 0.5 ? -Math.expm1(-b * y) : 1 - left) + beta * left);
    const g = b * s * k * (near + y) * Math.exp(-R * a - s * l);
    const p = 1 / (A + y);
    const uk = u * k;
    const c = u - (s + 1) * uk;
    const q = k * left * untilLast;
    values[0] = g;
    values[1] = g * a;
    values[2] = g * p;
    values[3] = g * l;
    values[4] = g * c;
    values[5] = g * q;
    values[6] = g * a * a;
    values[7] = g * a * p;
    values[8] = g * a * l;
    values[9] = g * a * c;
    values[10] = g * a * q;
    values[11] = g * p * p;
    values[12] = g * p * l;
    values[13] = g * p * c;
    values[14] = g * p * q;
    values[15] = g * l * l;
    values[16] = g * l * c;
    values[17] = g * l * q;
    values[18] = g * c * c;
    values[19] = g * c * q;
    values[20] = g * q * q;
    values[21] = g * uk;
    values[22] = g * u * uk * (1 - k);
    values[23] = g * uk * q;
  };
}
