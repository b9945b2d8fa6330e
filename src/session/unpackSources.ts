import { IntakeError } from "../intake/intakeError.ts";
import type { WorkerOptions } from "../intake/runWorker.ts";
import { unpack } from "../intake/unpack.ts";
import { filesLimit } from "../intake/unpackArchive.ts";
import { freeName } from "./freeName.ts";
import type { Source } from "./source.ts";

export interface UnpackOptions extends Omit<WorkerOptions, "onProgress"> {
  /** told before a file is opened, and of an archive how many of its bytes are done with */
  onFile?: (name: string, bytes: number, totalBytes: number) => void;
}

/**
 * Files as they came, with archives and workbooks replaced by what is inside; what was opened before
 * stays as it is. An archive that is added again takes the place of all that came from it before.
 * What cannot be opened stays as a source with an error, and so does one member of an archive.
 *
 * @throws IntakeError "too-many-files", "cancelled" or "worker"
 */
export async function unpackSources(
  sources: readonly Source[],
  { onFile, ...options }: UnpackOptions = {},
): Promise<Source[]> {
  const packed = new Set(sources.filter(({ origin }) => origin === undefined).map(nameOf));
  if (packed.size > filesLimit) throw new IntakeError("too-many-files", { limit: filesLimit });
  const unpacked: Source[] = [];
  for (const source of sources) {
    if (source.origin !== undefined) {
      if (!packed.has(source.origin)) unpacked.push(source);
      continue;
    }
    const { name, file } = source;
    const onProgress = (_: number, bytes: number) => onFile?.(name, bytes, file.size);
    onProgress(0, 0);
    unpacked.push(...(await open(source, { ...options, onProgress })));
  }
  const taken = new Set<string>();
  return unpacked.map((source) => ({ ...source, name: freeName(source.name, taken) }));
}

async function open(source: Source, options: WorkerOptions): Promise<Source[]> {
  const origin = source.name;
  try {
    const files = await unpack(source.file, source.name, options);
    return files.map((file) => ({ ...source, ...file, origin }));
  } catch (error) {
    if (!(error instanceof IntakeError) || error.code === "cancelled" || error.code === "worker")
      throw error;
    return [{ ...source, origin, error: { code: error.code, args: error.args } }];
  }
}

function nameOf({ name }: Source): string {
  return name;
}
