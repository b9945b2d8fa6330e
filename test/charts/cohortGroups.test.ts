import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupCohorts } from "../../src/charts/cohortGroups.ts";

const month = (i: number) => Date.UTC(2020, i, 1);
const months = (count: number) => Array.from({ length: count }, (_, i) => month(i));

describe("cohorts", () => {
  it("stand alone where there is room", () => {
    const { count, grain, hasEarlier } = groupCohorts(months(14), 14);
    expect([count, grain, hasEarlier]).toEqual([14, undefined, false]);
  });

  it("stand together by the finest period that is enough", () => {
    const quarters = groupCohorts(months(15), 14);
    expect([quarters.count, quarters.grain, quarters.hasEarlier]).toEqual([5, "quarter", false]);
    expect(quarters.groupOf).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(groupCohorts(months(60), 14)).toMatchObject({ count: 5, grain: "year" });
    const days = Array.from({ length: 90 }, (_, i) => Date.UTC(2020, 0, 1 + i));
    expect(groupCohorts(days, 14)).toMatchObject({ count: 3, grain: "month" });
  });

  it("put the oldest into one where years are too many, and where they are no dates", () => {
    const years = groupCohorts(months(12 * 20), 14);
    expect(years).toMatchObject({ count: 14, grain: "year", hasEarlier: true });
    expect(years.groupOf.filter((group) => group === 0)).toHaveLength(12 * 7);
    const names = groupCohorts(["a", "b", "c", "d"], 3);
    expect(names).toEqual({ groupOf: [0, 0, 1, 2], count: 3, grain: undefined, hasEarlier: true });
  });

  it("keep their order, and never more groups than there is room for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -200, max: 900 })),
        fc.integer({ min: 2, max: 20 }),
        (all, most) => {
          const cohorts = [...new Set(all)].sort((a, b) => a - b).map(month);
          const { groupOf, count } = groupCohorts(cohorts, most);
          expect(count).toBeLessThanOrEqual(most);
          expect(new Set(groupOf).size).toBe(count);
          expect(groupOf).toEqual([...groupOf].sort((a, b) => a - b));
        },
      ),
    );
  });
});
