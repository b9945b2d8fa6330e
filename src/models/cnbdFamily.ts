import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { cnbdLikelihood, type CnbdShape } from "./cnbdLikelihood.ts";
import { cnbdPredictor } from "./cnbdPredictor.ts";
import { nbdMaximum } from "./nbd.ts";

/**
 * The BG/CNBD-k or the MBG/CNBD-k for k = 1 to 12: purchases a gamma(r, α) rate of phases apart, k
 * phases each (Erlang-k: the larger k, the more regular), and after a purchase a beta(a, b) chance to
 * have dropped out, from the first repeat purchase on (BG) or from the very first purchase (MBG).
 */
export function cnbdFamily(id: string, dropsAtFirst: boolean): BuyingModel {
  const members = Array.from({ length: mostPhases }, (_, i) =>
    member(id, { k: i + 1, dropsAtFirst }),
  );
  return { ...members[0]!, members };
}

const mostPhases = 12;

function member(id: string, shape: CnbdShape): BuyingModel {
  return {
    id,
    held: { k: shape.k },
    needsGaps: true,
    parameters: ["r", "alpha", "a", "b"],
    timePowers: [0, 1, 0, 0],
    isMemoryless: shape.k === 1,
    starts: (history) => starts(history, shape.k),
    logLikelihood: (parameters, history) => cnbdLikelihood(parameters, history, shape),
    predictor: (parameters) => cnbdPredictor(parameters, shape),
  };
}

function starts(history: BuyingHistory, k: number): number[][] {
  const [r, alpha] = nbdMaximum(history);
  const all = [
    [0.7 * r, (0.5 * alpha) / k, 0.8, 2.5],
    [r, alpha / k, 0.05, 5], // next to no dropout
    [1, Math.max(history.meanT, 1) / k, 1, 1],
  ];
  return k === 1 ? all : all.slice(0, 1); // the others start from the member before, too
}
