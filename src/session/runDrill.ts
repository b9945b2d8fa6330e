import type { Table } from "apache-arrow";
import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import { drillQuery } from "../catalog/drillQuery.ts";
import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import type { Engine } from "../engine/engine.ts";
import type { Filter } from "../notebook/filter.ts";
import { filterVariables, paramsUntil, sqlFor } from "./segments.ts";

/** What is told of the customers behind a figure. */
export const drilledQuery = queries.find(
  ({ folder, id }) => folder === "filters" && id === "drilled",
)!;

const markedQuery = queries.find(({ folder, id }) => folder === "filters" && id === "marked")!;

/** A row of a result, and what the result is of. */
export interface Drilled {
  params: Record<string, unknown>;
  row: Record<string, ParamValue>;
  filter: Filter | undefined;
}

/** The customers that one row of a result counts, in the columns of `drilledQuery`. @throws as `runAnalysis` */
export async function runDrill(engine: Engine, query: Query, drilled: Drilled): Promise<Table> {
  const { sql, variables } = toStatement(query, drilledQuery, drilled);
  return engine.query(sql, { variables });
}

/** The SQL that selects them. */
export function drillSql(query: Query, drilled: Drilled): string {
  return toStatement(query, drilledQuery, drilled).sql;
}

/** Keeps the customers that a row counts as those of the filter's mark. @throws as `runDrill` */
export async function keepMarked(engine: Engine, query: Query, drilled: Drilled): Promise<void> {
  const { sql, variables } = markedStatement(query, drilled);
  await engine.query(sql, { variables });
}

export function markedStatement(query: Query, drilled: Drilled): Statement {
  const { sql, variables } = toStatement(query, markedQuery, drilled);
  return { sql: `create or replace table marked_customers as\n${sql}`, variables };
}

interface Statement {
  sql: string;
  variables: Record<string, ParamValue>;
}

function toStatement(query: Query, list: Query, { params, row, filter }: Drilled): Statement {
  const { sql, variables } = drillQuery(query, list, row);
  const bound = bindParams(query.params, paramsUntil(query, params, filter));
  return {
    sql: sqlFor({ ...query, sql }, filter),
    variables: { ...bound, ...filterVariables(filter), ...variables },
  };
}
