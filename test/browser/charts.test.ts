import { resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageHeaders } from "../../src/engine/contentPolicy.ts";
import { text } from "../../src/words/words.ts";
import type { ChartHarness, Look, Specimen } from "./support/chartHarness/main.ts";
import { specimens } from "./support/specimens.ts";
import { visit } from "./support/visit.ts";
import type { Visit } from "./support/visit.ts";

declare const window: { harness: ChartHarness };

const folder = resolve(import.meta.dirname, "../../node_modules/.cache/perennial/charts");
const english: Look = { width: 640, dark: false, locale: "en" };
const [triangle] = specimens as [Specimen];

let at: Visit;

beforeAll(async () => {
  await build({
    logLevel: "warn",
    configFile: false,
    root: resolve(import.meta.dirname, "support/chartHarness"),
    base: "./",
    publicDir: false,
    build: { outDir: folder, emptyOutDir: true, target: "es2023" },
  });
  const policy = String(pageHeaders["Content-Security-Policy"]).replace(" 'unsafe-inline'", "");
  const headers = { "Content-Security-Policy": `${policy}; require-trusted-types-for 'script'` };
  at = await visit({ root: folder, headers });
  at.page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) at.errors.push(message.text());
  });
});

afterAll(async () => {
  expect(at.proxy.strays).toEqual([]);
  await at.close();
});

async function draw(specimen: Specimen, look: Look = english): Promise<void> {
  await at.page.evaluate(([one, as]) => window.harness.draw(one, as), [specimen, look] as const);
}

const tipText = () => at.page.locator("svg .tip text").allTextContents();

describe.each(specimens.map((specimen) => [specimen.kind, specimen] as const))(
  "%s",
  (_, specimen) => {
    it.each([320, 360, 900])("fits %i pixels in every language, light and dark", async (width) => {
      for (const locale of ["en", "zh-Hans", "zh-Hant"] as const) {
        await draw(specimen, { width, dark: locale === "zh-Hans", locale });
        expect(await at.page.evaluate(() => window.harness.strays())).toEqual([]);
      }
      expect(at.errors).toEqual([]);
    });

    it("tells figures by keyboard, inside the drawing, and hides them on Escape", async () => {
      await draw(specimen, { ...english, width: 320 });
      await at.page.locator("svg").focus();
      await at.page.keyboard.press("Home");
      expect(await tipText()).toHaveLength(1);
      expect(await at.page.locator("[aria-live]").textContent()).not.toBe("");
      expect(await at.page.evaluate(() => window.harness.strays())).toEqual([]);
      await at.page.keyboard.press("Escape");
      expect(await tipText()).toEqual([]);
    });
  },
);

describe("a drawing", () => {
  const texts = () => at.page.locator("svg text").allTextContents();

  it("of no finite value says that there is nothing, in place of axes", async () => {
    await draw({
      kind: "lines",
      channels: { x: "period", y: "cost" },
      columns: [
        ["period", "date", [Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1)]],
        ["cost", "money", [null, null]],
      ],
    });
    expect(await texts()).toEqual([text("en", "chart.empty")]);
  });

  it("of parts has tracks that are the whole of them", async () => {
    await draw({
      kind: "segments",
      channels: { label: "segment", value: "share" },
      columns: [
        ["segment", "text", ["Champions", "Lost"]],
        ["share", "share", [0.641, 0.02]],
      ],
    });
    const widths = await at.page
      .locator("svg rect")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("width"))));
    expect(widths[1]! / widths[0]!).toBeCloseTo(0.641, 5);
  });

  it("holds intervals of a small base too", async () => {
    await draw({
      kind: "lines",
      channels: { x: "k", y: "rate", lower: "low", upper: "high", n: "n" },
      columns: [
        ["k", "count", [1, 2]],
        ["rate", "share", [0, 0.5]],
        ["low", "share", [0, 0.1]],
        ["high", "share", [0.79, 0.97]],
        ["n", "count", [2, 2]],
      ],
    });
    expect(await texts()).toContain("100%");
  });

  it("names each of many columns with long names, on a phone too", async () => {
    const names = Array.from(
      { length: 21 },
      (_, i) => `REGENCY CAKESTAND ${i} OF THREE TIERS, BOXED`,
    );
    for (const width of [358, 640, 944]) {
      await draw(
        {
          kind: "heatmap",
          channels: { x: "category", y: "orders", fill: "index" },
          columns: [
            ["category", "text", names],
            ["orders", "text", names.map(() => "1")],
            ["index", "number", names.map((_, i) => 50 + i)],
          ],
        },
        { ...english, width },
      );
      expect(new Set((await texts()).filter((one) => one.startsWith("REG"))).size).toBe(21);
      expect(await at.page.evaluate(() => window.harness.strays())).toEqual([]);
    }
  });

  it("of scores has a bar over each, and says the score alone", async () => {
    await draw({
      kind: "histogram",
      channels: { x: "score" },
      columns: [["score", "number", [1, 2, 2, 3, 3, 3]]],
    });
    await at.page.locator("svg").focus();
    await at.page.keyboard.press("Home");
    expect((await tipText()).join()).toContain("score 1Customers: 1");
  });
});

