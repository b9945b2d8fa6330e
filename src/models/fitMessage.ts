import { ModelError, type ModelErrorCode } from "./modelError.ts";
import type { ModelAnswer, ModelRequest } from "./modelRequest.ts";
import { runModel } from "./runModel.ts";

/** To the model worker, and back with the same id. */
export interface FitMessage {
  id: number;
  request: ModelRequest;
}

export type FitReply =
  | { id: number; type: "done"; answer: ModelAnswer<ModelRequest> }
  | {
      id: number;
      type: "failed";
      code: ModelErrorCode;
      message: string;
      value: number | undefined;
      needed: number | undefined;
    };

/** Runs what a message asks for; whatever is thrown becomes a reply. */
export function answerMessage({ id, request }: FitMessage): FitReply {
  try {
    return { id, type: "done", answer: runModel(request) };
  } catch (error) {
    const known = error instanceof ModelError ? error : undefined;
    return {
      id,
      type: "failed",
      code: known?.code ?? "failed",
      message: error instanceof Error ? error.message : String(error),
      value: known?.value,
      needed: known?.needed,
    };
  }
}

/** the buffers of the typed arrays among columns: handed over, not copied */
export function buffersOf(columns: object): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) =>
    column instanceof Float64Array && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}
