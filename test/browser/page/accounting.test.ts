import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { ImportReport } from "../../../src/intake/report.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, expectTie, importFiles, open, openOnly, openPanel, settle } from "./pageCalls.ts";
import type { Rows } from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
  await openOnly(at.page, "overview", "reconciliation");
});

afterAll(() => at?.close());

const header = "order_id,customer,ordered_at,amount,currency";

/** A file of the same name replaces the one before. */
async function importText(content: string, name = "orders.csv"): Promise<ImportReport> {
  const report = await importFiles(at.page, [{ name, content }]);
  expectTie(report);
  return report;
}

function orders(): Promise<Rows> {
  return askSql(
    at.page,
    `select order_id, customer_id, order_date::varchar as day, gross::varchar as gross,
       refund::varchar as refund, net::varchar as net
     from orders
     order by ordered_at, order_id`,
  );
}

function reasonsOf({ files }: ImportReport): Record<string, [number, string]> {
  const reasons = files.flatMap((file) => file.reasons);
  return Object.fromEntries(reasons.map(({ reason, rows, amount }) => [reason, [rows, amount]]));
}

describe("rejected rows", () => {
  const plain = [
    `${header},note`,
    "A-1,ann,2025-01-03,120.00,EUR,fine",
    "A-2,bob,soon,80.50,EUR,no day",
    'A-3,cay,2025-01-05,1.00,EUR,"two\nlines"',
    "A-4,dan,2025-99-99,2.00,EUR,no such day",
    "A-5,eve,2025-01-07,=many,EUR,no amount",
    "A-6,eve,2025-01-08,3.00,EUR,fine",
  ];

  it.each([
    ["of a clean file", plain.join("\n")],
    [
      "of a file that has to be mended",
      plain.join("\n").replace(",fine", "").replace("\n", "\r\n"),
    ],
  ])(
    "%s stand under the line of the file, also behind a line break in quotes",
    async (_, content) => {
      const report = await importText(content);
      expect(report.files[0]?.rows).toEqual({
        read: 6,
        kept: 3,
        merged: 0,
        excluded: 0,
        rejected: 3,
      });
      expect(report.files[0]?.rejects).toEqual([
        { line: 3, column: "ordered_at", value: "soon", error: "time" },
        { line: 6, column: "ordered_at", value: "2025-99-99", error: "time" },
        { line: 7, column: "amount", value: "=many", error: "amount" },
      ]);
      expect(report.totals).toMatchObject({ orders: 3, net: "124.00" });
    },
  );

  it("are shown in the page and can be saved", async () => {
    await importText(plain.join("\n"));
    await settle(at.page);
    await openPanel(at.page);
    const list = at.page.getByRole("group", { name: text("en", "rows.rejects") });
    expect(await list.locator("tbody tr").allInnerTexts()).toEqual([
      `3\tordered_at\tsoon\t${text("en", "value.reason.time")}`,
      `6\tordered_at\t2025-99-99\t${text("en", "value.reason.time")}`,
      `7\tamount\t=many\t${text("en", "value.reason.amount")}`,
    ]);
    const button = at.page.getByRole("button", { name: text("en", "rows.rejectsExport") });
    // by key, which misses nothing where the page moves
    const [download] = await Promise.all([at.page.waitForEvent("download"), button.press("Enter")]);
    const saved = await readFile(await download.path(), "utf8");
    expect(saved.split("\r\n")).toEqual([
      "\uFEFFfile,line,column,value,error",
      "orders.csv,3,ordered_at,soon,time",
      "orders.csv,6,ordered_at,2025-99-99,time",
      `orders.csv,7,amount,"'=many",amount`,
      "",
    ]);
  });

  it("are in the reconciliation that the notebook shows", async () => {
    await importText(plain.join("\n"));
    const { rows } = await at.page.evaluate(() => window.perennial.run("reconciliation"));
    const of = (step: string) =>
      rows.filter((row) => row["step"] === step).reduce((sum, row) => sum + Number(row["rows"]), 0);
    expect([of("read"), of("kept"), of("rejected")]).toEqual([6, 3, 3]);
  });
});

