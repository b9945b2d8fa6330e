import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { countsOverLifetimes } from "./countsOverLifetimes.ts";
import { type DailyRun, runOf } from "./dailyRun.ts";
import { GgomDays } from "./ggomDays.ts";
import { ggomIntegral, ggomMoments, type GompertzState } from "./ggomIntegral.ts";
import { fitBuying } from "./fitModel.ts";
import { GompertzLife } from "./gompertzLife.ts";
import { HiddenDropout } from "./hiddenDropout.ts";
import { integrate } from "./integrate.ts";
import { logComplement } from "./logComplement.ts";
import type { Evaluation } from "./logObjective.ts";
import { nbd } from "./nbd.ts";
import { paretoNbd } from "./paretoNbd.ts";

const leastB = 1e-7; // a week: in 100 years the hazard of a life grows by .05 %

/**
 * GGompertz/NBD: purchases at a gamma(r, α) rate; lifetimes are Gompertz(b, η) with η ~ gamma(s, β),
 * so that dropping out grows likelier with age. The Pareto/NBD is its limit as b → 0 with β / b kept:
 * data that ask for that limit make b fall to its bound, and b and β are flat together.
 *
 * L(x, t_x, T) = Γ(r+x) α^r / (Γ(r) (α+T)^(r+x)) · S(T) · (1 + ρ), S(T) = (β / (β + e^(bT) − 1))^s,
 * ρ = ∫_{t_x}^T ((α+T) / (α+u))^(r+x) f(u) / S(T) du, f = −S′; P(alive) = 1 / (1 + ρ)
 *
 * @see Bemmaor and Glady (2012), Modeling Purchasing Behavior with Sudden "Death": A Flexible
 * Customer Lifetime Model, equation 6, https://doi.org/10.1287/mnsc.1110.1461
 */
export const ggomNbd: BuyingModel = {
  id: "ggom-nbd",
  parameters: ["r", "alpha", "b", "s", "beta"],
  timePowers: [0, 1, -1, 0, 0],
  // no gamma function of b, s or β is taken: they need no bounds but those of sense
  ranges: [
    { scale: "log" },
    { scale: "log" },
    { scale: "log", lower: leastB, upper: 100 },
    { scale: "log" },
    { scale: "log", lower: 1e-11, upper: 1e10 },
  ],
  isMemoryless: true,
  starts,
  logLikelihood,
  predictor,
};

/**
 * From the Pareto/NBD's maximum: where the likelihood rises with b, kept β / b, by lifetimes that
 * differ from its; where it falls, by its own, all but. One start: six from .03 to 5 e-folds of the
 * hazard in the longest history found the same maximum of eight histories, real and drawn.
 */
function starts(history: BuyingHistory): number[][] {
  const [r, alpha, s, beta] = fitBuying(paretoNbd, history).parameters as [
    number,
    number,
    number,
    number,
  ];
  const startAt = (b: number) => [r, alpha, b, s, b * beta];
  const weeks = Math.max(history.maxT, 1);
  const near = startAt(1e-3 / weeks);
  const { gradient } = logLikelihood(near, history);
  const rise = near[2]! * gradient[2]! + near[4]! * gradient[4]!;
  return [startAt(rise > 0 ? 0.3 / weeks : leastB)];
}

function logLikelihood(parameters: readonly number[], history: BuyingHistory): Evaluation {
  const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  const { x, tX, T, weight } = history;
  const life = new GompertzLife(b, s, beta);
  const sums = new HiddenDropout(5);
  const slopes = new Float64Array(5);
  const curves = new Float64Array(15);
  const silence = { logJ: 0, silent: 0, stayed: 0, moments: new Float64Array(ggomMoments) };
  const stateAt = (x: number, age: number): GompertzState => ({
    R: r + x,
    A: alpha + age,
    life: life.rest(age),
    tX: age,
  });
  let run: DailyRun = { end: 0, firstDay: 0, days: 0 };
  let days: GgomDays | undefined;
  for (let i = 0; i < x.length; ++i) {
    const last = tX[i]!;
    const now = T[i]!;
    if (i === run.end) {
      run = runOf(history, i);
      days = GgomDays.maybe(stateAt(x[i]!, run.firstDay / 7), run.days);
    }
    if (days)
      lookUp(
        silence,
        days,
        Math.round(7 * last) - run.firstDay,
        Math.round(7 * now) - run.firstDay,
      );
    if (!days || Number.isNaN(silence.logJ)) compute(silence, stateAt(x[i]!, last), now - last);
    const logOdds = silence.logJ + (r + x[i]!) * silence.silent + s * silence.stayed;
    if (logOdds < -60) continue; // ρ is nothing beside 1
    differentiate(silence, r + x[i]!, life, alpha, now, slopes, curves);
    sums.addOdds(weight[i]!, logOdds, slopes, curves);
  }
  addStays(sums, life, history);
  return sums.toEvaluation(nbd.logLikelihood([r, alpha], history));
}

/** of a customer since the last purchase */
interface Silence {
  /** as `ggomIntegral` has it */
  logJ: number;
  moments: Float64Array;
  /** ln((α + T) / (α + t_x)) */
  silent: number;
  /** −ln P(stayed to T, given to t_x) / s */
  stayed: number;
}

function lookUp(silence: Silence, days: GgomDays, from: number, to: number): void {
  silence.logJ = days.logJ(from, to, silence.moments);
  silence.silent = days.a[to]! - days.a[from]!;
  silence.stayed = days.l[to]! - days.l[from]!;
}

