import fc from "fast-check";
import { expect, it } from "vitest";
import { interpolateAt } from "../../src/charts/interpolateAt.ts";
import { labelRoom } from "../../src/charts/labelRoom.ts";

it("stands where the strip is thickest", () => {
  const strip = { X: [0, 50, 100, 150], top: [90, 90, 40, 90], bottom: [100, 100, 100, 100] };
  expect(labelRoom(strip, { wide: 20, high: 14 })).toEqual({ x: 100, y: 75 });
  expect(labelRoom(strip, { wide: 20, high: 60 })).toBeUndefined();
  expect(labelRoom(strip, { wide: 200, high: 5 })).toBeUndefined();
  const even = { X: [0, 100], top: [10, 10], bottom: [40, 40] };
  expect(labelRoom(even, { wide: 20, high: 30 })).toEqual({ x: 50, y: 25 });
  expect(labelRoom({ X: [], top: [], bottom: [] }, { wide: 5, high: 5 })).toBeUndefined();
});

it("lies within the strip", () => {
  const height = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(height, height), { minLength: 2, maxLength: 12 }), (edges) => {
      const X = edges.map((_, i) => 20 * i);
      const top = edges.map(([a, b]) => Math.min(a, b));
      const bottom = edges.map(([a, b]) => Math.max(a, b));
      const room = labelRoom({ X, top, bottom }, { wide: 18, high: 10 });
      if (!room) return;
      for (const x of [room.x - 9, room.x, room.x + 9]) {
        expect(room.y - 5).toBeGreaterThanOrEqual((interpolateAt(X, top, x) ?? -Infinity) - 1e-9);
        expect(room.y + 5).toBeLessThanOrEqual((interpolateAt(X, bottom, x) ?? Infinity) + 1e-9);
      }
    }),
  );
});
