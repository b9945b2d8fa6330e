import type { ShopOrder } from "./buildShop.ts";
import type { Value } from "./runner.ts";

// The same figures a second time, customer by customer, without SQL. Days are numbers since 1970,
// money is cents in BigInt.

export interface Purchase {
  day: number;
  netCents: bigint;
  at: string;
  id: string;
}

export type Grain = "day" | "week" | "month" | "quarter" | "year";

export function customersOf(orders: ShopOrder[]): Map<string, Purchase[]> {
  const customers = new Map<string, Purchase[]>();
  for (const order of orders) {
    if (order.customerId === null) continue;
    const list = customers.get(order.customerId) ?? [];
    list.push(toPurchase(order));
    customers.set(order.customerId, list);
  }
  for (const list of customers.values()) {
    list.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  }
  return customers;
}

/**
 * The orders up to an observation end, and the variables that set it.
 *
 * @param cut days that the end lies before the last order; null: where it is by itself, on that day
 */
export function cutOrders(
  orders: ShopOrder[],
  cut: number | null,
): { seen: ShopOrder[]; asOf: number; variables: Record<string, Value> } {
  const days = orders.map((order) => dayOf(order.orderedAt));
  const asOf = Math.max(...days) - (cut ?? 0);
  return {
    seen: orders.filter((_, i) => days[i]! <= asOf),
    asOf,
    variables: cut === null ? {} : { as_of: toText(asOf) },
  };
}

export function toPurchase(order: ShopOrder): Purchase {
  return {
    day: dayOf(order.orderedAt),
    netCents: BigInt(order.grossCents) - BigInt(order.refundCents ?? 0),
    at: order.orderedAt,
    id: order.orderId,
  };
}

export function toDay(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86400000;
}

export function dayOf(time: string): number {
  return toDay(time.slice(0, 10));
}

/** The time of day of so many seconds, as HH:MM:SS. */
export function clockOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

export function toText(day: number): string {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

/** First day of the period that holds the day. */
export function periodStart(day: number, grain: Grain): number {
  const date = new Date(day * 86400000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (grain) {
    case "day":
      return day;
    case "week":
      return day - ((date.getUTCDay() + 6) % 7);
    case "month":
      return Date.UTC(year, month, 1) / 86400000;
    case "quarter":
      return Date.UTC(year, month - (month % 3), 1) / 86400000;
    case "year":
      return Date.UTC(year, 0, 1) / 86400000;
  }
}

/** A date some periods on: the 31st becomes the month's last day. */
export function addPeriods(day: number, periods: number, grain: Grain): number {
  if (grain === "day") return day + periods;
  if (grain === "week") return day + 7 * periods;
  const months = periods * { month: 1, quarter: 3, year: 12 }[grain];
  const date = new Date(day * 86400000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / 86400000;
}

/** How many whole periods lie between two days, by trying them one after the other. */
export function periodsBetween(from: number, to: number, grain: Grain): number {
  let k = 0;
  while (addPeriods(from, k + 1, grain) <= to) ++k;
  return k;
}

export function wilson(k: number, n: number): [number, number] | [null, null] {
  if (n === 0) return [null, null];
  const z = 1.959963984540054;
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

export function median(values: number[]): number | null {
  if (!values.length) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Type 7: linear between the values at the places around p·(n − 1). */
export function quantile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

export function distinctDays(purchases: Purchase[]): number[] {
  return [...new Set(purchases.map(({ day }) => day))].sort((a, b) => a - b);
}
