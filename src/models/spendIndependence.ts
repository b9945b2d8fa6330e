import { correlate } from "./correlate.ts";
import type { SpendHistory } from "./spendHistory.ts";
import { toRanks } from "./toRanks.ts";

/** Whether spend goes with frequency, which the gamma-gamma model takes not to be so. */
export interface SpendIndependence {
  /** Pearson's correlation of x and m over customers */
  pearson: number;
  /** 95 % interval of Pearson's */
  lower: number;
  upper: number;
  /** Spearman's, ties at their middle rank */
  spearman: number;
  /** 0 lies in the interval */
  isLikely: boolean;
}

/**
 * Correlations of the number of repeat purchases and their mean amount, over customers who came back
 * and spent; the interval by Fisher's transformation. The verdict is Pearson's: drawn from the model
 * itself with the frequencies of CDNOW, it scatters about 0 as the interval has it, and Spearman's
 * about .04, since the mean of few purchases is more skewed than that of many, and its median lower.
 *
 * @returns undefined where either does not vary, or of fewer than 4 customers
 * @see Fisher (1921), On the "probable error" of a coefficient of correlation, Metron 1
 */
export function spendIndependence({
  x,
  m,
  weight,
  customers,
  correlation,
}: SpendHistory): SpendIndependence | undefined {
  const spearman = correlate(toRanks(x, weight), toRanks(m, weight), weight);
  if (spearman === null || customers < 4) return undefined;
  const half = normal95 / Math.sqrt(customers - 3);
  const z = Math.atanh(correlation);
  const [lower, upper] = [Math.tanh(z - half), Math.tanh(z + half)];
  return { pearson: correlation, lower, upper, spearman, isLikely: lower <= 0 && upper >= 0 };
}

const normal95 = 1.959963984540054;
