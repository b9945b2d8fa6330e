import { bdw } from "./bdw.ts";
import { type Diagnostic, diagnoseRetention } from "./diagnose.ts";
import { discountedLifetime } from "./discountedLifetime.ts";
import { type Estimate, estimateOf } from "./estimateOf.ts";
import type { Fit } from "./fitModel.ts";
import { fitRetention } from "./fitRetention.ts";
import { ModelError } from "./modelError.ts";
import type { EstimateColumns } from "./modelRequest.ts";
import type { RetentionModel } from "./retentionModel.ts";
import { sbg } from "./sbg.ts";
import { survivalCounts } from "./survivalCounts.ts";

/** A model of contractual retention, fitted, and what it says of a new customer. */
export interface FittedRetention {
  fit: Fit;
  diagnostics: Diagnostic[];
  /** survival_12, survival_24: share still there after so many renewals; lifetime: payments, discounted */
  figures: ({ parameter: string } & Estimate)[];
}

/** the model of that id, if it is one of contractual retention */
export function findRetention(id: string): RetentionModel | undefined {
  return [sbg, bdw].find((model) => model.id === id);
}

/**
 * Fits the sBG or the BdW.
 *
 * @param cycleMonths months that a payment covers; payments are discounted by 10 % a year
 * @throws ModelError "missing-columns", "no-customers", "nobody-lost", "invalid-columns",
 * "invalid-parameter"
 */
export function estimateRetention(
  model: RetentionModel,
  { renewals, is_lost: isLost, is_back: isBack, customers }: EstimateColumns,
  cycleMonths: number,
): FittedRetention {
  if (!renewals || !isLost || !isBack) {
    throw new ModelError("missing-columns", "missing columns: renewals, is_lost, is_back");
  }
  if (!(cycleMonths > 0 && cycleMonths <= 1200)) {
    throw new ModelError("invalid-parameter", `invalid cycle; not in (0, 1200]: ${cycleMonths}`);
  }
  const counts = survivalCounts({ renewals, isLost, customers });
  const fit = fitRetention(model, counts);
  const back = isBack.reduce((sum, is, i) => sum + (is ? (customers?.[i] ?? 1) : 0), 0);
  const discount = yearlyDiscount ** (cycleMonths / 12) - 1;
  const survival = [12, 24].map((t) => ({
    parameter: `survival_${t}`,
    ...estimateOf(fit, (p) => Math.exp(model.logSurvival(p, t)), "share"),
  }));
  const lifetime = estimateOf(fit, (p) => discountedLifetime(model, p, discount), "positive");
  return {
    fit,
    diagnostics: diagnoseRetention(fit, counts.losses, back),
    figures: [...survival, { parameter: "lifetime", ...lifetime }],
  };
}

const yearlyDiscount = 1.1;
