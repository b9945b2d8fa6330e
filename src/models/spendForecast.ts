import type { Fit } from "./fitModel.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import { expectedSpend } from "./gammaGamma.ts";
import type { SpendHistory } from "./spendHistory.ts";
import { type Matrix, quadraticForm } from "./symmetricMatrix.ts";

/** What a future purchase of a customer with x repeat purchases of mean amount m is worth. */
export interface SpendForecast {
  /** money */
  expected(x: number, m: number): number;
  /** slopes of its logarithm by the parameters' search coordinates, written over by the next call */
  slopes(x: number, m: number): readonly number[];
  /** of the search coordinates */
  covariance: Matrix;
  /** variance of its logarithm that the parameters' uncertainty makes (delta method) */
  logVariance(x: number, m: number): number;
}

export function spendByModel(fit: Fit): SpendForecast {
  const [p, q, v] = fit.parameters as [number, number, number];
  const { covariance } = fittedCovariance(fit);
  const gradient = [0, 0, 0];
  const slopes = (x: number, m: number) => {
    const known = x > 0 && m > 0 ? x : 0;
    const freedom = p * known + q - 1;
    gradient[0] = (q - 1) / freedom;
    gradient[1] = -q / freedom;
    gradient[2] = known === 0 ? 1 : v / (v + x * m);
    return gradient;
  };
  return {
    expected: (x, m) => expectedSpend([p, q, v], x, m),
    slopes,
    covariance,
    logVariance: (x, m) => Math.max(0, quadraticForm(covariance, slopes(x, m))),
  };
}

/** Where the gamma-gamma model does not hold: the mean repeat purchase, for everybody. */
export function spendByMean({ meanSpend, meanSpendError }: SpendHistory): SpendForecast {
  const variance = (meanSpendError / meanSpend) ** 2;
  return {
    expected: () => meanSpend,
    slopes: () => [1],
    covariance: [[variance]],
    logVariance: () => variance,
  };
}
