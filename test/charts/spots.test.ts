import { expect, it } from "vitest";
import { nearestSpot, nextSpot } from "../../src/charts/spots.ts";

// two lines of three places each
const spots = [0, 1, 2]
  .flatMap((k) => [{ x: 100 * k, y: 10 + 30 * k }])
  .concat([0, 1, 2].map((k) => ({ x: 100 * k, y: 200 })));

it("finds the nearest spot, and none that is far", () => {
  expect(nearestSpot(spots, { x: 104, y: 44, reach: [1, 1] })).toBe(1);
  expect(nearestSpot(spots, { x: 104, y: 120, reach: [1, 1] })).toBeUndefined();
  expect(nearestSpot(spots, { x: 104, y: 110, reach: [1, 0.1] })).toBe(1);
});

it("takes a place within the span of a spot for the spot itself", () => {
  const tall = [
    { x: 0, y: 100, span: [0, 200] as [number, number] },
    { x: 0, y: 205, span: [200, 210] as [number, number] },
  ];
  expect(nearestSpot(tall, { x: 3, y: 195, reach: [1, 1] })).toBe(0);
  expect(nearestSpot(tall, { x: 3, y: 202, reach: [1, 1] })).toBe(1);
});

it("walks along a line with the arrows, and to the other line", () => {
  expect(nextSpot(spots, undefined, "ArrowRight")).toBe(0);
  expect(nextSpot(spots, 0, "ArrowRight")).toBe(1);
  expect(nextSpot(spots, 1, "ArrowLeft")).toBe(0);
  expect(nextSpot(spots, 1, "ArrowDown")).toBe(4);
  expect(nextSpot(spots, 4, "ArrowUp")).toBe(1);
  expect(nextSpot(spots, 2, "ArrowRight")).toBeUndefined();
});

it("goes to the ends, and leaves every other key alone", () => {
  expect(nextSpot(spots, 1, "Home")).toBe(0);
  expect(nextSpot(spots, 1, "End")).toBe(5);
  expect(nextSpot(spots, 1, "Tab")).toBeUndefined();
  expect(nextSpot([], undefined, "End")).toBeUndefined();
});
