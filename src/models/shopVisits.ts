import type { Random } from "./random.ts";
import { monthOf } from "./shopCalendar.ts";
import type { Person } from "./shopPerson.ts";
import { seasons } from "./shopPlan.ts";
import type { ShopTruth } from "./shopTruth.ts";
import type { ShopWorld } from "./shopWorld.ts";

/** That somebody orders, when, and how it turns out. */
export interface Visit {
  /** days since 1970, with the part of the day */
  time: number;
  status: "Paid" | "Refunded" | "Partially refunded" | "Cancelled";
  /** 1 to 5; 0: not rated */
  score: number;
}

export interface Visits {
  /** by time */
  visits: Visit[];
  /** when they dropped out; Infinity: not yet */
  lostAt: number;
}

/** A visit that comes of something else: an order forgotten, a membership, a touch. */
export function extraVisit({ random, truth }: ShopWorld, time: number): Visit {
  return { time, ...drawFate(random, truth, 0) };
}

/**
 * When a person orders from the first day to the shop's last: as in the MBG/NBD model with a season,
 * and, as long as they have not dropped out, the orders that a membership adds.
 */
export function visitsOf(world: ShopWorld, person: Person): Visits {
  const { random, truth, lastDay } = world;
  const visits: Visit[] = [];
  let time = person.firstDay + random.uniform() * 0.999;
  let lostAt = Infinity;
  do {
    const isFirst = visits.length === 0;
    const visit = { time, ...drawFate(random, truth, isFirst ? truth.fates.cancelled : 0) };
    visits.push(visit);
    if (!isFirst && random.chance(truth.forgetfulShare)) visits.push(extraVisit(world, time));
    if (!random.chance((1 - person.dropout) * stayFactor(visit, truth))) lostAt = time;
    else time = nextTime(world, time, person.ratePerDay);
  } while (lostAt === Infinity && time < lastDay + 1);
  return { visits: withMembership(world, person, visits, lostAt), lostAt };
}

/** An order forgotten keeps its place after the one before it: sorting is stable. */
export function byTime(a: Visit, b: Visit): number {
  return a.time - b.time;
}

function withMembership(world: ShopWorld, person: Person, visits: Visit[], lostAt: number) {
  if (person.memberSince === Infinity) return visits;
  const rate = person.ratePerDay * (world.truth.membership.orderFactor - 1);
  const end = Math.min(lostAt, world.lastDay + 1);
  const extras: Visit[] = [];
  let time = nextTime(world, Math.max(person.memberSince, visits[0]!.time), rate);
  for (; time < end; time = nextTime(world, time, rate)) extras.push(extraVisit(world, time));
  return extras.length === 0 ? visits : [...visits, ...extras].sort(byTime);
}

/** waiting by the rate, thinned by the season */
function nextTime({ random, lastDay }: ShopWorld, from: number, ratePerDay: number): number {
  const most = mostOfSeason;
  let time = from;
  do {
    time += random.exponential(Math.max(ratePerDay * most, 1e-9));
    if (time >= lastDay + 1) return time;
  } while (!random.chance(seasons[monthOf(Math.floor(time))]! / most));
  return time;
}

const mostOfSeason = Math.max(...seasons);

/** @param spared chance of a cancellation that cannot be: a customer is who has ordered */
function drawFate(random: Random, { fates, trust }: ShopTruth, spared: number) {
  const status = pickStatus(random.uniform() * (1 - spared) + spared, fates);
  const isRated = status !== "Cancelled" && random.chance(trust.ratedShare);
  const shares = status === "Paid" ? trust.scores.clean : trust.scores.refunded;
  return { status, score: isRated ? pickScore(random.uniform(), shares) : 0 };
}

function pickStatus(luck: number, fates: ShopTruth["fates"]): Visit["status"] {
  if (luck < fates.cancelled) return "Cancelled";
  if (luck < fates.cancelled + fates.refunded) return "Refunded";
  const refunded = fates.cancelled + fates.refunded + fates.partlyRefunded;
  return luck < refunded ? "Partially refunded" : "Paid";
}

function pickScore(luck: number, shares: readonly number[]): number {
  let rest = luck;
  const place = shares.findIndex((share) => (rest -= share) < 0);
  return (place < 0 ? shares.length - 1 : place) + 1;
}

function stayFactor({ status, score }: Visit, { trust }: ShopTruth): number {
  if (status === "Refunded" || status === "Partially refunded") return trust.stayAfterRefund;
  return score > 0 && score <= trust.poor ? trust.stayAfterPoor : 1;
}
