import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fillBeside, type OrderLine, type Rating } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopOrder } from "./buildShop.ts";
import {
  addPeriods,
  customersOf,
  cutOrders,
  dayOf,
  distinctDays,
  periodStart,
  quantile,
  toDay,
  toPurchase,
  toText,
  wilson,
  type Grain,
} from "./fold.ts";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { seededShop } from "./seededShop.ts";

// What is told of customers and of what they buy, a second time by plain loops.

vi.setConfig({ testTimeout: 120_000 });

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

const firstDay = toDay("2023-12-18"); // a year's end and a leap day lie in the span
const orderLists = fc
  .array(
    fc.record({
      customer: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null, freq: 12 }),
      day: fc.integer({ min: 0, max: 190 }),
      // few amounts, so that sums tie
      grossCents: fc.oneof(fc.constantFrom(0, 1000, 2500), fc.integer({ min: 0, max: 99999 })),
      refundShare: fc.constantFrom(0, 0, 0, 1, 3),
      product: fc.constantFrom("tea", "tea", "cup", "pot", null),
      category: fc.constantFrom("drinks", "ware", null),
    }),
    { minLength: 1, maxLength: 60, size: "max" },
  )
  .map((list) =>
    list.map(({ customer, day, grossCents, refundShare, product, category }, i): ShopOrder => ({
      orderId: `o${String(i).padStart(2, "0")}`,
      customerId: customer === null ? null : `c${customer}`,
      orderedAt: `${toText(firstDay + day)} 12:00:00`,
      grossCents,
      refundCents: refundShare ? Math.floor(grossCents / refundShare) : 0,
      product,
      category,
    })),
  );
/** days cut from the end, or null for the default */
const cuts = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });

describe("super-users", () => {
  it.each(["frequent-recent", "revenue-80"])("by %s, customer by customer", (definition) =>
    check(async ({ seen, asOf, variables }) => {
      for (const minOrders of [1, 3]) {
        const rows = await run("super-users", { ...variables, definition, min_orders: minOrders });
        expect(rows).toEqual(foldSuperUsers(seen, asOf, definition, minOrders));
      }
    }),
  );

  it("takes the customer who reaches 80 % to the cent, and none after", async () => {
    await buildShop(
      runner,
      toSelect([
        order("1", "b", "2024-01-01", 4000),
        order("2", "a", "2024-01-01", 4000),
        order("3", "d", "2024-01-01", 1000),
        order("4", "c", "2024-01-01", 1000),
      ]),
    );
    const rows = await run("super-users", { definition: "revenue-80" });
    expect(rows.map((row) => [row.customer_id, row.cumulative_share])).toEqual([
      ["a", 0.4],
      ["b", 0.8],
    ]);
  });

  it("lists nobody where nobody came back or nothing was earned", async () => {
    await buildShop(runner, toSelect([order("1", "a", "2024-01-01", 0)]));
    expect(await run("super-users")).toEqual([]);
    expect(await run("super-users", { definition: "revenue-80" })).toEqual([]);
    expect(await run("super-users", { as_of: "2023-01-01" })).toEqual([]);
  });
});

function foldSuperUsers(seen: ShopOrder[], asOf: number, definition: string, minOrders: number) {
  const customers = [...customersOf(seen)]
    .map(([id, purchases]) => ({
      id,
      purchases,
      days: distinctDays(purchases),
      cents: purchases.reduce((sum, { netCents }) => sum + Number(netCents), 0),
    }))
    .sort((a, b) => b.cents - a.cents || (a.id < b.id ? -1 : 1));
  const total = customers.reduce((sum, { cents }) => sum + cents, 0);
  const gaps = customers.flatMap(({ days }) => days.slice(1).map((day, i) => day - days[i]!));
  const p90 = quantile(
    customers.map(({ purchases }) => purchases.length),
    0.9,
  );
  const p75 = gaps.length ? quantile(gaps, 0.75) : null;
  let soFar = 0;
  let isReached = total <= 0;
  let listed = 0;
  const rows: Record<string, Value>[] = [];
  for (const { id, purchases, days, cents } of customers) {
    const isRevenue = !isReached;
    soFar += cents;
    isReached ||= soFar * 10 >= total * 8;
    const recency = asOf - days.at(-1)!;
    const isFrequent = purchases.length > p90 - 1e-9 && purchases.length >= minOrders;
    const isRecent = p75 !== null && recency <= p75;
    if (definition === "revenue-80" ? !isRevenue : !(isFrequent && isRecent)) continue;
    listed += cents;
    const reasons = [isFrequent && "frequent", isRecent && "recent", isRevenue && "revenue"];
    rows.push({
      customer_id: id,
      orders: purchases.length,
      revenue: cents / 100,
      cumulative_share: total ? near(listed / total) : null,
      p_alive: null,
      reasons: reasons.filter(Boolean).join("+"),
      recency_days: recency,
      last_order: toText(days.at(-1)!),
      revenue_share: total ? near(cents / total) : null,
      orders_p90: near(p90),
      gap_p75: p75,
      customers: customers.length,
    });
  }
  return rows;
}

