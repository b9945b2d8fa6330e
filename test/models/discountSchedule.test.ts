import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { pAlive } from "../../src/models/buyingModel.ts";
import {
  discountOrders,
  discountSchedule,
  weeksPerMonth,
} from "../../src/models/discountSchedule.ts";
import { expectedSpend } from "../../src/models/gammaGamma.ts";
import { periods, readGolden, shopNames } from "./readGolden.ts";
import { relativeError } from "./relativeError.ts";

const onePercentAMonth = 1.01 ** 12 - 1;

describe.each(shopNames)("on the customers of %s", (name) => {
  it.each(periods)("twelve months at 1 % a month equal the reference's clv12, %s", (period) => {
    const { bgnbd, gamma_gamma, customers } = readGolden(name)[period];
    const predictor = bgNbd.predictor(bgnbd.params);
    const schedule = discountSchedule(12 * weeksPerMonth, onePercentAMonth);
    expect(schedule.weeks).toHaveLength(12);
    for (const { x, t_x, T, m, bgnbd: expected } of customers) {
      const orders = discountOrders((t) => predictor.ordersIfAlive(x, t_x, T, t), schedule);
      const spend = expectedSpend(gamma_gamma.params as [number, number, number], x, m);
      const clv = spend * orders * pAlive(predictor, x, t_x, T);
      expect(relativeError(clv, expected.clv12)).toBeLessThan(1e-8);
    }
  });
});

describe("discountSchedule", () => {
  it("ends with a part of a month, discounted at its own end", () => {
    const { weeks, factors } = discountSchedule(2.5 * weeksPerMonth, 0.21);
    expect(weeks.map((week) => week / weeksPerMonth)).toEqual([1, 2, 2.5]);
    expect(factors[2]).toBeCloseTo(1.21 ** (-2.5 / 12), 15);
    expect(discountSchedule(0.5, 0).weeks).toEqual([0.5]);
  });

  it("gives all orders of the horizon when nothing is discounted", () => {
    const orders = (weeks: number) => Math.sqrt(weeks);
    expect(discountOrders(orders, discountSchedule(52, 0))).toBeCloseTo(Math.sqrt(52), 12);
    expect(discountOrders(orders, discountSchedule(52, 0.1))).toBeLessThan(Math.sqrt(52));
  });
});
