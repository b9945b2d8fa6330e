import type { Query } from "./query.ts";

/**
 * The tables that a query lays out before its last select: what stands after `with`, without a comma at
 * the end.
 *
 * @throws SyntaxError when it does not begin `with` and end in a `select` at the left margin
 */
export function tablesOf({ id, sql }: Pick<Query, "id" | "sql">): string {
  const end = sql.lastIndexOf("\n)\n\nselect\n");
  if (!sql.startsWith(opening) || end < 0) {
    throw new SyntaxError(`not tables and a select: ${id}`);
  }
  return sql.slice(opening.length, end + "\n)".length);
}

export const opening = "with\n";
