import { Float64, Table, Utf8, vectorFromArray } from "apache-arrow";
import { expect, it } from "vitest";
import type { ChartInput } from "../../src/charts/chart.ts";
import { hasFigures } from "../../src/charts/hasFigures.ts";

function inputOf(
  values: Record<string, (number | string | null)[]>,
  channels: Record<string, string>,
) {
  const columns = Object.entries(values).map(([name, all]) => [
    name,
    vectorFromArray(all, all.some((one) => typeof one === "string") ? new Utf8() : new Float64()),
  ]);
  const table = new Table(Object.fromEntries(columns));
  return { table, columns: [], channels } as unknown as ChartInput;
}

it("wants a row with every figure that the chart needs", () => {
  const channels = { x: "a", y: "b" };
  expect(hasFigures("lines", inputOf({ a: [1, 2], b: [null, 3] }, channels))).toBe(true);
  expect(hasFigures("lines", inputOf({ a: [1, null], b: [null, 3] }, channels))).toBe(false);
  expect(hasFigures("lines", inputOf({ a: [1], b: [Number.NaN] }, channels))).toBe(false);
  expect(hasFigures("lines", inputOf({ a: [1], b: [Infinity] }, channels))).toBe(false);
  expect(hasFigures("lines", inputOf({ a: [], b: [] }, channels))).toBe(false);
  expect(hasFigures("bars", inputOf({ a: ["x", null], b: [null, 1] }, channels))).toBe(true);
});

it("is content with one of several numbered columns, and with steps of a funnel without a share", () => {
  const tracks = { x: "a", y1: "b", y2: "c" };
  expect(hasFigures("tracks", inputOf({ a: [1], b: [null], c: [4] }, tracks))).toBe(true);
  expect(hasFigures("tracks", inputOf({ a: [1], b: [null], c: [null] }, tracks))).toBe(false);
  const funnel = { label: "a", value: "b", share: "c" };
  expect(hasFigures("funnel", inputOf({ a: ["x"], b: [3], c: [null] }, funnel))).toBe(true);
});

it("leaves a missing column to the drawing", () => {
  expect(hasFigures("lines", inputOf({ a: [null] }, { x: "a", y: "gone" }))).toBe(true);
});
