import { betaBinomial } from "./betaBinomial.ts";
import { bgBb } from "./bgBb.ts";
import { bgCnbdK } from "./bgCnbdK.ts";
import { bgNbd } from "./bgNbd.ts";
import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { type Diagnostic, diagnoseBuying, isIdentifiable } from "./diagnose.ts";
import { fitLikeliest } from "./fitLikeliest.ts";
import { type Fit, fitBuying } from "./fitModel.ts";
import { ggomNbd } from "./ggomNbd.ts";
import { mbgCnbdK } from "./mbgCnbdK.ts";
import { mbgNbd } from "./mbgNbd.ts";
import { ModelError } from "./modelError.ts";
import { nbd } from "./nbd.ts";
import { paretoNbd } from "./paretoNbd.ts";

/** Every model of buying there is; a new one is a file and a place in this list. */
const buyingModels: readonly BuyingModel[] = [
  nbd,
  bgNbd,
  mbgNbd,
  paretoNbd,
  ggomNbd,
  bgCnbdK,
  mbgCnbdK,
];

/** Models in discrete time: for histories of periods, and so never among the best of the others. */
const discreteModels: readonly BuyingModel[] = [bgBb];

export interface FittedModel {
  model: BuyingModel;
  fit: Fit;
  diagnostics: Diagnostic[];
  identifiable: boolean;
}

/** Models fitted to one history, and the one without dropout to measure and replace them by. */
interface FittedModels {
  fitted: FittedModel[];
  baseline: FittedModel;
}

/**
 * Fits the named model, or all for `best`, in the order of the list.
 *
 * @throws ModelError "unknown-model", "missing-columns"
 */
export function fitModels(id: string, history: BuyingHistory): FittedModels {
  const wanted =
    id === "best"
      ? buyingModels.filter((model) => !(model.needsGaps && history.logGaps === undefined))
      : [...buyingModels, ...discreteModels].filter((model) => model.id === id);
  if (wanted.length === 0) throw new ModelError("unknown-model", `unknown model: ${id}`);
  const lasting = discreteModels.includes(wanted[0]!) ? betaBinomial : nbd;
  const plain = fitBuying(lasting, history);
  const baseline = judge(lasting, plain, history, plain);
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
 * @throws ModelError "unknown-model", "missing-columns"
 */
export function chooseModel(id: string, history: BuyingHistory): Choice {
  const { fitted, baseline } = fitModels(id, history);
  if (id !== "best") return { chosen: fitted[0]!, baseline, reasons: [] };
  const known = fitted.filter(({ identifiable }) => identifiable);
  const [chosen = baseline, rival] = known.toSorted((a, b) => a.fit.aic - b.fit.aic);
  return { chosen, baseline, reasons: rival ? [explain(chosen.fit, rival.fit)] : [] };
}

interface Choice {
  chosen: FittedModel;
  /** the one without dropout to fall back to: the NBD, in discrete time the beta-binomial */
  baseline: FittedModel;
  /** why it was chosen among others */
  reasons: Diagnostic[];
}

function explain({ model, aic }: Fit, rival: Fit): Diagnostic {
  const value = rival.aic - aic;
  return { code: "best-by-aic", value, model, rival: rival.model, blocks: false };
}

function judge(model: BuyingModel, fit: Fit, history: BuyingHistory, plain: Fit): FittedModel {
  const diagnostics = diagnoseBuying(fit, history, plain);
  return { model, fit, diagnostics, identifiable: isIdentifiable(diagnostics) };
}
