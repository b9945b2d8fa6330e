import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import {
  askSql,
  landing,
  open,
  openOnly,
  openPanel,
  pick,
  settle,
  startOver,
  until,
} from "./pageCalls.ts";
import type { ReaderFile } from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

beforeEach(async () => {
  await startOver(at.page);
  await openOnly(at.page, "overview");
});

afterAll(() => at?.close());

const header = "order_id,customer,ordered_at,amount,currency";
const orders: ReaderFile = {
  name: "orders.csv",
  content: `${header}\nA-1,ann,2025-01-03,12.00,EUR\nA-2,bob,2025-01-09,30.10,EUR\n`,
};
const more: ReaderFile = { name: "more.csv", content: `${header}\nB-1,ann,2025-02-03,5.00,EUR\n` };

function word(key: string, values?: Record<string, string | number>): string {
  return text("en", key, values);
}

function button(key: string): Locator {
  return at.page.getByRole("button", { name: word(key), exact: true });
}

function select(word: string, file = "orders.csv"): Locator {
  return at.page.locator(`[id="cut-${file}-${word}"]`);
}

async function ids(): Promise<string> {
  const rows = await askSql(at.page, "select order_id from orders order by order_id");
  return rows.map((row) => row["order_id"]).join(" ");
}

async function column(name: string): Promise<string> {
  const rows = await askSql(at.page, `select ${name}::varchar as value from orders order by 1`);
  return rows.map((row) => row["value"]).join(" ");
}

async function bring(...files: ReaderFile[]): Promise<void> {
  await pick(at.page, ...files);
  await settle(at.page);
}

async function save(key: string): Promise<string[]> {
  // by key: a click misses where a figure above is drawn, and moves the page, between aim and press
  const [download] = await Promise.all([
    at.page.waitForEvent("download"),
    button(key).press("Enter"),
  ]);
  return (await readFile(await download.path(), "utf8")).split("\r\n");
}

describe("the panel of a file", () => {
  it("shows its lines as they stand there, beside the rows as read, and how values were read", async () => {
    const content =
      "Sales report\n\nBestellnummer;Kunde;Datum;Betrag;Währung\n1;ann;03.04.2024 14:05;1.234,50;EUR\n2;bob;29.04.2024 09:00;20,00;EUR\n";
    await bring({ name: "german.csv", content });
    await openPanel(at.page);
    const lines = at.page.getByRole("group", { name: word("mapping.raw") }).locator("li");
    expect(await lines.allTextContents()).toEqual(content.split("\n").slice(0, -1));
    expect(await lines.nth(2).getAttribute("value")).toBe("3");
    const rows = at.page.getByRole("group", { name: word("mapping.preview") }).locator("tbody tr");
    expect(await rows.first().locator("td").allTextContents()).toEqual(
      "1;ann;03.04.2024 14:05;1.234,50;EUR".split(";"),
    );
    expect(await at.page.locator(".example").allTextContents()).toEqual([
      "03.04.2024 14:05 → Apr 3, 2024, 14:05",
      "1.234,50 → 1,234.50",
    ]);
  });

  it("says in a sentence what is to be known of how it was read", async () => {
    const content = "order_id,ordered_at,amount,currency\nA-1,2025-01-03,12.123456,EUR\n";
    await bring({ name: "notes.csv", content });
    await openPanel(at.page);
    const notes = await at.page.locator(".notes li").allTextContents();
    expect(notes).toContain(word("note.no-customer"));
    expect(notes).toContain(word("note.rounded", { column: "amount", share: "100.0%" }));
  });
});

describe("a correction", () => {
  it("of the encoding reads the file again at once, and as found again", async () => {
    // "é" in windows-1252; in windows-1251 the same byte is "й"
    const content = Buffer.from(
      `${header}\nA-1,Andr\u00e9 Dupont,2025-01-03,12.00,EUR\n`,
      "latin1",
    );
    await bring({ name: "orders.csv", content });
    expect(await column("customer_id")).toBe("André Dupont");
    await openPanel(at.page);
    await select("encoding").selectOption("windows-1251");
    await until(
      () => column("customer_id"),
      (found) => found === "Andrй Dupont",
    );
    await settle(at.page);
    await button("mapping.asFound").click();
    await until(
      () => column("customer_id"),
      (found) => found === "André Dupont",
    );
    await settle(at.page);
    expect(await button("mapping.asFound").count()).toBe(0);
  });

  it("of the table chooses another one of the file, by keyboard", async () => {
    const other = "order_id,ordered_at,amount\nB-1,2025-03-01,1.00\nB-2,2025-03-02,2.00\n";
    await bring({ name: "orders.csv", content: `${String(orders.content)}\n${other}` });
    expect(await ids()).toBe("A-1 A-2");
    await openPanel(at.page);
    await select("table").focus();
    await at.page.keyboard.press("ArrowDown");
    await until(ids, (found) => found === "B-1 B-2");
    await settle(at.page);
    expect(await select("headerRow").inputValue()).toBe("5");
  });

  it("that makes a file unreadable can be taken back where it stands", async () => {
    await bring(orders);
    await openPanel(at.page);
    await select("delimiter").selectOption(";");
    const panel = at.page.locator(".refused > details");
    await panel.getByText(word("kind.refused")).first().waitFor();
    const lines = panel.getByRole("group", { name: word("mapping.raw") });
    expect(await lines.innerText()).toContain(header);
    await button("mapping.asFound").click();
    await settle(at.page);
    expect(await ids()).toBe("A-1 A-2");
  });

  it("of the kind reads the file as that", async () => {
    await bring(orders, more);
    expect(await ids()).toBe("A-1 A-2 B-1");
    await at.page.locator("section.files > details > summary").nth(1).click();
    await select("kind", "more.csv").selectOption("costs");
    await until(ids, (found) => found === "A-1 A-2");
    await settle(at.page);
    const costs = "select sum(amount)::varchar as cost from costs";
    expect(await askSql(at.page, costs)).toEqual([{ cost: "5.0000" }]);
  });
});

