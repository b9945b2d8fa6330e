import { ModelError } from "./modelError.ts";
import type { RetentionModel } from "./retentionModel.ts";

/**
 * Discounted expected lifetime (DEL), in payments at today's value: of a new customer, who pays now,
 * Σ S(t) / (1 + d)ᵗ, t ≥ 0; or what is left of it (DRL) to a customer of whom it is known only that
 * there have been `paid` payments, just before the next is due: Σ S(t) / S(paid − 1) / (1 + d)^(t−paid),
 * t ≥ paid.
 *
 * Summed until the rest is nothing, some 40 / d terms. For the sBG these are Gauss's ₂F₁.
 *
 * @param discount d a period, at least .0001
 * @throws ModelError "invalid-parameter"
 * @see Fader and Hardie (2010), Customer-Base Valuation in a Contractual Setting, equations 3 and 8,
 * https://doi.org/10.1287/mksc.1080.0482
 */
export function discountedLifetime(
  model: RetentionModel,
  parameters: readonly number[],
  discount: number,
  paid = 0,
): number {
  if (!(discount >= 1e-4 && discount < Infinity)) {
    throw new ModelError("invalid-parameter", `invalid discount; below .0001: ${discount}`);
  }
  if (!(Number.isInteger(paid) && paid >= 0)) {
    throw new ModelError("invalid-parameter", `invalid payments; not a whole number: ${paid}`);
  }
  const rate = Math.log1p(discount);
  const known = paid === 0 ? 0 : model.logSurvival(parameters, paid - 1);
  let sum = 0;
  for (let t = paid; ; ++t) {
    const part = Math.exp(model.logSurvival(parameters, t) - known - rate * (t - paid));
    sum += part;
    if (!(part > 1e-17 * discount * sum)) return sum;
  }
}
