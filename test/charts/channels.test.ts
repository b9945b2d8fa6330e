import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { channelsOf, faultsOf } from "../../src/charts/channels.ts";

it("has a file for every kind that draws", () => {
  const files = readdirSync(new URL("../../src/charts/", import.meta.url));
  const kinds = Object.keys(channelsOf).filter((kind) => kind !== "table");
  expect(kinds.filter((kind) => !files.includes(`${kind}.ts`))).toEqual([]);
});

it("names the known kinds and channels", () => {
  expect(faultsOf("pie", {})[0]).toMatch(/^unknown chart; not one of bars, binmap, dots, .*: pie$/);
  expect(faultsOf("toString", {})[0]).toMatch(/^unknown chart/);
  expect(faultsOf("lines", { x: "k", colour: "a" })).toEqual([
    "missing channel: y",
    "unknown channel; not one of x, y, series, facet, lower, upper, n, complete: colour",
  ]);
  expect(faultsOf("stack", { x: "p", y1: "a", y2: "b", down: "c" })).toEqual([]);
});
