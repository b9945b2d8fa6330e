import { betaGeometric } from "./betaGeometric.ts";
import { nbdMaximum } from "./nbd.ts";

/**
 * MBG/NBD: the BG/NBD whose customers may also drop out right after their first purchase, so that
 * P(alive) of one who never came back falls with time.
 *
 * @see Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of models for
 * customer base analysis, https://doi.org/10.1016/j.ijresmar.2006.12.005
 * @see Hoppe and Wagner (2007), Customer Base Analysis: The Case for a Central Variant of the
 * Betageometric/NBD Model, Marketing JRM 3(2)
 */
export const mbgNbd = betaGeometric("mbg-nbd", 1, (history) => {
  const [r, alpha] = nbdMaximum(history);
  return [
    [1.5 * r, 0.6 * alpha, 0.8, 1.5],
    [r, alpha, 0.05, 5], // next to no dropout
    [1, Math.max(history.meanT, 1), 1, 1],
  ];
});
