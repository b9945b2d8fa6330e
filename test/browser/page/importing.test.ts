import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import {
  askSql,
  expectTie,
  importFiles,
  landing,
  open,
  openOnly,
  openPanel,
  pick,
  settle,
  startOver,
  until,
} from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

const header = "order_id,customer,ordered_at,amount,currency";
const first = `${header}\nA-1,ann,2025-01-03,12.00,EUR\nA-2,bob,2025-01-09,30.10,EUR\n`;
const second = `${header}\nB-1,ann,2025-02-03,5.00,EUR\n`;

async function net(): Promise<unknown> {
  const [row] = await askSql(at.page, "select sum(net)::varchar as net from orders");
  return row?.["net"];
}

async function ids(): Promise<string> {
  const rows = await askSql(at.page, "select order_id from orders order by order_id");
  return rows.map((row) => row["order_id"]).join(" ");
}

async function days(): Promise<string> {
  const rows = await askSql(at.page, "select order_date::varchar as day from orders order by 1");
  return rows.map((row) => row["day"]).join(" ");
}

describe("files", () => {
  it("are added to what is there", async () => {
    await importFiles(at.page, [{ name: "first.csv", content: first }]);
    const report = await importFiles(at.page, [{ name: "second.csv", content: second }]);
    expect(report.files.map(({ name }) => name)).toEqual(["first.csv", "second.csv"]);
    expect(report.totals).toMatchObject({ orders: 3, customers: 2, net: "47.10" });
    expectTie(report);
    expect(await ids()).toBe("A-1 A-2 B-1");
    await settle(at.page);
    expect(await at.page.locator("section.files > details").count()).toBe(2);
  });

  it("replace one of the same name", async () => {
    const content = second.replace("B-1", "C-1").replace("5.00", "6.00");
    const { files, totals } = await importFiles(at.page, [{ name: "first.csv", content }]);
    expect(files.map(({ name }) => name)).toEqual(["second.csv", "first.csv"]);
    expect(totals).toMatchObject({ orders: 2, net: "11.00" });
    expect(await ids()).toBe("B-1 C-1");
  });

  it("of one name that come together are both read", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview");
    const report = await importFiles(at.page, [
      { name: "orders.csv", content: first },
      { name: "orders.csv", content: second },
    ]);
    expect(report.files.map(({ name }) => name)).toEqual(["orders.csv", "orders (2).csv"]);
    expect(report.totals.orders).toBe(3);
    expectTie(report);
    await settle(at.page);
    expect(at.errors).toEqual([]);
  });

  it("are added by the notebook's own file input", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview");
    await pick(at.page, { name: "first.csv", content: first });
    await settle(at.page);
    await pick(at.page, { name: "second.csv", content: second });
    await until(ids, (found) => found === "A-1 A-2 B-1");
    await settle(at.page);
    const figure = at.page.locator(".summary dd").first();
    await until(
      () => figure.innerText(),
      (said) => said === "3",
    );
  });

  it("can be pasted as text", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview");
    await at.page.locator("details.paste > summary").click();
    await at.page.locator("#paste").fill(first.replaceAll(",", "\t"));
    await at.page.getByRole("button", { name: text("en", "landing.pasteRead") }).click();
    expect((await settle(at.page))["overview"]).toBe("done");
    expect(await ids()).toBe("A-1 A-2");
  });

  it("can be dropped on the page", async () => {
    await startOver(at.page);
    const data = await at.page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.csv"));
      return transfer;
    }, first);
    await at.page.dispatchEvent("main", "dragenter", { dataTransfer: data });
    await at.page.getByText(text("en", "landing.dropHere")).waitFor();
    await at.page.dispatchEvent("main", "drop", { dataTransfer: data });
    expect((await settle(at.page))["overview"]).toBe("done");
    expect(await ids()).toBe("A-1 A-2");
    expect(await at.page.getByText(text("en", "landing.dropHere")).count()).toBe(0);
  });

  it("are gone after starting over, by the interface and by the button", async () => {
    await importFiles(at.page, [{ name: "first.csv", content: first }]);
    await settle(at.page);
    await at.page.getByRole("button", { name: text("en", "notebook.reset") }).click();
    await at.page.getByRole("button", { name: text("en", "notebook.resetYes") }).click();
    await landing(at.page);
    await expectNothingLeft();
    await importFiles(at.page, [{ name: "first.csv", content: first }]);
    await at.page.evaluate(() => window.perennial.reset());
    await landing(at.page);
    await expectNothingLeft();
  });
});

async function expectNothingLeft(): Promise<void> {
  expect(await askSql(at.page, "select table_name from information_schema.tables")).toEqual([]);
  const left = await at.page.evaluate(() => ({
    available: window.perennial.analyses().filter(({ available }) => available).length,
    cells: window.perennial.notebook.get().includes("analysis"),
  }));
  expect(left).toEqual({ available: 0, cells: false });
}

