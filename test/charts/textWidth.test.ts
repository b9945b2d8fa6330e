import { expect, it } from "vitest";
import { fitText, textWidth, wrapText } from "../../src/charts/textWidth.ts";

it("counts a Chinese character as one em", () => {
  expect(textWidth("留存率", 12)).toBe(36);
  expect(textWidth("12%", 10)).toBeGreaterThan(15);
});

it("cuts with an ellipsis, never longer than the room", () => {
  const cut = fitText("Referral programme with partners", 80, 12);
  expect(cut).toMatch(/^Referral.*…$/);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
  expect(fitText("short", 80, 12)).toBe("short");
});

it("breaks at spaces and between Chinese characters", () => {
  expect(wrapText("one two three", textWidth("one two", 12) + 1, 12)).toEqual(["one two", "three"]);
  expect(wrapText("同期群留存率", 37, 12)).toEqual(["同期群", "留存率"]);
  expect(wrapText("", 50)).toEqual([""]);
});
