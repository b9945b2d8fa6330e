import type { Matrix } from "./symmetricMatrix.ts";

/** A log-likelihood and its derivatives with respect to the (positive) parameters. */
export interface Evaluation {
  value: number;
  gradient: number[];
  /** left out: taken by differences of the gradient */
  hessian?: Matrix;
}

export type LogLikelihood = (parameters: readonly number[]) => Evaluation;

/** A point of −log-likelihood in log-parameters: all small numbers, nothing to constrain but a box. */
export interface Point {
  y: number[];
  /** −log-likelihood */
  value: number;
  gradient: number[];
  hessian: Matrix | undefined;
}

/** Bounds of every parameter: beyond them ln Γ differences lose their digits. */
const bounds = { lower: 1e-4, upper: 1e5 };
export const logLower = Math.log(bounds.lower);
export const logUpper = Math.log(bounds.upper);

/** −log-likelihood at log-parameters y; value Infinity where it is not finite */
export function evaluateAt(logLikelihood: LogLikelihood, y: number[]): Point {
  const parameters = y.map(Math.exp);
  const { value, gradient, hessian } = logLikelihood(parameters);
  const g = gradient.map((d, i) => -d * parameters[i]!);
  const H = hessian?.map((row, i) =>
    row.map((d, j) => -d * parameters[i]! * parameters[j]! + (i === j ? g[i]! : 0)),
  );
  const finite = Number.isFinite(value) && g.every(Number.isFinite);
  return { y, value: finite ? -value : Infinity, gradient: g, hessian: H };
}

/** the Hessian in log-parameters, analytic or by central differences of the gradient */
export function hessianAt(logLikelihood: LogLikelihood, point: Point): Matrix {
  if (point.hessian) return point.hessian;
  const step = 1e-5;
  const rows = point.y.map((_, i) => {
    const [up, down] = [step, -step].map((d) => {
      const y = point.y.map((yj, j) => (i === j ? yj + d : yj));
      return evaluateAt(logLikelihood, y).gradient;
    });
    return up!.map((g, j) => (g - down![j]!) / (2 * step));
  });
  return rows.map((row, i) => row.map((h, j) => (h + rows[j]![i]!) / 2));
}

/** which parameters may move: not those at a bound that the gradient pushes against */
export function freeParameters({ y, gradient }: Point): number[] {
  return y.flatMap((yi, i) => {
    const stuckLow = yi <= logLower && gradient[i]! > 0;
    const stuckHigh = yi >= logUpper && gradient[i]! < 0;
    return stuckLow || stuckHigh ? [] : [i];
  });
}

/** a step inside the box, at most `longest` in any direction */
export function stepInside(y: number[], step: readonly number[], longest: number): number[] {
  const size = Math.max(...step.map(Math.abs));
  const scale = size > longest ? longest / size : 1;
  return y.map((yi, i) => Math.min(logUpper, Math.max(logLower, yi + scale * step[i]!)));
}
