import axe from "axe-core";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, open, run, settle } from "./pageCalls.ts";

const orders = `Customer ID,Email,Order number,Order date,Total
K-1,ann@shop.example,1,2025-04-03,10.00
K-2,bob@shop.example,2,2025-05-04,20.00
K-1,ann@shop.example,3,2025-06-05,30.00
`;

const markdown =
  "# For the board\n\n```analysis overview\n```\n\n```sql own\nselect 1 as one\n```\n";

let at: Visit;

beforeAll(async () => {
  at = await open();
  await at.page.evaluate((said) => window.perennial.notebook.set(said), markdown);
  await importFiles(at.page, [{ name: "orders.csv", content: orders }]);
  await settle(at.page);
});
afterAll(() => at?.close());

it("is saved as a script for another engine, which says what it reads", async () => {
  const { page } = at;
  await choose(page, "document.script");
  const dialog = page.getByRole("dialog", { name: text("en", "script.title") });
  expect(await dialog.innerText()).toContain(text("en", "script.own"));
  expect(await faults(page)).toEqual([]);
  const download = page.waitForEvent("download");
  const save = dialog.getByRole("button", { name: text("en", "script.save"), exact: true });
  expect(await save.and(page.locator(":focus")).count()).toBe(1);
  await save.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("For the board.sql");
  const script = await readFile(await saved.path(), "utf8");
  for (const said of ["read_csv('orders.csv'", "create table orders", "-- cell: own"])
    expect(script).toContain(said);
  await page.keyboard.press("Escape");
});

it("is sent as a file and a link, and opens from the two, inert, in a browser that knows neither", async () => {
  const { page, site, proxy, errors } = at;
  const figures = await run(page, "overview");
  await choose(page, "document.send");
  const dialog = page.getByRole("dialog", { name: text("en", "bundle.send") });
  const preview = await dialog.innerText();
  for (const said of ["orders.csv", "3 rows", "Email: e-mail", "For the board"])
    expect(preview).toContain(said);
  expect(await faults(page)).toEqual([]);
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: text("en", "bundle.seal") }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("For the board.perennial");
  const sealed = await readFile(await saved.path());
  const link = await dialog.getByLabel(text("en", "bundle.link")).inputValue();
  expect(link).toMatch(new RegExp(`^${site.url}#open=[\\w-]{43}$`));
  expect(sealed.includes("shop.example")).toBe(false);
  await dialog.getByRole("button", { name: text("en", "bundle.done") }).click();

  // another reader: nothing is kept of the one before
  await page.goto("about:blank");
  const context = await at.browser.newContext({ reducedMotion: "reduce" });
  const other = await context.newPage();
  await other.goto(link);
  const ask = other.getByRole("dialog", { name: text("en", "bundle.open") });
  const give = (bytes: Buffer) =>
    ask
      .locator("input[type=file]")
      .setInputFiles({ name: "a.perennial", mimeType: "", buffer: bytes });
  const broken = Buffer.from(sealed);
  broken[100]! ^= 1;
  await give(broken);
  await ask.getByText(text("en", "bundle.why.damaged")).waitFor();
  expect(await faults(other)).toEqual([]);
  await give(sealed);
  await other.getByRole("button", { name: text("en", "document.consent") }).waitFor();
  expect(await ask.count()).toBe(0);
  expect(new URL(other.url()).hash).toBe("");
  expect(await other.evaluate(() => window.perennial.notebook.get())).toBe(markdown);
  await other.getByRole("button", { name: text("en", "document.consent") }).click();
  expect(await settle(other)).toEqual({ overview: "done", own: "done" });
  expect(await run(other, "overview")).toEqual(figures);
  await context.close();
  expect(site.requests.filter((request) => /open=|perennial$/.test(request))).toEqual([]);
  expect(proxy.strays).toEqual([]);
  expect(errors).toEqual([]);
});

async function choose(page: Page, word: string): Promise<void> {
  await page.getByRole("button", { name: text("en", "document.title"), exact: true }).click();
  await page.getByRole("menuitem", { name: text("en", word) }).click();
}

/** What axe-core finds wrong with the dialog that is open. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations } = await checker.run("dialog[open]");
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
