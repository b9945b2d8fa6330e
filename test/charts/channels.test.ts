import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { channelsOf, faultsOf } from "../../src/charts/channels.ts";

const folder = new URL("../../queries/analyses/", import.meta.url);

it("has a file for every kind that draws", () => {
  const files = readdirSync(new URL("../../src/charts/", import.meta.url));
  const kinds = Object.keys(channelsOf).filter((kind) => kind !== "table");
  expect(kinds.filter((kind) => !files.includes(`${kind}.ts`))).toEqual([]);
});

it.each(readdirSync(folder).filter((name) => name.endsWith(".sql")))(
  "%s declares a chart that can be drawn",
  (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const [, kind = "", rest = ""] = /^-- chart: (\w+) ?(.*)$/m.exec(text) ?? [];
    const pairs = rest.split(" ").filter(Boolean);
    const channels = Object.fromEntries(pairs.map((pair) => pair.split("=") as [string, string]));
    expect(faultsOf(kind, channels)).toEqual([]);
    const columns = [...text.matchAll(/^-- column: (\w+)/gm)].map(([, column]) => column);
    expect(Object.values(channels).filter((column) => !columns.includes(column))).toEqual([]);
  },
);

it("names the known kinds and channels", () => {
  expect(faultsOf("pie", {})[0]).toMatch(/^unknown chart; not one of bars, dots, .*: pie$/);
  expect(faultsOf("toString", {})[0]).toMatch(/^unknown chart/);
  expect(faultsOf("lines", { x: "k", colour: "a" })).toEqual([
    "missing channel: y",
    "unknown channel; not one of x, y, series, facet, lower, upper, n, complete: colour",
  ]);
  expect(faultsOf("stack", { x: "p", y1: "a", y2: "b", down: "c" })).toEqual([]);
});
