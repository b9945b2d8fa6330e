import type { Engine } from "../engine/engine.ts";
import type { RepairedFile } from "../intake/repairFile.ts";
import { statement } from "./pipeline.ts";

/**
 * Writes rows that a file's repair kept from the tables into the reconciliation. The repair names the
 * first thousand of its rejects and counts the others.
 */
export async function noteRepairSteps(
  engine: Engine,
  file: string,
  { rejects, rejected, skipped }: RepairedFile,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { error } of rejects) counts.set(error, (counts.get(error) ?? 0) + 1);
  counts.set("more", rejected - rejects.length);
  const steps = [
    ...[...counts].map(([reason, rows]) => ["rejected", reason, rows] as const),
    ["excluded", "repeated-header", skipped.header] as const,
    ["excluded", "other-table", skipped.otherTable] as const,
  ];
  for (const [step, reason, rows] of steps) {
    if (rows === 0) continue;
    await engine.query(statement("staging", "repair_steps"), {
      variables: { file, step, reason, rows },
    });
  }
}
