import { evaluateFacts, readFact } from "../catalog/evaluateFacts.ts";
import type { FactTable } from "../catalog/evaluateFacts.ts";
import type { Column, Fact, Level, Localized, Query } from "../catalog/query.ts";
import type { Rows } from "./countedUnits.ts";
import { packColumn } from "./packTable.ts";
import type { Figure } from "./report.ts";
import { thinnedRows } from "./thinnedRows.ts";
import { isSmall } from "./withhold.ts";
import { withheldRows } from "./withheldRows.ts";

/** A result of a query: of everybody, or of one segment. */
export interface Result {
  table: SourceTable;
  /** figures of a model's whole answer that no row holds */
  answers?: FactTable["answers"] | undefined;
  sentence: Localized;
}

/** What an Arrow table has. */
export interface SourceTable {
  numRows: number;
  getChild(name: string): { get(row: number): unknown } | null;
}

type Counted = Pick<Query, "columns" | "facts" | "counts">;
type Done = Extract<Figure, { state: "done" }>;
type Value = string | number | boolean | null;

interface Options {
  /** the fewest customers whom a figure may be about */
  smallest: number;
  /** whether what names customers may be in the report, row by row */
  hasCustomers?: boolean;
}

/**
 * Results as a report may show them. No count of customers from 1 to `smallest` − 1 is in them, nor one that is
 * told by subtraction, where these are known: every sum of a table over any of its keys, the sums of which its
 * sentence speaks, and the table of everybody beside those of segments. A row with such a count loses all of its
 * figures; further rows lose theirs where they would give it back. Rows along a curve go where a single step is
 * of too few.
 *
 * @param everybody the result without a segment
 * @param segments those of the segments, in their order; none where it cannot be narrowed
 */
export function figuresOf(
  query: Counted,
  everybody: Result,
  segments: readonly Result[],
  { smallest, hasCustomers = false }: Options,
): Figure[] {
  const { counts } = query;
  if (hasCustomers && (counts === "customer" || counts === undefined))
    return [everybody, ...segments].map((result) => toFigure(query, result, { smallest }));
  if (counts === "customer") return [{ state: "left-out", why: "customers" }];
  if (counts === undefined) return [{ state: "left-out", why: "unknown" }];
  const whole = partOf(query, everybody, counts);
  const {
    all: [hidden = new Uint8Array()],
    isTold,
  } = withheld(counts, [whole], { smallest });
  const first = toFigure(query, everybody, { smallest, hidden, levels: counts, isTold });
  // the steps of a curve fall elsewhere in each segment, so that curves would tell each other's
  if (counts.some(({ isRunning }) => isRunning) || segments.length === 0) return [first];
  const parts = segments.map((result) => partOf(query, result, counts));
  const narrowed = withheld(counts, parts, { smallest, whole: { rows: whole.rows, hidden } });
  if (!narrowed.all.some((flags) => flags.includes(0))) return [first];
  const others = segments.map((result, i) =>
    toFigure(query, result, { ...narrowed, smallest, hidden: narrowed.all[i]!, levels: counts }),
  );
  return [first, ...others];
}

/** Where the sums of which the sentences speak would leave nothing to show, the sentences go. */
function withheld(...[levels, parts, options]: Parameters<typeof withheldRows>): {
  all: Uint8Array[];
  isTold: boolean;
} {
  const all = withheldRows(levels, parts, options);
  if (all.some((hidden) => hidden.includes(0))) return { all, isTold: true };
  const silent = parts.map((part) => ({ ...part, told: [] }));
  return { all: withheldRows(levels, silent, options), isTold: false };
}

/** Whether a result of this query can be shown at all. */
export function isShown({ counts }: Pick<Query, "counts">, hasCustomers: boolean): boolean {
  return hasCustomers || (counts !== undefined && counts !== "customer");
}

/** Whether it can be shown for each segment. */
export function isNarrowed(query: Pick<Query, "counts" | "isWholeShop">): boolean {
  const isRunning = Array.isArray(query.counts) && query.counts.some((level) => level.isRunning);
  return !query.isWholeShop && !isRunning;
}

