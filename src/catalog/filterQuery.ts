import type { Query } from "./query.ts";

/**
 * A query over the customers of one segment: the filter's tables, which have the names of those that the
 * query reads, come before the query's own. The values of both are bound as variables.
 *
 * @param filter a query of the folder `filters`, whose last statement lists its segments
 * @returns the SQL of one statement
 * @throws SyntaxError when either does not begin `with` and end in a `select` at the left margin
 */
export function filterQuery(query: Pick<Query, "id" | "sql">, filter: Query): string {
  return `with\n${tablesOf(filter)},\n\n${query.sql.slice(withOf(query).length)}`;
}

/** what stands between `with` and the last select */
function tablesOf(filter: Query): string {
  const start = withOf(filter).length;
  const end = filter.sql.indexOf("\n)\n\nselect\n");
  if (end < 0) throw new SyntaxError(`no last select: ${filter.id}`);
  return filter.sql.slice(start, end + "\n)".length);
}

function withOf({ id, sql }: Pick<Query, "id" | "sql">): string {
  const found = /^with\n/.exec(sql)?.[0];
  if (!found) throw new SyntaxError(`does not begin with its tables: ${id}`);
  return found;
}
