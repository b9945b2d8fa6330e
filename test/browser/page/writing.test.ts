import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { open, pick, settle, until } from "./pageCalls.ts";

// The notebook as a document: written, taken back, saved, opened again and shared.

const study = `# Spring study

What we saw.

\`\`\`analysis repeat-rate
\`\`\`

\`\`\`sql by_day
select order_date, count(*)::integer as orders from orders group by all order by all
\`\`\`

\`\`\`analysis order-frequency
\`\`\`
`;

let at: Visit;
let page: Page;

beforeAll(async () => {
  at = await open();
  page = at.page;
  await page.evaluate(() => window.perennial.demo({ customers: 300, seed: 5 }));
  await page.evaluate((markdown) => window.perennial.notebook.set(markdown), study);
  await settle(page);
});
afterEach(() => expect(at.errors).toEqual([]));
afterAll(() => at?.close());

const word = (key: string, values = {}) => text("en", key, values);
const get = () => page.evaluate(() => window.perennial.notebook.get());
const cell = (id: string): Locator => page.locator(`#cell-${id}`);
const ids = () =>
  page
    .locator("section.cell")
    .evaluateAll((cells) => cells.map(({ id }) => id.replace(/^cell-/, "")).join(" "));

async function fromMenu(id: string, action: string): Promise<void> {
  await cell(id).locator(".top button[aria-haspopup=menu]").click();
  await cell(id)
    .getByRole("menuitem", { name: word(action) })
    .click();
}

async function rowsOf(where: Page, id: string): Promise<string[]> {
  const found = where.locator(`#cell-${id}`);
  await found.getByRole("tab", { name: word("cell.table") }).click();
  return found.locator("table tbody tr").allInnerTexts();
}

describe("a document", () => {
  it("comes back byte for byte, and stays while nothing is written", async () => {
    expect(await get()).toBe(study);
  });

  it("moves, folds, copies and takes out cells, and takes each back again", async () => {
    await fromMenu("repeat-rate", "edit.down");
    expect(await ids()).toBe("by_day repeat-rate order-frequency");
    await fromMenu("repeat-rate", "edit.duplicate");
    expect(await ids()).toBe("by_day repeat-rate repeat-rate-2 order-frequency");
    await fromMenu("repeat-rate-2", "edit.fold");
    expect(await cell("repeat-rate-2").locator(".panel").count()).toBe(0);
    await fromMenu("repeat-rate", "edit.remove");
    expect(await ids()).toBe("by_day repeat-rate-2 order-frequency");
    expect(await get()).toContain("```analysis repeat-rate #repeat-rate-2 folded\n```");
    for (let step = 0; step < 4; ++step) await page.keyboard.press("Control+z");
    expect(await get()).toBe(study);
    for (let step = 0; step < 4; ++step) await page.keyboard.press("Control+y");
    expect(await ids()).toBe("by_day repeat-rate-2 order-frequency");
    for (let step = 0; step < 4; ++step) await page.keyboard.press("Control+z");
    await settle(page);
    expect(await ids()).toBe("repeat-rate by_day order-frequency");
  });

  it("is written by keys alone", async () => {
    await page.locator("#repeat-rate-title").focus();
    await page.keyboard.press("Alt+ArrowDown");
    expect(await ids()).toBe("by_day repeat-rate order-frequency");
    await page.keyboard.press("x");
    expect(await ids()).toBe("by_day order-frequency");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await get()).toBe(study);
  });

  it("takes text and analyses where they are put", async () => {
    await page.locator("#block-text-1").getByRole("button").click();
    const field = page.locator("#block-text-1 textarea");
    await field.fill("# Spring study\n\nWhat **we** saw.");
    await field.press("Control+Enter");
    expect(await page.locator("#block-text-1 strong").innerText()).toBe("we");
    const place = page.locator(".add").last();
    await place.getByRole("button", { name: word("edit.add") }).click();
    await place.getByRole("menuitem", { name: word("edit.addAnalysis") }).click();
    await page.getByPlaceholder(word("edit.findAnalysis")).fill("concentration");
    await page.keyboard.press("Enter");
    await until(ids, (found) => found.endsWith(" pareto"));
    await settle(page);
    expect(await cell("pareto").locator(".sentence").innerText()).toMatch(/\d/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await get()).toBe(study);
  });

  it("goes back through imports and filters too", async () => {
    const whole = await cell("repeat-rate").locator(".sentence").innerText();
    const content = "order_id,customer,date,amount\n1,a,2024-01-01,10\n2,a,2024-01-05,10\n";
    await pick(page, { name: "more.csv", content });
    await until(
      () => page.getByText("more.csv").count(),
      (count) => count > 0,
    );
    await settle(page);
    await fromMenu("order-frequency", "edit.remove");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await until(
      () => page.locator("section.files").getByText("more.csv").count(),
      (count) => count === 0,
    );
    await settle(page);
    expect(await cell("repeat-rate").locator(".sentence").innerText()).toBe(whole);
    expect(await get()).toBe(study);
  });
});

