import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import type { Query } from "../catalog/query.ts";
import { toComment, toScript, writeLiterals } from "../catalog/toScript.ts";
import { quoteText } from "../intake/valueSql.ts";
import type { Filter } from "../notebook/filter.ts";
import type { Cell } from "../notebook/notebook.ts";
import { isRead, readBy, sourcesOf } from "./cellGraph.ts";
import { freeName } from "./freeName.ts";
import type { Imported } from "./importSources.ts";
import { keptName } from "./keepTable.ts";
import type { ReadFile } from "./loadFile.ts";
import type { Outcome } from "./outcome.ts";
import { overCells, withDefaults } from "./runCell.ts";
import { markedStatement } from "./runDrill.ts";
import { filterVariables, paramsUntil, sqlFor } from "./segments.ts";
import type { SessionState } from "./sessionState.svelte.ts";

/** A notebook as a script for the DuckDB command line, and the files that it reads. */
export interface SqlScript {
  text: string;
  inputs: ScriptInput[];
}

/** A file that has to lie where the script is run. */
export interface ScriptInput {
  /** as the script calls it */
  name: string;
  content: Blob;
  /** whether it is the reader's own file, byte for byte and under its own name */
  isOwn: boolean;
}

type Host = Pick<
  SessionState,
  "cells" | "filter" | "title" | "text" | "localized" | "query" | "queryOf" | "missing"
> & { readonly outcomes: ReadonlyMap<string, Outcome> };

/**
 * The statements that made the tables, as the page ran them, and then every cell in its order, with the settings and
 * the filter written as literals. A figure that a model computes has no SQL: what the model reads is there.
 */
export function toSqlScript(
  host: Host,
  { files, statements }: Imported,
  version: string,
): SqlScript {
  const inputs = new Map<number, ScriptInput>();
  const taken = new Set<string>();
  for (const { reads } of statements) {
    const file = files.find(({ fileNo }) => fileNo === reads?.fileNo);
    if (file) inputs.set(file.fileNo, toInput(file, taken));
  }
  const tables = statements.map(({ sql, variables, reads }) => {
    const input = reads && inputs.get(reads.fileNo);
    const read = input ? sql.replaceAll(`'${reads.path}'`, () => quoteText(input.name)) : sql;
    return end(writeLiterals(read, variables));
  });
  const names = [...inputs.values()].map(({ name }) => name);
  const head = toComment([
    host.title ?? host.text("notebook.untitled"),
    host.text("script.made", { version }),
    host.text("script.reads", { files: names.join(", ") }),
  ]);
  const part = (word: string) => toComment([host.text(word)]);
  const parts = [head, part("script.tables"), ...tables, part("script.cells")];
  parts.push(...markOf(host), ...cellsOf(host));
  return { text: `${parts.join("\n\n")}\n`, inputs: [...inputs.values()] };
}

