import type { Predictor } from "./buyingModel.ts";
import type { CnbdShape } from "./cnbdLikelihood.ts";
import { logComplement } from "./logComplement.ts";
import { PhaseSum } from "./phaseSum.ts";
import type { PresentValue } from "./presentValue.ts";
import { regularCounts } from "./regularCounts.ts";
import { regularOrders } from "./regularOrders.ts";
import { smoothTable } from "./smoothTable.ts";

/**
 * Predictions of the BG/CNBD-k and the MBG/CNBD-k, exact. Given alive at T, the rate of phases is
 * gamma(r + k x + j, α + T) and the dropout probability beta(a, b + x + d), where j, the phases
 * completed since the last purchase, has the probabilities of the terms of S(R, z): the longer the
 * silence, the nearer the next purchase. What is to come is the mean over j of what is to come after j.
 *
 * The papers, and BTYDplus, take the BG/NBD's expectation at k α instead, scaled so that its sum over
 * all customers is right: in a simulated world of k = 3 that is a quarter too much for those who have
 * just bought and a fifth too little for those who are due.
 */
export function cnbdPredictor(
  parameters: readonly number[],
  { k, dropsAtFirst }: CnbdShape,
): Predictor {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const flips = dropsAtFirst ? 1 : 0;
  const phases = new PhaseSum(k);
  let last = [NaN, NaN, NaN];
  const setPhases = (x: number, tX: number, T: number) => {
    if (x === last[0] && tX === last[1] && T === last[2]) return phases;
    if (x !== last[0]) phases.setShape(r + k * x);
    phases.setShares((T - tX) / (alpha + T));
    last = [x, tX, T];
    return phases;
  };
  /** Σ shares · what is to come after so many phases */
  const mean = (x: number, tX: number, T: number, after: Float64Array) => {
    const { shares } = setPhases(x, tX, T);
    let sum = 0;
    for (let j = 0; j < k; ++j) sum += shares[j]! * after[j]!;
    return sum;
  };
  const tables = new Tables(parameters, k, flips);
  return {
    logPAlive(x, tX, T) {
      const { log } = setPhases(x, tX, T);
      if (x + flips === 0) return 0;
      const grown = Math.log1p((T - tX) / (alpha + tX));
      return logComplement(Math.log(a / (b + x + flips - 1)) + (r + k * x) * grown - log);
    },
    ordersIfAlive: (x, tX, T, t) => mean(x, tX, T, tables.orders(x)(t / (alpha + T))),
    valueIfAlive: (x, tX, T, value) => mean(x, tX, T, tables.values(x, value)(alpha + T)),
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

type Table = (at: number) => Float64Array;

/** What is to come after j phases depends on x and t / (α + T) alone, and so is tabulated by x. */
class Tables {
  readonly #parameters: readonly number[];
  readonly #k: number;
  readonly #flips: number;
  readonly #orders: Table[] = [];
  readonly #values = new WeakMap<PresentValue, Table[]>();

  constructor(parameters: readonly number[], k: number, flips: number) {
    this.#parameters = parameters;
    this.#k = k;
    this.#flips = flips;
  }

  /** mean orders within t = κ (α + T), by κ */
  orders(x: number): Table {
    const [r, , a, b] = this.#parameters as [number, number, number, number];
    const k = this.#k;
    return (this.#orders[x] ??= orNone(
      k,
      smoothTable(regularOrders(a, b + x + this.#flips, r + k * x, k)),
    ));
  }

  /** their present value, by α + T */
  values(x: number, value: PresentValue): Table {
    const ofX = this.#values.get(value) ?? [];
    this.#values.set(value, ofX);
    return (ofX[x] ??= smoothTable((age) => {
      const sums = new Float64Array(this.#k);
      value.weeks.forEach((t, i) => {
        this.orders(x)(t / age).forEach((orders, j) => (sums[j]! += value.weights[i]! * orders));
      });
      return sums;
    }, 1e-10));
  }
}

/** a table of what there is none of in no time */
function orNone(size: number, table: Table): Table {
  return (at) => (at > 0 ? table(at) : new Float64Array(size));
}
