import { type Descent, dampedNewton } from "./dampedNewton.ts";
import {
  evaluateAt,
  hessianAt,
  type LogLikelihood,
  type Objective,
  toObjective,
  toParameters,
  toSearch,
} from "./logObjective.ts";
import type { ParameterRange } from "./parameterRange.ts";
import { quasiNewton } from "./quasiNewton.ts";
import { eigen, type Matrix } from "./symmetricMatrix.ts";

/** The best maximum found, and what can be said of it. */
export interface Optimum {
  parameters: number[];
  logLikelihood: number;
  /** a stationary point inside the box or on its edge; false: the figures are only the best seen */
  converged: boolean;
  stopped: Descent["stopped"];
  /** of each parameter: within .01 of a bound in search coordinates (1 % if logarithms) */
  atBound: boolean[];
  /** of −log-likelihood at the maximum, in search coordinates: log-parameters, plain coefficients */
  hessian: Matrix;
  positiveDefinite: boolean;
  /** of the search coordinates: inverse of the Hessian; undefined when that is not positive definite */
  covariance: Matrix | undefined;
  /** over all starts */
  iterations: number;
}

/**
 * Maximum of a log-likelihood inside a box, from several starts: damped Newton in search
 * coordinates (the logarithms of positive parameters), and quasi-Newton from where that got stuck.
 * Never throws for a badly behaved likelihood: what went wrong is in the answer.
 *
 * @param starts parameters to start from, at least one
 * @param options.ranges how each parameter is searched; by default on its logarithm in [1e-4, 1e5]
 */
export function maximize(
  logLikelihood: LogLikelihood,
  starts: readonly (readonly number[])[],
  { maxIterations = 200, ranges }: MaximizeOptions = {},
): Optimum {
  let best: Descent | undefined;
  let iterations = 0;
  const objective = toObjective(logLikelihood, starts[0]?.length ?? 0, ranges);
  for (const start of starts) {
    const descent = descend(objective, start, maxIterations);
    iterations += descent.iterations;
    if (!best || isBetter(descent, best)) best = descent;
  }
  if (!best) throw new RangeError("no start");
  return describe(objective, best, iterations);
}

interface MaximizeOptions {
  maxIterations?: number;
  ranges?: readonly ParameterRange[] | undefined;
}

function descend(objective: Objective, start: readonly number[], maxIterations: number): Descent {
  const first = dampedNewton(
    objective,
    evaluateAt(objective, toSearch(objective, start)),
    maxIterations,
  );
  if (isConverged(first)) return first;
  const second = quasiNewton(objective, first.point, maxIterations);
  const third = dampedNewton(objective, second.point, maxIterations);
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

function describe(objective: Objective, best: Descent, iterations: number): Optimum {
  const { point } = best;
  const hessian = hessianAt(objective, point);
  const inverse = Number.isFinite(point.value) ? invertPositive(hessian) : undefined;
  return {
    parameters: toParameters(objective, point.y),
    logLikelihood: -point.value,
    converged: isConverged(best),
    stopped: best.stopped,
    atBound: point.y.map(
      (y, i) => y < objective.lower[i]! + 0.01 || y > objective.upper[i]! - 0.01,
    ),
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
