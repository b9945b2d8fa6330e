import { DuckDBInstance } from "@duckdb/node-api";
import type { Engine, QueryOptions } from "../../src/engine/engine.ts";
import { setVariable } from "../queries/openNative.ts";

export interface NativeEngine extends Engine {
  /** the file of the next import: the native engine reads it from disk */
  path: string;
}

async function open() {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("attach ':memory:' as compressed (compress)");
  return { instance, connection };
}

/**
 * DuckDB as a library of the machine behind the page's own interface: one thread, the same
 * statements, tables compressed in memory where the page compresses them.
 */
export async function startNative(): Promise<NativeEngine> {
  let { instance, connection } = await open();
  const engine: NativeEngine = {
    name: "DuckDB, native",
    version: "1.4.3",
    path: "",
    registerFile: () => Promise.resolve(engine.path),
    dropFile: () => Promise.resolve(),
    query,
    async restart() {
      instance.closeSync();
      ({ instance, connection } = await open());
    },
    setCompression: async (isOn) =>
      void (await connection.run(`use ${isOn ? "compressed" : "memory"}`)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
  return engine;

  async function query(sql: string, { variables = {} }: QueryOptions = {}): Promise<never> {
    for (const [name, value] of Object.entries(variables)) {
      if (value !== null) await setVariable(connection, name, value);
    }
    const result = await connection.runAndReadAll(sql);
    for (const name of Object.keys(variables)) await connection.run(`reset variable "${name}"`);
    const names = result.columnNames();
    let read: ReturnType<typeof result.getRows> | undefined;
    const rows = () => (read ??= result.getRows()); // made anew at every call, for all rows
    // as much of an Arrow table as the pipeline looks at
    return {
      numRows: result.currentRowCount,
      schema: { fields: names.map((name) => ({ name })) },
      getChildAt: () => ({ get: (row: number) => rows()[row]?.[0] }),
      getChild: (name: string) => ({
        get: (row: number) => rows()[row]?.[names.indexOf(name)],
      }),
    } as never;
  }
}
