import type { Query } from "./query.ts";
import { tablesRead } from "./tablesRead.ts";
import { opening, tablesOf } from "./tablesOf.ts";

/** A query in two steps: what is summed up by the day of the first order, and the result from those sums. */
export interface RolledUp {
  /** gives the sums; whatever narrows the customers otherwise goes before it, as before the query */
  sums: string;
  /** the query's own statement over the kept sums of the chosen days */
  result: string;
}

/**
 * Sums over customers can be narrowed to days of the first order after they were made, where each is of one
 * such day: the result over them is the result over the customers of those days, to the last digit. It reads
 * a thousandth of the rows.
 *
 * @param kept the table in which the sums lie when the result is asked for
 * @param days a table of one row, the days that are chosen: first_from and first_until, null where open
 * @returns undefined for a query without a rollup
 * @throws SyntaxError where the rollup is none of its tables, or it does not begin with them
 */
export function rollUp(
  query: Pick<Query, "id" | "sql" | "rollup">,
  { kept, days }: { kept: string; days: string },
): RolledUp | undefined {
  if (!query.rollup) return undefined;
  const { table, day } = query.rollup;
  const tables = splitTables(tablesOf(query));
  const at = [...tables.keys()].indexOf(table);
  if (at < 0) throw new SyntaxError(`rollup is none of its tables: ${query.id}: ${table}`);
  const end = query.sql.slice(opening.length + tablesOf(query).length).trim();
  const before = [...tables].slice(0, at + 1);
  const from = new Map(tables).set(
    table,
    `${table} as (
  select kept.*
  from ${kept} as kept
  cross join ${days} as days
  where
    (days.first_from is null or kept.${day} >= days.first_from)
    and (days.first_until is null or kept.${day} <= days.first_until)
)`,
  );
  return {
    sums: `${opening}${before.map(([, text]) => text).join(",\n\n")}\n\nselect *\nfrom ${table}`,
    result: `${opening}${readFrom(end, from).join(",\n\n")}\n\n${end}`,
  };
}

/** The tables of a `with`, each under its name at the left margin; comments before one go with it. */
function splitTables(text: string): Map<string, string> {
  const tables = text.split(/(?<=^\)),\n\n/m);
  return new Map(
    tables.map((table) => [/^(\w+) as (?:materialized )?\($/m.exec(table)?.[1] ?? "", table]),
  );
}

/** Those that a statement reads, itself or through others, in their order. */
function readFrom(statement: string, tables: ReadonlyMap<string, string>): string[] {
  const read = new Set<string>();
  const walk = (sql: string): void => {
    for (const name of tablesRead(sql)) {
      const table = tables.get(name);
      if (table === undefined || read.has(name)) continue;
      read.add(name);
      walk(table.slice(table.indexOf("(") + 1, table.lastIndexOf(")")));
    }
  };
  walk(statement);
  return [...tables].filter(([name]) => read.has(name)).map(([, text]) => text);
}
