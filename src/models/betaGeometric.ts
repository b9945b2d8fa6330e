import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import { countsUntilDropout } from "./countsUntilDropout.ts";
import { logComplement } from "./logComplement.ts";
import type { Evaluation } from "./logObjective.ts";
import { ordersUntilDropout } from "./ordersUntilDropout.ts";
import { type RisingTable, risingTable } from "./risingTable.ts";

/**
 * Purchases at a gamma(r, α) rate; after a purchase a customer drops out with a beta(a, b)
 * probability. `chances` of doing so before the first repeat purchase: 0 in the BG/NBD, 1 in the
 * MBG/NBD, whose customers may leave after their very first purchase.
 *
 * With c = chances, L(x, t_x, T) = A₁ A₂ (A₃ + δ(x + c > 0) A₄),
 * A₁ = Γ(r+x) α^r / Γ(r), A₂ = B(a, b+x+c) / B(a, b),
 * A₃ = (α+T)^−(r+x), A₄ = a / (b+x+c−1) · (α+t_x)^−(r+x)
 *
 * @see the two models for their papers
 */
export function betaGeometric(
  id: string,
  chances: 0 | 1,
  starts: BuyingModel["starts"],
): BuyingModel {
  return {
    id,
    parameters: ["r", "alpha", "a", "b"],
    timePowers: [0, 1, 0, 0],
    isMemoryless: true,
    starts,
    logLikelihood: (parameters, history) => logLikelihood(parameters, history, chances),
    predictor: (parameters) => predictor(parameters, chances),
  };
}

function logLikelihood(
  parameters: readonly number[],
  history: BuyingHistory,
  chances: number,
): Evaluation {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const sums = new Sums();
  const perX = new Float64Array(history.maxX + 1);
  addBuying(sums, history, r, alpha, perX);
  addSilence(sums, history, parameters, chances);
  addChoice(sums, perX, a, b, chances);
  return sums.toEvaluation();
}

/** value, gradient and upper triangle of the Hessian by r, α, a, b */
class Sums {
  value = 0;
  g = [0, 0, 0, 0];
  rr = 0;
  ra = 0; // r, α
  r3 = 0; // r, a
  r4 = 0; // r, b
  aa = 0; // α, α
  a3 = 0;
  a4 = 0;
  h33 = 0;
  h34 = 0;
  h44 = 0;

  toEvaluation(): Evaluation {
    const { value, g, rr, ra, r3, r4, aa, a3, a4, h33, h34, h44 } = this;
    return {
      value,
      gradient: g,
      hessian: [
        [rr, ra, r3, r4],
        [ra, aa, a3, a4],
        [r3, a3, h33, h34],
        [r4, a4, h34, h44],
      ],
    };
  }
}

/** ln A₁ + ln A₃: the NBD's part; and the number of customers of each x */
function addBuying(
  sums: Sums,
  { spans: { x: X, T, weight } }: BuyingHistory,
  r: number,
  alpha: number,
  perX: Float64Array,
): void {
  const rising = risingTable(r, perX.length - 1);
  for (let i = 0; i < X.length; ++i) {
    const x = X[i]!;
    const w = weight[i]!;
    perX[x]! += w;
    const end = alpha + T[i]!;
    const grown = Math.log1p(T[i]! / alpha);
    const logEnd = Math.log(end);
    sums.value -= w * (r * grown + x * logEnd);
    sums.g[0]! -= w * grown;
    sums.g[1]! += w * (r / alpha - (r + x) / end);
    sums.ra += w * (1 / alpha - 1 / end);
    sums.aa += w * ((r + x) / (end * end) - r / (alpha * alpha));
  }
  addRising(sums, rising, perX);
}

function addRising(sums: Sums, rising: RisingTable, perX: Float64Array): void {
  for (let x = 1; x < perX.length; ++x) {
    const w = perX[x]!;
    sums.value += w * rising.value[x]!;
    sums.g[0]! += w * rising.first[x]!;
    sums.rr += w * rising.second[x]!;
  }
}

