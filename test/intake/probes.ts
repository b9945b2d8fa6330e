import { readFileSync } from "node:fs";
import type { ImportReport } from "../../src/intake/report.ts";

/** A small messy file, and what a right reading of it gives. */
export interface Probe {
  name: string;
  expected: {
    rows?: number;
    cols?: number;
    sum?: number;
    header0?: string;
    mixedCurrency?: boolean;
    dateMixed?: boolean;
    ambiguous?: boolean;
    note: string;
  };
}

const folder = new URL("fixtures/probes/", import.meta.url);

export const probes: Probe[] = Object.entries(
  JSON.parse(readFileSync(new URL("expected.json", folder), "utf8")) as Record<
    string,
    Probe["expected"]
  >,
).map(([name, expected]) => ({ name, expected }));

export function contentOf({ name }: Probe): Uint8Array | string {
  if (name !== "type_late_text.csv") return readFileSync(new URL(name, folder));
  // 900 kilobytes of one row are not kept
  const rows = Array.from({ length: 30_000 }, (_, i) => `${i},2024-01-05,a@x.com,1.00\n`);
  return `Order ID,Date,Customer Email,Total\n${rows.join("")}A30000,2024-01-05,z@x.com,N/A\n`;
}

/** Files that hold no orders: no time, no amount, nothing at all. They are refused, and say why. */
export const refusals: Record<string, string[]> = {
  "all_text_no_types.csv": ["no-orders"],
  "leading_zero_ids.csv": ["no-time"],
  "long_ids.csv": ["no-time"],
  "bool_like.csv": ["no-orders"],
  "empty.csv": ["empty"],
  "header_only.csv": ["header-only"],
  "xlsx_as_csv.csv": ["xlsx", "broken-workbook"],
  "wide.csv": ["no-orders"],
  "formula.csv": ["no-time"],
  "xss_header.csv": ["no-time"],
};

/** What is wrong with a reading although no refusal, question or rejected row says so. */
export function silentFaults({ name, expected }: Probe, { files, totals }: ImportReport): string[] {
  const [file] = files;
  if (!file) return ["no report"];
  const codes = refusals[name];
  if (codes) {
    const isSaid = file.kind === "refused" && codes.includes(file.error?.code ?? "");
    return isSaid && file.error!.message !== "" ? [] : [`${file.kind}: ${file.error?.code}`];
  }
  const asked = file.questions.map(({ id }) => id);
  const { rows, sum, header0 } = expected;
  const faults: string[] = [];
  if (file.kind !== "orders") faults.push(`is ${file.kind}`);
  if (rows !== file.rows.read) faults.push(`${file.rows.read} rows`);
  if (sum !== undefined && totals.gross !== sum.toFixed(2)) faults.push(`gross ${totals.gross}`);
  if (header0 && file.mapping.order_id !== header0) faults.push(`id ${file.mapping.order_id}`);
  if ((expected.ambiguous || expected.dateMixed) && !asked.includes("date-order"))
    faults.push("the order of day and month is not asked");
  if (expected.mixedCurrency && !(asked.includes("currency-mix") && totals.currency))
    faults.push(`currencies are added: ${totals.gross}`);
  const { kept, merged, excluded, rejected, read } = file.rows;
  if (read !== kept + merged + excluded + rejected) faults.push("rows do not tie");
  if (rejected !== (isShort(name) ? 1 : 0)) faults.push(`${rejected} rows rejected`);
  if (rejected > 0 && !file.rejects.some(({ line, column }) => line > 1 && column === "Total"))
    faults.push("the rejected row is not named");
  return faults;
}

/** One row of these has no amount: it is rejected by line and column. */
function isShort(name: string): boolean {
  return name === "too_few.csv" || name === "type_late_text.csv";
}
