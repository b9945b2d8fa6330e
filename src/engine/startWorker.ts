import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import { enginePolicy } from "./contentPolicy.ts";
import { EngineError } from "./engine.ts";
import type { EngineBlobs } from "./loadEngineFiles.ts";
import { toEngineError } from "./toEngineError.ts";
import { toFault } from "./toFault.ts";

export interface WorkerOptions {
  startTimeoutMs: number;
  /**
   * Makes tables in the database `compressed`, not in `memory`; SQL may name either. Five million rows
   * of four columns: 44 MB, not 210, and 4 s to write, not 1.3; reading costs about the same.
   */
  compress: boolean;
  /** for example "200MB"; the engine's own limit otherwise */
  memoryLimit: string | undefined;
}

/** A worker with an open, locked database. */
export interface EngineWorker {
  db: AsyncDuckDB;
  /** of the one connection */
  connection: number;
  version: string;
  /** called with the share of the running statement that is done, 0 to 1 */
  onProgress: ((share: number) => void) | undefined;
  /** called once, when the worker has gone without being asked to */
  onDeath: ((error: EngineError) => void) | undefined;
  isAlive: boolean;
  /** Hands over the engine's program, which `db.instantiate` waits for. */
  give: (module: WebAssembly.Module) => void;
  /** of the engine's memory, which grows and never shrinks */
  measureHeapBytes: () => Promise<number>;
  terminate: () => void;
}

/** What the prelude and the engine say on their own, not as an answer. */
type Notice =
  | { type: "PERENNIAL_LOCKED" }
  | { type: "PERENNIAL_FAULT"; data: { name: string; message: string } }
  | { type: "PERENNIAL_MEMORY"; data: number }
  | { type: "PROGRESS_UPDATE"; data: { percentage: number } };

/** The folder, by name only, whose files SQL may read. */
export const fileFolder = "nb1/";

/**
 * Starts a worker from the blobs under the tightened policy, opens a database in it and locks it.
 *
 * @throws EngineError wasm-blocked, wasm-mismatch, wasm-corrupt, start-timeout, worker-died,
 * out-of-memory
 */
export async function startWorker(
  blobs: EngineBlobs,
  { startTimeoutMs, compress, memoryLimit }: WorkerOptions,
): Promise<EngineWorker> {
  checkWebAssembly();
  tightenPolicy();
  const scriptUrl = URL.createObjectURL(blobs.worker);
  const worker = watch(scriptUrl);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const failed = new Promise<never>((_, reject) => {
    worker.onDeath = reject;
    timer = setTimeout(() => {
      const message = `engine not started; no answer in ${startTimeoutMs} ms`;
      reject(new EngineError("start-timeout", message));
    }, startTimeoutMs);
  });
  try {
    await Promise.race([failed, open(worker, blobs, toLock(compress, memoryLimit))]);
    return worker;
  } catch (error) {
    worker.terminate();
    throw toEngineError(error);
  } finally {
    clearTimeout(timer);
    URL.revokeObjectURL(scriptUrl);
    worker.onDeath = undefined;
  }
}

async function open(worker: EngineWorker, blobs: EngineBlobs, statements: string[]): Promise<void> {
  const { db } = worker;
  worker.give(await compile(blobs));
  await db.instantiate("blob:given");
  // BIGINT arrives as it is, DECIMAL unscaled: see toDoubles
  await db.open({ query: { castBigIntToDouble: false, castDecimalToDouble: false } });
  worker.version = await db.getVersion();
  worker.connection = await db.connectInternal();
  for (const statement of statements) await db.runQuery(worker.connection, statement);
}

/**
 * From here on SQL reads files of our folder and nothing else, and no setting can be changed. No
 * `temp_directory`: the next read after spilling hangs.
 */
