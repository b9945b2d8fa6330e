import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "playwright-core";
import type { ImportReport } from "../../src/intake/report.ts";
import type {} from "../../src/main.ts";
import { siteFolder } from "../browser/support/folders.ts";
import { launch } from "../browser/support/launch.ts";
import { serve } from "../browser/support/serve.ts";
import { until } from "./until.ts";

declare global {
  interface Window {
    rowsOfImport: ImportReport["files"][number]["rows"] | undefined;
  }
}

export interface PageEngine {
  tab: Page;
  /** milliseconds from the file to the finished tables, the engine already started */
  importFile: (path: string) => Promise<number>;
  /** ids of the analyses that what was imported allows */
  available: () => Promise<string[]>;
  /** milliseconds until a notebook of all of those stands there, what is in sight drawn */
  runNotebook: () => Promise<number>;
  /** milliseconds of one analysis, from its SQL to the Arrow table in the page */
  run: (id: string) => Promise<number>;
  sql: (text: string) => Promise<number>;
  /** what became of the rows of the last import */
  rowsOfImport: () => Promise<ImportReport["files"][number]["rows"]>;
  /** starts to import, cancels at so many percent, and gives the milliseconds until the page is idle */
  cancelImport: (path: string, percent: number) => Promise<number>;
  reset: () => Promise<void>;
  /** most that the tab has held so far, all its threads, in megabytes */
  peakMegabytes: () => Promise<number>;
  close: () => Promise<void>;
}

/** The built page in Chromium, driven through its automation interface. */
export async function openPage(): Promise<PageEngine> {
  const site = await serve({ root: siteFolder });
  const browser = await launch();
  const page = await browser.newPage();
  page.setDefaultTimeout(900_000);
  await page.goto(site.url);
  await page.evaluate(() => window.perennial.ready.then(() => undefined), undefined);
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "bench";
    document.body.append(input);
  });
  const renderer = await rendererOf(browser, page);
  return {
    tab: page,
    async importFile(path) {
      await isWarm(page);
      await page.setInputFiles("#bench", path);
      return page.evaluate(async () => {
        const file = (document.getElementById("bench") as HTMLInputElement).files?.[0];
        if (!file) throw new Error("no file");
        const since = performance.now();
        const { files } = await window.perennial.importFiles([file]);
        const tookMs = performance.now() - since;
        window.rowsOfImport = files[0]?.rows;
        await window.perennial.notebook.set("# Bench\n"); // no cells: nothing else runs meanwhile
        return tookMs;
      });
    },
    async rowsOfImport() {
      const rows = await page.evaluate(() => window.rowsOfImport);
      if (!rows) throw new Error("nothing was imported");
      return rows;
    },
    async cancelImport(path, percent) {
      await page.setInputFiles("#bench", path);
      return page.evaluate(cancelAt, percent);
    },
    available: () => page.evaluate(availableIds),
    async runNotebook() {
      const ids = await page.evaluate(availableIds);
      const fences = ids.map((id) => `\`\`\`analysis ${id}\n\`\`\`\n`);
      const since = performance.now();
      await page.evaluate(
        (markdown) => window.perennial.notebook.set(markdown),
        `# Bench\n\n${fences.join("\n")}`,
      );
      if (!(await until(() => page.evaluate(isWhole), { patienceMs: 1_800_000 })))
        throw new Error("the notebook did not come to an end");
      return performance.now() - since;
    },
    run: (id) =>
      page.evaluate(async (analysis) => (await window.perennial.run(analysis)).tookMs, id),
    sql: (text) =>
      page.evaluate(async (statement) => {
        const since = performance.now();
        await window.perennial.sql(statement);
        return performance.now() - since;
      }, text),
    reset: () =>
      page.evaluate(() => {
        performance.clearMarks();
        return window.perennial.reset();
      }),
    peakMegabytes: () => Promise.resolve(peakOf(renderer)),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** In the page. */
function availableIds(): string[] {
  return window.perennial.analyses().flatMap(({ id, available }) => (available ? [id] : []));
}

/** In the page: whether no cell is computed or waits for it, as the table of contents shows them. */
function isWhole(): boolean {
  const marks = [...document.querySelectorAll("nav a[href^='#cell-']")];
  const isOpen = ({ classList }: Element) => /idle|running/.test(classList[0] ?? "");
  return marks.length > 0 && !marks.some(isOpen);
}

/** In the page: its own button is pressed when its own progress display reaches the share. */
async function cancelAt(percent: number): Promise<number> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  const bar = () => document.querySelector("main [role=progressbar]");
  const file = (document.getElementById("bench") as HTMLInputElement).files?.[0];
  if (!file) throw new Error("no file");
  let isDone = false;
  const finish = () => (isDone = true);
  void window.perennial.importFiles([file]).then(finish, finish);
  while (!isDone && Number(bar()?.getAttribute("aria-valuenow") ?? 0) < percent) await pause();
  if (isDone) throw new Error(`the import ended before ${percent} %`);
  const since = performance.now();
  document.querySelector<HTMLElement>("main section:has([role=progressbar]) button")?.click();
  while (bar()) await pause();
  return performance.now() - since;
}

/** The page runs a made-up file while the reader looks for theirs; see `warmUp` in the session. */
async function isWarm(page: Page): Promise<void> {
  for (let tries = 0; tries < 100; ++tries) {
    const isDone = await page.evaluate(
      () => performance.getEntriesByName("perennial:warm").length > 0,
    );
    if (isDone) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** VmHWM of the tab's own process. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function rendererOf(browser: Browser, page: Page): Promise<number> {
  const client: CDPSession = await browser.newBrowserCDPSession();
  const { processInfo } = (await client.send("SystemInfo.getProcessInfo")) as {
    processInfo: { type: string; id: number; cpuTime: number }[];
  };
  await page.bringToFront();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const [busiest] = renderers.toSorted((a, b) => b.cpuTime - a.cpuTime);
  if (!busiest) throw new Error("no process of the tab");
  return busiest.id;
}
