import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { periodPredictor } from "./periodPredictor.ts";
import { type RisingTable, risingTable } from "./risingTable.ts";

/**
 * Beta-binomial: in every period a customer buys with a beta(α, β) probability; nobody ever drops
 * out. The baseline which the BG/BB must beat, and the one to fall back to. Time is in periods.
 *
 * L(x, n) = B(α + x, β + n − x) / B(α, β)
 */
export const betaBinomial: BuyingModel = {
  id: "beta-binomial",
  parameters: ["alpha", "beta"],
  timePowers: [0, 0],
  isMemoryless: true,
  starts,
  logLikelihood,
  predictor: ([alpha, beta]) => periodPredictor(alpha!, beta!, 0, 1),
};

function starts({ T, weight, repeatOrders }: BuyingHistory): number[][] {
  const chances = T.reduce((sum, n, i) => sum + weight[i]! * n, 0);
  const share = (repeatOrders + 1) / (chances + 2);
  return [0.5, 5].map((size) => [share * size, (1 - share) * size]);
}

function logLikelihood([alpha, beta]: readonly number[], history: BuyingHistory): Evaluation {
  const periods = Math.max(history.maxT, history.maxX);
  const bought = risingTable(alpha!, history.maxX);
  const missed = risingTable(beta!, periods);
  const all = risingTable(alpha! + beta!, periods);
  let value = 0;
  const gradient = [0, 0];
  const hessian = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < history.x.length; ++i) {
    const w = history.weight[i]!;
    const [x, n] = [history.x[i]!, history.T[i]!];
    const of = (name: keyof RisingTable) => [bought[name][x]!, missed[name][n - x]!, all[name][n]!];
    const [v, first, second] = [of("value"), of("first"), of("second")];
    value += w * (v[0]! + v[1]! - v[2]!);
    for (const j of [0, 1]) {
      gradient[j]! += w * (first[j]! - first[2]!);
      for (const l of [0, 1]) hessian[j]![l]! += w * ((j === l ? second[j]! : 0) - second[2]!);
    }
  }
  return { value, gradient, hessian };
}
