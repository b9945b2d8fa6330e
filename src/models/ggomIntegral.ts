import type { Rule } from "./gaussLegendre.ts";
import type { GompertzLife } from "./gompertzLife.ts";
import { integrate } from "./integrate.ts";
import { countNodes, mostNodes, pickRule } from "./legendreRules.ts";

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
 * ∫₀^span (A / (A+y))^R h(y) P(longer than y) dy, in σ = ln(1 + y / scale): by Gauss–Legendre rules on
 * up to 4 panels where the integrand is smooth enough for it, else adaptively. Relative error below 1e-12.
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
  const near = Math.min(state.A, state.life.scale);
  const end = Math.log1p(span / near);
  const panels = countPanels(state, near, span, end);
  const untilLast = Math.exp(-state.life.b * state.tX);
  if (panels.count <= 4) integratePanels(state, near, untilLast, end, panels, out);
  else {
    const integrands = (sigma: number, into: Float64Array) => {
      const y = near * Math.expm1(sigma);
      writeGompertz(state, untilLast, y, near + y, into);
    };
    integrate(integrands, 0, cutOff(state, near, end), out);
  }
  const sum = out[0]!;
  for (let k = 1; k < out.length; ++k) out[k]! /= sum;
  out[0] = Math.log(sum);
  return out[0];
}

interface Panels {
  count: number;
  rule: Rule;
}

/** as few panels as Gauss–Legendre rules can do it by; more than 4: rather not */
function countPanels(
  { R, A, life }: GompertzState,
  near: number,
  span: number,
  end: number,
): Panels {
  const { b, s } = life;
  const far = near + span;
  // slopes of −ln integrand in σ: in between it is no steeper, or that of e^(bu)
  const first = near * (R / A + (s + 1) * life.pace(0) - b) - 1;
  const last = far * (R / (A + span) + (s + 1) * life.pace(span) - b) - 1;
  const steepest = Math.max(Math.abs(first), Math.abs(last), b * far);
  const strip = Math.PI / Math.max(1, b * far);
  let count = 1;
  const half = () => end / 2 / count;
  while (count <= 4 && countNodes(half(), steepest * half(), strip) > mostNodes) ++count;
  return { count, rule: pickRule(half(), steepest * half(), strip) };
}

/** the last σ up to `end` at which the integrand is not e^−50 of what it is elsewhere */
function cutOff({ R, A, life }: GompertzState, near: number, end: number): number {
  const logIntegrand = (sigma: number) => {
    const y = near * Math.expm1(sigma);
    return sigma + Math.log(life.pace(y)) + life.logStay(y) - R * Math.log1p(y / A);
  };
  // where lives end: the hazard has grown to b, or to its most
  const usual = Math.log(life.beta / Math.max(life.s, 1)) / life.b;
  const peaks = [0, end];
  if (usual > 0) peaks.push(Math.min(end, Math.log1p(usual / near)));
  const top = Math.max(...peaks.map(logIntegrand));
  if (logIntegrand(end) > top - 50) return end;
  let low = Math.max(...peaks.filter((sigma) => logIntegrand(sigma) > top - 50));
  let high = end;
  for (let i = 0; i < 60 && high - low > 0.01 * high; ++i) {
    const middle = (low + high) / 2;
    if (logIntegrand(middle) > top - 50) low = middle;
    else high = middle;
  }
  return high;
}

/** numbers in `out` */
export const ggomMoments = 24;

const values = new Float64Array(ggomMoments); // scratch

function integratePanels(
  state: GompertzState,
  near: number,
  untilLast: number,
  end: number,
  { count, rule: { nodes, weights } }: Panels,
  out: Float64Array,
): void {
  const half = end / 2 / count;
  out.fill(0);
  for (let panel = 0; panel < count; ++panel) {
    for (let i = 0; i < nodes.length; ++i) {
      const y = near * Math.expm1(half * (2 * panel + 1 + nodes[i]!));
      writeGompertz(state, untilLast, y, half * weights[i]! * (near + y), values);
      for (let k = 0; k < ggomMoments; ++k) out[k]! += values[k]!;
    }
  }
}

/**
 * The integrand at y weeks after t_x, times a factor, and its products with the functions that are
 * wanted, as they stand in `out`.
 *
 * @param untilLast e^(−b t_x)
 */
export function writeGompertz(
  { R, A, life, tX }: GompertzState,
  untilLast: number,
  y: number,
  factor: number,
  into: Float64Array,
): void {
  const { b, s, beta } = life;
  const u = tX + y;
  const a = Math.log1p(y / A);
  const grown = Math.expm1(b * y);
  const isHuge = b * y > 500;
  const l = isHuge ? life.fade(y) : Math.log1p(grown / beta);
  // e^(bu) / (β + e^(bu) − 1), β as at age 0
  const k = isHuge ? 1 : (1 + grown) / (beta + grown);
  const g = b * s * k * factor * Math.exp(-R * a - s * l);
  const p = 1 / (A + y);
  const uk = u * k;
  const c = u - (s + 1) * uk;
  const q = untilLast / (beta + grown);
  into[0] = g;
  into[1] = g * a;
  into[2] = g * p;
  into[3] = g * l;
  into[4] = g * c;
  into[5] = g * q;
  into[6] = g * a * a;
  into[7] = g * a * p;
  into[8] = g * a * l;
  into[9] = g * a * c;
  into[10] = g * a * q;
  into[11] = g * p * p;
  into[12] = g * p * l;
  into[13] = g * p * c;
  into[14] = g * p * q;
  into[15] = g * l * l;
  into[16] = g * l * c;
  into[17] = g * l * q;
  into[18] = g * c * c;
  into[19] = g * c * q;
  into[20] = g * q * q;
  into[21] = g * uk;
  into[22] = g * u * uk * (1 - k);
  into[23] = g * uk * q;
}
