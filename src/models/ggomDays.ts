import { DayMoments } from "./dayMoments.ts";
import { ggomMoments, type GompertzState, writeGompertz } from "./ggomIntegral.ts";
import { pickShortRule } from "./legendreRules.ts";

/**
 * `ggomIntegral` from any day to any other of a span, for those who are in a state on its first day:
 * a subtraction each, once every day is done.
 */
export class GgomDays {
  /** ln(1 + y / A) on each day, y weeks after the first */
  readonly a: Float64Array;
  /** −ln P(longer than y) / s */
  readonly l: Float64Array;
  readonly #R: number;
  readonly #s: number;
  readonly #moments: DayMoments;
  readonly #shifts = new Float64Array(5);

  constructor(state: GompertzState, days: number) {
    const { R, A, life } = state;
    const { b, s } = life;
    this.#R = R;
    this.#s = s;
    this.a = Float64Array.from({ length: days + 1 }, (_, day) => Math.log1p(day / 7 / A));
    this.l = Float64Array.from({ length: days + 1 }, (_, day) => life.fade(day / 7));
    const untilLast = Math.exp(-b * state.tX);
    this.#moments = new DayMoments(days, {
      bases: 5,
      size: ggomMoments,
      ruleOf(y) {
        const rise = (R / (A + y) + (s + 1) * life.pace(y) + b) / 14;
        return pickShortRule(rise, Math.min(A + y, life.scale + y, Math.PI / b) * 14);
      },
      integrands: (y, values) => writeGompertz(state, untilLast, y, 1, values),
    });
  }

  /** undefined where a day is long beside what changes, or the span too long for a double's range */
  static maybe(state: GompertzState, days: number): GgomDays | undefined {
    const { R, A, life } = state;
    const { b, s } = life;
    const weeks = days / 7;
    const steepest = (R / A + (s + 1) * Math.max(life.pace(0), life.pace(weeks)) + b) / 14;
    const fallen = R * Math.log1p(weeks / A) - life.logStay(weeks);
    if (days === 0 || Math.min(A, life.scale, 1 / b) < 0.05 || steepest > 20) return undefined;
    return fallen > 500 ? undefined : new GgomDays(state, days);
  }

  /** as `ggomIntegral` fills `out`; NaN where the difference has lost its digits */
  logJ(from: number, to: number, out: Float64Array): number {
    const a = this.a[from]!;
    const l = this.l[from]!;
    this.#shifts[0] = a;
    this.#shifts[2] = l;
    const whole = this.#moments.between(from, to, this.#shifts, out);
    return Math.log(whole) + this.#R * a + this.#s * l;
  }
}
