import { type Descent, dampedNewton } from "./dampedNewton.ts";
import { evaluateAt, hessianAt, type LogLikelihood, logLower, logUpper } from "./logObjective.ts";
import { quasiNewton } from "./quasiNewton.ts";
import { eigen, type Matrix } from "./symmetricMatrix.ts";

/** The best maximum found, and what can be said of it. */
export interface Optimum {
  parameters: number[];
  logLikelihood: number;
  /** a stationary point inside the box or on its edge; false: the figures are only the best seen */
  converged: boolean;
  stopped: Descent["stopped"];
  /** of each parameter: within 1 % of a bound */
  atBound: boolean[];
  /** of −log-likelihood in log-parameters, at the maximum */
  hessian: Matrix;
  positiveDefinite: boolean;
  /** of the log-parameters: inverse of the Hessian; undefined when that is not positive definite */
  covariance: Matrix | undefined;
  /** over all starts */
  iterations: number;
}

/**
 * Maximum of a log-likelihood over positive parameters in [1e-4, 1e5], from several starts: damped
 * Newton on the log-parameters, and quasi-Newton from where that got stuck. Never throws for a
 * badly behaved likelihood: what went wrong is in the answer.
 *
 * @param starts parameters to start from, at least one
 */
export function maximize(
  logLikelihood: LogLikelihood,
  starts: readonly (readonly number[])[],
  { maxIterations = 200 }: { maxIterations?: number } = {},
): Optimum {
  let best: Descent | undefined;
  let iterations = 0;
  for (const start of starts) {
    const descent = descend(logLikelihood, start, maxIterations);
    iterations += descent.iterations;
    if (!best || isBetter(descent, best)) best = descent;
  }
  if (!best) throw new RangeError("no start");
  return describe(logLikelihood, best, iterations);
}

function descend(
  logLikelihood: LogLikelihood,
  start: readonly number[],
  maxIterations: number,
): Descent {
  const y = start.map((p) => Math.min(logUpper, Math.max(logLower, Math.log(p))));
  const first = dampedNewton(logLikelihood, evaluateAt(logLikelihood, y), maxIterations);
  if (isConverged(first)) return first;
  const second = quasiNewton(logLikelihood, first.point, maxIterations);
  const third = dampedNewton(logLikelihood, second.point, maxIterations);
  return { ...third, iterations: first.iterations + second.iterations + third.iterations };
}

function isConverged({ stopped, point }: Descent): boolean {
  return Number.isFinite(point.value) && stopped !== "stuck" && stopped !== "iterations";
}

function isBetter(a: Descent, b: Descent): boolean {
  const tie = 1e-10 * (1 + Math.abs(b.point.value));
  if (Math.abs(a.point.value - b.point.value) <= tie) return isConverged(a) && !isConverged(b);
  return a.point.value < b.point.value;
}

function describe(logLikelihood: LogLikelihood, best: Descent, iterations: number): Optimum {
  const { point } = best;
  const hessian = hessianAt(logLikelihood, point);
  const inverse = Number.isFinite(point.value) ? invertPositive(hessian) : undefined;
  return {
    parameters: point.y.map(Math.exp),
    logLikelihood: -point.value,
    converged: isConverged(best),
    stopped: best.stopped,
    atBound: point.y.map((y) => y < logLower + 0.01 || y > logUpper - 0.01),
    hessian,
    positiveDefinite: inverse !== undefined,
    covariance: inverse,
    iterations,
  };
}

function invertPositive(hessian: Matrix): Matrix | undefined {
  const { values, vectors } = eigen(hessian);
  const largest = Math.max(...values);
  if (!values.every((value) => value > 1e-12 * largest)) return undefined;
  return hessian.map((_, i) =>
    hessian.map((__, j) =>
      values.reduce((sum, value, k) => sum + (vectors[i]![k]! * vectors[j]![k]!) / value, 0),
    ),
  );
}