describe("refunds and cancelled orders", () => {
  it("books negative rows to their order, and keeps one without an order in the totals", async () => {
    const report = await importText(
      `${header}\nA-1,ann,2025-01-03,120.00,EUR\nA-1,ann,2025-01-10,-20.00,EUR\nA-2,bob,2025-01-09,80.50,EUR\nA-9,cay,2025-02-01,-7.00,EUR\n`,
    );
    expect(await orders()).toEqual([
      row("A-1", "ann", "2025-01-03", "120.0000", "20.0000", "100.0000"),
      row("A-2", "bob", "2025-01-09", "80.5000", "0.0000", "80.5000"),
    ]);
    expect(report.totals).toMatchObject({ gross: "200.50", refunds: "27.00", net: "173.50" });
    expect(report.files[0]?.rows).toMatchObject({ read: 4, rejected: 0 });
    expect(reasonsOf(report)["refund-without-order"]).toEqual([1, "-7.00"]);
  });

  it("takes a refund column off and leaves cancelled and unpaid orders out", async () => {
    const report = await importText(
      `${header},refund,status\nA-1,ann,2025-01-03,120.00,EUR,20,paid\nA-2,bob,2025-01-09,80.50,EUR,0,cancelled\nA-3,bob,2025-01-10,10.50,EUR,,pending\nA-4,bob,2025-01-11,30.00,EUR,30.00,paid\n`,
    );
    expect(await orders()).toEqual([
      row("A-1", "ann", "2025-01-03", "120.0000", "20.0000", "100.0000"),
      row("A-4", "bob", "2025-01-11", "30.0000", "30.0000", "0.0000"),
    ]);
    expect(report.files[0]?.rows).toEqual({
      read: 4,
      kept: 2,
      merged: 0,
      excluded: 2,
      rejected: 0,
    });
    expect(reasonsOf(report)).toMatchObject({ cancelled: [1, "80.50"], unpaid: [1, "10.50"] });
  });

  it("adds the lines of an order up and leaves an order out that was cancelled", async () => {
    const report = await importText(
      `${header},product,quantity,status\nA-1,ann,2025-01-03,12.00,EUR,Tea,1,paid\nA-1,ann,2025-01-03,8.00,EUR,Mug,2,paid\nA-2,bob,2025-01-04,5.00,EUR,Tea,1,paid\nA-3,bob,2025-01-05,9.00,EUR,Tea,1,cancelled\n`,
    );
    expect((await orders()).map((order) => [order["order_id"], order["net"]])).toEqual([
      ["A-1", "20.0000"],
      ["A-2", "5.0000"],
    ]);
    expect(report.files[0]?.rows).toEqual({
      read: 4,
      kept: 2,
      merged: 1,
      excluded: 1,
      rejected: 0,
    });
  });
});

describe("values stay what they are", () => {
  it("keeps ids as text: leading zeros, exponents, twenty digits", async () => {
    await importText(
      `${header}\n007,0042,2025-01-03,1,EUR\n1E5,1E2,2025-01-04,2,EUR\n12345678901234567890,98765432109876543210,2025-01-05,3,EUR\n12345678901234567891,98765432109876543211,2025-01-06,4,EUR\n7,42,2025-01-07,5,EUR\n`,
    );
    expect((await orders()).map((order) => [order["order_id"], order["customer_id"]])).toEqual([
      ["007", "0042"],
      ["1E5", "1E2"],
      ["12345678901234567890", "98765432109876543210"],
      ["12345678901234567891", "98765432109876543211"],
      ["7", "42"],
    ]);
  });

  it("adds money exactly", async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `${i},c${i % 9},2025-01-03,0.1,EUR`);
    const { totals } = await importText(`${header}\n${lines.join("\n")}\n`);
    expect(totals.net).toBe("100.00");
  });

  it("takes no harm from hostile headers and values, and loses no column", async () => {
    const hostile = ['"a"" from orders; drop table orders; --"', "<img src=x onerror=alert(1)>"];
    await at.page.evaluate(() => window.perennial.reset());
    const dialogs: string[] = [];
    at.page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const { files } = await importText(
      `${header},__proto__,constructor,${hostile.join(",")}\nA-1,<b>ann</b>,2025-01-03,120.00,EUR,gold,made,x,y\nA-2,"'; drop table orders; --",2025-01-04,20.00,EUR,tin,made,x,=1+1\n`,
      "<img src=x onerror=alert(2)>.csv",
    );
    await settle(at.page);
    expect((await orders()).map((order) => order["customer_id"])).toEqual([
      "<b>ann</b>",
      "'; drop table orders; --",
    ]);
    await openPanel(at.page);
    const file = files[0]?.name ?? "";
    const coupon = at.page.locator(`[id="map-${file}-coupon"]`);
    const choices = await coupon.locator("option").allTextContents();
    expect(choices.map((choice) => choice.trim())).toEqual([
      text("en", "mapping.columnNone"),
      ...header.split(","),
      "__proto__",
      "constructor",
      'a" from orders; drop table orders; --',
      "<img src=x onerror=alert(1)>",
    ]);
    await at.page.locator("section.files > details details > summary").click();
    await coupon.selectOption("__proto__");
    await settle(at.page);
    expect(await askSql(at.page, "select coupon from orders order by order_id")).toEqual([
      { coupon: "gold" },
      { coupon: "tin" },
    ]);
    const polluted = await at.page.evaluate(() => Object.keys(Object.prototype).length);
    expect([polluted, dialogs, at.errors]).toEqual([0, [], []]);
    expect(await at.page.locator("img").count()).toBe(0);
  });
});

function row(...[order_id, customer_id, day, gross, refund, net]: string[]): Rows[number] {
  return { order_id, customer_id, day, gross, refund, net };
}
