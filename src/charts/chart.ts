import type { Table } from "apache-arrow";
import type { Column } from "../catalog/query.ts";

/** What every chart draws from. */
export interface ChartInput {
  table: Table;
  /** the columns of the table, with the label of each in the reader's language */
  columns: (Omit<Column, "label"> & { label: string })[];
  channels: Record<string, string>;
  title: string;
  /** CSS pixels */
  width: number;
  /** colours come from CSS custom properties of the element; this decides what they cannot */
  dark: boolean;
  locale: string;
  /** three-letter code, or null */
  currency: string | null;
  /** the reader's values of the query's params */
  params: Record<string, unknown>;
  /** a word of the interface in the reader's language */
  word: (key: string) => string;
}
