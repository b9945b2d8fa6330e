import { csvBlob } from "./csvBlob.ts";
import type { FilePlan } from "./source.ts";

/**
 * Where every row of every file went: for each file what was read, then each step and reason with
 * its rows, orders and amount. The rows of kept, merged, excluded and rejected add up to read.
 */
export function reconciliationCsv(files: readonly Pick<FilePlan, "report" | "steps">[]): Blob {
  const rows = files.flatMap(({ report, steps }) => [
    [report.name, "read", "", String(report.rows.read), "", ""],
    ...steps.map(({ step, reason, rows: count, orders, amount }) => [
      report.name,
      step,
      reason === step ? "" : reason,
      String(count),
      String(orders),
      amount,
    ]),
  ]);
  return csvBlob([["file", "step", "reason", "rows", "orders", "amount"], ...rows]);
}
