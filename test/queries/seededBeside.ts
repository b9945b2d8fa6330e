import type { BesideOrders, Contact, Touch } from "./besideOrders.ts";
import type { ShopOrder } from "./buildShop.ts";
import { mulberry32 } from "./mulberry32.ts";

/**
 * What stands beside the seeded shop's orders, with everything awkward: people who never ordered, dates
 * and texts left out, somebody who joined before the first order, referees who never bought, a pair twice,
 * orders without lines, lines that come to less than their order, several ratings of one order.
 */
export function seededBeside(orders: readonly ShopOrder[]): BesideOrders {
  const random = mulberry32(20231111);
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const ids = [...new Set(orders.flatMap(({ customerId }) => customerId ?? []))];
  const firstDayOf = new Map<string, number>();
  for (const { customerId, orderedAt } of orders) {
    if (customerId === null) continue;
    const day = Date.parse(`${orderedAt.slice(0, 10)}T00:00:00Z`) / 86400000;
    firstDayOf.set(customerId, Math.min(day, firstDayOf.get(customerId) ?? Infinity));
  }
  const near = (customerId: string, least: number, most: number) =>
    (firstDayOf.get(customerId) ?? 19500) + least + Math.floor(random() * (most - least));

  const known = [...ids.filter(() => random() < 0.8), ...strangers];
  const contacts = known.map((customerId): Contact => {
    const isPrivate = random() < 0.5;
    return {
      customerId,
      acquiredAt: random() < 0.7 ? toDay(near(customerId, -40, 1)) : null,
      joinedPrivateAt: isPrivate ? toDay(near(customerId, -20, 120)) : null,
      source: pick(["scan", "search", "ads", "referral", null]),
      domain: isPrivate ? "private" : pick(["public", "public", "other", null]),
      memberSince: random() < 0.35 ? toDay(near(customerId, -10, 200)) : null,
      tier: pick(["gold", "silver", "basic", null]),
      tags: pick(["vip", "gift, vip", "宝妈", "gift,宝妈, vip", "", null]),
      referrerId: random() < 0.1 ? pick(ids) : null,
    };
  });

  const touches = Array.from({ length: 1500 }, (): Touch => {
    const customerId = random() < 0.95 ? pick(ids) : pick(strangers);
    const at = (near(customerId, -30, 300) + random()) * 86400;
    const responds = random() < 0.15;
    return {
      customerId,
      touchedAt: toTime(at),
      ...pick(ways),
      kind: pick(["message", "message", "call", "scan", "search", "visit", null]),
      campaign: pick(["spring", "双11", null]),
      costCents: random() < 0.6 ? Math.ceil(random() * 300) : null,
      respondedAt: responds ? toTime(at + random() * 5 * 86400) : null,
      seconds: random() < 0.4 ? Math.ceil(random() * 600) : null,
      staff: pick(["An", "Bo", null]),
    };
  });

  const referrals = ids
    .filter(() => random() < 0.25)
    .map((refereeId) => ({
      referrerId: pick(ids),
      refereeId,
      referredAt: random() < 0.9 ? toTime(near(refereeId, -30, 2) * 86400) : null,
      method: pick(["group-buy", "invite", "注册即送", "kol", null]),
      rewardCents: random() < 0.7 ? Math.ceil(random() * 2000) : null,
    }))
    .filter(({ referrerId, refereeId }) => referrerId !== refereeId);
  const never = strangers.map((refereeId) => ({
    referrerId: ids[0]!,
    refereeId,
    referredAt: toTime(19550 * 86400),
    method: "invite",
    rewardCents: 500,
  }));

  const lines = orders
    .filter(() => random() < 0.9)
    .flatMap((order) => {
      const netCents = order.grossCents - (order.refundCents ?? 0);
      const count = 1 + Math.floor(random() * 3);
      return Array.from({ length: count }, (_, i) => ({
        orderId: order.orderId,
        line: i + 1,
        product: i === 0 ? (order.product ?? null) : pick(["tea", "cup", "pot", "sieve", null]),
        sku: random() < 0.5 ? `K${Math.ceil(random() * 9)}` : null,
        category: i === 0 ? (order.category ?? null) : pick(["drinks", "ware", null]),
        quantity: 1 + Math.floor(random() * 2),
        netCents: Math.floor(netCents / count),
      }));
    });

  const ratings = orders
    .filter(() => random() < 0.2)
    .flatMap(({ customerId, orderId, orderedAt }) => {
      const rating = {
        customerId,
        orderId,
        ratedAt: orderedAt,
        score: 1 + Math.floor(random() * 5),
      };
      return random() < 0.1 ? [rating, { ...rating, score: 5 }] : [rating];
    });

  return { lines, contacts, touches, referrals: [...referrals, ...never], ratings };
}

const strangers = ["never-1", "never-2", "never-3"];

const ways = [
  { channel: "私域", domain: "private" },
  { channel: "mail", domain: "private" },
  { channel: "phone", domain: "public" },
  { channel: "ads", domain: "public" },
  { channel: null, domain: null },
];

function toDay(day: number): string {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

function toTime(seconds: number): string {
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");
}
