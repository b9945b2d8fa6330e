import { describe, expect, it } from "vitest";
import { bgNbd } from "../../src/models/bgNbd.ts";
import { collapseHistory } from "../../src/models/buyingHistory.ts";
import {
  type BuyingModel,
  expectedOrders,
  expectedOrdersOfNew,
  pAlive,
  probabilityOfNoOrder,
} from "../../src/models/buyingModel.ts";
import { discountOrders, discountSchedule } from "../../src/models/discountSchedule.ts";
import { ggomNbd } from "../../src/models/ggomNbd.ts";
import { mbgNbd } from "../../src/models/mbgNbd.ts";
import { nbd } from "../../src/models/nbd.ts";
import { orderCounts } from "../../src/models/orderCounts.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";
import { Random } from "../../src/models/random.ts";
import { residualOrders } from "../../src/models/residualOrders.ts";
import { clvToolsCustomers } from "./clvToolsCustomers.ts";
import { type GoldenModel, goldenIds, goldenModels } from "./goldenModels.ts";
import { periods, readGolden, readJson, shopNames } from "./readGolden.ts";
import { hasShop, readShop, summarizeShop } from "./readShop.ts";
import { relativeError } from "./relativeError.ts";

const models = [nbd, bgNbd, mbgNbd, paretoNbd, ggomNbd];

/** ln L of one customer; times need not be whole days */
function logLikelihoodOf(model: BuyingModel, parameters: number[], customer: Customer): number {
  const { x, t_x, T } = customer;
  const one = collapseHistory({ x: [x], tXDays: [x > 0 ? 1 : 0], TDays: [1] });
  const ages = { tX: Float64Array.of(t_x), T: Float64Array.of(T), meanT: T, maxT: T };
  const history = { ...one, ...ages, spans: { ...one.spans, T: ages.T } };
  return model.logLikelihood(parameters, history).value;
}

interface Customer {
  x: number;
  t_x: number;
  T: number;
}

describe.each(shopNames)("on the customers of %s", (name) => {
  it.each(periods)("P(alive), orders to come and CLV equal the reference, %s", (period) => {
    const golden = readGolden(name)[period];
    const months = discountSchedule((12 * 30.4375) / 7, 1.01 ** 12 - 1);
    for (const id of goldenIds) {
      const predictor = goldenModels[id].predictor(golden[id].params);
      for (const { x, t_x, T, gg_expected_spend, ...customer } of golden.customers) {
        const expected = customer[id];
        expect(relativeError(pAlive(predictor, x, t_x, T), expected.p_alive)).toBeLessThan(1e-8);
        const spans = Object.entries(expected).filter(([key]) => key.startsWith("expected_"));
        expect(spans).toHaveLength(5);
        for (const [key, orders] of spans) {
          const got = expectedOrders(predictor, x, t_x, T, Number(/\d+/.exec(key)![0]));
          expect(relativeError(got, orders)).toBeLessThan(1e-8);
        }
        const ordersWithin = (t: number) => expectedOrders(predictor, x, t_x, T, t);
        const clv = gg_expected_spend * discountOrders(ordersWithin, months);
        expect(relativeError(clv, expected.clv12)).toBeLessThan(1e-8);
      }
    }
  });
});

interface Extreme extends Customer {
  model: GoldenModel;
  params: number[];
  t: number;
  ll?: number;
  p_alive: number;
  expected: number;
}

it("holds to 1e-11 at the extremes (mpmath at 50 digits)", () => {
  const { extreme } = readJson<{ extreme: Extreme[] }>("ll_spotchecks");
  expect(extreme).toHaveLength(14);
  for (const { model: id, params, t, ll, p_alive, expected, ...customer } of extreme) {
    const predictor = goldenModels[id].predictor(params);
    const { x, t_x, T } = customer;
    expect(pAlive(predictor, x, t_x, T) / p_alive).toBeCloseTo(1, 11);
    expect(expectedOrders(predictor, x, t_x, T, t) / expected).toBeCloseTo(1, 11);
    if (ll === undefined) continue;
    expect(logLikelihoodOf(goldenModels[id], params, customer) / ll).toBeCloseTo(1, 11);
  }
});

interface ClvTools {
  params: Record<string, number>;
  holdout: { CET_sum: number; PAlive_mean: number };
  customers: { Id: string; PAlive: number; CET: number }[];
}

