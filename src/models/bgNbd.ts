import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { maximize } from "./maximize.ts";
import { nbd } from "./nbd.ts";
import { ordersUntilDropout } from "./ordersUntilDropout.ts";
import { type RisingTable, risingTable } from "./risingTable.ts";

/**
 * BG/NBD: purchases at a gamma(r, α) rate; after each repeat purchase a customer drops out with a
 * beta(a, b) probability. A customer who never came back is alive by construction.
 *
 * L(x, t_x, T) = A₁ A₂ (A₃ + δ(x > 0) A₄), the paper's spreadsheet form, with
 * A₁ = Γ(r+x) α^r / Γ(r), A₂ = Γ(a+b) Γ(b+x) / (Γ(b) Γ(a+b+x)),
 * A₃ = (α+T)^−(r+x), A₄ = a / (b+x−1) · (α+t_x)^−(r+x)
 *
 * @see Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, equations 6 and 10,
 * https://doi.org/10.1287/mksc.1040.0098; P(alive) from the authors' note of 2008
 */
export const bgNbd: BuyingModel = {
  id: "bg-nbd",
  parameters: ["r", "alpha", "a", "b"],
  timePowers: [0, 1, 0, 0],
  starts,
  logLikelihood,
  predictor,
};

function starts(history: BuyingHistory): number[][] {
  const { parameters } = maximize((p) => nbd.logLikelihood(p, history), nbd.starts(history));
  const [r, alpha] = parameters as [number, number];
  return [
    [0.7 * r, 0.5 * alpha, 0.8, 2.5],
    [r, alpha, 0.05, 5], // next to no dropout
    [1, Math.max(history.meanT, 1), 1, 1],
  ];
}

function logLikelihood(parameters: readonly number[], history: BuyingHistory): Evaluation {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const sums = new Sums();
  const perX = new Float64Array(history.maxX + 1);
  addBuying(sums, history, r, alpha, perX);
  addReturning(sums, history, parameters);
  addChoice(sums, perX, a, b);
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
  { x: X, T, weight }: BuyingHistory,
  r: number,
  alpha: number,
  perX: Float64Array,
): void {
  const rising = risingTable(r, perX.length - 1);
  let end = NaN;
  let grown = 0;
  let logEnd = 0;
  for (let i = 0; i < X.length; ++i) {
    const x = X[i]!;
    const w = weight[i]!;
    perX[x]! += w;
    if (alpha + T[i]! !== end) {
      end = alpha + T[i]!;
      grown = Math.log1p(T[i]! / alpha);
      logEnd = Math.log(end);
    }
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

/** ln (1 + A₄ / A₃) of those who came back; A₄ / A₃ = e^u */
function addReturning(sums: Sums, history: BuyingHistory, parameters: readonly number[]): void {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const { x: X, tX, T, weight } = history;
  const logA = Math.log(a);
  let x = 0;
  let logB = 0;
  for (let i = 0; i < X.length; ++i) {
    if (X[i] === 0) continue;
    const w = weight[i]!;
    if (X[i] !== x) {
      x = X[i]!;
      logB = Math.log(b + x - 1);
    }
    const last = alpha + tX[i]!;
    const end = alpha + T[i]!;
    const R = r + x;
    const ur = Math.log1p((T[i]! - tX[i]!) / last);
    const u = logA - logB + R * ur;
    const dropped = u > 0 ? 1 / (1 + Math.exp(-u)) : 1 - 1 / (1 + Math.exp(u));
    const ura = (tX[i]! - T[i]!) / (last * end);
    const ua = R * ura;
    const ub = -1 / (b + x - 1);
    sums.value += w * (u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u)));
    const wd = w * dropped;
    const curve = wd * (1 - dropped);
    sums.g[0]! += wd * ur;
    sums.g[1]! += wd * ua;
    sums.g[2]! += wd / a;
    sums.g[3]! += wd * ub;
    sums.rr += curve * ur * ur;
    sums.ra += wd * ura + curve * ur * ua;
    sums.r3 += (curve * ur) / a;
    sums.r4 += curve * ur * ub;
    sums.aa -= wd * ura * R * (1 / last + 1 / end) - curve * ua * ua;
    sums.a3 += (curve * ua) / a;
    sums.a4 += curve * ua * ub;
    sums.h33 -= (wd - curve) / (a * a);
    sums.h34 += (curve * ub) / a;
    sums.h44 += (wd + curve) * ub * ub;
  }
}

/** ln A₂ = Σ ln((b + j) / (a + b + j)), j < x: nobody dropped out at the first x purchases */
function addChoice(sums: Sums, perX: Float64Array, a: number, b: number): void {
  let value = 0;
  let da = 0;
  let db = 0;
  let daa = 0;
  let dbb = 0;
  for (let x = 1; x < perX.length; ++x) {
    const below = 1 / (b + x - 1);
    const both = 1 / (a + b + x - 1);
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

function predictor(parameters: readonly number[]): Predictor {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const ordersOfX: ((kappa: number) => number)[] = [];
  return {
    logPAlive(x, tX, T) {
      if (x === 0) return 0;
      const u = Math.log(a / (b + x - 1)) + (r + x) * Math.log1p((T - tX) / (alpha + tX));
      return u > 0 ? -u - Math.log1p(Math.exp(-u)) : -Math.log1p(Math.exp(u));
    },
    ordersIfAlive(x, T, t) {
      const orders = (ordersOfX[x] ??= ordersUntilDropout(a, b + x, r + x));
      return orders(t / (alpha + T));
    },
    noOrderIfAlive: (x, T, t) => Math.exp(-(r + x) * Math.log1p(t / (alpha + T))),
  };
}
