import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpackArchive } from "../../../src/intake/unpackArchive.ts";
import { starterIds, starterTitle } from "../../../src/notebook/starters.ts";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, open, run, settle, speak, until } from "./pageCalls.ts";

// What the reader narrows, opens and takes along: segments, customers behind a figure, lists, notebooks.

let at: Visit;
let page: Page;

beforeAll(async () => {
  at = await open();
  page = at.page;
  await page.evaluate(() => window.perennial.demo({ customers: 400, seed: 3 }));
  await show("overview", "cohort-retention", "unit-economics", "action-lists");
});
afterAll(() => at?.close());

async function show(...analyses: string[]): Promise<void> {
  const cells = analyses.map((id) => `\n\`\`\`analysis ${id}\n\`\`\`\n`);
  await page.evaluate(
    (markdown) => window.perennial.notebook.set(markdown),
    `# T\n${cells.join("")}`,
  );
  await settle(page);
}

const cellOf = (id: string): Locator => page.locator(`#cell-${id}`);

describe("customers of one segment", () => {
  it("are what every cell is about that can be, and the others say that they are not", async () => {
    const whole = await cellOf("overview").locator(".sentence").innerText();
    await page.selectOption("#filter-by", "channel");
    const options = page.locator("#filter-value option");
    await until(
      () => options.count(),
      (count) => count > 3,
    );
    const values = await options.evaluateAll((all) =>
      all.map((one) => (one as HTMLOptionElement).value),
    );
    const [channel] = values.filter((value) => value !== "");
    const chips = page.locator(".filter .chip");
    await page.focus("#filter-value");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    expect(await chips.count()).toBe(0); // keys only move
    await page.keyboard.press("Enter");
    await until(
      () => chips.count(),
      (count) => count === 1,
    );
    expect(await chips.innerText()).toContain(values[2]);
    expect(await page.locator(".summary").innerText()).toContain(
      text("en", "notebook.ofAll", { parts: (await chips.innerText()).trim() }),
    );
    await chips.click();
    await page.selectOption("#filter-by", "channel");
    await page.selectOption("#filter-value", channel!);
    await until(
      () => cellOf("overview").locator(".sentence").innerText(),
      (said) => said !== whole,
    );
    await settle(page);
    const [counted] = await askSql(
      page,
      `select count(*)::integer as customers from customer_summary where first_channel = '${channel}'`,
    );
    expect(await cellOf("overview").locator(".sentence").innerText()).toContain(
      `of ${String(counted!["customers"])} customers`,
    );
    expect(await cellOf("overview").locator("footer").innerText()).toContain(`channel: ${channel}`);
    expect(await cellOf("unit-economics").locator("footer").innerText()).toContain(
      text("en", "filter.whole"),
    );
    const markdown = await page.evaluate(() => window.perennial.notebook.get());
    expect(markdown).toMatch(/^```filter channel=/m);
    await cellOf("overview").getByRole("tab", { name: "SQL" }).click();
    expect(await cellOf("overview").locator("pre").innerText()).toContain("segment_labels as (");
    await cellOf("overview")
      .getByRole("tab", { name: text("en", "cell.chart") })
      .click();
    await page.getByRole("button", { name: text("en", "filter.clear") }).click();
    await until(
      () => cellOf("overview").locator(".sentence").innerText(),
      (said) => said === whole,
    );
    expect(await page.evaluate(() => window.perennial.notebook.get())).not.toContain("filter");
  });
});

describe("days of first orders along an axis", () => {
  const svg = (): Locator => cellOf("cohort-retention").locator("svg[role=img]");
  const said = (): Promise<string> => cellOf("order-frequency").locator(".sentence").innerText();
  const document = (): Promise<string> => page.evaluate(() => window.perennial.notebook.get());
  const days = /^```filter first_from=(\S+) first_until=(\S+)$/m;
  const cohorts = async (): Promise<Record<string, unknown>[]> =>
    page.evaluate(
      async () =>
        (await window.perennial.run("cohort-retention")).rows as Record<string, unknown>[],
    );

  it("narrow the figures in sight while they are dragged, and the notebook where that ends", async () => {
    await page.setViewportSize({ width: 1280, height: 1700 });
    await show("order-frequency", "cohort-retention");
    const whole = await said();
    const before = await document();
    const footer = await cellOf("cohort-retention").locator("footer").innerText();
    await svg().scrollIntoViewIfNeeded();
    await cellOf("order-frequency").locator("footer").scrollIntoViewIfNeeded();
    const box = (await svg().boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 240, { steps: 4 });
    await until(said, (text) => text !== whole);
    expect(await document()).toBe(before);
    await page.mouse.up();
    const [, from, to] = days.exec(await until(document, (text) => days.test(text)))!;
    await settle(page);
    const [counted] = await askSql(
      page,
      `select count(*)::integer as customers from customer_summary where first_order_date between '${from}' and '${to}'`,
    );
    expect(await said()).toContain(`Of ${String(counted!["customers"])} customers`);
    // what it was drawn on stays whole and shows it
    expect(await cellOf("cohort-retention").locator("footer").innerText()).toBe(footer);
    expect(await svg().locator(".band rect").count()).toBe(3);
    const note = await cellOf("cohort-retention").locator(".brush").innerText();
    expect(note).toContain(text("en", "brush.own"));
    await page.keyboard.press("Control+z");
    await until(said, (text) => text === whole);
    expect(await document()).toBe(before);
    expect(await svg().locator(".band rect").count()).toBe(0);
  });

  it("are chosen with Shift and the arrows, said, and taken back by Escape", async () => {
    const firsts = [...new Set((await cohorts()).map(({ cohort }) => String(cohort)))];
    await svg().focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < 3; ++i) await page.keyboard.press("Shift+ArrowDown");
    const spoken = page.locator("#cell-cohort-retention figure [aria-live]");
    expect(await spoken.innerText()).toContain("2024");
    expect(await document()).not.toContain("```filter");
    await page.keyboard.press("Enter");
    const [, from, to] = days.exec(await until(document, (text) => days.test(text)))!;
    expect(from).toBe(firsts[0]);
    expect(Date.parse(to!)).toBe(Date.parse(firsts[3]!) - 86_400_000);
    await settle(page);
    await svg().focus();
    await page.keyboard.press("Escape");
    await until(document, (text) => !text.includes("```filter"));
    await settle(page);
  });

  it("of a report narrow every figure", async () => {
    await page.keyboard.press("Home");
    await svg().focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    await settle(page);
    const wide = await cellOf("cohort-retention").locator("footer").innerText();
    await page.evaluate(async () => void (await window.perennial.report()));
    await settle(page);
    expect(await cellOf("cohort-retention").locator("footer").innerText()).not.toBe(wide);
    await page.getByRole("button", { name: text("en", "filter.clear") }).click();
    await settle(page);
    await show("overview", "cohort-retention", "unit-economics", "action-lists");
  });
});

describe("the customers behind a figure", () => {
  it("open by Enter on a mark and by the number in the table, as many as it says", async () => {
    const cell = cellOf("cohort-retention");
    await cell.scrollIntoViewIfNeeded();
    const figure = cell.locator("svg[role=img]");
    await figure.waitFor();
    await figure.focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Enter"])
      await page.keyboard.press(key);
    const dialog = page.locator("dialog[open]");
    await dialog.locator("footer").waitFor();
    const told = await dialog.locator(".lead p").first().innerText();
    expect(await dialog.locator(".lead p").last().innerText()).toBe(
      await cell.locator(".sentence").innerText(),
    );
    await dialog.getByText("SQL", { exact: true }).click();
    expect(await dialog.locator("pre").innerText()).toContain("drilled_customers as (");
    const active = Number(/Active: ([\d,]+)/.exec(told)![1]);
    expect(await dialog.locator("footer").innerText()).toMatch(new RegExp(`^${active} customer`));
    expect(await dialog.locator("tbody tr[aria-rowindex]").count()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await cell.getByRole("tab", { name: text("en", "cell.table") }).click();
    const numbers = cell.locator("button.who");
    const third = Number(await numbers.nth(2).innerText());
    await numbers.nth(2).press("Enter");
    await dialog.locator("footer").waitFor();
    expect(await dialog.locator("footer").innerText()).toMatch(new RegExp(`^${third} customer`));
    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "CSV" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.trimEnd().split("\r\n")).toHaveLength(third + 1);
    expect(csv).toMatch(
      /^\uFEFFcustomer_id,orders,revenue,first_order,last_order,channel,product\r\n/,
    );
    await page.keyboard.press("Escape");
  });
});

describe("a list to act on", () => {
  it("is looked through, and goes along as a workbook as it is shown", async () => {
    const cell = cellOf("action-lists");
    await cell.scrollIntoViewIfNeeded();
    await cell.getByRole("tab", { name: text("en", "cell.table") }).click();
    await cell.getByRole("searchbox").fill("brings lately");
    const rows = (await run(page, "action-lists")).filter(({ reasons }) =>
      /recent.*brings-buyers/.test(String(reasons)),
    );
    expect(rows.length).toBeGreaterThan(0);
    await until(
      () => cell.locator("[role=status]").innerText(),
      (said) => said.startsWith(`${rows.length} of`),
    );
    const download = page.waitForEvent("download");
    await cell.getByRole("button", { name: text("en", "cell.exportXlsx") }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^perennial-action-lists-.*\.xlsx$/);
    const book = new File([await readFile(await saved.path())], "list.xlsx");
    const [sheet] = await unpackArchive(book, "list.xlsx");
    const lines = (await sheet!.file.text()).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^List,Customer id,Reasons,Tags,Orders,Revenue,/);
    expect(lines).toHaveLength(rows.length + 1);
    expect(lines[1]).toContain(String(rows[0]!["customer_id"]));
    expect(lines[1]).toContain("brings buyers");
  });
});

describe("a notebook to start from", () => {
  it("opens with its prose and its figures, in every language", async () => {
    for (const id of starterIds) {
      await page.selectOption("#starter", id);
      const cells = Object.values(await settle(page));
      expect([id, new Set(cells)]).toEqual([id, new Set(["done"])]);
      expect(await page.locator(".prose h1").innerText()).toBe(starterTitle(id, "en"));
    }
    for (const locale of ["zh-Hans", "zh-Hant", "en"] as const) {
      await speak(page, locale);
      expect(await page.locator(".prose h1").innerText()).toBe(starterTitle("board-pack", locale));
      expect(await page.locator("#starter").inputValue()).toBe("board-pack");
    }
    const parts = await page.locator("nav a[href^='#cell-']").count();
    expect(parts).toBeGreaterThan(8);
  });
});
