import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll } from "vitest";
import type { Answers } from "../../src/intake/askQuestions.ts";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import type { Corrections, FilePlan } from "../../src/intake/plan.ts";
import { repair } from "../../src/intake/repair.ts";
import type { Repair } from "../../src/intake/repair.ts";
import { stagingSql } from "../../src/intake/stagingSql.ts";

let connection = await connect();
const folder = mkdtempSync(join(tmpdir(), "intake-"));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

export type Row = Record<string, unknown>;

async function connect() {
  const database = await DuckDBInstance.create(":memory:", { threads: "2" });
  return database.connect();
}

/** Another database: after some errors an engine answers no more. */
export async function startAfresh(): Promise<void> {
  connection = await connect();
}

/** Rows of a statement on native DuckDB: dates and decimals as text, bigints as numbers. */
export async function query(sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJson().map((row) => ({ ...row }));
}

/** Writes a file where the engine can read it. */
export function toPath(bytes: Uint8Array | string): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, bytes);
  return path;
}

export function fixture(path: string): Blob {
  return new Blob([readFileSync(new URL(`fixtures/${path}`, import.meta.url))]);
}

export interface Staged {
  plan: FilePlan;
  repaired: Repair | undefined;
  rows: Row[];
}

export interface StageOptions {
  name?: string;
  answers?: Answers;
  corrections?: Corrections;
  lane?: "clean" | "careful";
}

/** A file through inspection, its lane (or the one told) and the staging statement. */
export async function stage(file: Blob | string, options: StageOptions = {}): Promise<Staged> {
  const blob = typeof file === "string" ? new Blob([file]) : file;
  const { name = "orders.csv", answers, corrections } = options;
  const plan = await inspectFile(blob, name, answers, corrections);
  if (plan.kind === "refused") return { plan, repaired: undefined, rows: [] };
  return stageAs(plan, blob, options.lane ?? plan.lane);
}

export async function stageAs(
  plan: FilePlan,
  blob: Blob,
  lane: "clean" | "careful",
): Promise<Staged> {
  const { repaired, sql } = await toStagingSql(plan, blob, lane);
  return { plan, repaired, rows: await query(sql) };
}

/** The staging statement over a file written to disk, for sums that need not come out row by row. */
export async function toStagingSql(plan: FilePlan, blob: Blob, lane = plan.lane) {
  const repaired = lane === "careful" ? await repair(blob, plan) : undefined;
  const path = toPath(new Uint8Array(await (repaired?.blob ?? blob).arrayBuffer()));
  return { repaired, sql: stagingSql(plan, path, { repaired: repaired !== undefined }) };
}
