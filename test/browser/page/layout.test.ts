import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Visit } from "../support/visit.ts";
import { landing, open, openPanel, settle, states, until } from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

/** What stands out to the right of the window, if the page scrolls sideways. */
function overflow(): Promise<{ by: number; what: string[] }> {
  return at.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const by = document.scrollingElement!.scrollWidth - width;
    if (by <= 0) return { by, what: [] };
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > width + 0.5,
    );
    const what = wide
      .slice(0, 5)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`);
    return { by, what };
  });
}

it.each([1280, 390, 320])("the landing page does not scroll sideways at %d px", async (width) => {
  await at.page.setViewportSize({ width, height: 800 });
  await landing(at.page);
  expect(await overflow()).toEqual({ by: 0, what: [] });
});

describe.each([1280, 390, 320])("a notebook at %d px", (width) => {
  beforeAll(async () => {
    await at.page.setViewportSize({ width, height: 800 });
    if (Object.keys(await states(at.page)).length === 0) {
      await at.page.evaluate(() => window.perennial.demo({ customers: 500 }));
    }
    await settle(at.page);
  });

  it("does not scroll sideways, with its first file unfolded", async () => {
    await openPanel(at.page);
    expect(await overflow()).toEqual({ by: 0, what: [] });
  });

  it("draws every chart, inside its cell", async () => {
    const cells = Object.keys(await states(at.page));
    for (const id of cells) {
      const cell = at.page.locator(`#cell-${id}`);
      if ((await cell.getByRole("tab").count()) < 4) continue; // no chart
      const figure = cell.locator(".figure");
      await figure.scrollIntoViewIfNeeded();
      await until(
        () => figure.locator("svg rect, svg path, svg circle, svg line").count(),
        (marks) => marks > 2,
      );
      expect(await cell.locator(".failure").count(), id).toBe(0);
      const sticksOut = await figure.evaluate((box) => {
        const edge = box.getBoundingClientRect().right + 0.5;
        const drawings = [...box.querySelectorAll("svg")];
        return drawings.filter((svg) => svg.getBoundingClientRect().right > edge).length;
      });
      expect([id, sticksOut]).toEqual([id, 0]);
    }
    expect(await overflow()).toEqual({ by: 0, what: [] });
  });

  it("keeps its tables and SQL inside their cell", async () => {
    // clicked in the page itself: it is about what stands there then, and there are hundreds of them
    for (const id of Object.keys(await states(at.page))) {
      const wide = await at.page.evaluate(async (cellId) => {
        const tabs = [...document.querySelectorAll<HTMLElement>(`#cell-${cellId} [role=tab]`)];
        const found: string[] = [];
        for (const tab of [...tabs.slice(-3), tabs[0]!]) {
          tab.click();
          await new Promise((done) => requestAnimationFrame(done));
          const { scrollWidth } = document.scrollingElement!;
          if (scrollWidth > document.documentElement.clientWidth) found.push(tab.innerText);
        }
        return found;
      }, id);
      expect([id, wide]).toEqual([id, []]);
    }
  });
});