describe("rfm-movement", () => {
  it.each(["11", "rf-10", "six"])("in the scheme %s, customer by customer", (scheme) =>
    check(async ({ seen, asOf, variables }) => {
      const from = asOf - 60;
      const earlier = seen.filter((one) => toPurchase(one).day <= from);
      const before = segmentsOf(earlier, from, scheme);
      const after = segmentsOf(seen, asOf, scheme);
      const rows = await run("rfm-movement", { ...variables, gap_days: 60, scheme });
      const segments = Object.keys(partitions[scheme]!);
      expect(rows).toHaveLength(after.size ? (segments.length + 1) * segments.length : 0);
      rows.forEach((row, i) => {
        const start = segments[Math.floor(i / segments.length)] ?? "(new)";
        const end = segments[i % segments.length]!;
        const those = [...after.keys()].filter((id) => (before.get(id) ?? "(new)") === start);
        const moved = those.filter((id) => after.get(id) === end).length;
        const [lower, upper] = wilson(moved, those.length);
        expect(row).toEqual({
          from_segment: start,
          to_segment: end,
          customers: moved,
          from_customers: those.length,
          share: maybeNear(moved / those.length),
          lower: maybeNear(lower),
          upper: maybeNear(upper),
          stayed: start === end ? moved : 0,
          is_new: start === "(new)",
          from_date: toText(from),
          to_date: toText(asOf),
        });
      });
    }),
  );

  it.each<Record<string, Value>>([
    { ties: "equal-size" },
    { ties: "quantile", basis: "days" },
    { ties: "fixed" },
    { bins: "3" },
    { scheme: "cn-8" },
    { scheme: "cn-8", threshold: "median" },
    { scheme: "cn-8", threshold: "fixed" },
    { ties: "quantile", scheme: "six" },
  ])("scores as the scores do, under %o", async (variables) => {
    const { orders } = seededShop(150);
    await buildShop(runner, toSelect(orders));
    const from = "2023-11-30";
    const before = await run("rfm", { ...variables, as_of: from });
    const after = await run("rfm", { ...variables, as_of: "2024-05-20" });
    const starts = new Map(before.map((row) => [row.customer_id, row.segment]));
    const moves = new Map<string, number>();
    for (const row of after) {
      const move = `${starts.get(row.customer_id!) ?? "(new)"} > ${row.segment}`;
      moves.set(move, (moves.get(move) ?? 0) + 1);
    }
    const rows = await run("rfm-movement", { ...variables, from, as_of: "2024-05-20" });
    const told = rows
      .filter((row) => row.customers !== 0)
      .map((row): [string, Value] => [`${row.from_segment} > ${row.to_segment}`, row.customers!]);
    expect(new Map(told)).toEqual(moves);
    expect(moves.size).toBeGreaterThan(9);
  });

  it("takes a first date after the second as the second, and is silent without customers", async () => {
    await buildShop(runner, toSelect([order("1", "a", "2024-01-01", 10)]));
    const rows = await run("rfm-movement", { from: "2025-01-01" });
    expect(rows.filter((row) => row.customers)).toMatchObject([{ stayed: 1, share: 1 }]);
    expect(await run("rfm-movement", { as_of: "2023-12-31" })).toEqual([]);
  });
});

/** Segment by customer: a score is the place among five (or three) by how many are strictly worse. */
function segmentsOf(seen: ShopOrder[], asOf: number, scheme: string): Map<string, string> {
  const bins = scheme === "six" ? 3 : 5;
  const measures = [...customersOf(seen)].map(([id, purchases]) => ({
    id,
    figures: [
      purchases.at(-1)!.day - asOf,
      purchases.length,
      purchases.reduce((sum, { netCents }) => sum + Number(netCents), 0),
    ],
  }));
  return new Map(
    measures.map(({ id, figures }) => {
      const scores = figures.map((figure, which) => {
        const worse = measures.filter((other) => other.figures[which]! < figure).length;
        return Math.min(bins, 1 + Math.floor((bins * worse) / measures.length));
      });
      const cell = scores.slice(0, scheme === "rf-10" ? 2 : 3).join("");
      const found = Object.entries(partitions[scheme]!).find(([, cells]) =>
        cells.split(" ").some((pattern) => new RegExp(`^${pattern}$`).test(cell)),
      );
      return [id, found![0]];
    }),
  );
}

