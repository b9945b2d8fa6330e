import { IntakeError } from "./intakeError.ts";
import { lineOf } from "./lineIndex.ts";
import type { FilePlan } from "./plan.ts";
import type { Repair, RepairOptions } from "./repair.ts";
import { runWorker } from "./runWorker.ts";

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
export async function repairFile(
  file: Blob,
  plan: FilePlan,
  options: RepairOptions = {},
  startWorker?: () => Worker,
): Promise<RepairedFile> {
  const reply = await runWorker(
    { id: 1, type: "repair", file, plan },
    { ...options, ...(startWorker && { startWorker }) },
  );
  if (reply.type !== "done") throw new IntakeError("worker", { message: reply.type });
  return { ...reply.repair, lineOf: (rowNo) => lineOf(reply.repair.lines, rowNo) };
}
