import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import { filterQuery } from "../catalog/filterQuery.ts";
import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import { withTables } from "../catalog/readerQuery.ts";
import { tablesOf } from "../catalog/tablesOf.ts";
import type { Engine } from "../engine/engine.ts";
import type { Filter } from "../notebook/filter.ts";
import { readRow } from "./pipeline.ts";

/** A segment of an attribute, and how many customers are in it. */
export interface Segment {
  value: string;
  customers: number;
}

const segmentQuery = queries.find(({ folder, id }) => folder === "filters" && id === "segment")!;

/** What customers can be told apart by. */
export const segmentAttributes: readonly string[] = segmentQuery.params[0]!.choices;

/** Those of them that some customer has a value of. */
export async function attributesIn(engine: Engine): Promise<Set<string>> {
  const places: Record<string, string> = {
    member: "customer_summary.first_is_member",
    source: "customers.source",
    tier: "customers.tier",
  };
  const counts = segmentAttributes.map((by) => {
    const place = places[by] ?? `customer_summary.first_${by}`;
    return `(select count(${place}) > 0 from ${place.split(".")[0]}) as ${by}`;
  });
  const row = await readRow(engine, `select ${counts.join(", ")}`);
  return new Set(segmentAttributes.filter((by) => row[by] === true));
}

/** What attributes and segments without a name in the data are called. */
export const segmentWords: Pick<Query, "values"> = segmentQuery;

/** The segments of an attribute among the customers of a filter, the largest first. */
export async function segmentsBy(engine: Engine, by: string, filter?: Filter): Promise<Segment[]> {
  const variables = { ...filterVariables(filter), filter_by: by };
  const table = await engine.query(segmentQuery.sql, { variables });
  const [values, customers] = [table.getChild("value"), table.getChild("customers")];
  return Array.from({ length: table.numRows }, (_, row) => ({
    value: String(values?.get(row)),
    customers: Number(customers?.get(row)),
  }));
}

/** The SQL that computes an analysis for a segment, or for everybody. */
export function sqlFor(query: Query, filter: Filter | undefined): string {
  if (!filter || !isOfSome(filter) || query.isWholeShop) return query.sql;
  return query.folder === "cells"
    ? withTables(query.sql, [tablesOf(segmentQuery)])
    : filterQuery(query, segmentQuery);
}

/** What that SQL reads beside the query's own params. @throws RangeError for no such attribute */
export function filterVariables(filter: Filter | undefined): Record<string, ParamValue> {
  if (!filter) return {};
  const { segments, firstFrom = null, firstUntil = null, mark } = filter;
  const chosen = Object.entries(segments).map(([by, values]) => [
    `filter_${by}`,
    values.map((value) => `\u001F${value}\u001F`).join(""),
  ]);
  return bindParams(segmentQuery.params, {
    ...Object.fromEntries(chosen),
    filter_first_from: firstFrom,
    filter_first_until: firstUntil,
    filter_is_marked: mark !== undefined,
  });
}

/** The params of a query with the notebook's last day, where the cell does not say its own. */
export function paramsUntil(
  query: Query,
  params: Record<string, unknown>,
  filter: Filter | undefined,
): Record<string, unknown> {
  const isOpen = (params.as_of ?? null) === null;
  if (!filter?.until || !isOpen || !query.params.some(({ name }) => name === "as_of"))
    return params;
  return { ...params, as_of: filter.until };
}

/** Whether a filter leaves customers out; it may only end the time. */
export function isOfSome({ segments, firstFrom, firstUntil, mark }: Filter): boolean {
  return Object.keys(segments).length > 0 || !!(firstFrom ?? firstUntil ?? mark);
}
