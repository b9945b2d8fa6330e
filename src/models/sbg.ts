import { logBeta } from "./logBeta.ts";
import type { Evaluation } from "./logObjective.ts";
import type { RetentionModel } from "./retentionModel.ts";
import { risingTable } from "./risingTable.ts";
import type { SurvivalCounts } from "./survivalCounts.ts";

/**
 * Shifted beta-geometric: at every renewal a customer leaves with a probability that stays the same
 * over time and is beta(α, β) over customers. The retention rate of a cohort rises all the same, as
 * those who leave easily are gone first:
 *
 * S(t) = (β)ₜ / (α+β)ₜ, r(t) = S(t) / S(t−1) = (β+t−1) / (α+β+t−1), (z)ₜ = Γ(z+t) / Γ(z)
 *
 * @see Fader and Hardie (2007), How to project customer retention, https://doi.org/10.1002/dir.20074
 */
export const sbg: RetentionModel = {
  id: "sbg",
  parameters: ["alpha", "beta"],
  starts: ({ lost, kept }) => {
    const trials = lost.reduce((sum, count, t) => sum + t * (count + kept[t]!), 0);
    const share = lost.reduce((sum, count) => sum + count, 0) / trials;
    return [1, 10].map((size) => [size * share, size * Math.max(1e-3, 1 - share)]);
  },
  logLikelihood,
  logSurvival: ([alpha, beta], t) => logBeta(alpha!, beta! + t) - logBeta(alpha!, beta!),
};

/** with P(lost at t) = α (β)ₜ₋₁ / (α+β)ₜ */
function logLikelihood(
  [alpha, beta]: readonly number[],
  { lost, kept }: SurvivalCounts,
): Evaluation {
  const stayed = risingTable(beta!, lost.length);
  const all = risingTable(alpha! + beta!, lost.length);
  const sums = [0, 0, 0, 0, 0, 0];
  const add = (weight: number, left: 0 | 1, t: number) => {
    if (weight === 0) return;
    const s = t - left;
    sums[0]! += weight * (stayed.value[s]! - all.value[t]! + (left ? Math.log(alpha!) : 0));
    sums[1]! += weight * (left / alpha! - all.first[t]!);
    sums[2]! += weight * (stayed.first[s]! - all.first[t]!);
    sums[3]! -= weight * (left / alpha! ** 2 + all.second[t]!);
    sums[4]! -= weight * all.second[t]!;
    sums[5]! += weight * (stayed.second[s]! - all.second[t]!);
  };
  lost.forEach((count, t) => add(count, 1, t));
  kept.forEach((count, t) => add(count, 0, t));
  const [value, ga, gb, haa, hab, hbb] = sums as [number, number, number, number, number, number];
  return {
    value,
    gradient: [ga, gb],
    hessian: [
      [haa, hab],
      [hab, hbb],
    ],
  };
}
