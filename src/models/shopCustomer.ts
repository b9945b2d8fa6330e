import type { Random } from "./random.ts";
import { monthOf, secondsPerDay } from "./shopCalendar.ts";
import {
  countries,
  habits,
  privateChannels,
  products,
  publicChannels,
  seasons,
  type ShopChannel,
  type ShopProduct,
} from "./shopPlan.ts";

export interface ShopOrder {
  /** since 1970, the shop's wall clock */
  second: number;
  customer: number;
  /** their first order: a customer was won */
  isFirst: boolean;
  channel: string;
  product: string;
  category: string;
  quantity: number;
  country: string;
  coupon: string;
  isMember: boolean;
  /** money, with two decimals */
  total: number;
  refunded: number;
  status: "Paid" | "Refunded" | "Partially refunded" | "Cancelled";
}

/**
 * All orders of one customer from their first day to the shop's last.
 *
 * @param quality times the rate of orders and the odds of staying: cohorts differ
 */
export function simulateCustomer(
  random: Random,
  customer: number,
  firstDay: number,
  lastDay: number,
  quality: number,
): ShopOrder[] {
  const person = meet(random, customer, quality);
  const orders: ShopOrder[] = [];
  let day = firstDay + random.uniform();
  for (;;) {
    orders.push(placeOrder(random, person, Math.floor(day), orders.length));
    if (random.chance(0.015)) {
      orders.push(placeOrder(random, person, Math.floor(day), orders.length)); // forgot something
    }
    if (random.chance(person.dropout)) return orders;
    day = nextDay(random, day, person.ratePerDay, lastDay);
    if (Math.floor(day) > lastDay) return orders;
    maybeMoveToPrivate(random, person);
    if (!person.isMember) person.isMember = random.chance(0.3);
  }
}

interface Person {
  customer: number;
  source: ShopChannel;
  channel: ShopChannel;
  country: string;
  favourite: ShopProduct;
  ratePerDay: number;
  dropout: number;
  /** rate of the gamma that amounts come from */
  thrift: number;
  isMember: boolean;
}

function meet(random: Random, customer: number, quality: number): Person {
  const source = random.pick([...publicChannels, ...privateChannels]);
  const favourite = random.pick(products);
  const rate = (random.gamma(habits.r) / habits.alpha) * source.rate * quality;
  const p = random.beta(habits.a, habits.b);
  const odds = (p / (1 - p + 1e-12)) * source.dropout * favourite.dropout;
  return {
    customer,
    source,
    channel: source,
    country: random.pick(countries).name,
    favourite,
    ratePerDay: rate / 7,
    dropout: odds / quality / (1 + odds / quality),
    thrift: random.gamma(habits.q) / habits.v,
    isMember: random.chance(privateChannels.includes(source) ? 0.5 : 0.08),
  };
}

/** waiting by the rate, thinned by the season */
function nextDay(random: Random, from: number, ratePerDay: number, lastDay: number): number {
  const most = Math.max(...seasons);
  let day = from;
  do {
    day += random.exponential(Math.max(ratePerDay * most, 1e-9));
    if (day > lastDay + 1) return day;
  } while (!random.chance(seasons[monthOf(Math.floor(day))]! / most));
  return day;
}

function maybeMoveToPrivate(random: Random, person: Person): void {
  if (privateChannels.includes(person.channel) || !random.chance(0.13)) return;
  person.channel = random.pick(privateChannels);
  person.dropout *= 0.75;
  person.ratePerDay *= 1.1;
}

function placeOrder(random: Random, person: Person, day: number, nth: number): ShopOrder {
  const product = nth === 0 || random.chance(0.55) ? person.favourite : random.pick(products);
  const usual = random.gamma(habits.p) / person.thrift;
  const coupon = pickCoupon(random, person, day, nth);
  const amount = Math.max(3, usual * product.price * (coupon === "" ? 1 : 0.85));
  const total = Math.round(amount * 100) / 100;
  const status = pickStatus(random);
  return {
    second: day * secondsPerDay + Math.floor(timeOfDay(random) * secondsPerDay),
    customer: person.customer,
    isFirst: nth === 0,
    channel: person.channel.name,
    product: product.name,
    category: product.category,
    quantity: 1 + Math.floor(random.exponential(1.6)),
    country: person.country,
    coupon,
    isMember: person.isMember,
    total,
    refunded: refundOf(random, status, total),
    status,
  };
}

function pickCoupon(random: Random, person: Person, day: number, nth: number): string {
  const isNovember = monthOf(day) === 10;
  if (isNovember && random.chance(0.4)) return "NOV11";
  if (nth === 0) return random.chance(person.source.couponShare) ? "WELCOME15" : "";
  return random.chance(person.isMember ? 0.12 : 0.06) ? "BACK15" : "";
}

function pickStatus(random: Random): ShopOrder["status"] {
  const luck = random.uniform();
  if (luck < 0.012) return "Cancelled";
  if (luck < 0.037) return "Refunded";
  return luck < 0.055 ? "Partially refunded" : "Paid";
}

function refundOf(random: Random, status: ShopOrder["status"], total: number): number {
  if (status === "Refunded") return total;
  if (status !== "Partially refunded") return 0;
  return Math.round(total * (0.2 + 0.5 * random.uniform()) * 100) / 100;
}

/** share of the day: most orders between breakfast and midnight */
function timeOfDay(random: Random): number {
  return Math.min(0.9999, 0.28 + 0.71 * random.beta(2.2, 1.7));
}
