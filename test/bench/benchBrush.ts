import type { Page } from "playwright-core";
import type {} from "../../src/main.ts";
import { range } from "./median.ts";
import { orderFile } from "./orderFile.ts";
import { openPage } from "./pageEngine.ts";
import { until } from "./until.ts";

declare global {
  interface Window {
    /** milliseconds from the last movement of the pointer until each figure was drawn anew */
    redrawn: Record<string, number>;
  }
}

const moves = 24;
const budgetMs = 100;
const followers = ["retention-curve", "repeat-rate"];

/**
 * A range that is dragged over the cohorts of a heat map: how long after a movement the last of the figures in
 * sight stands redrawn, against the time that the engine needs for their whole queries.
 */
export async function benchBrush(orders = 5_000_000): Promise<void> {
  const path = await orderFile(orders);
  console.log(`\na range over the cohorts of ${orders.toLocaleString("en")} orders`);
  const page = await openPage();
  try {
    await page.tab.setViewportSize({ width: 1280, height: 4200 });
    await page.importFile(path);
    let wholeMs = 0;
    for (const id of followers) wholeMs += await page.run(id);
    const tookMs = await drag(page.tab);
    console.log(`  redrawn after a movement: ${range(tookMs, 0)} ms`);
    const late = tookMs.filter((ms) => ms >= budgetMs).length;
    console.log(`  ${late} of ${tookMs.length} took ${budgetMs} ms or more`);
    console.log(`  in their order: ${tookMs.map(Math.round).join(" ")} ms`);
    console.log(
      `  whole queries ÷ redrawn: ${range(tookMs.map((ms) => wholeMs / ms))}; the queries ${Math.round(wholeMs)} ms`,
    );
  } finally {
    await page.close();
  }
}

async function drag(tab: Page): Promise<number[]> {
  const ids = ["cohort-retention", ...followers];
  await tab.evaluate(async (all) => {
    const fences = all.map((id) => `\`\`\`analysis ${id}\n\`\`\`\n`);
    await window.perennial.notebook.set(`# Bench\n\n${fences.join("\n")}`);
  }, ids);
  for (const id of ids) await tab.locator(`#cell-${id} svg[role=img]`).first().waitFor();
  await tab.evaluate(watchFigures, followers);
  const figure = tab.locator("#cell-cohort-retention svg[role=img]").first();
  await figure.scrollIntoViewIfNeeded();
  const { x, y, height } = (await figure.boundingBox())!;
  const [left, top, step] = [x + 70, y + 70, (height - 100) / moves];
  await tab.mouse.move(left, top);
  await tab.waitForTimeout(300); // as a hand is over what it will press
  await tab.mouse.down();
  const tookMs: number[] = [];
  for (let move = 1; move <= moves; ++move) {
    await tab.evaluate(() => (window.redrawn = {}));
    await tab.mouse.move(left + 2, top + step * move);
    // no movement begins before the last has been followed, and some enter no other cohort
    const redrawn = () => tab.evaluate(() => Object.values(window.redrawn));
    const isFollowed = async () => (await redrawn()).length === followers.length;
    if (await until(isFollowed, { patienceMs: 3000 })) tookMs.push(Math.max(...(await redrawn())));
    await tab.waitForTimeout(200);
  }
  await tab.mouse.up();
  if (tookMs.length < moves / 2) throw new Error(`${tookMs.length} of ${moves} movements followed`);
  return tookMs;
}

/** In the page. */
function watchFigures(ids: string[]): void {
  let movedAt = 0;
  addEventListener("pointermove", () => (movedAt = performance.now()), true);
  for (const id of ids) {
    const noted = () => (window.redrawn[id] ??= performance.now() - movedAt);
    const box = document.querySelector(`#cell-${id} svg[role=img]`)!.closest("[role=group]")!;
    new MutationObserver(noted).observe(box, { childList: true, subtree: true });
  }
}
