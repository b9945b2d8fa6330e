import { limits } from "./diagnose.ts";
import type { Fit } from "./fitModel.ts";
import { eigen, type Matrix } from "./symmetricMatrix.ts";

/**
 * Covariance of the log-parameters for intervals of what is predicted from them. Where the Hessian
 * is not positive definite, the generalised inverse over the directions that the data settle: along
 * the others (r and α of an NBD that is all but Poisson) the likelihood, and with it the prediction,
 * hardly changes.
 *
 * @returns `complete: false` when a direction was left out
 */
export function fittedCovariance({ covariance, logErrors, hessian }: Fit): {
  covariance: Matrix;
  complete: boolean;
} {
  if (covariance && Math.max(...logErrors!) < limits.logError) {
    return { covariance, complete: true };
  }
  const { values, vectors } = eigen(hessian);
  const settled = values.map((value) => value > 1 / limits.logError ** 2);
  const inverse = hessian.map((_, i) =>
    hessian.map((__, j) =>
      values.reduce(
        (sum, value, k) => (settled[k] ? sum + (vectors[i]![k]! * vectors[j]![k]!) / value : sum),
        0,
      ),
    ),
  );
  return { covariance: inverse, complete: false };
}
