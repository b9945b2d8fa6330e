import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Bool,
  DateDay,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { afterAll, beforeAll, expect, it } from "vitest";
import { toParquet } from "../../src/engine/toParquet.ts";
import { openNative } from "../queries/openNative.ts";
import type { Runner } from "../queries/runner.ts";

// Read back by an engine that did not write it.

let runner: Runner;
let folder: string;
beforeAll(async () => {
  runner = await openNative();
  folder = await mkdtemp(join(tmpdir(), "parquet-"));
});
afterAll(async () => {
  await runner.close();
  await rm(folder, { recursive: true });
});

async function readBack(table: Table, order?: Uint32Array) {
  const path = join(folder, "t.parquet");
  const blob = await toParquet(table, order);
  await writeFile(path, new Uint8Array(await blob.arrayBuffer()));
  const { names, types } = await runner.read(`select * from read_parquet('${path}')`);
  const { rows } = await runner.read(`select columns(*)::varchar from read_parquet('${path}')`);
  return { names, types, rows };
}

const table = new Table({
  客户: vectorFromArray(["a", null, "=1+1", "張三 🌱"], new Utf8()),
  orders: vectorFromArray([1, 2, null, -4], new Int32()),
  big: vectorFromArray([9_007_199_254_740_993n, 0n, null, -1n], new Int64()),
  share: vectorFromArray([0.1, Number.NaN, null, -1e300], new Float64()),
  day: vectorFromArray(
    [new Date("2024-02-29"), null, new Date("1969-12-31"), new Date(0)],
    new DateDay(),
  ),
  at: vectorFromArray([1_704_067_200_123, null, -1, 0], new TimestampMicrosecond()),
  isNew: vectorFromArray([true, null, false, true], new Bool()),
});

it("holds each type as itself, and nothing for what is not there", async () => {
  const { names, types, rows } = await readBack(table);
  expect(names).toEqual(["客户", "orders", "big", "share", "day", "at", "isNew"]);
  expect(types).toEqual(["VARCHAR", "BIGINT", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN"]);
  expect(rows.map((row) => row.map(String))).toEqual([
    ["a", "1", "9007199254740993", "0.1", "2024-02-29", "2024-01-01 00:00:00.123", "true"],
    ["null", "2", "0", "null", "null", "null", "null"],
    ["=1+1", "null", "null", "null", "1969-12-31", "1969-12-31 23:59:59.999", "false"],
    ["張三 🌱", "-4", "-1", "-1e+300", "1970-01-01", "1970-01-01 00:00:00", "true"],
  ]);
});

it("writes the rows that are asked for in their order, also none", async () => {
  const { rows } = await readBack(table, Uint32Array.of(3, 0));
  expect(rows.map(([name]) => name)).toEqual(["張三 🌱", "a"]);
  expect((await readBack(table, Uint32Array.of())).rows).toEqual([]);
});
