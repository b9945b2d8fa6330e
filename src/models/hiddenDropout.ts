import type { Evaluation } from "./logObjective.ts";

/**
 * Sums a log-likelihood of the shape ln L = ln(bought) + ln S(T) + ln(1 + ρ), where S(T) is the
 * probability of staying so long and ρ the odds of a dropout since the last purchase, and its
 * derivatives by n parameters. Triangles are upper ones, row by row.
 */
export class HiddenDropout {
  #value = 0;
  readonly #n: number;
  readonly #gradient: Float64Array;
  readonly #triangle: Float64Array;

  constructor(n: number) {
    this.#n = n;
    this.#gradient = new Float64Array(n);
    this.#triangle = new Float64Array((n * (n + 1)) / 2);
  }

  /** w customers' ln S(T), its slopes and curvatures */
  addStay(w: number, logStay: number, slopes: Float64Array, curves: Float64Array): void {
    this.#value += w * logStay;
    for (let k = 0; k < slopes.length; ++k) this.#gradient[k]! += w * slopes[k]!;
    for (let k = 0; k < curves.length; ++k) this.#triangle[k]! += w * curves[k]!;
  }

  /** w customers' ln(1 + ρ), by ln ρ, its slopes and curvatures */
  addOdds(w: number, logOdds: number, slopes: Float64Array, curves: Float64Array): void {
    const small = Math.exp(-Math.abs(logOdds));
    const share = (logOdds > 0 ? 1 : small) / (1 + small); // ρ / (1 + ρ)
    const bend = (share * (logOdds > 0 ? small : 1)) / (1 + small);
    const ws = w * share;
    const wb = w * bend;
    this.#value += w * (Math.log1p(small) + Math.max(logOdds, 0));
    let at = 0;
    for (let i = 0; i < this.#n; ++i) {
      const slope = slopes[i]!;
      this.#gradient[i]! += ws * slope;
      for (let j = i; j < this.#n; ++j, ++at) {
        this.#triangle[at]! += ws * curves[at]! + wb * slope * slopes[j]!;
      }
    }
  }

  /** with the NBD's part, whose parameters are the first two */
  toEvaluation(bought: Evaluation): Evaluation {
    const n = this.#n;
    const gradient = Array.from(this.#gradient);
    const hessian = gradient.map(() => gradient.map(() => 0));
    let at = 0;
    for (let i = 0; i < n; ++i) {
      for (let j = i; j < n; ++j, ++at) {
        hessian[i]![j] = hessian[j]![i] = this.#triangle[at]!;
      }
    }
    for (let i = 0; i < 2; ++i) {
      gradient[i]! += bought.gradient[i]!;
      for (let j = 0; j < 2; ++j) hessian[i]![j]! += bought.hessian![i]![j]!;
    }
    return { value: this.#value + bought.value, gradient, hessian };
  }
}
