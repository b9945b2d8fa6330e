import type { BuyingHistory } from "./buyingHistory.ts";
import { chooseModel, type FittedModel } from "./chooseModel.ts";
import { type Diagnostic, limits } from "./diagnose.ts";
import { keepsOneTimers } from "./keepsOneTimers.ts";
import { ModelError } from "./modelError.ts";
import { nbd } from "./nbd.ts";

/**
 * The model to forecast by: as `chooseModel`, or the one without dropout where its parameters cannot be
 * told from the data ("fallback-to-nbd", in discrete time "fallback-to-beta-binomial").
 *
 * @param notes what to know of it is added to these
 * @throws ModelError "too-few-repeat-buyers", and as `chooseModel`
 */
export function pickModel(id: string, history: BuyingHistory, notes: Diagnostic[]): FittedModel {
  requireRepeatBuyers(history);
  const { chosen, baseline, reasons } = chooseModel(id, history);
  notes.push(...reasons, ...chosen.diagnostics);
  if (chosen.identifiable || chosen === baseline) {
    if (keepsOneTimers(chosen, history.maxT)) notes.push(countOneTimers(chosen, history));
    return chosen;
  }
  const code = baseline.model === nbd ? "fallback-to-nbd" : "fallback-to-beta-binomial";
  notes.push({ code, value: 0, model: chosen.fit.model, blocks: false });
  return baseline;
}

function requireRepeatBuyers({ repeatBuyers }: BuyingHistory): void {
  if (repeatBuyers >= limits.repeatBuyers) return;
  throw new ModelError(
    "too-few-repeat-buyers",
    `too few customers with a second purchase day; not ${limits.repeatBuyers}: ${repeatBuyers}`,
    { value: repeatBuyers, needed: limits.repeatBuyers },
  );
}

function countOneTimers(
  { fit: { model } }: FittedModel,
  { customers, repeatBuyers }: BuyingHistory,
): Diagnostic {
  return { code: "one-timers-alive", value: customers - repeatBuyers, model, blocks: false };
}
