import { DuckDBDataProtocol } from "@duckdb/duckdb-wasm";
import type { Table } from "apache-arrow";
import { EngineError } from "./engine.ts";
import type { Engine, QueryOptions } from "./engine.ts";
import { JobQueue } from "./jobQueue.ts";
import { loadEngineFiles } from "./loadEngineFiles.ts";
import type { EngineBlobs } from "./loadEngineFiles.ts";
import { isPlanned } from "./runPlanned.ts";
import { runStatement } from "./runStatement.ts";
import { fileFolder, startWorker } from "./startWorker.ts";
import type { EngineWorker, WorkerOptions } from "./startWorker.ts";
import { toEngineError } from "./toEngineError.ts";

export interface StartOptions extends Partial<WorkerOptions> {
  /** bytes of the engine's files that have arrived, and bytes in all */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

const patienceMs = 10_000; // for a statement that was told to stop; then the worker is ended

/**
 * Starts DuckDB in a worker: fetches it once, checks it, shuts the network off, locks it.
 *
 * @throws EngineError with the code of every fault that a host, a browser or a file can have; a
 * later call tries again
 */
export async function startEngine({
  onProgress,
  startTimeoutMs = 15_000,
  compress = false,
  memoryLimit,
}: StartOptions = {}): Promise<DuckdbEngine> {
  const blobs = await loadEngineFiles(onProgress);
  const options = { startTimeoutMs, compress, memoryLimit };
  return new DuckdbEngine(blobs, options, await startWorker(blobs, options));
}

export class DuckdbEngine implements Engine {
  readonly name = "DuckDB";
  readonly version: string;
  readonly #blobs: EngineBlobs;
  readonly #options: WorkerOptions;
  readonly #queue = new JobQueue();
  readonly #paths = new Map<string, string>();
  #worker: EngineWorker;
  /** why calls are refused until a restart */
  #trouble: EngineError | undefined;
  #nextFile = 1;
  #restarting: Promise<void> | undefined;
  #isClosed = false;

  constructor(blobs: EngineBlobs, options: WorkerOptions, worker: EngineWorker) {
    this.version = worker.version.replace(/^v/, "");
    this.#blobs = blobs;
    this.#options = options;
    this.#worker = worker;
    this.#adopt(worker);
  }

  query(sql: string, options: QueryOptions = {}): Promise<Table> {
    const { signal, parameters } = options;
    // no need to wait for the answer before the next is asked: of many short ones that is half of the time
    const isShared = () => parameters !== undefined && isPlanned(this.#worker, sql);
    return this.#queue.add(
      async () => {
        this.#throwIfTroubled([sql, ...Object.values(options.variables ?? {})].join("\n"));
        const worker = this.#worker;
        const release = this.#watchStop(options);
        try {
          return await runStatement(worker, sql, options);
        } catch (cause) {
          throw this.#note(toEngineError(cause, sql));
        } finally {
          release();
        }
      },
      { signal, isShared },
    );
  }

  registerFile(name: string, file: Blob): Promise<string> {
    return this.#queue.add(async () => {
      this.#throwIfTroubled(fileFolder);
      await this.#drop(name);
      // the reader's name stays outside: quotes, slashes and other surprises never reach the engine
      const path = `${fileFolder}f${this.#nextFile++}.csv`;
      const { db } = this.#worker;
      await db.registerFileHandle(path, file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
      this.#paths.set(name, path);
      return path;
    });
  }

  dropFile(name: string): Promise<void> {
    return this.#queue.add(async () => {
      if (this.#worker.isAlive) await this.#drop(name);
    });
  }

  /** size of the engine's memory in bytes: it grows and never shrinks, short of a restart */
  measureHeapBytes(): Promise<number> {
    return this.#queue.add(() => {
      this.#throwIfTroubled("");
      return this.#worker.measureHeapBytes();
    });
  }

  setCompression(isOn: boolean): Promise<void> {
    return this.#queue.add(async () => {
      this.#throwIfTroubled("");
      this.#options.compress = isOn;
      const { db, connection } = this.#worker;
      await db.runQuery(connection, `use ${isOn ? "compressed" : "memory"}`);
    });
  }

  restart(): Promise<void> {
    this.#restarting ??= this.#startAfresh().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#trouble = new EngineError("worker-died", "the engine is closed");
    this.#end(new EngineError("cancelled", "the engine was closed"));
    return Promise.resolve();
  }

  async #startAfresh(): Promise<void> {
    if (this.#isClosed) this.#throwIfTroubled(fileFolder);
    this.#end(new EngineError("cancelled", "the engine was restarted"));
    await this.#queue.add(async () => {
      try {
        this.#worker = await startWorker(this.#blobs, this.#options);
      } catch (error) {
        this.#trouble = toEngineError(error);
        throw error;
      }
      if (this.#isClosed) return this.#worker.terminate();
      this.#trouble = undefined;
      this.#adopt(this.#worker);
    });
  }

  #adopt(worker: EngineWorker): void {
    worker.onDeath = (error) => {
      if (worker !== this.#worker) return;
      this.#trouble = error;
      this.#queue.clear(error);
    };
  }

  #end(error: EngineError): void {
    this.#worker.terminate();
    this.#paths.clear();
    this.#queue.clear(error);
  }

  /**
   * After a fatal error nothing works any more. After memory ran out the tables still answer, but
   * files can come back with no rows and no error.
   */
  #note(error: EngineError): EngineError {
    if (error.code === "fatal" || error.code === "out-of-memory") this.#trouble = error;
    return error;
  }

  #throwIfTroubled(text: string): void {
    if (!this.#trouble) return;
    const { code, message } = this.#trouble;
    if (code === "out-of-memory" && !text.includes(fileFolder)) return;
    const advice = this.#isClosed ? "" : "the engine must be restarted; ";
    throw new EngineError(code, advice + message);
  }

  async #drop(name: string): Promise<void> {
    const path = this.#paths.get(name);
    if (path === undefined) return;
    await this.#worker.db.dropFile(path);
    this.#paths.delete(name);
  }

  /** Ends a worker that is told to stop and does not. */
  #watchStop({ signal, timeoutMs }: QueryOptions): () => void {
    const worker = this.#worker;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const giveUp = (): void => {
      worker.terminate();
      const message = `the engine did not stop within ${patienceMs} ms and was ended`;
      worker.onDeath?.(new EngineError("fatal", message));
    };
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, ms);
    };
    const onAbort = (): void => wait(patienceMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (timeoutMs !== undefined) wait(timeoutMs + patienceMs);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  }
}
