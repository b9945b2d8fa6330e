/**
 * Runs in the engine's worker before its own script; the build (vite.config.ts) puts the text of
 * this function in front of it, so it may use nothing from outside its body.
 *
 * - A web lock under the worker's name is held as long as the worker lives. The page waits for the
 *   same lock: getting it means that the worker has died, which no event says.
 * - The engine's loader starts the wasm in a promise that nobody watches: its failures are sent to
 *   the page, which would wait for ever otherwise.
 * - The engine prints every failed query to the console; the page has it as an error already, and
 *   its text may hold values of the reader's file.
 * - The engine's wasm comes compiled, by a message: a second worker has at once what the first had translated,
 *   down to the busy parts.
 * - Every door to the network is taken out of the worker, behind the policy that already shuts it.
 */
export function workerPrelude(): void {
  void navigator.locks?.request(self.name, () => {
    self.postMessage({ requestId: -1, type: "PERENNIAL_LOCKED" });
    return new Promise(() => undefined);
  });
  self.addEventListener("unhandledrejection", (event) => {
    const { name, message } = toError(event.reason);
    event.preventDefault();
    self.postMessage({ requestId: -1, type: "PERENNIAL_FAULT", data: { name, message } });
  });
  self.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.data !== "perennial-memory") return;
    event.stopImmediatePropagation();
    const { DUCKDB_BINDINGS: bindings } = self as unknown as {
      DUCKDB_BINDINGS?: { mod: { HEAPU8: Uint8Array } };
    };
    const data = bindings?.mod.HEAPU8.byteLength ?? 0;
    self.postMessage({ requestId: -1, type: "PERENNIAL_MEMORY", data });
  });
  const compiled = new Promise<WebAssembly.Module>((resolve) => {
    self.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (!(event.data instanceof WebAssembly.Module)) return;
      event.stopImmediatePropagation();
      resolve(event.data);
    });
  });
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  for (const door of ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport"]) {
    Object.defineProperty(self, door, { value: undefined });
  }
  // the loader asks for the wasm, and gets it from the line above
  self.fetch = () => Promise.resolve(new Response());
  for (const level of ["log", "debug", "info", "warn", "error"] as const) {
    console[level] = () => undefined;
  }

  function toError(reason: unknown): Error {
    return reason instanceof Error ? reason : new Error(String(reason));
  }
}
