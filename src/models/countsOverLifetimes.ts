import { integrate } from "./integrate.ts";
import { negativeBinomial } from "./negativeBinomial.ts";

/** How long customers stay who are there now. */
interface Life {
  /** ln P(longer than w weeks) */
  logStay(w: number): number;
  /** rate of dropping out in w weeks of those still there */
  hazard(w: number): number;
  /** weeks around now in which the hazard has neither a singularity nor a sudden change */
  scale: number;
}

/**
 * P(n orders within t weeks), n = 0 to most, of a customer who orders at a gamma rate and drops out
 * at any time, whatever they order: the negative binomial of the weeks stayed, mixed over these,
 *
 *   S(t) NB(n | t) + ∫₀^t S(w) h(w) NB(n | w) dw.
 *
 * Only positive numbers are added; absolute error about 1e-14 of the largest.
 *
 * @see Fader and Hardie (2014), Deriving the Conditional PMF of the Pareto/NBD Model,
 * http://www.brucehardie.com/notes/028/
 */
export function countsOverLifetimes(
  { R, A, life }: { R: number; A: number; life: Life },
  t: number,
  most: number,
): Float64Array {
  const staying = Math.exp(life.logStay(t));
  const counts = negativeBinomial(R, t / A, most).map((count) => staying * count);
  if (!(t > 0)) return counts;
  // what is over soonest: orders not begun, or lives
  const near = Math.min(A / Math.max(R, 1), life.scale, 1 / life.hazard(0));
  const left = new Float64Array(most + 1);
  const integrands = (sigma: number, values: Float64Array) => {
    const w = near * Math.expm1(sigma);
    const density = (near + w) * life.hazard(w) * Math.exp(life.logStay(w));
    negativeBinomial(R, w / A, most, values);
    for (let n = 0; n <= most; ++n) values[n]! *= density;
  };
  integrate(integrands, 0, Math.log1p(t / near), left, most + 1);
  return counts.map((count, n) => count + left[n]!);
}
