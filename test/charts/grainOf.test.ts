import { expect, it } from "vitest";
import { grainOf } from "../../src/charts/grainOf.ts";

const months = (...list: number[]) => list.map((month) => Date.UTC(2023, month, 1));

it("sees months, quarters and years by their first days", () => {
  expect(grainOf(months(0, 1, 2, 5))).toBe("month");
  expect(grainOf(months(0, 3, 6))).toBe("quarter");
  expect(grainOf(months(0, 12, 24))).toBe("year");
});

it("sees weeks by equal weekdays, days otherwise", () => {
  expect(
    grainOf([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 8), Number.NaN, Date.UTC(2024, 1, 5)]),
  ).toBe("week");
  expect(grainOf([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 3)])).toBe("day");
});

it("takes one date as a day unless a grain was asked for", () => {
  expect(grainOf(months(0))).toBe("day");
  expect(grainOf(months(0), "month")).toBe("month");
  expect(grainOf([Date.UTC(2024, 0, 3)], "month")).toBe("day");
  expect(grainOf([], "all")).toBe("day");
});
