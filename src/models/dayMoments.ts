import type { Rule } from "./gaussLegendre.ts";
import type { Integrands } from "./integrate.ts";

/**
 * An integrand and what is averaged under it. `integrands` writes at u weeks after the first day: the
 * integrand g, its products with each of `bases` functions, with the products of two of them (upper
 * triangle, row by row), and with whatever else.
 */
interface DailyIntegrand {
  integrands: Integrands;
  bases: number;
  /** numbers that `integrands` writes */
  size: number;
  /** of the day that begins u weeks after the first, as fine as it needs to be */
  ruleOf: (u: number) => Rule;
}

/**
 * Integrals between any two days at the cost of a subtraction: those of each day are summed from the
 * last one back. Where g is the density of a dropout, what a difference loses is nothing beside the
 * probability of none.
 *
 * O(days) integrals of one day each.
 */
export class DayMoments {
  readonly #sums: Float64Array;
  readonly #bases: number;
  readonly #size: number;

  constructor(days: number, { integrands, bases, size, ruleOf }: DailyIntegrand) {
    this.#bases = bases;
    this.#size = size;
    const sums = new Float64Array((days + 1) * size);
    const values = new Float64Array(size);
    for (let day = days - 1; day >= 0; --day) {
      const at = day * size;
      for (let k = 0; k < size; ++k) sums[at + k] = sums[at + size + k]!;
      const { nodes, weights } = ruleOf((day + 0.5) / 7);
      for (let i = 0; i < nodes.length; ++i) {
        integrands((day + 0.5 * (1 + nodes[i]!)) / 7, values);
        const weight = weights[i]! / 14;
        for (let k = 0; k < size; ++k) sums[at + k]! += weight * values[k]!;
      }
    }
    this.#sums = sums;
  }

  /**
   * Fills `out` with the integral of g from one day to another and the means under it, each basis
   * function taken less its shift.
   *
   * @returns the integral; NaN where the difference has lost its digits
   */
  between(from: number, to: number, shifts: Float64Array, out: Float64Array): number {
    const sums = this.#sums;
    const size = this.#size;
    const n = this.#bases;
    const [start, end] = [from * size, to * size];
    const whole = sums[start]! - sums[end]!;
    if (!(whole > 1e-6 * sums[start]!)) return NaN;
    const scale = 1 / whole;
    out[0] = whole;
    for (let k = 1; k < size; ++k) out[k] = (sums[start + k]! - sums[end + k]!) * scale;
    let at = n + 1;
    for (let i = 0; i < n; ++i) {
      const shift = shifts[i]!;
      for (let j = i; j < n; ++j, ++at) {
        out[at]! += shift * shifts[j]! - shift * out[j + 1]! - shifts[j]! * out[i + 1]!;
      }
    }
    for (let i = 0; i < n; ++i) out[i + 1]! -= shifts[i]!;
    return whole;
  }
}
