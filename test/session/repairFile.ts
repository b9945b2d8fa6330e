import type { FilePlan } from "../../src/intake/plan.ts";
import { repair } from "../../src/intake/repair.ts";
import type { RepairOptions } from "../../src/intake/repair.ts";
import type { RepairedFile } from "../../src/intake/repairFile.ts";
import { lineOf } from "../../src/intake/lineIndex.ts";

/** The careful lane in this thread, for tests without workers: stands in for the module of that name. */
export async function repairFile(
  file: Blob,
  plan: FilePlan,
  options: RepairOptions = {},
): Promise<RepairedFile> {
  const repaired = await repair(file, plan, options);
  return { ...repaired, lineOf: (rowNo) => lineOf(repaired.lines, rowNo) };
}
