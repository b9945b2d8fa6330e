import { expect, it } from "vitest";
import { EngineError } from "../../src/engine/engine.ts";
import { toEngineError } from "../../src/engine/toEngineError.ts";

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

it.each([
  [
    "out-of-memory",
    "Out of Memory Error: could not allocate block of size 256.0 KiB (3.1 GiB/3.1 GiB used)",
  ],
  ["out-of-memory", "Invalid Error: std::bad_alloc"],
  ["out-of-memory", "Allocation failure"],
  ["fatal", "FATAL Error: Failed: database has been invalidated because of a previous fatal error"],
  ["fatal", "INTERNAL Error: Calling StringValue::Get on a NULL value"],
  ["fatal", "table index is out of bounds"],
  ["refused", 'Permission Error: Cannot access file "x" - file system operations are disabled'],
  ["refused", "Permission Error: Loading external extensions is disabled through configuration"],
  [
    "refused",
    'Invalid Input Error: Cannot change configuration option "threads" - the configuration has been locked',
  ],
  ["refused", "Extension Autoloading Error: An error occurred while trying to install 'icu'"],
  ["query", 'Binder Error: Referenced column "nope" not found'],
  ["query", "Conversion Error: Could not convert string 'unreachable' to INT32"],
  ["query", "Conversion Error: Could not convert string 'std::bad_alloc' to INT32"],
  ["query", "Invalid Input Error: value 'out of memory'\nFATAL Error: not a kind, a value"],
  ["query", 'Catalog Error: Table with name "Out of Memory Error: x" does not exist'],
])("%s: %s", (code, message) => {
  const error = toEngineError(new Error(message), "select 1");
  expect(error).toBeInstanceOf(EngineError);
  expect([error.code, error.message, error.sql]).toEqual([code, message, "select 1"]);
});

it("takes a trap of the wasm for fatal, whatever its text", () => {
  expect(toEngineError(named("RuntimeError", "some new trap")).code).toBe("fatal");
  expect(toEngineError(named("RangeError", "Invalid typed array length: 5000000000")).code).toBe(
    "out-of-memory",
  );
});

it("unpacks an error that arrives as JSON", () => {
  const json = '{"exception_type":"Parser","exception_message":"syntax error at \\"x\\""}';
  const error = toEngineError(new Error(json));
  expect([error.code, error.message]).toEqual(["query", 'Parser Error: syntax error at "x"']);
});

it("passes an EngineError through and keeps the cause of another", () => {
  const own = new EngineError("timeout", "late");
  expect(toEngineError(own)).toBe(own);
  const cause = new Error("IO Error: x");
  expect(toEngineError(cause).cause).toBe(cause);
});
