import { isoDay, secondsPerDay } from "./shopCalendar.ts";
import type { Contact } from "./shopContacts.ts";
import type { ShopOrder } from "./shopOrders.ts";
import type { Invitation } from "./shopReferrals.ts";
import type { ShopTouch } from "./shopTouches.ts";

/** CSV of some header, a line for each row; joined in parts, as there may be millions. */
export function toCsv<Row>(
  header: string,
  rows: readonly Row[],
  toLine: (row: Row, index: number) => string,
): string {
  const parts = [header];
  const partRows = 20_000;
  for (let start = 0; start < rows.length; start += partRows) {
    const lines = rows.slice(start, start + partRows).map((row, i) => toLine(row, start + i));
    parts.push(lines.join("\n"));
  }
  return `${parts.join("\n")}\n`;
}

export const orderHeader =
  "Order ID,Customer ID,Order Date,Total,Refunded Amount,Status,Currency," +
  "Channel,Product,Category,Quantity,Country,Coupon,Member";

export function orderLine(order: ShopOrder, index: number): string {
  return [
    orderId(index),
    customerId(order.customer),
    time(order.second),
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

export const customerHeader =
  "Customer ID,Registered At,Source,Joined Private At,Member Since,Tier,Tags,Referrer";

export function customerLine(contact: Contact): string {
  const { customer, registered, source, joinedPrivate, memberSince, tier, tags } = contact;
  const days = [joinedPrivate, memberSince].map((day) => (day < Infinity ? isoDay(day) : ""));
  const referrer = contact.referrer > 0 ? customerId(contact.referrer) : "";
  return [customerId(customer), isoDay(registered), source, ...days, tier, tags, referrer].join(
    ",",
  );
}

export const touchHeader =
  "Customer ID,Touched At,Channel,Kind,Campaign,Cost,Responded At,Duration (s),Staff";

export function touchLine(touch: ShopTouch): string {
  const { second, customer, channel, kind, campaign, respondedSecond, seconds, staff } = touch;
  const responded = respondedSecond > 0 ? time(respondedSecond) : "";
  const cost = channel.cost.toFixed(2);
  const place = [customerId(customer), time(second), channel.name, kind, campaign, cost, responded];
  return [...place, seconds > 0 ? seconds : "", staff].join(",");
}

export const referralHeader = "Referrer,Referee,Referred At,Method,Reward";

/** Only for somebody who ordered is there a reward. */
export function referralLine({ referrer, referee, day, method, buysFrom }: Invitation): string {
  const reward = buysFrom < Infinity ? method.reward : 0;
  const people = [customerId(referrer), customerId(referee)];
  return [...people, isoDay(day), method.name, reward.toFixed(2)].join(",");
}

export const ratingHeader = "Customer ID,Order ID,Rated At,Rating";

export interface ShopRating {
  customer: number;
  /** place among the orders */
  order: number;
  second: number;
  score: number;
}

export function ratingLine({ customer, order, second, score }: ShopRating): string {
  return [customerId(customer), orderId(order), time(second), score].join(",");
}

function orderId(index: number): string {
  return `P${100_001 + index}`;
}

function customerId(customer: number): string {
  return `C${String(customer).padStart(6, "0")}`;
}

function time(second: number): string {
  const parts = [(second / 3600) % 24, (second / 60) % 60, second % 60];
  const clock = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return `${isoDay(Math.floor(second / secondsPerDay))} ${clock}`;
}