describe("a correction of the mapping", () => {
  it("reads the file again at once", async () => {
    await openOnly(at.page, "overview");
    const content = `order_id,customer,ordered_at,amount,shipping,currency\nA-1,ann,2025-01-03,12.00,4.50,EUR\nA-2,bob,2025-01-09,30.10,5.00,EUR\n`;
    await pick(at.page, { name: "two amounts.csv", content });
    await settle(at.page);
    expect(await net()).toBe("42.1000");
    await openPanel(at.page);
    await at.page.locator('[id="map-two amounts.csv-amount"]').selectOption("shipping");
    await until(net, (sum) => sum === "9.5000");
    expect((await settle(at.page))["overview"]).toBe("done");
    const { rows } = await at.page.evaluate(() => window.perennial.run("overview"));
    expect(rows[0]?.["revenue"]).toBe(9.5);
    await until(
      () => at.page.locator(".summary dl").innerText(),
      (said) => said.includes("€9.50"),
    );
  });

  it("of the customer column switches the customer analyses off and on", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview", "rfm", "rfm-segments", "pareto", "repeat-rate");
    await pick(at.page, { name: "first.csv", content: first });
    expect((await settle(at.page))["rfm"]).toBe("done");
    await openPanel(at.page);
    const field = at.page.locator('[id="map-first.csv-customer"]');
    await field.selectOption("");
    await until(
      async () => (await settle(at.page))["rfm"],
      (state) => state === "unavailable",
    );
    // what all of them lack is said once, and each can still be gone to
    const gathered = at.page.locator("details.gathered");
    expect(await gathered.locator("summary").innerText()).toContain(
      text("en", "unavailable.customer"),
    );
    expect(await at.page.locator("#filter-by").count()).toBe(0);
    await at.page.getByText(text("en", "filter.none")).waitFor();
    expect(await at.page.locator("#cell-rfm h3").isVisible()).toBe(false);
    await at.page.locator(`nav a[href="#cell-pareto"]`).click();
    await at.page.locator("#cell-rfm h3").waitFor();
    await field.selectOption("customer");
    await until(
      async () => (await settle(at.page))["rfm"],
      (state) => state === "done",
    );
    expect(await gathered.count()).toBe(0);
  });
});

describe("a question that the file cannot settle", () => {
  const ambiguous = `${header}\nA-1,ann,03/04/2025,12.00,EUR\nA-2,bob,05/04/2025,30.10,EUR\n`;
  const bar = () => at.page.locator("#questions section");

  it("is asked, and its answer changes the dates", async () => {
    await startOver(at.page);
    await pick(at.page, { name: "orders.csv", content: ambiguous });
    await settle(at.page);
    expect(await bar().innerText()).toContain(text("en", "question.date-order"));
    expect(await at.page.locator("section.cell .guess").count()).toBeGreaterThan(10);
    const guessed = await days();
    const dayFirst = "2025-04-03 2025-04-05";
    const monthFirst = "2025-03-04 2025-05-04";
    expect([dayFirst, monthFirst]).toContain(guessed);
    const other = guessed === dayFirst ? "month-first" : "day-first";
    await bar()
      .getByRole("button", { name: text("en", `option.${other}`) })
      .click();
    await until(days, (now) => now === (other === "day-first" ? dayFirst : monthFirst));
    await settle(at.page);
    expect(await bar().count()).toBe(0);
    expect(await at.page.locator("section.cell .guess").count()).toBe(0);
  });

  it("is settled by an answer that comes with the files", async () => {
    for (const [answer, expected] of [
      ["day-first", "2025-04-03 2025-04-05"],
      ["month-first", "2025-03-04 2025-05-04"],
    ] as const) {
      const { files } = await importFiles(at.page, [{ name: "orders.csv", content: ambiguous }], {
        "date-order": answer,
      });
      expect(files[0]?.questions).toEqual([]);
      expect(await days()).toBe(expected);
    }
  });

  it("is asked once for two files, and answered for both", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview");
    await pick(
      at.page,
      { name: "one.csv", content: ambiguous },
      { name: "two.csv", content: ambiguous.replaceAll("A-", "B-") },
    );
    await settle(at.page);
    expect(await bar().getAttribute("aria-label")).toBe(text("en", "question.title", { count: 1 }));
    await bar()
      .getByRole("button", { name: text("en", "option.day-first") })
      .click();
    await until(days, (now) => now === "2025-04-03 2025-04-03 2025-04-05 2025-04-05");
    await settle(at.page);
    expect(await bar().count()).toBe(0);
  });

  it("is not asked where a row settles it, whatever was answered for another file", async () => {
    await startOver(at.page);
    await openOnly(at.page, "overview");
    const settled = `${ambiguous}A-3,cay,31/12/2024,1.00,EUR\n`.replaceAll("A-", "C-");
    const { files } = await importFiles(at.page, [{ name: "settled.csv", content: settled }]);
    expect(files[0]?.questions).toEqual([]);
    expect(await days()).toBe("2024-12-31 2025-04-03 2025-04-05");
    const report = await importFiles(at.page, [{ name: "open.csv", content: ambiguous }], {
      "date-order": "month-first",
    });
    expect(report.files.map(({ rows }) => rows.rejected)).toEqual([0, 0]);
    expect(await days()).toBe("2024-12-31 2025-03-04 2025-04-03 2025-04-05 2025-05-04");
  });
});