describe("a tip", () => {
  it("names the share, its interval and its base under the pointer", async () => {
    await draw(triangle);
    const cell = at.page.locator("svg text", { hasText: "36.6%" });
    await cell.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      const place = { clientX: left + 8, clientY: top + 5, bubbles: true };
      element.closest("svg")?.dispatchEvent(new PointerEvent("pointermove", place));
    });
    expect((await tipText()).join()).toContain(
      "retention: 36.6%95% interval 33.6% to 39.6%customers: 885",
    );
  });

  it("stays when the finger that tapped is lifted, and goes when it scrolls", async () => {
    await draw(triangle);
    const cell = at.page.locator("svg text", { hasText: "36.6%" }).first();
    const touch = (...kinds: string[]) =>
      cell.evaluate((element, types) => {
        const { left, top } = element.getBoundingClientRect();
        const place = { clientX: left + 8, clientY: top + 5, bubbles: true, pointerType: "touch" };
        for (const type of types)
          element.closest("svg")?.dispatchEvent(new PointerEvent(type, place));
      }, kinds);
    await touch("pointerdown", "pointerup", "pointerleave", "click");
    expect((await tipText()).join()).toContain("retention: 36.6%");
    await touch("pointercancel", "pointerleave");
    expect(await tipText()).toEqual([]);
  });

  it("walks from cell to cell with the arrows", async () => {
    await draw(triangle, { ...english, locale: "zh-Hant" });
    await at.page.locator("svg").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await at.page.keyboard.press(key);
    expect((await tipText()).join()).toMatch(/^2024年2月1日|^2024年2月/);
    expect((await tipText()).join()).toContain("22.1%");
  });

  it("names the ribbon under the pointer, however far its middle is, and draws it anew", async () => {
    const flow = specimens.find(({ kind }) => kind === "flow") as Specimen;
    await draw(flow, { ...english, width: 900 });
    const label = at.page.locator("svg text", { hasText: "(new)" });
    await label.evaluate((element) => {
      const { top, height } = element.getBoundingClientRect();
      const place = { clientX: 200, clientY: top + height / 2, bubbles: true };
      element.closest("svg")?.dispatchEvent(new PointerEvent("pointermove", place));
    });
    expect((await tipText()).join()).toContain("(new) → ");
    expect(await at.page.locator("svg .tip path").count()).toBe(1);
  });

  it("shows markup in data as text", async () => {
    const name = '<img src=x onerror="document.title=1"><b>&amp;';
    await draw({
      kind: "bars",
      channels: { x: name, y: "orders" },
      columns: [
        [name, "text", [name, "b"]],
        ["orders", "count", [3, 4]],
      ],
    });
    await at.page.locator("svg").focus();
    await at.page.keyboard.press("Home");
    expect((await tipText()).join()).toContain("<img src=x");
    expect(await at.page.locator("img, b").count()).toBe(0);
    expect(await at.page.title()).toBe("The charts alone");
  });
});

describe("marks", () => {
  it("of a long ranking are the first twenty, and the drawing says so", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    await draw({
      kind: "bars",
      channels: { x: "customer", y: "revenue" },
      columns: [
        ["customer", "text", names],
        ["revenue", "money", names.map((_, i) => 300 - i)],
      ],
    });
    const texts = await at.page.locator("svg text").allTextContents();
    expect(names.filter((name) => texts.includes(name))).toEqual(names.slice(0, 20));
    expect(texts.join()).toContain("the first 20 of 30 drawn");
  });

  it("of many blocks are the largest, and one of all others, which has lost nobody", async () => {
    const count = 4000;
    const names = Array.from({ length: count }, (_, i) => `c${i % 400}`);
    await draw({
      kind: "flow",
      channels: { from: "a", to: "b", value: "n" },
      columns: [
        ["a", "text", names],
        ["b", "text", names.map(() => "all")],
        ["n", "count", names.map((_, i) => (i % 400 < 17 ? 10 : 1))],
      ],
    });
    const texts = (await at.page.locator("svg text").allTextContents()).join(" ");
    expect(texts).toMatch(/383 others.*3,830/);
    expect(texts).toMatch(/all.*5,530/);
    expect(await at.page.locator("svg path").count()).toBeLessThan(60);
  });

  it("hatch what is not over, fade a small base, and draw intervals", async () => {
    await draw(triangle);
    expect(await at.page.locator('svg g[fill^="url(#hatch"] rect').count()).toBe(5);
    expect(await at.page.locator('svg rect[fill-opacity="0.35"]').count()).toBeGreaterThan(0);
    const lines = specimens.find(({ kind }) => kind === "lines") as Specimen;
    await draw(lines);
    expect(await at.page.locator("svg [data-mark=area] path").count()).toBe(2);
    expect(await at.page.locator("svg [stroke-dasharray]").count()).toBeGreaterThan(0);
  });

  it("stay few where there are many rows, and say so", async () => {
    const count = 40_000;
    const values = Array.from({ length: count }, (_, i) => (i * 7919) % 10_007);
    await draw({
      kind: "scatter",
      channels: { x: "a", y: "b" },
      columns: [
        ["a", "number", values],
        ["b", "number", values.map((value, i) => (value * i) % 997)],
      ],
    });
    expect(await at.page.locator("svg circle").count()).toBeLessThanOrEqual(5000);
    const texts = (await at.page.locator("svg text").allTextContents()).join(" ");
    expect(texts).toMatch(/of 40,000 points drawn/);
  });

  it("give way to a calm note where there are no rows, and to nothing for a table", async () => {
    const columns = triangle.columns.map(([name, type]): Specimen["columns"][number] => [
      name,
      type,
      [],
    ]);
    await draw({ ...triangle, columns });
    expect(await at.page.locator("svg text").allTextContents()).toEqual([
      "No data for these settings",
    ]);
    await draw({ ...triangle, kind: "table", channels: {} });
    expect(await at.page.locator("svg").count()).toBe(0);
    await expect(draw({ ...triangle, kind: "pie" })).rejects.toThrow(
      /unknown chart; not one of bars/,
    );
  });
});

