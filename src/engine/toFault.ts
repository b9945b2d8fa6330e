import { EngineError } from "./engine.ts";

/** Names what an error at the start of the wasm means. */
export function toFault({ name, message }: { name: string; message: string }): EngineError {
  const cause = new Error(message);
  cause.name = name;
  if (/Content Security Policy|unsafe-eval|disallowed by embedder/i.test(message)) {
    const need = "the host's Content-Security-Policy must have 'wasm-unsafe-eval' in script-src";
    return new EngineError("wasm-blocked", need, { cause });
  }
  if (name === "LinkError") {
    return new EngineError("wasm-mismatch", "engine files of two versions", { cause });
  }
  if (name === "CompileError") {
    return new EngineError("wasm-corrupt", "damaged engine file", { cause });
  }
  if (name === "RangeError" || /out of memory/i.test(message)) {
    return new EngineError("out-of-memory", "no memory for the engine", { cause });
  }
  return new EngineError("worker-died", `failed engine worker: ${message}`, { cause });
}
