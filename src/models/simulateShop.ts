import { ModelError } from "./modelError.ts";
import { Random } from "./random.ts";
import { costLines } from "./shopCosts.ts";
import { isoDay, monthOf, secondsPerDay } from "./shopCalendar.ts";
import { type ShopOrder, simulateCustomer } from "./shopCustomer.ts";
import { seasons } from "./shopPlan.ts";

export interface ShopOptions {
  /** default 4000 */
  customers?: number;
  /** whole number; default 1 */
  seed?: number;
  /** first day, ISO; default 2024-01-01 */
  from?: string;
  /** last day, ISO; default 2025-12-31 */
  to?: string;
}

export interface Shop {
  /** CSV with a header, one row an order, by time; UTF-8 text */
  ordersCsv: string;
  /** CSV with a header: cost by month, channel and kind */
  costsCsv: string;
}

/**
 * An invented shop to try things with: customers who buy as in the BG/NBD model and spend as in the
 * gamma-gamma model, over channels, products and cohorts of different quality, with a mild season,
 * coupons, members, same-day orders, refunds and cancellations; and what its channels cost. The
 * same text for the same options.
 *
 * @throws ModelError "invalid-parameter"
 */
export function simulateShop(options: ShopOptions = {}): Shop {
  const { customers = 4000, seed = 1, from = "2024-01-01", to = "2025-12-31" } = options;
  const firstDay = parseDay(from);
  const lastDay = parseDay(to);
  if (!(lastDay >= firstDay)) {
    throw new ModelError("invalid-parameter", `invalid to; before ${from}: ${to}`);
  }
  if (!(Number.isInteger(customers) && customers > 0 && customers <= 1e6)) {
    throw new ModelError("invalid-parameter", `invalid customers; not 1 to 1e6: ${customers}`);
  }
  if (!Number.isInteger(seed)) {
    throw new ModelError("invalid-parameter", `invalid seed; not a whole number: ${seed}`);
  }
  const random = new Random(seed);
  const orders: ShopOrder[] = [];
  const joined = firstDays(random, customers, firstDay, lastDay);
  joined.forEach((day, i) => {
    const quality = 1 + 0.25 * ((day - firstDay) / Math.max(1, lastDay - firstDay)); // the shop learns
    orders.push(...simulateCustomer(random, i + 1, day, lastDay, quality));
  });
  orders.sort((a, b) => a.second - b.second || a.customer - b.customer);
  return {
    ordersCsv: toCsv(orderHeader, orders.map(orderLine)),
    costsCsv: toCsv("Date,Channel,Kind,Cost", costLines(random, orders)),
  };
}

function parseDay(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / (secondsPerDay * 1000);
  if (Number.isInteger(day) && isoDay(day) === text) return day;
  throw new ModelError("invalid-parameter", `invalid day; not yyyy-mm-dd: ${text}`);
}

/** days of the first orders, ascending: a shop that grows by half over the span, with seasons */
function firstDays(random: Random, n: number, first: number, last: number): number[] {
  const days: number[] = [];
  const most = 1.5 * Math.max(...seasons);
  while (days.length < n) {
    const day = first + Math.floor(random.uniform() * (last - first + 1));
    const age = (day - first) / Math.max(1, last - first);
    const season = seasons[monthOf(day)]!;
    if (day <= last && random.chance(((1 + 0.5 * age) * season) / most)) days.push(day);
  }
  return days.sort((a, b) => a - b);
}

const orderHeader =
  "Order ID,Customer ID,Order Date,Total,Refunded Amount,Status,Currency," +
  "Channel,Product,Category,Quantity,Country,Coupon,Member";

function orderLine(order: ShopOrder, index: number): string {
  return [
    `P${100_001 + index}`,
    `C${String(order.customer).padStart(6, "0")}`,
    `${isoDay(Math.floor(order.second / secondsPerDay))} ${clock(order.second % secondsPerDay)}`,
    order.total.toFixed(2),
    order.refunded.toFixed(2),
    order.status,
    "USD",
    order.channel,
    order.product,
    order.category,
    order.quantity,
    order.country,
    order.coupon,
    order.isMember ? "yes" : "no",
  ].join(",");
}

function clock(second: number): string {
  const parts = [second / 3600, (second / 60) % 60, second % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

function toCsv(header: string, lines: string[]): string {
  return `${header}\n${lines.join("\n")}\n`;
}
