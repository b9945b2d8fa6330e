import type { Predictor } from "./buyingModel.ts";
import type { Holdout } from "./holdout.ts";
import { predictCounts } from "./predictCounts.ts";

/** What a model takes for chance in a holdout, and how well it does so. */
export interface HoldoutChance {
  /** variance of the purchases to come over their mean, by x up to `pool` */
  dispersion: Float64Array;
  /** share of customers whose purchases lie between the 2.5 % and the 97.5 % quantile of theirs */
  coverage: number;
  /** what that share would be if the model were right: more than 95 %, since purchases are whole */
  nominalCoverage: number;
}

/**
 * Chances of counts over every k-th group, some 1,500 at the most: much like the whole, since groups
 * are sorted.
 *
 * @returns undefined where the model does not give probabilities of counts
 */
export function holdoutChance(
  predictor: Predictor,
  { history, outcomes, weeks }: Holdout,
  pool: number,
): HoldoutChance | undefined {
  const every = Math.ceil(history.x.length / mostGroups);
  const [means, variances] = [new Float64Array(pool + 1), new Float64Array(pool + 1)];
  let [customers, inside, nominal, at] = [0, 0, 0, 0];
  for (let i = 0; i < history.x.length; i += every) {
    const [x, tX, T] = [history.x[i]!, history.tX[i]!, history.T[i]!];
    const counts = predictCounts(predictor, [x, tX, T], weeks);
    if (!counts) return undefined;
    const { mean, variance, lower, upper, share } = describeCounts(counts);
    const w = history.weight[i]!;
    means[Math.min(x, pool)]! += w * mean;
    variances[Math.min(x, pool)]! += w * variance;
    customers += w;
    nominal += w * share;
    while (at < outcomes.group.length && outcomes.group[at]! < i) ++at;
    for (; outcomes.group[at] === i; ++at) {
      const orders = outcomes.orders[at]!;
      if (orders >= lower && orders <= upper) inside += outcomes.weight[at]!;
    }
  }
  return {
    dispersion: means.map((mean, row) => (mean > 0 ? variances[row]! / mean : 1)),
    coverage: inside / customers,
    nominalCoverage: nominal / customers,
  };
}

const mostGroups = 1500;

/** mean, variance, and the counts from the 2.5 % to the 97.5 % quantile with the share within them */
function describeCounts(counts: Float64Array): {
  mean: number;
  variance: number;
  lower: number;
  upper: number;
  share: number;
} {
  let [mean, square, below] = [0, 0, 0];
  let lower = -1;
  let upper = -1;
  let share = 0;
  for (let n = 0; n < counts.length; ++n) {
    const p = counts[n]!;
    mean += n * p;
    square += n * n * p;
    below += p;
    if (lower < 0 && below >= 0.025) lower = n;
    if (lower >= 0 && upper < 0) share += p;
    if (upper < 0 && below >= 0.975) upper = n;
  }
  if (upper < 0) upper = counts.length - 1;
  return { mean, variance: Math.max(0, square - mean * mean), lower, upper, share };
}
