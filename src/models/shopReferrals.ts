import { referralMethods, type ReferralMethod } from "./shopPlan.ts";
import type { ShopWorld } from "./shopWorld.ts";

/** That somebody was referred. */
export interface Invitation {
  referrer: number;
  day: number;
  method: ReferralMethod;
  /** from when on they mean to order; Infinity: never */
  buysFrom: number;
  /** who they are; 0: nobody yet */
  referee: number;
}

/** Which stretch of 90 days a day falls in; the last ends with the shop's last day. */
export function windowOf({ truth, firstDay, lastDay }: ShopWorld, day: number): number {
  const { windowDays } = truth.referral;
  const back = (from: number) => Math.floor((lastDay - from) / windowDays);
  return back(firstDay) - back(day);
}

/** Whom the customers of a stretch bring in the next, in no order of time. */
export function invite(
  world: ShopWorld,
  customers: readonly number[],
  influence: ArrayLike<number>,
  window: number,
): Invitation[] {
  const { random, truth, firstDay, lastDay } = world;
  const { k, windowDays, buyShare, meanDelayDays } = truth.referral;
  const windows = windowOf(world, lastDay) - window;
  const start = lastDay - windowDays * windows + 1; // of the next
  if (windows <= 0) return [];
  return customers.flatMap((referrer) =>
    Array.from({ length: random.poisson((k / buyShare) * influence[referrer]!) }, () => {
      const day = Math.max(firstDay, start + Math.floor(random.uniform() * windowDays));
      const delay = Math.min(windowDays - 15, Math.floor(random.exponential(1 / meanDelayDays)));
      const buysFrom = random.chance(buyShare) ? day + delay : Infinity;
      return { referrer, day, method: random.pick(referralMethods), buysFrom, referee: 0 };
    }),
  );
}

/** Those who were referred and mean to order, as places among the new customers come free. */
export class ReferralQueue {
  #waiting: Invitation[] = [];
  #next = 0;
  readonly #windowDays: number;

  constructor({ truth }: ShopWorld) {
    this.#windowDays = truth.referral.windowDays;
  }

  add(invitations: readonly Invitation[]): void {
    const buyers = invitations.filter(({ buysFrom }) => buysFrom < Infinity);
    this.#waiting = [...this.#waiting.slice(this.#next), ...buyers];
    this.#waiting.sort((a, b) => a.buysFrom - b.buysFrom || a.referrer - b.referrer);
    this.#next = 0;
  }

  /** Whoever takes the place of a first day, if anybody was referred and waits. */
  take(day: number): Invitation | undefined {
    for (; this.#next < this.#waiting.length; ++this.#next) {
      const invitation = this.#waiting[this.#next]!;
      if (invitation.buysFrom > day) return undefined;
      if (day > invitation.day + this.#windowDays) continue; // too late: never
      ++this.#next;
      return invitation;
    }
    return undefined;
  }
}
