import { describe, expect, it } from "vitest";
import { scrollTopOf, virtualWindow } from "../../src/views/virtualWindow.ts";

const options = { rowHeight: 30, overscan: 4, maxHeight: 30_000 };

describe("virtualWindow", () => {
  it("draws the whole of a short table", () => {
    expect(virtualWindow(0, 400, 5, options)).toEqual({
      first: 0,
      last: 5,
      offset: 0,
      height: 150,
    });
  });

  it("draws nothing of an empty table", () => {
    expect(virtualWindow(0, 400, 0, options)).toEqual({ first: 0, last: 0, offset: 0, height: 0 });
  });

  it("draws what is seen and a few rows around it", () => {
    const { first, last, offset } = virtualWindow(3000, 300, 500, options);
    expect({ first, last, offset }).toEqual({ first: 96, last: 114, offset: 96 * 30 });
  });

  it("ends with the last row when scrolled beyond the end", () => {
    const { last, offset, first, height } = virtualWindow(1e9, 300, 500, options);
    expect(last).toBe(500);
    expect(offset + (last - first) * 30).toBe(height);
  });

  it("squeezes a table that no browser could lay out, and reaches both of its ends", () => {
    const rows = 5_000_000;
    const start = virtualWindow(0, 300, rows, options);
    expect(start).toMatchObject({ first: 0, offset: 0, height: 30_000 });
    const end = virtualWindow(30_000 - 300, 300, rows, options);
    expect(end.last).toBe(rows);
    expect(end.offset + (end.last - end.first) * 30).toBeCloseTo(30_000, 6);
  });

  it("keeps the drawn rows inside the box and the seen rows drawn, wherever a squeezed table is", () => {
    const rows = 123_457;
    for (let top = 0; top <= 29_700; top += 37) {
      const { first, last, offset, height } = virtualWindow(top, 300, rows, options);
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + (last - first) * 30).toBeLessThanOrEqual(height + 1e-6);
      expect(offset).toBeLessThanOrEqual(top + 30);
      expect(offset + (last - first) * 30).toBeGreaterThanOrEqual(top + 300 - 30);
    }
  });
});

describe("scrollTopOf", () => {
  it.each([
    { rows: 500, row: 100 },
    { rows: 5_000_000, row: 3_333_333 },
  ])("puts row $row of $rows at the top of the box", ({ rows, row }) => {
    const top = scrollTopOf(row, 300, rows, options);
    const { first, last, offset } = virtualWindow(top, 300, rows, options);
    expect(row).toBeGreaterThanOrEqual(first);
    expect(row).toBeLessThan(last);
    expect(offset + (row - first) * 30).toBeCloseTo(top, 3);
  });

  it("is 0 where nothing scrolls", () => {
    expect(scrollTopOf(3, 300, 5, options)).toBe(0);
  });
});
