/**
 * S(R, z) = Σ (R)ⱼ / j! · zʲ, j < k: how likely a customer whose purchases come in k phases each, at
 * a gamma rate of shape R once x purchases are known, is not to have completed the k-th since the
 * last purchase; its terms over S are the probabilities of j completed phases.
 *
 * Set R once, then z as often as wanted; results are in the fields. O(k) each.
 */
export class PhaseSum {
  /** ln S */
  log = 0;
  /** P(j phases completed) */
  readonly shares: Float64Array;
  /** d ln S / dR */
  byShape = 0;
  /** d² ln S / dR² */
  byShapeTwice = 0;
  /** mean of j: d ln S / d ln z */
  mean = 0;
  /** mean of j (j + 1) */
  meanSquare = 0;
  /** d² ln S / (dR d ln z) */
  mixed = 0;
  readonly #k: number;
  readonly #coefficients: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;

  constructor(k: number) {
    this.#k = k;
    this.shares = new Float64Array(k).fill(0, 1);
    this.#coefficients = new Float64Array(k);
    this.#first = new Float64Array(k);
    this.#second = new Float64Array(k);
    this.shares[0] = 1;
    this.#coefficients[0] = 1;
  }

  /** (R)ⱼ / j!, and the first two derivatives of its logarithm */
  setShape(R: number): void {
    for (let j = 1; j < this.#k; ++j) {
      const reciprocal = 1 / (R + j - 1);
      this.#coefficients[j] = (this.#coefficients[j - 1]! * (R + j - 1)) / j;
      this.#first[j] = this.#first[j - 1]! + reciprocal;
      this.#second[j] = this.#second[j - 1]! - reciprocal * reciprocal;
    }
  }

  /** ln S and the shares at 0 ≤ z < 1 */
  setShares(z: number): void {
    let power = 1;
    let rest = 0;
    for (let j = 1; j < this.#k; ++j) {
      power *= z;
      this.shares[j] = this.#coefficients[j]! * power;
      rest += this.shares[j]!;
    }
    this.log = Math.log1p(rest);
    for (let j = 1; j < this.#k; ++j) this.shares[j]! /= 1 + rest;
    this.shares[0] = 1 / (1 + rest);
  }

  /** all fields at 0 ≤ z < 1 */
  setAll(z: number): void {
    this.setShares(z);
    let [byShape, squares, mean, meanSquare, both] = [0, 0, 0, 0, 0];
    for (let j = 1; j < this.#k; ++j) {
      const share = this.shares[j]!;
      const first = this.#first[j]!;
      byShape += share * first;
      squares += share * (first * first + this.#second[j]!);
      mean += share * j;
      meanSquare += share * j * (j + 1);
      both += share * j * first;
    }
    this.byShape = byShape;
    this.byShapeTwice = squares - byShape * byShape;
    this.mean = mean;
    this.meanSquare = meanSquare;
    this.mixed = both - byShape * mean;
  }
}
