import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, landing, open, openOnly, pick, settle, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

const orders = { name: "orders.csv", content: shopExport({ orders: 60 }) };

let at: Visit | undefined;

afterEach(async () => {
  const { page } = at ?? {};
  await page?.context().close();
  await at?.close();
  at = undefined;
});

const say = (key: string, values?: Record<string, string | number>) => text("en", key, values);

async function begin(options: Parameters<typeof open>[0] = {}): Promise<Page> {
  at = await open(options);
  return at.page;
}

/** A study of one cell, kept. */
async function study(page: Page): Promise<void> {
  await openOnly(page, "overview");
  await importFiles(page, [orders]);
  await settle(page);
  await saved(page);
}

function keeping(page: Page): Promise<string | null> {
  return page.locator("[data-keeping]").getAttribute("data-keeping");
}

async function saved(page: Page, state = "saved"): Promise<void> {
  await until(
    () => keeping(page),
    (said) => said === state,
  );
}

function notebook(page: Page): Promise<string> {
  return page.evaluate(() => window.perennial.notebook.get());
}

function write(page: Page, markdown: string): Promise<void> {
  return page.evaluate((said) => window.perennial.notebook.set(said), markdown);
}

function document(line: string): string {
  return `<!-- perennial 2 -->\n\n# Only\n\n${line}\n\n\`\`\`analysis overview\n\`\`\`\n`;
}

/** Another page of the same browser profile. */
async function another(page: Page): Promise<Page> {
  const next = await page.context().newPage();
  next.setDefaultTimeout(90_000);
  await next.goto(at!.site.url);
  await next.evaluate(() => window.perennial.ready);
  return next;
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.evaluate(() => window.perennial.ready);
}

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const gone = page.waitForEvent("crash");
  void session.send("Page.crash" as "Page.close").catch(() => undefined);
  await gone;
}

function goOn(page: Page): Promise<void> {
  return page.getByRole("button", { name: `${say("kept.goOn")}: Only` }).click();
}

async function openStudies(page: Page): Promise<void> {
  await page.locator("[data-keeping]").click();
  await page.getByRole("heading", { name: say("kept.title") }).waitFor();
}

function closeStudies(page: Page): Promise<void> {
  return page.keyboard.press("Escape");
}

async function keepFiles(page: Page): Promise<void> {
  await openStudies(page);
  await page.getByLabel(say("kept.keepFiles")).check();
  await closeStudies(page);
  await saved(page);
}

/** All that IndexedDB holds, as text. */
function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("perennial");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = [...database.objectStoreNames].map(
      (name) =>
        new Promise((resolve) => {
          const request = database.transaction(name).objectStore(name).getAll();
          request.onsuccess = () => resolve([name, request.result]);
        }),
    );
    const text = JSON.stringify(await Promise.all(all));
    database.close();
    return text;
  });
}

describe("a study", () => {
  it("goes on after the tab crashed: its document at once, its files when they are given again", async () => {
    const page = await begin();
    await study(page);
    await write(page, document("Written before."));
    await saved(page, "pending").catch(() => undefined);
    await saved(page);
    await crash(page);

    const next = await another(page);
    await goOn(next);
    await next.getByRole("heading", { name: say("kept.waiting") }).waitFor();
    await next.getByText("Written before.").waitFor();
    await next.getByText("orders.csv").waitFor();
    expect(await notebook(next)).toBe(document("Written before."));

    await pick(next, { ...orders, name: "another name.csv" });
    expect(await settle(next)).toEqual({ overview: "done" });
    expect(await notebook(next)).toBe(document("Written before."));
    expect(await next.getByText(say("kept.misfitMissing", { files: "orders.csv" })).count()).toBe(0);
    expect(await stored(next)).not.toMatch(/@|Webshop/);
  });

  it("opens with its figures where the reader keeps the files, and not again by itself if they crash the tab", async () => {
    const page = await begin();
    await study(page);
    await keepFiles(page);
    await reload(page);
    await goOn(page);
    expect(await settle(page)).toEqual({ overview: "done" });
    expect(await page.locator("section.files > details").count()).toBe(1);

    await reload(page);
    await page.evaluate(() => {
      const ask = `[aria-label^="Go on"]`;
      document.querySelector<HTMLButtonElement>(ask)!.click();
    });
    await crash(page);
    const next = await another(page);
    await next.getByText(say("kept.interrupted")).waitFor();
    expect(await next.locator("main [role=progressbar]").count()).toBe(0);
    await next.getByRole("button", { name: say("kept.goOnWithout") }).click();
    await next.getByRole("heading", { name: say("kept.waiting") }).waitFor();
    await next.getByRole("button", { name: say("kept.readFiles") }).click();
    expect(await settle(next)).toEqual({ overview: "done" });
    await reload(next);
    await next.getByRole("heading", { name: say("kept.last") }).waitFor();
    expect(await next.getByText(say("kept.interrupted")).count()).toBe(0);
  });

  it("has an edit that was made the moment before the page went", async () => {
    const page = await begin();
    await study(page);
    await page.evaluate(async (markdown) => {
      await window.perennial.notebook.set(markdown);
      location.reload();
    }, document("At the last moment."));
    await page.waitForLoadState();
    await page.evaluate(() => window.perennial.ready);
    await goOn(page);
    await page.getByText("At the last moment.").waitFor();
  });

  it("says which of its files do not fit", async () => {
    const page = await begin();
    await study(page);
    await reload(page);
    await goOn(page);
    const other = "Kunde,Datum,Betrag\nA,2026-01-01,5\nB,2026-02-01,7\n";
    await pick(page, { name: "orders.csv", content: other });
    await page.getByText(say("kept.misfitChanged", { files: "orders.csv" })).waitFor();
  });
});
