import { describe, expect, it } from "vitest";
import { expectedOrders } from "../../src/models/buyingModel.ts";
import { nbd } from "../../src/models/nbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";
import { residualOrders } from "../../src/models/residualOrders.ts";
import { clvToolsCustomers } from "./clvToolsCustomers.ts";
import { readJson } from "./readGolden.ts";
import { weeklyModels } from "./weeklyModels.ts";

const buyer = { x: 2, tX: 30.43, T: 38.86 };

describe("the Pareto/NBD's DERT", () => {
  const { BTYD_pnbd: btyd, CLVTools_cdnow_pnbd: clvTools } = readJson<{
    BTYD_pnbd: { params: number[]; dert_x2: number; dert_x0: number; paper_params_dert_x2: number };
    CLVTools_cdnow_pnbd: {
      params: Record<string, number>;
      customers: { Id: string; DERT: number }[];
    };
  }>("r_crosscheck");

  it("equals BTYD's at .0027 a week, 15 % a year", () => {
    const fitted = paretoNbd.predictor(btyd.params);
    expect(residualOrders(fitted, buyer, 0.0027) / btyd.dert_x2).toBeCloseTo(1, 10);
    const once = { x: 0, tX: 0, T: 38.86 };
    expect(residualOrders(fitted, once, 0.0027) / btyd.dert_x0).toBeCloseTo(1, 10);
    const rounded = paretoNbd.predictor([0.5534, 10.5802, 0.6061, 11.6562]);
    expect(residualOrders(rounded, buyer, 0.0027) / btyd.paper_params_dert_x2).toBeCloseTo(1, 9);
  });

  it("equals CLVTools' of CDNOW's customers at ln 1.1 a week", () => {
    const { r, alpha, s, beta } = clvTools.params;
    const predictor = paretoNbd.predictor([r!, alpha!, s!, beta!]);
    for (const { Id, DERT } of clvTools.customers) {
      const [x, tXDays, TDays] = clvToolsCustomers[Id]!;
      const customer = { x, tX: tXDays / 7, T: TDays / 7 };
      expect(residualOrders(predictor, customer, Math.log(1.1)) / DERT).toBeCloseTo(1, 9);
    }
  });
});

describe.each(weeklyModels)("$id", (model, parameters) => {
  const predictor = model.predictor(parameters);

  it("is the sum of what comes day by day, at its present value", () => {
    const { x, tX, T } = buyer;
    const rate = 0.05;
    let sum = 0;
    let before = 0;
    for (let day = 1; day <= 5600; ++day) {
      const orders = expectedOrders(predictor, x, tX, T, day / 7);
      sum += (orders - before) * Math.exp((-rate * (day - 0.5)) / 7);
      before = orders;
    }
    expect(residualOrders(predictor, buyer, rate) / sum).toBeCloseTo(1, 5);
  });

  it("grows as the rate falls, and stays finite", () => {
    const values = [1, 0.1, 1e-2, 1e-3, 1e-6, 1e-9].map((rate) =>
      residualOrders(predictor, buyer, rate),
    );
    values.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(values[i]!));
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it.each([0, -0.1, NaN, Infinity])("refuses a rate of %d", (rate) => {
    expect(() => residualOrders(predictor, buyer, rate)).toThrow("invalid discount rate");
  });
});

it("is (r + x) / (α + T) / rate for the NBD, who stay for ever", () => {
  const value = residualOrders(nbd.predictor([0.4, 10]), { x: 2, tX: 3, T: 20 }, 0.0027);
  expect(value * (30 / 2.4) * 0.0027).toBeCloseTo(1, 13);
});