describe("what was said of a file", () => {
  const ambiguous = `${header}\nA-1,ann,03/04/2025,12.00,EUR\nA-2,bob,05/04/2025,30.10,EUR\n`;
  const alike = `${header}\nC-1,cay,07/06/2025,1.00,EUR\n`;

  it("holds for the next of its shape, until it is forgotten", async () => {
    await bring({ name: "april.csv", content: ambiguous });
    const bar = at.page.locator("#questions section");
    await bar.getByRole("button", { name: word("option.day-first") }).click();
    await until(
      () => column("order_date"),
      (days) => days === "2025-04-03 2025-04-05",
    );
    await settle(at.page);
    await at.page.evaluate(() => window.perennial.reset());
    await openOnly(at.page, "overview");
    await bring({ name: "june.csv", content: alike });
    expect(await column("order_date")).toBe("2025-06-07");
    expect(await bar.count()).toBe(0);
    await openPanel(at.page);
    expect(await at.page.getByText(word("mapping.recalled")).count()).toBe(1);
    await button("mapping.askAgain").click();
    await bar.waitFor();
    await settle(at.page);
    expect(await at.page.getByText(word("mapping.recalled")).count()).toBe(0);
    expect(await at.page.evaluate(() => localStorage.getItem("perennial.shapes"))).toBe("[]");
  });

  it("holds for corrections, across visits, and nothing of the rows is kept", async () => {
    const content = `order_id,customer,ordered_at,amount,shipping,currency\nA-1,ann@example.com,2025-01-03,12.00,4.50,EUR\n`;
    await bring({ name: "one.csv", content });
    await openPanel(at.page);
    await at.page.locator('[id="map-one.csv-amount"]').selectOption("shipping");
    await until(
      () => column("net"),
      (net) => net === "4.5000",
    );
    await settle(at.page);
    const kept = await at.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain("shipping");
    expect(kept).not.toMatch(/ann@|4\.50|12\.00|A-1|ordered_at|one\.csv/);
    await at.page.reload();
    await at.page.evaluate(() => window.perennial.ready);
    await openOnly(at.page, "overview");
    await bring({ name: "two.csv", content: content.replace("4.50", "6.25") });
    expect(await column("net")).toBe("6.2500");
  });
});

describe("a file", () => {
  it("is taken out, and comes back by undo", async () => {
    await bring(orders, more);
    expect(await ids()).toBe("A-1 A-2 B-1");
    await openPanel(at.page);
    await button("mapping.remove").first().click();
    await until(ids, (found) => found === "B-1");
    await settle(at.page);
    const bar = at.page.getByText(word("notice.removed", { files: "orders.csv" }));
    expect(await bar.count()).toBe(1);
    await button("notice.undo").click();
    await until(ids, (found) => found === "A-1 A-2 B-1");
    await settle(at.page);
    expect(await button("notice.undo").count()).toBe(0);
  });

  it("that was the last leaves the landing page, and comes back by keyboard", async () => {
    await bring(orders);
    await openPanel(at.page);
    await button("mapping.remove").press("Enter");
    await landing(at.page);
    expect(await askSql(at.page, "select table_name from information_schema.tables")).toEqual([]);
    await until(
      () => at.page.evaluate(() => document.activeElement?.textContent?.trim()),
      (said) => said === word("notice.undo"),
    );
    await at.page.keyboard.press("Enter");
    await settle(at.page);
    expect(await ids()).toBe("A-1 A-2");
  });

  it("that was added goes by Ctrl+Z", async () => {
    await bring(orders);
    await pick(at.page, more);
    await until(ids, (found) => found === "A-1 A-2 B-1");
    await settle(at.page);
    await at.page.keyboard.press("Control+z");
    await until(ids, (found) => found === "A-1 A-2");
    await settle(at.page);
    expect(at.errors).toEqual([]);
  });

  it("that could not be read goes without reading the others again", async () => {
    await bring(orders, { name: "picture.csv", content: "<!doctype html><html></html>" });
    const panels = at.page.locator("section.files > details");
    expect(await panels.count()).toBe(2);
    await panels
      .nth(1)
      .getByRole("button", { name: word("mapping.remove") })
      .click();
    await until(
      () => panels.count(),
      (count) => count === 1,
    );
    expect(await at.page.locator("main [role=progressbar]").count()).toBe(0);
    expect(await ids()).toBe("A-1 A-2");
  });
});

it("the reconciliation and the rejects can be saved, and tie", async () => {
  const content = `${header},status\nA-1,ann,2025-01-03,12.00,EUR,paid\nA-2,bob,soon,30.10,EUR,paid\nA-3,cay,2025-01-05,4.00,EUR,cancelled\n`;
  await bring({ name: "orders.csv", content });
  const saved = await save("rows.export");
  expect(saved[0]).toBe("\uFEFFfile,step,reason,rows,orders,amount");
  expect(saved[1]).toMatch(/^orders\.csv,read,,3,/);
  const steps = saved.slice(2, -1).map((line) => line.split(","));
  expect(steps.map(([, step, reason, rows]) => [step, reason, rows]).toSorted()).toEqual([
    ["excluded", "cancelled", "1"],
    ["kept", "", "1"],
    ["rejected", "time", "1"],
  ]);
  await openPanel(at.page);
  expect((await save("rows.rejectsExport")).slice(0, 2)).toEqual([
    "\uFEFFfile,line,column,value,error",
    "orders.csv,3,ordered_at,soon,time",
  ]);
});
