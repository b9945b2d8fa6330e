import { EngineError } from "./engine.ts";

interface Job {
  run: () => Promise<unknown>;
  isShared: () => boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  stopListening: () => void;
}

/**
 * Runs jobs one at a time, first come, first served; a job that fails stops no other. Those that share
 * begin without waiting for each other: what they ask for is answered in the order in which they begin.
 */
export class JobQueue {
  #waiting: Job[] = [];
  readonly #running = new Set<Job>();
  /** whether those that run share */
  #isShared = false;

  /**
   * An abort before its turn takes the job out of the queue; after that it is the job's business.
   *
   * @param isShared asked when it is its turn
   */
  add<T>(
    run: () => Promise<T>,
    { signal, isShared = () => false }: { signal?: AbortSignal; isShared?: () => boolean } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(new EngineError("cancelled", "cancelled before its turn"));
      const leave = (): void => {
        if (!this.#waiting.includes(job)) return;
        this.#waiting = this.#waiting.filter((other) => other !== job);
        reject(new EngineError("cancelled", "cancelled before its turn"));
      };
      signal?.addEventListener("abort", leave, { once: true });
      const stopListening = (): void => signal?.removeEventListener("abort", leave);
      const job: Job = { run, isShared, resolve: resolve as Job["resolve"], reject, stopListening };
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Rejects everything, also what runs: nobody waits for it any longer. */
  clear(error: EngineError): void {
    const jobs = [...this.#running, ...this.#waiting];
    this.#waiting = [];
    this.#running.clear();
    this.#isShared = false;
    for (const job of jobs) {
      job.stopListening();
      job.reject(error);
    }
  }

  #next(): void {
    const [job] = this.#waiting;
    if (!job) return;
    if (this.#running.size > 0 && !(this.#isShared && job.isShared())) return;
    this.#isShared = job.isShared();
    this.#waiting.shift();
    job.stopListening();
    this.#running.add(job);
    void job
      .run()
      .then(job.resolve, job.reject)
      .finally(() => {
        if (this.#running.delete(job)) this.#next();
      });
    this.#next();
  }
}
