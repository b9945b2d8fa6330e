import { createRequire } from "node:module";
import { createDuckDB, NODE_RUNTIME, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import type { DuckDBBindings } from "@duckdb/duckdb-wasm/blocking";

/** The same wasm as in the page, called straight from Node, for tests that need its lexer or Arrow. */
export async function openWasm(): Promise<DuckDBBindings> {
  const { resolve } = createRequire(import.meta.url);
  const mainModule = resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm");
  const bundle = { mainModule, mainWorker: "" };
  const db = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), NODE_RUNTIME);
  await db.instantiate();
  db.open({ query: { castBigIntToDouble: false, castDecimalToDouble: false } });
  return db;
}
