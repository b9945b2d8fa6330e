import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogistic, type LogisticCell } from "../../src/models/logistic.ts";

describe("fitLogistic", () => {
  it("has the published figures of beetles killed by carbon disulphide", () => {
    // Bliss (1935); Dobson and Barnett (2008), An Introduction to Generalized Linear Models, table 7.4
    const doses = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.861, 1.8839];
    const beetles = [59, 60, 62, 56, 63, 59, 62, 60];
    const killed = [6, 13, 18, 28, 52, 53, 61, 60];
    const fit = fitLogistic(
      doses.map((dose, i) => ({ factors: [dose], n: beetles[i]!, k: killed[i]! })),
    );
    if (fit.state !== "fitted") throw new Error(fit.state);
    expect(fit.coefficients.map((b) => b.toFixed(3))).toEqual(["-60.717", "34.270"]);
    const errors = fit.covariance.map((row, i) => Math.sqrt(row[i]!).toFixed(3));
    expect(errors).toEqual(["5.181", "2.912"]);
  });

  it("has the odds ratio and standard error of a table of two by two", () => {
    const fit = fitLogistic([
      { factors: [0], n: 100, k: 20 },
      { factors: [1], n: 50, k: 30 },
    ]);
    if (fit.state !== "fitted") throw new Error(fit.state);
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(20 / 80), 12);
    expect(fit.coefficients[1]).toBeCloseTo(Math.log((30 * 80) / (20 * 20)), 12);
    expect(fit.covariance[1]![1]).toBeCloseTo(1 / 20 + 1 / 80 + 1 / 30 + 1 / 20, 10);
  });

  it("keeps how many did it, in all and with each factor, or says why it cannot", () => {
    const cells = fc.array(
      fc.record({
        n: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
        share: fc.constantFrom(0, 0.3, 0.6, 1),
      }),
      { minLength: 8, maxLength: 8 },
    );
    const states = new Set<string>();
    fc.assert(
      fc.property(cells, (list) => {
        const all = list.map(({ n, share }, i): LogisticCell => ({
          factors: [i >> 2, (i >> 1) & 1, i & 1],
          n,
          k: Math.floor(n * share),
        }));
        const fit = fitLogistic(all);
        states.add(fit.state);
        expect(fit.state).toBe(stateOf(all));
        if (fit.state !== "fitted") return;
        for (const factor of [-1, 0, 1, 2]) {
          const inside = all.filter(({ factors }) => factor < 0 || factors[factor] === 1);
          const expected = inside.reduce((sum, { factors, n }) => {
            const logOdds = [1, ...factors].reduce((l, x, i) => l + x * fit.coefficients[i]!, 0);
            return sum + n / (1 + Math.exp(-logOdds));
          }, 0);
          expect(expected).toBeCloseTo(
            inside.reduce((sum, { k }) => sum + k, 0),
            9,
          );
        }
      }),
      { numRuns: 200, seed: 5 },
    );
    expect(states).toEqual(new Set(["fitted", "separated", "dependent"]));
  });

  // prettier-ignore
  it.each<[string, [number, number][], string]>([
    ["nobody did it", [[9, 0], [9, 0], [9, 0], [9, 0]], "separated"],
    ["all with the first factor did it", [[9, 2], [9, 3], [9, 9], [9, 9]], "separated"],
    ["only those with both did it", [[9, 0], [9, 0], [9, 0], [9, 4]], "separated"],
    ["who has neither never did it, all else mixed", [[9, 0], [9, 3], [9, 3], [9, 4]], "fitted"],
    ["one cell says neither", [[9, 0], [0, 0], [9, 3], [9, 4]], "separated"],
    ["the second factor is the first", [[9, 2], [0, 0], [0, 0], [9, 4]], "dependent"],
    ["nobody has the second factor", [[9, 2], [0, 0], [9, 4], [0, 0]], "dependent"],
    ["nobody at all", [[0, 0], [0, 0], [0, 0], [0, 0]], "dependent"],
  ])("names what cannot be told: %s", (_what, counts, state) => {
    const cells = counts.map(([n, k], i) => ({ factors: [i >> 1, i & 1], n, k }));
    expect(fitLogistic(cells).state).toBe(state);
  });
});

/** By trying every direction of small whole numbers; for three factors of 0 and 1 there are no others. */
function stateOf(cells: readonly LogisticCell[]): string {
  const rows = cells.filter(({ n }) => n > 0);
  const steps = [-2, -1, 0, 1, 2];
  const directions = steps
    .flatMap((a) => steps.flatMap((b) => steps.flatMap((c) => steps.map((d) => [a, b, c, d]))))
    .filter((direction) => direction.some((step) => step !== 0));
  const changeOf = ({ factors }: LogisticCell, direction: number[]) =>
    [1, ...factors].reduce((sum, x, i) => sum + x * direction[i]!, 0);
  const isFree = (direction: number[]) => rows.every((row) => changeOf(row, direction) === 0);
  if (directions.some(isFree)) return "dependent";
  const isBetter = (direction: number[]) =>
    rows.every((row) => {
      const change = changeOf(row, direction);
      return row.k === 0 ? change <= 0 : row.k === row.n ? change >= 0 : change === 0;
    });
  return directions.some(isBetter) ? "separated" : "fitted";
}
