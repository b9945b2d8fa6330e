import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { framePage } from "../../../src/engine/contentPolicy.ts";
import { text } from "../../../src/words/words.ts";
import { siteFolder } from "../support/folders.ts";
import { serve } from "../support/serve.ts";
import type { Site } from "../support/serve.ts";
import { sharedBrowser } from "../support/sharedBrowser.ts";
import { patienceMs, visit } from "../support/visit.ts";
import type { Visit } from "../support/visit.ts";
import { until } from "./pageCalls.ts";

interface Answer {
  result?: { rows: Record<string, unknown>[] };
  error?: { code: string; message: string };
}

declare global {
  interface Window {
    heard: { data: Record<string, unknown>; origin: string }[];
    ask: (call: string, given: unknown[]) => Promise<Answer>;
  }
}

const theirs = "customer,order id,date,amount\nann,1,2025-01-05,10\nbob,2,2025-01-07,20\n";
const readers = "customer,order id,date,amount\ncat,3,2025-02-05,400\n";

let app: Site;
/** on a host that sends no headers */
let bare: Site;
let at: Visit;
let frame: FrameLocator;

/** A page of another site with the product in a frame, and one function to talk to it. */
function page(of: string): string {
  return `<!doctype html><title>shop</title><iframe src="${of}" style="width:900px;height:700px"></iframe>
<script>
window.heard = [];
let last = 0;
addEventListener("message", ({ data, origin }) => heard.push({ data, origin }));
window.ask = (call, given) => new Promise((resolve) => {
  const id = ++last;
  addEventListener("message", ({ data }) => data.id === id && resolve(data));
  frames[0].postMessage({ perennial: 1, id, call, arguments: given }, "*");
});
</script>`;
}

beforeAll(async () => {
  app = await serve({ root: siteFolder });
  bare = await serve({ root: siteFolder, headers: {} });
  const { proxy } = await sharedBrowser();
  for (const { origin } of [app, bare]) proxy.allow(origin);
  at = await visit({
    root: siteFolder,
    headers: {},
    answer(path, response) {
      const framed = { "/": `${app.url}embed.html`, "/index": app.url, "/bare": bare.url }[path];
      if (framed === undefined) return false;
      response.setHeader("Content-Type", "text/html");
      response.end(page(framed));
      return true;
    },
  });
  frame = at.page.frameLocator("iframe");
  await until(
    () => at.page.evaluate(() => window.heard.map(({ data }) => data["event"])),
    (events) => events.includes("ready"),
  );
});

afterAll(async () => {
  await at?.close();
  await app?.close();
  await bare?.close();
});

async function linesOf(page: string): Promise<string[]> {
  const html = await readFile(join(siteFolder, page), "utf8");
  return html.split("\n").map((line) => line.trim());
}

function ask(call: string, ...given: unknown[]): Promise<Answer> {
  return at.page.evaluate(([name, list]) => window.ask(name, list), [call, given] as const);
}

async function revenue(): Promise<unknown> {
  const { result, error } = await ask("sql", "select sum(net)::double as net from orders");
  return error?.code ?? result?.rows[0]?.["net"];
}

it("is the page itself, but not to be installed and not to be found", async () => {
  const [lines, framed] = await Promise.all(["index.html", framePage].map(linesOf));
  expect(lines!.filter((line) => !framed!.includes(line))).toEqual([
    '<html lang="en">',
    expect.stringContaining('name="theme-color"'),
    expect.stringContaining('name="theme-color"'),
    expect.stringContaining('rel="apple-touch-icon"'),
    expect.stringContaining('rel="manifest"'),
  ]);
  expect(framed!.filter((line) => !lines!.includes(line))).toEqual([
    '<html lang="en" data-frame>',
    '<meta name="robots" content="noindex" />',
  ]);
});

it("answers the page around about the files which that gave, and refuses what it does not know", async () => {
  expect(await revenue()).toBe("query"); // nothing is there yet
  await at.page.evaluate(
    (csv) => window.ask("importFiles", [[new File([csv], "theirs.csv")]]),
    theirs,
  );
  expect(await revenue()).toBe(30);
  const { result } = await ask("run", "overview");
  expect(result?.rows).toHaveLength(1);
  expect(await ask("notebook.get")).toMatchObject({ result: expect.stringContaining("overview") });
  expect((await ask("open")).error?.message).toContain("unknown call: open; there are: ready,");
  const origins = await at.page.evaluate(() => window.heard.map(({ origin }) => origin));
  expect(new Set(origins)).toEqual(new Set([app.origin]));
});

it("keeps what the reader brings from the page around until the reader allows it, in the open", async () => {
  await frame.locator("input[type=file]").setInputFiles({
    name: "mine.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(readers),
  });
  const allow = frame.getByRole("button", { name: text("en", "embed.allow"), exact: true });
  await allow.waitFor({ timeout: patienceMs });
  expect(await revenue()).toBe("not-allowed");
  expect(JSON.stringify(await heardBy(at.page))).not.toContain("mine.csv");
  const { host } = new URL(at.site.url);
  await frame.getByText(text("en", "embed.ask", { site: host })).waitFor();

  // something lies over the question: it takes no answer
  await cover(true);
  await until(() => allow.isDisabled(), Boolean);
  await cover(false);
  await until(() => allow.isEnabled(), Boolean);
  await allow.click();
  await until(revenue, (net) => net === 430);
  await frame.getByRole("button", { name: text("en", "embed.withdraw") }).click();
  expect(await revenue()).toBe("not-allowed");
  const changes = (await heardBy(at.page)).filter(({ event }) => event === "changed");
  expect(changes.map(({ isReadable }) => isReadable)).toContain(true);
  expect(changes.at(-1)).toMatchObject({ state: "ready", isReadable: false });
});

it("keeps nothing in a frame, and is in no frame as the page that does", async () => {
  const [, inner] = at.page.frames();
  expect(inner!.url()).toBe(`${app.url}embed.html`);
  const kept = await inner!.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...Object.keys(localStorage),
  ]);
  expect(kept).toEqual([]);
  await at.page.goto(`${at.site.url}index`);
  const [, other] = at.page.frames();
  await until(
    async () => other!.url(),
    (url) => url !== "",
  );
  expect(other!.url()).not.toContain(app.origin);
  await at.page.goto(`${at.site.url}bare`);
  await until(
    async () => at.page.frames()[1]?.url(),
    (url) => url === `${bare.url}embed.html`,
  );
  expect(at.proxy.strays).toEqual([]);
});

function heardBy(host: Page): Promise<Record<string, unknown>[]> {
  return host.evaluate(() => window.heard.map(({ data }) => data));
}

/** Lays something see-through over the frame, as a page does that wants a click for itself. */
function cover(isOn: boolean): Promise<void> {
  return at.page.evaluate((on) => {
    document.getElementById("over")?.remove();
    if (!on) return;
    const over = document.createElement("div");
    over.id = "over";
    over.style.cssText = "position:fixed;inset:0;background:#fffe;pointer-events:none";
    document.body.append(over);
  }, isOn);
}
