import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ImportReport } from "../../../src/intake/report.ts";
import type { Automation } from "../../../src/session/automation.ts";
import type { Locale } from "../../../src/words/words.ts";
import { readQueries } from "../../queries/readQueries.ts";
import { siteFolder } from "../support/folders.ts";
import { patienceMs, visit } from "../support/visit.ts";
import type { Visit, VisitOptions } from "../support/visit.ts";

declare global {
  interface Window {
    perennial: Automation;
  }
}

export type Rows = Record<string, unknown>[];

/** A file as a reader has it: a name and what is in it. */
export interface ReaderFile {
  name: string;
  content: string | Uint8Array;
}

/** Asks again until the answer passes; in hooks too, where `expect.poll` does not work. */
export async function until<T>(
  ask: () => Promise<T>,
  passes: (answer: T) => boolean,
  { timeoutMs = patienceMs } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    // while files are read there is no table to ask
    const answer = await ask().catch((error: unknown) => ({ error }));
    if (!isError(answer) && passes(answer)) return answer;
    if (Date.now() > end) throw new Error(`still waiting; last answer: ${describe(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isError(answer: unknown): answer is { error: unknown } {
  return typeof answer === "object" && answer !== null && "error" in answer;
}

function describe(answer: unknown): string {
  return isError(answer) ? String(answer.error) : JSON.stringify(answer);
}

/** Opens the site and waits for the engine. */
export async function open(options: Partial<VisitOptions> = {}): Promise<Visit> {
  const at = await visit({ root: siteFolder, ...options });
  await at.page.evaluate(() => window.perennial.ready);
  return at;
}

/** Hands files to the page's own file input, landing page or notebook, as the picker would. */
export async function pick(page: Page, ...files: ReaderFile[]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(
    files.map(({ name, content }) => ({
      name,
      mimeType: "text/csv",
      buffer: typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content),
    })),
  );
}

/** Imports by the automation interface. @throws with the code before the message */
export function importFiles(
  page: Page,
  files: ReaderFile[],
  answers: Record<string, string> = {},
): Promise<ImportReport> {
  const plain = files.map(({ name, content }) => ({
    name,
    base64: Buffer.from(content).toString("base64"),
  }));
  return page.evaluate(
    async ([sent, told]) => {
      const inputs = sent.map(({ name, base64 }) => ({
        name,
        bytes: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
      }));
      return window.perennial.importFiles(inputs, { answers: told });
    },
    [plain, answers] as const,
  );
}

/** The rows of a statement. */
export async function askSql(page: Page, statement: string): Promise<Rows> {
  return (await page.evaluate((text) => window.perennial.sql(text), statement)).rows;
}

/** The rows of an analysis. */
export async function run(
  page: Page,
  id: string,
  params: Record<string, unknown> = {},
): Promise<Rows> {
  return (
    await page.evaluate(([name, told]) => window.perennial.run(name, told), [id, params] as const)
  ).rows;
}

/**
 * Has the next import open these analyses alone, and not a cell for each: where a test is about a
 * file, the other cells only take time. A notebook without cells is filled by the import.
 */
export function openOnly(page: Page, ...analyses: string[]): Promise<void> {
  const cells = analyses.map((id) => `\n\`\`\`analysis ${id}\n\`\`\`\n`);
  return page.evaluate(
    (markdown) => window.perennial.notebook.set(markdown),
    `# Only\n${cells.join("")}`,
  );
}

/** Nothing imported, and nothing remembered of the shapes of files. */
export async function startOver(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    return window.perennial.reset();
  });
  await landing(page);
}

/** The analyses that wait for no file beside the orders: an import of orders opens a cell for each. */
export function openedByOrders(): string[] {
  const beside = ["contacts", "touches", "referrals", "ratings"];
  return readQueries("analyses")
    .filter(({ needs }) => !needs.some((table) => beside.includes(table)))
    .map(({ id }) => id);
}

/** Waits until no import runs and every cell has settled, and gives the states of the cells. */
export async function settle(page: Page): Promise<Record<string, string>> {
  const { cells } = await until(
    async () => ({
      bars: await page.locator("main [role=progressbar]").count(),
      cells: await states(page),
    }),
    ({ bars, cells }) => {
      const open = Object.values(cells).filter((state) => ["idle", "running"].includes(state));
      return bars === 0 && open.length === 0 && Object.keys(cells).length > 0;
    },
  );
  return cells;
}

/** What became of each cell, as the table of contents shows it. */
export function states(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("nav a[href^='#cell-']")].map((link) => [
        link.getAttribute("href")!.slice("#cell-".length),
        link.classList[0] ?? "",
      ]),
    ),
  );
}

/** Waits for the landing page, where nothing is imported and nothing runs. */
export async function landing(page: Page): Promise<void> {
  await page.locator("#picker").waitFor({ state: "attached", timeout: patienceMs });
}

/** Changes the language by its button. */
export async function speak(page: Page, locale: Locale): Promise<void> {
  await page.locator(`header button[lang=${locale}]`).click();
  await until(
    () => page.locator("html").getAttribute("lang"),
    (lang) => lang === locale,
  );
}

/** Every row of every file is kept, merged, excluded or rejected, and the reasons say which. */
export function expectTie({ files }: ImportReport): void {
  for (const { name, rows, reasons } of files) {
    const { read, kept, merged, excluded, rejected } = rows;
    expect([name, read]).toEqual([name, kept + merged + excluded + rejected]);
    expect([name, read]).toEqual([name, reasons.reduce((sum, reason) => sum + reason.rows, 0)]);
  }
}

/** Unfolds the first file's panel. */
export async function openPanel(page: Page): Promise<void> {
  const panel = page.locator("section.files > details").first();
  if ((await panel.getAttribute("open")) === null) await panel.locator("> summary").click();
}
