import { digamma } from "./digamma.ts";
import { logBeta } from "./logBeta.ts";
import type { Evaluation } from "./logObjective.ts";
import type { RetentionModel } from "./retentionModel.ts";
import { sbg } from "./sbg.ts";
import type { SurvivalCounts } from "./survivalCounts.ts";

/**
 * Beta-discrete-Weibull: as the sBG, but a customer's own probability to leave may rise (c > 1) or
 * fall (c < 1) with time: S(t) = B(α, β + t^c) / B(α, β). c = 1 is the sBG.
 *
 * @see Fader, Hardie, Liu, Davin and Steenburgh (2018), "How to Project Customer Retention"
 * Revisited, https://doi.org/10.1016/j.intmar.2018.01.002
 */
export const bdw: RetentionModel = {
  id: "bdw",
  parameters: ["alpha", "beta", "c"],
  starts: (counts) => sbg.starts(counts).flatMap((start) => [1, 1.5].map((c) => [...start, c])),
  logLikelihood,
  logSurvival: ([alpha, beta, c], t) =>
    t === 0 ? 0 : logBeta(alpha!, beta! + t ** c!) - logBeta(alpha!, beta!),
};

function logLikelihood(parameters: readonly number[], { lost, kept }: SurvivalCounts): Evaluation {
  const sums = [0, 0, 0, 0];
  const add = (weight: number, values: readonly number[]) =>
    values.forEach((value, i) => (sums[i]! += weight * value));
  let last: number[] | undefined; // of the period before, where it was asked for
  for (let t = 0; t < lost.length; ++t) {
    const now = lost[t]! + kept[t]! > 0 ? survivalAt(parameters, t) : undefined;
    if (now && kept[t]! > 0) add(kept[t]!, now);
    if (now && lost[t]! > 0) {
      add(lost[t]!, logDifference(parameters, t, last ?? survivalAt(parameters, t - 1), now));
    }
    last = now;
  }
  return { value: sums[0]!, gradient: sums.slice(1) };
}

/** ln S(t), and its derivatives by α, β, c */
function survivalAt([alpha, beta, c]: readonly number[], t: number): number[] {
  if (t === 0) return [0, 0, 0, 0];
  const y = t ** c!;
  const all = digamma(alpha! + beta!);
  const allLater = digamma(alpha! + beta! + y);
  const later = digamma(beta! + y);
  return [
    bdw.logSurvival([alpha!, beta!, c!], t),
    all - allLater,
    all - allLater + later - digamma(beta!),
    (later - allLater) * y * Math.log(t),
  ];
}

/** ln (S(t−1) − S(t)) = ln S(t−1) + ln (1 − e^−fall), and its derivatives */
function logDifference(
  parameters: readonly number[],
  t: number,
  before: readonly number[],
  now: readonly number[],
): number[] {
  const fall = fallOf(parameters, t, before[0]! - now[0]!);
  const odds = 1 / Math.expm1(fall);
  return before.map((value, i) =>
    i === 0 ? value + Math.log(-Math.expm1(-fall)) : value + odds * (value - now[i]!),
  );
}

/**
 * ln S(t−1) − ln S(t). Where the step in t^c is a small part of it the difference of logarithms has
 * lost its digits: there the integral of ψ(α+β+y) − ψ(β+y), by Gauss and Legendre's rule of 5 nodes.
 */
function fallOf([alpha, beta, c]: readonly number[], t: number, difference: number): number {
  const [from, to] = [t === 1 ? 0 : (t - 1) ** c!, t ** c!];
  const half = (to - from) / 2;
  if (!(half < 0.02 * (beta! + from))) return difference;
  return (
    half *
    nodes.reduce((sum, [at, weight]) => {
      const y = beta! + from + half * (1 + at);
      return sum + weight * (digamma(alpha! + y) - digamma(y));
    }, 0)
  );
}

const nodes = [
  [-0.906179845938664, 0.23692688505618908],
  [-0.5384693101056831, 0.47862867049936647],
  [0, 0.5688888888888889],
  [0.5384693101056831, 0.47862867049936647],
  [0.906179845938664, 0.23692688505618908],
] as const;
