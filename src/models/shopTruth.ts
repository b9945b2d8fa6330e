import { touchChannels } from "./shopPlan.ts";

/** What was put into the simulated shop, and what its analyses are to find again. */
export type ShopTruth = typeof shopTruth;

/**
 * The one place of every figure of the simulated shop that an analysis estimates. Days are whole
 * days, shares 0 to 1. What makes somebody order more (membership, a campaign) adds orders while
 * they are customers and leaves their dropout alone, so that the factors below hold for orders.
 */
export const shopTruth = {
  /**
   * MBG/NBD, weeks: orders at a gamma(r, alpha) rate, dropout after each, the first too, at a
   * beta(a, b) chance; before what channel, product and cohort do to rate and odds.
   */
  buying: { r: 0.9, alpha: 11.6, a: 0.75, b: 2.6 },
  /** gamma-gamma, money */
  spend: { p: 4, q: 5, v: 45 },
  /** cohorts at the end order this much faster and stay at these better odds than the first */
  learning: 0.25,
  /** of the repeat orders, those followed by another on the same day */
  forgetfulShare: 0.015,
  /**
   * Joining does not depend on how often somebody orders, but big spenders join more: members would
   * look better even if membership did nothing. From the day of joining on, orders × orderFactor.
   */
  membership: { share: 0.55, spenderShare: 0.25, meanWaitDays: 220, orderFactor: 1.5 },
  /** of customers from public channels, those who join a private one, and then order there */
  privateDomain: { share: 0.38, meanWaitDays: 45, orderShare: 0.85 },
  /** people who never order, for each customer */
  prospectShare: 0.25,
  /**
   * Whoever ordered in 90 days brings k people on average in the next 90 who order within 90 days
   * of that; some bring many (gamma of that shape). Of those invited, buyShare order.
   */
  referral: { k: 0.14, windowDays: 90, buyShare: 0.6, meanDelayDays: 12, influenceShape: 0.5 },
  /** how an order turns out; the rest is paid and kept */
  fates: { cancelled: 0.012, refunded: 0.025, partlyRefunded: 0.018 },
  /**
   * The chance to stay after an order, times this where it was refunded, or else rated as poor.
   * Ratings of 1 to 5 by whether the order was refunded.
   */
  trust: {
    stayAfterRefund: 0.6,
    stayAfterPoor: 0.7,
    poor: 2,
    ratedShare: 0.35,
    scores: { clean: [0.04, 0.06, 0.15, 0.35, 0.4], refunded: [0.3, 0.25, 0.2, 0.15, 0.1] },
  },
  /**
   * On the first of a month some of the dormant are touched, every week some of the recent, most of
   * all the subscribers among them. A touch is answered at its channel's rate; of those who answer,
   * `conversion` order within days because of it: of the dormant everybody alike, of the recent only
   * who has not dropped out.
   */
  touches: {
    channels: touchChannels,
    winback: { dormantDays: 90, share: 0.15, conversion: 0.45 },
    news: { recentDays: 60, share: 0.07, conversion: 0.3 },
    subscribers: { share: 0.15, newsShare: 0.6 },
    withinDays: 12,
    meanAnswerHours: 5,
  },
  /** what winning a customer costs more each year, in every channel */
  acquisitionRise: 0.15,
  /** costs of a month lie evenly within this share of what they should be */
  costNoise: 0.15,
};

/** The chance that a touch makes a dormant customer order, by channel of the touch. */
export function wakeChance(channel: string, { touches, fates }: ShopTruth = shopTruth): number {
  const { responseRate = 0 } = touches.channels.find(({ name }) => name === channel) ?? {};
  return responseRate * touches.winback.conversion * (1 - fates.cancelled);
}

/** The repeat rate after a refunded first order, as a part of that after a clean one. */
export function refundedToClean({ trust }: ShopTruth = shopTruth): number {
  return trust.stayAfterRefund / stayAfterClean(trust);
}

/** The mean factor on the chance to stay after a first order, over all that it can come to. */
export function meanStay({ trust, fates }: ShopTruth = shopTruth): number {
  const refunded = (fates.refunded + fates.partlyRefunded) / (1 - fates.cancelled);
  return refunded * trust.stayAfterRefund + (1 - refunded) * stayAfterClean(trust);
}

function stayAfterClean({ scores, poor, ratedShare, stayAfterPoor }: ShopTruth["trust"]): number {
  const poorShare = scores.clean.slice(0, poor).reduce((sum, share) => sum + share, 0);
  return 1 - ratedShare * poorShare * (1 - stayAfterPoor);
}
