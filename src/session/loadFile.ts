import { EngineError } from "../engine/engine.ts";
import type { Engine, Value } from "../engine/engine.ts";
import { isContactKind } from "../intake/contactNames.ts";
import { contactsSql } from "../intake/contactsSql.ts";
import { costsSql } from "../intake/costsSql.ts";
import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import { applyProof, proofSql } from "../intake/proveFormats.ts";
import type { Proof } from "../intake/proveFormats.ts";
import { isStructureError } from "../intake/readCsvSql.ts";
import { recordSlices } from "../intake/recordSlices.ts";
import { repairFile } from "../intake/repairFile.ts";
import type { RepairedFile } from "../intake/repairFile.ts";
import { stagingSql } from "../intake/stagingSql.ts";
import { readRow, statement } from "./pipeline.ts";
import { noteRepairSteps } from "./noteRepairSteps.ts";
import type { Source, Step } from "./source.ts";

/** A file as it was read: what the report is made of. */
export interface ReadFile {
  source: Source;
  /** counted from 1; names the file in the engine */
  fileNo: number;
  plan: IntakePlan;
  /** what the repair did; only where the file was not clean */
  repair?: RepairedFile;
  /** orders among the events of a file of events */
  purchases?: number;
  /** where its rows went; once the report is made */
  steps?: Step[];
}

export interface LoadOptions {
  signal: AbortSignal;
  sliceBytes: number;
  /** purchases among events are the orders, since no file of orders was given */
  takePurchases: boolean;
}

/** A step, the share of the file that is done with, and the rows that have been read. */
type Tell = (step: "repair" | "read", share: number, rows: number) => void;

/**
 * Reads a file into the engine: straight from it where its structure holds over every byte, through
 * the repair where not.
 *
 * @returns rows read
 */
export async function loadFile(
  engine: Engine,
  file: ReadFile,
  options: LoadOptions,
  tell: Tell,
): Promise<number> {
  const { plan, source } = file;
  if (plan.kind === "refused") return 0;
  if (plan.lane === "clean") {
    try {
      return await load(engine, file, source.file, options, (share, rows) =>
        tell("read", share, rows),
      );
    } catch (error) {
      if (!isCutDifferently(error)) throw error;
      await engine.query(`delete from staged where file_no = ${file.fileNo}`);
      await engine.query(`delete from staged_contacts where file_no = ${file.fileNo}`);
    }
  }
  const repair = await repairFile(source.file, plan, {
    signal: options.signal,
    onProgress: (rows, bytes) =>
      tell("repair", (bytes / Math.max(1, source.file.size)) * 0.5, rows),
  });
  file.repair = repair;
  await noteRepairSteps(engine, plan.name, repair);
  return load(engine, file, repair.blob, options, (share, rows) =>
    tell("read", 0.5 + share / 2, rows),
  );
}

export function isOrderKind({ kind }: IntakePlan): boolean {
  return kind === "orders" || kind === "lines";
}

type OnShare = (share: number, rows: number) => void;

async function load(
  engine: Engine,
  file: ReadFile,
  blob: Blob,
  options: LoadOptions,
  onShare: OnShare,
): Promise<number> {
  onShare(0, 0);
  await settleFormats(engine, file, blob, options);
  if (file.plan.kind === "costs") return loadCosts(engine, file, blob, options);
  const rows = isContactKind(file.plan.kind)
    ? await loadContacts(engine, file, blob, options, onShare)
    : await loadOrders(engine, file, blob, options, onShare);
  await noteFile(engine, file);
  return rows;
}

/** What the sample left open is tried on every row. */
async function settleFormats(
  engine: Engine,
  file: ReadFile,
  blob: Blob,
  { signal }: LoadOptions,
): Promise<void> {
  const repaired = file.repair !== undefined;
  if (!proofSql(file.plan, "", { repaired })) return;
  await withPath(engine, blob, async (path) => {
    const proof = proofSql(file.plan, path, { repaired }) ?? "";
    const counts = await readRow(engine, proof, { signal });
    file.plan = applyProof(file.plan, counts as unknown as Proof);
  });
}