function compute(silence: Silence, state: GompertzState, span: number): void {
  silence.logJ = ggomIntegral(state, span, silence.moments);
  silence.silent = Math.log1p(span / state.A);
  silence.stayed = state.life.fade(span);
}

/** ln S(T) of all, taken once for neighbours of one T */
function addStays(sums: HiddenDropout, life: GompertzLife, { T, weight }: BuyingHistory): void {
  const { b, s, beta } = life;
  const slopes = new Float64Array(5);
  const curves = new Float64Array(15);
  for (let i = 0; i < T.length;) {
    const now = T[i]!;
    let w = 0;
    for (; i < T.length && T[i] === now; ++i) w += weight[i]!;
    const fade = life.fade(now);
    const k = 1 / life.betaAt(now);
    const q = k * Math.exp(-b * now);
    const gone = (-Math.expm1(-b * now) * k) / beta; // 1/β − q
    slopes[2] = -s * now * k;
    slopes[3] = -fade;
    slopes[4] = s * gone;
    curves[9] = -s * now * now * k * (1 - k);
    curves[10] = -now * k;
    curves[11] = s * now * k * q;
    curves[13] = gone;
    curves[14] = -s * gone * (1 / beta + q);
    sums.addStay(w, -s * fade, slopes, curves);
  }
}

/**
 * Slopes of ln ρ by r, α, b, s, β and their triangle: mean slopes of the integrand's logarithm, and
 * their covariances with the mean curvatures.
 */
function differentiate(
  { moments: m, silent, stayed }: Silence,
  R: number,
  life: GompertzLife,
  alpha: number,
  T: number,
  slopes: Float64Array,
  curves: Float64Array,
): void {
  const { b, s } = life;
  const k = 1 / life.betaAt(T);
  const q = k * Math.exp(-b * T);
  const P = 1 / (alpha + T);
  const n = s + 1;
  slopes[0] = silent - m[1]!;
  slopes[1] = R * (P - m[2]!);
  slopes[2] = s * T * k + 1 / b + m[4]!;
  slopes[3] = 1 / s + stayed - m[3]!;
  slopes[4] = s * q - n * m[5]!;
  // covariance of two of a, p, l, c, q, whose product stands at `at`
  const cov = (i: number, j: number, at: number) => m[at]! - m[i]! * m[j]!;
  curves[0] = cov(1, 1, 6);
  curves[1] = R * cov(1, 2, 7) + P - m[2]!;
  curves[2] = -cov(1, 4, 9);
  curves[3] = cov(1, 3, 8);
  curves[4] = n * cov(1, 5, 10);
  curves[5] = R * (R * cov(2, 2, 11) + m[11]! - P * P);
  curves[6] = -R * cov(2, 4, 13);
  curves[7] = R * cov(2, 3, 12);
  curves[8] = R * n * cov(2, 5, 14);
  curves[9] = cov(4, 4, 18) + s * T * T * k * (1 - k) - n * m[22]! - 1 / (b * b);
  curves[10] = T * k - m[21]! - cov(3, 4, 16);
  curves[11] = n * (m[23]! - cov(4, 5, 19)) - s * T * k * q;
  curves[12] = cov(3, 3, 15) - 1 / (s * s);
  curves[13] = n * cov(3, 5, 17) + q - m[5]!;
  curves[14] = n * (n * cov(5, 5, 20) + m[20]!) - s * q * q;
}

function predictor(parameters: readonly number[]): Predictor {
  const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  const whole = new GompertzLife(b, s, beta);
  const moments = new Float64Array(ggomMoments);
  const weeks = new Map<number, Map<number, number>>();
  const stateAt = (x: number, age: number): GompertzState => ({
    R: r + x,
    A: alpha + age,
    life: whole.rest(age),
    tX: age,
  });
  /** −ln of the share that neither orders nor drops out for a span */
  const fade = ({ R, A, life }: GompertzState, span: number) =>
    R * Math.log1p(span / A) - life.logStay(span);
  return {
    logPAlive(x, tX, T) {
      const state = stateAt(x, tX);
      return logComplement(ggomIntegral(state, T - tX, moments) + fade(state, T - tX));
    },
    ordersIfAlive(x, _, T, t) {
      let ofT = weeks.get(T);
      if (!ofT) weeks.set(T, (ofT = new Map()));
      let stayed = ofT.get(t);
      if (stayed === undefined) ofT.set(t, (stayed = weeksStayed(whole.rest(T), t)));
      return ((r + x) / (alpha + T)) * stayed;
    },
    noOrderIfAlive(x, _, T, t) {
      const state = stateAt(x, T);
      return Math.min(1, Math.exp(-fade(state, t)) + Math.exp(ggomIntegral(state, t, moments)));
    },
    countsIfAlive(x, _, T, t, most) {
      const life = whole.rest(T);
      return countsOverLifetimes({ R: r + x, A: alpha + T, life }, t, most);
    },
  };
}

/** mean of the weeks stayed within t: ∫₀^t P(longer than w) dw */
function weeksStayed(life: GompertzLife, t: number): number {
  if (!(t > 0)) return 0;
  const scale = Math.min(life.scale, 1 / life.hazard(0));
  const out = new Float64Array(1);
  integrate(
    (sigma, values) => {
      const w = scale * Math.expm1(sigma);
      values[0] = (scale + w) * Math.exp(life.logStay(w));
    },
    0,
    Math.log1p(t / scale),
    out,
  );
  return out[0]!;
}
