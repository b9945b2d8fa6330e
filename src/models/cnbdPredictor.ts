import type { Predictor } from "./buyingModel.ts";
import type { CnbdShape } from "./cnbdLikelihood.ts";
import { PhaseSum } from "./phaseSum.ts";
import { regularOrders } from "./regularOrders.ts";
import { regularCounts } from "./regularCounts.ts";

/**
 * Predictions of the BG/CNBD-k and the MBG/CNBD-k, exact. Given alive at T, the rate of phases is
 * gamma(r + k x + j, α + T) and the dropout probability beta(a, b + x + d), where j, the phases
 * completed since the last purchase, has the probabilities of the terms of S(R, z): the longer the
 * silence, the nearer the next purchase. What is to come is the mean over j of what is to come after j.
 *
 * The packages of the papers' authors take the BG/NBD's expectation at k α instead, scaled so that
 * its sum over all customers is right: a customer who has just bought is given about what one who is
 * due is given.
 */
export function cnbdPredictor(
  parameters: readonly number[],
  { k, dropsAtFirst }: CnbdShape,
): Predictor {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const flips = dropsAtFirst ? 1 : 0;
  const phases = new PhaseSum(k);
  const setPhases = (x: number, tX: number, T: number) => {
    phases.setShape(r + k * x);
    phases.setShares((T - tX) / (alpha + T));
    return phases;
  };
  const ordersAfter = new OrdersAfterPhases(parameters, k, flips);
  return {
    logPAlive(x, tX, T) {
      const { log } = setPhases(x, tX, T);
      if (x + flips === 0) return 0;
      const grown = Math.log1p((T - tX) / (alpha + tX));
      const v = Math.log(a / (b + x + flips - 1)) + (r + k * x) * grown - log;
      return v > 0 ? -v - Math.log1p(Math.exp(-v)) : -Math.log1p(Math.exp(v));
    },
    ordersIfAlive(x, tX, T, t) {
      const { shares } = setPhases(x, tX, T);
      const orders = ordersAfter.at(x, T, t);
      let sum = 0;
      for (let j = 0; j < k; ++j) sum += shares[j]! * orders[j]!;
      return sum;
    },
    noOrderIfAlive(x, tX, T, t) {
      const before = setPhases(x, tX, T).log;
      const after = setPhases(x, tX, T + t).log;
      return Math.exp(Math.min(0, after - before - (r + k * x) * Math.log1p(t / (alpha + T))));
    },
    countsIfAlive(x, tX, T, t, most) {
      const { shares } = setPhases(x, tX, T);
      return regularCounts(a, b + x + flips, r + k * x, shares, t / (alpha + T), most);
    },
  };
}

/** Mean orders within t after j phases; those of the last x and T are kept, since groups come sorted. */
class OrdersAfterPhases {
  readonly #parameters: readonly number[];
  readonly #k: number;
  readonly #flips: number;
  readonly #ordersOfX: ((kappa: number) => Float64Array)[] = [];
  readonly #kept = new Map<number, Float64Array>();
  #x = NaN;
  #T = NaN;

  constructor(parameters: readonly number[], k: number, flips: number) {
    this.#parameters = parameters;
    this.#k = k;
    this.#flips = flips;
  }

  at(x: number, T: number, t: number): Float64Array {
    if (x !== this.#x || T !== this.#T) {
      this.#x = x;
      this.#T = T;
      this.#kept.clear();
    }
    let orders = this.#kept.get(t);
    if (orders === undefined) {
      const [r, alpha, a, b] = this.#parameters as [number, number, number, number];
      const k = this.#k;
      const ofX = (this.#ordersOfX[x] ??= regularOrders(a, b + x + this.#flips, r + k * x, k));
      orders = ofX(t / (alpha + T));
      this.#kept.set(t, orders);
    }
    return orders;
  }
}
