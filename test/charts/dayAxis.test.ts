import { expect, it } from "vitest";
import type { Grain } from "../../src/charts/grainOf.ts";
import { dayAxis, edgesBetween, nearestPlace, spanOf } from "../../src/charts/dayAxis.ts";

const nothing = () => undefined;
const brush = {
  meanings: { cohort: "first", period: "until" } as const,
  onNear: nothing,
  onMove: nothing,
  onEnd: nothing,
  onCancel: nothing,
  onClear: nothing,
};

function axisOf(days: string[], grain: Grain, column = "cohort") {
  const starts = days.map((day) => Date.parse(day));
  const edges = edgesBetween(days.map((_, i) => 10 + 20 * i));
  return dayAxis(
    { channels: { y: column }, brush },
    "y",
    { type: "date", grain },
    { starts, edges, body: [0, 0, 100, 20 * days.length] },
  );
}

it.each<[Grain, string, string]>([
  ["day", "2024-02-29", "2024-02-29"],
  ["week", "2024-02-26", "2024-03-03"],
  ["month", "2024-02-01", "2024-02-29"],
  ["quarter", "2023-10-01", "2023-12-31"],
  ["year", "2024-01-01", "2024-12-31"],
])("ends a %s that begins on %s on %s", (grain, first, last) => {
  expect(axisOf([first], grain)?.places).toMatchObject([{ first, last }]);
});

it("lets a line that stands for several periods end where the next one begins", () => {
  const { places } = axisOf(["2024-01-01", "2024-04-01"], "month")!;
  expect(places.map(({ last }) => last)).toEqual(["2024-03-31", "2024-04-30"]);
});

it("is none for a column that says no days, for no column, and where nobody waits", () => {
  expect(axisOf(["2024-01-01"], "month", "k")).toBeUndefined();
  expect(axisOf([], "month")).toBeUndefined();
  const channels = { y: "cohort" };
  const place = { starts: [0], edges: [[0, 1]] as [number, number][], body: [0, 0, 1, 1] as const };
  const field = { type: "date", grain: "month" } as const;
  const rest = { ...place, body: [...place.body] as [number, number, number, number] };
  expect(dayAxis({ channels }, "y", field, rest)).toBeUndefined();
  expect(dayAxis({ channels, brush }, "y", { ...field, type: "count" }, rest)).toBeUndefined();
});

it("finds the place of a pixel, beyond the ends the first and the last", () => {
  const axis = axisOf(["2024-01-01", "2024-02-01", "2024-03-01"], "month")!;
  expect([-50, 0, 19, 20, 59, 500].map((along) => nearestPlace(axis, along))).toEqual([
    0, 0, 0, 1, 2, 2,
  ]);
});

it("finds the places that lie within a range of days, and none where there are none", () => {
  const axis = axisOf(["2024-01-01", "2024-02-01", "2024-03-01"], "month")!;
  expect(spanOf(axis, { from: "2024-02-01", to: "2024-03-31" })).toEqual([1, 2]);
  expect(spanOf(axis, { from: "2024-01-15", to: "2024-03-30" })).toEqual([1, 1]);
  expect(spanOf(axis, { from: "2030-01-01", to: "2030-03-30" })).toBeUndefined();
  expect(spanOf(axis, null)).toBeUndefined();
  const periods = axisOf(["2024-01-01", "2024-02-01", "2024-03-01"], "month", "period")!;
  expect(spanOf(periods, { from: "", to: "2024-02-29" })).toEqual([0, 1]);
});

it("puts the edges of points half-way to their neighbours", () => {
  expect(edgesBetween([10, 20, 40])).toEqual([
    [5, 15],
    [15, 30],
    [30, 45],
  ]);
});
