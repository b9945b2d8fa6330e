import { expect, it } from "vitest";
import { nextTab } from "../../src/views/nextTab.ts";

it.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 3, 0],
  ["ArrowLeft", 0, 3],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["Enter", 1, undefined],
] as const)("%s on tab %d of four goes to %s", (key, current, next) => {
  expect(nextTab(key, current, 4)).toBe(next);
});
