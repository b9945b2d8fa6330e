import { EngineError } from "../engine/engine.ts";

/** Never resolves; rejects as soon as a signal is aborted, for those who wait for something else as well. */
export function whenStopped(signal: AbortSignal, message: string): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new EngineError("cancelled", message));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
