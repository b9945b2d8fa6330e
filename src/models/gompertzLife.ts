/**
 * A lifetime whose rate of ending at age u is η b e^(bu), η ~ gamma(s, β) over customers:
 * P(longer than w) = (1 + (e^(bw) − 1) / β)^−s. As b → 0 with β / b kept, a Pareto lifetime.
 * Nothing overflows, and nothing cancels, however small or large b, β and the ages.
 *
 * @see Bemmaor and Glady (2012), equations 4 and 5, https://doi.org/10.1287/mnsc.1110.1461
 */
export class GompertzLife {
  readonly b: number;
  readonly s: number;
  readonly beta: number;

  constructor(b: number, s: number, beta: number) {
    this.b = b;
    this.s = s;
    this.beta = beta;
  }

  /** the rest of a life that has lasted u: of the same kind */
  rest(u: number): GompertzLife {
    return new GompertzLife(this.b, this.s, this.betaAt(u));
  }

  /** β of the rest of a life that has lasted u: 1 + (β − 1) e^(−bu) */
  betaAt(u: number): number {
    const aged = this.b * u;
    const left = Math.exp(-aged);
    return (aged < 0.5 ? -Math.expm1(-aged) : 1 - left) + this.beta * left;
  }

  /** ln P(longer than w) */
  logStay(w: number): number {
    return -this.s * this.fade(w);
  }

  /** −ln P(longer than w) / s */
  fade(w: number): number {
    const { b, beta } = this;
    return b * w > overflow ? b * w - Math.log(beta) : Math.log1p(Math.expm1(b * w) / beta);
  }

  /** rate of ending at w of those that lasted so long */
  hazard(w: number): number {
    return this.s * this.pace(w);
  }

  /** that rate ÷ s: b e^(bw) / (β + e^(bw) − 1) */
  pace(w: number): number {
    return this.b / this.betaAt(w);
  }

  /** weeks around 0 in which the hazard has neither a singularity nor a sudden change */
  get scale(): number {
    return (this.beta < 0.9 ? -Math.log1p(-this.beta) : 2.3) / this.b;
  }
}

const overflow = 500; // of b w: e^500 is finite, and 1 is nothing beside it
