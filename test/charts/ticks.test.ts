import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  everyNth,
  formatTick,
  logTicks,
  niceTicks,
  strideOf,
  wholeTicks,
} from "../../src/charts/ticks.ts";

describe("niceTicks", () => {
  it("takes steps of 1, 2 or 5 without the dust of binary fractions", () => {
    expect(niceTicks(0, 0.35, 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(-430, 1049, 6)).toEqual([-500, 0, 500, 1000, 1500]);
  });

  it("spans any range with few ticks", () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [lo, hi] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(hi - lo > 1e-6 * Math.max(1, Math.abs(lo), Math.abs(hi)));
        const ticks = niceTicks(lo, hi, 5);
        expect(ticks[0]).toBeLessThanOrEqual(lo + (hi - lo) * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(hi - (hi - lo) * 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it("has ticks where the range has no length", () => {
    expect(niceTicks(0, 0, 5)).toEqual([0, 1]);
    expect(niceTicks(7, 7, 5).length).toBeGreaterThan(1);
  });
});

it("keeps counts whole", () => {
  expect(wholeTicks(0, 2, 5)).toEqual([0, 1, 2]);
  expect(wholeTicks(0, 1, 5)).toEqual([0, 1]);
});

it("spreads logarithmic ticks over the room", () => {
  expect(logTicks(0.3, 30, 9)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(logTicks(1, 1e6, 5)).toEqual([1, 100, 10_000, 1_000_000]);
});

it("thins labels to natural strides so that none touch", () => {
  expect(everyNth([40, 40], 60)).toBe(1);
  expect(everyNth([50, 52], 28, strideOf("month"))).toBe(3);
  expect(everyNth([50, 52], 14, strideOf("month"))).toBe(6);
  expect(everyNth([20], 10)).toBe(3);
});

it("writes ticks short, in the reader's language", () => {
  expect(formatTick("en", "share", 0.05, { step: 0.05 })).toBe("5%");
  expect(formatTick("en", "share", 0.005, { step: 0.005 })).toBe("0.5%");
  expect(formatTick("en", "money", 15_000, { currency: "USD" })).toBe("$15K");
  expect(formatTick("zh-Hans", "money", 150_000, { currency: "CNY" })).toBe("¥15万");
  const january = Date.UTC(2024, 0, 1);
  expect(formatTick("zh-Hant", "date", january, { grain: "month", short: false })).toBe(
    "2024年1月",
  );
  expect(formatTick("en", "date", january, { grain: "month", short: true })).toBe("Jan 24");
});