describe("taken along", () => {
  it("goes as Parquet, as CSV without a mark, and as a picture of any size", async () => {
    const saved = async (name: string): Promise<Buffer> => {
      await cell("repeat-rate")
        .getByRole("button", { name: word("cell.exportMore") })
        .click();
      const download = page.waitForEvent("download");
      await cell("repeat-rate").getByRole("menuitem", { name, exact: true }).click();
      return readFile(await (await download).path());
    };
    const parquet = await saved(word("cell.exportParquet"));
    expect(parquet.subarray(0, 4).toString()).toBe("PAR1");
    const csv = await saved(word("cell.exportPlain"));
    expect(csv.toString().startsWith("period,")).toBe(true);
    const widthOf = (png: Buffer) => png.readUInt32BE(16);
    const small = await saved(word("cell.exportScaled", { scale: 1 }));
    const large = await saved(word("cell.exportScaled", { scale: 4 }));
    expect(widthOf(large) / widthOf(small)).toBeCloseTo(4, 2);
  });

  it("is drawn whole and light when it is printed", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await until(
      () => page.evaluate(() => document.documentElement.dataset.theme),
      (theme) => theme === "dark",
    );
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const drawn = page.locator("section.cell .figure svg");
    expect(await drawn.count()).toBeGreaterThanOrEqual(2);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    await page.emulateMedia({ colorScheme: "light" });
  });
});

describe("shared", () => {
  it("opens by its link in a fresh profile, runs when told, and shows the same figures", async () => {
    const link = await page.evaluate(() => window.perennial.share());
    const mine = await rowsOf(page, "by_day");
    const other = await open({ fragment: link.slice(link.indexOf("#")) });
    try {
      const { page: theirs } = other;
      await theirs.locator("#document-title").waitFor();
      expect(await theirs.locator("#document-title").innerText()).toBe("Spring study");
      await theirs.evaluate(() => window.perennial.demo({ customers: 300, seed: 5 }));
      const inert = theirs.locator(".inert button");
      await inert.waitFor();
      expect(await theirs.locator("#cell-by_day table").count()).toBe(0);
      await inert.click();
      await settle(theirs);
      expect(await rowsOf(theirs, "by_day")).toEqual(mine);
      expect(await theirs.evaluate(() => window.perennial.notebook.get())).toContain(
        "```file orders ",
      );
      expect(other.errors).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it("reads another's file as its own was read, and says what that has not", async () => {
    const mine =
      "order_id,customer,date,total,due,shop\n1,a,2024-01-01,10,7,x\n2,a,2024-01-05,10,8,x\n";
    const others = "order_id,customer,date,total\n1,a,2024-01-01,10\n2,a,2024-01-05,10\n";
    const recipe =
      "# R\n\n```analysis overview\n```\n\n```file orders order_id=order_id customer=customer ordered_at=date amount=due channel=shop\n```\n";
    const other = await open();
    try {
      const { page: theirs } = other;
      const read = (content: string) =>
        pick(theirs, { name: "r.md", content: recipe }).then(async () => {
          await theirs.locator("#document-title").waitFor();
          await pick(theirs, { name: "orders.csv", content });
          await theirs.locator(".inert button").click();
          await settle(theirs);
        });
      await read(mine);
      expect(await theirs.locator(".unfit").count()).toBe(0);
      expect(await theirs.locator("#cell-overview .sentence").innerText()).toContain("15.00");
      await theirs.evaluate(() => window.perennial.reset());
      await read(others);
      expect(await theirs.locator(".unfit li").innerText()).toContain(word("role.channel"));
    } finally {
      await other.close();
    }
  });

  it("opens a study that lies beside the page, with its files, and asks for nothing else", async () => {
    const study: Record<string, string> = {
      "/studies/spring/notebook.md":
        "# Published\n\n```analysis overview\n```\n\n```file orders src=data/orders.csv order_id=no customer=who ordered_at=day amount=sum asked_currency=EUR\n```\n",
      "/studies/spring/data/orders.csv": "no,who,day,sum\n1,a,2024-01-01,10\n2,a,2024-01-05,8\n",
    };
    const answer = (path: string, response: ServerResponse) => {
      if (study[path] === undefined) return false;
      response.end(study[path]);
      return true;
    };
    const other = await open({ fragment: "#study=studies/spring/notebook.md", answer });
    try {
      const { page: theirs } = other;
      await theirs.locator("#cell-overview .sentence").waitFor();
      expect(await theirs.locator("#cell-overview .sentence").innerText()).toContain("€18.00");
      expect(await theirs.locator(".inert").count()).toBe(0);
      const asked = other.site.requests.filter((request) => request.includes("/studies/"));
      expect(asked).toEqual(Object.keys(study).map((path) => `GET ${path}`));
      expect(other.proxy.strays).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it("says what is wrong with a study that lies elsewhere, and does not ask for it", async () => {
    const other = await open({ fragment: "#study=https://example.com/x.md" });
    try {
      await other.page.getByText(/cannot be opened.*does not lie below the folder/).waitFor();
      expect(other.proxy.strays).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it("says what is wrong with a link that was cut, and leaves what is there", async () => {
    await page.evaluate(() => (location.hash = "#n=Pcs7CoBADIThPqcY"));
    await page.getByText(word("document.why.damagedLink")).waitFor();
    expect(await get()).toBe(study);
  });

  it("shows a notebook of a later version and does not change it", async () => {
    const later = "<!-- perennial 99 -->\n# Later\n\n```globe a\n```\n\n```analysis pareto\n```\n";
    await page.evaluate((markdown) => window.perennial.notebook.set(markdown), later);
    await page.getByText(word("edit.readOnly")).waitFor();
    expect(await page.locator(".cell .top button[aria-haspopup=menu]").count()).toBe(0);
    await page.locator("#pareto-title").focus();
    await page.keyboard.press("x");
    expect(await get()).toBe(later);
  });
});
