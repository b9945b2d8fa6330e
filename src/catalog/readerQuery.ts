import { parseQuery } from "./parseQuery.ts";
import type { Query } from "./query.ts";

/**
 * A query of the reader's own, as a prebuilt one: it may begin with the same front matter, of which
 * nothing is required; comments that are none are part of its SQL.
 *
 * @param name of the cell, by which others read it
 * @throws SyntaxError naming the line of front matter that cannot be read, or that there is no statement
 */
export function readerQuery(name: string, text: string): Query {
  return { ...parseQuery(`cells/${name}.sql`, text), drill: undefined };
}

/**
 * Lets a statement through that reads and changes nothing, so that the other figures stay what they are.
 *
 * @throws SyntaxError naming its first word
 */
export function checkReads({ id, sql }: Pick<Query, "id" | "sql">): void {
  const bare = sql.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/|\()+/, "");
  const [word = ""] = /^\p{L}*/u.exec(bare) ?? [];
  if (reading.has(word.toLowerCase())) return;
  throw new SyntaxError(
    `${id}: a cell reads and changes nothing; it begins with select, with or from, not: ${word || bare.slice(0, 10)}`,
  );
}

const reading = new Set(
  "select with from values pivot unpivot describe show summarize explain table".split(" "),
);

/**
 * A statement that sees further tables under their names, before those of the engine.
 *
 * @param tables `name as (select …)`, in the order in which one may read another
 */
export function withTables(sql: string, tables: readonly string[]): string {
  if (tables.length === 0) return sql;
  return `with\n${tables.join(",\n")}\nselect * from (\n${sql.replace(/[;\s]+$/, "")}\n)`;
}
