import { EngineError } from "./engine.ts";

interface Job {
  run: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  stopListening: () => void;
}

/** Runs jobs one at a time, first come, first served; a job that fails stops no other. */
export class JobQueue {
  #waiting: Job[] = [];
  #running: Job | undefined;

  /** An abort before its turn takes the job out of the queue; after that it is the job's business. */
  add<T>(run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(new EngineError("cancelled", "cancelled before its turn"));
      const leave = (): void => {
        if (!this.#waiting.includes(job)) return;
        this.#waiting = this.#waiting.filter((other) => other !== job);
        reject(new EngineError("cancelled", "cancelled before its turn"));
      };
      signal?.addEventListener("abort", leave, { once: true });
      const stopListening = (): void => signal?.removeEventListener("abort", leave);
      const job: Job = { run, resolve: resolve as Job["resolve"], reject, stopListening };
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Rejects everything, also what runs: nobody waits for it any longer. */
  clear(error: EngineError): void {
    const jobs = this.#running ? [this.#running, ...this.#waiting] : this.#waiting;
    this.#waiting = [];
    this.#running = undefined;
    for (const job of jobs) {
      job.stopListening();
      job.reject(error);
    }
  }

  #next(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    job.stopListening();
    this.#running = job;
    void job
      .run()
      .then(job.resolve, job.reject)
      .finally(() => {
        if (this.#running !== job) return;
        this.#running = undefined;
        this.#next();
      });
  }
}
