import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { readQueries } from "../../queries/readQueries.ts";
import { importFiles, open, run, settle, states, until } from "./pageCalls.ts";

const everyAnalysis = readQueries("analyses").map(({ id }) => id);
const seedOrders =
  "客户,订单号,下单时间,实付金额\n客户A,A-1,2026-01-01,120\n客户A,A-2,2026-04-01,220\n";
const seedCosts = "日期,渠道,获客成本,新客数\n2026-01-01,私域裂变,60,1\n";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

describe("the worked example: 60 to win a customer, who buys for 120 and then for 220", () => {
  beforeAll(async () => {
    await importFiles(at.page, [
      { name: "seed_ltv_orders.csv", content: seedOrders },
      { name: "seed_ltv_costs.csv", content: seedCosts },
    ]);
    await settle(at.page);
  });

  it("comes to 60.00 and then to 280.00", async () => {
    const rows = await run(at.page, "unit-economics");
    const values = rows.map((row) => Number(row["value"]).toFixed(2));
    expect(values.filter((value, i) => value !== values[i - 1])).toEqual(["60.00", "280.00"]);
    expect(rows[0]).toMatchObject({ k: 0, cac: 60, customers: 1 });
    expect(rows.at(-1)).toMatchObject({ k: 3, cumulative_net: 340 });
  });

  it("is what the table in the page says", async () => {
    const cell = at.page.locator("#cell-unit-economics");
    await cell.getByRole("tab", { name: text("en", "cell.table") }).click();
    const heads = await cell.locator("thead th").allInnerTexts();
    const analyses = await at.page.evaluate(() => window.perennial.analyses());
    const columns = analyses.find(({ id }) => id === "unit-economics")?.columns ?? [];
    const label = columns.find(({ name }) => name === "value")?.label.en ?? "";
    const place = heads.findIndex((head) => head.trim() === label);
    expect(place).toBeGreaterThan(0);
    const said = await cell.locator(`tbody tr td:nth-child(${place + 1})`).allInnerTexts();
    const numbers = said.map((value) => value.replace(/[^\d.]/g, ""));
    expect(numbers.filter((value, i) => value !== numbers[i - 1])).toEqual(["60.00", "280.00"]);
  });
});

