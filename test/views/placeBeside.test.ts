import { describe, expect, it } from "vitest";
import { placeBeside, scrollBeside } from "../../src/views/placeBeside.ts";

const view = { width: 1000, height: 800 };
const box = { width: 360, height: 200 };
const at = (left: number, top: number, height = 100) => ({ left, top, width: 300, height });

describe("the place beside a control", () => {
  it("is below it, above it where there is no room, and over its end where there is none either", () => {
    expect(placeBeside(at(40, 100), box, view)).toEqual({ left: 40, top: 212 });
    expect(placeBeside(at(40, 600), box, view)).toEqual({ left: 40, top: 388 });
    expect(placeBeside(at(40, 20, 760), box, view)).toEqual({ left: 40, top: 592 });
  });

  it("is inside of the window", () => {
    expect(placeBeside(at(900, 100), box, view).left).toBe(632);
    expect(placeBeside(at(-50, -900), box, view)).toEqual({ left: 8, top: 8 });
    expect(placeBeside(at(0, 0), { width: 2000, height: 2000 }, view)).toEqual({ left: 8, top: 8 });
  });

  it("scrolls so that both are in the window, below what sticks to its top", () => {
    const by = scrollBeside(at(0, 5000), box, view, 60);
    const top = 5000 - by;
    expect(top).toBeGreaterThan(60);
    expect(top + 100 + 12 + 200).toBeLessThan(800);
    expect(5000 - scrollBeside(at(0, 5000, 900), box, view, 60)).toBe(76);
  });
});
