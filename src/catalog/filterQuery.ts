import type { Query } from "./query.ts";
import { opening, tablesOf } from "./tablesOf.ts";

/**
 * A query over the customers of one segment: the filter's tables, which have the names of those that the
 * query reads, come before the query's own. The values of both are bound as variables.
 *
 * @param filter a query of the folder `filters`, whose last statement lists its segments
 * @returns the SQL of one statement
 * @throws SyntaxError when either does not begin `with`
 */
export function filterQuery({ id, sql }: Pick<Query, "id" | "sql">, filter: Query): string {
  if (!sql.startsWith(opening)) throw new SyntaxError(`does not begin with its tables: ${id}`);
  return `${opening}${tablesOf(filter)},\n\n${sql.slice(opening.length)}`;
}