/** A file that was mended, or unpacked from another, is not on the reader's disk. */
function toInput({ source, repair }: ReadFile, taken: Set<string>): ScriptInput {
  const isOwn = !repair && source.origin === source.name && !/[/\\*?[\]{}]/.test(source.name);
  const safe = source.name.replace(/[/\\*?[\]{}:"<>|]+/g, "-");
  const stem = safe.replace(/(\.(csv|tsv|txt|gz|zip|xlsx?|html?))+$/i, "");
  const wanted = isOwn ? source.name : `${stem}.${repair ? "mended" : "unpacked"}.csv`;
  return { name: freeName(wanted, taken), content: repair?.blob ?? source.file, isOwn };
}

function markOf(host: Host): string[] {
  const { filter } = host;
  if (!filter?.mark) return [];
  const { mark, ...rest } = filter;
  const row = mark.row as Record<string, ParamValue>;
  const drilled = { ...mark, row, filter: rest };
  const { sql, variables } = markedStatement(host.query(mark.analysis), drilled);
  return [`${toComment([host.text("script.marked")])}\n\n${end(writeLiterals(sql, variables))}`];
}

/** Each cell once, those that another reads before it. */
function cellsOf(host: Host): string[] {
  const { cells } = host;
  const done = new Map<Cell, string | undefined>();
  const isKept = cells.some((cell) => isRead(cell, cells));
  for (const cell of cells) {
    for (const one of [...withoutCircle(cell, cells), cell])
      if (!done.has(one)) done.set(one, toCell(host, one, done));
  }
  const texts = [...done.values()].filter((text) => text !== undefined);
  return isKept ? ["create schema if not exists cells;", ...texts] : texts;
}

function withoutCircle(cell: Cell, cells: readonly Cell[]): Cell[] {
  try {
    return sourcesOf(cell, cells);
  } catch {
    return []; // the page shows the circle
  }
}

function toCell(host: Host, cell: Cell, done: ReadonlyMap<Cell, unknown>): string {
  try {
    const query = host.queryOf(cell);
    const missing = host.missing(query);
    if (missing) return leftOut(host, cell, query, missing);
    const reads = readBy(cell, host.cells);
    const lost = reads.find((one) => !done.has(one) || isWithoutSql(host, one));
    if (lost) return leftOut(host, cell, query, host.text("script.lost", { cell: lost.id }));
    return toStatements(host, cell, query, reads);
  } catch (error) {
    return leftOut(host, cell, undefined, error instanceof Error ? error.message : String(error));
  }
}

function toStatements(host: Host, cell: Cell, query: Query, reads: readonly Cell[]): string {
  const { filter } = host;
  const params = cell.type === "sql" ? withDefaults(query, cell.params) : cell.params;
  const asked =
    cell.type === "sql"
      ? overCells(
          query,
          reads.map(({ id }) => id),
        )
      : query;
  const values = {
    ...bindParams(query.params, paramsUntil(query, params, filter)),
    ...filterVariables(filter),
  };
  const script = toScript({ ...query, sql: sqlFor(asked, filter) }, values, (words) =>
    host.localized(words),
  );
  const comment = toComment([...aboutCell(host, cell, params, filter)]);
  const at = script.indexOf("\n\n");
  const [about, sql] = [script.slice(0, at), end(script.slice(at + 2))];
  const isKept = isRead(cell, host.cells) && !query.model;
  const name = keptName(cell.id);
  const body = isKept
    ? `create or replace table ${name} as\n${sql}\n\nselect * from ${name};`
    : sql;
  const model = query.model ? `\n${toComment([host.text("script.model")])}` : "";
  return `${about}\n${comment}${model}\n\n${body}`;
}

/** Where the cell stands, how it is set and what the page says of it. */
function* aboutCell(
  host: Host,
  { id }: Cell,
  params: Record<string, unknown>,
  filter: Filter | undefined,
): Generator<string> {
  yield host.text("script.cell", { id });
  const set = Object.entries(params).filter(([, value]) => value !== null);
  if (set.length > 0) yield set.map(([name, value]) => `${name} = ${String(value)}`).join(", ");
  if (filter) yield host.text("script.filtered");
  const outcome = host.outcomes.get(id);
  if (outcome?.state === "done" && outcome.sentence)
    yield host.text("script.said", { sentence: outcome.sentence });
}

function leftOut(host: Host, cell: Cell, query: Query | undefined, why: string): string {
  const title = query ? host.localized(query.title) : cell.id;
  return toComment([
    title,
    host.text("script.cell", { id: cell.id }),
    host.text("script.leftOut", { why }),
  ]);
}

function isWithoutSql(host: Host, cell: Cell): boolean {
  try {
    const query = host.queryOf(cell);
    return query.model !== undefined || host.missing(query) !== null;
  } catch {
    return true;
  }
}

function end(sql: string): string {
  return `${sql.trimEnd().replace(/;+$/, "")};`;
}
