import { EngineError } from "../engine/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { alignLevels } from "../intake/alignLevels.ts";
import { ImportLog } from "./importLog.ts";
import type { ImportStatement } from "./importLog.ts";
import { inspectSource } from "./inspectSource.ts";
import { isOrderKind, loadFile } from "./loadFile.ts";
import type { ReadFile } from "./loadFile.ts";
import { memoryNeed, tooLarge } from "./memoryNeed.ts";
import { buildTables, layOutTables } from "./pipeline.ts";
import { settleCurrencies } from "./settleCurrencies.ts";
import { refuseSummaries } from "./refuseSummaries.ts";
import type { FileRecipe } from "../notebook/notebook.ts";
import type { ShapeMemory } from "./shapeMemory.ts";
import type { Answers, ImportProgress, Source } from "./source.ts";
import { unpackSources } from "./unpackSources.ts";

export interface ImportOptions {
  answers: Answers;
  /** what was said of files of one shape before */
  memory?: ShapeMemory;
  /** what the files were that the notebook was made with */
  recipes?: readonly FileRecipe[];
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
  /** how much of a large file one statement reads; the engine gives memory back between statements */
  sliceBytes?: number;
}

const nothingRead = {
  step: "inspect",
  rows: 0,
  memoryBytes: 0,
  share: 0,
} as const;

/**
 * Reads all files into fresh tables. Every import starts from the files themselves, so that an
 * answer, a correction or one more file gives what reading them all at once would have given.
 *
 * @returns the files in their order, also the refused ones, and whether any orders were found
 * @throws EngineError and IntakeError; the tables are then of no use, but for "too-much", which
 *   comes before anything was touched
 */
export async function importSources(
  engine: Engine,
  given: readonly Source[],
  options: ImportOptions,
): Promise<Imported> {
  const suspects = new Set<string>();
  for (;;) {
    try {
      return await importOnce(engine, given, options, suspects);
    } catch (error) {
      if (!(error instanceof ReaderBreakdown)) throw error;
      suspects.add(error.file);
      await engine.restart();
    }
  }
}

export interface Imported {
  files: ReadFile[];
  hasOrders: boolean;
  /** what made the tables */
  statements: readonly ImportStatement[];
}

/** The engine's own reader broke down over a file: it must be mended first, for an engine that starts afresh. */
class ReaderBreakdown extends Error {
  override name = "ReaderBreakdown";
  readonly file: string;
  constructor(file: string, cause: EngineError) {
    super(`reader broke down: ${file}`, { cause });
    this.file = file;
  }
}

async function importOnce(
  asked: Engine,
  given: readonly Source[],
  options: ImportOptions,
  suspects: ReadonlySet<string>,
): Promise<Imported> {
  const { answers, signal, onProgress } = options;
  const log = new ImportLog();
  const engine = log.listen(asked);
  const sources = await unpackSources(given, {
    signal,
    onFile: (file, bytes, totalBytes) => onProgress({ ...nothingRead, file, bytes, totalBytes }),
  });
  const totalBytes = sources.reduce((sum, { file }) => sum + file.size, 0);
  const need = await memoryNeed(sources.map(({ file }) => file));
  if (need.isTooLarge) throw tooLarge(need);
  const { sliceBytes = need.isLarge ? 32e6 : Infinity } = options;
  const memoryBytes = need.isLarge ? need.bytes : 0;
  const tell = (progress: Omit<ImportProgress, "totalBytes" | "memoryBytes">) =>
    onProgress({ ...progress, totalBytes, memoryBytes });
  const files = await inspectAll(sources, options, (file) =>
    tell({ file, step: "inspect", rows: 0, bytes: 0, share: 0 }),
  );
  await layOutTables(engine, { compressed: need.isLarge });
  for (const [index, plan] of alignLevels(files.map((file) => file.plan)).entries())
    files[index]!.plan = suspects.has(plan.name) ? { ...plan, lane: "careful" } : plan;
  const takePurchases = !files.some(({ plan }) => isOrderKind(plan));
  const readShare = 0.6; // of the time of an import; the tables take the rest
  let bytesBefore = 0;
  let rowsBefore = 0;
  for (const file of files) {
    log.fileNo = file.fileNo;
    const { name, file: blob } = file.source;
    const at = bytesBefore;
    const loading = { signal, sliceBytes, takePurchases };
    const isClean = file.plan.lane === "clean";
    const loaded = loadFile(engine, file, loading, (step, share, rows) =>
      tell({
        file: name,
        step,
        rows: rowsBefore + rows,
        bytes: at + Math.round(share * blob.size),
        share: (readShare * (at + share * blob.size)) / Math.max(1, totalBytes),
      }),
    );
    rowsBefore += await loaded.catch((error: unknown) => {
      const isBroken = error instanceof EngineError && error.code === "fatal";
      throw isBroken && isClean ? new ReaderBreakdown(name, error) : error;
    });
    bytesBefore += blob.size;
  }
  const hasOrders = files.some(({ plan, purchases = 0 }) => isOrderKind(plan) || purchases > 0);
  if (files.every(({ plan }) => plan.kind === "refused"))
    return { files, hasOrders, statements: [] };
  await settleCurrencies(engine, files, answers, { signal });
  await buildTables(engine, {
    signal,
    onStep: (done, of) =>
      tell({
        file: sources.at(-1)?.name ?? "",
        step: "build",
        rows: rowsBefore,
        bytes: totalBytes,
        share: readShare + ((1 - readShare) * done) / of,
      }),
  });
  return { files, hasOrders, statements: log.statements };
}

async function inspectAll(
  sources: readonly Source[],
  { answers, memory, recipes, signal }: ImportOptions,
  onFile: (name: string) => void,
): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  for (const [index, source] of sources.entries()) {
    onFile(source.name);
    const inspected = await inspectSource(source, answers, memory, recipes);
    inspected.plan.notes.unshift(...(source.notes ?? []));
    files.push({ ...inspected, fileNo: index + 1 });
    signal.throwIfAborted();
  }
  return refuseSummaries(files);
}
