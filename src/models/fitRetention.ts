import { type Fit, toFit } from "./fitModel.ts";
import { maximize } from "./maximize.ts";
import type { RetentionModel } from "./retentionModel.ts";
import type { SurvivalCounts } from "./survivalCounts.ts";

/** Fits a model of contractual retention by maximum likelihood; time in periods. */
export function fitRetention(model: RetentionModel, counts: SurvivalCounts): Fit {
  const optimum = maximize((p) => model.logLikelihood(p, counts), model.starts(counts));
  return toFit(model, optimum, counts.customers);
}
