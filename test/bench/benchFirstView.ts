import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { siteFolder } from "../browser/support/folders.ts";
import { launch } from "../browser/support/launch.ts";
import { serve } from "../browser/support/serve.ts";
import { median, range } from "./median.ts";
import { until } from "./until.ts";

/** a slow mobile line and a slow processor, as Lighthouse takes them */
const line = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const slowdown = 4;
const rounds = 5;

/** What moved without the reader's doing counts. */
interface LayoutShift {
  value: number;
  hadRecentInput: boolean;
}

/** When the way in is drawn and answers, against when the engine stands; on a slow line and processor. */
export async function benchFirstView(): Promise<void> {
  console.log("\nthe first view, 1.6 Mbit/s, 150 ms, processor 4 times slower");
  const site = await serve({ root: siteFolder, answer: compressed });
  const browser = await launch();
  try {
    const all: ({ answersMs: number } & ReturnType<typeof measured>)[] = [];
    for (let round = 0; round < rounds; ++round) {
      const context = await browser.newContext({ serviceWorkers: "block" });
      const page = await context.newPage();
      page.setDefaultTimeout(300_000);
      const client = await context.newCDPSession(page);
      await client.send("Network.enable");
      await client.send("Network.emulateNetworkConditions", line);
      await client.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      await page.addInitScript(watchShifts);
      await page.goto(site.url);
      await page.locator("button[lang=zh-Hant]").click();
      await page.locator("html[lang=zh-Hant]").waitFor();
      const answersMs = await page.evaluate(() => performance.now());
      await until(() => page.evaluate(() => "perennial" in window));
      await page.evaluate(() => window.perennial.ready.then(() => undefined));
      all.push({ answersMs, ...(await page.evaluate(measured)) });
      await context.close();
    }
    const of = (name: keyof (typeof all)[number]) => all.map((one) => one[name]);
    console.log(`  drawn after ${range(of("drawnMs"), 0)} ms, layout shift ${median(of("shift"))}`);
    console.log(`  answers in another language after ${range(of("answersMs"), 0)} ms`);
    console.log(`  engine ÷ answer ${range(all.map((one) => one.engineMs / one.answersMs))}`);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Script and styles as static hosts send them. */
function compressed(path: string, response: ServerResponse): boolean {
  const type = { ".js": "text/javascript", ".css": "text/css" }[extname(path)];
  if (!type) return false;
  response.setHeader("Content-Type", `${type}; charset=utf-8`);
  response.setHeader("Content-Encoding", "gzip");
  response.end(gzipSync(readFileSync(join(siteFolder, path))));
  return true;
}

/** In the page, before it. */
function watchShifts(): void {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & LayoutShift)[])
      if (!entry.hadRecentInput) shift += entry.value;
    Object.assign(window, { shift });
  }).observe({ type: "layout-shift", buffered: true });
}

/** In the page. */
function measured(): { drawnMs: number; engineMs: number; shift: number } {
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const { shift = 0 } = window as Window & { shift?: number };
  return { drawnMs: paint?.startTime ?? NaN, engineMs: performance.now(), shift };
}
