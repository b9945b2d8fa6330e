import { EngineError } from "./engine.ts";
import type { EngineErrorCode } from "./engine.ts";

const noMemory = /allocation fail|failed to allocate|could not allocate|bad_alloc|out of memory/i;
const trap =
  /unreachable|out of bounds|signature mismatch|null function|Aborted\(|_setThrew is not defined/;

/** Names what an error of the engine means for the caller; an EngineError passes through. */
export function toEngineError(cause: unknown, sql?: string): EngineError {
  if (cause instanceof EngineError) return cause;
  const { name, message: raw } = cause instanceof Error ? cause : new Error(String(cause));
  const message = toPlainMessage(raw);
  return new EngineError(toCode(name, message), message, { sql, cause });
}

/** Some errors, of the parser above all, arrive as JSON. */
function toPlainMessage(message: string): string {
  if (!message.startsWith('{"exception_type"')) return message;
  try {
    const { exception_type: type, exception_message: text } = JSON.parse(message) as Record<
      string,
      string
    >;
    return `${type} Error: ${text}`;
  } catch {
    return message;
  }
}

/** The engine's messages open with their kind; values of the reader's file may stand further on. */
function toCode(name: string, message: string): EngineErrorCode {
  const kind = /^([A-Za-z ]+?) Error:/.exec(message)?.[1];
  switch (kind) {
    case "Out of Memory":
      return "out-of-memory";
    case "FATAL":
    case "INTERNAL":
      return "fatal";
    case "Permission":
    case "Extension Autoloading":
      return "refused";
    case "Invalid Input":
      return message.includes("Cannot change configuration option") ? "refused" : "query";
    case "INTERRUPT":
      return "cancelled";
    case "Invalid": // something that the engine has no kind for, or an error of its host
    case undefined:
      if (noMemory.test(message) || name === "RangeError") return "out-of-memory";
      return name === "RuntimeError" || trap.test(message) ? "fatal" : "query";
    default:
      return "query";
  }
}