// as the dictionary lists them
const partitions: Record<string, Record<string, string>> = {
  "11": {
    Champions: "555 554 544 545 454 455 445",
    Loyal: "543 444 435 355 354 345 344 335",
    "Potential Loyalist":
      "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
    "New Customers": "512 511 422 421 412 411 311",
    Promising: "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313",
    "Need Attention": "535 534 443 434 343 334 325 324",
    "About To Sleep": "331 321 312 221 213 231 241 251",
    "At Risk":
      "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124",
    "Cannot Lose Them": "155 154 144 214 215 115 114 113",
    Hibernating: "332 322 233 232 223 222 132 123 122 212 211",
    Lost: "111 112 121 131 141 151",
  },
  "rf-10": {
    Champions: "5[45]",
    "Loyal Customers": "[34][45]",
    "Potential Loyalists": "[45][23]",
    "New Customers": "51",
    Promising: "41",
    "Need Attention": "33",
    "About to Sleep": "3[12]",
    "At Risk": "[12][34]",
    "Can't Lose": "[12]5",
    Hibernating: "[12][12]",
  },
  six: {
    Champions: "333 332 323",
    Loyal: "321 322 331 232 233",
    Recent: "312 313 311 222 223",
    "Needs Attention": "213 221 123 132 133",
    "At Risk": "231 212 122 131 211",
    Inactive: "111 112 113 121",
  },
};

describe("returns-trust", () => {
  it("group by group, with ratings of orders and of customers", () =>
    check(async ({ seen, all, asOf, variables }) => {
      const nDays = 30;
      const at = (day: number, hour: number) => `${toText(day)} ${hour}:00:00`;
      // some orders rated once or twice, in their order; some customers at some time
      const ratings = all.flatMap((one, i): Rating[] => {
        const { customerId, orderId } = one;
        const { day } = toPurchase(one);
        const half = { customerId, orderId, ratedAt: at(day + (i % 9), 13), score: 1.5 + (i % 4) };
        if (i % 3 === 0) return [half, { ...half, score: 1 + (i % 5) }];
        if (i % 3 === 1 && customerId !== null)
          return [
            { customerId, orderId: null, ratedAt: at(day + (i % 20), 11), score: 1 + (i % 5) },
          ];
        return [];
      });
      await fillBeside(runner, { ratings });
      const rows = await run("returns-trust", { ...variables, n_days: nDays });
      const starters = [...customersOf(seen)]
        .filter(([, [first]]) => first!.day + nDays <= asOf)
        .map(([id, [first, second]]) => {
          const { refundCents } = all.find(({ orderId }) => orderId === first!.id)!;
          const own = ratings
            .filter(({ ratedAt }) => dayOf(ratedAt) <= asOf)
            .filter(({ customerId, orderId, ratedAt }) =>
              orderId === null
                ? customerId === id &&
                  ratedAt >= first!.at &&
                  !(secondOf(all, id) && ratedAt >= secondOf(all, id)!)
                : orderId === first!.id,
            )
            .sort((a, b) =>
              a.ratedAt === b.ratedAt ? a.score - b.score : a.ratedAt > b.ratedAt ? -1 : 1,
            );
          return {
            isBack: second !== undefined && second.day - first!.day <= nDays,
            refund: refundCents! > 0 ? "refunded" : "clean",
            rating: own.length ? `★ ${Math.round(own[0]!.score)}` : "unrated",
          };
        });
      const stars = [...new Set(starters.map(({ rating }) => rating))].sort(
        (a, b) => Number(a === "unrated") - Number(b === "unrated") || (a < b ? -1 : 1),
      );
      const isRated = stars.some((star) => star !== "unrated");
      const rateOf = (list: typeof starters) =>
        list.filter(({ isBack }) => isBack).length / list.length;
      const clean = rateOf(starters.filter(({ refund }) => refund === "clean"));
      const expected = ["clean", "refunded", ...(isRated ? stars : [])].map((group, place) => {
        const members = starters.filter(({ refund, rating }) => [refund, rating].includes(group));
        const rate = rateOf(members);
        const back = members.filter(({ isBack }) => isBack).length;
        const [lower, upper] = wilson(back, members.length);
        return {
          group,
          customers: members.length,
          repeat_rate: maybeNear(rate),
          lower: maybeNear(lower),
          upper: maybeNear(upper),
          repeaters: back,
          difference: maybeNear(rate - clean),
          kind: place < 2 ? "refund" : "rating",
        };
      });
      expect(rows).toEqual(expected);
    }));

  it("splits the repeat rate within N days into two groups that add up to it", async () => {
    const shop = seededShop();
    await buildShop(runner, toSelect(shop.orders), [], shop.beside);
    const all = (await run("repeat-rate", { grain: "all" })).find(
      (row) => row.variant === "n-day",
    )!;
    const rows = await run("returns-trust");
    for (const kind of ["refund", "rating"]) {
      const sum = (name: string) =>
        rows.filter((row) => row.kind === kind).reduce((n, row) => n + Number(row[name]), 0);
      expect([sum("repeaters"), sum("customers")]).toEqual([all.numerator, all.denominator]);
    }
  });

  it("takes first orders of a span of time only", async () => {
    await buildShop(
      runner,
      toSelect([
        order("1", "a", "2024-01-01", 10),
        order("2", "b", "2024-02-01", 10),
        order("3", "c", "2024-03-01", 10),
        order("4", "a", "2024-12-01", 10),
      ]),
    );
    const span = { from: "2024-01-02", to: "2024-02-29" };
    expect(await run("returns-trust", span)).toMatchObject([
      { group: "clean", customers: 1, repeat_rate: 0, difference: 0 },
      { group: "refunded", customers: 0, repeat_rate: null, lower: null, difference: null },
    ]);
  });
});

