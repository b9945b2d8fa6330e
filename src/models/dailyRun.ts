import type { BuyingHistory } from "./buyingHistory.ts";

/** Groups of one x, from `start` up to `end`, and the days that they span. */
export interface DailyRun {
  end: number;
  firstDay: number;
  days: number;
}

/**
 * The run of one x that begins at a group; its `days` are 0 where they are not whole ones, or more
 * than it has groups: `DayMoments` are then not worth their making.
 */
export function runOf({ x: X, tX, T }: BuyingHistory, start: number): DailyRun {
  const x = X[start]!;
  let end = start;
  let firstDay = Infinity;
  let lastDay = 0;
  let isDaily = true;
  for (; end < X.length && X[end] === x; ++end) {
    const from = tX[end]! * 7;
    const to = T[end]! * 7;
    isDaily &&= Math.abs(from - Math.round(from)) < 1e-6 && Math.abs(to - Math.round(to)) < 1e-6;
    firstDay = Math.min(firstDay, Math.round(from));
    lastDay = Math.max(lastDay, Math.round(to));
  }
  const days = lastDay - firstDay;
  return { end, firstDay, days: isDaily && days <= end - start ? days : 0 };
}
