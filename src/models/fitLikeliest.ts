import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { type Fit, fitBuying } from "./fitModel.ts";
import { ModelError } from "./modelError.ts";

/**
 * Fits a model, or of a family the likeliest member: members are tried in their order, each from
 * where the one before ended too, until three in a row have done no better than the best.
 *
 * @returns the model that was fitted: the member of a family
 * @throws ModelError "missing-columns" where the likelihood needs gaps that the history does not have
 */
export function fitLikeliest(
  model: BuyingModel,
  history: BuyingHistory,
): { model: BuyingModel; fit: Fit } {
  if (model.needsGaps && history.logGaps === undefined) {
    throw new ModelError("missing-columns", `missing column: log_gaps, for ${model.id}`);
  }
  const [first, ...others] = model.members ?? [model];
  let last = { model: first!, fit: fitBuying(first!, history) };
  let best = last;
  let worse = 0;
  for (const member of others) {
    last = { model: member, fit: fitBuying(member, history, [last.fit.parameters]) };
    worse = last.fit.logLikelihood > best.fit.logLikelihood ? 0 : worse + 1;
    if (worse === 0) best = last;
    if (worse === 3) break;
  }
  return best;
}
