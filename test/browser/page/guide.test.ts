import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, landing, open, openOnly, settle, speak, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

// What leads about the page: the palette, and the tour of the first notebook.

const orders = { name: "orders.csv", content: shopExport({ orders: 400 }) };

let at: Visit;
let page: Page;

beforeAll(async () => {
  at = await open();
  page = at.page;
});
afterEach(() => expect(at.errors).toEqual([]));
afterAll(() => at?.close());

const say = (key: string, values = {}) => text("en", key, values);
const field = () => page.getByRole("combobox", { name: /./ }).and(page.locator("dialog input"));
const options = () => page.getByRole("option").and(page.locator("dialog [role=option]"));

async function find(wanted: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await field().waitFor();
  await field().fill(wanted);
}

/** The line that Enter takes, as a screen reader is told it. */
function active(): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
    return document.getElementById(id)?.querySelector(".title")?.textContent ?? "";
  });
}

const focused = () =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
const dialogs = () => page.locator("dialog[open]").count();

describe("the palette", () => {
  it("opens from the landing page by its button and offers what can be done there", async () => {
    await landing(page);
    const button = page.getByRole("button", { name: say("palette.open") });
    await button.click();
    await field().waitFor();
    const offered = await options().allInnerTexts();
    expect(offered).toContain(say("landing.demo"));
    expect(offered.join()).not.toContain(say("report.make"));
    await field().fill("report");
    expect(await options().first().getAttribute("aria-disabled")).toBe("true");
    expect(await options().first().innerText()).toContain(say("refused.noFiles"));
    await page.keyboard.press("Enter");
    expect(await page.locator("dialog [role=status]").innerText()).toBe(say("refused.noFiles"));
    await page.keyboard.press("Escape");
    expect(await dialogs()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("is there again by the key that follows upon Escape at once", async () => {
    await find("report");
    const isThere = await page.evaluate(async () => {
      document.querySelector<HTMLDialogElement>("dialog[open]")!.requestClose();
      for (let i = 0; i < 10; ++i) await Promise.resolve(); // and no task between
      const key = { key: "k", ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", key));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return document.querySelector("dialog[open]") !== null;
    });
    expect(isThere).toBe(true);
    await page.keyboard.press("Escape");
    expect(await dialogs()).toBe(0);
  });

  it("closes with a press beside it, and not where a word was selected to beyond its edge", async () => {
    await find("report");
    const box = (await field().boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(4, 400);
    await page.mouse.up();
    expect(await dialogs()).toBe(1);
    await page.mouse.click(4, 400);
    expect(await dialogs()).toBe(0);
  });
});

/** A shop's orders whose dates nobody can tell the day and the month of. */
function ambiguousExport(): string {
  const lines = Array.from({ length: 400 }, (_, i) => {
    const [day, month] = [1 + (i % 12), 1 + Math.floor(i / 34)];
    const date = [day, month].map((part) => String(part).padStart(2, "0")).join("/");
    return `N-${i},c${(i * i) % 97}@example.com,${date}/2025,${10 + (i % 40)}.50,EUR`;
  });
  return `order_id,customer,ordered_at,amount,currency\n${lines.join("\n")}\n`;
}

describe("a newcomer", () => {
  it("comes from the landing page to a picture of the own cohorts in four actions", async () => {
    await landing(page);
    const actions: string[] = [];
    const act = async <T>(what: string, doing: Promise<T>): Promise<T> => {
      actions.push(what);
      return doing;
    };
    const chooser = page.waitForEvent("filechooser");
    await act(
      "press Choose files",
      page.getByRole("button", { name: say("landing.choose") }).click(),
    );
    const buffer = Buffer.from(ambiguousExport());
    const file = { name: "orders.csv", mimeType: "text/csv", buffer };
    await act("choose the file", (await chooser).setFiles([file]));
    const cell = page.locator("#cell-cohort-retention");
    const way = page
      .getByRole("navigation")
      .getByRole("link", { name: "Cohort retention", exact: true });
    await act("go to the cohorts", way.click());
    await cell.locator(".figure svg[tabindex]").waitFor();
    // what the file leaves open stands beside the figure, and in nobody's way
    expect(await cell.locator(".guess").innerText()).toMatch(/day|month/i);
    const picture = page.waitForEvent("download");
    await act(
      "take the picture",
      cell.getByRole("button", { name: say("cell.exportPng") }).click(),
    );
    const png = await readFile(await (await picture).path());
    expect(actions.length).toBeLessThanOrEqual(5);
    expect(actions.length).toBe(4);

    const drawing = page.waitForEvent("download");
    await cell.getByRole("button", { name: say("cell.exportSvg") }).click();
    const svg = await readFile(await (await drawing).path(), "utf8");
    const shown = await cell.locator(".figure svg text").allTextContents();
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, said]) => said);
    expect(shown.length).toBeGreaterThan(40);
    expect(
      shown.filter((said) => said !== "" && !svg.includes(said.replace("&", "&amp;"))),
    ).toEqual([]);
    expect(texts[0]).toContain("Cohort retention");
    expect(texts.join()).toMatch(/0% to \d+%/); // the legend
    expect(await differences(png, svg)).toEqual({ share: 0, colours: true });
  });

  it("can tell the customers apart by nothing that the file does not have", async () => {
    const absent = page.locator("#filter-by optgroup");
    expect(await absent.getAttribute("label")).toBe(say("filter.absent"));
    const stands = await absent
      .locator("option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).disabled));
    expect(stands).toEqual(Array(9).fill(true));
    expect(await page.locator("#filter-by option:enabled").allInnerTexts()).toEqual([
      say("filter.everybody"),
      say("filter.first"),
      say("filter.until"),
    ]);
  });

  it.each([1280, 390])(
    "keeps the focus from under what sticks to the top, at %i pixels",
    async (width) => {
      await page.setViewportSize({ width, height: 720 });
      await page.locator("#cohort-retention-title").focus();
      const covered: string[] = [];
      for (let i = 0; i < 24; ++i) {
        await page.keyboard.press("Shift+Tab");
        covered.push(...(await page.evaluate(coveredFocus)));
      }
      expect(covered).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 720 });
    },
  );
});

/** Runs in the page: what has the focus, if something else lies over all of it. */
function coveredFocus(): string[] {
  const element = document.activeElement!;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const places = [0.1, 0.5, 0.9].flatMap((down) =>
    [0.1, 0.5, 0.9].map((across) => [left + (right - left) * across, top + (bottom - top) * down]),
  );
  const isSeen = places.some(([x = 0, y = 0]) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (element.contains(there) || there.contains(element));
  });
  return isSeen ? [] : [element.outerHTML.slice(0, 120)];
}

