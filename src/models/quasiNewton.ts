import type { Descent } from "./dampedNewton.ts";
import {
  evaluateAt,
  freeParameters,
  type Objective,
  type Point,
  stepInside,
} from "./logObjective.ts";
import type { Matrix } from "./symmetricMatrix.ts";

/**
 * BFGS inside the box, with backtracking: slower than Newton's method, and asks nothing of the
 * Hessian.
 *
 * @see Nocedal and Wright (2006), Numerical Optimization, algorithm 6.1
 */
export function quasiNewton(objective: Objective, start: Point, maxIterations: number): Descent {
  let point = start;
  let inverse: Matrix | undefined;
  for (let iterations = 0; iterations < maxIterations; ++iterations) {
    const free = freeParameters(objective, point);
    const noise = 1e-13 * (1 + Math.abs(point.value));
    const by = direction(point, free, inverse);
    const gain = -dot(by, point.gradient);
    if (!(gain > noise)) {
      if (inverse === undefined) return { point, iterations, stopped: "gradient" };
      inverse = undefined; // once more, downhill
      continue;
    }
    const next = backtrack(objective, point, by, gain);
    if (!next) {
      if (inverse === undefined) return { point, iterations, stopped: "stuck" };
      inverse = undefined;
      continue;
    }
    inverse = update(inverse, point, next);
    point = next;
  }
  return { point, iterations: maxIterations, stopped: "iterations" };
}

function direction(point: Point, free: number[], inverse: Matrix | undefined): number[] {
  const g = point.gradient.map((gi, i) => (free.includes(i) ? gi : 0));
  if (!inverse) {
    const scale = 1 / (1 + Math.hypot(...g));
    return g.map((gi) => -gi * scale);
  }
  return inverse.map((row, i) => (free.includes(i) ? -dot(row, g) : 0));
}

function backtrack(
  objective: Objective,
  point: Point,
  by: number[],
  gain: number,
): Point | undefined {
  for (let scale = 1; scale > 1e-12; scale /= 3) {
    const y = stepInside(
      objective,
      point.y,
      by.map((d) => d * scale),
      2,
    );
    const trial = evaluateAt(objective, y);
    if (trial.value < point.value - 1e-6 * scale * gain) return trial;
  }
  return undefined;
}

function update(inverse: Matrix | undefined, from: Point, to: Point): Matrix | undefined {
  const s = to.y.map((yi, i) => yi - from.y[i]!);
  const d = to.gradient.map((gi, i) => gi - from.gradient[i]!);
  const sd = dot(s, d);
  if (!(sd > 1e-12 * Math.hypot(...s) * Math.hypot(...d))) return inverse;
  const scale = sd / dot(d, d);
  const B = inverse ?? s.map((_, i) => s.map((__, j) => (i === j ? scale : 0)));
  const Bd = B.map((row) => dot(row, d));
  const factor = (1 + dot(d, Bd) / sd) / sd;
  return B.map((row, i) =>
    row.map((b, j) => b + factor * s[i]! * s[j]! - (Bd[i]! * s[j]! + s[i]! * Bd[j]!) / sd),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i]! * b[i]!;
  return sum;
}
