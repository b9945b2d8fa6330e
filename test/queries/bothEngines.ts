import { openNative } from "./openNative.ts";
import { openWasm } from "./openWasm.ts";

/** For `describe.each`: the name of an engine, and what opens it. */
export const bothEngines = [
  ["native", openNative],
  ["wasm", openWasm],
] as const;
