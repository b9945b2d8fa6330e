/** A prebuilt query as its file describes it: front matter parsed, SQL untouched. */
export interface Query {
  /** the file's name without its ending */
  id: string;
  folder: "canonical" | "staging" | "marts" | "analyses" | "checks" | "filters" | "cells";
  title: Localized;
  question: Localized;
  definition: Localized;
  /**
   * a template with {fact} places, see `facts`; `[a|b]` is the first that has all its facts, `{?fact}` asks for one
   * unsaid, `{count|one|other}` is a plural
   */
  sentence: Localized;
  group: string;
  /** tables it reads */
  needs: string[];
  /** columns of the orders that it says nothing without */
  wants: string[];
  /** `scope: shop`: it says something of the whole shop that no segment has a part of, so no filter narrows it */
  isWholeShop: boolean;
  params: Param[];
  columns: Column[];
  facts: Fact[];
  order: RowOrder | undefined;
  /** figures of the result, the first of them shown first */
  charts: ChartSpec[];
  /** what a choice or a coded value of a text column is called in other languages, by code */
  values: Record<string, Localized>;
  /** who the customers of a row are, where that can be told */
  drill: Drill | undefined;
  /** sums by the day of the first order, from which the rest of its SQL is computed; undefined where nothing says so */
  rollup: Rollup | undefined;
  /** columns by which the reader narrows the notebook along an axis, and what their values say */
  brushes: Record<string, BrushMeaning>;
  /** whom its rows count; undefined where nothing says so */
  counts: Counts | undefined;
  /** a model that turns the rows of the SQL into the columns of the result */
  model: string | undefined;
  sql: string;
}

/** English, and the other languages by tag; English stands in where one is absent. */
export interface Localized {
  en: string;
  "zh-Hans"?: string;
  "zh-Hant"?: string;
}

export type ParamType = "choice" | "integer" | "number" | "date" | "flag" | "text";

export interface Param {
  name: string;
  type: ParamType;
  choices: string[];
  /** null: not set, the SQL decides */
  default: string | number | boolean | null;
  label: Localized;
  note: Localized;
}

export type ColumnType = "text" | "date" | "count" | "number" | "share" | "money" | "days" | "flag";

export interface Column {
  name: string;
  type: ColumnType;
  label: Localized;
  note: Localized;
  /** where its values go from one band to the next, and what the bands are called */
  bands?: Bands;
}

export interface Bands {
  /** ascending; a value on an edge belongs to the band above it */
  edges: number[];
  /** one more than edges */
  labels: Localized[];
}

/** The customers of one row of a result. */
export interface Drill {
  /** the column that counts them */
  count: string;
  /**
   * a select of the keys of customers, once or more often each, from the query's own tables and `this_row`, which
   * has the values of the row by the names of its columns
   */
  sql: string;
}

/** A table of the query's own, each row of which is of customers of one day of the first order alone. */
export interface Rollup {
  table: string;
  /** its columns that add up; the others tell its rows apart */
  sums: string[];
  /** the column that has that day */
  day: string;
}

/** `first`: a period of first orders, which it opens; `until`: a period of orders, which it opens. */
export type BrushMeaning = "first" | "until";

/** Each row is a customer, or the columns that count customers, from the coarsest level to the rows themselves. */
export type Counts = "customer" | CountRules;

export interface CountRules {
  /** from the coarsest to the rows */
  levels: Level[];
  about: About[];
  /** columns that say nothing of any customer: shown also where a row is withheld */
  open: string[];
}

/** Figures that are about other customers than those whom their row counts. */
export interface About {
  /** columns that they stand in; undefined for whole rows */
  columns: string[] | undefined;
  /** the rows with one of these values; undefined for each */
  rows: Choice | undefined;
  /** how many customers: a share, rounded up, of a count, and what that leaves of a whole */
  share: number;
  count: string;
  of: string | undefined;
  /** the row that has the count; undefined for the same one */
  at: Choice | undefined;
}

/** Rows with one of these values in a column. */
export interface Choice {
  column: string;
  values: string[];
}

/** Columns that count customers, or what customers did, once for each of the values of its keys. */
export interface Level {
  /** along the last key, row after row: a step is what one row has more than the one before */
  isRunning: boolean;
  keys: string[];
  /** keys that nobody sums over; of several in one list, not over all at once */
  apart: string[][];
  /** with the column that has all of whom it counts a part */
  counts: { name: string; of: string | undefined }[];
  /** the rows that it counts; undefined for all */
  where?: Choice | undefined;
}

/** How the rows of a result are shown and exported, where not as they come. */
export interface RowOrder {
  column: string;
  direction: "ascending" | "descending";
}

export interface Fact {
  name: string;
  type: ColumnType;
  /**
   * sum(c), first(c), last(c), max(c), min(c), count(), ratio(a, b) = sum a / sum b, lower(a, b) and
   * upper(a, b) = the Wilson 95 % bounds of that ratio, answer(f) = a figure of a model's whole answer;
   * optional `where c = literal and …`, where
   * `=` may also be `!=`, `<`, `<=`, `>` or `>=`, and a literal is 'text', a number, true, false or null
   */
  of: string;
}

export interface ChartSpec {
  /** the file in charts/ that draws it */
  kind: string;
  /** channel to column, for example x=k fill=retention complete=is_complete */
  channels: Record<string, string>;
  /** what the reader chooses it by, where there are several */
  title: Localized;
}
