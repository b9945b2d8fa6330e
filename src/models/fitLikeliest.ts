import { type BuyingHistory, thinHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { type Fit, fitBuying } from "./fitModel.ts";
import { ModelError } from "./modelError.ts";

/**
 * Fits a model, or of a family the likeliest member: members are tried in their order, each from
 * where the one before ended too, until three in a row have done no better than the best. Where there
 * are many groups they are tried on a part of them, and those that come near are fitted to all.
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
  if (!model.members) return { model, fit: fitBuying(model, history) };
  const every = Math.max(1, Math.floor(history.x.length / triedGroups));
  const part = every > 1 ? thinHistory(history, every) : history;
  const trials = tryMembers(model.members, part, history);
  const highest = Math.max(...trials.map(({ logLikelihood }) => logLikelihood));
  if (every === 1) return trials.find(({ logLikelihood }) => logLikelihood === highest)!;
  const finals = trials
    .filter(({ logLikelihood }) => logLikelihood > highest - shortfall * every)
    .map(({ model: member, fit }) => ({
      model: member,
      fit: fitBuying(member, history, [fit.parameters]),
    }));
  return finals.reduce((best, next) =>
    next.fit.logLikelihood > best.fit.logLikelihood ? next : best,
  );
}

const triedGroups = 20_000;
// a part's maximum falls short of the whole's by about half a unit a parameter and times the part is in the whole
const shortfall = 20;

interface Trial {
  model: BuyingModel;
  /** to the part */
  fit: Fit;
  /** of the whole at the part's maximum */
  logLikelihood: number;
}

function tryMembers(
  members: readonly BuyingModel[],
  part: BuyingHistory,
  history: BuyingHistory,
): Trial[] {
  const trials: Trial[] = [];
  let highest = -Infinity;
  let worse = 0;
  for (const model of members) {
    const known = trials.slice(-1).map(({ fit }) => fit.parameters);
    const fit = fitBuying(model, part, known);
    const logLikelihood =
      part === history ? fit.logLikelihood : model.logLikelihood(fit.parameters, history).value;
    trials.push({ model, fit, logLikelihood });
    worse = logLikelihood > highest ? 0 : worse + 1;
    highest = Math.max(highest, logLikelihood);
    if (worse === 3) break;
  }
  return trials;
}
