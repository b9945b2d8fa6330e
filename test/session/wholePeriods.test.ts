import { expect, it } from "vitest";
import { wholePeriods } from "../../src/session/wholePeriods.ts";

it.each([
  ["2024-02-01", "2024-02-29", "month"],
  ["2023-02-01", "2024-01-31", "month"],
  ["2024-02-01", "2024-02-28", "day"],
  ["2024-02-02", "2024-02-29", "day"],
  ["2024-02-05", "2024-02-11", "week"],
  ["2024-02-05", "2024-02-12", "day"],
  ["2024-02-06", "2024-02-18", "day"],
  // both: the fewer rows
  ["2024-01-01", "2024-03-31", "month"],
  ["0001-01-01", "2024-02-29", "month"],
  ["0001-01-01", "2024-02-11", "week"],
  ["2024-02-05", "9999-12-31", "week"],
  ["2024-02-06", "9999-12-31", "day"],
  ["0001-01-01", "9999-12-31", "month"],
])("%s to %s: by %s", (first, last, grain) => {
  expect(wholePeriods(first, last)).toBe(grain);
});
