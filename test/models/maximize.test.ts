import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../src/models/logObjective.ts";
import { maximize } from "../../src/models/maximize.ts";

describe("maximize", () => {
  it("finds a maximum and its curvature from an analytic Hessian and without one", () => {
    // ln f = 3 ln a − 2 a + 5 ln b − b: maximum at (1.5, 5), −Hessian in logs diag(3, 5)
    const withHessian = ([a, b]: readonly number[]): Evaluation => ({
      value: 3 * Math.log(a!) - 2 * a! + 5 * Math.log(b!) - b!,
      gradient: [3 / a! - 2, 5 / b! - 1],
      hessian: [
        [-3 / a! ** 2, 0],
        [0, -5 / b! ** 2],
      ],
    });
    const without = (p: readonly number[]): Evaluation => ({
      ...withHessian(p),
      hessian: undefined,
    });
    for (const f of [withHessian, without]) {
      const optimum = maximize(f, [[0.01, 4000]]);
      expect(optimum.converged).toBe(true);
      expect(optimum.parameters[0]).toBeCloseTo(1.5, 8);
      expect(optimum.parameters[1]).toBeCloseTo(5, 8);
      expect(optimum.covariance![0]![0]).toBeCloseTo(1 / 3, 5);
      expect(optimum.covariance![1]![1]).toBeCloseTo(1 / 5, 5);
    }
  });

  it("stops at a bound and says so", () => {
    const optimum = maximize(([a]) => ({ value: -a!, gradient: [-1] }), [[1]]);
    expect(optimum.parameters[0]).toBeCloseTo(1e-4, 12);
    expect(optimum.atBound).toEqual([true]);
  });

  it("searches a coefficient as it is, of either sign, within its own bounds", () => {
    // maximum at (−3, 0.5); the second may not pass .25
    const f = ([a, b]: readonly number[]): Evaluation => ({
      value: -2 * (a! + 3) ** 2 - (b! - 0.5) ** 2,
      gradient: [-4 * (a! + 3), -2 * (b! - 0.5)],
      hessian: [
        [-4, 0],
        [0, -2],
      ],
    });
    const ranges = [{ scale: "plain" }, { scale: "plain", upper: 0.25 }] as const;
    const optimum = maximize(f, [[8, 0]], { ranges });
    expect(optimum.parameters[0]).toBeCloseTo(-3, 10);
    expect(optimum.parameters[1]).toBe(0.25);
    expect(optimum.atBound).toEqual([false, true]);
    expect(optimum.covariance![0]![0]).toBeCloseTo(1 / 4, 12);
    const tight = maximize(f, [[1, 1]], { ranges: [ranges[0], { scale: "log", lower: 0.6 }] });
    expect(tight.parameters[1]).toBeCloseTo(0.6, 12);
  });

  it("takes the higher of two maxima", () => {
    const bump = (y: number, at: number, height: number) => height * Math.exp(-((y - at) ** 2));
    const f = ([a]: readonly number[]): Evaluation => {
      const y = Math.log(a!);
      const [one, two] = [bump(y, -2, 1), bump(y, 2, 3)];
      return { value: one + two, gradient: [(-2 * (y + 2) * one - 2 * (y - 2) * two) / a!] };
    };
    const optimum = maximize(f, [[Math.exp(-2.1)], [Math.exp(1.5)]]);
    expect(Math.log(optimum.parameters[0]!)).toBeCloseTo(2, 4);
  });

  it("finds Rosenbrock's valley floor", () => {
    const f = ([a, b]: readonly number[]): Evaluation => {
      const [x, y] = [Math.log(a!), Math.log(b!)];
      const bend = y - x * x;
      return {
        value: -((1 - x) ** 2) - 100 * bend ** 2,
        gradient: [(2 * (1 - x) + 400 * x * bend) / a!, (-200 * bend) / b!],
      };
    };
    const optimum = maximize(f, [[0.3, 8]]);
    expect(optimum.converged).toBe(true);
    expect(Math.log(optimum.parameters[0]!)).toBeCloseTo(1, 5);
    expect(Math.log(optimum.parameters[1]!)).toBeCloseTo(1, 5);
  });

  it("reports failure: out of iterations, not finite, flat", () => {
    const hard = maximize(([a]) => ({ value: Math.log(a!), gradient: [1 / a!] }), [[1]], {
      maxIterations: 1,
    });
    expect(hard.converged).toBe(false);
    const nowhere = maximize(() => ({ value: NaN, gradient: [NaN] }), [[1]]);
    expect(nowhere.converged).toBe(false);
    const flat = maximize(() => ({ value: -1, gradient: [0, 0] }), [[1, 1]]);
    expect(flat.positiveDefinite).toBe(false);
    expect(flat.covariance).toBeUndefined();
  });
});