describe("of the demo shop", () => {
  beforeAll(async () => {
    await at.page.evaluate(() => window.perennial.demo({ customers: 500 }));
    await settle(at.page);
  });

  it("has all tables, so a cell for every analysis, and every cell is done", async () => {
    const analyses = await at.page.evaluate(() => window.perennial.analyses());
    const shown = await states(at.page);
    expect(Object.keys(shown).toSorted()).toEqual(everyAnalysis);
    expect(Object.entries(shown).filter(([, state]) => state !== "done")).toEqual([]);
    const available = analyses.filter((one) => one.available).map(({ id }) => id);
    expect(available.toSorted()).toEqual(everyAnalysis);
    expect(await at.page.locator("section[aria-labelledby=waiting]").count()).toBe(0);
    expect(await at.page.locator("section.files > details").count()).toBe(6);
  });

  it("says in each cell a sentence, and the rows and columns that its analysis has", async () => {
    for (const id of Object.keys(await states(at.page))) {
      const cell = at.page.locator(`#cell-${id}`);
      expect(await cell.locator(".sentence").innerText(), id).toMatch(/\d/);
      const rows = await run(at.page, id);
      expect(await cell.locator("footer span").first().innerText(), id).toBe(
        text("en", "cell.rows", { rows: rows.length }),
      );
      await cell.getByRole("tab", { name: text("en", "cell.sql") }).click();
      expect(await cell.locator("pre").innerText(), id).toMatch(/select/);
      await cell.getByRole("tab", { name: text("en", "cell.definition") }).click();
      expect((await cell.locator(".definition > p").innerText()).length, id).toBeGreaterThan(40);
      await cell.getByRole("tab").first().click();
    }
  });

  it("runs a cell again, and no other, when one of its settings changes", async () => {
    await at.page.evaluate(() => {
      const ran = new Set<string>();
      Object.assign(window, { ran });
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const link = target as HTMLAnchorElement;
          if (link.classList.contains("running")) ran.add(link.getAttribute("href") ?? "");
        }
      }).observe(document.querySelector("nav")!, { subtree: true, attributeFilter: ["class"] });
    });
    const before = (await run(at.page, "cohort-retention")).length;
    await at.page.locator("#cohort-retention-grain").selectOption("quarter");
    const rows = at.page.locator("#cell-cohort-retention footer span").first();
    const expected = (await run(at.page, "cohort-retention", { grain: "quarter" })).length;
    expect(expected).toBeLessThan(before);
    await until(
      () => rows.innerText(),
      (said) => said === text("en", "cell.rows", { rows: expected }),
    );
    await settle(at.page);
    const ran = await at.page.evaluate(() => [...(window as unknown as { ran: Set<string> }).ran]);
    expect(ran).toEqual(["#cell-cohort-retention"]);
    expect(await notebook()).toContain("```analysis cohort-retention grain=quarter\n");
  });

  it("refuses a setting that does not fit and keeps the figure", async () => {
    const cell = at.page.locator("#cell-repeat-rate");
    const field = at.page.locator("#repeat-rate-n_days");
    const said = await cell.locator(".sentence").innerText();
    await field.fill("soon");
    await field.press("Enter");
    await field.blur();
    await cell.getByText(text("en", "cell.paramInvalid", { value: "soon" })).waitFor();
    expect(await cell.locator(".sentence").innerText()).toBe(said);
    await field.fill("30");
    await field.blur();
    await until(notebook, (markdown) => markdown.includes("repeat-rate n_days=30\n"));
    expect(await cell.locator("[aria-invalid=true]").count()).toBe(0);
    expect((await settle(at.page))["repeat-rate"]).toBe("done");
  });

  it("shows each figure of a forecast, and its customers by value, as the export has them", async () => {
    const cell = at.page.locator("#cell-clv-forecast");
    const figures = cell.getByRole("group", { name: text("en", "cell.figures") });
    const buttons = figures.getByRole("button");
    const titles = await buttons.allInnerTexts();
    expect(titles).toHaveLength(3);
    for (const [place, title] of titles.entries()) {
      await buttons.nth(place).click();
      await until(
        () => cell.locator("svg[role=img]").getAttribute("data-title"),
        (said) => said?.endsWith(title) === true,
      );
      expect(await figures.locator("[aria-pressed=true]").allInnerTexts()).toEqual([title]);
    }
    await cell.getByRole("tab", { name: text("en", "cell.table") }).click();
    const sorted = cell.locator("thead th[aria-sort=descending]");
    expect((await sorted.innerText()).trim()).toMatch(/^CLV/);
    const first = cell.locator("tbody tr[aria-rowindex='2'] td");
    expect(await first.last().innerText()).toMatch(/^(low|medium|high)\s*\d/);
    const download = at.page.waitForEvent("download");
    await cell.getByRole("button", { name: text("en", "cell.exportCsv") }).press("Enter");
    const csv = await readFile(await (await download).path(), "utf8");
    const [head = "", top = ""] = csv.replace("\uFEFF", "").split("\r\n");
    expect(head).toMatch(/^customer_id,x,t_x,T,.*clv,lower,upper,churn_risk$/);
    expect(top.split(",")[0]).toBe(await first.first().innerText());
    const rows = await run(at.page, "clv-forecast");
    const most = Math.max(...rows.map((row) => Number(row["clv"])));
    expect(Number(top.split(",")[head.split(",").indexOf("clv")])).toBe(most);
  });

  it("is read and written as Markdown, and comes back the same", async () => {
    const whole = await notebook();
    await setNotebook(whole);
    expect(await notebook()).toBe(whole);
    expect(Object.keys(await settle(at.page)).sort()).toEqual(everyAnalysis);

    const mine =
      "# Mine\n\nTwo *figures*.\n\n```analysis rfm\n```\n\n```analysis cohort-retention grain=week horizon=8\n```\n\n```analysis rfm\n```\n";
    await setNotebook(mine);
    expect(await notebook()).toBe(mine);
    expect(await settle(at.page)).toEqual({
      rfm: "done",
      "rfm-2": "done",
      "cohort-retention": "done",
    });
    expect(await at.page.locator("#cohort-retention-grain").inputValue()).toBe("week");

    await expect(setNotebook("```analysis no-such-thing\n```\n")).rejects.toThrow("no-such-thing");
    await expect(setNotebook("```analysis rfm\n")).rejects.toThrow(/line/);
    expect(await notebook()).toBe(mine);
    await setNotebook(whole);
    await settle(at.page);
    expect(at.errors).toEqual([]);
  });
});

function notebook(): Promise<string> {
  return at.page.evaluate(() => window.perennial.notebook.get());
}

function setNotebook(markdown: string): Promise<void> {
  return at.page.evaluate((text) => window.perennial.notebook.set(text), markdown);
}
