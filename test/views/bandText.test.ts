import { expect, it } from "vitest";
import { bandText } from "../../src/views/bandText.ts";

const bands = { edges: [0.33, 0.66], labels: [{ en: "low" }, { en: "medium" }, { en: "high" }] };
const session = { localized: ({ en }: { en: string }) => en };

it.each([
  [0, "low"],
  [0.3299, "low"],
  [0.33, "medium"],
  [0.66, "high"],
  [1, "high"],
])("takes %d for %s", (value, label) => {
  expect(bandText(session, bands, value)?.label).toBe(label);
});

it("has no word for what is no number", () => {
  expect([null, undefined, Number.NaN].map((value) => bandText(session, bands, value))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
