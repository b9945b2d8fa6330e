import type { Evaluation } from "./logObjective.ts";
import type { SurvivalCounts } from "./survivalCounts.ts";

/** A model of how long customers under contract stay: after each period some do not renew. */
export interface RetentionModel {
  /** as the reader writes it: "sbg" */
  readonly id: string;
  /** as in the paper; all positive */
  readonly parameters: readonly string[];
  /** parameters to start a fit from */
  starts(counts: SurvivalCounts): number[][];
  /** Σ lost at t · ln(S(t−1) − S(t)) + Σ kept after t · ln S(t) */
  logLikelihood(parameters: readonly number[], counts: SurvivalCounts): Evaluation;
  /** ln S(t): still there after t renewals, t ≥ 0 and whole */
  logSurvival(parameters: readonly number[], t: number): number;
}
