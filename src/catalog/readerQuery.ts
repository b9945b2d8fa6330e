import { lexSql } from "./lexSql.ts";
import { parseQuery } from "./parseQuery.ts";
import type { Query } from "./query.ts";

/**
 * A query of the reader's own, as a prebuilt one: it may begin with the same front matter, of which
 * nothing is required; comments that are none are part of its SQL.
 *
 * @param name of the cell, by which others read it
 * @throws SyntaxError naming the line of front matter that cannot be read
 */
export function readerQuery(name: string, text: string): Query {
  return { ...parseQuery(`cells/${name}.sql`, text), drill: undefined, rollup: undefined };
}

/**
 * Lets one statement through that reads. `withTables` puts it where the engine takes no other kind, which
 * also stops a `with` that goes on with an insert.
 *
 * @throws StatementError
 */
export function checkReads({ id, sql }: Pick<Query, "id" | "sql">): void {
  const tokens = lexSql(sql);
  const end = tokens.findIndex(({ text }) => text === ";");
  const first = tokens.find(({ text }) => text !== "(");
  const fail = (code: StatementError["code"], word = "", at = 0) =>
    new StatementError(code, { cell: id, word, at });
  if (!first || end === 0) throw fail("empty");
  if (!reading.has(first.name ?? "")) throw fail("writes", first.text, first.start);
  const next = end < 0 ? undefined : tokens.slice(end).find(({ text }) => text !== ";");
  if (next) throw fail("several", next.text, next.start);
}

const reading = new Set(
  "select with from values pivot unpivot describe show summarize table".split(" "),
);

const faults = {
  empty: "no statement",
  writes: "a cell reads and changes nothing; it begins with select, with or from, not",
  several: "several statements; a cell has one, and after its end stands",
};

/** A text that is not one statement that reads. */
export class StatementError extends SyntaxError {
  override name = "StatementError";
  readonly code: keyof typeof faults;
  /** the word that is wrong, and its place in the SQL */
  readonly word: string;
  readonly at: number;
  constructor(
    code: keyof typeof faults,
    { cell, word, at }: { cell: string; word: string; at: number },
  ) {
    super(`${cell}: ${faults[code]}${word ? `: ${word}` : ""}`);
    [this.code, this.word, this.at] = [code, word, at];
  }
}

/**
 * A reader's statement where only a query may stand, over further tables, which come before those of the
 * engine that have their names. It stands in the result as it was, on lines of its own.
 *
 * @param tables `name as (select …)`, in the order in which one may read another
 */
export function withTables(sql: string, tables: readonly string[] = []): string {
  const opening = tables.length === 0 ? "" : `with\n${tables.join(",\n")}\n`;
  return `${opening}select * from (\n${oneStatement(sql)}\n)`;
}

/** without the semicolon at its end and what stands after it, which can be a comment only */
function oneStatement(sql: string): string {
  const end = lexSql(sql).find(({ text }) => text === ";");
  return (end ? sql.slice(0, end.start) : sql).trimEnd();
}
