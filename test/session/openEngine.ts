import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { createDuckDB, NODE_RUNTIME, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import { checkStatement } from "../../src/engine/checkStatement.ts";
import { EngineError } from "../../src/engine/engine.ts";
import type { Engine, QueryOptions } from "../../src/engine/engine.ts";
import { toDoubles } from "../../src/engine/toDoubles.ts";
import { toEngineError } from "../../src/engine/toEngineError.ts";

/** The page's own engine without its worker, and what it was asked. */
export interface OpenEngine extends Engine {
  /** statements in the order in which they were run */
  asked: string[];
  /** holds the statements back that have this in them, until it is called with undefined */
  holdBack: (part: string | undefined) => void;
}

/**
 * The page's engine in Node, on this thread: real Arrow tables, one statement at a time in the order in
 * which they were asked, none of those that the page refuses.
 */
export async function openEngine(): Promise<OpenEngine> {
  const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
  const bundle = (name: string) => ({
    mainModule: resolve(dist, `duckdb-${name}.wasm`),
    mainWorker: resolve(dist, `duckdb-node-${name}.worker.cjs`),
  });
  const database = await createDuckDB(
    { mvp: bundle("mvp"), eh: bundle("eh") },
    new VoidLogger(),
    NODE_RUNTIME,
  );
  await database.instantiate(() => {});
  let connection = open();
  let files = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let held: { part: string; go: () => void; gone: Promise<void> } | undefined;
  const paths = new Map<string, string>();
  const asked: string[] = [];

  return {
    name: "DuckDB",
    version: "1.4.3",
    asked,
    holdBack(part) {
      held?.go();
      held = undefined;
      if (part === undefined) return;
      let go = (): void => undefined;
      const gone = new Promise<void>((done) => (go = done));
      held = { part, go, gone };
    },
    async registerFile(name, file) {
      const path = `files/f${files++}.csv`;
      database.registerFileBuffer(path, new Uint8Array(await file.arrayBuffer()));
      paths.set(name, path);
      return path;
    },
    async dropFile(name) {
      database.dropFile(paths.get(name)!);
      paths.delete(name);
    },
    query(sql, options = {}) {
      const answer = turn.then(() => run(sql, options));
      turn = answer.catch(() => undefined);
      return answer;
    },
    async restart() {
      connection.close();
      connection = open();
    },
    setCompression: () => Promise.resolve(),
    async close() {
      connection.close();
      database.reset();
    },
  };

  function open() {
    database.open({ query: { castTimestampToDate: true } });
    return database.connect();
  }

  async function run(
    sql: string,
    { variables = {}, parameters = [], signal }: QueryOptions,
  ): Promise<Table> {
    if (held && sql.includes(held.part)) await held.gone;
    if (signal?.aborted) throw new EngineError("cancelled", "cancelled", { sql });
    checkStatement(sql, database.tokenize(sql));
    asked.push(sql);
    const set = Object.entries(variables).filter(([, value]) => value !== null);
    try {
      for (const [name, value] of set) {
        const cast = Number.isSafeInteger(value) ? "::bigint" : "";
        const statement = connection.prepare(`set variable "${name}" = $1${cast}`);
        statement.query(value);
        statement.close();
      }
      const bytes = connection.useUnsafe((db, at) => {
        if (parameters.length === 0) return db.runQuery(at, sql);
        const statement = db.createPrepared(at, sql);
        const result = db.runPrepared(at, statement, [...parameters]);
        db.closePrepared(at, statement);
        return result;
      });
      return toDoubles(tableFromIPC(bytes));
    } catch (cause) {
      throw toEngineError(cause, sql);
    } finally {
      for (const [name] of set) connection.query(`reset variable "${name}"`);
    }
  }
}