describe("promotion-dependence", () => {
  it.each<Grain>(["week", "month"])("by %s, order by order", (grain) =>
    check(async ({ seen, all, asOf, variables }) => {
      const [nDays, dipDays] = [30, 14];
      const discounted = new Set(
        all.flatMap((one, i) => (i % 3 === 0 || one.coupon ? [one.orderId] : [])),
      );
      await runner.run(
        `update orders set discount = 0.5 where substr(order_id, 2)::integer % 3 = 0`,
      );
      const rows = await run("promotion-dependence", {
        ...variables,
        grain,
        n_days: nDays,
        dip_days: dipDays,
      });
      const customers = customersOf(seen);
      const firsts = [...customers.values()].map((list) => list[0]!);
      let period = Math.min(...seen.map((one) => periodStart(toPurchase(one).day, grain)));
      for (const row of rows) {
        const end = addPeriods(period, 1, grain);
        const isIn = (day: number) => day >= period && day < end;
        const orders = seen.filter((one) => isIn(toPurchase(one).day));
        const part = (k: number, n: number) => {
          const [lower, upper] = wilson(k, n);
          return [n, k, maybeNear(k / n), maybeNear(lower), maybeNear(upper)];
        };
        const acquired = firsts.filter(({ day }) => isIn(day));
        const repeat = (isPromo: boolean) => {
          const starters = acquired.filter(
            ({ id, day }) => discounted.has(id) === isPromo && day + nDays <= asOf,
          );
          const back = starters.filter(({ id, day }) => {
            const list = [...customers.values()].find(([first]) => first!.id === id)!;
            return list[1] !== undefined && list[1].day <= day + nDays;
          });
          return part(back.length, starters.length);
        };
        const after = (isPromo: boolean) => {
          const watched = orders
            .filter(({ customerId, orderId }) => customerId && discounted.has(orderId) === isPromo)
            .map((one) => ({ id: one.customerId!, day: toPurchase(one).day }))
            .filter(({ day }) => day + dipDays <= asOf);
          const followed = watched.filter(({ id, day }) =>
            customers.get(id)!.some((other) => other.day > day && other.day <= day + dipDays),
          );
          return part(followed.length, watched.length);
        };
        const told = (prefix: string, names: [string, string, string]) =>
          [...names, `${prefix}_lower`, `${prefix}_upper`].map((name) => row[name]);
        expect(row.period).toBe(toText(period));
        expect(told("discounted", ["orders", "discounted_orders", "discounted_share"])).toEqual(
          part(orders.filter(({ orderId }) => discounted.has(orderId)).length, orders.length),
        );
        expect([row.new_customers, row.promo_acquired]).toEqual([
          acquired.length,
          acquired.filter(({ id }) => discounted.has(id)).length,
        ]);
        expect(told("promo", ["promo_customers", "promo_repeaters", "repeat_rate_promo"])).toEqual(
          repeat(true),
        );
        expect(
          told("full_price", [
            "full_price_customers",
            "full_price_repeaters",
            "repeat_rate_full_price",
          ]),
        ).toEqual(repeat(false));
        expect(
          told("after_promo", ["after_promo_orders", "after_promo_bought", "after_promo"]),
        ).toEqual(after(true));
        expect(
          told("after_full_price", [
            "after_full_price_orders",
            "after_full_price_bought",
            "after_full_price",
          ]),
        ).toEqual(after(false));
        expect([row.is_complete, row.is_repeat_complete]).toEqual([
          end - 1 <= asOf,
          end - 1 + nDays <= asOf,
        ]);
        const [promo, full] = [row.repeat_rate_promo, row.repeat_rate_full_price] as number[];
        expect(row.lift).toEqual(promo === null || !full ? null : near(promo! / full));
        const [dipA, dipB] = [row.after_promo, row.after_full_price] as (number | null)[];
        const dip = dipA === null || dipB === null ? null : dipA! - dipB!;
        expect(row.dip).toEqual(dip === null ? null : near(dip));
        period = end;
      }
      if (seen.length) expect(period).toBe(addPeriods(periodStart(asOf, grain), 1, grain));
      else expect(rows).toEqual([]);
    }),
  );

  it("says nothing of discounts where no order could name one, and counts coupons", async () => {
    const orders = [order("1", "a", "2024-01-01", 10), order("2", "b", "2024-05-01", 10)];
    await buildShop(runner, toSelect(orders));
    await runner.run("update orders set discount = null");
    const [unknown] = await run("promotion-dependence");
    expect(unknown).toMatchObject({
      orders: 1,
      new_customers: 1,
      discounted_orders: null,
      discounted_share: null,
      promo_acquired: null,
      full_price_customers: null,
      discounted_lower: null,
      lift: null,
    });
    await runner.run("update orders set coupon = ' ' where order_id = '2'");
    await runner.run("update orders set coupon = 'X' where order_id = '1'");
    const shares = (await run("promotion-dependence")).map((row) => row.discounted_share);
    expect(shares).toEqual([1, null, null, null, 0]);
  });
});

