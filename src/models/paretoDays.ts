import { DayMoments } from "./dayMoments.ts";
import { pickShortRule } from "./legendreRules.ts";
import { paretoMoments } from "./paretoIntegral.ts";

/**
 * `paretoIntegral` from any day to any other of a span, for those who on its first day ordered at a
 * gamma(R, A) rate and dropped out at a gamma(s, B) rate: a subtraction each, once every day is done.
 */
export class ParetoDays {
  /** ln(1 + y / A) on each day, y weeks after the first */
  readonly a: Float64Array;
  /** ln(1 + y / B) */
  readonly b: Float64Array;
  readonly #R: number;
  readonly #s: number;
  readonly #moments: DayMoments;
  readonly #shifts = new Float64Array(4);

  constructor(R: number, s: number, A: number, B: number, days: number) {
    this.#R = R;
    this.#s = s;
    this.a = Float64Array.from({ length: days + 1 }, (_, day) => Math.log1p(day / 7 / A));
    this.b = Float64Array.from({ length: days + 1 }, (_, day) => Math.log1p(day / 7 / B));
    this.#moments = new DayMoments(days, {
      bases: 4,
      size: paretoMoments,
      ruleOf: (y) =>
        pickShortRule((R / (A + y) + (s + 1) / (B + y)) / 14, (Math.min(A, B) + y) * 14),
      integrands: (y, values) => writeValues(R, s, A, B, y, values),
    });
  }

  /** undefined where a day is long beside A or B, or the span too long for a double's range */
  static maybe(R: number, s: number, A: number, B: number, days: number): ParetoDays | undefined {
    const weeks = days / 7;
    const steepest = (R / A + (s + 1) / B) / 14;
    const fallen = R * Math.log1p(weeks / A) + s * Math.log1p(weeks / B);
    if (days === 0 || Math.min(A, B) < 0.05 || steepest > 20 || fallen > 500) return undefined;
    return new ParetoDays(R, s, A, B, days);
  }

  /** as `paretoIntegral` fills `out`; NaN where the difference has lost its digits */
  logJ(from: number, to: number, out: Float64Array): number {
    const a = this.a[from]!;
    const b = this.b[from]!;
    this.#shifts[0] = a;
    this.#shifts[1] = b;
    const whole = this.#moments.between(from, to, this.#shifts, out);
    return Math.log(whole) + this.#R * a + this.#s * b;
  }
}

function writeValues(
  R: number,
  s: number,
  A: number,
  B: number,
  y: number,
  values: Float64Array,
): void {
  const a = Math.log1p(y / A);
  const b = Math.log1p(y / B);
  const p = 1 / (A + y);
  const q = 1 / (B + y);
  const g = s * q * Math.exp(-R * a - s * b);
  values[0] = g;
  values[1] = g * a;
  values[2] = g * b;
  values[3] = g * p;
  values[4] = g * q;
  values[5] = g * a * a;
  values[6] = g * a * b;
  values[7] = g * a * p;
  values[8] = g * a * q;
  values[9] = g * b * b;
  values[10] = g * b * p;
  values[11] = g * b * q;
  values[12] = g * p * p;
  values[13] = g * p * q;
  values[14] = g * q * q;
}
