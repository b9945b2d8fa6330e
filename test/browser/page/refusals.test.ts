import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Locale } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import {
  askSql,
  importFiles,
  landing,
  open,
  openedByOrders,
  openOnly,
  pick,
  settle,
  speak,
  states,
} from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

const good = "order_id,customer,ordered_at,amount,currency\n1,ann,2025-01-03,12.00,EUR\n";
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]);
const stub = Buffer.from("PK\x03\x04\x14\0\x06\0\x08\0\0\0\x21\0[Content_Types].xml", "latin1");
// written by Info-ZIP 3.0: `zip -P secret`
const lockedZip = Buffer.from(
  "UEsDBAoACQAAAMsTdl34R8bNGwAAAA8AAAAKABwAb3JkZXJzLmNzdlVUCQADvlMCa75TAmt1eAsAAQQAAAAABAAAAABB5CEPeBMxSrpBJcPYvEyQgXuhqEdZ/ZLclexQSwcI+EfGzRsAAAAPAAAAUEsBAh4DCgAJAAAAyxN2XfhHxs0bAAAADwAAAAoAGAAAAAAAAQAAAKSBAAAAAG9yZGVycy5jc3ZVVAUAA75TAmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBQAAAAbwAAAAAA",
  "base64",
);
const page =
  "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in</body>";

function alertSaying(key: string): Locator {
  return at.page
    .locator("main [role=alert]")
    .filter({ hasText: text("en", key) })
    .first();
}

interface Refusal {
  code: string;
  content: string | Uint8Array;
  /** what is missing or wrong, and then what would help, in each language */
  says: Record<Locale, RegExp>;
}

const refusals: Refusal[] = [
  {
    code: "html",
    content: page,
    says: { en: /web page.*CSV/, "zh-Hans": /网页.*CSV/, "zh-Hant": /網頁.*CSV/ },
  },
  {
    code: "image",
    content: png,
    says: { en: /picture.*CSV/, "zh-Hans": /图片.*CSV/, "zh-Hant": /圖片.*CSV/ },
  },
  {
    code: "empty",
    content: "",
    says: { en: /empty.*Export/, "zh-Hans": /空的.*导出/, "zh-Hant": /空的.*匯出/ },
  },
  {
    code: "header-only",
    content: "order_id,customer,ordered_at,amount\n",
    says: { en: /no row.*Export/, "zh-Hans": /没有数据.*导出/, "zh-Hant": /沒有資料.*匯出/ },
  },
  {
    code: "broken-workbook",
    content: stub,
    says: {
      en: /Excel.*damaged.*CSV/,
      "zh-Hans": /Excel.*损坏.*CSV/,
      "zh-Hant": /Excel.*損壞.*CSV/,
    },
  },
  {
    code: "encrypted-zip",
    content: lockedZip,
    says: { en: /password.*Unpack/, "zh-Hans": /密码.*解压/, "zh-Hant": /密碼.*解壓/ },
  },
  {
    code: "no-time",
    content: "order_id,customer,amount\nA-1,ann,12.00\nA-2,bob,30.10\n",
    says: { en: /time.*Export.*date/, "zh-Hans": /时间.*日期/, "zh-Hant": /時間.*日期/ },
  },
  {
    code: "no-amount",
    content: "order_id,customer,ordered_at\nA-1,ann,2025-01-01\nA-2,bob,2025-02-01\n",
    says: { en: /amount.*total/, "zh-Hans": /金额.*总额/, "zh-Hant": /金額.*總額/ },
  },
];

describe.each(["en", "zh-Hans", "zh-Hant"] as const)("in %s", (locale) => {
  beforeAll(async () => {
    await speak(at.page, locale);
  });

  it.each(refusals)(
    "$code is refused with a sentence that helps",
    async ({ code, content, says }) => {
      const { files, totals } = await importFiles(at.page, [{ name: `${code}.csv`, content }]);
      expect(files).toHaveLength(1);
      expect(files[0]?.kind).toBe("refused");
      expect(files[0]?.error?.code).toBe(code);
      const sentence = files[0]?.error?.message ?? "";
      expect(sentence).toBe(text(locale, `refusal.${code}`));
      expect(sentence).toMatch(says[locale]);
      expect(totals).toMatchObject({ orders: 0, customers: 0, net: "0.00", firstDate: null });
      const alert = at.page.locator("main [role=alert]").filter({ hasText: sentence });
      await alert.first().waitFor();
      expect(await alert.count()).toBe(1);
      await landing(at.page);
    },
  );
});

it("says a refusal in the language that the reader changes to", async () => {
  await speak(at.page, "en");
  await importFiles(at.page, [{ name: "page.csv", content: page }]);
  const main = at.page.locator("main");
  await main.getByText(text("en", "refusal.html")).first().waitFor();
  await speak(at.page, "zh-Hans");
  await main.getByText(text("zh-Hans", "refusal.html")).first().waitFor();
  expect(await main.getByText(text("en", "refusal.html")).count()).toBe(0);
  await speak(at.page, "en");
});