describe("product-affinity", () => {
  it.each([
    ["product", 1, 1],
    ["product", 3, 2],
    ["category", 2, 1],
  ] as const)("by %s from %i customers on, pair by pair of %i", (level, minSize, minBought) =>
    check(async ({ seen, all, variables }) => {
      const lines = linesOf(all);
      await fillBeside(runner, { lines });
      const itemsOf = (id: string) => {
        const own = lines
          .filter(({ orderId }) => orderId === id)
          .map(({ product, sku, category }) => (level === "product" ? (product ?? sku) : category))
          .filter(isText);
        const { product, category } = all.find(({ orderId }) => orderId === id)!;
        const named = own.length ? own : [level === "product" ? product : category].filter(isText);
        return new Set(named);
      };
      const steps = [...customersOf(seen).values()]
        .filter((list) => list.length >= 2)
        .map(([first, second]) => [itemsOf(first!.id), itemsOf(second!.id)] as const)
        .filter(([first, second]) => first.size > 0 && second.size > 0);
      const names = [...new Set(steps.flatMap(([first, second]) => [...first, ...second]))].sort();
      const expected = names
        .flatMap((a) => names.map((b) => [a, b] as const))
        .flatMap(([a, b]) => {
          const began = steps.filter(([first]) => first.has(a));
          const bought = began.filter(([, second]) => second.has(b)).length;
          if (began.length < minSize || bought < minBought) return [];
          const base = steps.filter(([, second]) => second.has(b)).length;
          const [lower, upper] = wilson(bought, began.length);
          const baseRate = base / steps.length;
          return [
            {
              first_product: a,
              second_product: b,
              n: began.length,
              probability: near(bought / began.length),
              base_rate: near(baseRate),
              lift: near(bought / began.length / baseRate),
              lower: near(lower!),
              upper: near(upper!),
              pair: `${a} → ${b}`,
              bought,
              base_bought: base,
              base_customers: steps.length,
              lift_lower: near(lower! / baseRate),
              is_same: a === b,
            },
          ];
        });
      const least = { min_size: minSize, min_bought: minBought };
      const rows = await run("product-affinity", { ...variables, level, ...least });
      const byName = (x: Record<string, Value>, y: Record<string, Value>) =>
        x.first_product === y.first_product
          ? String(x.second_product) < String(y.second_product)
            ? -1
            : 1
          : String(x.first_product) < String(y.first_product)
            ? -1
            : 1;
      expect(rows.toSorted(byName)).toEqual(expected);
      rows.slice(1).forEach((row, i) => {
        expect(Number(row.lift_lower)).toBeLessThanOrEqual(Number(rows[i]!.lift_lower) + 1e-9);
      });
    }),
  );

  it("has nothing to say of fewer than 30 customers, nor where nobody came back", async () => {
    const orders = Array.from({ length: 30 }, (_, i) => [
      { ...order(`a${i}`, `c${i}`, "2024-01-01", 10), product: "tea" },
      { ...order(`b${i}`, `c${i}`, "2024-02-01", 10), product: i < 6 ? "cup" : "tea" },
    ]).flat();
    await buildShop(runner, toSelect(orders));
    expect(await run("product-affinity")).toMatchObject([
      { pair: "tea → tea", n: 30, bought: 24, probability: 0.8, lift: 1 },
      { pair: "tea → cup", n: 30, bought: 6, probability: 0.2, lift: 1 },
    ]);
    await buildShop(runner, toSelect(orders.slice(2)));
    expect(await run("product-affinity")).toEqual([]);
    expect(await run("product-affinity", { as_of: "2024-01-31", min_size: 1 })).toEqual([]);
    await buildShop(runner, toSelect(orders));
    const some = await run("product-affinity", { min_bought: 7 });
    expect(some.map(({ pair }) => pair)).toEqual(["tea → tea"]);
  });
});

