import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { countsOverLifetimes } from "./countsOverLifetimes.ts";
import { type DailyRun, runOf } from "./dailyRun.ts";
import { HiddenDropout } from "./hiddenDropout.ts";
import { logComplement } from "./logComplement.ts";
import type { Evaluation } from "./logObjective.ts";
import { nbd, nbdMaximum } from "./nbd.ts";
import { ParetoDays } from "./paretoDays.ts";
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
  const [r, alpha] = nbdMaximum(history);
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
  const slopes = new Float64Array(4);
  const curves = new Float64Array(10);
  const silence: Silence = {
    logJ: 0,
    silent: 0,
    stayed: 0,
    moments: new Float64Array(paretoMoments),
  };
  let run: DailyRun = { end: 0, firstDay: 0, days: 0 };
  let days: ParetoDays | undefined;
  for (let i = 0; i < x.length; ++i) {
    const R = r + x[i]!;
    const last = tX[i]!;
    const now = T[i]!;
    if (i === run.end) {
      run = runOf(history, i);
      const first = run.firstDay / 7;
      days = ParetoDays.maybe(R, s, alpha + first, beta + first, run.days);
    }
    if (days)
      lookUp(
        silence,
        days,
        Math.round(7 * last) - run.firstDay,
        Math.round(7 * now) - run.firstDay,
      );
    if (!days || Number.isNaN(silence.logJ))
      compute(silence, R, s, alpha + last, beta + last, now - last);
    const logOdds = silence.logJ + R * silence.silent + s * silence.stayed;
    if (logOdds < -60) continue; // ρ is nothing beside 1
    differentiate(silence, R, s, 1 / (alpha + now), 1 / (beta + now), slopes, curves);
    sums.addOdds(weight[i]!, logOdds, slopes, curves);
  }
  addStays(sums, s, beta, history);
  return sums.toEvaluation(nbd.logLikelihood([r, alpha], history));
}

/** of a customer since the last purchase */
interface Silence {
  /** as `paretoIntegral` has it */
  logJ: number;
  moments: Float64Array;
  /** ln((α + T) / (α + t_x)) */
  silent: number;
  /** ln((β + T) / (β + t_x)) */
  stayed: number;
}

function lookUp(silence: Silence, days: ParetoDays, from: number, to: number): void {
  silence.logJ = days.logJ(from, to, silence.moments);
  silence.silent = days.a[to]! - days.a[from]!;
  silence.stayed = days.b[to]! - days.b[from]!;
}

function compute(silence: Silence, R: number, s: number, A: number, B: number, span: number): void {
  silence.logJ = paretoIntegral(R, s, A, B, span, silence.moments);
  silence.silent = Math.log1p(span / A);
  silence.stayed = Math.log1p(span / B);
}

/** ln S(T) = −s ln(1 + T/β) of all, taken once for neighbours of one T */
function addStays(
  sums: HiddenDropout,
  s: number,
  beta: number,
  { T, weight }: BuyingHistory,
): void {
  const slopes = new Float64Array(4);
  const curves = new Float64Array(10);
  for (let i = 0; i < T.length;) {
    const now = T[i]!;
    let w = 0;
    for (; i < T.length && T[i] === now; ++i) w += weight[i]!;
    const grown = Math.log1p(now / beta);
    const end = beta + now;
    slopes[2] = -grown;
    slopes[3] = (s * now) / (beta * end);
    curves[8] = now / (beta * end);
    curves[9] = (-s * now * (beta + end)) / (beta * beta * end * end);
    sums.addStay(w, -s * grown, slopes, curves);
  }
}

/**
 * Slopes of ln ρ by r, α, s, β and their triangle. The integrand's logarithm is
 * ln g = R (silent − a) + s (stayed − b) + ln s + ln q; the slope of ln ρ is the mean slope of ln g,
 * its curvature the mean curvature and the covariance of the slopes.
 *
 * @param P 1 / (α + T)
 * @param Q 1 / (β + T)
 */
function differentiate(
  { moments: m, silent, stayed }: Silence,
  R: number,
  s: number,
  P: number,
  Q: number,
  slopes: Float64Array,
  curves: Float64Array,
): void {
  const a = m[1]!;
  const b = m[2]!;
  const p = m[3]!;
  const q = m[4]!;
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
    logPAlive: (x, tX, T) => logComplement(logJ(x, tX, T - tX) + fade(x, tX, T - tX)),
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
