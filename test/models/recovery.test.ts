import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import type { BuyingModel } from "../../src/models/buyingModel.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { mbgNbd } from "../../src/models/mbgNbd.ts";
import { nbd } from "../../src/models/nbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";
import { buyers, drawColumns, timeScale } from "./drawBuyers.ts";

// parameters in weeks, such that some hundred customers settle them
const truths: [BuyingModel, number[]][] = [
  [nbd, [0.7, 9]],
  [bgNbd, [0.8, 4, 0.9, 2.5]],
  [mbgNbd, [1.1, 4, 0.8, 2]],
  [paretoNbd, [1.2, 6, 0.9, 14]],
];

describe.each(truths.map(([model, truth]) => [model.id, model, truth] as const))(
  "%s",
  (id, model, truth) => {
    /** distances of the log-parameters from the truth, in standard errors */
    const distances = (n: number, seed: number) => {
      const columns = drawColumns(n, seed, buyers[id]!(truth), [40, 100]);
      const { parameters, logErrors, converged } = fitBuying(model, collapseHistory(columns));
      expect(converged).toBe(true);
      return truth.map((value, i) => {
        const expected = value * timeScale ** model.timePowers[i]!;
        return Math.log(parameters[i]! / expected) / logErrors![i]!;
      });
    };

    it("is found again within three standard errors, of 8,000 customers", () => {
      expect(distances(8000, 13).filter((z) => Math.abs(z) >= 3)).toEqual([]);
    });

    it(
      "lies in the 95 % intervals some 95 times in 100, of 700 customers",
      { timeout: 60_000 },
      () => {
        const all = Array.from({ length: 40 }, (_, draw) => distances(700, 500 + draw)).flat();
        const inside = all.filter((z) => Math.abs(z) < 1.96).length / all.length;
        // of 80 or 160, and those of one draw go together: two standard errors of some .03
        expect(inside).toBeGreaterThan(0.88);
        expect(inside).toBeLessThan(1);
      },
    );
  },
);
