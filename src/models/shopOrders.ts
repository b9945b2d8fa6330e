import type { Random } from "./random.ts";
import { monthOf, secondsPerDay } from "./shopCalendar.ts";
import type { Person } from "./shopPerson.ts";
import { products } from "./shopPlan.ts";
import type { Visit } from "./shopVisits.ts";
import type { ShopWorld } from "./shopWorld.ts";

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
  status: Visit["status"];
  /** 1 to 5; 0: not rated */
  score: number;
}

/** What a person orders at each visit, by time. */
export function placeOrders(world: ShopWorld, person: Person, visits: readonly Visit[]) {
  let before = 0;
  return visits.map((visit, nth): ShopOrder => {
    const order = placeOrder(world, person, visit, nth);
    if (order.second <= before)
      order.second = before + 1 + Math.floor(world.random.uniform() * 300);
    before = order.second;
    return order;
  });
}

function placeOrder(world: ShopWorld, person: Person, visit: Visit, nth: number): ShopOrder {
  const { random, truth } = world;
  const { status, score } = visit;
  const day = Math.floor(visit.time);
  const isMember = person.memberSince <= day;
  const product = nth === 0 || random.chance(0.55) ? person.favourite : random.pick(products);
  const usual = random.gamma(truth.spend.p) / person.thrift;
  const coupon = pickCoupon(random, person, isMember, day, nth);
  const amount = Math.max(3, usual * product.price * (coupon === "" ? 1 : 0.85));
  const total = Math.round(amount * 100) / 100;
  return {
    second: day * secondsPerDay + Math.floor(timeOfDay(random) * secondsPerDay),
    customer: person.customer,
    isFirst: nth === 0,
    channel: channelOf(world, person, day),
    product: product.name,
    category: product.category,
    quantity: 1 + Math.floor(random.exponential(1.6)),
    country: person.country,
    coupon,
    isMember,
    total,
    refunded: refundOf(random, status, total),
    status,
    score,
  };
}

function channelOf({ random, truth }: ShopWorld, person: Person, day: number): string {
  const isThere = person.joinedPrivate <= day && person.firstDay < day;
  const isPrivate = isThere && random.chance(truth.privateDomain.orderShare);
  return (isPrivate ? person.privateChannel : person.channel).name;
}

function pickCoupon(random: Random, person: Person, isMember: boolean, day: number, nth: number) {
  const isNovember = monthOf(day) === 10;
  if (isNovember && random.chance(0.4)) return "NOV11";
  if (nth === 0) return random.chance(person.channel.couponShare) ? "WELCOME15" : "";
  return random.chance(isMember ? 0.12 : 0.06) ? "BACK15" : "";
}

function refundOf(random: Random, status: Visit["status"], total: number): number {
  if (status === "Refunded") return total;
  if (status !== "Partially refunded") return 0;
  return Math.round(total * (0.2 + 0.5 * random.uniform()) * 100) / 100;
}

/** share of the day: most orders between breakfast and midnight */
function timeOfDay(random: Random): number {
  return Math.min(0.98, 0.28 + 0.71 * random.beta(2.2, 1.7));
}
