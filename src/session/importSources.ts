import type { Engine } from "../engine/engine.ts";
import { inspectFile } from "../intake/inspectFile.ts";
import { isOrderKind, loadFile } from "./loadFile.ts";
import type { ReadFile } from "./loadFile.ts";
import { buildTables, layOutTables } from "./pipeline.ts";
import type { Answers, ImportProgress, Source } from "./source.ts";

export interface ImportOptions {
  answers: Answers;
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
  /** how much of a file one statement reads; the engine gives memory back between statements */
  sliceBytes?: number;
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
  const { signal, onProgress, sliceBytes = 32e6 } = options;
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
  let rowsBefore = 0;
  for (const file of files) {
    const { name, file: blob } = file.source;
    const at = bytesBefore;
    rowsBefore += await loadFile(engine, file, { signal, sliceBytes }, (step, share, rows) =>
      tell({
        file: name,
        step,
        rows: rowsBefore + rows,
        bytes: at + Math.round(share * blob.size),
        share: (readShare * (at + share * blob.size)) / Math.max(1, totalBytes),
      }),
    );
    bytesBefore += blob.size;
  }
  const hasOrders = files.some(({ plan }) => isOrderKind(plan));
  if (!hasOrders) return { files, hasOrders };
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
  return { files, hasOrders };
}

const largeBytes = 200e6; // about three million orders; plain, they would take a gigabyte

/** Compressed tables take a sixth of the room and half as much time again: worth it for large files. */
function isLarge(files: ReadFile[]): boolean {
  const bytes = files.map(
    ({ plan, source }) => source.file.size * (plan.compression === "none" ? 1 : 8),
  );
  return bytes.reduce((sum, size) => sum + size, 0) > largeBytes;
}