describe("category-preference", () => {
  it.each([
    ["frequency", "category", 20],
    ["value", "product", 20],
    ["frequency", "product", 2],
  ] as const)("by %s and %s, the %i largest, cell by cell", (by, level, largest) =>
    check(async ({ seen, all, variables }) => {
      const lines = linesOf(all);
      await fillBeside(runner, { lines });
      const cents = [...customersOf(seen)].map(([id, list]) => ({
        id,
        orders: list.length,
        net: list.reduce((sum, { netCents }) => sum + Number(netCents), 0),
      }));
      const segmentOf = (id: string) => {
        const { orders, net } = cents.find((one) => one.id === id)!;
        const worse = cents.filter((other) => other.net < net).length;
        if (by === "value") return String(1 + Math.floor((5 * worse) / cents.length));
        return orders <= 2 ? String(orders) : orders <= 5 ? "3–5" : "6+";
      };
      const bare = seen.flatMap((one) => {
        if (one.customerId === null) return [];
        const { customerId: id } = one;
        const net = Number(toPurchase(one).netCents) / 100;
        const own = lines
          .filter(({ orderId }) => orderId === one.orderId)
          .map(({ product, sku, category, netCents }) => ({
            item: level === "product" ? (product ?? sku) : category,
            netCents,
          }));
        const total = own.reduce((sum, { netCents }) => sum + netCents, 0);
        if (total <= 0 || !own.some(({ item }) => isText(item))) {
          const item = level === "product" ? one.product : one.category;
          return isText(item) ? [{ id, item, net }] : [];
        }
        return own.flatMap(({ item, netCents }) =>
          isText(item) ? [{ id, item, net: (net * netCents) / total }] : [],
        );
      });
      const sum = (list: typeof bare) => list.reduce((total, { net }) => total + net, 0);
      const sizeOf = (name: string) =>
        Math.round(sum(bare.filter(({ item }) => item === name)) * 1e6);
      const bySize = [...new Set(bare.map(({ item }) => item))].toSorted(
        (a, b) => sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1),
      );
      const spent = bare.map((one) => ({
        ...one,
        item: bySize.indexOf(one.item) < largest ? one.item : "(other)",
      }));
      const items = new Set(spent.map(({ item }) => item));
      const segments = new Set(spent.map(({ id }) => segmentOf(id)));
      const rows = await run("category-preference", { ...variables, by, level, largest });
      const places = rows.map((row) => `${row.segment} ${row.category}`);
      expect(new Set(places).size).toBe(rows.length);
      expect(rows).toHaveLength(items.size * segments.size);
      for (const row of rows) {
        const inside = spent.filter(({ id }) => segmentOf(id) === row.segment);
        const bought = inside.filter(({ item }) => item === row.category);
        const buyers = new Set(bought.map(({ id }) => id)).size;
        const size = new Set(inside.map(({ id }) => id)).size;
        const everywhere = spent.filter(({ item }) => item === row.category);
        const share = sum(inside) > 1e-5 ? sum(bought) / sum(inside) : null;
        const base = sum(spent) > 1e-5 ? sum(everywhere) / sum(spent) : null;
        const [lower, upper] = wilson(buyers, size);
        expect(row).toEqual({
          segment: row.segment,
          category: row.category,
          revenue_share: share === null ? null : expect.closeTo(share, 10),
          index: share === null || !base ? null : expect.closeTo((share / base) * 100, 7),
          revenue: expect.closeTo(sum(bought), 7),
          segment_revenue: expect.closeTo(sum(inside), 7),
          base_share: base === null ? null : expect.closeTo(base, 10),
          buyers,
          customers: size,
          buyer_share: near(buyers / size),
          lower: near(lower!),
          upper: near(upper!),
          segments: segments.size,
          categories: items.size,
        });
      }
    }),
  );

  it.each(["frequency", "value", "channel", "country", "member", "tier", "source"])(
    "by %s: shares add up to 1, and the index weighted by revenue to 100",
    async (by) => {
      const shop = seededShop();
      await buildShop(runner, toSelect(shop.orders), [], shop.beside);
      const rows = await run("category-preference", { by });
      const segments = [...new Set(rows.map((row) => row.segment))];
      expect(segments.length).toBeGreaterThan(1);
      for (const segment of segments) {
        const own = rows.filter((row) => row.segment === segment);
        expect(own.reduce((sum, row) => sum + Number(row.revenue_share), 0)).toBeCloseTo(1, 10);
      }
      for (const category of new Set(rows.map((row) => row.category))) {
        const cells = rows.filter((row) => row.category === category);
        const weight = cells.reduce((sum, row) => sum + Number(row.segment_revenue), 0);
        const index = cells.reduce(
          (sum, row) => sum + Number(row.index) * Number(row.segment_revenue),
          0,
        );
        expect(index / weight).toBeCloseTo(100, 8);
      }
    },
  );

  it("is silent where no order names a category, and where all was paid back", async () => {
    const orders = [order("1", "a", "2024-01-01", 10)];
    await buildShop(runner, toSelect(orders));
    expect(await run("category-preference")).toEqual([]);
    await buildShop(runner, toSelect([{ ...orders[0]!, category: "ware", refundCents: 10 }]));
    expect(await run("category-preference")).toMatchObject([
      { segment: "1", revenue: 0, revenue_share: null, index: null, buyers: 1, customers: 1 },
    ]);
  });
});

