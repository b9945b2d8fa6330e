import axe from "axe-core";
import type { FileChooser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { patienceMs } from "../support/visit.ts";
import type { Visit } from "../support/visit.ts";
import { readQueries } from "../../queries/readQueries.ts";
import {
  importFiles,
  landing,
  open,
  openOnly,
  openPanel,
  settle,
  states,
  until,
} from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

/** The element that has the focus, as a reader would name it. */
function focused(): Promise<string> {
  return at.page.evaluate(() => {
    const { activeElement: element } = document;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });
}

async function tabTo(name: string, most = 60): Promise<void> {
  for (let i = 0; i < most; ++i) {
    await at.page.keyboard.press("Tab");
    if ((await focused()) === name) return;
  }
  throw new Error(`not reached with Tab: ${name}`);
}

describe("the landing page by keyboard", () => {
  it("reaches the skip link first, then the palette, language, appearance, help and the file button", async () => {
    await landing(at.page);
    const reached: string[] = [];
    for (let i = 0; i < 10; ++i) {
      await at.page.keyboard.press("Tab");
      reached.push(await focused());
    }
    expect(reached).toEqual([
      text("en", "app.skip"),
      text("en", "palette.open"),
      "EN",
      "简",
      "繁",
      `${text("en", "theme.label")}: ${text("en", "theme.auto")}`,
      text("en", "help.show"),
      text("en", "landing.choose"),
      text("en", "landing.demo"),
      text("en", "landing.paste"),
    ]);
  });

  it("opens the file picker with Enter on the file button", async () => {
    const chosen: FileChooser[] = [];
    at.page.on("filechooser", (chooser) => chosen.push(chooser));
    await at.page.getByRole("button", { name: text("en", "landing.choose") }).focus();
    await at.page.keyboard.press("Enter");
    await expect.poll(() => chosen.length).toBe(1);
    expect(chosen[0]?.isMultiple()).toBe(true);
  });

  it("changes the language with Enter", async () => {
    await at.page.locator("header button[lang=zh-Hans]").focus();
    await at.page.keyboard.press("Enter");
    await at.page.getByRole("heading", { name: text("zh-Hans", "landing.title") }).waitFor();
    await at.page.locator("header button[lang=en]").press("Enter");
    await at.page.getByRole("heading", { name: text("en", "landing.title") }).waitFor();
  });

  it("opens the help with ? and closes it with Escape, where the focus was", async () => {
    const button = at.page.getByRole("button", { name: text("en", "landing.choose") });
    await button.focus();
    await at.page.keyboard.press("?");
    await at.page.getByRole("dialog").waitFor();
    await at.page.keyboard.press("Escape");
    await at.page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await focused()).toBe(text("en", "landing.choose"));
  });

  it("does not take ? from a field", async () => {
    await at.page.locator("details.paste > summary").press("Enter");
    await at.page.locator("#paste").pressSequentially("a?");
    expect(await at.page.locator("#paste").inputValue()).toBe("a?");
    expect(await at.page.getByRole("dialog").count()).toBe(0);
    await at.page.locator("#paste").fill("");
  });
});

describe("the notebook by keyboard", () => {
  beforeAll(async () => {
    await at.page.getByRole("button", { name: text("en", "landing.demo") }).press("Enter");
    await until(
      () => states(at.page),
      (cells) => Object.keys(cells).length > 0,
    );
    const cells =
      "overview growth-accounting revenue-tree unit-economics cohort-retention repeat-rate order-frequency " +
      "rfm-segments pareto super-users clv-historic customer-lifespan product-affinity returns-trust";
    await openOnly(at.page, ...cells.split(" "));
    await settle(at.page);
  });

  it("begins at its head once it stands", async () => {
    const name = await at.page.evaluate(() => document.activeElement?.tagName);
    expect(name).toBe("H1");
  });

  it("moves between the tabs of a cell with the arrow keys", async () => {
    const cell = at.page.locator("#cell-cohort-retention");
    const tab = (name: string) => cell.getByRole("tab", { name: text("en", `cell.${name}`) });
    await tab("chart").focus();
    for (const name of ["table", "sql", "definition", "chart"]) {
      await at.page.keyboard.press("ArrowRight");
      expect(await tab(name).getAttribute("aria-selected")).toBe("true");
      expect(await focused()).toBe(text("en", `cell.${name}`));
    }
    await at.page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe(text("en", "cell.definition"));
    await at.page.keyboard.press("Home");
    expect(await focused()).toBe(text("en", "cell.chart"));
    // one stop for all tabs: the next one is the exports
    await at.page.keyboard.press("Tab");
    expect(await focused()).toBe(text("en", "cell.exportPng"));
  });

  it("reaches the contents and a cell's settings with Tab", async () => {
    await at.page.locator("#main").focus();
    const first = Object.keys(await states(at.page))[0] ?? "";
    const title = await at.page.locator(`#cell-${first} .title`).innerText();
    await tabTo(title);
    await at.page.locator("#cell-cohort-retention h3").focus();
    await at.page.keyboard.press("Tab");
    expect(await at.page.evaluate(() => document.activeElement?.id)).toBe("cohort-retention-grain");
  });

  it.each(["of long cells", "of short cells"])(
    "goes from figure to figure with j and k, %s",
    async (kind) => {
      if (kind === "of short cells") {
        const content = "order_id,ordered_at,amount,currency\n1,2025-01-01,10.00,EUR\n";
        await at.page.evaluate(() => window.perennial.reset());
        await importFiles(at.page, [{ name: "anonymous.csv", content }]);
        await settle(at.page);
      }
      const current = () =>
        at.page.evaluate(() => document.activeElement?.closest("section.cell")?.id ?? "");
      const order = await at.page
        .locator("section.cell")
        .evaluateAll((cells) => cells.map(({ id }) => id));
      await at.page.locator("#main").focus();
      await at.page.keyboard.press("j");
      const from = order.indexOf(await current());
      expect(from).toBeGreaterThanOrEqual(0);
      for (const [key, step] of [..."jjjjkk"].entries()) {
        const place = order.indexOf(await current());
        await at.page.keyboard.press(step);
        expect([key, await current()]).toEqual([key, order[place + (step === "j" ? 1 : -1)]]);
        // two frames, so that what watches the window has its say
        await at.page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
      }
      expect(await current()).toBe(order[from + 2]);
    },
  );
});

