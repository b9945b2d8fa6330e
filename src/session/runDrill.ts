import type { Table } from "apache-arrow";
import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import { drillQuery } from "../catalog/drillQuery.ts";
import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import type { Engine } from "../engine/engine.ts";
import type { SegmentFilter } from "../notebook/notebook.ts";
import { filterVariables, sqlFor } from "./segments.ts";

/** What is told of the customers behind a figure. */
export const drilledQuery = queries.find(
  ({ folder, id }) => folder === "filters" && id === "drilled",
)!;

/** A row of a result, and what the result is of. */
export interface Drilled {
  params: Record<string, unknown>;
  row: Record<string, ParamValue>;
  filter: SegmentFilter | undefined;
}

/** The customers that one row of a result counts, in the columns of `drilledQuery`. @throws as `runAnalysis` */
export async function runDrill(
  engine: Engine,
  query: Query,
  { params, row, filter }: Drilled,
): Promise<Table> {
  const { sql, variables } = drillQuery(query, drilledQuery, row);
  return engine.query(sqlFor({ ...query, sql }, filter), {
    variables: { ...bindParams(query.params, params), ...filterVariables(filter), ...variables },
  });
}
