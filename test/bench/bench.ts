import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { createServer } from "vite";
import type { ViteDevServer } from "vite";
import { buildAsShipped } from "../browser/support/buildAsShipped.ts";
import { benchBrush } from "./benchBrush.ts";
import { benchDirty } from "./benchDirty.ts";
import { benchFirstView } from "./benchFirstView.ts";
import { benchModels } from "./benchModels.ts";
import { median, range } from "./median.ts";
import { orderFile } from "./orderFile.ts";
import { startNative } from "./nativeEngine.ts";
import type { NativeEngine } from "./nativeEngine.ts";
import { openPage } from "./pageEngine.ts";
import type { PageEngine } from "./pageEngine.ts";

/**
 * The page's engine in Chromium against native DuckDB with one thread: the same file, the same
 * statements, in turns in one run. This machine's seconds mean little; the ratios do.
 *
 * `npm run bench` takes all sizes, `npm run bench -- 100000 1000000` those named, `npm run bench --
 * models` the fits alone, `npm run bench -- dirty` a million rows that have to be mended, `npm run bench --
 * brush` a range that moves over five million orders, `npm run bench -- view` the first view.
 */
const martQuestions: [string, string, string][] = [
  [
    "cohort triangle",
    `with firsts as (select customer_id, min(ordered_at) as first_at from orders where customer_id is not null group by customer_id)
     select year(first_at) * 12 + month(first_at) as c, year(ordered_at) * 12 + month(ordered_at) - c as k, count(distinct orders.customer_id) as n
     from orders inner join firsts on firsts.customer_id = orders.customer_id group by all`,
    "select cohort, k, count(*) as n from customer_periods group by all",
  ],
  [
    "customer summary",
    `select count(*), sum(x) from (select customer_id, count(distinct order_date) - 1 as x, max(order_date) as l, sum(net) as m
     from orders where customer_id is not null group by customer_id)`,
    "select count(*), sum(purchase_days - 1) from customer_summary",
  ],
  [
    "gaps between days",
    `select quantile_cont(gap, 0.5) from (select order_date - lag(order_date) over (partition by customer_id order by order_date) as gap
     from (select distinct customer_id, order_date from orders where customer_id is not null))`,
    "select quantile_cont(days_since_previous, 0.5) from customer_days",
  ],
];

const wanted = process.argv.slice(2);
const sizes = wanted.filter((word) => /^\d+$/.test(word)).map(Number);
const config = resolve(import.meta.dirname, "../../vite.config.ts");
const server = await createServer({
  configFile: config,
  server: { middlewareMode: true },
  logLevel: "error",
});
try {
  const isWanted = (word: string) => wanted.length === 0 || wanted.includes(word);
  if (sizes.length > 0 || ["dirty", "brush", "view"].some(isWanted)) {
    await buildAsShipped({ configFile: config, logLevel: "error" });
  }
  const all = [100_000, 1_000_000, 10_000_000];
  for (const size of wanted.length === 0 ? all : sizes) await benchSize(server, size);
  if (isWanted("view")) await benchFirstView();
  if (isWanted("brush")) await benchBrush();
  if (isWanted("dirty")) await benchDirty();
  if (isWanted("models")) await benchModels(server);
} finally {
  await server.close();
}

async function benchSize(vite: ViteDevServer, orders: number): Promise<void> {
  const path = await orderFile(orders);
  const { size } = await stat(path);
  console.log(`\n${orders.toLocaleString("en")} orders, ${Math.round(size / 1e6)} MB`);
  const rounds = orders >= 10_000_000 ? 3 : 5;
  const page = await openPage();
  const native = await startNative();
  try {
    await benchImport(vite, { page, native, path, rounds, orders });
    console.log(`  most memory of the tab, imports: ${await page.peakMegabytes()} MB`);
    const notebookMs = await page.runNotebook();
    console.log(
      `  the whole notebook: ${(notebookMs / 1000).toFixed(1)} s; most memory with it: ${await page.peakMegabytes()} MB`,
    );
    await benchMarts({ page, rounds });
    await benchAnalyses(vite, { page, native, rounds });
    console.log(`  most memory of the tab, all: ${await page.peakMegabytes()} MB`);
  } finally {
    await page.close();
    await native.close();
  }
}

