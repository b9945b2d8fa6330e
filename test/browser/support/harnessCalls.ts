import type { Page } from "playwright-core";
import type { DuckdbEngine, StartOptions } from "../../../src/engine/duckdbEngine.ts";
import type { Value } from "../../../src/engine/engine.ts";
import type { Harness } from "./harness/main.ts";

declare global {
  interface Window {
    harness: Harness;
    engine: DuckdbEngine;
  }
}

export interface Answer {
  /** "ok", or the code of the EngineError */
  code: string;
  message: string;
  /** BIGINT as text ending in n */
  rows: Record<string, unknown>[];
  /** `name: type` of each column, as Arrow names it */
  types: string[];
  shares: number[];
  tookMs: number;
}

export interface AskOptions {
  variables?: Record<string, Value>;
  timeoutMs?: number;
  parameters?: Value[];
  /** cancels it so many milliseconds after it was asked */
  abortAfterMs?: number;
}

/** Starts the engine of the harness page; its code is "ok" or that of the fault. */
export function start(page: Page, options: StartOptions = {}): Promise<Answer> {
  return page.evaluate(async (startOptions) => {
    const begin = performance.now();
    const shares: number[] = [];
    const onProgress = (loaded: number, total: number) => void shares.push(loaded / total);
    const outcome = await window.harness.startEngine({ ...startOptions, onProgress }).then(
      (engine) => {
        window.engine = engine;
        return { code: "ok", message: `${engine.name} ${engine.version}` };
      },
      (error: unknown) => ({
        code: error instanceof window.harness.EngineError ? error.code : "no EngineError",
        message: String(error),
      }),
    );
    return { ...outcome, rows: [], types: [], shares, tookMs: performance.now() - begin };
  }, options);
}

/** Asks the engine of the harness page. */
export function ask(page: Page, sql: string, options: AskOptions = {}): Promise<Answer> {
  return page.evaluate(
    async ([text, { variables, timeoutMs, abortAfterMs, parameters }]) => {
      const begin = performance.now();
      const shares: number[] = [];
      const abort = new AbortController();
      if (abortAfterMs !== undefined) setTimeout(() => abort.abort(), abortAfterMs);
      const toPlain = (_: string, value: unknown) =>
        typeof value === "bigint" ? `${value}n` : value;
      const onProgress = (share: number) => void shares.push(share);
      const { signal } = abort;
      const outcome = await window.engine
        .query(text, { variables, timeoutMs, signal, onProgress, parameters })
        .then(
          (table) => ({
            code: "ok",
            message: "",
            rows: JSON.parse(JSON.stringify(table.toArray(), toPlain)) as Answer["rows"],
            types: table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`),
          }),
          (error: unknown) => ({
            code: error instanceof window.harness.EngineError ? error.code : "no EngineError",
            message: String(error),
            rows: [],
            types: [],
          }),
        );
      return { ...outcome, shares, tookMs: performance.now() - begin };
    },
    [sql, options] as const,
  );
}

/** Registers a file made of the parts; gives its path in SQL. */
export function register(page: Page, name: string, parts: string[]): Promise<string> {
  return page.evaluate(
    ([fileName, texts]) => window.engine.registerFile(fileName, new Blob(texts)),
    [name, parts] as const,
  );
}
