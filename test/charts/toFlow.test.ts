import fc from "fast-check";
import { expect, it } from "vitest";
import {
  capBlocks,
  ribbonAt,
  slopeAt,
  spread,
  toFlow,
  type Move,
  type Moves,
} from "../../src/charts/toFlow.ts";

const move = (from: string, to: string, size: number): Move => ({ from, to, size, turn: "moved" });

const between: Moves = {
  moves: [move("b", "b", 30), move("a", "b", 10), move("a", "a", 60)],
  from: ["a", "b", "c"],
  to: ["a", "b"],
};

it("stacks blocks to scale and lays their ribbons in the order of the other column", () => {
  const { total, from, to, ribbons } = toFlow(between, { height: 110, gap: 10 });
  expect(total).toBe(100);
  expect(from).toEqual([
    { name: "a", size: 70, y: 0, height: 70 },
    { name: "b", size: 30, y: 80, height: 30 },
  ]);
  expect(to.map(({ name, y, height }) => [name, y, height])).toEqual([
    ["a", 0, 60],
    ["b", 70, 40],
  ]);
  expect(ribbons.map(({ ends, left, right, height }) => [...ends, left, right, height])).toEqual([
    [0, 0, 0, 0, 60],
    [0, 1, 60, 70, 10],
    [1, 1, 80, 80, 30],
  ]);
});

it("puts a single block in the middle, and draws nothing of nothing", () => {
  const one = { moves: [move("a", "x", 1), move("a", "y", 1)], from: ["a"], to: ["x", "y"] };
  expect(toFlow(one, { height: 100, gap: 10 }).from).toEqual([
    { name: "a", size: 2, y: 5, height: 90 },
  ]);
  expect(toFlow({ moves: [], from: ["a"], to: [] }, { height: 100, gap: 10 })).toEqual({
    total: 0,
    from: [],
    to: [],
    ribbons: [],
  });
});

const names = fc.constantFrom(..."abcdefgh");
const someMoves = fc
  .uniqueArray(fc.tuple(names, names, fc.integer({ min: 1, max: 1e6 })), {
    minLength: 1,
    selector: ([from, to]) => `${from}${to}`,
  })
  .map((rows): Moves => ({
    moves: rows.map(([from, to, size]) => move(from, to, size)),
    from: [..."abcdefgh"],
    to: [..."hgfedcba"],
  }));

it("fills each block with its ribbons, in the columns, whatever moves there are", () => {
  fc.assert(
    fc.property(someMoves, fc.integer({ min: 100, max: 600 }), (moves, height) => {
      const flow = toFlow(moves, { height, gap: 8 });
      for (const [side, end] of [
        ["from", 0],
        ["to", 1],
      ] as const) {
        let bottom = 0;
        flow[side].forEach((block, place) => {
          const own = flow.ribbons.filter(({ ends }) => ends[end] === place);
          expect(own.reduce((sum, { size }) => sum + size, 0)).toBe(block.size);
          expect(own.reduce((sum, one) => sum + one.height, 0)).toBeCloseTo(block.height, 6);
          expect(end === 0 ? own[0]?.left : own[0]?.right).toBeCloseTo(block.y, 6);
          expect(block.y).toBeGreaterThanOrEqual(bottom - 1e-6);
          bottom = block.y + block.height;
        });
        expect(bottom).toBeLessThanOrEqual(height + 1e-6);
      }
    }),
  );
});

it("merges the smallest blocks beyond the most, and loses nobody", () => {
  fc.assert(
    fc.property(someMoves, fc.integer({ min: 2, max: 9 }), (moves, most) => {
      const capped = capBlocks(moves, { most, nameRest: (count) => `${count} others` });
      expect(capped.from.length).toBeLessThanOrEqual(most);
      expect(capped.to.length).toBeLessThanOrEqual(most);
      const sizeOf = (some: Moves) => some.moves.reduce((sum, { size }) => sum + size, 0);
      expect(sizeOf(capped)).toBe(sizeOf(moves));
    }),
  );
});

it("names no row for moves that were merged", () => {
  const rows = ["a", "b", "c"].map((from, row): Move => ({ ...move(from, "x", 9 - row), row }));
  const capped = capBlocks(
    { moves: rows, from: ["a", "b", "c"], to: ["x"] },
    { most: 2, nameRest: (count) => `${count} others` },
  );
  expect(capped.moves.map(({ from, size, row }) => [from, size, row])).toEqual([
    ["a", 9, 0],
    ["2 others", 15, undefined],
  ]);
});

it("finds the ribbon at a place, the thinner one where two cross", () => {
  const { ribbons } = toFlow(
    { moves: [move("a", "y", 90), move("b", "x", 10)], from: ["a", "b"], to: ["x", "y"] },
    { height: 100, gap: 0 },
  );
  expect(ribbonAt(ribbons, { across: 0, y: 50 })).toBe(0);
  expect(ribbonAt(ribbons, { across: 0, y: 95 })).toBe(1);
  expect(ribbonAt(ribbons, { across: 0.5, y: 50 })).toBe(1);
  expect(ribbonAt(ribbons, { across: 2, y: 5 })).toBe(1);
  expect(ribbonAt(ribbons, { across: 0.5, y: 300 })).toBeUndefined();
});

it("is level at both ends of a ribbon and half way down in its middle", () => {
  expect([0, 0.5, 1].map((across) => Math.round(slopeAt(across) * 1000) / 1000)).toEqual([
    0, 0.5, 1,
  ]);
});

it("moves places apart by no more than need be", () => {
  expect(spread([10, 50, 52, 90], { step: 10, from: 0, to: 100 })).toEqual([10, 46, 56, 90]);
  expect(spread([0, 0, 0], { step: 80, from: 0, to: 100 })).toEqual([0, 50, 100]);
  expect(spread([], { step: 10, from: 0, to: 100 })).toEqual([]);
});

it("keeps places in order, in their range and a step apart where there is room", () => {
  const places = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(places, (wanted) => {
      const found = spread(
        [...wanted].sort((a, b) => a - b),
        { step: 15, from: 0, to: 300 },
      );
      found.forEach((place, i) => {
        expect(place).toBeGreaterThanOrEqual(-1e-6);
        expect(place).toBeLessThanOrEqual(300 + 1e-6);
        if (i > 0) expect(place - (found[i - 1] as number)).toBeGreaterThanOrEqual(15 - 1e-6);
      });
    }),
  );
});
