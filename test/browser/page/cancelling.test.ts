import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, importFiles, landing, open, openOnly, settle, until } from "./pageCalls.ts";

const withinMs = 1000; // from the reader's word to an idle page

let at: Visit;

beforeAll(async () => {
  at = await open({ isMoving: true });
  await at.page.evaluate(watchProgress);
});

afterEach(() => at.page.evaluate(() => window.perennial.reset()));

afterAll(() => at?.close());

declare global {
  interface Window {
    /** every state of the progress display, in order */
    seen: { step: string; counts: string; percent: number }[];
  }
}

function watchProgress(): void {
  window.seen = [];
  const note = (): void => {
    const bar = document.querySelector("main [role=progressbar]");
    const step = document.querySelector("main [aria-current=step]");
    const counts = document.querySelector<HTMLElement>("main .counts");
    if (!bar || !step || !counts) return;
    const state = {
      step: step.textContent.trim(),
      counts: counts.textContent.replace(/\s+/g, " ").trim(),
      percent: Number(bar.getAttribute("aria-valuenow") ?? 0),
    };
    if (JSON.stringify(state) !== JSON.stringify(window.seen.at(-1))) window.seen.push(state);
  };
  const options = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(document.querySelector("main")!, options);
}

/** Starts to import a file of so many megabytes that is made in the page, and does not wait. */
function startLarge(megabytes: number, { isRagged = false } = {}): Promise<void> {
  return at.page.evaluate(
    ([size, ragged]) => {
      window.seen = [];
      const parts = ["order_id,customer,ordered_at,amount,currency,note\n"];
      if (ragged) parts.push("short,row,2025-01-01,1.00,EUR\n");
      const lines = 20_000; // about a megabyte
      for (let part = 0; part < size; ++part) {
        const rows = Array.from({ length: lines }, (_, i) => {
          const n = part * lines + i;
          const day = `2024-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}`;
          return `order-${n},customer-${n % 100_003},${day},${n % 1000}.25,EUR,note`;
        });
        parts.push(`${rows.join("\n")}\n`);
      }
      const file = new File(parts, "large.csv");
      void window.perennial.importFiles([file]).catch(() => undefined);
    },
    [megabytes, isRagged] as const,
  );
}

/** Cancels by the button or the key, and gives the milliseconds until the page is idle. */
function cancel(by: "button" | "Escape", idle: string): Promise<number> {
  return at.page.evaluate(
    async ([way, selector]) => {
      const since = performance.now();
      const button = document.querySelector<HTMLElement>(
        "main section:has([role=progressbar]) button",
      );
      if (way === "button") button?.click();
      else window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
      while (
        document.querySelector("main [role=progressbar]") ||
        !document.querySelector(selector)
      ) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (performance.now() - since > 30_000) break;
      }
      return performance.now() - since;
    },
    [by, idle] as const,
  );
}

function reached(step: string, leastPercent = 1): Promise<unknown> {
  return until(
    () => at.page.evaluate(() => window.seen.at(-1)),
    (last) => last?.step === text("en", `import.${step}`) && last.percent >= leastPercent,
  );
}

function tables(): Promise<unknown[]> {
  return askSql(at.page, "select table_name from information_schema.tables");
}

const good = "order_id,customer,ordered_at,amount,currency\nA-1,ann,2025-01-03,12.00,EUR\n";

describe("cancel", () => {
  it.each([
    ["while the engine reads", "read", 60, "button"],
    ["while rows are mended", "repair", 30, "Escape"],
    ["while the tables are built", "build", 30, "button"],
  ] as const)(
    "%s leads to an idle page within a second and leaves no table",
    async (_, step, megabytes, by) => {
      await startLarge(megabytes, { isRagged: step === "repair" });
      await reached(step);
      expect(await cancel(by, "#picker")).toBeLessThan(withinMs);
      await at.page.getByText(text("en", "refusal.cancelled")).waitFor();
      expect(await tables()).toEqual([]);
      await openOnly(at.page, "overview");
      const { totals } = await importFiles(at.page, [{ name: "good.csv", content: good }]);
      expect(totals).toMatchObject({ orders: 1, net: "12.00" });
      expect((await settle(at.page))["overview"]).toBe("done");
      expect(at.errors).toEqual([]);
    },
  );

  it("of a further file brings back what was there before", async () => {
    await openOnly(at.page, "overview");
    await importFiles(at.page, [{ name: "good.csv", content: good }]);
    await settle(at.page);
    const notebook = "# Mine\n\n```analysis overview as_of=2025-02-01\n```\n";
    await at.page.evaluate((markdown) => window.perennial.notebook.set(markdown), notebook);
    const before = await at.page.evaluate(() => window.perennial.notebook.get());
    await startLarge(30);
    await reached("read");
    expect(await cancel("button", "#picker, .notebook")).toBeLessThan(withinMs);
    expect((await settle(at.page))["overview"]).toBe("done");
    expect(await askSql(at.page, "select order_id from orders")).toEqual([{ order_id: "A-1" }]);
    expect(await at.page.evaluate(() => window.perennial.notebook.get())).toBe(before);
  });
});

it("shows steps, bytes and rows, and never goes back", async () => {
  await landing(at.page);
  await openOnly(at.page, "overview");
  await startLarge(12);
  await settle(at.page);
  const seen = await at.page.evaluate(() => window.seen);
  const steps = [...new Set(seen.map(({ step }) => step))];
  expect(steps).toEqual(["inspect", "read", "build"].map((step) => text("en", `import.${step}`)));
  expect(seen.some(({ counts }) => /\d MB of \d+(\.\d)? MB/.test(counts))).toBe(true);
  expect(seen.some(({ counts }) => counts.includes("240,000 rows"))).toBe(true);
  const percents = seen.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(new Set(percents).size).toBeGreaterThan(4);
  const [row] = await askSql(at.page, "select count(*)::integer as n from orders");
  expect(row).toEqual({ n: 240_000 });
});
