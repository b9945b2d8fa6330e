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
  /** one statement (several are refused); rows as an Arrow table */
  query(sql: string, options?: QueryOptions): Promise<Table>;
  /** throws the worker and everything in it away and starts afresh; pending calls reject */
  restart(): Promise<void>;
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
