import type { Query } from "../catalog/query.ts";
import type { Engine, QueryOptions } from "../engine/engine.ts";
import { toCsv } from "../engine/toCsv.ts";
import { quoteText } from "../intake/valueSql.ts";
import type { Table } from "apache-arrow";
import { describeColumns } from "./toRows.ts";

/** Where the results lie that other cells read. */
const schema = "cells";

/** The table in which a cell's result is kept. */
export function keptName(id: string): string {
  return `${schema}.${quote(id)}`;
}

/** A cell's result under its name, for those that read it: `with` clauses before their own SQL. */
export function keptTables(ids: readonly string[]): string[] {
  return ids.map((id) => `${quote(id)} as (select * from ${keptName(id)})`);
}

/** Keeps the result of a query under a cell's name, and gives it back. */
export async function keepQuery(
  engine: Engine,
  id: string,
  sql: string,
  options: QueryOptions = {},
): Promise<Table> {
  await engine.query(`create schema if not exists ${schema}`);
  await engine.query(`create or replace table ${keptName(id)} as\n${sql}`, options);
  return engine.query(`select * from ${keptName(id)}`, { signal: options.signal });
}

/** Keeps what no SQL computes, such as the answer of a model. */
export async function keepTable(
  engine: Engine,
  id: string,
  table: Table,
  { columns }: Pick<Query, "columns">,
  { signal }: Pick<QueryOptions, "signal"> = {},
): Promise<void> {
  const types = describeColumns(table).map(({ name, type }) => {
    const declared = columns.find((column) => column.name === name)?.type ?? type;
    return `${quoteText(name)}: '${engineType(declared)}'`;
  });
  const csv = await toCsv(table, { mark: false, isAsItIs: true });
  // a run that is dropped must not take the file of the next one away
  const file = `${schema}/${crypto.randomUUID()}`;
  const path = await engine.registerFile(file, csv);
  const rows = `read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${types.join(", ")}})`;
  try {
    await keepQuery(engine, id, `select * from ${rows}`, { signal });
  } finally {
    await engine.dropFile(file);
  }
}

/** Lets the results go that were kept under these names. */
export async function dropKept(engine: Engine, ids: readonly string[]): Promise<void> {
  for (const id of ids) await engine.query(`drop table if exists ${keptName(id)}`);
}

function engineType(type: string): string {
  if (type === "text") return "VARCHAR";
  if (type === "date") return "DATE";
  if (type === "flag") return "BOOLEAN";
  return type === "count" ? "BIGINT" : "DOUBLE";
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