describe("high-value-score", () => {
  it("gives its points person by person, and none that cannot be known", () =>
    check(async ({ seen, asOf, variables }) => {
      const ids = Array.from({ length: 15 }, (_, i) => `c${i}`);
      const contacts = ids
        .filter((_, i) => i % 4 !== 1)
        .map((customerId, i) => ({
          customerId,
          source: [null, "Web Search", "ads", " "][i % 4]!,
          referrerId: [null, null, "c2", customerId][i % 4]!,
        }));
      const touches = ids
        .filter((_, i) => i % 3 === 1)
        .map((customerId, i) => ({
          customerId,
          touchedAt: `${toText(firstDay + 40 * i)} 10:00:00`,
          channel: null,
          domain: null,
          kind: ["call", "微信扫码", null][i % 3]!,
        }));
      const referrals = ids.slice(0, 6).map((refereeId, i) => ({
        referrerId: `c${(i * 5) % 7}`,
        refereeId,
        referredAt: i % 2 ? null : `${toText(firstDay + 30 * i)} 10:00:00`,
      }));
      await fillBeside(runner, { contacts, touches, referrals });
      const rows = await run("high-value-score", { ...variables, min_orders: 2 });
      const isPast = (at: string | null) => at === null || dayOf(at) <= asOf;
      const pairs = [
        ...referrals.filter(({ referredAt }) => isPast(referredAt)),
        ...contacts.map(({ customerId, referrerId }) => ({ referrerId, refereeId: customerId })),
      ].filter((pair) => pair.referrerId !== null);
      const touched = touches.filter(({ touchedAt }) => isPast(touchedAt));
      const customers = customersOf(seen);
      const people = new Set([
        ...customers.keys(),
        ...contacts.map(({ customerId }) => customerId),
        ...touched.map(({ customerId }) => customerId),
        ...pairs.flatMap(({ referrerId, refereeId }) => [referrerId!, refereeId]),
      ]);
      const counts = [...customers.values()].map((list) => list.length);
      const p75 = counts.length ? quantile(counts, 0.75) : null;
      const expected = [...people].map((id) => {
        const list = customers.get(id) ?? [];
        const ways = [
          ...contacts.filter(({ customerId }) => customerId === id).map(({ source }) => source),
          ...touched.filter(({ customerId }) => customerId === id).map(({ kind }) => kind),
        ].filter((way) => way !== null && way.trim() !== "");
        const came = ways.some((way) => /search|扫码/i.test(way!)) ? 1 : 0;
        const own = pairs.filter(({ referrerId }) => referrerId === id);
        const referees = new Set(own.map(({ refereeId }) => refereeId).filter((one) => one !== id));
        const points = [
          ways.length ? came : null,
          list.length ? 1 : 0,
          p75 !== null && list.length >= p75 && list.length >= 2 ? 1 : 0,
          referees.size ? 1 : 0,
        ] as const;
        return {
          customer_id: id,
          came_voluntarily: points[0],
          paid: points[1],
          frequent: points[2],
          referred: points[3],
          score: (points[0] ?? 0) + points[1] + points[2] + points[3],
          points_known: ways.length ? 4 : 3,
          orders: list.length,
          revenue: list.reduce((sum, { netCents }) => sum + Number(netCents), 0) / 100,
          referees: referees.size,
          orders_p75: p75,
        };
      });
      expected.sort(
        (a, b) =>
          b.score - a.score || b.revenue - a.revenue || (a.customer_id < b.customer_id ? -1 : 1),
      );
      expect(rows).toEqual(expected);
    }));

  it("knows two points from orders alone, and takes the reader's words", async () => {
    const orders = [order("1", "a", "2024-01-01", 10), order("2", "b", "2024-01-01", 30)];
    await buildShop(runner, toSelect([...orders, order("3", "b", "2024-01-02", 10)]));
    expect(await run("high-value-score")).toMatchObject([
      { customer_id: "b", came_voluntarily: null, frequent: 1, referred: null, referees: null },
      { customer_id: "a", paid: 1, frequent: 0, score: 1, points_known: 2, orders_p75: 1.75 },
    ]);
    await fillBeside(runner, { contacts: [{ customerId: "a", source: "Shop window" }] });
    const [, stranger] = await run("high-value-score");
    expect(stranger).toMatchObject({ customer_id: "a", came_voluntarily: 0, points_known: 3 });
    const [, walker] = await run("high-value-score", { words: "door, WINDOW," });
    expect(walker).toMatchObject({ customer_id: "a", came_voluntarily: 1, score: 2 });
    const early = await run("high-value-score", { as_of: "2023-01-01" });
    expect(early).toMatchObject([{ customer_id: "a", paid: 0, frequent: 0, orders_p75: null }]);
  });
});

