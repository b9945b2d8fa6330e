import type { BuyingHistory } from "./buyingHistory.ts";
import type { Evaluation } from "./logObjective.ts";
import { logGamma } from "./logGamma.ts";
import { PhaseSum } from "./phaseSum.ts";
import { risingTable } from "./risingTable.ts";

/** Which of the models of regular buyers. */
export interface CnbdShape {
  /** phases of a gap between purchases: its Erlang shape */
  k: number;
  /** whether a customer may drop out at the very first purchase too: MBG; else BG */
  dropsAtFirst: boolean;
}

/**
 * Log-likelihood of the BG/CNBD-k (d = 0) and the MBG/CNBD-k (d = 1) with gradient and Hessian by r,
 * α, a, b: the density of all gaps g₁ … g_x between a customer's purchases, and of the silence since,
 *
 *   L = Π gᵢ^(k−1) / Γ(k)^x · A₁ A₂ · (α+T)^−R (S(R, z) + δ(x+d > 0) A₄),  R = r + k x,
 *   A₁ = Γ(R) α^r / Γ(r),  A₂ = Γ(a+b) Γ(b+x+d) / (Γ(b) Γ(a+b+x+d)),
 *   A₄ = a / (b+x+d−1) · ((α+T) / (α+t_x))^R,  S(R, z) = Σ (R)ⱼ / j! zʲ, j < k,  z = (T−t_x) / (α+T)
 *
 * The first factor is what an Erlang density λ^k g^(k−1) e^(−λg) / Γ(k) has beside the Poisson
 * process's λ e^(−λg). It knows no parameter but k, and so is a constant to a fit; but without it
 * likelihoods of two k are densities of different things. With it all are densities of the same x
 * times of purchase, as is that of the BG/NBD and of the Pareto/NBD: k = 1 is the BG/NBD to the last
 * digit, and AIC may compare them all. Gaps are whole days, of which a density is as good an
 * approximation as it varies little within one.
 *
 * O(k) a group.
 *
 * @see Platzer and Reutterer (2016), https://doi.org/10.1287/mksc.2015.0963
 * @see Reutterer, Platzer and Schröder (2021), https://doi.org/10.1016/j.ijresmar.2020.09.002
 */
export function cnbdLikelihood(
  parameters: readonly number[],
  history: BuyingHistory,
  { k, dropsAtFirst }: CnbdShape,
): Evaluation {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const sums = new Sums();
  const flips = dropsAtFirst ? 1 : 0;
  const perX = new Float64Array(history.maxX + 1);
  const plan = { k, flips, perX };
  addBuying(sums, history, r, alpha, plan);
  if (k > 1) addSilence(sums, history, r, alpha, k);
  addDropout(sums, history, parameters, plan);
  addChoice(sums, a, b, plan);
  // k = 1 knows no gaps: 0 · undefined would be NaN
  if (k > 1) sums.value += (k - 1) * history.logGaps! - history.repeatOrders * logGamma(k);
  return sums.toEvaluation();
}

interface Plan {
  k: number;
  /** chances to drop out beside those at repeat purchases */
  flips: number;
  /** customers with x repeat purchases */
  perX: Float64Array;
}

/** value, gradient and Hessian by r, α, a, b */
class Sums {
  value = 0;
  gradient = [0, 0, 0, 0];
  hessian = [0, 1, 2, 3].map(() => [0, 0, 0, 0]);

  /** to one place of the upper triangle */
  add(i: number, j: number, value: number): void {
    this.hessian[i]![j]! += value;
  }

  toEvaluation(): Evaluation {
    const { value, gradient, hessian } = this;
    const whole = hessian.map((row, i) => row.map((h, j) => (j < i ? hessian[j]![i]! : h)));
    return { value, gradient, hessian: whole };
  }
}

/** ln A₁ − R ln(α + T); counts the customers of each x */
function addBuying(
  sums: Sums,
  { x: X, T, weight }: BuyingHistory,
  r: number,
  alpha: number,
  { k, perX }: Plan,
): void {
  let [value, gr, ga, ra, aa] = [0, 0, 0, 0, 0];
  let end = NaN;
  let grown = 0;
  let logEnd = 0;
  for (let i = 0; i < X.length; ++i) {
    const phases = k * X[i]!;
    const w = weight[i]!;
    perX[X[i]!]! += w;
    if (alpha + T[i]! !== end) {
      end = alpha + T[i]!;
      grown = Math.log1p(T[i]! / alpha);
      logEnd = Math.log(end);
    }
    value -= w * (r * grown + phases * logEnd);
    gr -= w * grown;
    ga += w * (r / alpha - (r + phases) / end);
    ra += w * (1 / alpha - 1 / end);
    aa += w * ((r + phases) / (end * end) - r / (alpha * alpha));
  }
  const rising = risingTable(r, k * (perX.length - 1));
  let rr = 0;
  perX.forEach((w, x) => {
    value += w * rising.value[k * x]!;
    gr += w * rising.first[k * x]!;
    rr += w * rising.second[k * x]!;
  });
  sums.value += value;
  sums.gradient[0]! += gr;
  sums.gradient[1]! += ga;
  sums.add(0, 0, rr);
  sums.add(0, 1, ra);
  sums.add(1, 1, aa);
}

