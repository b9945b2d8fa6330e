import { readFile } from "node:fs/promises";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { patienceMs } from "../support/visit.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, open, openOnly, pick, settle, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

const orders = { name: "orders.csv", content: shopExport({ orders: 60 }) };
const say = (key: string, values?: Record<string, string | number>) => text("en", key, values);

let at: Visit;
/** the tab that the tests go on with */
let page: Page;

/** Another tab of the same browser profile. */
async function another(): Promise<Page> {
  const next = await at.page.context().newPage();
  next.setDefaultTimeout(patienceMs);
  await next.goto(at.site.url);
  await next.evaluate(() => window.perennial.ready);
  return next;
}

async function reload(): Promise<void> {
  await page.reload();
  await page.evaluate(() => window.perennial.ready);
}

/** The tab crashes, and the reader opens another. */
async function crash(): Promise<void> {
  const gone = page.waitForEvent("crash");
  void (await cdp()).send("Page.crash").catch(() => undefined);
  await gone;
  page = await another();
}

function cdp(): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

/** A study of one cell, kept. */
async function begin(): Promise<void> {
  await openOnly(page, "overview");
  await importFiles(page, [orders]);
  await settle(page);
  await keeps("saved");
}

async function keeps(state: string, on = page): Promise<void> {
  await until(
    () => on.locator("[data-keeping]").getAttribute("data-keeping"),
    (said) => said === state,
  );
}

function notebook(on = page): Promise<string> {
  return on.evaluate(() => window.perennial.notebook.get());
}

/** Another document, which is then kept. */
async function write(line: string): Promise<void> {
  await page.evaluate((said) => window.perennial.notebook.set(said), documentOf(line));
  await keeps("saved");
  await until(
    () => stored(),
    (said) => said.includes(line),
  );
}

function documentOf(line: string): string {
  return `<!-- perennial 2 -->\n\n# Only\n\n${line}\n\n\`\`\`analysis overview\n\`\`\`\n`;
}

/** All that the page's database holds, as text. */
function stored(): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("perennial"));
    const names = [...database.objectStoreNames];
    const all = names.map((name) => done(database.transaction(name).objectStore(name).getAll()));
    const said = JSON.stringify(await Promise.all(all));
    database.close();
    return said;
  });
}

async function goOn(on = page): Promise<void> {
  await on.getByRole("button", { name: `${say("kept.goOn")}: Only` }).click();
}

function button(key: string, on = page) {
  return on.getByRole("button", { name: say(key), exact: true });
}

async function openStudies(): Promise<void> {
  await page.locator("[data-keeping]").click();
  await page.getByRole("heading", { name: say("kept.title") }).waitFor();
}

function closeStudies(): Promise<void> {
  return page
    .getByRole("dialog")
    .getByRole("button", { name: say("keys.close") })
    .click();
}

