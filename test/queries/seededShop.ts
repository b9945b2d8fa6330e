import type { BesideOrders } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopCost, type ShopOrder } from "./buildShop.ts";
import { mulberry32 } from "./mulberry32.ts";
import type { Runner } from "./runner.ts";
import { seededBeside } from "./seededBeside.ts";

/**
 * A small shop that has everything awkward: refunds, several orders on one day, orders without a
 * customer, zero and negative totals, absent channels, gaps, ties.
 */
export function seededShop(customers = 300): SeededShop {
  const random = mulberry32(20240229);
  const orders: ShopOrder[] = [];
  const firstDay = Date.UTC(2023, 0, 3);
  const days = 560;
  for (let i = 0; i < customers; ++i) {
    const customerId = i % 11 === 0 ? `Ä-${i}` : String(1000 + i);
    const started = Math.floor(random() * days);
    const meanGap = 10 + random() * 90;
    for (let day = started; day < days; day += Math.ceil(-Math.log(1 - random()) * meanGap)) {
      const ordersOfDay = random() < 0.08 ? 2 : 1;
      for (let n = 0; n < ordersOfDay; ++n)
        orders.push(makeOrder(random, firstDay, day, customerId));
      if (random() < 0.25) break;
    }
  }
  for (let i = 0; i < customers / 12; ++i) {
    orders.push(makeOrder(random, firstDay, Math.floor(random() * days), null));
  }
  orders.forEach((order, index) => (order.orderId = `S-${String(index).padStart(5, "0")}`));
  return { orders, costs: makeCosts(), beside: seededBeside(orders) };
}

/** Fills the tables of an engine with the whole of it. */
export async function buildSeededShop(runner: Runner): Promise<void> {
  const { orders, costs, beside } = seededShop();
  await buildShop(runner, toSelect(orders), costs, beside);
}

interface SeededShop {
  orders: ShopOrder[];
  costs: ShopCost[];
  beside: BesideOrders;
}

function makeOrder(
  random: () => number,
  firstDay: number,
  day: number,
  customerId: string | null,
): ShopOrder {
  const pick = <T>(values: T[]) => values[Math.floor(random() * values.length)]!;
  const grossCents = random() < 0.03 ? 0 : random() < 0.3 ? 2500 : Math.ceil(random() * 20000);
  return {
    orderId: "",
    customerId,
    orderedAt: new Date(firstDay + day * 86400000 + Math.floor(random() * 86400) * 1000)
      .toISOString()
      .slice(0, 19)
      .replace("T", " "),
    grossCents,
    refundCents: random() < 0.06 ? (random() < 0.5 ? grossCents : Math.floor(grossCents / 3)) : 0,
    ...pick(channels),
    product: pick(["tea", "cup", "pot", "it's a set", null]),
    category: pick(["drinks", "ware"]),
    country: pick(["DE", "CN", "TW", null]),
    coupon: random() < 0.2 ? "WELCOME" : null,
    isMember: random() < 0.3,
  };
}

const channels = [
  { channel: "ads", domain: "public" },
  { channel: "organic", domain: "public" },
  { channel: "mail", domain: "private" },
  { channel: "私域", domain: "private" },
  { channel: null, domain: null },
];

function makeCosts(): ShopCost[] {
  const costs: ShopCost[] = [];
  for (let month = 1; month <= 12; ++month) {
    const date = `2023-${String(month).padStart(2, "0")}-05`;
    costs.push({ date, channel: "ads", kind: "acquisition", cents: 30000 + month * 1234 });
    if (month % 3 === 0) costs.push({ date, channel: "mail", kind: "acquisition", cents: 9999 });
    if (month % 4 === 0) costs.push({ date, channel: null, kind: null, cents: 5001 });
    costs.push({ date, channel: "mail", kind: "retention", cents: 4000 });
  }
  return costs;
}