function toLock(compress: boolean, memoryLimit: string | undefined): string[] {
  return [
    "set autoload_known_extensions = false",
    "set autoinstall_known_extensions = false",
    `set allowed_directories = ['${fileFolder}']`,
    "set allow_persistent_secrets = false",
    "set enable_progress_bar = true",
    "set progress_bar_time = 0",
    ...(memoryLimit ? [`set memory_limit = '${memoryLimit.replaceAll("'", "''")}'`] : []),
    "attach ':memory:' as compressed (compress)",
    ...(compress ? ["use compressed"] : []),
    "set enable_external_access = false",
    "set lock_configuration = true",
  ];
}

function watch(scriptUrl: string): EngineWorker {
  const name = `perennial-${Math.random().toString(36).slice(2)}`;
  const thread = new Worker(scriptUrl, { name });
  const measuring: ((bytes: number) => void)[] = [];
  // before the client's own listener, which knows nothing of our notices
  thread.addEventListener("message", onNotice);
  const worker: EngineWorker = {
    db: new AsyncDuckDB(new VoidLogger(), thread),
    connection: 0,
    version: "",
    onProgress: undefined,
    onDeath: undefined,
    isAlive: true,
    give: (module) => thread.postMessage(module),
    measureHeapBytes: () =>
      new Promise((resolve) => {
        measuring.push(resolve);
        thread.postMessage("perennial-memory");
      }),
    terminate,
  };
  thread.addEventListener("error", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    die(
      new EngineError("worker-died", `failed engine worker: ${event.message || "no reason given"}`),
    );
  });
  document.addEventListener("securitypolicyviolation", onViolation);
  return worker;

  function onNotice(event: MessageEvent<Notice>): void {
    const notice = event.data;
    if (notice.type === "PROGRESS_UPDATE") worker.onProgress?.(notice.data.percentage / 100);
    else if (notice.type === "PERENNIAL_MEMORY") measuring.shift()?.(notice.data);
    else if (notice.type === "PERENNIAL_FAULT") die(toFault(notice.data));
    else if (notice.type === "PERENNIAL_LOCKED") void watchLock();
    else return;
    event.stopImmediatePropagation();
  }

  /** The worker holds a lock of its name as long as it lives; no event tells of its end. */
  async function watchLock(): Promise<void> {
    if (!navigator.locks) return; // then a worker's end is seen when it does not answer
    await navigator.locks.request(name, () => undefined);
    die(new EngineError("worker-died", "the engine's worker has gone"));
  }

  function onViolation({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void {
    if (!blockedURI.startsWith("blob")) return;
    const message = `the host's Content-Security-Policy must have blob: in ${effectiveDirective}`;
    die(new EngineError("wasm-blocked", message));
  }

  function die(error: EngineError): void {
    if (!worker.isAlive) return;
    terminate();
    worker.onDeath?.(error);
  }

  function terminate(): void {
    worker.isAlive = false;
    document.removeEventListener("securitypolicyviolation", onViolation);
    thread.terminate();
    worker.db.detach();
  }
}

/** Once for all workers. @throws EngineError wasm-blocked, wasm-corrupt, out-of-memory */
function compile(blobs: EngineBlobs): Promise<WebAssembly.Module> {
  blobs.module ??= WebAssembly.compileStreaming(new Response(blobs.wasm)).catch((cause: Error) => {
    blobs.module = undefined;
    throw toFault(cause);
  });
  return blobs.module;
}

/** See `enginePolicy`; a policy can be added to a page and never taken away. */
function tightenPolicy(): void {
  if (document.querySelector("meta[data-engine-policy]")) return;
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = enginePolicy;
  meta.dataset["enginePolicy"] = "";
  document.head.append(meta);
}

/** A module with one empty `try`: the engine is compiled with WebAssembly exceptions. */
const exceptionModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11,
]);

function checkWebAssembly(): void {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(exceptionModule)) {
    throw new EngineError(
      "wasm-blocked",
      "this browser runs no WebAssembly with exceptions; Chrome 95, Firefox 100 and Safari 15.2 do",
    );
  }
  try {
    new WebAssembly.Module(exceptionModule);
  } catch (cause) {
    throw toFault(cause as Error);
  }
}
