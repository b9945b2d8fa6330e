import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isContactKind } from "../../src/intake/contactNames.ts";
import { contactsSql } from "../../src/intake/contactsSql.ts";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { isStructureError } from "../../src/intake/readCsvSql.ts";
import { repair } from "../../src/intake/repair.ts";
import { stagingSql } from "../../src/intake/stagingSql.ts";
import { openWasm } from "../engine/openWasm.ts";
import { fixture, query, toPath } from "./stageFile.ts";

const database = await openWasm();
const connection = database.connect();
let files = 0;

/** Rows of a statement over one file in the page's engine, every value as text. */
function queryWasm(bytes: Uint8Array, toSql: (path: string) => string): (string | null)[][] {
  const path = `${files++}.csv`;
  database.registerFileBuffer(path, bytes);
  const table = connection.query(`select columns(*)::varchar from (${toSql(path)})`);
  const vectors = table.schema.fields.map((_, i) => table.getChildAt(i)!);
  return Array.from({ length: table.numRows }, (_, row) =>
    vectors.map((vector) => vector.get(row) as string | null),
  );
}

const exports = ["samples", "probes"].flatMap((name) =>
  readdirSync(new URL(`fixtures/${name}`, import.meta.url))
    .filter((file) => file.endsWith(".csv"))
    .map((file) => `${name}/${file}`),
);

describe("the page's engine and the native one stage the same rows", () => {
  it.each(exports)("%s", async (file) => {
    const blob = fixture(file);
    const plan = await inspectFile(blob, file);
    const isOrders = plan.kind === "orders" || plan.kind === "lines";
    if (!isOrders && !isContactKind(plan.kind)) return;
    const repaired = plan.lane === "careful";
    const read = repaired ? (await repair(blob, plan)).blob : blob;
    const bytes = new Uint8Array(await read.arrayBuffer());
    const sql = (path: string) => (isOrders ? stagingSql : contactsSql)(plan, path, { repaired });
    const native = await query(`select columns(*)::varchar from (${sql(toPath(bytes))})`);
    expect(native.length).toBeGreaterThan(0);
    expect(queryWasm(bytes, sql)).toEqual(native.map((row) => Object.values(row)));
  });

  it("move times to the shop's clock alike", async () => {
    const times = ["2024-03-10 01:59:59 -0500", "2024-07-01T12:00:00Z", "2024-01-05 23:00 +0800"];
    const rows = times.map((time, i) => `${i},a,${time},1.00`).join("\n");
    const text = `Order ID,Customer ID,Created at,Total\n${rows}\n`;
    const plan = await inspectFile(new Blob([text]), "x.csv", { "time-zone": "Europe/Berlin" });
    const sql = (path: string) => `select ordered_at from (${stagingSql(plan, path)})`;
    const wanted = ["2024-03-10 07:59:59", "2024-07-01 14:00:00", "2024-01-05 16:00:00"];
    const native = await query(`select columns(*)::varchar as at from (${sql(toPath(text))})`);
    expect(native.map((row) => Object.values(row)[0])).toEqual(wanted);
    expect(queryWasm(new TextEncoder().encode(text), sql)).toEqual(wanted.map((time) => [time]));
  });

  it("take a value of three megabytes", async () => {
    const long = "é".repeat(3_000_000);
    const text = `Order ID,Date,Total,Tags\n1,2024-01-05,1.00,${long}\n2,2024-01-06,2.00,x\n`;
    const plan = await inspectFile(new Blob([text]), "x.csv");
    const sql = (path: string) =>
      `select count(*) as rows, sum(amount) as sum, max(length(tags)) as longest from (${stagingSql(plan, path)})`;
    const native = await query(`select columns(*)::varchar from (${sql(toPath(text))})`);
    expect(Object.values(native[0]!)).toEqual(["2", "3.0000", "3000000"]);
    expect(queryWasm(new TextEncoder().encode(text), sql)).toEqual([["2", "3.0000", "3000000"]]);
  }, 30_000);

  it("fail alike on a file that is cut otherwise", async () => {
    const text = "Order ID,Date,Total\n1,2024-01-05,1.00\n";
    const plan = await inspectFile(new Blob([text]), "x.csv");
    const bytes = new TextEncoder().encode(`${text}2,2024-01-06\n`);
    let message = "";
    try {
      queryWasm(bytes, (path) => stagingSql(plan, path));
    } catch (error) {
      message = String(error);
    }
    expect(isStructureError(message)).toBe(true);
  });
});
