import { isOrderKind } from "./loadFile.ts";
import type { ReadFile } from "./loadFile.ts";

/**
 * Sheets of dates and amounts beside a sheet of the same workbook that has order numbers or
 * customers are its totals by day or month: added up with it they would count every order twice.
 *
 * @returns the files, with such sheets refused, which a column given by the reader takes back
 */
export function refuseSummaries(files: readonly ReadFile[]): ReadFile[] {
  const detailed = new Set(files.filter(isDetailed).map(({ source }) => source.book));
  return files.map((file) => {
    const { plan, source } = file;
    const isSummary = isOrderKind(plan) && !isDetailed(file) && detailed.has(source.book);
    if (!isSummary || source.book === undefined) return file;
    const error = { code: "summary-sheet", args: {} };
    return { ...file, plan: { ...plan, kind: "refused", questions: [], error } };
  });
}

function isDetailed({ plan }: ReadFile): boolean {
  const { order_id, customer } = plan.fields;
  return isOrderKind(plan) && (order_id !== undefined || customer !== undefined);
}