describe("a picture", () => {
  it("stands alone: light, titled, without style sheet, custom property or tip", async () => {
    await draw(triangle, { ...english, dark: true });
    await at.page.locator("svg").focus();
    await at.page.keyboard.press("Home");
    const bytes = await at.page.evaluate(() => window.harness.exported("svg"));
    const svg = Buffer.from(bytes).toString("utf8");
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain("<title>The heatmap</title>");
    expect(svg).toContain("36.6%");
    expect(svg).not.toMatch(/var\(|style=|<style|class="tip"|#e6ede7/);
  });

  it("of any kind shows alone what the page shows, its legend and axes too", async () => {
    const alone = await at.browser.newPage();
    for (const specimen of specimens) {
      const name = `${specimen.kind} ${Object.values(specimen.channels).join(" ")}`;
      await draw(specimen, { width: 640, dark: true, locale: "zh-Hans" });
      const shown = await at.page.evaluate(textBoxes, "figure svg");
      const bytes = await at.page.evaluate(() => window.harness.exported("svg"));
      const svg = Buffer.from(bytes).toString("utf8");
      expect([name, svg.match(/var\(|color-mix|currentcolor(?!")|style=|class=/g)]).toEqual([
        name,
        null,
      ]);
      const families = [...svg.matchAll(/font-family="([^"]*)"/g)].map(([, list = ""]) => list);
      expect(families[0]).toMatch(/PingFang SC.*PingFang TC.*Noto Sans CJK SC.*sans-serif/);
      expect([name, families.filter((list) => !list.endsWith("sans-serif"))]).toEqual([name, []]);
      await alone.setContent(svg);
      const [title, ...drawn] = await alone.evaluate(textBoxes, "svg");
      expect([name, title?.said]).toEqual([name, `The ${specimen.kind}`]);
      expect([name, drawn.map(({ said }) => said)]).toEqual([name, shown.map(({ said }) => said)]);
      const moved = drawn.filter((box, i) => isMoved(box, shown[i]!, drawn[0]!, shown[0]!));
      expect([name, moved]).toEqual([name, []]);
    }
    await alone.close();
  });

  it("becomes a PNG at twice its size", async () => {
    await draw(triangle);
    const bytes = await at.page.evaluate(() => window.harness.exported("png"));
    const png = Buffer.from(bytes);
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2 * (640 + 32));
    expect(at.errors).toEqual([]);
  });
});

interface TextBox {
  said: string;
  x: number;
  y: number;
  width: number;
}

/** Runs in a page: where the texts of a drawing stand, in CSS pixels. */
function textBoxes(drawing: string): TextBox[] {
  return [...document.querySelectorAll(`${drawing} text`)]
    .filter((text) => !text.closest(".tip") && text.textContent !== "")
    .map((text) => {
      const { x, y, width } = text.getBoundingClientRect();
      return { said: text.textContent, x, y, width };
    });
}

/** Whether a text stands elsewhere beside the first of its drawing, or is of another size. */
function isMoved(box: TextBox, was: TextBox, first: TextBox, firstWas: TextBox): boolean {
  const most = 1.5; // CSS pixels
  const parts: [number, number][] = [
    [box.x - first.x, was.x - firstWas.x],
    [box.y - first.y, was.y - firstWas.y],
    [box.width, was.width],
  ];
  return parts.some(([now, then]) => Math.abs(now - then) > most);
}
