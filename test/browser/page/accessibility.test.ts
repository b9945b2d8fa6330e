import axe from "axe-core";
import type { FileChooser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { patienceMs } from "../support/visit.ts";
import type { Visit } from "../support/visit.ts";
import { readQueries } from "../../queries/readQueries.ts";
import { siteFolder } from "../support/folders.ts";
import { serve } from "../support/serve.ts";
import {
  importFiles,
  landing,
  open,
  openOnly,
  openPanel,
  pick,
  settle,
  states,
  until,
} from "./pageCalls.ts";
import { shopExport } from "./shopExport.ts";

declare global {
  interface Window {
    /** what was animated for longer than an eye notices, since the page began */
    moved: Set<string>;
  }
}

let at: Visit;

beforeAll(async () => {
  at = await open({ before: watchMotion });
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
      `${text("en", "palette.open")} Ctrl K`,
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

/** Runs in the page, before its own scripts. */
function watchMotion(): void {
  window.moved = new Set();
  function look(): void {
    for (const animation of document.getAnimations()) {
      const { activeDuration } = animation.effect?.getComputedTiming() ?? {};
      const { target } = animation.effect as KeyframeEffect;
      if (Number(activeDuration) > 5) window.moved.add(`${target?.className} ${activeDuration} ms`);
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}

describe("with less motion, where the reader asked for that", () => {
  const moved = () => at.page.evaluate(() => [...window.moved]);

  /** How many places the page is seen at on the way to a figure. */
  async function placesOnTheWay(to: "first" | "last"): Promise<number> {
    const link = at.page.locator("nav a[href^='#cell-']")[to]();
    const [places] = await Promise.all([
      at.page.evaluate(async () => {
        const seen = new Set<number>();
        const end = performance.now() + 900;
        while (performance.now() < end) {
          seen.add(scrollY);
          await new Promise((done) => requestAnimationFrame(done));
        }
        return seen.size;
      }),
      link.dispatchEvent("click"),
    ]);
    return places;
  }

  it("has animated nothing of all that was done above", async () => {
    expect(await moved()).toEqual([]);
  });

  it("goes to a figure at once", async () => {
    expect(await placesOnTheWay("last")).toBeLessThan(5);
  });

  it("does both where the reader did not", async () => {
    await at.page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await placesOnTheWay("first")).toBeGreaterThan(5);
    await openPanel(at.page);
    await until(moved, (seen) => seen.length > 0);
  });
});

const say = (key: string) => text("en", key);

/** the same site where scripts of the test may run: axe-core needs that, the page does not */
let lenient: Page;

async function openLenient(url: string): Promise<Page> {
  const page = await at.browser.newPage({ bypassCSP: true, reducedMotion: "reduce" });
  page.setDefaultTimeout(patienceMs);
  await page.goto(url);
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

const aShortOne = `# Short

\`\`\`analysis cohort-retention
\`\`\`

\`\`\`analysis cohort-retention #twice
\`\`\`

\`\`\`sql by_channel
select channel, count(*)::integer as orders from orders group by all order by all
\`\`\`

\`\`\`sql faulty
select nothing from nowhere
\`\`\`
`;

const schemes = ["light", "dark"] as const;
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** the only rules that a theme makes a difference to */
const ofColour = ["color-contrast", "link-in-text-block"];

/**
 * Every finding of axe-core, light and dark.
 *
 * @param part what is looked at: behind a modal dialog nothing else can be reached
 */
async function findings(part = "html", page = lenient): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await turn(page, colorScheme);
    const asked =
      colorScheme === "light" ? { type: "tag", values: tags } : { type: "rule", values: ofColour };
    found.push(...(await page.evaluate(check, [part, asked as axe.RunOnly] as const)));
  }
  return found;
}

async function turn(page: Page, colorScheme: (typeof schemes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const isTurned = () => page.locator("html").getAttribute("data-theme");
  await until(isTurned, (theme) => theme === colorScheme);
}

/** Runs in the page. */
async function check([part, runOnly]: readonly [string, axe.RunOnly]): Promise<string[]> {
  const { axe: checker } = window as unknown as { axe: typeof axe };
  await new Promise((resolve) => setTimeout(resolve, 100)); // colours turn in a moment, not at once
  // a chart is one image with one name: its thousands of marks are nothing to those who do not see it
  const context = { include: [[part]], exclude: [["svg[role=img] > *"]] };
  const { violations } = await checker.run(context, { resultTypes: ["violations"], runOnly });
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 4).map(({ html, failureSummary }) => `${id} ${html} ${failureSummary ?? ""}`),
  );
}

async function escape(): Promise<void> {
  await lenient.keyboard.press("Escape");
  await until(
    () => lenient.locator("dialog[open], .tour").count(),
    (count) => count === 0,
  );
}

describe("axe-core finds nothing at all", () => {
  beforeAll(async () => {
    lenient = await openLenient(at.site.url);
    await lenient.evaluate(() => window.perennial.ready);
  });

  it("on the landing page, with a file that was refused", async () => {
    await landing(lenient);
    await lenient.locator("details.paste > summary").click();
    expect(await findings()).toEqual([]);
    await pick(lenient, { name: "letter.pdf", content: "%PDF-1.4" });
    await lenient.locator(".refused").waitFor();
    expect(await findings()).toEqual([]);
    await lenient.evaluate(() => window.perennial.reset());
  });

  it("while files are read", async () => {
    await lenient.evaluate((markdown) => window.perennial.notebook.set(markdown), aCellOfEachKind);
    await lenient.evaluate(() => void window.perennial.demo({ customers: 400 }));
    await lenient.locator("main [role=progressbar]").waitFor();
    expect(await lenient.evaluate(check, ["html", { type: "tag", values: tags }] as const)).toEqual(
      [],
    );
  });

  it("in the notebook, its panels, tables, SQL and definitions", async () => {
    const cells = Object.keys(await settle(lenient));
    expect(cells.length).toBeGreaterThan(8);
    await openPanel(lenient);
    for (const [i, id] of cells.entries()) {
      const tabs = lenient.locator(`#cell-${id}`).getByRole("tab");
      await lenient.locator(`#cell-${id}`).evaluate((section) => section.scrollIntoView());
      if (i % 4 > 0) await tabs.nth(-(i % 4)).dispatchEvent("click");
    }
    expect(await findings()).toEqual([]);
  });

  it("in its dialogs", async () => {
    // the checker's time goes by what stands on the page
    await lenient.evaluate(() => window.perennial.reset());
    await lenient.evaluate((markdown) => window.perennial.notebook.set(markdown), aShortOne);
    await importFiles(lenient, [{ name: "orders.csv", content: shopExport({ orders: 300 }) }]);
    await settle(lenient);
    const openings: [string, () => Promise<unknown>][] = [
      ["customers", openCustomers],
      ["help", () => lenient.getByRole("button", { name: say("help.show") }).click()],
      ["palette", () => lenient.getByRole("button", { name: say("palette.open") }).click()],
      ["studies", () => lenient.locator("[data-keeping]").click()],
      ["report", () => lenient.getByRole("button", { name: say("report.make") }).click()],
      ["reset", () => lenient.getByRole("button", { name: say("notebook.reset") }).click()],
      ["analyses", openAnalyses],
    ];
    for (const [name, openIt] of openings) {
      await openIt();
      await lenient.locator("dialog[open]").waitFor();
      if (name === "palette") await lenient.locator("dialog[open] input").fill("re");
      if (name === "report") {
        await lenient.locator("dialog[open] button[type=submit]").click();
        await lenient.locator("dialog[open] h3").waitFor();
        expect(await lenient.locator("dialog[open] button[type=submit]:focus").count()).toBe(1);
      }
      if (name === "customers") await lenient.locator("dialog[open] tbody tr").first().waitFor();
      expect([name, ...(await findings("dialog[open]"))]).toEqual([name]);
      await escape();
    }
  });

  it("where it is narrowed, written and shown around", async () => {
    await lenient.locator("#filter-by").selectOption("channel");
    await until(
      () => lenient.locator("#filter-value option").count(),
      (count) => count > 1,
    );
    await lenient.locator("#filter-value").selectOption({ index: 1 });
    await lenient.locator("#cell-by_channel [role=tab]").nth(-2).click();
    await lenient.locator("#cell-by_channel .cm-content").waitFor();
    await lenient
      .locator("#cell-by_channel")
      .getByRole("button", { name: say("sql.chartAdd") })
      .click();
    await lenient.locator("#cell-by_channel .builder").waitFor();
    await lenient
      .getByRole("button", { name: say("edit.text") })
      .first()
      .click();
    await lenient.locator(".block textarea").first().waitFor();
    await settle(lenient);
    expect(await findings()).toEqual([]);
    await lenient.keyboard.press("Escape");
    await lenient
      .getByRole("button", { name: say("edit.add") })
      .first()
      .click();
    expect(await findings("[popover]:popover-open")).toEqual([]);
    await lenient.keyboard.press("Escape");
    await lenient.getByRole("button", { name: say("tour.take") }).click();
    await lenient.locator(".tour").waitFor();
    expect(await findings(".tour")).toEqual([]);
    await escape();
  });

  it("where a chart tells a value, and goes on telling in another theme", async () => {
    const part = "#cell-cohort-retention";
    const chart = lenient.locator(`${part} .figure svg[tabindex]`);
    await turn(lenient, "light");
    await lenient.locator(part).evaluate((cell) => cell.scrollIntoView());
    await chart.focus();
    for (const scheme of schemes) {
      await turn(lenient, scheme);
      await lenient.keyboard.press("ArrowRight");
      await chart.locator(".tip text").waitFor();
      const found = await lenient.evaluate(check, [part, { type: "tag", values: tags }] as const);
      expect([scheme, ...found]).toEqual([scheme]);
    }
  });

  it("in a report", async () => {
    // of whom too few are narrowed to, what is withheld stands in words
    for (const [smallest, shown] of [
      [5, "section.cell"],
      [1, "section.cell svg"],
    ] as const) {
      const html = await lenient.evaluate(
        async (fewest) => (await window.perennial.report({ smallest: fewest })).text(),
        smallest,
      );
      const page = await at.browser.newPage({ bypassCSP: true, reducedMotion: "reduce" });
      await page.setContent(html);
      await page.locator(shown).first().waitFor();
      await page.addScriptTag({ content: axe.source });
      expect(await findings("html", page)).toEqual([]);
      await page.close();
    }
  });

  it("in a notebook from somebody else, and in one that waits for its files", async () => {
    await lenient.evaluate(async () => {
      const link = await window.perennial.share();
      location.hash = link.slice(link.indexOf("#"));
    });
    await lenient.locator(".inert").waitFor();
    expect(await findings()).toEqual([]);
    const orders = {
      name: "orders.csv",
      content: "order_id,customer,date,amount\n1,a,2024-01-01,1\n",
    };
    await lenient.evaluate(() => window.perennial.reset());
    await openOnly(lenient, "overview");
    await importFiles(lenient, [orders]);
    await until(
      () => lenient.locator("[data-keeping]").getAttribute("data-keeping"),
      (said) => said === "saved",
    );
    await lenient.evaluate(() => window.perennial.reset());
    await lenient.locator("section[aria-labelledby=past-studies]").waitFor();
    expect(await findings()).toEqual([]);
    await lenient
      .locator("section[aria-labelledby=past-studies]")
      .getByRole("button", { name: say("kept.goOn") })
      .first()
      .click();
    await lenient.getByRole("heading", { name: say("kept.waiting") }).waitFor();
    expect(await findings()).toEqual([]);
  });

  it("where the engine cannot start", async () => {
    const site = await serve({
      root: siteFolder,
      answer(path, response) {
        if (!path.includes("/engine/")) return false;
        response.writeHead(404).end();
        return true;
      },
    });
    at.proxy.allow(site.origin);
    const broken = await openLenient(site.url);
    await broken.getByRole("heading", { name: say("app.broken") }).waitFor();
    expect(await findings("html", broken)).toEqual([]);
    await broken.close();
    await site.close();
  });
});

async function openAnalyses(): Promise<void> {
  await lenient
    .getByRole("button", { name: say("edit.add") })
    .first()
    .click();
  await lenient.getByRole("menuitem", { name: say("edit.addAnalysis") }).click();
}

async function openCustomers(): Promise<void> {
  await lenient.locator("#cell-cohort-retention").evaluate((cell) => cell.scrollIntoView());
  await lenient.locator("#cell-cohort-retention .figure svg[tabindex]").focus();
  await lenient.keyboard.press("ArrowRight");
  await lenient.keyboard.press("Enter");
}