describe("a study", () => {
  beforeAll(async () => {
    at = await open();
    page = at.page;
  });

  afterAll(() => at?.close());

  it("goes on after the tab crashed: the document at once, its figures when its files are given", async () => {
    await begin();
    await write("Before the crash.");
    await crash();
    await goOn();
    await page.getByRole("heading", { name: say("kept.waiting") }).waitFor();
    await page.getByText("Before the crash.").waitFor();
    await page.getByText("orders.csv").waitFor();
    expect(await notebook()).toBe(documentOf("Before the crash."));
    await pick(page, { ...orders, name: "another name.csv" });
    expect(await settle(page)).toEqual({ overview: "done" });
    expect(await notebook()).toBe(documentOf("Before the crash."));
    expect(await page.locator(".notice").allInnerTexts()).toEqual([
      expect.stringContaining("another name.csv"),
    ]);
    await until(
      () => stored(),
      (said) => said.includes("another name.csv"),
    );
    expect(await stored()).not.toMatch(/example\.com|Newsletter|Wool/);
  });

  it("goes back to a state that the reader named, which undo takes back", async () => {
    await write("As it was.");
    await openStudies();
    await page.getByLabel(say("kept.checkpointName")).fill("For the board");
    await page.keyboard.press("Enter");
    await page.getByText("For the board").waitFor();
    await closeStudies();
    await write("As it is.");
    await openStudies();
    const named = page.getByRole("dialog").locator("li", { hasText: "For the board" });
    await named.getByRole("button", { name: say("kept.goBack") }).click();
    expect(await notebook()).toBe(documentOf("As it was."));
    await page.keyboard.press("Control+z");
    expect(await notebook()).toBe(documentOf("As it is."));
    await openStudies();
    await named.getByRole("button", { name: say("kept.delete") }).click();
    await named.getByRole("button", { name: say("kept.delete") }).click();
    await until(
      () => stored(),
      (said) => !JSON.parse(said)[2].at(-1).body.includes("For the board"),
    );
    await closeStudies();
  });

  it("has the edit of the moment before the page went, and says which files do not fit", async () => {
    const last = documentOf("At the last moment.");
    await page.evaluate((said) => void window.perennial.notebook.set(said), last);
    await reload();
    await goOn();
    await page.getByText("At the last moment.").waitFor();
    const content = "Kunde;Datum;Betrag\nA;2026-01-01;5\nB;2026-02-01;7\n";
    await pick(page, { name: "another name.csv", content });
    await page.getByText(say("kept.misfitChanged", { files: "another name.csv" })).waitFor();
    await pick(page, { ...orders, name: "another name.csv" });
    await settle(page);
    await keeps("saved");
  });

  it("keeps its files where the reader says so; if they crash the tab, it is the reader who tries again", async () => {
    await openStudies();
    await page.getByLabel(say("kept.keepFiles")).check();
    await closeStudies();
    await until(
      () => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0),
      (bytes) => bytes > orders.content.length,
    );
    await keeps("saved");
    await reload();
    const read = page.locator("main [role=progressbar]").waitFor();
    await goOn();
    await read;
    await crash();
    await page.getByText(say("kept.interrupted")).waitFor();
    await button("kept.goOnWithout").click();
    await page.getByText("At the last moment.").waitFor();
    await button("kept.readFiles").click();
    expect(await settle(page)).toEqual({ overview: "done" });
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  it("is written by one tab; another reads it, and may take over", async () => {
    const first = page;
    const second = await another();
    await goOn(second);
    await second.getByText(say("kept.elsewhere")).waitFor();
    await settle(second);
    await keeps("elsewhere", second);
    const set = (on: Page, line: string) =>
      on.evaluate((said) => window.perennial.notebook.set(said), documentOf(line));
    await expect(set(second, "From the second.")).rejects.toThrow(say("kept.elsewhere"));

    // what the first has not written yet is handed over
    await set(first, "From the first.");
    await button("kept.takeOver", second).click();
    await first.getByText(say("kept.elsewhere")).waitFor();
    await until(
      () => notebook(second),
      (said) => said === documentOf("From the first."),
    );
    await expect(set(first, "Too late.")).rejects.toThrow(say("kept.elsewhere"));
    page = second;
    await write("From the second.");
    await button("kept.takeOver", first).click();
    await until(
      () => notebook(first),
      (said) => said === documentOf("From the second."),
    );
    await second.close();
    page = first;
    await keeps("saved");
  });

  it("opens in the state before, where the last one is damaged", async () => {
    await write("The state before.");
    await write("The last state.");
    await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open("perennial");
        request.onsuccess = () => resolve(request.result);
      });
      const studies = database.transaction("studies", "readwrite").objectStore("studies");
      const all = await new Promise<{ body: string }[]>((resolve) => {
        const request = studies.getAll();
        request.onsuccess = () => resolve(request.result);
      });
      const last = all.at(-1)!;
      studies.put({ ...last, body: last.body.slice(0, 200) });
      database.close();
    });
    await reload();
    await page.getByText(say("kept.damaged", { title: "Only" })).waitFor();
    await goOn();
    await settle(page);
    expect(await notebook()).toBe(documentOf("The state before."));
    await button("notice.dismiss").click();
    await write("And on from there.");
  });

  it("stays in the tab where the storage is cleared meanwhile, and is kept again on a word", async () => {
    const { origin } = at.site;
    await (await cdp()).send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    await page.getByText(say("kept.why.gone")).waitFor();
    expect(await notebook()).toBe(documentOf("And on from there."));
    await button("kept.retry").click();
    await keeps("saved");
    expect(await stored()).toContain("And on from there.");
  });

  it("is forgotten with everything else that the site keeps", async () => {
    await page.evaluate(async () => {
      localStorage.setItem("some", "thing");
      sessionStorage.setItem("some", "thing");
      await caches.open("some");
      const folder = await navigator.storage.getDirectory();
      await folder.getFileHandle("some", { create: true });
    });
    await openStudies();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("kept.forget") }).click();
    await dialog.getByRole("button", { name: say("kept.forget") }).click();
    await dialog.getByText(say("kept.forgotten")).waitFor();
    await closeStudies();
    await keeps("unsaved");
    await page.evaluate((said) => window.perennial.notebook.set(said), documentOf("After."));
    await page.waitForTimeout(1_500); // a study that is forgotten is not written again by itself
    expect(await left()).toEqual({
      local: [],
      session: [],
      databases: [],
      caches: [],
      files: [],
      workers: 0,
    });
    expect(await notebook()).toBe(documentOf("After."));
    expect(at.errors).toEqual([]);
  });
});

/** What of this site is in the browser. */
function left() {
  return page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      files,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });
}

describe("a browser that lacks something", () => {
  afterAll(() => at?.close());

  it("works in memory without IndexedDB, and says that nothing is saved", async () => {
    at = await open({
      before: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("denied", "SecurityError");
        };
      },
    });
    page = at.page;
    await openOnly(page, "overview");
    await importFiles(page, [orders]);
    expect(await settle(page)).toEqual({ overview: "done" });
    await page.getByText(say("kept.why.unavailable")).waitFor();
    await keeps("unsaved");
    await button("kept.download").waitFor();
    expect(at.errors).toEqual([]);
    // what was written since would be lost: the browser asks before the page goes
    await page.evaluate((said) => window.perennial.notebook.set(said), documentOf("Written."));
    await page.locator("h1").first().click();
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await at.close();
  });

  it("says where there is no room, has the document downloaded, and saves it later", async () => {
    at = await open({
      before: () => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }),
    });
    page = at.page;
    const session = await cdp();
    const { origin } = at.site;
    // before the first write: Chromium counts small ones against what was left when it last looked
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 100 });
    await openOnly(page, "overview");
    await importFiles(page, [orders]);
    await page.getByText(say("kept.why.full")).waitFor();
    await keeps("unsaved");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button("kept.download").click(),
    ]);
    expect(download.suggestedFilename()).toBe("Only.md");
    expect(await readFile(await download.path(), "utf8")).toBe(await notebook());
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await button("kept.retry").click();
    await keeps("saved");
    expect(await page.getByText(say("kept.why.full")).count()).toBe(0);
  });

  it("agrees on one writing tab without Web Locks", async () => {
    await page.context().addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
    });
    const second = await another();
    await goOn(second);
    await second.getByText(say("kept.elsewhere")).waitFor();
    await button("kept.takeOver", second).click();
    await page.getByText(say("kept.elsewhere")).waitFor();
    await keeps("saved", second);
    expect(at.errors).toEqual([]);
  });
});
