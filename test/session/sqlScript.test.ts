import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, StatementType } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Models } from "../../src/models/fitClient.ts";
import { runModel } from "../../src/models/runModel.ts";
import { Session } from "../../src/session/session.svelte.ts";
import type { SqlScript } from "../../src/session/sqlScript.ts";
import { toRows } from "../../src/session/toRows.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

type Rows = Record<string, unknown>[];

let engine: OpenEngine;
let session: Session;
const folders: string[] = [];

beforeAll(async () => {
  engine = await openEngine();
  const models = { run: async (request: never) => runModel(request) } as unknown as Models;
  const startEngine = async () => engine;
  session = new Session({ startEngine, models, locale: "en", version: "9.9.9" });
  await session.start();
}, 120_000);

afterAll(async () => {
  await engine?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs a script as the command line does, in a folder with the files that it names. @returns what each select gave */
async function runNatively({ text, inputs }: SqlScript): Promise<Rows[]> {
  const folder = mkdtempSync(join(tmpdir(), "script-"));
  folders.push(folder);
  for (const { name, content } of inputs)
    writeFileSync(join(folder, name), new Uint8Array(await content.arrayBuffer()));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`set file_search_path = '${folder}'`);
  try {
    return await runAll(connection, text);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function runAll(connection: DuckDBConnection, text: string): Promise<Rows[]> {
  const statements = await connection.extractStatements(text);
  const results: Rows[] = [];
  for (let i = 0; i < statements.count; ++i) {
    const statement = await statements.prepare(i);
    const isSelect = statement.statementType === StatementType.SELECT;
    const result = await statement.runAndReadAll();
    if (isSelect) results.push(result.getRowObjectsJS() as Rows);
  }
  return results;
}

/** What the page shows of its cells, in their order. */
async function shown(): Promise<Map<string, Rows>> {
  await vi.waitFor(
    () => {
      const states = session.cells.map(({ id }) => session.outcomes.get(id)?.state ?? "idle");
      expect(states.filter((state) => state === "idle" || state === "running")).toEqual([]);
    },
    { timeout: 120_000, interval: 50 },
  );
  const tables = session.cells.map(({ id }) => {
    const outcome = session.outcomes.get(id);
    return [id, outcome?.state === "done" ? toRows(outcome.table) : []] as const;
  });
  return new Map(tables);
}

/** Figures as both sides can be compared: days as ISO text, numbers to twelve digits. */
function plain(rows: Rows): unknown[] {
  const toPlain = (value: unknown): unknown => {
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    if (typeof value === "bigint") return Number(value);
    if (typeof value !== "number") return value;
    return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
  };
  return rows.map((row) => Object.values(row).map(toPlain));
}

const shop = [
  "```filter channel=%CHANNEL% until=2025-06-30\n```\n",
  "```analysis cohort-retention grain=quarter\n```\n",
  "```analysis rfm-segments\n```\n",
  "```analysis repeat-rate n_days=45\n```\n",
  "```analysis unit-economics\n```\n",
  "```analysis private-domain-conversion\n```\n",
  "```analysis clv-forecast\n```\n",
  "```sql best n=3\n-- param: n integer = 5\nselect * from busy order by orders desc, order_date limit getvariable('n')\n```\n",
  "```sql busy\nselect order_date, count(*) as orders, sum(net)::double as net from orders group by all order by all\n```\n",
  '```sql both\nselect cohort, sum(customers) as customers from "cohort-retention" group by all order by all\n```\n',
  "```sql writes\ndrop table orders\n```\n",
];

it("gives on native DuckDB what the page shows of the simulated shop, cell by cell", async () => {
  const shopFiles = await import("../../src/models/simulateShop.ts");
  const { demoFiles } = await import("../../src/session/demoFiles.ts");
  const files = demoFiles(shopFiles.simulateShop({ customers: 400, seed: 3 }));
  await session.setMarkdown("# x\n\n```analysis overview\n```\n");
  await session.importFiles(files);
  const [segment] = await session.segments("channel");
  const channel = JSON.stringify(segment!.value);
  await session.setMarkdown(`# The shop\n\n${shop.join("\n").replace("%CHANNEL%", channel)}`);
  const figures = await shown();
  const script = session.sqlScript();
  expect(script.inputs.map(({ name, isOwn }) => [name, isOwn])).toEqual(
    files.map(({ name }) => [name, true]),
  );
  expect(script.text).not.toContain("getvariable");
  const results = await runNatively(script);
  // "busy" comes before "best", which reads it
  const order = ["cohort-retention", "rfm-segments", "repeat-rate", "unit-economics"];
  order.push("private-domain-conversion", "clv-forecast", "busy", "best", "both");
  expect(results).toHaveLength(order.length);
  for (const [i, id] of order.entries()) {
    if (id === "clv-forecast") continue; // its figures are a model's
    expect(figures.get(id)!.length, id).toBeGreaterThan(0);
    expect([id, plain(results[i]!)]).toEqual([id, plain(figures.get(id)!)]);
  }
  expect(results[order.indexOf("clv-forecast")]!.length).toBeGreaterThan(50);
  for (const said of ["cell: clv-forecast", "A model computes", "grain = quarter", "9.9.9"])
    expect(script.text).toContain(said);
  const outcome = session.outcomes.get("repeat-rate");
  expect(script.text).toContain(`in the page: ${outcome?.state === "done" && outcome.sentence}`);
  expect(script.text).toMatch(/-- left out: writes: a cell reads and changes nothing/);
  expect(script.text).not.toMatch(/^drop table orders/m);
}, 240_000);

it("takes the customers of a mark as the page does", async () => {
  await session.setMarkdown(
    "# T\n\n```analysis rfm-segments\n```\n\n```analysis repeat-rate\n```\n",
  );
  const everybody = (await shown()).get("repeat-rate");
  const [cell] = session.cells;
  const outcome = session.outcomes.get("rfm-segments");
  session.setMark(cell!, outcome?.state === "done" ? outcome.table : (undefined as never), 1);
  const figures = await shown();
  expect(figures.get("repeat-rate")).not.toEqual(everybody);
  const results = await runNatively(session.sqlScript());
  const wanted = ["rfm-segments", "repeat-rate"].map((id) => plain(figures.get(id)!));
  expect(results.map(plain)).toEqual(wanted);
}, 120_000);

it("reads what was mended and unpacked as it was mended and unpacked", async () => {
  await session.reset();
  const windows = Buffer.from(
    "Kundennummer;Bestellnummer;Bestelldatum;Betrag;Land\nK1;1;03.04.2025;10,50;\xd6sterreich\nK2;2;04.04.2025;20,00;Schweiz\nK1;3;05.05.2025;30,25;\xd6sterreich\n",
    "latin1",
  );
  const more =
    "Kundennummer;Bestellnummer;Bestelldatum;Betrag;Land\nK3;4;06.05.2025;5,00;Schweiz\n";
  const archive = zipSync({ "more orders.csv": Buffer.from(more) });
  await session.setMarkdown(
    "# T\n\n```sql own\nselect customer_id, country, net::double as net, order_date from orders order by order_id\n```\n",
  );
  await session.importFiles([
    new File([new Uint8Array(windows)], "O'Brien [1].csv"),
    new File([new Uint8Array(archive)], "archive.zip"),
  ]);
  const figures = await shown();
  expect(figures.get("own")).toHaveLength(4);
  const script = session.sqlScript();
  expect(script.inputs.map(({ name, isOwn }) => [name, isOwn])).toEqual([
    ["O'Brien -1-.mended.csv", false],
    [expect.stringMatching(/^archive\.zip-more orders\.(unpacked|mended)\.csv$/), false],
  ]);
  const results = await runNatively(script);
  expect(plain(results[0]!)).toEqual(plain(figures.get("own")!));
}, 120_000);
