import { type Diagnostic, diagnoseSpend, isIdentifiable, limits } from "./diagnose.ts";
import { fitSpend } from "./fitModel.ts";
import { ModelError } from "./modelError.ts";
import { spendByMean, spendByModel, type SpendForecast } from "./spendForecast.ts";
import type { SpendHistory } from "./spendHistory.ts";

/**
 * What purchases to come are worth: by the gamma-gamma model, or by the mean purchase where its
 * parameters cannot be told from the data ("fallback-to-mean-spend").
 *
 * @param notes what to know of it is added to these
 * @throws ModelError "too-few-spenders" where there is none
 */
export function pickSpend(history: SpendHistory, notes: Diagnostic[]): SpendForecast {
  if (history.customers === 0) {
    throw new ModelError("too-few-spenders", "no repeat purchase with an amount", {
      value: 0,
      needed: limits.repeatBuyers,
    });
  }
  const fit = fitSpend(history);
  const diagnostics = diagnoseSpend(fit, history);
  notes.push(...diagnostics);
  if (isIdentifiable(diagnostics)) return spendByModel(fit);
  notes.push({ code: "fallback-to-mean-spend", value: 0, model: fit.model, blocks: false });
  return spendByMean(history);
}