/** ln (1 + A₄ / A₃) of those who had a chance to drop out; A₄ / A₃ = e^u */
function addSilence(
  sums: Sums,
  history: BuyingHistory,
  parameters: readonly number[],
  chances: number,
): void {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const { spans } = history;
  for (let i = 0; i < spans.x.length; ++i) {
    const x = spans.x[i]!;
    if (x + chances === 0) continue; // alive by construction
    const ub = -1 / (b + x + chances - 1);
    const R = r + x;
    const logOdds = Math.log(-a * ub);
    const span = sumSpan(history, i, { R, alpha, logOdds });
    sums.value += span.value;
    sums.g[0]! += span.wr;
    sums.g[1]! += R * span.wt;
    sums.g[2]! += span.w / a;
    sums.g[3]! += span.w * ub;
    sums.rr += span.crr;
    sums.ra += span.wt + R * span.crt;
    sums.r3 += span.cr / a;
    sums.r4 += span.cr * ub;
    sums.aa += R * (R * span.ctt - span.wte);
    sums.a3 += (R * span.ct) / a;
    sums.a4 += R * span.ct * ub;
    sums.h33 -= (span.w - span.c) / (a * a);
    sums.h34 += (span.c * ub) / a;
    sums.h44 += (span.w + span.c) * ub * ub;
  }
}

/**
 * Over the groups of a span: ln (1 + e^u), and sums of their slopes w and curves c by u, with
 * u = logOdds + R ln((α+T) / (α+t_x)), its derivative by r, and t = its derivative by α over R.
 *
 * The loop that is the whole cost of a fit: what a span shares is taken out of it.
 */
function sumSpan(
  { tX, weight, spans }: BuyingHistory,
  place: number,
  { R, alpha, logOdds }: { R: number; alpha: number; logOdds: number },
) {
  const T = spans.T[place]!;
  const end = 1 / (alpha + T);
  const to = spans.end[place]!;
  let [value, w, wr, wt, wte] = [0, 0, 0, 0, 0];
  let [c, cr, ct, crr, crt, ctt] = [0, 0, 0, 0, 0, 0];
  for (let i = place > 0 ? spans.end[place - 1]! : 0; i < to; ++i) {
    const last = 1 / (alpha + tX[i]!);
    const silent = (T - tX[i]!) * last;
    const ur = Math.log1p(silent);
    const u = logOdds + R * ur;
    if (u < -60) continue; // e^u is nothing beside 1
    const small = Math.exp(-Math.abs(u));
    const share = weight[i]! / (1 + small);
    const slope = u > 0 ? share : share * small;
    const curve = (slope * (u > 0 ? small : 1)) / (1 + small);
    const ut = -silent * end;
    value += weight[i]! * (Math.log1p(small) + (u > 0 ? u : 0));
    w += slope;
    wr += slope * ur;
    wt += slope * ut;
    wte += slope * ut * (last + end);
    c += curve;
    cr += curve * ur;
    ct += curve * ut;
    crr += curve * ur * ur;
    crt += curve * ur * ut;
    ctt += curve * ut * ut;
  }
  return { value, w, wr, wt, wte, c, cr, ct, crr, crt, ctt };
}

/** ln A₂ = Σ ln((b + j) / (a + b + j)), j < x + c: not one of so many chances to drop out was taken */
function addChoice(sums: Sums, perX: Float64Array, a: number, b: number, chances: number): void {
  let value = 0;
  let da = 0;
  let db = 0;
  let daa = 0;
  let dbb = 0;
  for (let x = 1 - chances; x < perX.length; ++x) {
    const below = 1 / (b + x + chances - 1);
    const both = 1 / (a + b + x + chances - 1);
    value -= Math.log1p(a * below);
    da -= both;
    db += a * below * both;
    daa += both * both;
    dbb += both * both - below * below;
    const w = perX[x]!;
    sums.value += w * value;
    sums.g[2]! += w * da;
    sums.g[3]! += w * db;
    sums.h33 += w * daa;
    sums.h34 += w * daa;
    sums.h44 += w * dbb;
  }
}

function predictor(parameters: readonly number[], chances: number): Predictor {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const ordersOfX: ((kappa: number) => number)[] = [];
  return {
    logPAlive(x, tX, T) {
      if (x + chances === 0) return 0;
      const logOdds = Math.log(a / (b + x + chances - 1));
      return logComplement(logOdds + (r + x) * Math.log1p((T - tX) / (alpha + tX)));
    },
    ordersIfAlive(x, _, T, t) {
      const orders = (ordersOfX[x] ??= ordersUntilDropout(a, b + x + chances, r + x));
      return orders(t / (alpha + T));
    },
    noOrderIfAlive: (x, _, T, t) => Math.exp(-(r + x) * Math.log1p(t / (alpha + T))),
    countsIfAlive: (x, _, T, t, most) =>
      countsUntilDropout(a, b + x + chances, r + x, t / (alpha + T), most),
  };
}
