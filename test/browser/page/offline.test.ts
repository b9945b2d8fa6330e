import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerResponse } from "node:http";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { siteFolder } from "../support/folders.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, landing, open, openOnly, settle, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

const under = "/some/where/";
const orders = { name: "orders.csv", content: shopExport({ orders: 60 }) };
const say = (key: string) => text("en", key);
const read = (path: string) => readFileSync(join(siteFolder, path), "utf8");

let at: Visit;
let page: Page;
/** what the host serves in place of its files */
let changed: Record<string, string>;

beforeEach(async () => {
  changed = {};
  const answer = (path: string, response: ServerResponse): boolean => {
    const content = changed[path.slice(under.length)];
    if (content === undefined) return false;
    const type = path.endsWith(".js") ? "text/javascript" : "text/html";
    response.setHeader("Content-Type", type).end(content);
    return true;
  };
  at = await open({ under, answer, isKept: true });
  page = at.page;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(
    () => page.evaluate(() => navigator.serviceWorker.controller !== null),
    (isControlled) => isControlled,
  );
});

afterEach(() => at.close());

/** A newer version of the site: its page says so, and its worker knows that page. */
function publish(): void {
  const before = read("index.html");
  const after = before.replace("</head>", '<meta name="version" content="newer" /></head>');
  const worker = read("serviceWorker.js");
  changed = {
    "": after,
    "serviceWorker.js": worker
      .replace(integrityOf(before), integrityOf(after))
      .replace(/([`"'])[0-9a-f]{12}\1/, "`newer`"),
  };
  expect(changed["serviceWorker.js"]).toContain(integrityOf(after));
  expect(changed["serviceWorker.js"]).toContain("`newer`");
}

function integrityOf(content: string): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

/** What the browser does by itself now and then. */
function look(): Promise<void> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => undefined);
  });
}

function version(): Promise<string | null> {
  return page.evaluate(
    () => document.querySelector("meta[name=version]")?.getAttribute("content") ?? null,
  );
}

/** What the site keeps of itself goes with the rest; this tab goes on. */
async function forgetEverything(): Promise<void> {
  await page.locator("[data-keeping]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: say("kept.forget") }).click();
  await dialog.getByRole("button", { name: say("kept.forget") }).click();
  await dialog.getByText(say("kept.forgotten")).waitFor();
  const left = await page.evaluate(async () => [
    ...(await caches.keys()),
    ...(await navigator.serviceWorker.getRegistrations()),
  ]);
  expect(left).toEqual([]);
}

/** Its manifest names icons that there are, and the browser finds nothing against it. */
async function expectInstallable(): Promise<void> {
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = JSON.parse(read(address!)) as {
    start_url: string;
    icons: { src: string; sizes: string }[];
  };
  for (const { src, sizes } of manifest.icons) {
    const bytes = readFileSync(join(siteFolder, src));
    if (sizes === "any") continue;
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
}

it("may be installed, and then opens, reads, writes SQL, reports and exports without its host after the first visit", async () => {
  await expectInstallable();
  expect(at.site.requests.every((line) => line.startsWith(`GET ${under}`))).toBe(true);
  await at.site.close();
  await page.reload();
  await page.evaluate(() => window.perennial.ready);
  await openOnly(page, "overview");
  await importFiles(page, [orders]);
  expect(await settle(page)).toEqual({ overview: "done" });

  await page
    .getByRole("button", { name: say("edit.add") })
    .last()
    .click();
  await page.getByRole("menuitem", { name: say("edit.addSql") }).click();
  await page.locator(".cm-content").waitFor(); // a chunk of its own
  const report = await page.evaluate(async () => (await window.perennial.report()).size);
  expect(report).toBeGreaterThan(400_000); // the viewer is in it
  const cell = page.locator("#cell-overview");
  await cell.getByRole("button", { name: say("cell.exportMore") }).click();
  const parquet = cell.getByRole("menuitem", { name: say("cell.exportParquet") });
  const [download] = await Promise.all([page.waitForEvent("download"), parquet.click()]);
  expect(download.suggestedFilename()).toMatch(/\.parquet$/);
  await forgetEverything();
  expect(at.errors).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
});

it("goes on with its own version until a newer one is whole and the reader wants it", async () => {
  const bar = page.getByText(say("app.newer"));
  publish();
  changed[""] += "<!-- not what the list says -->";
  await look();
  await page.waitForTimeout(1_000);
  expect(await bar.count()).toBe(0);

  publish();
  await look();
  await bar.waitFor();
  await page.reload();
  await landing(page);
  expect(await version()).toBeNull();
  await page.getByRole("button", { name: say("app.openNewer") }).click();
  await until(version, (said) => said === "newer");
  await landing(page);
  await page.evaluate(() => window.perennial.ready);
  expect(await bar.count()).toBe(0);
  expect(at.errors).toEqual([]);
});