/** ln S: alive, and silent since the last purchase; nothing where k = 1 */
function addSilence(
  sums: Sums,
  { x: X, tX, T, weight }: BuyingHistory,
  r: number,
  alpha: number,
  k: number,
): void {
  const phases = new PhaseSum(k);
  let [value, gr, ga, rr, ra, aa] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < X.length; ++i) {
    if (i === 0 || X[i] !== X[i - 1]) phases.setShape(r + k * X[i]!);
    const w = weight[i]!;
    const end = 1 / (alpha + T[i]!);
    phases.setAll((T[i]! - tX[i]!) * end);
    const { mean, meanSquare } = phases;
    value += w * phases.log;
    gr += w * phases.byShape;
    ga -= w * mean * end;
    rr += w * phases.byShapeTwice;
    ra -= w * phases.mixed * end;
    aa += w * (meanSquare - mean * mean) * end * end;
  }
  sums.value += value;
  sums.gradient[0]! += gr;
  sums.gradient[1]! += ga;
  sums.add(0, 0, rr);
  sums.add(0, 1, ra);
  sums.add(1, 1, aa);
}

/** ln (1 + A₄ / S) of those who may have dropped out at their last purchase; A₄ / S = e^v */
function addDropout(
  sums: Sums,
  { x: X, tX, T, weight }: BuyingHistory,
  [r, alpha, a, b]: readonly number[],
  { k, flips }: Plan,
): void {
  const phases = new PhaseSum(k);
  let [value, gr, ga, dropped, gb] = [0, 0, 0, 0, 0];
  let [rr, ra, r3, r4, aa, a3, a4, curved, h34, h44] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = flips ? 0 : firstReturning(X); i < X.length; ++i) {
    const shape = r! + k * X[i]!;
    if (i === 0 || X[i] !== X[i - 1]) phases.setShape(shape);
    const end = 1 / (alpha! + T[i]!);
    const last = 1 / (alpha! + tX[i]!);
    const silent = (T[i]! - tX[i]!) * last;
    const grown = Math.log1p(silent);
    if (k > 1) phases.setAll((T[i]! - tX[i]!) * end);
    const { mean, mixed } = phases;
    const stayed = b! + X[i]! + flips - 1;
    const v = Math.log(a! / stayed) + shape * grown - phases.log;
    if (v < -60) continue; // e^v is nothing beside 1
    const small = Math.exp(-Math.abs(v));
    const gone = (weight[i]! * (v > 0 ? 1 : small)) / (1 + small);
    const curve = (gone * (v > 0 ? small : 1)) / (1 + small);
    const vr = grown - phases.byShape;
    const va = (mean - shape * silent) * end;
    const vb = -1 / stayed;
    const bent = shape * silent * (last + end) - (phases.meanSquare - mean * mean) * end;
    value += weight[i]! * (Math.log1p(small) + (v > 0 ? v : 0));
    gr += gone * vr;
    ga += gone * va;
    dropped += gone;
    gb += gone * vb;
    rr += curve * vr * vr - gone * phases.byShapeTwice;
    ra += curve * vr * va + gone * (mixed - silent) * end;
    r3 += curve * vr;
    r4 += curve * vr * vb;
    aa += curve * va * va + gone * bent * end;
    a3 += curve * va;
    a4 += curve * va * vb;
    curved += curve;
    h34 += curve * vb;
    h44 += (gone + curve) * vb * vb;
  }
  sums.value += value;
  [gr, ga, dropped / a!, gb].forEach((g, i) => (sums.gradient[i]! += g));
  [rr, ra, r3 / a!, r4].forEach((h, j) => sums.add(0, j, h));
  [aa, a3 / a!, a4].forEach((h, j) => sums.add(1, j + 1, h));
  [-(dropped - curved) / (a! * a!), h34 / a!].forEach((h, j) => sums.add(2, j + 2, h));
  sums.add(3, 3, h44);
}

/** groups are sorted by x: those who never came back stand first */
function firstReturning(X: Float64Array): number {
  const first = X.findIndex((x) => x > 0);
  return first < 0 ? X.length : first;
}

/** ln A₂ = Σ ln((b + j) / (a + b + j)), j < x + d: nobody dropped out at any purchase so far */
function addChoice(sums: Sums, a: number, b: number, { flips, perX }: Plan): void {
  let [value, da, db, dab, dbb] = [0, 0, 0, 0, 0];
  for (let purchases = 1; purchases < perX.length + flips; ++purchases) {
    const below = 1 / (b + purchases - 1);
    const both = 1 / (a + b + purchases - 1);
    value -= Math.log1p(a * below);
    da -= both;
    db += a * below * both;
    dab += both * both;
    dbb += both * both - below * below;
    const w = perX[purchases - flips]!;
    sums.value += w * value;
    sums.gradient[2]! += w * da;
    sums.gradient[3]! += w * db;
    sums.add(2, 2, w * dab);
    sums.add(2, 3, w * dab);
    sums.add(3, 3, w * dbb);
  }
}
