import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import type { BuyingModel } from "../../src/models/buyingModel.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { readHoldout } from "../../src/models/holdout.ts";
import { expectedByGroup, scoreHoldout, scoreNaive } from "../../src/models/holdoutScore.ts";
import { mbgNbd } from "../../src/models/mbgNbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";
import { trackingCurve } from "../../src/models/trackingCurve.ts";
import { shopNames } from "./readGolden.ts";
import { hasShop, readShop, type ShopName } from "./readShop.ts";
import { splitShop } from "./splitShop.ts";

interface GoldenHoldout {
  split: string;
  end: string;
  weeks: number[];
  n_weeks: number;
  actual_cum: number[];
  models: Record<
    string,
    {
      identifiable: boolean;
      params: number[];
      holdout: {
        weeks: number;
        actual_total: number;
        expected_total: number;
        bias_pct: number;
        mae: number;
        rmse: number;
        pearson: number;
        naive_mae_same_rate: number;
        by_x: [x: number, n: number, actual: number, expected: number][];
      };
      cum_expected: number[];
    }
  >;
}

const golden = JSON.parse(
  readFileSync(new URL("golden/holdout.json", import.meta.url), "utf8"),
) as Record<ShopName, GoldenHoldout>;

const models: [string, BuyingModel][] = [
  ["bgnbd", bgNbd],
  ["mbgnbd", mbgNbd],
  ["pnbd", paretoNbd],
];

describe.each(shopNames)("%s", (name) => {
  it("scores the holdout as the reference does", { timeout: 60_000 }, (context) => {
    if (!hasShop(name)) context.skip("needs ../shared/data");
    const { split, end, weeks, n_weeks, actual_cum, models: all } = golden[name];
    const holdout = readHoldout(splitShop(readShop(name), split, end));
    const actual = cumulate(holdout.weekly);
    const bought = new Float64Array(8);
    holdout.outcomes.group.forEach((group, i) => {
      const { orders, weight } = holdout.outcomes;
      bought[Math.min(holdout.history.x[group]!, 7)]! += weight[i]! * orders[i]!;
    });
    expect(actual).toHaveLength(n_weeks);
    expect(weeks.map((week) => actual[week - 1])).toEqual(actual_cum);
    for (const [id, model] of models) {
      const { params, identifiable, holdout: expected, cum_expected } = all[id]!;
      const fit = identifiable ? fitBuying(model, holdout.history).parameters : params;
      const predictor = model.predictor(fit);
      const mu = expectedByGroup(model, predictor, holdout.history, holdout.weeks);
      const score = scoreHoldout(holdout, mu);
      const naive = scoreNaive(holdout);
      expect(holdout.actual).toBe(expected.actual_total);
      expect(holdout.weeks).toBeCloseTo(expected.weeks, 6);
      const pairs: [number, number][] = [
        [score.predicted, expected.expected_total],
        [score.bias! * 100, expected.bias_pct],
        [score.mae, expected.mae],
        [score.rmse, expected.rmse],
        [score.correlation!, expected.pearson],
        [naive.mae, expected.naive_mae_same_rate],
      ];
      const curve = trackingCurve(predictor, holdout);
      for (const [x, n, actual, mean] of expected.by_x) {
        const groups = [...mu.keys()].filter((i) => Math.min(holdout.history.x[i]!, 7) === x);
        const total = (of: (group: number) => number) =>
          groups.reduce((sum, i) => sum + holdout.history.weight[i]! * of(i), 0);
        pairs.push([total(() => 1), n], [total((i) => mu[i]!) / n, mean], [bought[x]! / n, actual]);
      }
      weeks.forEach((week, i) => pairs.push([curve[week - 1]!, cum_expected[i]!]));
      const worst = Math.max(...pairs.map(([got, wanted]) => Math.abs(got / wanted - 1)));
      expect(worst).toBeLessThan(1e-5);
    }
  });
});

function cumulate(values: Float64Array): number[] {
  let total = 0;
  return Array.from(values, (value) => (total += value));
}
