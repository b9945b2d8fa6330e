import { describe, expect, it } from "vitest";
import { followScroll, isStuck, measureTable, settleScroll } from "../../src/views/longScroll.ts";
import { virtualWindow } from "../../src/views/virtualWindow.ts";

const options = { rowHeight: 30, maxHeight: 30_000 };
const tableOf = (rows: number, viewport = 300) => ({ rows, viewport, ...options });
/** what is drawn when the bar stands there */
const windowAt = (scrollTop: number, table: ReturnType<typeof tableOf>) =>
  virtualWindow({ scrollTop, fullTop: scrollTop * measureTable(table).stretch }, table, 4);

describe("virtualWindow", () => {
  it("draws the whole of a short table", () => {
    expect(windowAt(0, tableOf(5, 400))).toEqual({ first: 0, last: 5, offset: 0, height: 150 });
  });

  it("draws nothing of an empty table", () => {
    expect(windowAt(0, tableOf(0))).toEqual({ first: 0, last: 0, offset: 0, height: 0 });
  });

  it("draws what is seen and a few rows around it", () => {
    const { first, last, offset } = windowAt(3000, tableOf(500));
    expect({ first, last, offset }).toEqual({ first: 96, last: 114, offset: 96 * 30 });
  });

  it("ends with the last row when scrolled beyond the end", () => {
    const { last, offset, first, height } = windowAt(1e9, tableOf(500));
    expect(last).toBe(500);
    expect(offset + (last - first) * 30).toBe(height);
  });

  it("squeezes a table that no browser could lay out, and reaches both of its ends", () => {
    const table = tableOf(5_000_000);
    expect(windowAt(0, table)).toMatchObject({ first: 0, offset: 0, height: 30_000 });
    const end = windowAt(30_000 - 300, table);
    expect(end.last).toBe(5_000_000);
    expect(end.offset + (end.last - end.first) * 30).toBeCloseTo(30_000, 6);
  });

  it("keeps the drawn rows inside the box and the seen rows drawn, wherever a squeezed table is", () => {
    const table = tableOf(123_457);
    for (let top = 0; top <= 29_700; top += 37) expectSeen(top, windowAt(top, table));
  });
});

describe("a long scroll", () => {
  const table = tableOf(5_000_000);
  const { full, mostTop, stretch } = measureTable(table);
  const start = { scrollTop: 0, fullTop: 0, isLeaping: false };

  it("leaps to the share of the table that the bar stands at, and to its very ends", () => {
    const middle = followScroll(start, mostTop / 2, table);
    expect(middle).toMatchObject({ isLeaping: true });
    expect(middle.fullTop).toBeCloseTo((full - 300) / 2, 3);
    const end = followScroll(middle, mostTop, table);
    expect(virtualWindow(end, table).last).toBe(5_000_000);
    expect(followScroll(end, 0, table).fullTop).toBe(0);
  });

  it("moves by the pixels that a wheel says, past no row, and stands where it should afterwards", () => {
    let scroll = settleScroll(followScroll(start, mostTop / 3, table), table);
    const before = scroll.fullTop;
    for (let turn = 0; turn < 50; ++turn) {
      scroll = followScroll(scroll, scroll.scrollTop + 100, table);
      expectSeen(scroll.scrollTop, virtualWindow(scroll, table, 4));
    }
    expect(scroll.fullTop).toBeCloseTo(before + 5000, 6);
    const still = settleScroll(scroll, table);
    expect(still.fullTop).toBe(scroll.fullTop);
    expect(still.scrollTop).toBeCloseTo(scroll.fullTop / stretch, 6);
    expect(virtualWindow(still, table).first).toBeCloseTo(virtualWindow(scroll, table).first, -1);
  });

  it.each([
    ["first", -100],
    ["last", 100],
  ])("goes on by small steps to the %s row", (_, step) => {
    const table = tableOf(20_000);
    const { full, mostTop } = measureTable(table);
    const end = step < 0 ? 0 : full - 300;
    let scroll = settleScroll({ ...start, fullTop: Math.abs(end - 20_050) }, table);
    let turns = 0;
    for (; scroll.fullTop !== end && turns < 1000; ++turns) {
      const before = scroll.fullTop;
      const scrollTop = Math.max(0, Math.min(mostTop, scroll.scrollTop + step));
      scroll = followScroll(scroll, scrollTop, table);
      expect(Math.abs(scroll.fullTop - before)).toBeLessThan(300 + 30);
      if (isStuck(scroll, table)) scroll = settleScroll(scroll, table);
    }
    expect(scroll.fullTop).toBe(end);
  });

  it("is an ordinary scroll where the table is not squeezed", () => {
    const short = tableOf(500);
    const scroll = followScroll(start, 1234, short);
    expect(scroll).toMatchObject({ scrollTop: 1234, fullTop: 1234 });
    expect(settleScroll(scroll, short)).toMatchObject({ scrollTop: 1234, fullTop: 1234 });
    expect(settleScroll(start, tableOf(3))).toMatchObject({ scrollTop: 0, fullTop: 0 });
  });
});

function expectSeen(top: number, { first, last, offset, height }: ReturnType<typeof windowAt>) {
  expect(offset).toBeGreaterThanOrEqual(0);
  expect(offset + (last - first) * 30).toBeLessThanOrEqual(height + 1e-6);
  expect(offset).toBeLessThanOrEqual(top + 30);
  expect(offset + (last - first) * 30).toBeGreaterThanOrEqual(top + 300 - 30);
}