interface Withheld {
  smallest: number;
  /** whether the rows are withheld for the sums of its sentence as well */
  isTold?: boolean;
  hidden?: Uint8Array;
  levels?: readonly Level[];
}

function toFigure(
  { columns, facts }: Counted,
  { table, answers, sentence }: Result,
  { smallest, isTold = true, hidden = new Uint8Array(table.numRows), levels = [] }: Withheld,
): Done {
  const rows = rowsOf(table);
  const thin = levels
    .filter(({ isRunning }) => isRunning)
    .map((level) => thinnedRows(level, rows, smallest));
  const kept = Array.from({ length: table.numRows }, (_, row) => row).filter((row) =>
    thin.every((one) => one.kept.has(row)),
  );
  const keys = new Set(levels.flatMap((level) => level.keys));
  const isOpen = (column: Column) => keys.has(column.name) || column.type === "flag";
  const shown = columns.flatMap((column) => {
    const vector = table.getChild(column.name);
    if (!vector) return [];
    const at = (row: number): Value => {
      if (hidden[row] && !isOpen(column)) return null;
      if (thin.some((one) => one.isOwnSmall(column.name, row))) return null;
      return toValue(vector.get(row));
    };
    return [{ ...column, values: kept.map(at) }];
  });
  const published: FactTable = {
    numRows: kept.length,
    column: (name) => {
      const found = shown.find((column) => column.name === name);
      return (row) => found?.values[row] ?? null;
    },
  };
  const full = { ...factTable(table), answers };
  const telling = { full, published, rows, levels, smallest, isTold };
  return {
    state: "done",
    table: {
      rows: kept.length,
      columns: shown.map(({ name, type, values }) => packColumn(name, type, values)),
    },
    withheld: kept.flatMap((row, place) => (hidden[row] ? [place] : [])),
    thinned: table.numRows - kept.length,
    sentence: facts.every((fact) => isSafe(fact, telling)) ? sentence : { en: "" },
  };
}

interface Telling {
  full: FactTable;
  published: FactTable;
  rows: Rows;
  levels: readonly Level[];
  smallest: number;
  isTold: boolean;
}

/** Whether what a sentence says can be read off the published rows, or is a sum that they are withheld for. */
function isSafe(fact: Fact, { full, published, rows, levels, smallest, isTold }: Telling): boolean {
  if (levels.length === 0) return true;
  const { aggregate, columns, rows: about } = readFact(fact, full);
  if (aggregate === "answer" || aggregate === "count") return true;
  const same = (table: FactTable) =>
    JSON.stringify(evaluateFacts([fact], { ...table, answers: {} }));
  if (same(full) === same(published)) return true;
  if (!isTold || !sums.has(aggregate)) return false;
  if (levels.some(({ isRunning }) => isRunning)) return false;
  const sum = (at: (row: number) => unknown) =>
    about.reduce((total, row) => total + Number(at(row) ?? 0), 0);
  return levels.every(({ counts }) =>
    counts.every(({ name, of }) => {
      if (!columns.includes(name)) return true;
      const part = sum(rows.column(name) ?? (() => 0));
      const whole = of === undefined ? 0 : sum(rows.column(of) ?? (() => 0));
      return !isSmall(part, smallest) && !isSmall(whole - part, smallest);
    }),
  );
}

const sums = new Set(["sum", "ratio", "lower", "upper"]);

function partOf({ facts }: Counted, { table }: Result, levels: readonly Level[]) {
  const rows = rowsOf(table);
  const full = factTable(table);
  const told = facts
    .map((fact) => readFact(fact, full))
    .filter(({ aggregate }) => levels.length > 0 && sums.has(aggregate))
    .map(({ rows: about }) => about);
  return { rows, told };
}

function rowsOf(table: SourceTable): Rows {
  return {
    length: table.numRows,
    column: (name) => {
      const vector = table.getChild(name);
      return vector ? (row) => toValue(vector.get(row)) : undefined;
    },
  };
}

function factTable(table: SourceTable): FactTable {
  return {
    numRows: table.numRows,
    column: (name) => {
      const vector = table.getChild(name);
      return (row) => vector?.get(row);
    },
  };
}

function toValue(value: unknown): Value {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "string" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : String(value);
}
