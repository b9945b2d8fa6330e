import { expect, it } from "vitest";
import { toFault } from "../../src/engine/toFault.ts";

it.each([
  [
    "wasm-blocked",
    "CompileError",
    "WebAssembly.Module(): violates the following Content Security Policy directive",
  ],
  ["wasm-blocked", "CompileError", "call to WebAssembly.instantiate() blocked by CSP: unsafe-eval"],
  [
    "wasm-mismatch",
    "LinkError",
    'WebAssembly.instantiate(): Import #0 "a" "a": function import requires a callable',
  ],
  ["wasm-corrupt", "CompileError", "WebAssembly.instantiateStreaming(): expected magic word"],
  ["out-of-memory", "RangeError", "WebAssembly.Memory(): could not allocate memory"],
  ["worker-died", "ReferenceError", "x is not defined"],
])("%s: %s %s", (code, name, message) => {
  expect(toFault({ name, message }).code).toBe(code);
});

it("says which header a host must change", () => {
  const { message } = toFault({ name: "CompileError", message: "Content Security Policy" });
  expect(message).toContain("'wasm-unsafe-eval'");
  expect(message).toContain("script-src");
});
