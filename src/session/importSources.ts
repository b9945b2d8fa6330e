import { EngineError } from "../engine/engine.ts";
import type { Engine, Value } from "../engine/engine.ts";
import { costsSql } from "../intake/costsSql.ts";
import { inspectFile } from "../intake/inspectFile.ts";
import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import { applyProof, proofSql } from "../intake/proveFormats.ts";
import type { Proof } from "../intake/proveFormats.ts";
import { isStructureError } from "../intake/readCsvSql.ts";
import { repairFile } from "../intake/repairFile.ts";
import type { RepairedFile } from "../intake/repairFile.ts";
import { stagingSql } from "../intake/stagingSql.ts";
import { buildTables, layOutTables, readRow, statement } from "./pipeline.ts";
import type { Answers, ImportProgress, Source } from "./source.ts";

/** A file as it was read: what the report is made of. */
export interface ReadFile {
  source: Source;
  /** counted from 1; names the file in the engine */
  fileNo: number;
  plan: IntakePlan;
  /** what the repair did; only where the file was not clean */
  repair?: RepairedFile;
}

export interface ImportOptions {
  answers: Answers;
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
}

/**
 * Reads all files into fresh tables. Every import starts from the files themselves, so that an
 * answer, a correction or one more file gives what reading them all at once would have given.
 *
 * @returns the files in their order, also the refused ones, and whether any orders were found
 * @throws EngineError and IntakeError; the tables are then of no use
 */
export async function importSources(
  engine: Engine,
  sources: Source[],
  options: ImportOptions,
): Promise<{ files: ReadFile[]; hasOrders: boolean }> {
  const { signal, onProgress } = options;
  const totalBytes = sources.reduce((sum, { file }) => sum + file.size, 0);
  const tell = (progress: Omit<ImportProgress, "totalBytes">) =>
    onProgress({ ...progress, totalBytes });
  const files: ReadFile[] = [];
  for (const [index, source] of sources.entries()) {
    tell({ file: source.name, step: "inspect", rows: 0, bytes: 0, share: 0 });
    const plan = await inspectFile(source.file, source.name, options.answers, source.corrections);
    files.push({ source, fileNo: index + 1, plan });
    signal.throwIfAborted();
  }
  await layOutTables(engine, { compressed: isLarge(files) });
  const readShare = 0.6; // of the time of an import; the tables take the rest
  let bytesBefore = 0;
  for (const file of files) {
    const { name, file: blob } = file.source;
    const at = bytesBefore;
    await readInto(engine, file, signal, (step, share) =>
      tell({
        file: name,
        step,
        rows: 0,
        bytes: at + Math.round(share * blob.size),
        share: (readShare * (at + share * blob.size)) / Math.max(1, totalBytes),
      }),
    );
    bytesBefore += blob.size;
  }
  const hasOrders = files.some(({ plan }) => isOrderKind(plan));
  if (!hasOrders) return { files, hasOrders };
  const { rows } = await readRow(engine, "select count(*)::integer as rows from staged");
  await buildTables(engine, {
    signal,
    onStep: (done, of) =>
      tell({
        file: sources.at(-1)?.name ?? "",
        step: "build",
        rows: Number(rows),
        bytes: totalBytes,
        share: readShare + ((1 - readShare) * done) / of,
      }),
  });
  return { files, hasOrders };
}

export function isOrderKind({ kind }: IntakePlan): boolean {
  return kind === "orders" || kind === "lines";
}

const largeBytes = 200e6; // about three million orders; plain, they would take a gigabyte

/** Compressed tables take a sixth of the room and half as much time again: worth it for large files. */
function isLarge(files: ReadFile[]): boolean {
  const bytes = files.map(
    ({ plan, source }) => source.file.size * (plan.compression === "none" ? 1 : 8),
  );
  return bytes.reduce((sum, size) => sum + size, 0) > largeBytes;
}

type Tell = (step: "repair" | "read", share: number) => void;

/** Straight from the file where its structure holds over every byte; through the repair where not. */
async function readInto(
  engine: Engine,
  file: ReadFile,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const { plan, source } = file;
  if (!isOrderKind(plan) && plan.kind !== "costs") return;
  if (plan.lane === "clean") {
    try {
      return await load(engine, file, source.file, signal, (share) => tell("read", share));
    } catch (error) {
      if (!isCutDifferently(error)) throw error;
    }
  }
  const repair = await repairFile(source.file, plan, {
    signal,
    onProgress: (_, bytes) => tell("repair", (bytes / Math.max(1, source.file.size)) * 0.5),
  });
  file.repair = repair;
  await load(engine, file, repair.blob, signal, (share) => tell("read", 0.5 + share / 2));
}

async function load(
  engine: Engine,
  file: ReadFile,
  blob: Blob,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> {
  const { fileNo, repair } = file;
  onShare(0);
  const key = `file ${fileNo}`;
  const repaired = repair !== undefined;
  const path = await engine.registerFile(key, blob);
  try {
    const proof = proofSql(file.plan, path, { repaired });
    if (proof) {
      const counts = await readRow(engine, proof, { signal });
      file.plan = applyProof(file.plan, counts as unknown as Proof);
    }
    const { plan } = file;
    const sql = plan.kind === "costs" ? loadCosts(plan, path, repaired) : undefined;
    await engine.query(
      sql ??
        `insert into staged by name
         select ${fileNo}::integer as file_no, * exclude (row_no, customer), customer as customer_id
         from (${stagingSql(plan, path, { repaired, numbered: false })})`,
      { signal, onProgress: onShare },
    );
    if (sql) await accountCosts(engine, plan.name);
    else await noteFile(engine, plan, fileNo);
  } finally {
    await engine.dropFile(key);
  }
}

function loadCosts(plan: IntakePlan, path: string, repaired: boolean): string {
  return `create or replace table staged_costs as ${costsSql(plan, path, { repaired })}`;
}

async function accountCosts(engine: Engine, name: string): Promise<void> {
  for (const id of ["costs", "costs_steps", "costs_rejects"]) {
    await engine.query(statement("staging", id), { variables: { file: name } });
  }
  await engine.query("drop table staged_costs");
}

async function noteFile(engine: Engine, plan: IntakePlan, fileNo: number): Promise<void> {
  const variables: Record<string, Value> = {
    file_no: fileNo,
    file: plan.name,
    amount_level: plan.amountLevel,
    refund_level: plan.refundLevel,
  };
  await engine.query(statement("staging", "note_file"), { variables });
}

function isCutDifferently(error: unknown): boolean {
  return error instanceof EngineError && error.code === "query" && isStructureError(error.message);
}
