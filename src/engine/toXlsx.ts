import writeXlsxFile from "write-excel-file/browser";
import type { CellObject } from "write-excel-file/browser";

/** A column of a sheet, by row number of what it is made from. */
export interface SheetColumn {
  header: string;
  /** day: milliseconds since 1970 */
  type: "text" | "number" | "day" | "flag";
  /** of numbers and days, as Excel writes it, such as `0.0%` */
  format?: string;
  /** of an average character */
  width?: number;
  valueOf: (row: number) => string | number | boolean | null;
}

/** What Excel itself takes, less the header. */
export const mostSheetRows = 1_048_575;

const rowsPerSlice = 2000; // of work at a time, so that a page stays alive
const longestText = 32_767; // characters of a cell

/**
 * A workbook of one sheet with its header kept in sight. Text stays text, whatever it begins with: no
 * cell holds a formula. Some 10 MB and a second for each 100,000 rows of ten columns.
 *
 * @param rows row numbers in the order to write them
 * @throws RangeError for more rows than a sheet takes
 */
export async function toXlsx(
  columns: readonly SheetColumn[],
  rows: ArrayLike<number>,
  { sheet }: { sheet: string },
): Promise<Blob> {
  if (rows.length > mostSheetRows) {
    throw new RangeError(`too many rows for a sheet; at most ${mostSheetRows}: ${rows.length}`);
  }
  const header = columns.map(({ header: value }): CellObject => ({
    value,
    type: String,
    fontWeight: "bold",
    wrap: true,
  }));
  const data: (CellObject | null)[][] = [header];
  for (let start = 0; start < rows.length; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rows.length);
    for (let place = start; place < end; ++place) {
      data.push(columns.map((column) => toCell(column, column.valueOf(rows[place]!))));
    }
    if (end < rows.length) await new Promise((resolve) => setTimeout(resolve));
  }
  return writeXlsxFile(data, {
    sheet: sheet.replace(/[\\/?*[\]:]/g, " ").slice(0, 31),
    stickyRowsCount: 1,
    columns: columns.map(({ width = 14 }) => ({ width })),
  }).toBlob();
}

function toCell({ type, format }: SheetColumn, value: string | number | boolean | null) {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (type === "text") return { value: String(value).slice(0, longestText), type: String };
  if (type === "flag") return { value: value === true, type: Boolean };
  const styled = format ? { format } : {};
  if (type === "number") return { value: Number(value), type: Number, ...styled };
  return { value: new Date(Number(value)), type: Date, format: format ?? "yyyy-mm-dd" };
}