describe("the page stays usable", () => {
  afterEach(() => at.page.evaluate(() => window.perennial.reset()));

  it("after each refusal a good file works", async () => {
    for (const { code, content } of refusals) {
      await pick(at.page, { name: `${code}.csv`, content });
      await at.page.locator("main [role=alert]").first().waitFor();
    }
    await pick(at.page, { name: "good.csv", content: good });
    expect(Object.keys(await settle(at.page)).sort()).toEqual(openedByOrders());
    expect(await askSql(at.page, "select order_id from orders")).toEqual([{ order_id: "1" }]);
    expect(await at.page.locator("section.files > details").count()).toBe(1);
    expect(at.errors).toEqual([]);
  });

  it("a refused file beside a good one does not stop it, and says so", async () => {
    await openOnly(at.page, "overview");
    const { files, totals } = await importFiles(at.page, [
      { name: "page.csv", content: page },
      { name: "good.csv", content: good },
    ]);
    expect(files.map(({ kind }) => kind)).toEqual(["refused", "orders"]);
    expect(totals.orders).toBe(1);
    await alertSaying("refusal.html").waitFor();
    expect((await settle(at.page))["overview"]).toBe("done");
  });

  it("a refused file added to a notebook leaves the notebook as it was", async () => {
    await openOnly(at.page, "overview");
    await importFiles(at.page, [{ name: "good.csv", content: good }]);
    await settle(at.page);
    await pick(at.page, { name: "empty.csv", content: "" });
    await alertSaying("refusal.empty").waitFor();
    expect((await settle(at.page))["overview"]).toBe("done");
    expect(await askSql(at.page, "select count(*)::integer as n from orders")).toEqual([{ n: 1 }]);
  });

  it("a column chosen for what was missing brings the file back", async () => {
    await openOnly(at.page, "overview");
    const content =
      "order_id,customer,ordered_at,worth\nA-1,ann,2025-01-01,7.50\nA-2,bob,2025-02-01,9.50\n";
    const { files } = await importFiles(at.page, [{ name: "odd.csv", content }]);
    expect(files[0]?.error?.code).toBe("no-amount");
    await at.page.locator('[id="map-odd.csv-amount"]').selectOption("worth");
    await settle(at.page);
    expect(await askSql(at.page, "select sum(net)::double as net from orders")).toEqual([
      { net: 17 },
    ]);
  });
});

describe("orders without a customer column", () => {
  const anonymous =
    "order_id,ordered_at,amount,refund,currency\nA-1,2025-01-01,10.00,0,EUR\nA-2,2025-02-01,5.00,2.50,EUR\n";

  beforeAll(async () => {
    const { totals } = await importFiles(at.page, [{ name: "anonymous.csv", content: anonymous }]);
    expect(totals).toEqual({
      orders: 2,
      ordersWithoutCustomer: 2,
      customers: 0,
      gross: "15.00",
      refunds: "2.50",
      net: "12.50",
      unbookedRefunds: "0.00",
      currency: "EUR",
      firstDate: "2025-01-01",
      lastDate: "2025-02-01",
    });
    await settle(at.page);
  });

  it("give revenue figures, and no customer figure", async () => {
    const analyses = await at.page.evaluate(() => window.perennial.analyses());
    const needsMore = (needs: string[]) => needs.some((table) => /^(customer|costs)/.test(table));
    const shown = await states(at.page);
    expect(Object.keys(shown).toSorted()).toEqual(openedByOrders());
    for (const { id, needs, available } of analyses.filter((one) => one.id in shown)) {
      expect([id, available]).toEqual([id, !needsMore(needs)]);
      expect([id, shown[id]]).toEqual([id, available ? "done" : "unavailable"]);
    }
    const overview = await at.page.evaluate(() => window.perennial.run("overview"));
    const revenue = overview.rows.reduce((sum, row) => sum + Number(row["revenue"]), 0);
    expect(revenue).toBe(12.5);
  });

  it.each(["en", "zh-Hans", "zh-Hant"] as const)(
    "say in %s which column the rest needs",
    async (locale) => {
      await speak(at.page, locale);
      const sentence = text(locale, "unavailable.customer");
      expect(sentence).toMatch(/customer|客户|客戶/);
      // also in the cells that are gathered under one line, which are not open
      const cells = at.page.locator("section.cell .note");
      const notes = (await cells.allTextContents()).map((note) => note.trim());
      expect(new Set(notes)).toEqual(new Set([sentence]));
      expect(notes.length).toBeGreaterThan(12);
      const gathered = at.page.locator("details.gathered summary");
      expect(await gathered.count()).toBeGreaterThan(0);
      for (const line of await gathered.allInnerTexts()) expect(line).toContain(sentence);
      const told = text(locale, "notebook.anonymous", { orders: 2 });
      await at.page.locator(".summary").getByText(told).waitFor();
    },
  );

  it("refuse to run a customer analysis with that sentence", async () => {
    await speak(at.page, "en");
    const ran = at.page.evaluate(() => window.perennial.run("cohort-retention"));
    await expect(ran).rejects.toThrow(text("en", "unavailable.customer"));
  });
});
