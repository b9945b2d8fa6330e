import { bindParams } from "../catalog/bindParams.ts";
import type { Query } from "../catalog/query.ts";
import { checkReads, withTables } from "../catalog/readerQuery.ts";
import type { Engine } from "../engine/engine.ts";
import type { Cell } from "../notebook/notebook.ts";
import { keepQuery, keepTable, keptTables } from "./keepTable.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Models, Ran, RunOptions } from "./runAnalysis.ts";
import { filterVariables, paramsUntil, sqlFor } from "./segments.ts";

/** A cell's place among the others. */
export interface CellPlace {
  /** names of the cells that it reads, whose results are kept */
  reads: readonly string[];
  /** whether others read it, so that its own is kept */
  isKept: boolean;
}

/**
 * The result of one cell: of an analysis, or of SQL over the tables of the shop and over other cells.
 *
 * @throws StatementError for SQL that is not one statement that reads; else as `runAnalysis`
 */
export async function runCell(
  engine: Engine,
  models: Models,
  { cell, query, reads, isKept }: CellPlace & { cell: Cell; query: Query },
  options: RunOptions,
): Promise<Ran> {
  const params = cell.type === "sql" ? withDefaults(query, cell.params) : cell.params;
  const asked = cell.type === "sql" ? overCells(query, reads) : query;
  if (!isKept) return runAnalysis(engine, models, asked, params, options);
  const { signal, filter } = options;
  if (query.model) {
    const ran = await runAnalysis(engine, models, asked, params, options);
    signal?.throwIfAborted();
    await keepTable(engine, cell.id, ran.table, query, { signal });
    return ran;
  }
  const variables = {
    ...bindParams(query.params, paramsUntil(query, params, filter)),
    ...filterVariables(filter),
  };
  const table = await keepQuery(engine, cell.id, sqlFor(asked, filter), { ...options, variables });
  return { table, notes: [] };
}

/** A reader's query over the kept results of cells. @throws StatementError */
export function overCells(query: Query, reads: readonly string[]): Query {
  checkReads(query);
  return { ...query, sql: withTables(query.sql, keptTables(reads)) };
}

/** A prebuilt query has its defaults in its SQL as well; in a reader's they stand in the front matter alone. */
export function withDefaults({ params }: Query, set: Cell["params"]): Cell["params"] {
  return { ...Object.fromEntries(params.map(({ name, default: value }) => [name, value])), ...set };
}
