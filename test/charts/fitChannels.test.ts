import { expect, it } from "vitest";
import { faultsOf } from "../../src/charts/channels.ts";
import {
  channelsFor,
  columnsFor,
  fittingCharts,
  proposeChannels,
} from "../../src/charts/fitChannels.ts";
import { specimens } from "../browser/support/specimens.ts";

const month = { name: "month", type: "date" } as const;
const orders = { name: "orders", type: "count" } as const;
const channel = { name: "channel", type: "text" } as const;
const net = { name: "net", type: "money" } as const;

const kinds = (columns: Parameters<typeof fittingCharts>[0]) =>
  fittingCharts(columns).map(({ kind }) => kind);

it("offers the kinds that a result has the columns for", () => {
  expect(kinds([channel])).toEqual([]);
  expect(kinds([orders])).toEqual(["histogram", "tiles"]);
  expect(kinds([month, orders])).toEqual([
    "bars",
    "histogram",
    "lines",
    "stack",
    "tiles",
    "tracks",
  ]);
  expect(kinds([channel, orders])).toContain("segments");
  expect(kinds([channel, orders])).not.toContain("lines");
  expect(kinds([month, orders, net])).toContain("heatmap");
});

it("proposes what can be drawn, with no column twice", () => {
  for (const { kind, channels } of fittingCharts([month, orders, channel, net])) {
    expect([kind, faultsOf(kind, channels)]).toEqual([kind, []]);
    expect(new Set(Object.values(channels)).size).toBe(Object.keys(channels).length);
  }
});

it("keeps of another kind what still fits", () => {
  const before = { x: "month", y: "net" };
  expect(proposeChannels("lines", [month, orders, net], before)).toEqual(before);
  expect(proposeChannels("dots", [month, orders, channel, net], before)).toEqual({
    x: "orders",
    y: "channel",
  });
});

it("offers one numbered channel more than are set", () => {
  const names = (set: Record<string, string>) =>
    channelsFor("stack", set).map(({ channel: name }) => name);
  expect(names({ x: "month", y1: "orders" })).toEqual(["x", "y1", "y2", "down1", "complete"]);
  expect(names({ x: "month", y1: "orders", y2: "net", down: "gone" })).toEqual(
    expect.arrayContaining(["y3", "down", "down1"]),
  );
  expect(channelsFor("bars", {}).filter(({ isNeeded }) => isNeeded)).toHaveLength(2);
});

it.each(specimens.map((specimen, i) => [`${i} ${specimen.kind}`, specimen] as const))(
  "lets every channel be set that the charts are drawn with: %s",
  (_, { kind, channels, columns }) => {
    const described = columns.map(([name, type]) => ({ name, type }));
    for (const [name, column] of Object.entries(channels)) {
      expect([name, columnsFor(kind, name, described)]).toEqual([
        name,
        expect.arrayContaining([column]),
      ]);
    }
  },
);
