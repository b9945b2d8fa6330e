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
  /** 0 lies in the 95 % interval of either */
  isLikely: boolean;
}

/**
 * Correlations of the number of repeat purchases and their mean amount, over customers who came back
 * and spent; intervals by Fisher's transformation. Drawn from the model itself, with the frequencies
 * of CDNOW, Pearson's scatters by 1 / √n about 0 as the interval has it, and Spearman's about .04:
 * the mean of few purchases is more skewed than that of many, and its median lower.
 *
 * @returns undefined where either does not vary, or of fewer than 4 customers
 * @see Fisher (1921), On the "probable error" of a coefficient of correlation, Metron 1
 * @see Fieller, Hartley and Pearson (1957), https://doi.org/10.1093/biomet/44.3-4.470, for ranks
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
  const error = 1 / Math.sqrt(customers - 3);
  const z = Math.atanh(correlation);
  const isLikely =
    Math.abs(z) < normal95 * error &&
    Math.abs(Math.atanh(spearman)) < normal95 * error * rankFactor;
  return {
    pearson: correlation,
    lower: Math.tanh(z - normal95 * error),
    upper: Math.tanh(z + normal95 * error),
    spearman,
    isLikely,
  };
}

const normal95 = 1.959963984540054;
const rankFactor = Math.sqrt(1.06);
