import type { Grain } from "./grainOf.ts";

/** Cohorts that share a layer. */
export interface CohortGroups {
  /** the group of each cohort, counted from 0, the oldest */
  groupOf: number[];
  /** how many there are */
  count: number;
  /** the period that a group takes in; undefined where every cohort stands alone */
  grain: Grain | undefined;
  /** whether group 0 is the rest before those that there is room for */
  hasEarlier: boolean;
}

const grains = ["month", "quarter", "year"] as const;

/**
 * Cohorts in at most as many groups as there is room for: each alone, or those of a month, a quarter or a
 * year together, the finest that is enough; else the oldest in one.
 *
 * @param cohorts from old to new: first days in milliseconds since 1970, or names
 */
export function groupCohorts(cohorts: (number | string)[], most: number): CohortGroups {
  const alone = { groupOf: cohorts.map((_, i) => i), count: cohorts.length, grain: undefined };
  if (cohorts.length <= most) return { ...alone, hasEarlier: false };
  if (!cohorts.every((cohort) => typeof cohort === "number")) return foldEarlier(alone, most);
  for (const grain of grains) {
    const groupOf = ranksOf(cohorts.map((date) => periodOf(date, grain)));
    const groups = { groupOf, count: 1 + (groupOf.at(-1) ?? -1), grain };
    if (groups.count <= most || grain === "year") return foldEarlier(groups, most);
  }
  return foldEarlier(alone, most);
}

function periodOf(date: number, grain: (typeof grains)[number]): number {
  const day = new Date(date);
  const months = day.getUTCFullYear() * 12 + day.getUTCMonth();
  return Math.floor(months / (grain === "year" ? 12 : grain === "quarter" ? 3 : 1));
}

/** Ascending values as 0, 1, 2, …, equal ones the same. */
function ranksOf(values: number[]): number[] {
  let rank = -1;
  return values.map((value, i) => (i > 0 && value === values[i - 1] ? rank : ++rank));
}

function foldEarlier(groups: Omit<CohortGroups, "hasEarlier">, most: number): CohortGroups {
  const over = Math.max(0, groups.count - most);
  const groupOf = groups.groupOf.map((group) => Math.max(0, group - over));
  return { ...groups, groupOf, count: groups.count - over, hasEarlier: over > 0 };
}
