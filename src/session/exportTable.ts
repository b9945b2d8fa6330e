import type { Table } from "apache-arrow";
import type { Column, Localized, Query } from "../catalog/query.ts";
import { orderOf } from "../engine/orderOf.ts";
import { toCsv } from "../engine/toCsv.ts";
import type { CsvOptions } from "../engine/toCsv.ts";
import { toParquet } from "../engine/toParquet.ts";
import { type SheetColumn, toXlsx } from "../engine/toXlsx.ts";
import type { Locale } from "../words/words.ts";
import { valueText } from "./valueText.ts";

interface Words {
  locale: Locale;
  localized(words: Localized): string;
}

/**
 * A result for other programs: the public names of its columns, codes as they are, days in ISO form.
 *
 * @param rows row numbers in the order to write them; all, in the query's order, where absent
 */
export function exportCsv(
  query: Query,
  table: Table,
  rows?: Uint32Array,
  options: Pick<CsvOptions, "mark"> = {},
): Promise<Blob> {
  return toCsv(table, { ...options, order: rows ?? orderOf(table, query.order) });
}

/** A result for other engines, with the types that it has. */
export function exportParquet(query: Query, table: Table, rows?: Uint32Array): Promise<Blob> {
  return toParquet(table, rows ?? orderOf(table, query.order));
}

/**
 * A result for people: headers and coded values in the reader's language, numbers and days as such.
 *
 * @throws RangeError as `toXlsx`
 */
export function exportXlsx(
  query: Query,
  table: Table,
  words: Words,
  rows = orderOf(table, query.order) ??
    Uint32Array.from({ length: table.numRows }, (_, row) => row),
): Promise<Blob> {
  const columns = query.columns.flatMap((column): SheetColumn[] => {
    const values = table.getChild(column.name);
    if (!values) return [];
    const isText = column.type === "text";
    const valueOf = (row: number) => {
      const value: unknown = values.get(row);
      if (value === null || value === undefined) return null;
      if (isText) return valueText(words, query, column.name, String(value));
      return typeof value === "boolean" ? value : Number(value);
    };
    return [{ header: words.localized(column.label), ...styleOf(column), valueOf }];
  });
  return toXlsx(columns, rows, { sheet: words.localized(query.title) });
}

function styleOf({ type }: Column): Pick<SheetColumn, "type" | "format" | "width"> {
  switch (type) {
    case "text":
      return { type, width: 24 };
    case "date":
      return { type: "day" };
    case "flag":
      return { type };
    case "share":
      return { type: "number", format: "0.0%" };
    case "money":
      return { type: "number", format: "#,##0.00" };
    case "number":
      return { type: "number", format: "0.00" };
    default:
      return { type: "number", format: "#,##0" };
  }
}
