import { evaluateFacts, readFact } from "../catalog/evaluateFacts.ts";
import type { FactTable } from "../catalog/evaluateFacts.ts";
import type { Column, CountRules, Fact, Level, Localized, Query } from "../catalog/query.ts";
import { aboutFew } from "./aboutFew.ts";
import { unitsOf, type Rows } from "./countedUnits.ts";
import { packColumn, unpackTable } from "./packTable.ts";
import type { Figure } from "./report.ts";
import { thinnedRows } from "./thinnedRows.ts";
import { isSmall } from "./withhold.ts";
import { withheldRows, type Part } from "./withheldRows.ts";

/** A result of a query: of everybody, or of one segment. */
export interface Result {
  table: SourceTable;
  /** figures of a model's whole answer that no row holds */
  answers?: FactTable["answers"] | undefined;
  sentence: Localized;
  /** numbers of customers that the sentence tells besides its facts */
  toldBeside?: readonly number[];
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
  /** whether all customers together are too few */
  isFew?: boolean;
}

/**
 * Results as a report may show them. No count of customers from 1 to `smallest` − 1 is in them, nor one that is
 * told by subtraction, where these are known: every sum of a table over any of its keys, the sums of which its
 * sentence speaks, and the table of everybody beside those of segments. A row with such a count loses all of its
 * figures; further rows lose theirs where they would give it back. Rows along a curve go where a single step is
 * of too few. A figure of which nothing about anybody remains is left out.
 *
 * @param everybody the result without a segment
 * @param segments those of the segments, in their order; none where it cannot be narrowed
 */
export async function figuresOf(
  query: Counted,
  everybody: Result,
  segments: readonly Result[],
  { smallest, hasCustomers = false, isFew = false }: Options,
): Promise<Figure[]> {
  const { counts } = query;
  if (hasCustomers && (counts === "customer" || counts === undefined))
    return [everybody, ...segments].map((result) =>
      toFigure(query, result, { smallest, rules: uncounted }),
    );
  if (counts === "customer") return [{ state: "left-out", why: "customers" }];
  if (counts === undefined) return [{ state: "left-out", why: "unknown" }];
  if (isFew && counts.open.length === 0) return [tooFew];
  const whole = partOf(query, everybody, { counts, smallest });
  const {
    all: [hidden = new Uint8Array()],
    isTold,
  } = await withheld(counts.levels, [whole], { smallest });
  const first = toShown(query, everybody, { smallest, hidden, rules: counts, isTold });
  // the steps of a curve fall elsewhere in each segment, so that curves would tell each other's
  if (counts.levels.some(({ isRunning }) => isRunning) || segments.length === 0) return [first];
  const parts = segments.map((result) => partOf(query, result, { counts, smallest }));
  const narrowed = await withheld(counts.levels, parts, {
    smallest,
    whole: { rows: whole.rows, hidden },
  });
  if (!narrowed.all.some((flags) => flags.includes(0))) return [first];
  const others = segments.map((result, i) =>
    toShown(query, result, {
      smallest,
      hidden: narrowed.all[i]!,
      rules: counts,
      isTold: narrowed.isTold,
    }),
  );
  return [first, ...others];
}

const uncounted: CountRules = { levels: [], about: [], open: [] };
const tooFew: Figure = { state: "left-out", why: "few" };

/** Where the sums of which the sentences speak would leave nothing to show, the sentences go. */
async function withheld(...[levels, parts, options]: Parameters<typeof withheldRows>): Promise<{
  all: Uint8Array[];
  isTold: boolean;
}> {
  const all = await withheldRows(levels, parts, options);
  if (all.some((hidden) => hidden.includes(0))) return { all, isTold: true };
  const silent = parts.map((part) => ({ ...part, told: [] }));
  return { all: await withheldRows(levels, silent, options), isTold: false };
}

/** Whether a result of this query can be shown at all. */
export function isShown({ counts }: Pick<Query, "counts">, hasCustomers: boolean): boolean {
  return hasCustomers || (counts !== undefined && counts !== "customer");
}

/** Whether it can be shown for each segment. */
export function isNarrowed(query: Pick<Query, "counts" | "isWholeShop">): boolean {
  const { counts } = query;
  const levels = typeof counts === "object" ? counts.levels : [];
  return !query.isWholeShop && !levels.some(({ isRunning }) => isRunning);
}

