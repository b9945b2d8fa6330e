import type { Query } from "../catalog/query.ts";
import type { Engine } from "../engine/engine.ts";
import { toCsv } from "../engine/toCsv.ts";
import type { Table } from "apache-arrow";
import { describeColumns } from "./toRows.ts";

/** Where the results lie that other cells read. */
const schema = "cells";

/** A cell's result under its name, for those that read it: `with` clauses before their own SQL. */
export function keptTables(ids: readonly string[]): string[] {
  return ids.map((id) => `${quote(id)} as (select * from ${schema}.${quote(id)})`);
}

/** The statement that keeps a result under a cell's name. */
export async function keptAs(engine: Engine, id: string, sql: string): Promise<string> {
  await engine.query(`create schema if not exists ${schema}`);
  return `create or replace table ${schema}.${quote(id)} as\n${sql}`;
}

export function keptSql(id: string): string {
  return `select * from ${schema}.${quote(id)}`;
}

/** Keeps what no SQL computes, such as the answer of a model. */
export async function keepTable(
  engine: Engine,
  id: string,
  table: Table,
  { columns }: Query,
): Promise<void> {
  const types = describeColumns(table).map(({ name, type }) => {
    const declared = columns.find((column) => column.name === name)?.type ?? type;
    return `'${name.replaceAll("'", "''")}': '${engineType(declared)}'`;
  });
  const csv = await toCsv(table, { mark: false, isAsItIs: true });
  const path = await engine.registerFile(`${schema}/${id}`, csv);
  const rows = `read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${types.join(", ")}})`;
  try {
    await engine.query(await keptAs(engine, id, `select * from ${rows}`));
  } finally {
    await engine.dropFile(`${schema}/${id}`);
  }
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
