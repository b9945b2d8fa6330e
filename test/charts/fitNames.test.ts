import fc from "fast-check";
import { expect, it } from "vitest";
import { fitNames } from "../../src/charts/fitNames.ts";
import { textWidth } from "../../src/charts/textWidth.ts";

it("cuts in the middle, each of a pair for itself", () => {
  expect(fitNames(["Champions"], 90)).toEqual(["Champions"]);
  const [pair] = fitNames(
    ["MINI CAKE STAND WITH HANGING CAKES → MINI CAKE STAND HANGING STRAWBERRY"],
    220,
  );
  expect(pair).toMatch(/^MINI.*….*CAKES → MINI.*….*RRY$/);
  expect(textWidth(pair!)).toBeLessThanOrEqual(220);
});

it("tells names apart that begin and end alike", () => {
  const names = ["RED", "BLUE", "GREEN"].map(
    (ink) => `REGENCY CAKESTAND, ${ink}, THREE TIERS IN A BOX`,
  );
  expect(new Set(fitNames(names, 90)).size).toBe(3);
});

it("fits every name, and keeps those apart that differ", () => {
  const name = fc.string({
    unit: fc.constantFrom("a", "W", "茶", " ", "→"),
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 8 }),
      fc.integer({ min: 60, max: 300 }),
      (names, pixels) => {
        const cut = fitNames(names, pixels);
        expect(new Set(cut).size).toBe(names.length);
        for (const text of cut) expect(textWidth(text)).toBeLessThanOrEqual(pixels + 1e-9);
      },
    ),
  );
});
