import type { FilePlan } from "./plan.ts";
import { quoteText } from "./valueSql.ts";

/** What of a plan the engine's reader must know; a repaired file is read with `repairedLayout`. */
export type Layout = Pick<FilePlan, "delimiter" | "quote" | "escape" | "skipRows"> & {
  columns: string[];
  /** set where it is known for certain: a first value that holds a lone CR misleads the engine */
  lineEnd?: "\n";
};

/** The layout of what `repairFile` writes: RFC 4180, no header. */
export function repairedLayout(plan: FilePlan): Layout {
  return {
    delimiter: ",",
    quote: '"',
    escape: '"',
    skipRows: 0,
    columns: plan.columns,
    lineEnd: "\n",
  };
}

/** The rows of a file, as it came or as it was repaired. */
export function sourceSql(plan: FilePlan, path: string, repaired: boolean): string {
  return readCsvSql(repaired ? repairedLayout(plan) : plan, path);
}

const lineBytes = 1 << 24; // four bytes for each character of the longest record that the repair makes
const bufferBytes = 32_000_000; // what the engine takes by default, for lines of two megabytes

// new_line is left out of a file as it came: with '\r\n' and a skip, engine 1.4.3 reads no row at all and says nothing
/**
 * `read_csv(…)` with nothing left to the engine's sniffer: every column text, named c0, c1, …, and
 * the strict mode that fails on any record that is not as the plan says.
 */
export function readCsvSql(layout: Layout, path: string): string {
  const columns = layout.columns.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const options = [
    quoteText(path),
    "auto_detect = false",
    "header = false",
    `skip = ${layout.skipRows}`,
    `delim = ${quoteText(layout.delimiter)}`,
    `quote = ${quoteText(layout.quote)}`,
    `escape = ${quoteText(layout.escape)}`,
    "comment = ''",
    "nullstr = ''",
    "strict_mode = true",
    "null_padding = false",
    "ignore_errors = false",
    "store_rejects = false",
    "compression = 'none'",
    "encoding = 'utf-8'",
    `max_line_size = ${lineBytes}`,
    `buffer_size = ${bufferBytes}`,
    ...(layout.lineEnd ? ["new_line = '\\n'"] : []),
    `columns = {${columns}}`,
  ];
  return `read_csv(${options.join(", ")})`;
}

/** Whether an engine's error says that a file is not cut as its plan says: then the careful lane takes it. */
export function isStructureError(message: string): boolean {
  return /CSV Error|CSV File|CSV Parser|csv_scanner|unterminated quote|Expected Number of Columns|Invalid unicode|not utf-8|Maximum line size|state machine reached/i.test(
    message,
  );
}
