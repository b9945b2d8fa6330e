import type { Fit } from "./fitModel.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import { quadraticForm } from "./symmetricMatrix.ts";

/** A figure derived from fitted parameters, with a 95 % interval. */
export interface Estimate {
  estimate: number;
  standardError: number;
  lower: number;
  upper: number;
}

/**
 * A positive figure, or a share between 0 and 1, as a function of fitted parameters: standard error
 * by the delta method with respect to the log-parameters, interval symmetric in the logarithm (of a
 * share: of its odds), so that neither bound leaves the range.
 */
export function estimateOf(
  fit: Fit,
  figure: (parameters: readonly number[]) => number,
  kind: "positive" | "share",
): Estimate {
  const estimate = figure(fit.parameters);
  const step = 1e-5;
  const gradient = fit.parameters.map((p, i) => {
    const [up, down] = [step, -step].map((by) =>
      figure(fit.parameters.map((q, j) => (i === j ? p * Math.exp(by) : q))),
    );
    return (up! - down!) / (2 * step);
  });
  const variance = quadraticForm(fittedCovariance(fit).covariance, gradient);
  const standardError = Math.sqrt(Math.max(0, variance));
  const rest = kind === "share" ? 1 - estimate : 1;
  const reach = rest > 0 && estimate > 0 ? (normal95 * standardError) / (estimate * rest) : 0;
  const factor = Math.exp(Math.min(reach, 300));
  const bound = (by: number) =>
    kind === "share" ? (estimate * by) / (estimate * by + rest) : estimate * by;
  return { estimate, standardError, lower: bound(1 / factor), upper: bound(factor) };
}

const normal95 = 1.959963984540054;
