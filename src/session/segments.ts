import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import { filterQuery } from "../catalog/filterQuery.ts";
import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import { withTables } from "../catalog/readerQuery.ts";
import { tablesOf } from "../catalog/tablesOf.ts";
import type { Engine } from "../engine/engine.ts";
import type { SegmentFilter } from "../notebook/notebook.ts";

/** A segment of an attribute, and how many customers are in it. */
export interface Segment {
  value: string;
  customers: number;
}

const segmentQuery = queries.find(({ folder, id }) => folder === "filters" && id === "segment")!;

/** What customers can be told apart by. */
export const segmentAttributes: readonly string[] = segmentQuery.params[0]!.choices;

/** What attributes and segments without a name in the data are called. */
export const segmentWords: Pick<Query, "values"> = segmentQuery;

/** The segments of an attribute, the largest first. @throws RangeError for no such attribute */
export async function segmentsBy(engine: Engine, by: string): Promise<Segment[]> {
  const variables = bindParams(segmentQuery.params, { filter_by: by });
  const table = await engine.query(segmentQuery.sql, { variables });
  const [values, customers] = [table.getChild("value"), table.getChild("customers")];
  return Array.from({ length: table.numRows }, (_, row) => ({
    value: String(values?.get(row)),
    customers: Number(customers?.get(row)),
  }));
}

/** The SQL that computes an analysis for a segment, or for everybody. */
export function sqlFor(query: Query, filter: SegmentFilter | undefined): string {
  if (!filter || query.isWholeShop) return query.sql;
  return query.folder === "cells"
    ? withTables(query.sql, [tablesOf(segmentQuery)])
    : filterQuery(query, segmentQuery);
}

/** What that SQL reads beside the query's own params. @throws RangeError for no such attribute */
export function filterVariables(filter: SegmentFilter | undefined): Record<string, ParamValue> {
  if (!filter) return {};
  const { by, value } = filter;
  return bindParams(segmentQuery.params, { filter_by: by, filter_value: value });
}
