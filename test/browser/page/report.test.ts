import axe from "axe-core";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpackTable } from "../../../src/report/packTable.ts";
import type { Figure, Report, ReportCell } from "../../../src/report/report.ts";
import { text } from "../../../src/words/words.ts";
import { sharedBrowser } from "../support/sharedBrowser.ts";
import type { Visit } from "../support/visit.ts";
import { importFiles, open, run, settle } from "./pageCalls.ts";

let at: Visit;
let folder: string;
let context: BrowserContext;

beforeAll(async () => {
  at = await open();
  folder = await mkdtemp(join(tmpdir(), "report-"));
});

afterAll(async () => {
  await context?.close();
  await at?.close();
  await rm(folder, { recursive: true, force: true });
});

const hostile = `</script><img src=x onerror="window.bad=1"><!-- --> \u2028 &amp;`;
const demo = `# Board ${hostile}

Some **prose**: ${hostile}

\`\`\`analysis overview
\`\`\`

\`\`\`analysis cohort-retention grain=quarter
\`\`\`

\`\`\`analysis revenue-growth
\`\`\`

\`\`\`analysis super-users
\`\`\`

\`\`\`sql own
select customer_id from customers
\`\`\`
`;

/** Opens a report from disk, without any network. */
async function openReport(html: string): Promise<{ page: Page; troubles: string[] }> {
  const path = join(folder, "report.html");
  await writeFile(path, html);
  const { browser } = await sharedBrowser();
  await context?.close();
  context = await browser.newContext({ offline: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  const troubles: string[] = [];
  const url = pathToFileURL(path).href;
  page.on("console", (said) => troubles.push(said.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("request", (request) => request.url() !== url && troubles.push(request.url()));
  await page.goto(url);
  return { page, troubles };
}

function makeReport(options: object = {}): Promise<string> {
  return at.page.evaluate(async (told) => (await window.perennial.report(told)).text(), options);
}

function dataOf(html: string): Report {
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as Report;
}

function cellOf({ blocks }: Report, id: string): ReportCell {
  return blocks.find((block): block is ReportCell => block.type === "cell" && block.id === id)!;
}

function doneOf(figure: Figure | undefined): Extract<Figure, { state: "done" }> {
  if (figure?.state !== "done") throw new Error(`not done: ${figure?.state}`);
  return figure;
}

describe("a report of the demo shop", () => {
  let html: string;
  let data: Report;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    await at.page.evaluate(() => window.perennial.demo({ customers: 500 }));
    await settle(at.page);
    await at.page.evaluate((markdown) => window.perennial.notebook.set(markdown), demo);
    html = await makeReport({ by: "channel", most: 2 });
    data = dataOf(html);
    ({ page, troubles } = await openReport(html));
  });

  it("has the numbers of the page, but for those withheld", async () => {
    const rows = await run(at.page, "cohort-retention", { grain: "quarter" });
    const { table, withheld } = doneOf(cellOf(data, "cohort-retention").figures[0]);
    const held = new Set(withheld);
    const unpacked = unpackTable(table);
    expect([table.rows, held.size < rows.length]).toEqual([rows.length, true]);
    for (const [i, row] of rows.entries())
      for (const name of ["customers", "active", "retention", "lower"])
        expect([i, name, unpacked.getChild(name)?.get(i)]).toEqual([
          i,
          name,
          held.has(i) ? null : row[name],
        ]);
    const cell = page.locator("#cell-cohort-retention");
    await cell.getByRole("tab", { name: text("en", "cell.table") }).click();
    const line = await cell.locator("tbody tr").first().locator("td").allInnerTexts();
    expect(line).toContain(String(rows[0]!["customers"]));
    await cell.getByRole("tab", { name: text("en", "cell.chart") }).click();
  });

  it("shows what a mark says where it is pointed at, and by keyboard", async () => {
    const chart = page.locator("#cell-revenue-growth .figure svg[role=img]").first();
    await chart.scrollIntoViewIfNeeded();
    await chart.hover();
    await expect.poll(() => chart.locator("g.tip text").count()).toBe(1);
    await chart.focus();
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.locator("#cell-revenue-growth [aria-live=polite]").first().innerText())
      .toMatch(/\d/);
  });

  it("switches to a segment and back", async () => {
    const sentence = page.locator("#cell-overview .sentence");
    const everybody = await sentence.innerText();
    expect(data.segments).toHaveLength(2);
    await page.locator("#segment").selectOption("1");
    const one = doneOf(cellOf(data, "overview").figures[1]).sentence.en;
    await expect.poll(() => sentence.innerText()).toBe(one);
    expect(one).not.toBe(everybody);
    await page.locator("#segment").selectOption("0");
    await expect.poll(() => sentence.innerText()).toBe(everybody);
  });

  it("leaves out what has a row for each customer, and says so", async () => {
    for (const [id, word] of [
      ["super-users", "report.leftOut"],
      ["own", "report.leftOutUnknown"],
    ] as const) {
      expect(cellOf(data, id).figures[0]?.state).toBe("left-out");
      expect(await page.locator(`#cell-${id} .note`).innerText()).toBe(text("en", word));
    }
    const [named] = await run(at.page, "super-users");
    expect(html).not.toContain(String(named!["customer_id"]));
    const asked = await makeReport({ customers: true });
    expect(asked).toContain(String(named!["customer_id"]));
  });

  it("speaks the other languages, also in its sentences", async () => {
    await page.locator("button[lang=zh-Hant]").click();
    const said = doneOf(cellOf(data, "overview").figures[0]).sentence["zh-Hant"];
    expect(await page.locator("#cell-overview .sentence").innerText()).toBe(said);
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hant");
    await page.locator("button[lang=en]").click();
  });

  it("runs nothing of what its data say", async () => {
    expect(await page.locator("h1").innerText()).toContain('<img src=x onerror="window.bad=1">');
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.evaluate(() => "bad" in window)).toBe(false);
  });

  it("is clean to axe, light and dark", async () => {
    await page.evaluate(axe.source);
    for (const name of ["theme.dark", "theme.light"]) {
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: typeof axe }).axe.run(document),
      );
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.getByRole("button", { name: text("en", name) }).click();
    }
  });

  it("asked nothing of any network and broke nothing", () => {
    expect(troubles).toEqual([]);
  });
});

