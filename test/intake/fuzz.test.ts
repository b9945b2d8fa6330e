import { readdirSync, readFileSync } from "node:fs";
import { afterAll, expect, it, vi } from "vitest";
import { EngineError } from "../../src/engine/engine.ts";
import { costsSql } from "../../src/intake/costsSql.ts";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { IntakeError } from "../../src/intake/intakeError.ts";
import type { FilePlan } from "../../src/intake/plan.ts";
import { isStructureError } from "../../src/intake/readCsvSql.ts";
import { readText } from "../../src/intake/readText.ts";
import { repair } from "../../src/intake/repair.ts";
import type { Repair } from "../../src/intake/repair.ts";
import { stagingSql } from "../../src/intake/stagingSql.ts";
import { openShop } from "../session/openShop.ts";
import { mutateFile } from "./mutateFile.ts";
import { query, startAfresh, toPath } from "./stageFile.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("../session/runWorker.ts"));

// FUZZ_RUNS=10000 npx vitest run --project node test/intake/fuzz.test.ts
const runs = Number(process.env["FUZZ_RUNS"] ?? 150);
const firstSeed = Number(process.env["PROPERTY_SEED"] ?? 20260101);
const mostMs = 20_000; // for one file, on a busy machine
const isOrders = ({ kind }: FilePlan) => kind === "orders" || kind === "lines";

const files = ["samples", "probes"].flatMap((name) => {
  const folder = new URL(`fixtures/${name}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".csv"))
    .map((file) => new Uint8Array(readFileSync(new URL(file, folder))));
});

const tally = new Map<string, number>();
const count = (name: string) => tally.set(name, (tally.get(name) ?? 0) + 1);
let slowest = { ms: 0, what: "" };

afterAll(() => {
  if (!process.env["FUZZ_RUNS"]) return;
  const counts = [...tally].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name} ${n}`);
  console.info(`${runs} files: ${counts.join(", ")}; slowest ${slowest.ms} ms (${slowest.what})`);
});

it(
  `takes or refuses ${runs} spoilt files, and accounts for every line of them`,
  async () => {
    for (let seed = firstSeed; seed < firstSeed + runs; ++seed) {
      const { bytes, ways } = mutateFile(files, seed);
      const what = `seed ${seed}: ${ways.join(", ")}`;
      const since = performance.now();
      await take(bytes, what);
      const ms = Math.round(performance.now() - since);
      expect(ms, what).toBeLessThan(mostMs);
      if (ms > slowest.ms) slowest = { ms, what };
    }
  },
  60_000 + runs * 400,
);

it(
  "ties the report of every tenth to the records that were read",
  async () => {
    const shop = await openShop();
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 10) {
      const { bytes, ways } = mutateFile(files, seed);
      const what = `seed ${seed}: ${ways.join(", ")}`;
      const imported = shop.importFiles([{ name: "spoilt.csv", content: bytes }]);
      const report = await imported.then(({ files: [first] }) => first, toCode);
      if (typeof report === "string") continue;
      const plan = await inspectFile(new Blob([bytes as BlobPart]), "spoilt.csv");
      expect(report?.kind, what).toBe(plan.kind);
      if (!isOrders(plan)) continue;
      const { read, kept, merged, excluded, rejected } = report!.rows;
      const repaired = await repair(new Blob([bytes as BlobPart]), plan);
      const { header, otherTable } = repaired.skipped;
      const records = repaired.read + header + otherTable;
      expect([what, read, kept + merged + excluded + rejected]).toEqual([what, records, records]);
      expect([what, report!.reasons.reduce((sum, { rows }) => sum + rows, 0)]).toEqual([
        what,
        read,
      ]);
    }
    await shop.close();
  },
  60_000 + runs * 100,
);

