/** A DuckDB for the tests: the same statements go to both engines. */
export interface Runner {
  readonly name: "native" | "wasm";
  run(sql: string): Promise<void>;
  /** rows as arrays of plain values: dates as ISO text, counts as numbers */
  read(sql: string, variables?: Record<string, string | number | boolean | null>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  names: string[];
  /** types as DuckDB names them */
  types: string[];
  rows: Value[][];
}

export type Value = string | number | boolean | null;
