import { betaGeometric } from "./betaGeometric.ts";
import { nbdMaximum } from "./nbd.ts";

/**
 * BG/NBD: purchases at a gamma(r, α) rate; after each repeat purchase a customer drops out with a
 * beta(a, b) probability. A customer who never came back is alive by construction.
 *
 * @see Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way, equations 6 and 10,
 * https://doi.org/10.1287/mksc.1040.0098; P(alive) from the authors' note of 2008
 */
export const bgNbd = betaGeometric("bg-nbd", 0, (history) => {
  const [r, alpha] = nbdMaximum(history);
  return [
    [0.7 * r, 0.5 * alpha, 0.8, 2.5],
    [r, alpha, 0.05, 5], // next to no dropout
    [1, Math.max(history.meanT, 1), 1, 1],
  ];
});
