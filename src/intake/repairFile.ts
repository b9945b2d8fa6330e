import IntakeWorker from "./intake.worker.ts?worker&inline";
import { IntakeError } from "./intakeError.ts";
import type { IntakeReply, IntakeRequest } from "./intakeMessages.ts";
import { lineOf } from "./lineIndex.ts";
import type { FilePlan } from "./plan.ts";
import type { Repair, RepairOptions } from "./repair.ts";

/** A repair, with the line of each of its records. */
export interface RepairedFile extends Repair {
  /** @param rowNo 1-based record of the blob, as `row_no` has it */
  lineOf: (rowNo: number) => number;
}

/**
 * The careful lane: reads a file in a worker of its own and writes one that the engine's strict
 * reader takes (`stagingSql(plan, path, { repaired: true })`). Aborting ends the worker at once.
 *
 * @throws IntakeError "cancelled", "unreadable" or "worker"
 */
export function repairFile(
  file: Blob,
  plan: FilePlan,
  { signal, onProgress }: RepairOptions = {},
  startWorker: () => Worker = () => new IntakeWorker(),
): Promise<RepairedFile> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new IntakeError("cancelled"));
      return;
    }
    const worker = startWorker();
    const finish = (settle: () => void) => {
      worker.terminate();
      signal?.removeEventListener("abort", cancel);
      settle();
    };
    const cancel = () => finish(() => reject(new IntakeError("cancelled")));
    signal?.addEventListener("abort", cancel);
    worker.onerror = (event) =>
      finish(() => reject(new IntakeError("worker", { message: event.message })));
    worker.onmessage = ({ data }: MessageEvent<IntakeReply>) => {
      if (data.type === "progress") onProgress?.(data.records, data.bytes);
      else if (data.type === "failed")
        finish(() => reject(new IntakeError(data.code, data.args, data.message)));
      else finish(() => resolve(withLines(data.repair)));
    };
    worker.postMessage({ id: 1, type: "repair", file, plan } satisfies IntakeRequest);
  });
}

function withLines(repair: Repair): RepairedFile {
  return { ...repair, lineOf: (rowNo) => lineOf(repair.lines, rowNo) };
}
