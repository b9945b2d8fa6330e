import { existsSync, readFileSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { siteFolder } from "../support/folders.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, importFiles, landing, open, pick, run, settle, states } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

const under = "/some/where/";
const cdnow = resolve(import.meta.dirname, "../../../../shared/data/CDNOW_sample.txt");

let at: Visit;
let loaded: number;

beforeAll(async () => {
  at = await open({ under });
  await at.page.waitForLoadState("networkidle");
  loaded = at.site.requests.length;
});

afterAll(() => at?.close());

function expectSilence(): void {
  expect(at.site.requests.slice(loaded)).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
  expect(at.errors).toEqual([]);
}

/** Every analysis that the data allow, through the automation interface. */
async function runEverything(): Promise<Record<string, number>> {
  const analyses = await at.page.evaluate(() => window.perennial.analyses());
  const rows: Record<string, number> = {};
  for (const { id, available } of analyses) {
    if (available) rows[id] = (await run(at.page, id)).length;
  }
  return rows;
}

async function exportOf(cell: string, ending: "PNG" | "SVG" | "CSV"): Promise<Buffer> {
  const button = at.page.locator(`#cell-${cell} .exports > button`, { hasText: ending });
  await at.page.waitForTimeout(250); // of ten downloads within a second, Chromium drops the last
  const [download] = await Promise.all([at.page.waitForEvent("download"), button.press("Enter")]);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^perennial-${cell}-\\d{4}-\\d\\d-\\d\\d\\.${ending.toLowerCase()}$`),
  );
  return readFile(await download.path());
}

it("asks the host for its own static files only, while it loads", () => {
  const files = readdirSync(siteFolder, { recursive: true, encoding: "utf8" });
  const own = new Set(["", ...files].map((file) => `GET ${under}${file.replaceAll("\\", "/")}`));
  expect(at.site.requests.length).toBeGreaterThan(3);
  expect(at.site.requests.filter((line) => !own.has(line))).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
});

it("reads an order file from the file input and settles every cell without a request", async () => {
  await pick(at.page, { name: "orders.csv", content: shopExport() });
  const settled = await settle(at.page);
  expect(Object.values(settled)).not.toContain("failed");
  expect(settled["cohort-retention"]).toBe("done");
  const [count] = await askSql(at.page, "select count(*) as orders from orders");
  expect(Number(count?.["orders"])).toBeGreaterThan(500);
  expectSilence();
});

it("runs every analysis and statement without a request", async () => {
  const rows = await runEverything();
  expect(Object.keys(rows).length).toBeGreaterThanOrEqual(17);
  expect(Object.keys(rows).filter((id) => rows[id] === 0)).toEqual([]);
  await askSql(at.page, "select channel, sum(net) as net from orders group by channel");
  await expect(askSql(at.page, "from read_csv('http://evil.test/x.csv')")).rejects.toThrow();
  expectSilence();
});

it("exports pictures, drawings and tables without a request", async () => {
  for (const [cell, state] of Object.entries(await states(at.page))) {
    if (state !== "done") continue;
    expect((await exportOf(cell, "CSV")).subarray(0, 3)).toEqual(Buffer.from("\uFEFF"));
  }
  for (const cell of ["cohort-retention", "retention-curve", "pareto", "rfm-segments"]) {
    const png = await exportOf(cell, "PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(400);
    const svg = (await exportOf(cell, "SVG")).toString("utf8");
    expect(svg).toMatch(/<svg[\s>]/);
    expect(svg.replace(/xmlns(:\w+)?="[^"]*"/g, "")).not.toMatch(/https?:|url\(["']?(?!#)/);
  }
  expectSilence();
});

it("changes language and theme without a request", async () => {
  for (const locale of ["zh-Hans", "zh-Hant", "en"]) {
    await at.page.locator(`header button[lang=${locale}]`).click();
    await expect.poll(() => at.page.locator("html").getAttribute("lang")).toBe(locale);
  }
  const theme = at.page.getByRole("button", { name: text("en", "theme.label") });
  for (let i = 0; i < 3; ++i) await theme.click();
  await settle(at.page);
  expectSilence();
});

it("makes the demo shop in the tab", async () => {
  const report = await at.page.evaluate(() => window.perennial.demo({ customers: 300 }));
  expect(report.totals.customers).toBe(300);
  expect(Object.values(await settle(at.page))).not.toContain("failed");
  expectSilence();
});

it.skipIf(!existsSync(cdnow))(
  "reads the CDNOW sample without a request (needs ../shared/data)",
  async () => {
    await at.page.evaluate(() => window.perennial.reset());
    await landing(at.page);
    await pick(at.page, { name: "CDNOW_sample.txt", content: readFileSync(cdnow) });
    expect(Object.values(await settle(at.page))).not.toContain("failed");
    const [count] = await askSql(at.page, "select count(*) as orders from orders");
    expect(count).toEqual({ orders: 6919 });
    expectSilence();
  },
);

it("works on when the network is gone: start over, import, analyses, export", async () => {
  await at.page.context().setOffline(true);
  await at.page.evaluate(() => window.perennial.reset());
  const { totals } = await importFiles(at.page, [
    { name: "offline.csv", content: shopExport({ orders: 400 }) },
  ]);
  expect(totals.orders).toBeGreaterThan(300);
  expect(Object.values(await settle(at.page))).not.toContain("failed");
  await runEverything();
  expect((await exportOf("overview", "CSV")).length).toBeGreaterThan(100);
  await at.page.evaluate(() => window.perennial.demo({ customers: 200 }));
  expect(Object.values(await settle(at.page))).not.toContain("failed");
  expectSilence();
});

it("leaves documents behind in the browser, and neither files nor values of them", async () => {
  const left = await at.page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const database = await done(indexedDB.open("perennial"));
    const all = (name: string) => done(database.transaction(name).objectStore(name).getAll());
    const [studies, files] = [await all("studies"), await all("files")];
    return {
      kept: { names, files, studies: JSON.stringify(studies) },
      other: {
        cookie: document.cookie,
        local: { ...localStorage },
        session: Object.keys(sessionStorage),
        caches: await caches.keys(),
        address: location.pathname + location.search + location.hash,
      },
    };
  });
  // nothing but the language and the look that were chosen above
  const { local, ...other } = left.other;
  expect(other).toEqual({ cookie: "", session: [], caches: [], address: under });
  expect(Object.keys(local)).toEqual(["perennial.settings"]);
  for (const [name, value] of Object.entries(JSON.parse(local["perennial.settings"]!) as object))
    expect([name, value]).toEqual([
      expect.stringMatching(/^(locale|theme)$/),
      expect.stringMatching(/^(en|zh-Han[st]|light|dark|auto)$/),
    ]);
  expect([left.kept.names, left.kept.files]).toEqual([["perennial"], []]);
  expect(left.kept.studies).toContain("orders.csv");
  expect(left.kept.studies).toContain("analysis cohort-retention");
  // values of the exports that were read: customers, orders, channels, products
  expect(left.kept.studies).not.toMatch(/example\.com|S-1\d{4}|Newsletter|blanket/);
});
