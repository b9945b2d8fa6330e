import type { Table } from "apache-arrow";

/** A value bound to a SQL variable or parameter; never spliced into the text. */
export type Value = string | number | boolean | null;

export interface QueryOptions {
  /** set with prepared `set variable name = $1` before the query; null resets the variable */
  variables?: Record<string, Value>;
  /** aborting cancels the query in the engine and rejects with code "cancelled" */
  signal?: AbortSignal;
  /** milliseconds until the watchdog cancels the query and rejects with code "timeout" */
  timeoutMs?: number;
  /** share of the work done, 0 to 1, as the engine reports it */
  onProgress?: (share: number) => void;
  /**
   * values of $1, $2, …, for a text that comes again and again with others of the same types: its plan is
   * kept with the variables as they were, and a stop is heard only before it begins
   */
  parameters?: readonly Value[] | undefined;
}

/**
 * SQL in, Arrow out. Calls are queued: one runs at a time, and a failure of one never touches the
 * next. Every rejection is an EngineError.
 */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** makes a file readable under the returned path, which `read_csv` takes; replaces one of that name */
  registerFile(name: string, file: Blob): Promise<string>;
  dropFile(name: string): Promise<void>;
  /**
   * One statement, and none that changes the connection for those who come after (`use`, `set`,
   * `begin`, `attach`, …): such are refused.
   *
   * @returns rows as an Arrow table. BIGINT arrives as BigInt; DECIMAL and HUGEINT as the nearest
   * double; DATE and TIMESTAMP as milliseconds since 1970 from `get` and the iterator (`toArray` of a
   * column gives the raw days and microseconds); ENUM as its words. INTERVAL and TIME do not arrive
   * usefully: cast them.
   */
  query(sql: string, options?: QueryOptions): Promise<Table>;
  /** throws the worker and everything in it away and starts afresh; pending calls reject */
  restart(): Promise<void>;
  /**
   * Where tables are made from now on: compressed in memory takes a sixth of the room and half as
   * much time again to write. Tables that exist stay where they are.
   */
  setCompression(isOn: boolean): Promise<void>;
  close(): Promise<void>;
}

export type EngineErrorCode =
  | "wasm-missing"
  | "wasm-type"
  | "wasm-corrupt"
  | "wasm-mismatch"
  | "wasm-blocked"
  | "start-timeout"
  | "worker-died"
  | "out-of-memory"
  | "fatal"
  | "refused"
  | "timeout"
  | "cancelled"
  | "query";

/** What the engine could not do, told apart by `code`; `sql` is the statement, where there is one. */
export class EngineError extends Error {
  override name = "EngineError";
  readonly code: EngineErrorCode;
  readonly sql: string | undefined;
  constructor(
    code: EngineErrorCode,
    message: string,
    { sql, cause }: { sql?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.sql = sql;
  }
}
