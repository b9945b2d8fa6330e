import { ModelError } from "./modelError.ts";
import { Random } from "./random.ts";
import { isoDay, monthOf, secondsPerDay } from "./shopCalendar.ts";
import { type Contact, contactOf, makeProspects } from "./shopContacts.ts";
import { costLines } from "./shopCosts.ts";
import {
  customerHeader,
  customerLine,
  orderHeader,
  orderLine,
  ratingHeader,
  ratingLine,
  referralHeader,
  referralLine,
  type ShopRating,
  toCsv,
  touchHeader,
  touchLine,
} from "./shopFiles.ts";
import { placeOrders, type ShopOrder } from "./shopOrders.ts";
import { meetPerson, type Person } from "./shopPerson.ts";
import { seasons } from "./shopPlan.ts";
import { invite, type Invitation, ReferralQueue, windowOf } from "./shopReferrals.ts";
import { type ShopTouch, touchCustomer } from "./shopTouches.ts";
import { shopTruth } from "./shopTruth.ts";
import { visitsOf } from "./shopVisits.ts";
import { campaignsOf, type ShopWorld } from "./shopWorld.ts";

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

/** CSV with a header, in UTF-8 text; where there is nothing to tell, the header alone. */
export interface Shop {
  /** one row an order, by time */
  ordersCsv: string;
  /** cost by month, channel and kind */
  costsCsv: string;
  /** one row a person, also of those who never ordered */
  customersCsv: string;
  /** one row a contact of the shop with somebody, by time */
  touchesCsv: string;
  /** who brought whom, by day */
  referralsCsv: string;
  /** of orders, by time */
  ratingsCsv: string;
}

/**
 * An invented shop to try things with: customers who buy as in the MBG/NBD model and spend as in the
 * gamma-gamma model, over channels, products and cohorts of different quality, with a mild season,
 * coupons, same-day orders, refunds, ratings and cancellations; members, campaigns and referrals
 * that have an effect; and what its channels cost, more every year. What is true of it stands in
 * `shopTruth`. The same text for the same options. O(n log n) in the customers: some 80 µs and 750
 * characters of text each; a million of them take 4 GB while they are made.
 *
 * @throws ModelError "invalid-parameter"
 */
export function simulateShop(options: ShopOptions = {}, truth = shopTruth): Shop {
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
  const campaigns = campaignsOf(firstDay, lastDay);
  return writeShop(customers, { random, truth, firstDay, lastDay, campaigns });
}

function parseDay(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / (secondsPerDay * 1000);
  if (Number.isInteger(day) && isoDay(day) === text) return day;
  throw new ModelError("invalid-parameter", `invalid day; not yyyy-mm-dd: ${text}`);
}

function writeShop(customers: number, world: ShopWorld): Shop {
  const { orders, contacts, touches, invitations } = liveThrough(world, customers);
  orders.sort((a, b) => a.second - b.second || a.customer - b.customer);
  touches.sort((a, b) => a.second - b.second || a.customer - b.customer);
  invitations.sort((a, b) => a.day - b.day || a.referee - b.referee);
  const ratings = rateOrders(world, orders);
  const costs = costLines(world, orders);
  const touchesCsv = toCsv(touchHeader, touches, touchLine);
  touches.length = 0; // of a million customers there is no room for all rows and all texts
  const ordersCsv = toCsv(orderHeader, orders, orderLine);
  orders.length = 0;
  return {
    ordersCsv,
    costsCsv: toCsv("Date,Channel,Kind,Cost", costs, (line) => line),
    customersCsv: toCsv(customerHeader, contacts, customerLine),
    touchesCsv,
    referralsCsv: toCsv(referralHeader, invitations, referralLine),
    ratingsCsv: toCsv(ratingHeader, ratings, ratingLine),
  };
}

interface Lives {
  orders: ShopOrder[];
  contacts: Contact[];
  touches: ShopTouch[];
  invitations: Invitation[];
}

/** Stretch by stretch, since the customers of one bring some of those of the next. */
function liveThrough(world: ShopWorld, customers: number): Lives {
  const lives: Lives = { orders: [], contacts: [], touches: [], invitations: [] };
  const days = firstDays(world, customers);
  const queue = new ReferralQueue(world);
  const active: number[][] = [];
  const influence = new Float32Array(customers + 1);
  const { influenceShape } = world.truth.referral;
  for (let next = 0, window = 0; next < customers; ++window) {
    for (; next < customers && windowOf(world, days[next]!) === window; ++next) {
      const customer = next + 1;
      const invitation = queue.take(days[next]!);
      if (invitation) invitation.referee = customer;
      const person = meetPerson(world, customer, days[next]!, invitation);
      influence[customer] = world.random.gamma(influenceShape) / influenceShape;
      for (const stretch of liveOne(world, person, lives)) (active[stretch] ??= []).push(customer);
    }
    const invitations = invite(world, active[window] ?? [], influence, window);
    queue.add(invitations);
    for (const invitation of invitations) lives.invitations.push(invitation);
  }
  for (const contact of makeProspects(world, days, lives.invitations, lives.touches))
    lives.contacts.push(contact);
  return lives;
}

/** @returns the stretches in which the person ordered */
function liveOne(world: ShopWorld, person: Person, lives: Lives): Set<number> {
  const visits = touchCustomer(world, person, visitsOf(world, person), lives.touches);
  const orders = placeOrders(world, person, visits);
  for (const order of orders) lives.orders.push(order);
  const kept = orders.filter(({ status }) => status !== "Cancelled");
  lives.contacts.push(contactOf(world, person, kept));
  return new Set(kept.map(({ second }) => windowOf(world, Math.floor(second / secondsPerDay))));
}

/** days of the first orders, ascending: a shop that grows by half over the span, with seasons */
function firstDays({ random, firstDay, lastDay }: ShopWorld, n: number): number[] {
  const days: number[] = [];
  const most = 1.5 * Math.max(...seasons);
  while (days.length < n) {
    const day = firstDay + Math.floor(random.uniform() * (lastDay - firstDay + 1));
    const age = (day - firstDay) / Math.max(1, lastDay - firstDay);
    const season = seasons[monthOf(day)]!;
    if (day <= lastDay && random.chance(((1 + 0.5 * age) * season) / most)) days.push(day);
  }
  return days.sort((a, b) => a - b);
}

/** Some days later, if the shop's days last; a poor rating had its effect all the same. */
function rateOrders({ random, lastDay }: ShopWorld, orders: readonly ShopOrder[]): ShopRating[] {
  const ratings: ShopRating[] = [];
  orders.forEach(({ customer, second, score }, order) => {
    if (score === 0) return;
    const rated = second + Math.floor((1 + 9 * random.uniform()) * secondsPerDay);
    if (rated < (lastDay + 1) * secondsPerDay)
      ratings.push({ customer, order, second: rated, score });
  });
  return ratings.sort((a, b) => a.second - b.second || a.order - b.order);
}
