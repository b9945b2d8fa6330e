import FitWorker from "./fit.worker.ts?worker&inline";
import { buffersOf, type FitMessage, type FitReply } from "./fitMessage.ts";
import { ModelError } from "./modelError.ts";
import type { ModelAnswer, ModelRequest } from "./modelRequest.ts";

/** The models behind their worker. Requests are answered one at a time, in order. */
export interface Models {
  /**
   * Columns are handed over: the caller's arrays are empty afterwards. Aborting ends the work at once: the worker is thrown
   * away and the next request starts another.
   *
   * @throws ModelError as runModel does, and "cancelled", "timeout", "worker-died", "closed"
   */
  run<R extends ModelRequest>(request: R, signal?: AbortSignal): Promise<ModelAnswer<R>>;
  /** ends the worker; what is running and waiting rejects with "closed" */
  close(): void;
}

export interface ModelsOptions {
  /** of one request; default two minutes */
  timeoutMs?: number;
  /** for tests; by default the worker is inlined as a blob: URL, which the page's CSP binds too */
  makeWorker?: () => ModelWorker;
}

/** what is used of a Worker */
export type ModelWorker = Pick<Worker, "terminate"> & {
  postMessage(message: FitMessage, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FitReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
};

/** Opens the door to the models; the worker starts with the first request. */
export function startModels(options: ModelsOptions = {}): Models {
  const { timeoutMs = 120_000, makeWorker = () => new FitWorker() as ModelWorker } = options;
  const line = new WorkerLine(makeWorker, timeoutMs);
  const waiting = new Set<(error: Error) => void>();
  let turns: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  return {
    run<R extends ModelRequest>(request: R, signal?: AbortSignal): Promise<ModelAnswer<R>> {
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(closed());
        const onAbort = () => reject(cancelled()); // also while it waits for its turn
        signal?.addEventListener("abort", onAbort);
        waiting.add(reject);
        const turn = turns.then(() => line.ask(request, signal));
        turns = turn
          .then((reply) => resolve(unwrap(reply) as ModelAnswer<R>))
          .catch(reject)
          .finally(() => {
            signal?.removeEventListener("abort", onAbort);
            waiting.delete(reject);
          });
      });
    },
    close(): void {
      isClosed = true;
      for (const reject of waiting) reject(closed());
      line.stop(closed());
    },
  };
}

/** One worker at a time; a new one after each that was stopped. */
class WorkerLine {
  readonly #makeWorker: () => ModelWorker;
  readonly #timeoutMs: number;
  #worker: ModelWorker | undefined;
  #fail: ((error: Error) => void) | undefined;
  #stopped: Error | undefined;
  #lastId = 0;

  constructor(makeWorker: () => ModelWorker, timeoutMs: number) {
    this.#makeWorker = makeWorker;
    this.#timeoutMs = timeoutMs;
  }

  async ask(request: ModelRequest, signal: AbortSignal | undefined): Promise<FitReply> {
    if (this.#stopped) throw this.#stopped;
    if (signal?.aborted) throw cancelled();
    const id = ++this.#lastId;
    const rows = rowsOf(request); // before the columns are handed over
    const late = () =>
      this.#fail?.(
        new ModelError("timeout", `no answer in ${this.#timeoutMs} ms`, { value: this.#timeoutMs }),
      );
    const onAbort = () => this.#fail?.(cancelled());
    const timer = setTimeout(late, this.#timeoutMs);
    signal?.addEventListener("abort", onAbort);
    try {
      const reply = await new Promise<FitReply>((resolve, reject) => {
        this.#fail = reject;
        this.#worker ??= this.#makeWorker();
        this.#worker.onmessage = ({ data }) => (data.id === id ? resolve(data) : undefined);
        this.#worker.onerror = (event) => reject(died(event.error ?? event.message));
        this.#worker.onmessageerror = () => reject(died("unreadable message"));
        send(this.#worker, { id, request });
      });
      // what it worked on stays in its memory until somebody asks for more
      if (rows > keptRows) this.#drop();
      return reply;
    } catch (error) {
      this.#drop();
      throw error instanceof ModelError ? error : died(error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      this.#fail = undefined;
    }
  }

  /** for good */
  stop(error: Error): void {
    this.#stopped = error;
    this.#fail?.(error);
    this.#drop();
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

const keptRows = 200_000;

function rowsOf(request: ModelRequest): number {
  if (request.type === "simulate") return 0;
  return Math.max(
    0,
    ...Object.values(request.columns).map((values: Float64Array) => values.length),
  );
}

function send(worker: ModelWorker, { id, request }: FitMessage): void {
  if (request.type === "simulate") return worker.postMessage({ id, request }, []);
  worker.postMessage({ id, request }, buffersOf(request.columns));
}

function unwrap(reply: FitReply): ModelAnswer<ModelRequest> {
  if (reply.type === "done") return reply.answer;
  const { code, message, value, needed } = reply;
  throw new ModelError(code, message, { value, needed });
}

function died(cause: unknown): ModelError {
  return new ModelError("worker-died", "model worker died", { cause });
}

function cancelled(): ModelError {
  return new ModelError("cancelled", "cancelled");
}

function closed(): ModelError {
  return new ModelError("closed", "models are closed");
}
