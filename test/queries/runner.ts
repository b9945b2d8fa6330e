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

/** Its rows by the names of its columns. */
export function byName({ names, rows }: Answer): Record<string, Value>[] {
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]!])));
}

export type Value = string | number | boolean | null;
