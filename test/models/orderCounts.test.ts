import { describe, expect, it } from "vitest";
import { expectedOrders } from "../../src/models/buyingModel.ts";
import { negativeBinomial } from "../../src/models/negativeBinomial.ts";
import { nbd } from "../../src/models/nbd.ts";
import { orderCounts } from "../../src/models/orderCounts.ts";
import { weeklyModels } from "./weeklyModels.ts";

const customers = [
  { x: 0, tX: 0, T: 0 },
  { x: 0, tX: 0, T: 30 },
  { x: 5, tX: 28, T: 30 },
  { x: 120, tX: 50, T: 52 },
];

describe.each(weeklyModels)("$id", (model, parameters) => {
  it.each(customers)("makes 1, and the expectation, of $x purchases to $T", (customer) => {
    const predictor = model.predictor(parameters);
    const { x, tX, T } = customer;
    const { counts, more } = orderCounts(predictor, customer, 39, 800);
    expect(counts.every((chance) => chance >= 0)).toBe(true);
    expect(counts.reduce((sum, chance) => sum + chance, more)).toBeCloseTo(1, 13);
    expect(more).toBeLessThan(1e-13);
    const mean = counts.reduce((sum, chance, n) => sum + n * chance, 0);
    expect(mean / expectedOrders(predictor, x, tX, T, 39)).toBeCloseTo(1, 11);
  });

  it("gives the same chances whatever the most, and puts the rest under more", () => {
    const predictor = model.predictor(parameters);
    const all = orderCounts(predictor, customers[2]!, 39, 60);
    const few = orderCounts(predictor, customers[2]!, 39, 4);
    few.counts.forEach((chance, n) => expect(chance / all.counts[n]!).toBeCloseTo(1, 11));
    const rest = all.counts.slice(5).reduce((sum, chance) => sum + chance, all.more);
    expect(few.more).toBeCloseTo(rest, 13);
  });

  it("expects nothing within no time", () => {
    const { counts, more } = orderCounts(model.predictor(parameters), customers[2]!, 0, 3);
    expect(counts[0]).toBeCloseTo(1, 14);
    expect([...counts.slice(1), more].every((chance) => chance < 1e-14)).toBe(true);
  });
});

it("refuses a model that does not know its counts", () => {
  const { logPAlive, ordersIfAlive, noOrderIfAlive } = nbd.predictor([1, 1]);
  expect(() =>
    orderCounts({ logPAlive, ordersIfAlive, noOrderIfAlive }, customers[0]!, 1, 1),
  ).toThrow("no counts");
});

it("has the negative binomial's chances where e^−R would underflow", () => {
  const counts = negativeBinomial(2000, 3, 12_000);
  expect(counts[0]).toBe(0);
  expect(counts.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 11);
  expect(counts.reduce((sum, chance, n) => sum + n * chance, 0) / 6000).toBeCloseTo(1, 11);
});