/** As the page does: straight from the file where it is clean, else through the repair. */
it("mends a file first over which the engine's own reader breaks down", async () => {
  const { bytes } = mutateFile(files, 20266576);
  const plan = await inspectFile(new Blob([bytes as BlobPart]), "spoilt.csv");
  expect(plan.lane).toBe("clean");
  await expect(stage(plan, new Blob([bytes as BlobPart]), false)).rejects.toThrow("INTERNAL");
  await startAfresh();
  const shop = await openShop();
  const { files: reports } = await shop.importFiles([{ name: "spoilt.csv", content: bytes }]);
  const { read, kept, merged, excluded, rejected } = reports[0]!.rows;
  expect(read).toBeGreaterThan(0);
  expect(kept + merged + excluded + rejected).toBe(read);
  await shop.close();
});

async function take(bytes: Uint8Array, what: string): Promise<void> {
  const blob = new Blob([bytes as BlobPart]);
  try {
    const plan = await inspectFile(blob, "spoilt.csv");
    if (plan.kind === "refused") {
      count(`refused ${plan.error?.code}`);
      expect(plan.error?.code, what).toBeTruthy();
      return;
    }
    count(plan.kind);
    if (isOrders(plan) || plan.kind === "costs") await takeTable(blob, plan, what);
  } catch (error) {
    count(`failed ${toCode(error, what)}`);
  }
}

async function takeTable(blob: Blob, plan: FilePlan, what: string): Promise<void> {
  const repaired = await repair(blob, plan);
  expect([what, repaired.read]).toEqual([what, repaired.written + repaired.rejected]);
  await expectLines(blob, plan, repaired, what);
  const mended = await stage(plan, repaired.blob, true);
  expect([what, mended.rows]).toEqual([what, repaired.written]);
  expect([what, mended.judged]).toEqual([what, mended.rows]);
  if (plan.lane !== "clean") {
    count("careful lane");
    return;
  }
  const straight = await stage(plan, blob, false).catch(async (error: unknown) => {
    // where the engine's reader breaks down the import starts afresh and mends the file first
    const isBroken = String(error).includes("INTERNAL Error");
    if (isBroken) {
      count("reader broke down");
      await startAfresh();
    } else if (!isStructureError(String(error))) throw error;
    return undefined;
  });
  count(straight ? "clean lane" : "clean lane, then careful");
  if (straight) expect([what, straight]).toEqual([what, mended]);
}

async function stage(plan: FilePlan, blob: Blob, repaired: boolean) {
  const path = toPath(new Uint8Array(await blob.arrayBuffer()));
  const sql =
    plan.kind === "costs"
      ? costsSql(plan, path, { repaired })
      : stagingSql(plan, path, { repaired });
  const [sums] = await query(
    `select
      count(*)::integer as rows,
      (count(*) filter (where verdict is null) + count(*) filter (where verdict like 'excluded:%') + count(*) filter (where verdict like 'rejected:%'))::integer as judged,
      coalesce(sum(amount) filter (where verdict is null), 0)::varchar as amount
    from (${sql})`,
  );
  return sums!;
}

/** Lines before the data, blank, footers, other tables, repeated headers and records are all lines there are. */
async function expectLines(blob: Blob, plan: FilePlan, repaired: Repair, what: string) {
  let text = "";
  for await (const piece of readText(blob, { ...plan, encoding: repaired.encoding })) text += piece;
  const isQuoted = text.includes('"');
  const ends = isQuoted || plan.faults.includes("line-ends") ? /\r\n?|\n/ : plan.newline;
  const lines = text.split(ends);
  if (lines.at(-1) === "") lines.pop();
  const { blank, footer, header, otherTable } = repaired.skipped;
  const before = Math.min(plan.skipRows, lines.length);
  const told = before + blank + footer + header + otherTable + repaired.read;
  // a record in quotes may span several lines, and what broken quotes ran together is read line by line
  if (isQuoted) expect(told, what).toBeLessThanOrEqual(lines.length);
  else expect([what, told]).toEqual([what, lines.length]);
}

/** Of an error that says what is wrong; any other is a fault. */
function toCode(error: unknown, what = ""): string {
  if (error instanceof IntakeError || error instanceof EngineError) return error.code;
  throw new Error(`${what}: ${String(error)}`, { cause: error });
}
