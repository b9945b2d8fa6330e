import { csvBlob } from "./csvBlob.ts";
import type { FilePlan } from "./source.ts";

/** Every rejected row with its file, line, column, value and reason; no value runs as a formula. */
export function rejectsCsv(files: readonly Pick<FilePlan, "report">[]): Blob {
  const rows = files.flatMap(({ report }) =>
    report.rejects.map(({ line, column, value, error }) => [
      report.name,
      String(line),
      column,
      value,
      error,
    ]),
  );
  return csvBlob([["file", "line", "column", "value", "error"], ...rows]);
}
