/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for c > 0 and 0 ≤ z < 1.
 *
 * Summed by its power series, after Euler's transformation
 * ₂F₁(a, b; c; z) = (1 − z)^(c−a−b) ₂F₁(c − a, c − b; c; z) where that gives the smaller
 * parameters, and so fewer terms and no overflow. O(36 / (1 − z)) terms.
 *
 * @throws RangeError outside of the domain
 * @see Abramowitz and Stegun (1964), 15.1.1 and 15.3.3
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  if (!(c > 0)) throw new RangeError(`invalid c; not positive: ${c}`);
  if (!(z >= 0 && z < 1)) throw new RangeError(`invalid z; not in [0, 1): ${z}`);
  if (Math.abs(c - a) + Math.abs(c - b) < Math.abs(a) + Math.abs(b)) {
    const power = Math.exp((c - a - b) * Math.log1p(-z));
    return power * (1 + (c - b) * new Excess(c - a, c - b, c).at(z));
  }
  return 1 + b * new Excess(a, b, c).at(z);
}

/**
 * (₂F₁(a, b; c; z) − 1) / b as a power series in z, exact where b is 0 or next to it. Coefficients
 * are kept, so that one set of parameters serves many z at a multiplication and an addition a term.
 */
export class Excess {
  readonly #a: number;
  readonly #b: number;
  readonly #c: number;
  #coefficients = new Float64Array(0);

  constructor(a: number, b: number, c: number) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
  }

  /** sum at 0 ≤ z < 1 to the last digit */
  at(z: number): number {
    let sum = 0;
    let power = z;
    for (let n = 0; n < maxTerms; ++n) {
      if (n >= this.#coefficients.length) this.#extend();
      const term = this.#coefficients[n]! * power;
      sum += term;
      if (Math.abs(term) <= negligible * Math.abs(sum)) break;
      power *= z;
    }
    return sum;
  }

  #extend(): void {
    const known = this.#coefficients;
    const next = new Float64Array(Math.max(32, known.length * 2));
    next.set(known);
    if (known.length === 0) next[0] = this.#a / this.#c;
    for (let n = Math.max(1, known.length); n < next.length; ++n) {
      next[n] = (next[n - 1]! * (this.#a + n) * (this.#b + n)) / ((this.#c + n) * (n + 1));
    }
    this.#coefficients = next;
  }
}

const negligible = 1e-18; // beside a double's 1.1e-16: the rest of the series is 1 / (1 − z) terms
const maxTerms = 1 << 20;