/** How a picture differs from a drawing, in another page: the share of its pixels; and whether it is more than one colour. */
async function differences(png: Buffer, svg: string) {
  const blank = await at.browser.newPage();
  const sources = [
    `data:image/png;base64,${png.toString("base64")}`,
    `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
  ];
  const found = await blank.evaluate(async ([picture = "", drawing = ""]) => {
    const load = async (source: string) => {
      const image = Object.assign(new Image(), { src: source });
      await image.decode();
      return image;
    };
    const [one, other] = [await load(picture), await load(drawing)];
    const pixels = (image: HTMLImageElement) => {
      const canvas = Object.assign(document.createElement("canvas"), {
        width: one.width,
        height: one.height,
      });
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#ffffff";
      context.fillRect(0, 0, one.width, one.height);
      context.drawImage(image, 0, 0, one.width, one.height);
      return new Uint32Array(context.getImageData(0, 0, one.width, one.height).data.buffer);
    };
    const [a, b] = [pixels(one), pixels(other)];
    const share = a.filter((pixel, i) => pixel !== b[i]).length / a.length;
    return { share: Math.round(share * 100) / 100, colours: new Set(a).size > 20 };
  }, sources);
  await blank.close();
  return found;
}

describe("the palette, in a notebook", () => {
  it("goes to any figure by part of its name", async () => {
    await openOnly(page, "overview", "cohort-retention", "repeat-rate", "pareto");
    await importFiles(page, [orders]);
    await settle(page);
    await find("cohret");
    await until(active, (title) => title === "Cohort retention");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("cohort-retention-title");
  });

  it("moves with the arrows, and does to the figure in sight what it says", async () => {
    await find("definition");
    const before = await active();
    await page.keyboard.press("ArrowDown");
    expect(await active()).not.toBe(before);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    const last = await options().last().locator(".title").innerText();
    expect(await active()).toBe(last);
    await field().fill("definition cohort retention");
    expect(await active()).toBe(
      say("palette.of", { act: say("cell.definition"), title: "Cohort retention" }),
    );
    await page.keyboard.press("Enter");
    await page.locator("#cohort-retention-panel dl").first().waitFor();
  });

  it("says why an analysis cannot be added, and adds one that can, after the figure in sight", async () => {
    await find("unit economics");
    expect(await options().first().innerText()).toContain(say("unavailable.costs"));
    await page.keyboard.press("Enter");
    expect(await page.locator("#cell-unit-economics").count()).toBe(0);
    await page.keyboard.press("Escape");
    await find("concentration");
    const add = options().filter({ hasText: say("palette.kind.analysis") });
    await add.first().click();
    await until(
      () => page.locator("#cell-pareto-2").count(),
      (count) => count === 1,
    );
    const ids = await page.locator("section.cell").evaluateAll((all) => all.map(({ id }) => id));
    expect(ids[ids.indexOf("cell-cohort-retention") + 1]).toBe("cell-pareto-2");
    await find("undo");
    await page.keyboard.press("Enter");
    expect(await page.locator("#cell-pareto-2").count()).toBe(0);
  });

  it("has what was used last first, and says what came of what it did", async () => {
    await find("copy a link");
    await page.keyboard.press("Enter");
    await until(
      () => page.locator("dialog [role=status]").innerText(),
      (said) => /\d/.test(said) && !said.startsWith(say("palette.count", { count: 1 })),
    );
    await page.keyboard.press("Control+k");
    expect(await dialogs()).toBe(0);
    await page.keyboard.press("Control+k");
    await field().waitFor();
    expect(await active()).toBe(say("document.link"));
    await page.keyboard.press("Escape");
  });

  it("finds in Chinese by characters, by initials, and by the English name", async () => {
    await speak(page, "zh-Hans");
    for (const wanted of ["同留存", "tqqlc", "cohort retention", "cohort-retention"]) {
      await find(wanted);
      expect([wanted, await active()]).toEqual([wanted, "同期群留存"]);
      await page.keyboard.press("Escape");
    }
    await find("浅色");
    await page.keyboard.press("Enter");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("light");
    await speak(page, "en");
  });

  it("opens the help at a term", async () => {
    await find("complete cell");
    await page.keyboard.press("Enter");
    await until(focused, (id) => id === "help-term-complete");
    await page.keyboard.press("Escape");
  });
});

describe("the tour", () => {
  const title = () => page.locator("#tour-title").innerText();
  const stops = ["file", "chart", "why", "write", "filter", "share", "palette"];

  it("is offered by the first notebook and goes from stop to stop by the arrows", async () => {
    const offer = page.getByRole("button", { name: say("tour.take") });
    await offer.press("Enter");
    for (const [i, stop] of stops.entries()) {
      await until(title, (said) => said === say(`tour.${stop}`));
      expect(await focused()).toContain("tour");
      const { popover, ring } = await page.evaluate(() => {
        const boxOf = (selector: string) =>
          document.querySelector(selector)!.getBoundingClientRect().toJSON() as DOMRect;
        return { popover: boxOf(".tour"), ring: boxOf(".ring") };
      });
      const { width, height } = page.viewportSize()!;
      expect(popover.left).toBeGreaterThanOrEqual(0);
      expect(popover.right).toBeLessThanOrEqual(width);
      expect(popover.top).toBeGreaterThanOrEqual(0);
      expect(popover.bottom).toBeLessThanOrEqual(height);
      // the control that it is about is in sight
      expect([stop, ring.bottom > 0 && ring.top < height]).toEqual([stop, true]);
      if (i === 2) {
        await page.keyboard.press("ArrowLeft");
        await until(title, (said) => said === say("tour.chart"));
        await page.keyboard.press("ArrowRight");
        await until(title, (said) => said === say("tour.why"));
      }
      await page.keyboard.press("ArrowRight");
    }
    await until(
      () => page.locator(".tour, .ring").count(),
      (count) => count === 0,
    );
    // what offered it has gone: the reader goes on at the head of the notebook
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await offer.count()).toBe(0);
    const kept = await page.evaluate(() => localStorage.getItem("perennial.settings"));
    expect(JSON.parse(kept ?? "{}")).toMatchObject({ isTourOver: true });
  });

  it("is taken again from the help, on a phone too, and left with Escape, where the focus was", async () => {
    await page.setViewportSize({ width: 390, height: 740 });
    const help = page.getByRole("button", { name: say("help.show") });
    await help.click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("tour.take") })
      .click();
    await until(title, (said) => said === say("tour.file"));
    const { left, right } = await page
      .locator(".tour")
      .evaluate((box) => box.getBoundingClientRect().toJSON() as DOMRect);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(390);
    await page.keyboard.press("Escape");
    await until(
      () => page.locator(".tour").count(),
      (count) => count === 0,
    );
    expect(await help.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("leaves out the stops whose control is not there", async () => {
    await page.evaluate(() => window.perennial.notebook.set("# Nothing but text\n"));
    await find("take the tour");
    expect(await active()).toBe(say("tour.take"));
    await page.keyboard.press("Escape");
    await page.evaluate(() =>
      window.perennial.notebook.set("# Short\n\n```analysis repeat-rate folded\n```\n"),
    );
    await settle(page);
    await find("take the tour");
    await page.keyboard.press("Enter");
    const count = stops.length - 2; // a folded figure, and what stands behind it
    await until(
      () => page.locator(".tour footer span").innerText(),
      (said) => said === say("tour.place", { place: 1, count }),
    );
    await page.keyboard.press("Escape");
  });
});