it("makes one by the dialog: what leaves is told before it is downloaded", async () => {
  const { page } = at;
  await page.getByRole("button", { name: text("en", "report.make") }).click();
  const dialog = page.getByRole("dialog", { name: text("en", "report.makeTitle") });
  await dialog.getByLabel(text("en", "report.title")).fill("For the board");
  await page.keyboard.press("Enter");
  const download = dialog.getByRole("button", { name: text("en", "report.download") });
  await download.waitFor();
  const told = await dialog.locator(".whole").first().innerText();
  // overview, cohorts, revenue, and the checks of the data, which the notebook has not
  expect(told).toMatch(/^What leaves\s+4 figures, \d/);
  expect(told).toContain("kB");
  const [saved] = await Promise.all([page.waitForEvent("download"), download.click()]);
  expect(saved.suggestedFilename()).toMatch(/^perennial-report-\d{4}-\d\d-\d\d\.html$/);
  const html = await readFile(await saved.path(), "utf8");
  expect(dataOf(html).title).toBe("For the board");
});

it("leaves the focus on what makes it where its making is cancelled", async () => {
  const { page } = at;
  await page.getByRole("button", { name: text("en", "report.make") }).click();
  const dialog = page.getByRole("dialog", { name: text("en", "report.makeTitle") });
  const preview = dialog.getByRole("button", { name: text("en", "report.preview") });
  await preview.evaluate(async (button: HTMLButtonElement) => {
    button.click();
    await Promise.resolve();
    const cancel = button.previousElementSibling as HTMLButtonElement;
    cancel.focus();
    cancel.click();
  });
  expect(await dialog.getByRole("progressbar").count()).toBe(0);
  expect(await preview.and(page.locator(":focus")).count()).toBe(1);
  await page.keyboard.press("Escape");
});

it("tells nothing of a shop of four customers", async () => {
  const lines = ["A", "B", "C", "D"].map(
    (name, i) => `${name}-person,N${i},2026-01-0${i + 1},${1237 + i}`,
  );
  await at.page.evaluate(() => window.perennial.reset());
  await importFiles(at.page, [
    { name: "tiny.csv", content: `customer,order number,date,total\n${lines.join("\n")}\n` },
  ]);
  await settle(at.page);
  await at.page.evaluate(() =>
    window.perennial.notebook.set(
      ["overview", "growth-accounting", "pareto", "cohort-retention", "rfm-segments"]
        .map((id) => `\`\`\`analysis ${id}\n\`\`\`\n`)
        .join("\n"),
    ),
  );
  const html = await makeReport({});
  const data = dataOf(html);
  expect(data.totals).toBeNull();
  const json = JSON.stringify(data);
  for (const secret of ["-person", "1237", "1240", String(1237 + 1238 + 1239 + 1240)])
    expect([secret, json.includes(secret)]).toEqual([secret, false]);
  for (const id of ["overview", "growth-accounting", "pareto", "cohort-retention", "rfm-segments"])
    expect([id, cellOf(data, id).figures]).toEqual([id, [{ state: "left-out", why: "few" }]]);
  const { page } = await openReport(html);
  expect(await page.locator("#cell-pareto .note").innerText()).toBe(
    text("en", "report.leftOutFew", { smallest: 5 }),
  );
  // on paper: a line for all of them, and the table of the checks whole
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#cell-pareto").count()).toBe(0);
  const absent = page.locator("main section:not(.open) > ul > li");
  expect(await absent.count()).toBe(1);
  expect(await absent.innerText()).toContain("Concentration");
  const rows = doneOf(cellOf(data, "data-health").figures[0]).table.rows;
  expect(await page.locator("#cell-data-health .paper tbody tr:visible").count()).toBe(rows);
  expect(await page.locator("#cell-data-health .box").isVisible()).toBe(false);
});

it("holds no totals of everybody where the notebook is narrowed, nor days beyond its last", async () => {
  await at.page.evaluate(() => window.perennial.reset());
  const rows = Array.from({ length: 24 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, "0");
    return `c${i},N${i},2026-01-${day},1${i},${i < 3 ? "shop" : "web"}`;
  });
  await importFiles(at.page, [
    { name: "o.csv", content: `customer,order number,date,total,channel\n${rows.join("\n")}\n` },
  ]);
  await settle(at.page);
  const overview = "```filter channel=web until=2026-01-20\n```\n\n```analysis overview\n```\n";
  await at.page.evaluate((markdown) => window.perennial.notebook.set(markdown), overview);
  const html = await makeReport({ smallest: 1 });
  const data = dataOf(html);
  expect(data.totals).toBeNull();
  expect(data.period).toEqual({ from: "2026-01-01", to: "2026-01-20" });
  expect(doneOf(cellOf(data, "overview").figures[0]).table.rows).toBe(1);
  const { page } = await openReport(html);
  expect(await page.locator(".rule").innerText()).toBe(text("en", "report.noRule"));
});
