/** Rows as CSV for spreadsheets: a byte order mark, CRLF, and no value that runs as a formula. */
export function csvBlob(rows: readonly (readonly string[])[]): Blob {
  const lines = rows.map((row) => row.map(quoteCell).join(","));
  return new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

function quoteCell(value: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const isFormula = !isNumber && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value);
  const safe = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || isFormula ? `"${safe.replaceAll('"', '""')}"` : safe;
}
