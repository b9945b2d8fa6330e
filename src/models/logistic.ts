import type { Evaluation } from "./logObjective.ts";
import { maximize } from "./maximize.ts";
import { type Matrix, solvePositive } from "./symmetricMatrix.ts";

/** People who share the same factors: n of them, k of whom did it. */
export interface LogisticCell {
  factors: readonly number[];
  n: number;
  k: number;
}

/**
 * `separated`: some factors tell who did it and who did not without an exception on one side, so that a
 * larger coefficient is always likelier; `dependent`: one factor follows from the others.
 */
export type LogisticFit =
  | {
      state: "fitted";
      /** the constant first */
      coefficients: number[];
      covariance: Matrix;
      logLikelihood: number;
    }
  | { state: "separated" | "dependent" | "not-converged" };

/**
 * Log-odds = b0 + b1 · factor 1 + …, by maximum likelihood over cells. The coefficients are finite only
 * where no direction of them fits every cell at least as well without end; that is found by trying
 * every direction in question, exactly for factors of 0 and 1.
 *
 * @see Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic
 * regression models, https://doi.org/10.1093/biomet/71.1.1
 */
export function fitLogistic(cells: readonly LogisticCell[]): LogisticFit {
  const rows = cells
    .filter(({ n }) => n > 0)
    .map(({ factors, n, k }): Row => ({ x: [1, ...factors], n, k }));
  const size = 1 + (cells[0]?.factors.length ?? 0);
  const isWhole = subsets(rows, size).some((some) => determinant(some.map(({ x }) => x)) !== 0);
  if (!isWhole) return { state: "dependent" };
  if (isSeparated(rows, size)) return { state: "separated" };
  const start = Array.from({ length: size }, () => 0);
  const ranges = start.map(() => ({ scale: "plain" }) as const);
  const optimum = maximize((b) => evaluate(rows, b), [start], { ranges });
  const { parameters, covariance, converged, logLikelihood } = optimum;
  if (!converged || !covariance) return { state: "not-converged" };
  const coefficients = newtonStep(rows, newtonStep(rows, parameters));
  return { state: "fitted", coefficients, covariance, logLikelihood };
}

/** The search ends where the likelihood gains nothing; half the digits of the coefficients are open there. */
function newtonStep(rows: readonly Row[], b: readonly number[]): number[] {
  const { gradient, hessian } = evaluate(rows, b);
  const step = solvePositive(
    hessian!.map((row) => row.map((value) => -value)),
    gradient,
  );
  return b.map((value, i) => value + (step?.[i] ?? 0));
}

interface Row {
  x: number[];
  n: number;
  k: number;
}

function evaluate(rows: readonly Row[], b: readonly number[]): Evaluation {
  const gradient = b.map(() => 0);
  const hessian = b.map(() => b.map(() => 0));
  let value = 0;
  for (const { x, n, k } of rows) {
    const logOdds = dot(x, b);
    const p = 1 / (1 + Math.exp(-logOdds));
    value += k * logOdds - n * (Math.max(0, logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds))));
    for (let i = 0; i < x.length; ++i) {
      gradient[i]! += x[i]! * (k - n * p);
      for (let j = 0; j < x.length; ++j) hessian[i]![j]! -= x[i]! * x[j]! * n * p * (1 - p);
    }
  }
  return { value, gradient, hessian };
}

/** The directions in question lie in a cone, each edge of which is orthogonal to all but one of some cells. */
function isSeparated(rows: readonly Row[], size: number): boolean {
  return subsets(rows, size - 1).some((some) => {
    const direction = orthogonalTo(
      some.map(({ x }) => x),
      size,
    );
    if (direction.every((value) => value === 0)) return false;
    return [1, -1].some((sign) =>
      rows.every(({ x, n, k }) => {
        const change = sign * dot(x, direction);
        return k === 0 ? change <= 0 : k === n ? change >= 0 : change === 0;
      }),
    );
  });
}

/** the vector of so many numbers that is orthogonal to one fewer vectors; 0 where they are dependent */
function orthogonalTo(vectors: readonly number[][], size: number): number[] {
  return Array.from({ length: size }, (_, i) => {
    const rest = vectors.map((vector) => vector.filter((__, j) => j !== i));
    return (i % 2 === 0 ? 1 : -1) * determinant(rest);
  });
}

function determinant(matrix: readonly number[][]): number {
  const [first, ...others] = matrix;
  if (!first) return 1;
  return first.reduce((sum, value, i) => {
    if (value === 0) return sum;
    const minor = others.map((row) => row.filter((_, j) => j !== i));
    return sum + (i % 2 === 0 ? 1 : -1) * value * determinant(minor);
  }, 0);
}

function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) =>
    subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
