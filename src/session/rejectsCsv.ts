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
  const lines = [["file", "line", "column", "value", "error"], ...rows].map((row) =>
    row.map(quoteCell).join(","),
  );
  return new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

function quoteCell(value: string): string {
  const safe = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