interface Sides {
  page: PageEngine;
  native: NativeEngine;
  rounds: number;
}

async function benchImport(
  vite: ViteDevServer,
  { page, native, path, rounds, orders }: Sides & { path: string; orders: number },
): Promise<void> {
  const { importSources } = (await vite.ssrLoadModule(
    "/session/importSources.ts",
  )) as typeof import("../../src/session/importSources.ts");
  const file = await diskFile(path);
  native.path = path;
  const ratios: number[] = [];
  const seconds: [number, number][] = [];
  for (let round = 0; round < rounds; ++round) {
    if (round > 0) await page.reset();
    const pageMs = await page.importFile(path);
    const since = performance.now();
    await importSources(native, [{ name: file.name, file, corrections: {} }], {
      answers: {},
      signal: new AbortController().signal,
      onProgress: () => undefined,
      sliceBytes: Infinity, // native memory needs no slices: one statement reads the file
    });
    const nativeMs = performance.now() - since;
    ratios.push(pageMs / nativeMs);
    seconds.push([pageMs / 1000, nativeMs / 1000]);
  }
  const [pageSeconds, nativeSeconds] = [0, 1].map((side) =>
    median(seconds.map((pair) => pair[side]!)),
  );
  console.log(
    `  file to finished marts: page ÷ native ${range(ratios)}; page ${pageSeconds!.toFixed(1)} s, native ${nativeSeconds!.toFixed(1)} s, ${((pageSeconds! / orders) * 1e6).toFixed(2)} µs an order`,
  );
}

async function benchAnalyses(vite: ViteDevServer, { page, native, rounds }: Sides): Promise<void> {
  const { queries } = (await vite.ssrLoadModule(
    "/catalog/queries.ts",
  )) as typeof import("../../src/catalog/queries.ts");
  const medians: number[] = [];
  const available = await page.available();
  for (const query of queries) {
    if (!available.includes(query.id)) continue;
    // a model's own time is no engine's: of those the SQL alone is compared, without its many rows
    const sql = query.model
      ? `select count(*), sum(x) from (${query.sql.replace(/;\s*$/, "")})`
      : query.sql;
    const runPage = query.model ? () => page.sql(sql) : () => page.run(query.id);
    const ratios: number[] = [];
    let pageMs = 0;
    for (let round = 0; round <= rounds; ++round) {
      pageMs = await runPage();
      const since = performance.now();
      await native.query(sql);
      if (round > 0) ratios.push(pageMs / (performance.now() - since)); // the first warms both up
    }
    medians.push(median(ratios));
    console.log(
      `  ${query.id.padEnd(20)} page ÷ native ${range(ratios)}; page ${Math.round(pageMs)} ms`,
    );
  }
  console.log(`  the analyses at the median: page ÷ native ${median(medians).toFixed(2)}`);
}

/** What the marts are worth: the same questions to the table of orders and to the marts. */
async function benchMarts({ page, rounds }: Pick<Sides, "page" | "rounds">): Promise<void> {
  for (const [name, raw, marts] of martQuestions) {
    const ratios: number[] = [];
    for (let round = 0; round <= rounds; ++round) {
      const ratio = (await page.sql(raw)) / (await page.sql(marts));
      if (round > 0) ratios.push(ratio);
    }
    console.log(`  ${name.padEnd(20)} orders ÷ marts ${range(ratios)}`);
  }
}

/** The file as the browser would hand it over, read from disk when asked. */
async function diskFile(path: string): Promise<File> {
  await (await open(path)).close();
  const { openAsBlob } = await import("node:fs");
  const blob = await openAsBlob(path);
  return Object.assign(blob, { name: "orders.csv", lastModified: 0 }) as unknown as File;
}
