import { describe, expect, it } from "vitest";
import { fitSpend } from "../../src/models/fitModel.ts";
import { expectedSpend } from "../../src/models/gammaGamma.ts";
import { Random } from "../../src/models/random.ts";
import { collapseSpend } from "../../src/models/spendHistory.ts";
import { periods, readGolden, shopNames } from "./readGolden.ts";
import { relativeError } from "./relativeError.ts";

describe.each(shopNames)("on the customers of %s", (name) => {
  it.each(periods)("expected spend equals the reference to 1e-8, %s", (period) => {
    const { gamma_gamma, customers } = readGolden(name)[period];
    const parameters = gamma_gamma.params as [number, number, number];
    for (const { x, m, gg_expected_spend } of customers) {
      const got = expectedSpend(parameters, x, m);
      expect(relativeError(got, gg_expected_spend)).toBeLessThan(1e-8);
    }
  });
});

it("gives the expected spend of note 025's customers (Fader and Hardie 2013)", () => {
  const parameters = [6.24880249299, 3.74458845227, 15.4477479963] as const;
  const customers = [
    [2, 22.35, 24.65],
    [1, 11.77, 18.91],
    [0, 0, 35.17],
    [7, 73.74, 71.46],
  ] as const;
  for (const [x, m, expected] of customers) {
    expect(Math.abs(expectedSpend(parameters, x, m) - expected)).toBeLessThan(0.015);
  }
});

it("gives those without a known amount the population's mean", () => {
  const parameters = [4, 3, 20] as const;
  const population = (4 * 20) / 2;
  expect(expectedSpend(parameters, 0, 55)).toBe(population);
  expect(expectedSpend(parameters, 3, 0)).toBe(population);
  expect(expectedSpend(parameters, 3, NaN)).toBe(population);
  expect(expectedSpend([4, 0.9, 20], 0, 0)).toBe(Infinity);
});

it("finds the parameters that spend was drawn from", () => {
  const random = new Random(5);
  const truth = [5, 3.5, 18] as const;
  const x = Array.from({ length: 20_000 }, (_, i) => 1 + (i % 7));
  const monetary = x.map((purchases) => {
    const rate = random.gamma(truth[1]) / truth[2];
    return random.gamma(truth[0] * purchases) / rate / purchases;
  });
  const fit = fitSpend(collapseSpend({ x, monetary }));
  expect(fit.converged).toBe(true);
  truth.forEach((value, i) => {
    const z = Math.log(fit.parameters[i]! / value) / fit.logErrors![i]!;
    expect(Math.abs(z)).toBeLessThan(3);
  });
});

it("leaves out those without a positive amount, and says how x and m correlate", () => {
  const spend = collapseSpend({
    x: [0, 1, 2, 2, 3],
    monetary: [5, 10, 20, 0, 30],
    customers: [9, 1, 2, 4, 1],
  });
  expect(spend.customers).toBe(4);
  expect([...spend.x]).toEqual([1, 2, 3]);
  expect(spend.correlation).toBeCloseTo(1, 12);
  expect(spend.meanSpend).toBeCloseTo((10 + 80 + 90) / 8, 12);
});
