import type { Localized, Query } from "../catalog/query.ts";
import type { PackedTable } from "./packTable.ts";

/** What a report holds: figures that do not change any more, and words for them in every language. */
export interface Report {
  title: string;
  /** language that it opens in */
  locale: keyof Localized;
  /** of the product that made it */
  version: string;
  currency: string | null;
  /** days as ISO text; to is the day that every figure is as of */
  period: { from: string; to: string } | null;
  /** null where they are of fewer than `smallest` customers */
  totals: { orders: number; customers: number; net: number } | null;
  files: string[];
  /** what the files could not say, and what was taken for it */
  questions: { id: string; question: string; guess: string }[];
  /** the notebook's own filter */
  filter: Localized | null;
  /** what its cells can be narrowed to, one value of `by` at a time */
  by: Localized | null;
  segments: SegmentName[];
  smallest: number;
  hasCustomers: boolean;
  blocks: ReportBlock[];
}

export interface SegmentName {
  id: string;
  label: Localized;
}

export type ReportBlock = { type: "prose"; id: string; html: string } | ReportCell;

export interface ReportCell {
  type: "cell";
  id: string;
  query: ReportQuery;
  sql: string;
  params: Record<string, string | number | boolean | null>;
  /** of everybody first, then of the segments in their order; one alone where it cannot be narrowed */
  figures: Figure[];
}

/** What of a query is shown. */
export type ReportQuery = Pick<
  Query,
  | "id"
  | "title"
  | "question"
  | "definition"
  | "columns"
  | "params"
  | "charts"
  | "values"
  | "order"
  | "isWholeShop"
>;

export type Figure =
  | {
      state: "done";
      table: PackedTable;
      /** places of rows whose figures are withheld */
      withheld: number[];
      /** whether rows are left out of a curve, since single steps of it are of too few: how many would tell of how many */
      isThinned: boolean;
      /** empty where it would tell what is withheld */
      sentence: Localized;
    }
  /** each row is a customer, nothing says whom its rows count, or too few customers are behind all of it */
  | { state: "left-out"; why: "customers" | "unknown" | "few" }
  | { state: "unavailable"; message: Localized }
  /** without the engine's words, which may quote the data */
  | { state: "failed" };
