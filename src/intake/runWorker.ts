import IntakeWorker from "./intake.worker.ts?worker&inline";
import { IntakeError } from "./intakeError.ts";
import type { IntakeReply, IntakeRequest } from "./intakeMessages.ts";

export interface WorkerOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((records: number, bytes: number) => void) | undefined;
  startWorker?: () => Worker;
}

/** The reply that ends a request. */
export type IntakeAnswer = Exclude<IntakeReply, { type: "progress" } | { type: "failed" }>;

/**
 * One request in an intake worker of its own. Aborting ends the worker at once.
 *
 * @throws IntakeError "cancelled", "worker", and what the work itself throws
 */
export function runWorker(
  request: IntakeRequest,
  { signal, onProgress, startWorker = () => new IntakeWorker() }: WorkerOptions,
): Promise<IntakeAnswer> {
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
      else finish(() => resolve(data));
    };
    worker.postMessage(request);
  });
}