interface Withheld {
  smallest: number;
  rules: CountRules;
  /** whether the rows are withheld for the sums of its sentence as well */
  isTold?: boolean;
  hidden?: Uint8Array;
}

/** A figure, or that nothing about anybody remains of it. */
function toShown(query: Counted, result: Result, withheld: Withheld): Figure {
  const figure = toFigure(query, result, withheld);
  if (figure.withheld.length === 0 && !figure.isThinned) return figure;
  if (withheld.rules.open.length > 0) return figure;
  const gone = new Set(figure.withheld);
  const rows = rowsOf(unpackTable(figure.table));
  const amount = (name: string, row: number) => Number(rows.column(name)?.(row) ?? 0);
  const isAbout = (row: number) =>
    withheld.rules.levels.some(({ counts }) =>
      counts.some(({ name, of }) => amount(name, row) > 0 && (!of || amount(of, row) > 0)),
    );
  const isAnything = Array.from({ length: rows.length }, (_, row) => row).some(
    (row) => !gone.has(row) && isAbout(row),
  );
  return isAnything ? figure : tooFew;
}

function toFigure(
  { columns, facts }: Counted,
  { table, answers, sentence, toldBeside = [] }: Result,
  { smallest, rules, isTold = true, hidden = new Uint8Array(table.numRows) }: Withheld,
): Done {
  const rows = rowsOf(table);
  const { levels } = rules;
  const thin = levels
    .filter(({ isRunning }) => isRunning)
    .map((level) => thinnedRows(level, rows, smallest));
  const few = aboutFew(rules.about, rows, smallest);
  const kept = Array.from({ length: table.numRows }, (_, row) => row).filter((row) =>
    thin.every((one) => one.kept.has(row)),
  );
  const open = new Set([...levels.flatMap((level) => level.keys), ...rules.open]);
  const isOpen = (column: Column) => open.has(column.name) || column.type === "flag";
  const shown = columns.flatMap((column) => {
    const vector = table.getChild(column.name);
    if (!vector) return [];
    const at = (row: number): Value => {
      if (hidden[row] && !isOpen(column)) return null;
      if (few.isHidden(column.name, row)) return null;
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
  const isSaid =
    levels.length === 0 ||
    (facts.every((fact) => isSafe(fact, telling)) &&
      !toldBeside.some((count) => isSmall(count, smallest)));
  return {
    state: "done",
    table: {
      rows: kept.length,
      columns: shown.map(({ name, type, values }) => packColumn(name, type, values)),
    },
    withheld: kept.flatMap((row, place) => (hidden[row] ? [place] : [])),
    isThinned: table.numRows > kept.length,
    sentence: isSaid ? sentence : { en: "" },
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
  const { aggregate, rows: about } = readFact(fact, full);
  if (aggregate === "answer")
    return fact.type !== "count" || !isSmall(Number(evaluate(fact, full)), smallest);
  if (evaluate(fact, full) === evaluate(fact, { ...published, answers: {} })) return true;
  if (!isTold || !sums.has(aggregate)) return false;
  if (levels.some(({ isRunning }) => isRunning)) return false;
  return levels.every((level) => {
    const wanted = new Set(about);
    const units = unitsOf(level, rows).filter((unit) => unit.rows.some((row) => wanted.has(row)));
    const width = units[0]?.values.length ?? 0;
    return Array.from({ length: width }, (_, column) => column).every((column) => {
      const total = units.reduce((sum, { values }) => sum + (values[column]! || 0), 0);
      return !isSmall(total, smallest);
    });
  });
}

function evaluate(fact: Fact, table: FactTable): string {
  return JSON.stringify(evaluateFacts([fact], table)[fact.name] ?? null);
}

const sums = new Set(["sum", "ratio", "lower", "upper"]);

function partOf(
  { facts }: Counted,
  { table }: Result,
  { counts: { levels, about }, smallest }: { counts: CountRules; smallest: number },
): Part {
  const rows = rowsOf(table);
  const full = factTable(table);
  const told = facts
    .map((fact) => readFact(fact, full))
    .filter(({ aggregate }) => levels.length > 0 && sums.has(aggregate))
    .map(({ rows: of }) => of);
  return { rows, told, hidden: aboutFew(about, rows, smallest).hidden };
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