describe.each([
  [bgNbd, "CLVTools_cdnow_bgnbd", 1e-9],
  [paretoNbd, "CLVTools_cdnow_pnbd", 1e-9],
  [ggomNbd, "CLVTools_cdnow_ggomnbd", 1e-6], // its expectations are integrals to a tolerance
] as const)("at CLVTools' fit of the $id", (model, key, tolerance) => {
  const reference = readJson<Record<string, ClvTools>>("r_crosscheck")[key]!;
  const predictor = model.predictor(model.parameters.map((name) => reference.params[name]!));

  it("its customers are as likely to be alive and to order as there", () => {
    for (const { Id, PAlive, CET } of reference.customers) {
      const [x, tXDays, TDays] = clvToolsCustomers[Id]!;
      const [tX, T] = [tXDays / 7, TDays / 7];
      expect(Math.abs(pAlive(predictor, x, tX, T) / PAlive - 1)).toBeLessThan(1e-9);
      expect(Math.abs(expectedOrders(predictor, x, tX, T, 39) / CET - 1)).toBeLessThan(tolerance);
    }
  });

  it.skipIf(!hasShop("cdnow_sample"))("and all together (needs ../shared/data)", () => {
    const shop = summarizeShop(readShop("cdnow_sample"), "1997-09-30");
    let [alive, orders] = [0, 0];
    shop.x.forEach((x, i) => {
      const [tX, T] = [shop.t_x_days[i]! / 7, shop.T_days[i]! / 7];
      alive += pAlive(predictor, x, tX, T) / shop.x.length;
      orders += expectedOrders(predictor, x, tX, T, 39);
    });
    const { CET_sum, PAlive_mean } = reference.holdout;
    expect(Math.abs(orders / CET_sum - 1)).toBeLessThan(tolerance);
    expect(Math.abs(alive / PAlive_mean - 1)).toBeLessThan(1e-9);
  });
});

it("E[X(t)] of the Pareto/NBD, t = 1, 2, 3 weeks (BTYD manual, other rounding)", () => {
  const predictor = paretoNbd.predictor([0.553, 10.578, 0.606, 11.669]);
  [0.05077821, 0.09916088, 0.14542507].forEach((published, i) => {
    expect(Math.abs(expectedOrdersOfNew(predictor, i + 1) - published)).toBeLessThan(1e-3);
  });
});

interface Row extends Customer {
  model: string;
  params: number[];
  t: number;
  ll: number;
  log_p_alive: number;
  orders_if_alive: number;
  p_none: number;
  counts: [number, number][];
  rate?: number;
  dert?: number;
}

it("holds to 1e-12 for drawn parameters and customers (mpmath at 32 digits)", () => {
  const { rows } = readJson<{ rows: Row[] }>("mpmath_buying");
  expect(rows).toHaveLength(72);
  for (const row of rows) {
    const { x, t_x: tX, T, t } = row;
    const model = models.find(({ id }) => id === row.model)!;
    const predictor = model.predictor(row.params);
    const expectNear = (got: number, expected: number) =>
      expect(Math.abs(got - expected)).toBeLessThan(1e-12 * Math.abs(expected) + 1e-300);
    expectNear(logLikelihoodOf(model, row.params, row), row.ll);
    expectNear(predictor.logPAlive(x, tX, T), row.log_p_alive);
    expectNear(predictor.ordersIfAlive(x, tX, T, t), row.orders_if_alive);
    const { counts } = orderCounts(predictor, { x, tX, T }, t, 40);
    for (const none of [probabilityOfNoOrder(predictor, x, tX, T, t), counts[0]!]) {
      expect(Math.abs(none - row.p_none)).toBeLessThan(1e-13 * row.p_none + 1e-15);
    }
    for (const [n, chance] of row.counts) {
      expect(Math.abs(counts[n]! - chance)).toBeLessThan(1e-14);
      if (chance > 1e-20) expect(Math.abs(counts[n]! / chance - 1)).toBeLessThan(1e-10);
    }
    if (row.dert === undefined) continue;
    expectNear(residualOrders(predictor, { x, tX, T }, row.rate!), row.dert);
  }
});

const random = new Random(11);
const between = (low: number, high: number) => low * (high / low) ** random.uniform();

/** anywhere between the bounds of a model */
function drawParameters({ parameters, ranges }: BuyingModel): number[] {
  return parameters.map((_, i) => between(ranges?.[i]?.lower ?? 1e-4, ranges?.[i]?.upper ?? 1e5));
}

function drawCustomer(): Customer {
  const T = between(0.15, 5000);
  const x = random.chance(0.3) ? 0 : Math.floor(between(1, 2000));
  return { x, t_x: x === 0 ? 0 : T * random.uniform(), T };
}

