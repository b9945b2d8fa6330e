import { type ParameterRange, usualRange } from "./parameterRange.ts";
import type { Matrix } from "./symmetricMatrix.ts";

/** A log-likelihood and its derivatives with respect to the parameters. */
export interface Evaluation {
  value: number;
  gradient: number[];
  /** left out: taken by differences of the gradient */
  hessian?: Matrix;
}

export type LogLikelihood = (parameters: readonly number[]) => Evaluation;

/** A log-likelihood and where its maximum is looked for, in search coordinates y (ln p, or p). */
export interface Objective {
  logLikelihood: LogLikelihood;
  isLog: boolean[];
  /** of y */
  lower: number[];
  /** of y */
  upper: number[];
}

/** @param ranges of each of the n parameters; the usual one where there is none */
export function toObjective(
  logLikelihood: LogLikelihood,
  n: number,
  ranges: readonly ParameterRange[] = [],
): Objective {
  const whole = Array.from({ length: n }, (_, i) => {
    const { scale, lower, upper } = ranges[i] ?? usualRange;
    const usual = scale === "log" ? usualRange : { lower: -Infinity, upper: Infinity };
    const toY = scale === "log" ? Math.log : Number;
    return { scale, lower: toY(lower ?? usual.lower), upper: toY(upper ?? usual.upper) };
  });
  return {
    logLikelihood,
    isLog: whole.map(({ scale }) => scale === "log"),
    lower: whole.map(({ lower }) => lower),
    upper: whole.map(({ upper }) => upper),
  };
}

/** A point of −log-likelihood in search coordinates, where nothing constrains but a box. */
export interface Point {
  y: number[];
  /** −log-likelihood */
  value: number;
  gradient: number[];
  hessian: Matrix | undefined;
}

/** search coordinates of parameters, moved into the box */
export function toSearch({ isLog, lower, upper }: Objective, parameters: readonly number[]) {
  return parameters.map((p, i) =>
    Math.min(upper[i]!, Math.max(lower[i]!, isLog[i] ? Math.log(p) : p)),
  );
}

export function toParameters({ isLog }: Objective, y: readonly number[]): number[] {
  return y.map((yi, i) => (isLog[i] ? Math.exp(yi) : yi));
}

/** −log-likelihood at y; value Infinity where it is not finite */
export function evaluateAt(objective: Objective, y: number[]): Point {
  const { logLikelihood, isLog } = objective;
  const parameters = toParameters(objective, y);
  const { value, gradient, hessian } = logLikelihood(parameters);
  const slope = parameters.map((p, i) => (isLog[i] ? p : 1)); // dp / dy
  const g = gradient.map((d, i) => -d * slope[i]!);
  const H = hessian?.map((row, i) =>
    row.map((d, j) => -d * slope[i]! * slope[j]! + (i === j && isLog[i] ? g[i]! : 0)),
  );
  const finite = Number.isFinite(value) && g.every(Number.isFinite);
  return { y, value: finite ? -value : Infinity, gradient: g, hessian: H };
}

/** the Hessian in search coordinates, analytic or by central differences of the gradient */
export function hessianAt(objective: Objective, point: Point): Matrix {
  if (point.hessian) return point.hessian;
  const step = 1e-5;
  const rows = point.y.map((_, i) => {
    const [up, down] = [step, -step].map((d) => {
      const y = point.y.map((yj, j) => (i === j ? yj + d : yj));
      return evaluateAt(objective, y).gradient;
    });
    return up!.map((g, j) => (g - down![j]!) / (2 * step));
  });
  return rows.map((row, i) => row.map((h, j) => (h + rows[j]![i]!) / 2));
}

/** which parameters may move: not those at a bound that the gradient pushes against */
export function freeParameters({ lower, upper }: Objective, { y, gradient }: Point): number[] {
  return y.flatMap((yi, i) => {
    const stuckLow = yi <= lower[i]! && gradient[i]! > 0;
    const stuckHigh = yi >= upper[i]! && gradient[i]! < 0;
    return stuckLow || stuckHigh ? [] : [i];
  });
}

/**
 * A step inside the box, at most `longest` in any direction: as far as the first wall on its way, so
 * that it keeps its direction along a ridge, but along a wall that it starts from.
 */
export function stepInside(
  { lower, upper }: Objective,
  y: number[],
  step: readonly number[],
  longest: number,
): number[] {
  const size = Math.max(...step.map(Math.abs));
  let scale = size > longest ? longest / size : 1;
  for (let i = 0; i < y.length; ++i) {
    const room = step[i]! > 0 ? upper[i]! - y[i]! : y[i]! - lower[i]!;
    if (room > 1e-9) scale = Math.min(scale, room / Math.abs(step[i]!));
  }
  return y.map((yi, i) => Math.min(upper[i]!, Math.max(lower[i]!, yi + scale * step[i]!)));
}