/** Lines of two orders in three: some name a product, some an article, some nothing. */
function linesOf(orders: ShopOrder[]): OrderLine[] {
  return orders.flatMap(({ orderId, grossCents }, i) =>
    i % 3 === 0
      ? []
      : [0, 1, 2].slice(0, 1 + (i % 3)).map((line) => ({
          orderId,
          line: line + 1,
          product: ["tea", "cup", null][(i + line) % 3]!,
          sku: (i + line) % 2 ? "K1" : null,
          category: ["drinks", null, "ware"][(i + 2 * line) % 3]!,
          quantity: 1,
          netCents: (line + 1) * Math.floor(grossCents / 7),
        })),
  );
}

function isText(value: string | null | undefined): value is string {
  return typeof value === "string";
}

/** When the second order of a customer came, whether before the observation end or after. */
function secondOf(orders: ShopOrder[], id: string): string | undefined {
  return customersOf(orders).get(id)![1]?.at;
}

interface Case {
  /** the orders up to the observation end */
  seen: ShopOrder[];
  /** those after it too */
  all: ShopOrder[];
  asOf: number;
  variables: Record<string, Value>;
}

async function check(property: (one: Case) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(orderLists, cuts, async (orders, cut) => {
      await buildShop(runner, toSelect(orders));
      await property({ ...cutOrders(orders, cut), all: orders });
    }),
    { numRuns: 9, seed: 11 },
  );
}

function order(orderId: string, customerId: string, day: string, grossCents: number): ShopOrder {
  return { orderId, customerId, orderedAt: `${day} 12:00:00`, grossCents };
}

/** Stands for a divided figure, equal to 12 digits. */
function near(value: number): number {
  return expect.closeTo(value, 12) as number;
}

/** null where there was nothing to divide by */
function maybeNear(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : near(value);
}

function run(id: string, variables: Record<string, Value> = {}) {
  return runAnalysis(runner, id, variables);
}
