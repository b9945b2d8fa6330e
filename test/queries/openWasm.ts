import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/duckdb-wasm/blocking";
import { createDuckDB, NODE_RUNTIME, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import type { Answer, Runner, Value } from "./runner.ts";

/** The page's own engine, in Node and on this thread, locked as the page locks it. */
export async function openWasm(): Promise<Runner> {
  const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
  const bundle = (name: string) => ({
    mainModule: resolve(dist, `duckdb-${name}.wasm`),
    mainWorker: resolve(dist, `duckdb-node-${name}.worker.cjs`),
  });
  const bundles = { mvp: bundle("mvp"), eh: bundle("eh") };
  const database = await createDuckDB(bundles, new VoidLogger(), NODE_RUNTIME);
  await database.instantiate(() => {});
  database.open({ query: { castTimestampToDate: true } });
  const connection = database.connect();
  for (const setting of lock) connection.query(`set ${setting}`);
  return {
    name: "wasm",
    run: async (sql) => void connection.query(sql),
    read: async (sql, variables = {}) => read(connection, sql, variables),
    close: async () => {
      connection.close();
      database.reset();
    },
  };
}

const lock = [
  "autoload_known_extensions = false",
  "autoinstall_known_extensions = false",
  "allowed_directories = ['files/']",
  "enable_external_access = false",
  "lock_configuration = true",
];

function read(connection: DuckDBConnection, sql: string, variables: Record<string, Value>): Answer {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) {
      connection.query(`reset variable "${name}"`);
      continue;
    }
    const set = connection.prepare(`set variable "${name}" = $1`);
    set.query(value);
    set.close();
  }
  const table = connection.query(sql);
  const names = table.schema.fields.map((field) => field.name);
  const types = table.schema.fields.map(
    (field) => typeNames[String(field.type)] ?? String(field.type),
  );
  const columns = types.map((type, index) => {
    const column = table.getChildAt(index)!;
    return Array.from({ length: table.numRows }, (_, row) => toValue(type, column.get(row)));
  });
  return {
    names,
    types,
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((column) => column[row]!)),
  };
}

const typeNames: Record<string, string> = {
  Utf8: "VARCHAR",
  Uint8: "UTINYINT",
  Int16: "SMALLINT",
  Int32: "INTEGER",
  Int64: "BIGINT",
  Float64: "DOUBLE",
  Bool: "BOOLEAN",
  "Date32<DAY>": "DATE",
};

function toValue(type: string, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (type === "DATE") return new Date(Number(value)).toISOString().slice(0, 10);
  return typeof value === "bigint" ? Number(value) : (value as Value);
}
