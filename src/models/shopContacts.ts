import type { Random } from "./random.ts";
import type { Person } from "./shopPerson.ts";
import { privateSources, publicSources, referredSource } from "./shopPlan.ts";
import type { Invitation } from "./shopReferrals.ts";
import { maybeInvite, type ShopTouch } from "./shopTouches.ts";
import type { ShopOrder } from "./shopOrders.ts";
import type { ShopWorld } from "./shopWorld.ts";

/** A row of the customer file; a day that never came is Infinity. */
export interface Contact {
  customer: number;
  registered: number;
  source: string;
  joinedPrivate: number;
  memberSince: number;
  tier: string;
  tags: string;
  /** 0: nobody */
  referrer: number;
}

export function contactOf(
  { random }: ShopWorld,
  person: Person,
  orders: readonly ShopOrder[],
): Contact {
  const { customer, firstDay, source, joinedPrivate, memberSince, invitation } = person;
  const isMember = memberSince < Infinity;
  return {
    customer,
    registered: Math.min(firstDay, joinedPrivate, invitation?.day ?? firstDay),
    source,
    joinedPrivate,
    memberSince,
    tier: isMember ? tierOf(orders.length) : "",
    tags: tagsOf(random, person, orders).join("|"),
    referrer: invitation?.referrer ?? 0,
  };
}

/**
 * Those who never order: whom customers referred in vain, and others who joined a private channel
 * or only registered.
 *
 * @param customers how many there are, on these days; prospects are numbered after them
 */
export function makeProspects(
  world: ShopWorld,
  customers: readonly number[],
  invitations: readonly Invitation[],
  touches: ShopTouch[],
): Contact[] {
  const { random, truth, lastDay } = world;
  const prospects: Contact[] = [];
  const meet = (registered: number, source: string, referrer: number, joins: number) => {
    const customer = customers.length + prospects.length + 1;
    const day = registered + Math.floor(random.uniform() * 20);
    const joinedPrivate = day <= lastDay && random.chance(joins) ? day : Infinity;
    const never = { memberSince: Infinity, tier: "", tags: "" };
    prospects.push({ customer, registered, source, joinedPrivate, referrer, ...never });
    maybeInvite(world, customer, Math.min(day, lastDay), touches);
    return customer;
  };
  for (const invitation of invitations)
    if (invitation.referee === 0)
      invitation.referee = meet(invitation.day, referredSource, invitation.referrer, 0.2);
  const others = Math.round(customers.length * truth.prospectShare);
  for (let i = 0; i < others; ++i) {
    const day = customers[Math.floor(random.uniform() * customers.length) % customers.length]!;
    const isPrivate = random.chance(0.5);
    const { name } = random.pick(isPrivate ? privateSources : publicSources);
    meet(day, name, 0, isPrivate ? 1 : 0.3);
  }
  return prospects;
}

function tierOf(orders: number): string {
  if (orders >= 8) return "Gold 金卡";
  return orders >= 4 ? "Silver 银卡" : "Basic 普卡";
}

const tagOfCategory: Record<string, string> = {
  Brewing: "Brewer 器具控",
  Coffee: "Coffee 咖啡",
  Tea: "Tea 茶友",
  Gifts: "Gifts 送礼",
};

function tagsOf(random: Random, { favourite }: Person, orders: readonly ShopOrder[]): string[] {
  const coupons = orders.filter(({ coupon }) => coupon !== "").length;
  const spent = orders.reduce((sum, { total, refunded }) => sum + total - refunded, 0);
  return [
    ...(random.chance(0.6) ? [tagOfCategory[favourite.category] ?? favourite.category] : []),
    ...(coupons * 2 > orders.length ? ["Bargains 爱券"] : []),
    ...(spent >= 500 ? ["VIP 贵宾"] : []),
  ];
}
