import { digamma } from "./digamma.ts";
import { logBeta } from "./logBeta.ts";
import type { Evaluation } from "./logObjective.ts";
import type { SpendHistory } from "./spendHistory.ts";
import { trigamma } from "./trigamma.ts";

/**
 * Gamma-gamma model of spend: the amounts of one customer are gamma(p, ν), ν is gamma(q, v) over
 * customers, independent of how often they buy. Fitted to those with x > 0 and m > 0:
 *
 * f(m | x) = v^q m^(px−1) x^(px) / (B(px, q) (v + x m)^(px+q))
 *
 * @see Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a,
 * http://www.brucehardie.com/notes/025/gamma_gamma.pdf
 */
export const gammaGamma = {
  id: "gamma-gamma",
  parameters: ["p", "q", "v"],
  starts,
  logLikelihood,
} as const;

/**
 * E[mean amount of a future purchase | x, m]: the population's mean and the customer's, weighted;
 * the population's where x = 0 or no amount is known. Infinity when px + q ≤ 1.
 *
 * @see Fader and Hardie (2013), equation 5
 */
export function expectedSpend(
  [p, q, v]: readonly [number, number, number],
  x: number,
  m: number,
): number {
  const known = x > 0 && m > 0 ? x : 0;
  const freedom = p * known + q - 1;
  return freedom > 0 ? (p * (v + (known === 0 ? 0 : x * m))) / freedom : Infinity;
}

function starts({ meanSpend }: SpendHistory): number[][] {
  const mean = meanSpend > 0 ? meanSpend : 1;
  return [
    [5, 4, (mean * 3) / 5],
    [1, 3, mean * 2],
  ];
}

function logLikelihood([p, q, v]: readonly number[], history: SpendHistory): Evaluation {
  const sums = Array.from({ length: 10 }, () => 0);
  let start = 0;
  while (start < history.x.length) {
    let end = start;
    while (end < history.x.length && history.x[end] === history.x[start]) ++end;
    addPurchases(sums, history, start, end, [p!, q!, v!]);
    start = end;
  }
  const [value, gp, gq, gv, pp, pq, pv, qq, qv, vv] = sums as [
    ...[number, number, number, number, number],
    ...[number, number, number, number, number],
  ];
  return {
    value,
    gradient: [gp, gq, gv],
    hessian: [
      [pp, pq, pv],
      [pq, qq, qv],
      [pv, qv, vv],
    ],
  };
}

/** customers of one x: what depends on x alone is taken once, by their number */
function addPurchases(
  sums: number[],
  { x: X, m: M, weight }: SpendHistory,
  start: number,
  end: number,
  [p, q, v]: [number, number, number],
): void {
  const x = X[start]!;
  const y = p * x;
  const local = new Float64Array(7);
  for (let i = start; i < end; ++i) {
    const w = weight[i]!;
    const spent = x * M[i]!;
    const all = v + spent;
    const share = spent / (v * all);
    const low = Math.log1p(v / spent);
    const high = Math.log1p(spent / v);
    local[0]! += w;
    local[1]! -= w * (y * low + q * high + Math.log(M[i]!));
    local[2]! -= w * low;
    local[3]! -= w * high;
    local[4]! += w * (q * share - y / all);
    local[5]! += (w * x) / all;
    local[6]! += w * (y / (all * all) - (q * share * (v + all)) / (v * all));
    sums[8]! += w * share;
  }
  const [n, logs, lows, highs, dv, xAll, dvv] = local as unknown as number[];
  const both = digamma(y + q);
  const bent = trigamma(y + q);
  sums[0]! += logs! - n! * logBeta(y, q);
  sums[1]! += x * (n! * (both - digamma(y)) + lows!);
  sums[2]! += n! * (both - digamma(q)) + highs!;
  sums[3]! += dv!;
  sums[4]! += n! * x * x * (bent - trigamma(y));
  sums[5]! += n! * x * bent;
  sums[6]! -= xAll!;
  sums[7]! += n! * (bent - trigamma(q));
  sums[9]! += dvv!;
}
