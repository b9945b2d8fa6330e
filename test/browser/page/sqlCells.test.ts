import axe from "axe-core";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { sixOrders } from "../../session/sixOrders.ts";
import { importFiles, open, openOnly, settle, until } from "./pageCalls.ts";

let at: Visit;

beforeAll(async () => {
  at = await open();
  await openOnly(at.page, "cohort-retention");
  await importFiles(at.page, [{ name: "orders.csv", content: sixOrders }]);
  await settle(at.page);
});

afterAll(() => at?.close());

const cell = (id: string) => at.page.locator(`#cell-${id}`);
const editor = (id: string) => cell(id).locator(".cm-content");
const word = (key: string, values = {}) => text("en", key, values);

/** Puts a cell of SQL after the last block, by the menu there. */
async function addSql(): Promise<void> {
  await at.page
    .getByRole("button", { name: word("edit.add") })
    .last()
    .click();
  await at.page.getByRole("menuitem", { name: word("edit.addSql") }).click();
}

/** Another text in an editor, by keyboard. */
async function write(id: string, sql: string): Promise<void> {
  await editor(id).click();
  await at.page.keyboard.press("ControlOrMeta+a");
  await at.page.keyboard.insertText(sql);
}

/** What the table of a cell shows, once it shows this. */
async function shows(id: string, expected: string[][]): Promise<void> {
  const rows = () =>
    cell(id)
      .locator("tbody tr[aria-rowindex]")
      .evaluateAll((list) =>
        list.map((row) =>
          [...row.querySelectorAll("td, th")].map((one) => (one.textContent ?? "").trim()),
        ),
      );
  await until(rows, (found) => JSON.stringify(found) === JSON.stringify(expected));
}

/** Takes the completion that is offered; a list takes no key in its first moment. */
async function accept(key: "Enter" | "Tab"): Promise<void> {
  await at.page.waitForTimeout(200);
  await at.page.keyboard.press(key);
}

const figure = (id: string): Locator => cell(id).locator("svg[role=img]");

it("is added by a menu that stays while what is drawn above moves its button away", async () => {
  const button = at.page.getByRole("button", { name: word("edit.add") }).last();
  const item = at.page.getByRole("menuitem", { name: word("edit.addSql") });
  await button.click();
  await item.waitFor();
  await at.page.evaluate(() => {
    const drawn = document.createElement("div");
    drawn.id = "drawn";
    drawn.style.height = "3000px";
    document.querySelector("main")!.prepend(drawn);
    dispatchEvent(new Event("scroll"));
    scrollTo(0, 0);
  });
  await at.page.waitForTimeout(200);
  expect(await item.isVisible()).toBe(true);
  const box = (await item.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(at.page.viewportSize()!.height);
  await at.page.mouse.wheel(0, 40);
  await item.waitFor({ state: "hidden" });
  await at.page.evaluate(() => document.getElementById("drawn")!.remove());
});

describe("a cell of SQL", () => {
  it("is not fetched before there is one", async () => {
    expect(at.site.requests.filter((path) => path.includes("sqlEditor"))).toEqual([]);
    await addSql();
    await editor("query").waitFor();
    expect(at.site.requests.filter((path) => path.includes("sqlEditor")).length).toBeGreaterThan(0);
    await settle(at.page);
    expect(await cell("query").locator("tbody tr[aria-rowindex]").count()).toBeGreaterThan(5);
  });

  it("completes the name of a table and of its columns, and runs by keyboard", async () => {
    await write("query", "select channel, sum(net)::double as net from ord");
    await at.page.keyboard.type("e");
    const option = cell("query").locator(".cm-tooltip-autocomplete li[aria-selected]");
    await until(
      () => option.textContent(),
      (said) => said === "orders",
    );
    await accept("Enter");
    await at.page.keyboard.type(" group by all order by ch");
    await until(
      () => option.textContent(),
      (said) => said?.startsWith("channel") === true,
    );
    await accept("Tab");
    await cell("query").getByText(word("cell.held")).waitFor();
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await shows("query", [
      ["shop", "100.5"],
      ["web", "110"],
    ]);
    expect(await cell("query").getByText(word("cell.held")).count()).toBe(0);
    expect(await editor("query").innerText()).toBe(
      "select channel, sum(net)::double as net from orders group by all order by channel",
    );
  });

  it("is left with Escape and with Tab, and takes its own changes back alone", async () => {
    await at.page.keyboard.press("Escape");
    const focused = () => at.page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(await focused()).toBe(word("cell.run"));
    await at.page.keyboard.press("Shift+Tab");
    await at.page.keyboard.press("ControlOrMeta+End");
    await at.page.keyboard.type(" -- mine");
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("Shift+Tab");
    await at.page.keyboard.press("ControlOrMeta+z");
    await until(
      () => editor("query").innerText(),
      (said) => said.endsWith("order by channel"),
    );
    expect(await cell("query").getByText(word("cell.held")).count()).toBe(0);
    await at.page.keyboard.press("Tab");
    expect(await focused()).toBe(word("cell.run"));
  });

  it("marks an error at its place and says it below, until it is put right", async () => {
    const wrong =
      "-- title: By channel\nselect channel,\n  sum(nett)::double as net\nfrom orders group by all";
    await write("query", wrong);
    await at.page.keyboard.press("ControlOrMeta+Enter");
    const mark = editor("query").locator(".fault");
    await until(
      () => mark.innerText(),
      (said) => said === "nett",
    );
    const said = await cell("query").getByRole("alert").filter({ hasText: "nett" }).innerText();
    expect(said).toContain(word("sql.at", { line: "3", column: "7", message: "" }).trim());
    expect(said).not.toContain("LINE");
    expect(await editor("query").getAttribute("aria-invalid")).toBe("true");
    await write("query", `${wrong.replace("nett", "net")} order by all`);
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await shows("query", [
      ["shop", "100.5"],
      ["web", "110"],
    ]);
    expect(await mark.count()).toBe(0);
    expect(await editor("query").getAttribute("aria-invalid")).toBeNull();
  });

  it("is refused where it would write, and nothing is written", async () => {
    await addSql();
    await editor("query_2").waitFor();
    await write("query_2", "with a as (select 1) insert into orders select * from orders");
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await cell("query_2").getByRole("alert").filter({ hasText: "insert" }).waitFor();
    await write("query_2", "select 1; drop table orders");
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await cell("query_2")
      .getByText(word("statement.several", { word: "drop" }))
      .waitFor();
    await write("query_2", "select count(*)::integer as n from orders");
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await shows("query_2", [["6"]]);
  });

  it("is drawn as its reader chooses, without being run again", async () => {
    const took = () => cell("query").locator("footer").innerText();
    const before = await took();
    await cell("query")
      .getByRole("button", { name: word("sql.chartAdd") })
      .click();
    await figure("query").waitFor();
    const builder = cell("query").getByRole("group", { name: word("cell.chart"), exact: true });
    expect(await builder.getByLabel(word("sql.kind")).inputValue()).toBe("bars");
    await builder.getByLabel(word("sql.kind")).selectOption("segments");
    await until(notebook, (said) => said.includes("-- chart: segments label=channel value=net\n"));
    await figure("query").waitFor();
    expect(await took()).toBe(before);
    expect(await cell("query").getByText(word("cell.held")).count()).toBe(0);
    expect(await editor("query").innerText()).toContain("-- chart: segments");
  });

  it("has nothing that axe finds wrong", async () => {
    await at.page.evaluate(axe.source);
    const found = await at.page.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: typeof axe };
      const context = { include: [["main"]], exclude: [["svg[role=img] > *"]] };
      const { violations } = await checker.run(context, { resultTypes: ["violations"] });
      return violations
        .filter(({ id }) => id !== "heading-order") // headings are the document's
        .map(({ id, nodes }) => [id, nodes[0]?.html]);
    });
    expect(found).toEqual([]);
  });
});