/** the same site where scripts of the test may run: axe-core needs that, the page does not */
let lenient: Page;

async function openLenient(): Promise<Page> {
  const page = await at.browser.newPage({ bypassCSP: true });
  page.setDefaultTimeout(patienceMs);
  await page.goto(at.site.url);
  await page.evaluate(() => window.perennial.ready);
  await page.addScriptTag({ content: axe.source });
  return page;
}

/** Cells are made of the same parts: one of each kind of chart stands for all, between prose. */
const aCellOfEachKind = (() => {
  const ofKind = new Map<string, string>();
  for (const { id, charts } of readQueries("analyses"))
    for (const { kind } of charts) if (!ofKind.has(kind)) ofKind.set(kind, id);
  const cells = [...new Set(ofKind.values())].map((id) => `\`\`\`analysis ${id}\n\`\`\``);
  return ["# A study\n\nWith *prose* and a [link](https://example.org).", ...cells].join(
    "\n\n## Part\n\n",
  );
})();

interface Violation {
  rule: string;
  impact: string;
  nodes: string[];
}

/** What keeps readers out: the serious and critical findings of axe-core. */
async function violations(): Promise<Violation[]> {
  const found = await lenient.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    // a chart is one image with one name: of its thousands of marks axe-core has nothing to say
    const context = { include: [["html"]], exclude: [["svg[role=img] > *"]] };
    const { violations: all } = await checker.run(context, { resultTypes: ["violations"] });
    return all.map(({ id, impact, nodes }) => ({
      rule: id,
      impact: impact ?? "",
      nodes: nodes.slice(0, 4).map(({ html, failureSummary }) => `${html} ${failureSummary ?? ""}`),
    }));
  });
  return found.filter(({ impact }) => impact === "serious" || impact === "critical");
}

describe.each(["light", "dark"] as const)("axe-core in %s finds nothing serious", (colorScheme) => {
  beforeAll(async () => {
    lenient ??= await openLenient();
    await lenient.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  });

  it("on the landing page", async () => {
    await lenient.evaluate(() => window.perennial.reset());
    await landing(lenient);
    await until(
      () => lenient.locator("html").getAttribute("data-theme"),
      (theme) => theme === colorScheme,
    );
    expect(await violations()).toEqual([]);
  });

  it("in the notebook, its panels, tables, SQL and definitions", async () => {
    await lenient.evaluate(() => window.perennial.demo({ customers: 400 }));
    await lenient.evaluate((markdown) => window.perennial.notebook.set(markdown), aCellOfEachKind);
    const cells = Object.keys(await settle(lenient));
    expect(cells.length).toBeGreaterThan(8);
    await openPanel(lenient);
    for (const [i, id] of cells.entries()) {
      const tabs = lenient.locator(`#cell-${id}`).getByRole("tab");
      await lenient.locator(`#cell-${id}`).evaluate((section) => section.scrollIntoView());
      if (i % 4 > 0) await tabs.nth(-(i % 4)).dispatchEvent("click");
    }
    expect(await violations()).toEqual([]);
  });

  it("in the help", async () => {
    await lenient.getByRole("button", { name: text("en", "help.show") }).click();
    await lenient.getByRole("dialog").waitFor();
    expect(await violations()).toEqual([]);
    await lenient.keyboard.press("Escape");
  });
});
