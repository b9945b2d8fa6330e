import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { siteFolder } from "../support/folders.ts";
import { visit } from "../support/visit.ts";
import type { Visit, VisitOptions } from "../support/visit.ts";
import { importFiles, openOnly, pick, settle, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

const budget = 120_000; // bytes of compressed script
const orders = { name: "orders.csv", content: shopExport({ orders: 60 }) };

let at: Visit;

afterEach(() => at?.close());

/** The scripts that the page itself names: all that the first view runs. */
async function firstScripts(): Promise<string[]> {
  const page = await readFile(join(siteFolder, "index.html"), "utf8");
  return [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
}

/** A host that holds back what the path says until it is let go. */
async function holding(held: RegExp, options: Partial<VisitOptions> = {}): Promise<() => void> {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const answer = (path: string, response: ServerResponse): boolean => {
    if (!held.test(path)) return false;
    void gate.then(async () => {
      response.setHeader("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/css");
      response.end(await readFile(join(siteFolder, path)));
    });
    return true;
  };
  at = await visit({ root: siteFolder, answer, ...options });
  return letGo;
}

/** A notebook stands there; its cells need not have run. */
function cells(page: Page): Promise<void> {
  return page.locator("section.cell").first().waitFor();
}

/** What the layout moved by, of what the reader did not ask for: the sum of the shifts. */
function shifts(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { moved: number }).moved);
}

function watchShifts(): void {
  const watched = window as unknown as { moved: number };
  watched.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) watched.moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

async function later(): Promise<RegExp> {
  const first = await firstScripts();
  const names = first.map((path) => path.replaceAll(".", "\\.")).join("|");
  return new RegExp(`^/(?!${names})assets/.*\\.js$`);
}

it("is under 120 kB of compressed script", async () => {
  const scripts = await firstScripts();
  const bytes = await Promise.all(
    scripts.map(async (path) => gzipSync(await readFile(join(siteFolder, path))).length),
  );
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(budget);
});

describe("while nothing else has come", () => {
  it("speaks, turns dark, and takes a file that is read once the rest is there", async () => {
    const letGo = await holding(await later());
    const { page } = at;
    await page.locator("button[lang=zh-Hant]").click();
    await page.getByRole("heading", { name: text("zh-Hant", "landing.title") }).waitFor();
    const theme = page.getByRole("button", { name: text("zh-Hant", "theme.label") });
    await theme.click();
    await theme.click();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await page.evaluate(() => typeof window.perennial.importFiles)).toBe("function");

    await pick(page, orders);
    await page.getByText(text("zh-Hant", "app.starting")).waitFor();
    letGo();
    await cells(page);
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hant");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");

    // on the next visit too, as what was chosen after that
    await page.locator("header button[lang=zh-Hans]").click();
    await page.reload();
    await page.getByRole("button", { name: text("zh-Hans", "theme.label") }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(at.errors).toEqual([]);
  });

  it("keeps what is being written into it when the rest comes", async () => {
    const letGo = await holding(await later());
    const { page } = at;
    await page.getByText(text("en", "landing.paste"), { exact: true }).click();
    const field = page.locator("#paste");
    await field.fill("date,");
    letGo();
    await page.evaluate(() => window.perennial.ready);
    await field.pressSequentially("amount");
    expect(await field.inputValue()).toBe("date,amount");
  });
});

describe("while the engine has not come", () => {
  it("is usable, and a file waits for the engine", async () => {
    const letGo = await holding(/engine\//);
    const { page } = at;
    await page.getByRole("button", { name: text("en", "help.show") }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await pick(page, orders);
    await page.getByText(text("en", "app.startingNote")).waitFor();
    letGo();
    await cells(page);
    expect(await page.evaluate(() => window.perennial.analyses().length)).toBeGreaterThan(50);
  });

  it("reads the file after an engine that could not start at first", async () => {
    let isFaulty = true;
    at = await visit({
      root: siteFolder,
      answer(path, response) {
        if (!isFaulty || !path.includes("engine/")) return false;
        response.writeHead(404).end();
        return true;
      },
    });
    const { page } = at;
    await pick(page, orders);
    await page.getByRole("heading", { name: text("en", "app.broken") }).waitFor();
    isFaulty = false;
    await page.getByRole("button", { name: text("en", "app.retry") }).click();
    await cells(page);
  });
});

it("says so when the rest cannot be had, and asks again", async () => {
  const held = await later();
  let isFaulty = true;
  at = await visit({
    root: siteFolder,
    answer(path, response) {
      if (!isFaulty || !held.test(path)) return false;
      response.writeHead(404).end();
      return true;
    },
  });
  await at.page.getByRole("heading", { name: text("en", "app.unloaded") }).waitFor();
  isFaulty = false;
  await at.page.getByRole("button", { name: text("en", "app.retry") }).click();
  await at.page.getByRole("heading", { name: text("en", "landing.title") }).waitFor();
  await at.page.evaluate(() => window.perennial.ready);
});

it("moves nothing while it loads, the first time and with studies that are kept", async () => {
  at = await visit({ root: siteFolder, before: watchShifts });
  const { page } = at;
  await page.evaluate(() => window.perennial.ready);
  await page.getByRole("heading", { name: text("en", "landing.title") }).waitFor();
  expect(await shifts(page)).toBe(0);

  await openOnly(page, "overview");
  await importFiles(page, [orders]);
  await settle(page);
  await until(
    () => page.locator("[data-keeping]").getAttribute("data-keeping"),
    (said) => said === "saved",
  );
  await page.reload();
  await page.getByRole("heading", { name: text("en", "kept.last") }).waitFor();
  await page.evaluate(() => window.perennial.ready);
  expect(await shifts(page)).toBe(0);
});
