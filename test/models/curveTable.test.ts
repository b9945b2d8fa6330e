import { expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import { expectedOrdersOfNew } from "../../src/models/buyingModel.ts";
import { curveTable } from "../../src/models/curveTable.ts";
import { fitBuying } from "../../src/models/fitModel.ts";
import { nbd } from "../../src/models/nbd.ts";
import { drawHistory } from "./drawHistory.ts";
import { relativeError } from "./relativeError.ts";

const drawn = drawHistory(4000, 5, { bgnbd: [0.6, 8, 0.9, 2.5], spend: [5, 4, 30] });
const history = collapseHistory({ x: drawn.x, tXDays: drawn.t_x_days, TDays: drawn.T_days });

function run(model: string, horizon?: number) {
  return curveTable(drawn, { model, ...(horizon && { horizon }) }).columns as Record<
    string,
    Float64Array
  > & { phase: string[] };
}

it("is what the fitted model expects of a new customer, from week to week", () => {
  const curve = run("bg-nbd");
  const predictor = bgNbd.predictor(fitBuying(bgNbd, history).parameters);
  expect(curve["week"]).toHaveLength(105);
  expect(curve["expected_orders"]![0]).toBe(0);
  for (const week of [1, 13, 52, 104]) {
    const expected = expectedOrdersOfNew(predictor, week);
    expect(relativeError(curve["expected_orders"]![week]!, expected)).toBeLessThan(1e-12);
    const added = expected - expectedOrdersOfNew(predictor, week - 1);
    expect(relativeError(curve["weekly_orders"]![week]!, added)).toBeLessThan(1e-9);
    expect(curve["lower"]![week]).toBeLessThan(expected);
    expect(curve["upper"]![week]).toBeGreaterThan(expected);
  }
  expect(new Set(curve.phase)).toEqual(new Set(["observed"]));
  const longer = run("bg-nbd", Math.ceil(history.maxT) + 20).phase;
  expect(longer.indexOf("beyond")).toBe(Math.floor(history.maxT) + 1);
});

it("has the interval of the delta method: of the NBD's r t / α, by the variance of ln r − ln α", () => {
  const curve = run("nbd", 52);
  const { parameters, covariance } = fitBuying(nbd, history);
  const [r, alpha] = parameters as [number, number];
  const [[rr, ra], [, aa]] = covariance as [[number, number], [number, number]];
  const spread = Math.exp(1.959963984540054 * Math.sqrt(rr - 2 * ra + aa));
  for (const week of [1, 26, 52]) {
    const expected = (r / alpha) * week;
    expect(relativeError(curve["expected_orders"]![week]!, expected)).toBeLessThan(1e-12);
    expect(relativeError(curve["upper"]![week]!, expected * spread)).toBeLessThan(1e-6);
    expect(relativeError(curve["lower"]![week]!, expected / spread)).toBeLessThan(1e-6);
  }
});

it.each([0, 1.5, 6000])("refuses a horizon of %d weeks", (horizon) => {
  expect(() => curveTable(drawn, { horizon })).toThrow(/invalid horizon; not 1 to 5200 weeks/);
});
