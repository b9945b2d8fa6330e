import { afterAll, beforeAll, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import {
  askSql,
  expectTie,
  importFiles,
  open,
  openOnly,
  openedByOrders,
  settle,
  speak,
} from "./pageCalls.ts";

let at: Visit;
beforeAll(async () => {
  at = await open();
  await openOnly(at.page, "overview");
});
afterAll(() => at?.close());

const header = "Order ID,Customer Email,Order Date,Total,Refunded Amount,Currency";
const files = [
  {
    name: "january.csv",
    content: `${header}\n1,Ada@x.com,2025-01-03,12.00,0.00,EUR\n2,ada@x.com,2025-01-30,30.00,0.00,EUR\n`,
  },
  {
    name: "february.csv",
    content: `${header}\n2,ada@x.com,2025-01-30,30.00,10.00,EUR\n3,bob@x.com,2025-02-03,5.00,0.00,EUR\n`,
  },
  {
    name: "customers.csv",
    content:
      "Customer Email,Registration Date,Source,Tags\nada@x.com,2024-12-01,Fair,vip\nzoe@x.com,2024-12-02,Fair,\n",
  },
];

it("joins a customer file to the orders, and says in every language how well it fits", async () => {
  const report = await importFiles(at.page, files);
  expectTie(report);
  expect(report.totals).toMatchObject({ orders: 3, customers: 2, net: "37.00" });
  const [january, , customers] = report.files;
  expect(customers).toMatchObject({ kind: "customers", matched: { customers: 1, of: 2 } });
  expect(january!.notes).toEqual([
    expect.objectContaining({ note: "other-file-differs", count: 1, of: 1, amount: "-10.00" }),
    expect.objectContaining({ note: "spellings", count: 2, of: 1 }),
  ]);
  const known = "select customer_id, source, tags from customers where source is not null";
  expect(await askSql(at.page, known)).toEqual([
    { customer_id: "ada@x.com", source: "Fair", tags: "vip" },
  ]);
  await settle(at.page);
  for (const locale of ["en", "zh-Hans", "zh-Hant"] as const) {
    await speak(at.page, locale);
    for (const [name, key, values] of [
      ["customers.csv", "rows.matched", { customers: 1, of: 2, share: /50(\.0)?\s?%/ }],
      ["january.csv", "rows.spellings", { count: 2, of: 1, examples: "“Ada@x.com” = “ada@x.com”" }],
    ] as const) {
      const panel = at.page.locator("section.files > details", { hasText: name });
      if ((await panel.getAttribute("open")) === null) await panel.locator("> summary").click();
      const shown = await panel.innerText();
      const share = "share" in values ? (values.share.exec(shown)?.[0] ?? "no share") : "";
      expect(shown).toContain(text(locale, key, { ...values, share }));
    }
  }
});

it("says what a further file would show, and opens its cells when it comes", async () => {
  const other = await open();
  try {
    await importFiles(other.page, files.slice(0, 1));
    const first = Object.keys(await settle(other.page));
    expect(first.toSorted()).toEqual(openedByOrders());
    const waiting = other.page.locator("section[aria-labelledby=waiting]");
    for (const locale of ["zh-Hans", "zh-Hant", "en"] as const) {
      await speak(other.page, locale);
      expect(await waiting.locator("h2").innerText()).toBe(text(locale, "notebook.waiting"));
      expect(await waiting.innerText()).toContain(text(locale, "unavailable.touches"));
    }
    const content =
      "Customer Email,Time,Channel,Type,Responded at\nada@x.com,2025-01-10 09:00:00,WeCom,message,2025-01-10 10:00:00\n" +
      "bob@x.com,2025-02-01 09:00:00,WeCom,message,\n";
    const { files: read } = await importFiles(other.page, [{ name: "touches.csv", content }]);
    expect(read.map(({ kind }) => kind)).toContain("touches");
    const now = await settle(other.page);
    expect(now["touch-response"]).toBe("done");
    expect(Object.keys(now).length).toBeGreaterThan(first.length);
    expect((await waiting.allInnerTexts()).join()).not.toContain(text("en", "unavailable.touches"));
    expect(other.errors).toEqual([]);
  } finally {
    await other.close();
  }
});
