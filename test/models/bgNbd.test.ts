import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import {
  expectedOrders,
  expectedOrdersOfNew,
  pAlive,
  probabilityOfNoOrder,
} from "../../src/models/buyingModel.ts";

// published_numbers.json: parameters of the paper's spreadsheet and of the BTYD manual
const spreadsheet = bgNbd.predictor([0.242592907236, 4.41353156173, 0.792886148269, 2.42575343837]);
const paper = bgNbd.predictor([0.243, 4.414, 0.793, 2.426]);

describe("published values on CDNOW", () => {
  it.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ])("E[X(%d)] of a new customer (Hardie's spreadsheet)", (t, expected) => {
    expect(Math.abs(expectedOrdersOfNew(spreadsheet, t) - expected)).toBeLessThan(6e-4);
  });

  it("E[Y(39)] of customer 0001 is 1.226 and P(alive) .7266 (Fader, Hardie and Lee 2005)", () => {
    expect(expectedOrders(spreadsheet, 2, 30.43, 38.86, 39)).toBeCloseTo(1.226, 3);
    expect(pAlive(paper, 2, 30.43, 38.86)).toBeCloseTo(0.7266, 4);
  });

  it("P(X(39) = 0) is .5737864 (BTYD manual)", () => {
    expect(probabilityOfNoOrder(paper, 0, 0, 0, 39)).toBeCloseTo(0.5737864, 7);
  });
});

describe("predictions", () => {
  it("never are NaN, and stay in their ranges", () => {
    for (const r of [1e-4, 0.3, 5, 1e5]) {
      for (const alpha of [1e-4, 4, 1e5]) {
        for (const a of [1e-4, 0.8, 1, 30, 1e5]) {
          for (const b of [1e-4, 2, 1e5]) expectSane([r, alpha, a, b]);
        }
      }
    }
  });

  it("of no order fall with the span from 1, and to the dropped out", () => {
    expect(probabilityOfNoOrder(paper, 2, 30.43, 38.86, 0)).toBeCloseTo(1, 15);
    const far = probabilityOfNoOrder(paper, 2, 30.43, 38.86, 1e9);
    expect(far).toBeCloseTo(1 - pAlive(paper, 2, 30.43, 38.86), 5);
  });
});

function expectSane(parameters: number[]): void {
  const predictor = bgNbd.predictor(parameters);
  const customers = [
    [0, 0, 0],
    [0, 0, 300],
    [1, 0, 0],
    [1000, 290, 300],
    [1000, 0.2, 300],
    [3, 1, 1],
  ] as const;
  for (const [x, tX, T] of customers) {
    const alive = pAlive(predictor, x, tX, T);
    const none = probabilityOfNoOrder(predictor, x, tX, T, 13);
    const orders = expectedOrders(predictor, x, tX, T, 52);
    expect(alive).toBeGreaterThanOrEqual(0);
    expect(alive).toBeLessThanOrEqual(1);
    expect(none).toBeGreaterThanOrEqual(0);
    expect(none).toBeLessThanOrEqual(1);
    expect(orders).toBeGreaterThanOrEqual(0);
    expect(orders).toBeLessThan(Infinity);
  }
}
