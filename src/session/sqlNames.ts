import type { Engine } from "../engine/engine.ts";
import { toRows } from "./toRows.ts";

/** A table that a statement can read, and its columns with the engine's types. */
export interface NamedTable {
  name: string;
  columns: { name: string; type: string }[];
}

/** What the engine has names for. */
export interface SqlNames {
  tables: NamedTable[];
  /** one that gives tables as well as values stands twice */
  functions: { name: string; isTable: boolean }[];
}

/** The tables of the shop and the functions of the engine. */
export async function readSqlNames(engine: Engine): Promise<SqlNames> {
  const columns = toRows(
    await engine.query(
      `select table_name, column_name, data_type from duckdb_columns()
       where not internal and schema_name = 'main' and database_name = current_database()
       order by table_name, column_index`,
    ),
  );
  const tables = new Map<string, NamedTable>();
  for (const row of columns) {
    const name = String(row["table_name"]);
    const table = tables.get(name) ?? { name, columns: [] };
    table.columns.push({ name: String(row["column_name"]), type: String(row["data_type"]) });
    tables.set(name, table);
  }
  const functions = toRows(
    await engine.query(
      `select distinct function_name, function_type in ('table', 'table_macro') as is_table
       from duckdb_functions()
       where function_type != 'pragma' and regexp_full_match(function_name, '[a-z][a-z0-9_]*')
       order by all`,
    ),
  );
  return {
    tables: [...tables.values()],
    functions: functions.map((row) => ({
      name: String(row["function_name"]),
      isTable: row["is_table"] === true,
    })),
  };
}
