import {
  evaluateAt,
  freeParameters,
  hessianAt,
  type Objective,
  type Point,
  stepInside,
} from "./logObjective.ts";
import { type Matrix, solvePositive } from "./symmetricMatrix.ts";

export interface Descent {
  point: Point;
  iterations: number;
  /**
   * `gradient`: the next step would gain nothing; `flat`: it still moves along a ridge and gains
   * nothing worth having; `precision`: no step gains, at the last digits of the value; `stuck`: no
   * step gains though the gradient says so; `iterations`: out of iterations
   */
  stopped: "gradient" | "flat" | "precision" | "stuck" | "iterations";
}

/**
 * Newton's method on the free search coordinates, damped as by Levenberg and Marquardt until the
 * Hessian is positive definite and the step gains.
 *
 * @see Nocedal and Wright (2006), Numerical Optimization, chapters 3 and 10
 */
export function dampedNewton(objective: Objective, start: Point, maxIterations: number): Descent {
  let point = start;
  let damping = 0;
  let idle = 0;
  for (let iterations = 0; iterations < maxIterations; ++iterations) {
    const hessian = hessianAt(objective, point);
    const free = freeParameters(objective, point);
    const noise = 1e-13 * (1 + Math.abs(point.value));
    let step: Step | undefined;
    let next: Point | undefined;
    for (let tries = 0; tries < 40; ++tries) {
      step = dampedStep(point, hessian, free, damping);
      if (step && step.gain <= noise) return finish(objective, point, step, iterations);
      if (step) {
        const trial = evaluateAt(objective, stepInside(objective, point.y, step.by, 2));
        if (trial.value < point.value) {
          next = trial;
          break;
        }
      }
      damping = Math.max(1e-3, damping * 8);
    }
    if (!next) {
      const small = point.gradient.every((g, i) => !free.includes(i) || Math.abs(g) < 1e4 * noise);
      return { point, iterations, stopped: small ? "precision" : "stuck" };
    }
    idle = point.value - next.value < 1e3 * noise ? idle + 1 : 0;
    point = next;
    damping = damping < 1e-5 ? 0 : damping / 8;
    if (idle >= 10) return { point, iterations: iterations + 1, stopped: "flat" };
  }
  return { point, iterations: maxIterations, stopped: "iterations" };
}

interface Step {
  by: number[];
  /** first-order gain of the value */
  gain: number;
}

function dampedStep(
  { y, gradient }: Point,
  hessian: Matrix,
  free: number[],
  damping: number,
): Step | undefined {
  const by = y.map(() => 0);
  if (free.length === 0) return { by, gain: 0 };
  const A = free.map((i) =>
    free.map((j) => hessian[i]![j]! + (i === j ? damping * (Math.abs(hessian[i]![i]!) + 1e-8) : 0)),
  );
  const solution = solvePositive(
    A,
    free.map((i) => -gradient[i]!),
  );
  if (!solution?.every(Number.isFinite)) return undefined;
  let gain = 0;
  free.forEach((i, k) => {
    by[i] = solution[k]!;
    gain -= gradient[i]! * solution[k]!;
  });
  return { by, gain };
}

/** a last step, when it does no harm: Newton's error squares with it */
function finish(objective: Objective, point: Point, step: Step, iterations: number): Descent {
  const last = evaluateAt(objective, stepInside(objective, point.y, step.by, 0.1));
  const better = last.value <= point.value && size(last) <= size(point);
  return { point: better ? last : point, iterations: iterations + 1, stopped: "gradient" };
}

function size({ gradient }: Point): number {
  return Math.hypot(...gradient);
}
