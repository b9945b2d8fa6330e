import { secondsPerDay } from "./shopCalendar.ts";
import type { Person } from "./shopPerson.ts";
import { privateTouchShare, staff, type TouchChannel } from "./shopPlan.ts";
import { byTime, extraVisit, type Visit, type Visits } from "./shopVisits.ts";
import type { Campaign, ShopWorld } from "./shopWorld.ts";

export interface ShopTouch {
  /** since 1970, the shop's wall clock */
  second: number;
  customer: number;
  channel: TouchChannel;
  kind: string;
  campaign: string;
  /** 0: not answered */
  respondedSecond: number;
  /** 0: takes none */
  seconds: number;
  staff: string;
}

const kindNames = { winback: "Win-back 唤回", news: "News 上新", invite: "Invitation 邀请" };
const invited = "Welcome 欢迎";
const leadShare = 0.6; // of those who join before they order, those touched before

/** The campaigns that reach a customer, and their orders with those that the campaigns bring. */
export function touchCustomer(
  world: ShopWorld,
  person: Person,
  { visits, lostAt }: Visits,
  touches: ShopTouch[],
): Visit[] {
  const { random, campaigns } = world;
  maybeInvite(world, person.customer, Math.min(person.firstDay, person.joinedPrivate), touches);
  const brought: Visit[] = [];
  let next = 0;
  let lastOrdered = person.firstDay;
  for (let i = campaignAfter(campaigns, person.firstDay); i < campaigns.length; ++i) {
    const campaign = campaigns[i]!;
    for (; next < visits.length && visits[next]!.time < campaign.day; ++next)
      if (visits[next]!.status !== "Cancelled") lastOrdered = Math.floor(visits[next]!.time);
    const away = campaign.day - Math.max(lastOrdered, lastBrought(brought, campaign.day));
    const { share, conversion } = reachOf(world, person, campaign, away);
    if (share === 0 || !random.chance(share)) continue;
    const touch = touchBy(world, person, campaign);
    touches.push(touch);
    if (touch.respondedSecond === 0 || !random.chance(conversion)) continue;
    const time = campaign.day + 1 + random.uniform() * world.truth.touches.withinDays;
    const isThere = campaign.kind === "winback" || time < lostAt;
    if (isThere && time < world.lastDay + 1) brought.push(extraVisit(world, time));
  }
  return brought.length === 0 ? visits : [...visits, ...brought].sort(byTime);
}

/** @param away days since the last order */
function reachOf({ truth }: ShopWorld, person: Person, { kind }: Campaign, away: number) {
  const { winback, news, subscribers } = truth.touches;
  if (kind === "winback") return away < winback.dormantDays ? nobody : winback;
  if (away > news.recentDays) return nobody;
  return person.isSubscriber ? { ...news, share: subscribers.newsShare } : news;
}

const nobody = { share: 0, conversion: 0 };

function lastBrought(brought: readonly Visit[], before: number): number {
  let last = 0;
  for (const { time, status } of brought)
    if (time < before && status !== "Cancelled") last = Math.max(last, Math.floor(time));
  return last;
}

/** Some are invited before they join or come. */
export function maybeInvite(
  world: ShopWorld,
  customer: number,
  before: number,
  touches: ShopTouch[],
): void {
  const { random, truth, firstDay } = world;
  if (!random.chance(leadShare)) return;
  const day = before - Math.floor(random.uniform() * 14);
  if (day < firstDay) return;
  const channel = random.pick(truth.touches.channels);
  touches.push(toTouch(world, customer, channel, day, kindNames.invite, invited));
}

function touchBy(world: ShopWorld, person: Person, { day, kind, name }: Campaign): ShopTouch {
  const { random, truth } = world;
  const { channels } = truth.touches;
  const isPrivate = person.joinedPrivate <= day && random.chance(privateTouchShare);
  const channel = isPrivate ? channels[0]! : random.pick(channels);
  return toTouch(world, person.customer, channel, day, kindNames[kind], name);
}

function toTouch(
  { random, truth }: ShopWorld,
  customer: number,
  channel: TouchChannel,
  day: number,
  kind: string,
  campaign: string,
): ShopTouch {
  const second = day * secondsPerDay + Math.floor((9 + random.uniform() * 3) * 3600);
  const hours = Math.min(24, random.exponential(1 / truth.touches.meanAnswerHours));
  const isTalk = channel.seconds > 0;
  return {
    second,
    customer,
    channel,
    kind,
    campaign,
    respondedSecond: random.chance(channel.responseRate) ? second + Math.ceil(hours * 3600) : 0,
    seconds: isTalk ? Math.ceil(channel.seconds * (0.4 + 1.2 * random.uniform())) : 0,
    staff: isTalk ? staff[Math.floor(random.uniform() * staff.length) % staff.length]! : "",
  };
}

function campaignAfter(campaigns: readonly Campaign[], day: number): number {
  let [low, high] = [0, campaigns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (campaigns[middle]!.day <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
