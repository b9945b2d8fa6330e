import { expect, it } from "vitest";
import { evaluateAt, type LogLikelihood, toObjective } from "../../src/models/logObjective.ts";
import { quasiNewton } from "../../src/models/quasiNewton.ts";

it("descends a bent valley without a Hessian", () => {
  const valley: LogLikelihood = ([a, b]) => {
    const [x, y] = [Math.log(a!), Math.log(b!)];
    const bend = y - x * x;
    return {
      value: -((1 - x) ** 2) - 10 * bend ** 2,
      gradient: [(2 * (1 - x) + 40 * x * bend) / a!, (-20 * bend) / b!],
    };
  };
  const objective = toObjective(valley, 2);
  const { point, stopped } = quasiNewton(objective, evaluateAt(objective, [-1, 1]), 500);
  expect(stopped).toBe("gradient");
  expect(point.y[0]).toBeCloseTo(1, 4);
  expect(point.y[1]).toBeCloseTo(1, 4);
});

it("stays inside the box", () => {
  const slope: LogLikelihood = ([a]) => ({ value: Math.log(a!), gradient: [1 / a!] });
  const objective = toObjective(slope, 1);
  const { point } = quasiNewton(objective, evaluateAt(objective, [0]), 100);
  expect(point.y[0]).toBeCloseTo(Math.log(1e5), 12);
});
