import type { Predictor } from "./buyingModel.ts";
import { risingTable } from "./risingTable.ts";

/**
 * Predictions of customers who buy in a period with a beta(α, β) probability and, at the beginning
 * of each, drop out with a beta(γ, δ) one; never where γ = 0. Time is in periods; what a part of a
 * period brings is its share of the whole.
 *
 * @see Fader, Hardie and Shang (2010), https://doi.org/10.1287/mksc.1100.0580, section 3
 */
export function periodPredictor(
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
): Predictor {
  /** P(dropped out at the beginning of the mth period from now | alive before), m = 0 for the next */
  const died = (n: number, m: number) => gamma / (gamma + delta + n + m);
  const countsIfAlive = (x: number, n: number, periods: number, most: number) => {
    const counts = chances([alpha + x, beta + n - x], Math.ceil(periods), most);
    const whole = Math.floor(periods);
    const part = periods - whole;
    let alive = 1;
    for (let m = 0; m < whole; ++m) {
      counts.add(m, alive * died(n, m));
      alive *= 1 - died(n, m);
    }
    if (part > 0) counts.add(whole + 1, alive * part * (1 - died(n, whole)));
    counts.add(whole, alive * (1 - part * (1 - died(n, whole))));
    return counts.all;
  };
  return {
    logPAlive: (x, tX, n) => (gamma === 0 ? 0 : logPAlive([alpha, beta, gamma, delta], x, tX, n)),
    ordersIfAlive(x, _, n, periods) {
      let alive = 1;
      let sum = 0;
      for (let m = 0; m < periods; ++m) {
        alive *= 1 - died(n, m);
        sum += alive * Math.min(1, periods - m);
      }
      return (sum * (alpha + x)) / (alpha + beta + n);
    },
    noOrderIfAlive: (x, _, n, periods) => countsIfAlive(x, n, periods, 0)[0]!,
    countsIfAlive: (x, _, n, periods, most) => countsIfAlive(x, n, periods, most),
  };
}

/**
 * ln P(alive in the nth period): −ln(1 + Σ rᵢ), rᵢ the odds of having dropped out after period
 * i = n − 1 to t_x, each from the one before.
 */
function logPAlive(
  [alpha, beta, gamma, delta]: [number, number, number, number],
  x: number,
  tX: number,
  n: number,
): number {
  let gone = 0;
  let odds = 1;
  let scale = 0; // ln of what both are to be multiplied by
  for (let i = n - 1; i >= tX; --i) {
    const first = i === n - 1 ? gamma : gamma + delta + i + 1;
    odds *= ((alpha + beta + i) / (beta + i - x)) * (first / (delta + i));
    gone += odds;
    if (gone > 1e200) {
      scale += 200 * Math.LN10;
      odds *= 1e-200;
      gone *= 1e-200;
    }
  }
  return scale === 0 ? -Math.log1p(gone) : -scale - Math.log(gone + Math.exp(-scale));
}

/** adds up P(y purchases in m periods), y = 0 to most, for several m of at most `longest` */
function chances([alpha, beta]: [number, number], longest: number, most: number) {
  const all = new Float64Array(most + 1);
  const bought = risingTable(alpha, most).value;
  const missed = risingTable(beta, longest).value;
  const both = risingTable(alpha + beta, longest).value;
  return {
    all,
    add(m: number, weight: number): void {
      let choose = 0; // ln of the ways to choose y of m
      for (let y = 0; y <= Math.min(m, most); ++y) {
        all[y]! += weight * Math.exp(choose + bought[y]! + missed[m - y]! - both[m]!);
        choose += Math.log((m - y) / (y + 1));
      }
    },
  };
}
