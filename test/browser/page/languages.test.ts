import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queries } from "../../../src/catalog/queries.ts";
import { en } from "../../../src/words/en.ts";
import { text } from "../../../src/words/words.ts";
import type { Locale } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, landing, open, openPanel, settle, speak, states } from "./pageCalls.ts";

const locales: Locale[] = ["en", "zh-Hans", "zh-Hant"];
const analyses = queries.filter(({ folder }) => folder === "analyses");

// what is said in no other way in Chinese: names, formats, currencies, terms of the trade
const sameEverywhere =
  /^(Perennial|EN|English|PNG|SVG|CSV|XLSX|SQL|KOC|USD|AIC|BIC|CLV|LTV\/CAC|CAC ÷ CRC|RFM|ROI|[a-z]+_?[a-z]*|BG\/NBD|Gamma-Gamma)$/;

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

/** All that the page says, but for SQL, keys and the reader's own data. */
function said(scope = "body"): Promise<string[]> {
  return at.page.evaluate((selector) => {
    const foreign =
      "code, pre, kbd, script, style, td, option, .name, .preview, .raw, .example, [lang]";
    const own = document.documentElement;
    const texts = new Set<string>();
    for (const element of document.querySelectorAll(`${selector} *`)) {
      const closest = element.closest(foreign);
      if (closest && closest !== own) continue;
      for (const name of ["aria-label", "placeholder", "alt"]) {
        const value = element.getAttribute(name);
        if (value && !(element instanceof SVGElement)) texts.add(value);
      }
      for (const { nodeType, textContent } of element.childNodes) {
        const value = textContent?.replace(/\s+/g, " ").trim();
        if (nodeType === Node.TEXT_NODE && value) texts.add(value);
      }
    }
    return [...texts];
  }, scope);
}

/** what the reader's files call channels, products, campaigns and the like: charts name them */
async function ownNames(): Promise<string[]> {
  const columns = {
    orders: ["channel", "product", "category"],
    touches: ["channel", "kind", "campaign", "staff"],
    referrals: ["method"],
    contacts: ["source", "tier"],
  };
  const selects = Object.entries(columns).flatMap(([table, names]) =>
    names.map((name) => `select ${name} as name from ${table}`),
  );
  selects.push("select unnest(string_split(tags, ', ')) as name from contacts");
  const rows = await askSql(at.page, selects.join(" union "));
  return rows.map(({ name }) => String(name));
}

/** A name of the reader's, or what a chart makes of it where it has no room: cut, or in lines. */
function isAmong(own: readonly string[], value: string): boolean {
  const part = value.replace(/…$/, "");
  return own.some((name) => name === value || name.startsWith(part) || name.endsWith(` ${part}`));
}

function expectWords(texts: string[]): void {
  const keys = Object.keys(en);
  expect(texts.filter((value) => keys.includes(value) || /\{\w+[|}]/.test(value))).toEqual([]);
  expect(texts.filter((value) => /undefined|NaN|\[object/.test(value))).toEqual([]);
}

function expectChinese(texts: string[]): void {
  const isForeign = (value: string) =>
    /[A-Za-z]{2,}/.test(value) && !/\p{Script=Han}/u.test(value) && !sameEverywhere.test(value);
  expect(texts.filter(isForeign)).toEqual([]);
}

async function trimmed(locator: Locator): Promise<string[]> {
  return (await locator.allTextContents()).map((value) => value.trim());
}

describe.each(locales)("the landing page in %s", (locale) => {
  it("says everything in that language", async () => {
    await landing(at.page);
    await speak(at.page, locale);
    const texts = await said();
    expectWords(texts);
    if (locale !== "en") expectChinese(texts);
    expect(await trimmed(at.page.locator("h1, h2"))).toEqual(
      ["landing.title", "landing.what", "landing.reads"].map((key) => text(locale, key)),
    );
    expect(await at.page.title()).toContain(text(locale, "app.tagline"));
  });
});

describe.each(locales)("the notebook in %s", (locale) => {
  beforeAll(async () => {
    if (Object.keys(await states(at.page)).length === 0) {
      await at.page.evaluate(() => window.perennial.demo({ customers: 400 }));
    }
    await settle(at.page);
    await speak(at.page, locale);
  });

  it("heads groups, cells and contents with its words", async () => {
    const groups = await trimmed(at.page.locator(".prose h2"));
    const all = new Set(analyses.map(({ group }) => text(locale, `group.${group}`)));
    expect(groups.toSorted()).toEqual([...all].toSorted());
    for (const { id, title, question } of analyses) {
      const cell = at.page.locator(`#cell-${id}`);
      expect(await trimmed(cell.locator(".title"))).toEqual([title[locale]]);
      expect(await trimmed(cell.locator("h3"))).toEqual([question[locale]]);
      expect(await trimmed(at.page.locator(`nav a[href="#cell-${id}"]`))).toEqual([title[locale]]);
    }
    const told = await at.page.evaluate(() =>
      window.perennial.analyses().map(({ title }) => title),
    );
    expect(told.toSorted()).toEqual(analyses.map(({ title }) => title[locale]).toSorted());
  });

  it("says everything else in that language: panels, settings, charts, tables, definitions", async () => {
    await openPanel(at.page);
    const texts = new Set(await said());
    for (const { id } of analyses) {
      const cell = at.page.locator(`#cell-${id}`);
      await cell.evaluate((section) => section.scrollIntoView());
      // what is said in no word of the language is looked for in Chinese; in English raw words are
      for (const name of locale === "en" ? ["chart", "table"] : ["chart", "table", "definition"]) {
        const tab = cell.getByRole("tab", { name: text(locale, `cell.${name}`), exact: true });
        if ((await tab.count()) === 0) continue;
        await tab.dispatchEvent("click");
        for (const value of await said(`#cell-${id}`)) texts.add(value);
      }
      await cell.getByRole("tab").first().dispatchEvent("click");
    }
    expect(texts.size).toBeGreaterThan(300);
    expectWords([...texts]);
    const own = await ownNames();
    const isOwn = (value: string) => value.split(" → ").every((part) => isAmong(own, part));
    if (locale !== "en") expectChinese([...texts].filter((value) => !isOwn(value)));
  });

  it("says its help in that language", async () => {
    await at.page.getByRole("button", { name: text(locale, "help.show") }).click();
    const dialog = at.page.getByRole("dialog");
    await dialog.waitFor();
    const texts = await said("dialog[open]");
    expectWords(texts);
    if (locale !== "en") expectChinese(texts);
    expect(await dialog.locator("h2").innerText()).toBe(text(locale, "help.title"));
    await at.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });
});

it("keeps the figures when the language changes", async () => {
  const sentences = at.page.locator("section.cell .sentence");
  await speak(at.page, "en");
  const before = await sentences.allInnerTexts();
  await speak(at.page, "zh-Hant");
  const chinese = await sentences.allInnerTexts();
  expect(chinese).toHaveLength(before.length);
  expect(chinese.filter((value) => !/\p{Script=Han}/u.test(value))).toEqual([]);
  await speak(at.page, "en");
  expect(await sentences.allInnerTexts()).toEqual(before);
  expect(at.errors).toEqual([]);
});
