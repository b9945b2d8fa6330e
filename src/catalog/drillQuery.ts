import type { ParamValue } from "./bindParams.ts";
import type { ColumnType, Query } from "./query.ts";
import { opening, tablesOf } from "./tablesOf.ts";

const types: Record<ColumnType, string> = {
  text: "varchar",
  date: "date",
  count: "bigint",
  number: "double",
  share: "double",
  money: "double",
  days: "double",
  flag: "boolean",
};

/**
 * The query whose rows are the customers of one row of an analysis: its own tables, the row as `this_row`,
 * the customers that its front matter selects, and what is told of each.
 *
 * @param query an analysis that has a drill
 * @param list a query over `drilled_customers`
 * @param row the values of the row by column; dates as ISO text
 * @returns SQL of one statement, and the variables that it reads beside the query's params
 * @throws RangeError for an analysis without a drill; SyntaxError for one without tables
 */
export function drillQuery(
  query: Query,
  list: Pick<Query, "sql">,
  row: Record<string, ParamValue>,
): { sql: string; variables: Record<string, ParamValue> } {
  if (!query.drill) throw new RangeError(`no customers behind a row of: ${query.id}`);
  const { sql } = query.drill;
  const read = query.columns.filter(({ name }) => new RegExp(`this_row\\."?${name}\\b`).test(sql));
  const columns = read.map(
    ({ name, type }) => `    getvariable('row_${name}')::${types[type]} as "${name}"`,
  );
  const parts = [
    `${opening}${tablesOf(query)}`,
    `this_row as (\n  select\n${columns.join(",\n")}\n)`,
    `drilled_customers as (\n  ${sql}\n)`,
  ];
  return {
    sql: `${parts.join(",\n\n")}\n\n${list.sql}`,
    variables: Object.fromEntries(read.map(({ name }) => [`row_${name}`, row[name] ?? null])),
  };
}