describe.each(models)("$id", (model) => {
  it("is finite and in its range for 400 draws of parameters and customers", () => {
    for (let draw = 0; draw < 400; ++draw) {
      const parameters = drawParameters(model);
      const customer = drawCustomer();
      const { x, t_x: tX, T } = customer;
      const predictor = model.predictor(parameters);
      expect(Number.isFinite(logLikelihoodOf(model, parameters, customer))).toBe(true);
      const logAlive = predictor.logPAlive(x, tX, T);
      expect(logAlive).toBeLessThanOrEqual(0);
      expect(logAlive).toBeGreaterThan(-Infinity);
      for (const t of [0, 0.1, 52, 5000]) {
        const orders = predictor.ordersIfAlive(x, tX, T, t);
        expect(orders).toBeGreaterThanOrEqual(0);
        // no more than without dropout
        const rate = (parameters[0]! + x) / (parameters[1]! + T);
        expect(orders).toBeLessThanOrEqual(rate * t * (1 + 1e-12));
        const none = probabilityOfNoOrder(predictor, x, tX, T, t);
        expect(none).toBeGreaterThanOrEqual(0);
        expect(none).toBeLessThanOrEqual(1);
      }
    }
  });

  it("has the gradient and the Hessian that differences have, at drawn parameters", () => {
    const history = collapseHistory({
      x: [0, 0, 1, 1, 5, 40, 3, 500],
      tXDays: [0, 0, 30, 200, 200, 300, 365, 7],
      TDays: [365, 9, 365, 365, 250, 1000, 365, 35000],
      customers: [3, 2, 4, 1, 1, 1, 2, 1],
    });
    for (let draw = 0; draw < 25; ++draw) {
      const p = model.parameters.map(() => between(0.05, 20));
      const { gradient, hessian } = model.logLikelihood(p, history);
      const d = 1e-4;
      const at = (i: number, by: number) =>
        model.logLikelihood(
          p.map((value, j) => (i === j ? value * Math.exp(by) : value)),
          history,
        );
      p.forEach((value, i) => {
        // fourth-order differences in the logarithm
        const [a, b, c, e] = [at(i, -2 * d), at(i, -d), at(i, d), at(i, 2 * d)];
        const slope = (a.value - 8 * b.value + 8 * c.value - e.value) / (12 * d * value);
        const size = Math.abs(c.value) * 1e-11;
        expect(Math.abs(gradient[i]! - slope)).toBeLessThan(
          1e-7 * Math.abs(slope) + size / (d * value),
        );
        gradient.forEach((_, j) => {
          const [ga, gb, gc, ge] = [a, b, c, e].map(({ gradient: g }) => g[j]!) as [
            ...[number, number, number, number],
          ];
          const curve = (ga - 8 * gb + 8 * gc - ge) / (12 * d * value);
          const scale = Math.max(Math.abs(curve), Math.abs(gc) / value);
          expect(Math.abs(hessian![i]![j]! - curve)).toBeLessThan(1e-6 * scale + 1e-9);
        });
      });
    }
  });

  it("scales with time: days for weeks change α, β, b and nothing that is predicted", () => {
    const p = model.parameters.map(() => between(0.1, 10));
    const inDays = p.map((value, i) => value * 7 ** model.timePowers[i]!);
    const [weeks, days] = [model.predictor(p), model.predictor(inDays)];
    for (const [x, tX, T, t] of [
      [0, 0, 30, 13],
      [4, 25, 30, 52],
      [60, 180, 200, 9],
    ] as const) {
      const pairs = [
        [weeks.logPAlive(x, tX, T), days.logPAlive(x, 7 * tX, 7 * T)],
        [weeks.ordersIfAlive(x, tX, T, t), days.ordersIfAlive(x, 7 * tX, 7 * T, 7 * t)],
        [weeks.noOrderIfAlive(x, tX, T, t), days.noOrderIfAlive(x, 7 * tX, 7 * T, 7 * t)],
      ] as const;
      for (const [one, other] of pairs) expect(relativeError(other, one)).toBeLessThan(1e-12);
      // the density of x purchase times has x powers of a week
      const customer = { x, t_x: tX, T };
      const ll = logLikelihoodOf(model, p, customer);
      const inDay = { x, t_x: 7 * tX, T: 7 * T };
      expect(logLikelihoodOf(model, inDays, inDay)).toBeCloseTo(ll - x * Math.log(7), 9);
    }
  });
});

it.each([
  [paretoNbd, [0.5, 11, 0.6, 12]],
  [paretoNbd, [3, 200, 0.05, 1e3]],
  [paretoNbd, [1, 0.06, 5, 800]],
  [ggomNbd, [0.5, 11, 0.02, 0.6, 0.2]],
  [ggomNbd, [2, 40, 1, 0.01, 1e6]],
] as const)("sums the same customers day by day and one by one: $0.id", (model, parameters) => {
  const x: number[] = [];
  const tXDays: number[] = [];
  const TDays: number[] = [];
  for (let T = 100; T < 140; ++T) {
    for (let tX = 1; tX <= T; tX += 3) {
      for (const count of [1, 2, 9]) {
        x.push(count);
        tXDays.push(tX);
        TDays.push(T);
      }
    }
  }
  const all = model.logLikelihood(parameters, collapseHistory({ x, tXDays, TDays }));
  const sum = { value: 0, gradient: parameters.map(() => 0), diagonal: parameters.map(() => 0) };
  x.forEach((count, i) => {
    const one = collapseHistory({ x: [count], tXDays: [tXDays[i]!], TDays: [TDays[i]!] });
    const { value, gradient, hessian } = model.logLikelihood(parameters, one);
    sum.value += value;
    gradient.forEach((g, k) => {
      sum.gradient[k]! += g;
      sum.diagonal[k]! += hessian![k]![k]!;
    });
  });
  expect(all.value / sum.value).toBeCloseTo(1, 12);
  all.gradient.forEach((g, k) => {
    expect(g / sum.gradient[k]!).toBeCloseTo(1, 10);
    expect(all.hessian![k]![k]! / sum.diagonal[k]!).toBeCloseTo(1, 10);
  });
});