function loadOrders(
  engine: Engine,
  file: ReadFile,
  blob: Blob,
  options: LoadOptions,
  onShare: OnShare,
): Promise<number> {
  const repaired = file.repair !== undefined;
  return insertSlices(
    engine,
    file,
    blob,
    options,
    onShare,
    (layout, path) =>
      `insert into staged by name
       select ${file.fileNo}::integer as file_no, * exclude (row_no, customer), customer as customer_id
       from (${stagingSql(layout, path, { repaired, numbered: false })})`,
  );
}

/** Reads a file a slice at a time. @returns rows read */
async function insertSlices(
  engine: Engine,
  { plan, repair }: ReadFile,
  blob: Blob,
  { signal, sliceBytes }: LoadOptions,
  onShare: OnShare,
  toInsert: (layout: IntakePlan, path: string, rowsBefore: number) => string,
): Promise<number> {
  const newline = repair ? "\n" : plan.newline;
  let layout = plan;
  let bytes = 0;
  let rows = 0;
  for await (const slice of recordSlices(blob, { sliceBytes, newline })) {
    signal.throwIfAborted();
    const onProgress = (share: number) => onShare((bytes + share * slice.size) / blob.size, rows);
    const added = await withPath(engine, slice, (path) =>
      engine.query(toInsert(layout, path, rows), { signal, onProgress }),
    );
    rows += Number(added.getChildAt(0)?.get(0) ?? 0);
    bytes += slice.size;
    onShare(bytes / blob.size, rows);
    layout = { ...plan, skipRows: 0 }; // only the first slice opens with the header
  }
  return rows;
}

async function loadCosts(
  engine: Engine,
  { plan, repair }: ReadFile,
  blob: Blob,
  { signal }: LoadOptions,
): Promise<number> {
  const repaired = repair !== undefined;
  await withPath(engine, blob, (path) =>
    engine.query(`create or replace table staged_costs as ${costsSql(plan, path, { repaired })}`, {
      signal,
    }),
  );
  for (const id of ["repeated_costs", "costs", "costs_steps", "costs_rejects"]) {
    await engine.query(statement("staging", id), { variables: { file: plan.name } });
  }
  const { rows } = await readRow(engine, "select count(*)::integer as rows from staged_costs");
  await engine.query("drop table staged_costs");
  return Number(rows);
}

async function loadContacts(
  engine: Engine,
  file: ReadFile,
  blob: Blob,
  options: LoadOptions,
  onShare: OnShare,
): Promise<number> {
  const { fileNo, plan } = file;
  const repaired = file.repair !== undefined;
  const fileKind = plan.kind === "events" ? "touches" : plan.kind;
  const rows = await insertSlices(
    engine,
    file,
    blob,
    options,
    onShare,
    (layout, path, rowsBefore) =>
      `insert into staged_contacts by name
       select ${fileNo}::integer as file_no, '${fileKind}'::varchar as file_kind,
         * replace (row_no + ${rowsBefore} as row_no)
       from (${contactsSql(layout, path, { repaired })})`,
  );
  if (options.takePurchases && plan.kind === "events") {
    const variables = { file_no: fileNo };
    await engine.query(statement("staging", "mark_purchases"), { variables });
    const orders = await engine.query(statement("staging", "purchase_orders"), { variables });
    file.purchases = Number(orders.getChildAt(0)?.get(0) ?? 0);
  }
  return rows;
}

async function withPath<T>(
  engine: Engine,
  blob: Blob,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const key = "import";
  const path = await engine.registerFile(key, blob);
  try {
    return await work(path);
  } finally {
    await engine.dropFile(key);
  }
}

async function noteFile(engine: Engine, { fileNo, plan }: ReadFile): Promise<void> {
  const variables: Record<string, Value> = {
    file_no: fileNo,
    file: plan.name,
    kind: plan.kind,
    amount_level: plan.amountLevel,
    refund_level: plan.refundLevel,
  };
  await engine.query(statement("staging", "note_file"), { variables });
}

function isCutDifferently(error: unknown): boolean {
  return error instanceof EngineError && error.code === "query" && isStructureError(error.message);
}
