import type { IntakeRequest } from "../../src/intake/intakeMessages.ts";
import { repair } from "../../src/intake/repair.ts";
import type { IntakeAnswer, WorkerOptions } from "../../src/intake/runWorker.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";

/** The intake worker in this thread, for tests without workers: stands in for the module of that name. */
export async function runWorker(
  request: IntakeRequest,
  { signal, onProgress }: WorkerOptions,
): Promise<IntakeAnswer> {
  const { id, file } = request;
  if (request.type === "unpack")
    return {
      id,
      type: "unpacked",
      files: await unpackArchive(file, request.name, (share) => onProgress?.(0, share * file.size)),
    };
  const options = signal ? { signal } : {};
  return { id, type: "done", repair: await repair(file, request.plan, options) };
}
