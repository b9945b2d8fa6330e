import { DuckDBInstance } from "@duckdb/node-api";
import type { Engine, QueryOptions } from "../../src/engine/engine.ts";

export interface NativeEngine extends Engine {
  /** where the files of the next import are: the native engine reads them from disk */
  paths: Map<string, string>;
}

/**
 * DuckDB as a library of the machine behind the page's own interface: one thread, the same
 * statements, tables compressed in memory where the page compresses them.
 */
export async function startNative(): Promise<NativeEngine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("attach ':memory:' as compressed (compress)");
  const paths = new Map<string, string>();
  return {
    name: "DuckDB, native",
    version: "1.4.3",
    paths,
    registerFile: (_, file) => Promise.resolve(paths.get((file as File).name) ?? ""),
    dropFile: () => Promise.resolve(),
    query,
    restart: () => Promise.resolve(),
    setCompression: async (isOn) =>
      void (await connection.run(`use ${isOn ? "compressed" : "memory"}`)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };

  async function query(sql: string, { variables = {} }: QueryOptions = {}): Promise<never> {
    for (const [name, value] of Object.entries(variables)) {
      if (value === null) continue;
      const set = await connection.prepare(`set variable "${name}" = $1`);
      if (typeof value === "string") set.bindVarchar(1, value);
      else if (typeof value === "boolean") set.bindBoolean(1, value);
      else if (Number.isInteger(value)) set.bindInteger(1, value);
      else set.bindDouble(1, value);
      await set.run();
      set.destroySync();
    }
    const result = await connection.runAndReadAll(sql);
    for (const name of Object.keys(variables)) await connection.run(`reset variable "${name}"`);
    const names = result.columnNames();
    // as much of an Arrow table as the pipeline looks at
    return {
      numRows: result.currentRowCount,
      schema: { fields: names.map((name) => ({ name })) },
      getChild: (name: string) => ({
        get: (row: number) => result.getRows()[row]?.[names.indexOf(name)],
      }),
    } as never;
  }
}
