import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { Answer, Runner, Value } from "./runner.ts";

/** DuckDB as a library of the machine, with one thread. */
export async function openNative(): Promise<Runner> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  return {
    name: "native",
    run: async (sql) => void (await connection.run(sql)),
    read: (sql, variables = {}) => read(connection, sql, variables),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function read(
  connection: DuckDBConnection,
  sql: string,
  variables: Record<string, Value>,
): Promise<Answer> {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) {
      await connection.run(`reset variable "${name}"`);
      continue;
    }
    await setVariable(connection, name, value);
  }
  const result = await connection.runAndReadAll(sql);
  const types = result.columnTypes().map(String);
  const rows = result.getRowsJson() as Value[][];
  for (const [column, type] of types.entries()) {
    if (type !== "BIGINT") continue;
    for (const row of rows) if (row[column] !== null) row[column] = Number(row[column]);
  }
  return { names: result.columnNames(), types, rows };
}

/** As the page's engine does: prepared, so that the value is bound and never spliced. */
export async function setVariable(
  connection: DuckDBConnection,
  name: string,
  value: NonNullable<Value>,
): Promise<void> {
  const set = await connection.prepare(`set variable "${name}" = $1`);
  if (typeof value === "string") set.bindVarchar(1, value);
  else if (typeof value === "boolean") set.bindBoolean(1, value);
  else if (Number.isInteger(value)) set.bindInteger(1, value);
  else set.bindDouble(1, value);
  await set.run();
  set.destroySync();
}
