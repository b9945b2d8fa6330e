import { expect, it } from "vitest";
import { bandOf } from "../../src/charts/bands.ts";

it("centres one bar on its place and keeps several apart in order", () => {
  const [from, to] = bandOf(3);
  expect((from + to) / 2).toBeCloseTo(3);
  const members = [0, 1, 2].map((member) => bandOf(3, member, 3));
  expect(members.flat()).toEqual(members.flat().sort((a, b) => a - b));
  expect(members[0]?.[0]).toBeGreaterThan(2.5);
  expect(members[2]?.[1]).toBeLessThan(3.5);
});
