import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { landing, open, openPanel, pick, settle, until } from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

// One study from the file to its readers, by nothing but what a reader has: files, mouse and keys.

const name = "shop.csv";

/** A shop whose export has the amount twice: net, which is taken for it, and with 20 % of tax. */
function twoAmounts(): string {
  const [header, ...lines] = shopExport({ orders: 3000, customers: 700 }).trimEnd().split("\n");
  const taxed = lines.map((line) => {
    const amount = Number(line.split(",")[3]);
    return `${line},${(Math.round(amount * 120) / 100).toFixed(2)}`;
  });
  return [`${header},With tax`, ...taxed].join("\n");
}

const content = twoAmounts();
const word = (key: string, values = {}) => text("en", key, values);

let at: Visit;
let page: Page;

beforeAll(async () => {
  at = await open();
  page = at.page;
});
afterAll(() => at?.close());

/** What each figure says, by the id of its cell. */
function sentences(where: Page): Promise<Record<string, string>> {
  return where.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("section.cell")].map((cell) => [
        cell.id.slice("cell-".length),
        cell.querySelector(".sentence")?.textContent?.trim() ?? "",
      ]),
    ),
  );
}

/** The rows of a cell's table that are drawn. */
async function rowsOf(where: Page, id: string): Promise<string[][]> {
  const cell = where.locator(`#cell-${id}`);
  await cell.getByRole("tab", { name: word("cell.table"), exact: true }).click();
  await cell.locator("tbody tr[aria-rowindex]").first().waitFor();
  return cell
    .locator("tbody tr[aria-rowindex]")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("td, th")].map((one) => one.textContent!.trim())),
    );
}

/** The first of the page's figures: orders, customers, net revenue, refunds. */
const headline = (where: Page) => where.locator(".notebook dl").first().innerText();

async function drop(where: Page): Promise<void> {
  const data = await where.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([file.content], file.name));
      return transfer;
    },
    { name, content },
  );
  await where.dispatchEvent("main", "dragenter", { dataTransfer: data });
  await where.dispatchEvent("main", "drop", { dataTransfer: data });
}

let everybody: Record<string, string>;
let mine: Record<string, string>;
const rows: Record<string, string[][]> = {};

it("begins with a dropped file, of which a column was taken for another", async () => {
  await landing(page);
  await drop(page);
  await settle(page);
  const net = await headline(page);
  await openPanel(page);
  const amount = page.locator(`[id="map-${name}-amount"]`);
  expect(await amount.inputValue()).toBe("Amount paid");
  await amount.selectOption("With tax");
  await until(
    () => headline(page),
    (told) => told !== net,
  );
  await settle(page);
  everybody = await sentences(page);
});

it("is narrowed to the customers of one channel", async () => {
  await page.selectOption("#filter-by", "channel");
  await page.locator('#filter-value option[value="Newsletter"]').waitFor({ state: "attached" });
  await page.selectOption("#filter-value", "Newsletter");
  await until(
    () => sentences(page),
    (told) => told["overview"] !== everybody["overview"],
  );
  await settle(page);
});

it("opens the customers behind a mark, as many as it says", async () => {
  const figure = page.locator("#cell-cohort-retention svg[role=img]");
  await page.locator("#cell-cohort-retention").scrollIntoViewIfNeeded();
  await figure.focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Enter"])
    await page.keyboard.press(key);
  const dialog = page.locator("dialog[open]");
  await dialog.locator("footer").waitFor();
  const active = /Active: (\d+)/.exec(await dialog.locator(".lead p").first().innerText())![1]!;
  expect(await dialog.locator("footer").innerText()).toMatch(new RegExp(`^${active} customer`));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

it("is written on in SQL", async () => {
  await page.locator("#cell-cohort-retention .top button[aria-haspopup=menu]").click();
  await page.getByRole("menuitem", { name: word("edit.fork") }).click();
  const editor = page.locator("#cell-cohort_retention .cm-content");
  await editor.waitFor();
  await settle(page);
  await editor.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("\nlimit 3");
  await page.keyboard.press("ControlOrMeta+Enter");
  await until(
    () => rowsOf(page, "cohort_retention"),
    (found) => found.length === 3,
  );
});

it("opens by its link in a profile that knows nothing, with the same figures of the same file", async () => {
  await settle(page);
  mine = await sentences(page);
  expect(Object.values(mine).filter((said) => said !== "").length).toBeGreaterThan(25);
  for (const id of ["cohort-retention", "rfm-segments", "cohort_retention", "revenue-growth"])
    rows[id] = await rowsOf(page, id);
  await page.getByRole("button", { name: word("document.title"), exact: true }).click();
  await page.getByRole("menuitem", { name: word("document.link") }).click();
  await page.getByText(/^Copied: [\d,]+ characters/).waitFor();
  await page.context().grantPermissions(["clipboard-read"]);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await open({ fragment: new URL(link).hash });
  try {
    await other.page.locator("#document-title").waitFor();
    await pick(other.page, { name: "the same.csv", content });
    await other.page.locator(".inert button").click();
    await settle(other.page);
    expect(await headline(other.page)).toBe(await headline(page));
    expect(await sentences(other.page)).toEqual(mine);
    for (const [id, found] of Object.entries(rows))
      expect([id, await rowsOf(other.page, id)]).toEqual([id, found]);
    expect([other.errors, other.proxy.strays]).toEqual([[], []]);
  } finally {
    await other.close();
  }
});

it("opens as a report from disk, without a network, with the same figures", async () => {
  await page.getByRole("button", { name: word("report.make") }).click();
  const dialog = page.getByRole("dialog", { name: word("report.makeTitle") });
  await dialog.getByLabel(word("report.title")).fill("For the board");
  await page.keyboard.press("Enter");
  const download = dialog.getByRole("button", { name: word("report.download") });
  await download.waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), download.click()]);
  const path = `${await saved.path()}.html`;
  await saved.saveAs(path);
  expect((await readFile(path, "utf8")).includes("@example.com")).toBe(false);
  const context = await at.browser.newContext({ offline: true });
  try {
    const report = await context.newPage();
    const asked: string[] = [];
    report.on("request", (request) => asked.push(request.url()));
    await report.goto(pathToFileURL(path).href);
    expect(await report.locator("h1").first().innerText()).toBe("For the board");
    const said = Object.entries(await sentences(report)).filter(([, told]) => told !== "");
    expect(said.length).toBeGreaterThan(15);
    for (const [id, told] of said) expect([id, told]).toEqual([id, mine[id]]);
    const table = await rowsOf(report, "rfm-segments");
    const told = table.filter((row) => !row.includes(word("report.withheld")));
    expect(told.length).toBeGreaterThan(4);
    for (const row of told) expect(rows["rfm-segments"]).toContainEqual(row);
    expect(asked).toEqual([pathToFileURL(path).href]);
  } finally {
    await context.close();
  }
  expect([at.errors, at.proxy.strays]).toEqual([[], []]);
});
