import { daysPerWeek } from "./buyingHistory.ts";
import { expectedOrdersOfNew, type Predictor } from "./buyingModel.ts";
import type { Holdout } from "./holdout.ts";

/**
 * Expected repeat purchases of the holdout's customers by the end of each whole week from the first
 * day on: Σ over customers E[X(age)], as if nothing were known of them but their first day.
 *
 * @see Fader, Hardie and Lee (2005), figure 4, https://doi.org/10.1287/mksc.1040.0098
 */
export function trackingCurve(predictor: Predictor, holdout: Holdout): Float64Array {
  return sumByWeek(holdout, (age) => expectedOrdersOfNew(predictor, age));
}

/**
 * Σ over customers, by the end of each whole week, of what one of an age in weeks adds.
 *
 * O(distinct T × weeks) additions; `of` is asked once per distinct age.
 */
export function sumByWeek(
  { history, firstDay, splitDay, weekly }: Holdout,
  of: (age: number) => number,
): Float64Array {
  const ofDays: (number | undefined)[] = [];
  const cohorts = cohortsByDay(history);
  return weekly.map((_, place) => {
    let sum = 0;
    for (const [TDays, customers] of cohorts) {
      const age = (place + 1) * daysPerWeek - (splitDay - TDays - firstDay);
      if (age > 0) sum += customers * (ofDays[age] ??= of(age / daysPerWeek));
    }
    return sum;
  });
}

/** customers by T in days, oldest first */
function cohortsByDay({ T, weight }: Holdout["history"]): [number, number][] {
  const cohorts = new Map<number, number>();
  for (let i = 0; i < T.length; ++i) {
    const days = Math.round(T[i]! * daysPerWeek);
    cohorts.set(days, (cohorts.get(days) ?? 0) + weight[i]!);
  }
  return [...cohorts].sort(([a], [b]) => b - a);
}
