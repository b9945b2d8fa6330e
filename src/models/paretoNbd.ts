import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { countsOverLifetimes } from "./countsOverLifetimes.ts";
import { HiddenDropout } from "./hiddenDropout.ts";
import type { Evaluation } from "./logObjective.ts";
import { maximize } from "./maximize.ts";
import { nbd } from "./nbd.ts";
import { paretoIntegral, paretoMoments } from "./paretoIntegral.ts";

/**
 * Pareto/NBD: purchases at a gamma(r, α) rate; a customer drops out at a gamma(s, β) rate, at any
 * time, whether they buy or not.
 *
 * L(x, t_x, T) = Γ(r+x) α^r / (Γ(r) (α+T)^(r+x)) · (β / (β+T))^s · (1 + ρ),
 * ρ = ∫_{t_x}^T s ((α+T) / (α+u))^(r+x) ((β+T) / (β+u))^s du / (β+u), P(alive) = 1 / (1 + ρ):
 * the papers' difference of two hypergeometric functions is this positive integral.
 *
 * @see Schmittlein, Morrison and Colombo (1987), https://doi.org/10.1287/mnsc.33.1.1
 * @see Fader and Hardie (2005), A Note on Deriving the Pareto/NBD Model and Related Expressions,
 * http://brucehardie.com/notes/009/
 */
export const paretoNbd: BuyingModel = {
  id: "pareto-nbd",
  parameters: ["r", "alpha", "s", "beta"],
  timePowers: [0, 1, 0, 1],
  isMemoryless: true,
  starts,
  logLikelihood,
  predictor,
};

function starts(history: BuyingHistory): number[][] {
  const { parameters } = maximize((p) => nbd.logLikelihood(p, history), nbd.starts(history));
  const [r, alpha] = parameters as [number, number];
  const span = Math.max(history.meanT, 1);
  return [
    [1.5 * r, 0.8 * alpha, 0.5, 0.3 * span],
    [r, alpha, 0.1, 3 * span], // next to no dropout
    [1.5 * r, alpha, 2, 4 * span],
  ];
}

function logLikelihood(parameters: readonly number[], history: BuyingHistory): Evaluation {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const { x, tX, T, weight } = history;
  const sums = new HiddenDropout(4);
  const moments = new Float64Array(paretoMoments);
  const slopes = new Float64Array(4);
  const curves = new Float64Array(10);
  for (let i = 0; i < x.length; ++i) {
    const w = weight[i]!;
    sums.addStay(w, stay(s, beta, T[i]!, slopes, curves), slopes, curves);
    const span = T[i]! - tX[i]!;
    const state = { R: r + x[i]!, s, A: alpha + tX[i]!, B: beta + tX[i]!, span };
    const logOdds = silence(state, moments, slopes, curves);
    if (logOdds > -60) sums.addOdds(w, logOdds, slopes, curves); // else ρ is nothing beside 1
  }
  return sums.toEvaluation(nbd.logLikelihood([r, alpha], history));
}

/** ln S(T) = −s ln(1 + T/β), its slopes by r, α, s, β and their triangle */
function stay(
  s: number,
  beta: number,
  T: number,
  slopes: Float64Array,
  curves: Float64Array,
): number {
  const grown = Math.log1p(T / beta);
  const end = beta + T;
  slopes[2] = -grown;
  slopes[3] = (s * T) / (beta * end);
  curves.fill(0);
  curves[8] = T / (beta * end);
  curves[9] = (-s * T * (beta + end)) / (beta * beta * end * end);
  slopes[0] = slopes[1] = 0;
  return -s * grown;
}

/** a customer as they stood at the last purchase, silent since */
interface State {
  R: number;
  s: number;
  A: number;
  B: number;
  span: number;
}

/**
 * ln ρ, its slopes by r, α, s, β and their triangle. The integrand's logarithm is
 * ln g = R (ln(1 + span/A) − a) + s (ln(1 + span/B) − b) + ln s + ln q; the slope of ln ρ is the
 * mean slope of ln g, its curvature the mean curvature and the covariance of the slopes.
 */
function silence(
  { R, s, A, B, span }: State,
  m: Float64Array,
  slopes: Float64Array,
  curves: Float64Array,
): number {
  const logJ = paretoIntegral(R, s, A, B, span, m);
  const silent = Math.log1p(span / A);
  const stayed = Math.log1p(span / B);
  const P = 1 / (A + span);
  const Q = 1 / (B + span);
  const [a, b, p, q] = [m[1]!, m[2]!, m[3]!, m[4]!];
  const n = s + 1;
  slopes[0] = silent - a;
  slopes[1] = R * (P - p);
  slopes[2] = 1 / s + stayed - b;
  slopes[3] = s * Q - n * q;
  curves[0] = m[5]! - a * a;
  curves[1] = R * (m[7]! - a * p) + P - p;
  curves[2] = m[6]! - a * b;
  curves[3] = n * (m[8]! - a * q);
  curves[4] = R * (R * (m[12]! - p * p) + m[12]! - P * P);
  curves[5] = R * (m[10]! - b * p);
  curves[6] = R * n * (m[13]! - p * q);
  curves[7] = m[9]! - b * b - 1 / (s * s);
  curves[8] = n * (m[11]! - b * q) + Q - q;
  curves[9] = n * (n * (m[14]! - q * q) + m[14]!) - s * Q * Q;
  return logJ + R * silent + s * stayed;
}

function predictor(parameters: readonly number[]): Predictor {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const moments = new Float64Array(paretoMoments);
  /** −ln of the share that neither orders nor drops out from age t for a span */
  const fade = (x: number, t: number, span: number) =>
    (r + x) * Math.log1p(span / (alpha + t)) + s * Math.log1p(span / (beta + t));
  const logJ = (x: number, t: number, span: number) =>
    paretoIntegral(r + x, s, alpha + t, beta + t, span, moments);
  return {
    logPAlive(x, tX, T) {
      const u = logJ(x, tX, T - tX) + fade(x, tX, T - tX);
      return u > 0 ? -u - Math.log1p(Math.exp(-u)) : -Math.log1p(Math.exp(u));
    },
    ordersIfAlive(x, _, T, t) {
      const grown = Math.log1p(t / (beta + T));
      const e = s - 1;
      const weeks = (beta + T) * (e === 0 ? grown : -Math.expm1(-e * grown) / e);
      return ((r + x) / (alpha + T)) * weeks;
    },
    noOrderIfAlive: (x, _, T, t) => Math.min(1, Math.exp(-fade(x, T, t)) + Math.exp(logJ(x, T, t))),
    countsIfAlive(x, _, T, t, most) {
      const scale = beta + T;
      const life = {
        scale,
        logStay: (w: number) => -s * Math.log1p(w / scale),
        hazard: (w: number) => s / (scale + w),
      };
      return countsOverLifetimes({ R: r + x, A: alpha + T, life }, t, most);
    },
  };
}
