import type { CnbdShape } from "../../src/models/cnbdLikelihood.ts";
import { Random } from "../../src/models/random.ts";

/** A BG/CNBD-k or MBG/CNBD-k world: r, α, a, b with α in weeks. */
export interface RegularTruth extends CnbdShape {
  parameters: readonly [number, number, number, number];
}

export interface RegularOptions {
  n: number;
  seed: number;
  /** ages at the end of observation, weeks: from, to */
  ages: readonly [number, number];
  /** weeks seen after that */
  holdout: number;
  /** time steps in a day; 1: whole days as in a shop */
  steps: number;
}

/**
 * Customers of a world of regular buyers, their purchases up to T and how many came after. Days are
 * cut into steps, which are called days: scale α by the steps to compare.
 */
export function drawRegular(
  { k, dropsAtFirst, parameters: [r, alpha, a, b] }: RegularTruth,
  { n, seed, ages, holdout, steps }: RegularOptions,
) {
  const random = new Random(seed);
  const column = () => new Float64Array(n);
  const drawn = { x: column(), tXDays: column(), TDays: column(), logGaps: column() };
  const after = column();
  const alive = column();
  const perWeek = 7 * steps;
  for (let i = 0; i < n; ++i) {
    const T = Math.floor((ages[0] + random.uniform() * (ages[1] - ages[0])) * perWeek);
    const rate = random.gamma(r) / (alpha * perWeek);
    const dropout = random.beta(a, b);
    let isAlive = !(dropsAtFirst && random.chance(dropout));
    let last = 0;
    let t = 0;
    drawn.TDays[i] = T;
    alive[i] = 1;
    while (isAlive) {
      t += random.gamma(k) / rate;
      if (t > T + holdout * perWeek) break;
      const day = Math.max(last + 1, Math.round(t));
      if (day > T) ++after[i]!;
      else {
        ++drawn.x[i]!;
        drawn.logGaps[i]! += Math.log((day - last) / 7);
        drawn.tXDays[i] = day;
        last = day;
      }
      isAlive = !random.chance(dropout);
      if (!isAlive && day <= T) alive[i] = 0;
    }
    if (t === 0) alive[i] = 0;
  }
  return { ...drawn, after, alive };
}
