import { bgCnbdK } from "./bgCnbdK.ts";
import { bgNbd } from "./bgNbd.ts";
import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { type Diagnostic, diagnoseBuying, isIdentifiable } from "./diagnose.ts";
import { fitLikeliest } from "./fitLikeliest.ts";
import { type Fit, fitBuying } from "./fitModel.ts";
import { mbgCnbdK } from "./mbgCnbdK.ts";
import { ModelError } from "./modelError.ts";
import { nbd } from "./nbd.ts";

/** Every model of buying there is; a new one is a file and a place in this list. */
const buyingModels: readonly BuyingModel[] = [nbd, bgNbd, bgCnbdK, mbgCnbdK];

export interface FittedModel {
  model: BuyingModel;
  fit: Fit;
  diagnostics: Diagnostic[];
  identifiable: boolean;
}

/** Models fitted to one history, and the NBD to measure them by and to fall back to. */
interface FittedModels {
  fitted: FittedModel[];
  baseline: FittedModel;
}

/**
 * Fits the named model, or all for `best`, in the order of the list.
 *
 * @throws ModelError "unknown-model", "missing-gaps"
 */
export function fitModels(id: string, history: BuyingHistory): FittedModels {
  const wanted = buyingModels.filter((model) =>
    id === "best" ? !(model.needsGaps && history.logGaps === undefined) : model.id === id,
  );
  if (wanted.length === 0) throw new ModelError("unknown-model", `unknown model: ${id}`);
  const plain = fitBuying(nbd, history);
  const baseline = judge(nbd, plain, history, plain);
  const fitted = wanted.map((one) => {
    if (one === nbd) return baseline;
    const { model, fit } = fitLikeliest(one, history);
    return judge(model, fit, history, plain);
  });
  return { fitted, baseline };
}

/**
 * The named model, or for `best` the one of the lowest AIC among those whose parameters can be told
 * from the data, the NBD where none can.
 *
 * @returns the chosen model, and the NBD to fall back to
 * @throws ModelError "unknown-model"
 */
export function chooseModel(
  id: string,
  history: BuyingHistory,
): { chosen: FittedModel; baseline: FittedModel } {
  const { fitted, baseline } = fitModels(id, history);
  const known = fitted.filter(({ identifiable }) => identifiable);
  const chosen = id === "best" ? lowestAic(known, baseline) : fitted[0]!;
  return { chosen, baseline };
}

function judge(model: BuyingModel, fit: Fit, history: BuyingHistory, plain: Fit): FittedModel {
  const diagnostics = diagnoseBuying(fit, history, plain);
  return { model, fit, diagnostics, identifiable: isIdentifiable(diagnostics) };
}

function lowestAic(fitted: FittedModel[], otherwise: FittedModel): FittedModel {
  return fitted.reduce(
    (best, next) => (next.fit.aic < best.fit.aic ? next : best),
    fitted[0] ?? otherwise,
  );
}