describe("cells that read each other", () => {
  it("follow the one that they read, also by another name", async () => {
    await write("query_2", "select sum(net)::integer as n from query");
    await at.page.keyboard.press("ControlOrMeta+Enter");
    await shows("query_2", [["210"]]);
    await write("query", "select channel, net::double as net from orders where channel = 'web'");
    await cell("query")
      .getByRole("button", { name: word("cell.run") })
      .click();
    await shows("query_2", [["110"]]);
    const name = cell("query").getByLabel(word("edit.rename"));
    await name.fill("query_2");
    await name.press("Enter");
    await cell("query")
      .getByText(word("sql.nameTaken", { name: "query_2" }))
      .waitFor();
    await name.fill("网店");
    await name.press("Enter");
    await editor("query_2").getByText("网店").waitFor(); // who reads it calls it by its new name
    await shows("query_2", [["110"]]);
  });

  it("read an analysis, and a fork of it gives its figures and its chart", async () => {
    await write("query_2", `select count(*)::integer as n from "cohort-retention"`);
    await at.page.keyboard.press("ControlOrMeta+Enter");
    const rows = await cell("cohort-retention").locator("footer span").first().innerText();
    await shows("query_2", [[rows.replace(/\D/g, "")]]);
    const menu = cell("cohort-retention").getByRole("button", { name: /^Do with/ });
    await menu.click();
    await at.page.getByRole("menuitem", { name: word("edit.fork") }).click();
    await figure("cohort_retention").waitFor();
    await settle(at.page);
    await until(
      () => editor("cohort_retention").evaluate((text) => text === document.activeElement),
      (isFocused) => isFocused,
    );
    const shown = await editor("cohort_retention").evaluate((text) => ({
      isInSight: text.getBoundingClientRect().top < innerHeight,
      second: text.querySelectorAll(".cm-line")[1]?.textContent,
    }));
    expect(shown).toEqual({ isInSight: true, second: "with" });
    expect(await at.page.locator("nav a", { hasText: "Cohort retention, SQL" }).count()).toBe(1);
    const sentence = (id: string) => cell(id).locator(".sentence").innerText();
    expect(await sentence("cohort_retention")).toBe(await sentence("cohort-retention"));
    const marks = (id: string) => figure(id).evaluate((svg) => svg.querySelectorAll("rect").length);
    expect(await marks("cohort_retention")).toBe(await marks("cohort-retention"));
    expect(at.errors).toEqual([]);
    expect(at.proxy.strays).toEqual([]);
  });

  it("are shown and not changed where the document is of a later version", async () => {
    await at.page.evaluate(() =>
      window.perennial.notebook.set(
        "<!-- perennial 99 -->\n\n```sql later\nselect 41 + 1 as x\n```\n",
      ),
    );
    await editor("later").waitFor();
    await editor("later").click();
    await at.page.keyboard.type("nothing");
    expect(await editor("later").innerText()).toBe("select 41 + 1 as x");
    expect(
      await cell("later")
        .getByRole("button", { name: word("cell.run") })
        .count(),
    ).toBe(0);
    await shows("later", [["42"]]);
  });
});

function notebook(): Promise<string> {
  return at.page.evaluate(() => window.perennial.notebook.get());
}
