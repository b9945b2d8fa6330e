import type { Query } from "./query.ts";
import { tablesRead } from "./tablesRead.ts";
import { opening, tablesOf } from "./tablesOf.ts";

/** A query in two steps: what is summed up by the day of the first order, and the result from those sums. */
export interface RolledUp {
  /** gives the sums; whatever narrows the customers otherwise goes before it, as before the query */
  sums: string;
  /** gives the sums of whole periods, each at its first day, out of a table of those of days */
  coarser(days: string, grain: "week" | "month"): string;
  /**
   * the query's own statement over a table of sums, those of the chosen days alone
   *
   * @param days a table of one row, first_from and first_until: the days of the first order that are chosen
   */
  result(kept: string, days: string): string;
}

/**
 * Sums over customers can be narrowed to days of the first order after they were made, where each is of one
 * such day: the result over them is the result over the customers of those days, to the last digit. It reads
 * a thousandth of the rows.
 *
 * @returns undefined for a query without a rollup
 * @throws SyntaxError where the rollup is none of its tables, or it does not begin with them
 */
export function rollUp(query: Pick<Query, "id" | "sql" | "rollup">): RolledUp | undefined {
  if (!query.rollup) return undefined;
  const { table, sums, day } = query.rollup;
  const tables = splitTables(tablesOf(query));
  const at = [...tables.keys()].indexOf(table);
  if (at < 0) throw new SyntaxError(`rollup is none of its tables: ${query.id}: ${table}`);
  const end = query.sql.slice(opening.length + tablesOf(query).length).trim();
  const before = [...tables].slice(0, at + 1);
  const chosen = (kept: string, days: string) => `${table} as (
  select kept.*
  from ${kept} as kept
  cross join ${days} as days
  where kept.${day} >= days.first_from and kept.${day} <= days.first_until
)`;
  const toCoarser = (grain: string) => [
    `date_trunc('${grain}', ${day})::date as ${day}`,
    ...sums.map((sum) => `sum(${sum}) as ${sum}`),
  ];
  return {
    sums: `${opening}${before.map(([, text]) => text).join(",\n\n")}\n\nselect *\nfrom ${table}`,
    coarser: (days, grain) =>
      `select * replace (${toCoarser(grain).join(", ")})\nfrom ${days}\ngroup by all`,
    result: (kept, days) =>
      `${opening}${readFrom(end, new Map(tables).set(table, chosen(kept, days))).join(",\n\n")}\n\n${end}`,
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
