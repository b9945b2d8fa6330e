import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel, Predictor } from "./buyingModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { maximize } from "./maximize.ts";
import { negativeBinomial } from "./negativeBinomial.ts";
import { risingTable } from "./risingTable.ts";

/**
 * NBD: purchases at a rate that is gamma(r, α) over customers; nobody ever drops out. The baseline
 * which a model with dropout must beat, and the one to fall back to when dropout does not show.
 *
 * L(x, T) = Γ(r + x) / Γ(r) · α^r / (α + T)^(r + x)
 *
 * @see Ehrenberg (1959), https://doi.org/10.2307/2985810
 */
export const nbd: BuyingModel = {
  id: "nbd",
  parameters: ["r", "alpha"],
  timePowers: [0, 1],
  isMemoryless: true,
  starts,
  logLikelihood,
  predictor,
};

/** r and α of the fit: where the models with dropout, which have them too, set out from. */
export function nbdMaximum(history: BuyingHistory): [number, number] {
  const { parameters } = maximize((p) => logLikelihood(p, history), starts(history));
  return parameters as [number, number];
}

function starts({ repeatOrders, customers, meanT }: BuyingHistory): number[][] {
  const rate = Math.max(repeatOrders, 1) / (customers * Math.max(meanT, 1));
  return [0.5, 5].map((r) => [r, r / rate]);
}

function logLikelihood([r, alpha]: readonly number[], { spans, maxX }: BuyingHistory): Evaluation {
  const rising = risingTable(r!, maxX);
  const sums = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < spans.x.length; ++i) {
    const x = spans.x[i]!;
    const w = spans.weight[i]!;
    const end = alpha! + spans.T[i]!;
    const grown = Math.log1p(spans.T[i]! / alpha!);
    const logEnd = Math.log(end);
    sums[0]! += w * (rising.value[x]! - r! * grown - x * logEnd);
    sums[1]! += w * (rising.first[x]! - grown);
    sums[2]! += w * (r! / alpha! - (r! + x) / end);
    sums[3]! += w * rising.second[x]!;
    sums[4]! += w * (1 / alpha! - 1 / end);
    sums[5]! += w * ((r! + x) / (end * end) - r! / (alpha! * alpha!));
  }
  const [value, gr, ga, hrr, hra, haa] = sums as [number, number, number, number, number, number];
  return {
    value,
    gradient: [gr, ga],
    hessian: [
      [hrr, hra],
      [hra, haa],
    ],
  };
}

function predictor([r, alpha]: readonly number[]): Predictor {
  return {
    logPAlive: () => 0,
    ordersIfAlive: (x, _, T, t) => ((r! + x) / (alpha! + T)) * t,
    noOrderIfAlive: (x, _, T, t) => Math.exp(-(r! + x) * Math.log1p(t / (alpha! + T))),
    countsIfAlive: (x, _, T, t, most) => negativeBinomial(r! + x, t / (alpha! + T), most),
  };
}
