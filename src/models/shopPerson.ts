import {
  countries,
  privateChannels,
  privateSources,
  products,
  publicChannels,
  publicSources,
  referredSource,
  type ShopChannel,
  type ShopProduct,
} from "./shopPlan.ts";
import type { Invitation } from "./shopReferrals.ts";
import type { ShopWorld } from "./shopWorld.ts";

/** Somebody who orders at least once; a day that never comes is Infinity. */
export interface Person {
  /** 1, 2, … by first day */
  customer: number;
  firstDay: number;
  /** where they came from */
  channel: ShopChannel;
  /** where they order once they joined it */
  privateChannel: ShopChannel;
  source: string;
  country: string;
  favourite: ShopProduct;
  ratePerDay: number;
  /** chance to drop out after an order that turned out well */
  dropout: number;
  /** rate of the gamma that amounts come from */
  thrift: number;
  joinedPrivate: number;
  memberSince: number;
  /** reads the shop's news */
  isSubscriber: boolean;
  invitation: Invitation | undefined;
}

const channels = [...publicChannels, ...privateChannels];
const referredToPrivate = 0.6; // friends come by mini program and messenger

export function meetPerson(
  world: ShopWorld,
  customer: number,
  firstDay: number,
  invitation: Invitation | undefined,
): Person {
  const { random, truth } = world;
  const { buying, spend } = truth;
  const isSent = invitation !== undefined && random.chance(referredToPrivate);
  const channel = random.pick(isSent ? privateChannels : channels);
  const isPrivate = privateChannels.includes(channel);
  const favourite = random.pick(products);
  const quality = qualityOf(world, firstDay);
  const rate = (random.gamma(buying.r) / buying.alpha) * channel.rate * quality;
  const p = random.beta(buying.a, buying.b);
  const odds = ((p / (1 - p + 1e-12)) * channel.dropout * favourite.dropout) / quality;
  const thrift = random.gamma(spend.q) / spend.v;
  const sources = isPrivate ? privateSources : publicSources;
  return {
    customer,
    firstDay,
    channel,
    privateChannel: isPrivate ? channel : random.pick(privateChannels),
    source: invitation ? referredSource : random.pick(sources).name,
    country: random.pick(countries).name,
    favourite,
    ratePerDay: (rate / 7) * (invitation?.method.rate ?? 1),
    dropout: odds / (1 + odds),
    thrift,
    joinedPrivate: joinedPrivate(world, firstDay, isPrivate, invitation),
    memberSince: memberSince(world, firstDay, thrift),
    isSubscriber: random.chance(truth.touches.subscribers.share),
    invitation,
  };
}

/** times the rate of orders and the odds of staying: the shop learns */
export function qualityOf({ truth, firstDay, lastDay }: ShopWorld, day: number): number {
  return 1 + truth.learning * ((day - firstDay) / Math.max(1, lastDay - firstDay));
}

/** Who comes from a private channel joined it before, not before being invited; others may after. */
function joinedPrivate(
  { random, truth, lastDay }: ShopWorld,
  firstDay: number,
  isPrivate: boolean,
  invitation: Invitation | undefined,
): number {
  const { share, meanWaitDays } = truth.privateDomain;
  if (isPrivate) {
    const day = firstDay - Math.min(60, Math.floor(random.exponential(1 / 15)));
    return Math.max(day, invitation?.day ?? day);
  }
  if (!random.chance(share)) return Infinity;
  return untilEnd(firstDay + Math.floor(random.exponential(1 / meanWaitDays)), lastDay);
}

function memberSince({ random, truth, lastDay }: ShopWorld, firstDay: number, thrift: number) {
  const { share, spenderShare, meanWaitDays } = truth.membership;
  const isSpender = thrift < (truth.spend.q - 1 / 3) / truth.spend.v; // below the median
  if (!random.chance(share * (isSpender ? 1 + spenderShare : 1 - spenderShare))) return Infinity;
  return untilEnd(firstDay + Math.floor(random.exponential(1 / meanWaitDays)), lastDay);
}

function untilEnd(day: number, lastDay: number): number {
  return day > lastDay ? Infinity : day;
}
