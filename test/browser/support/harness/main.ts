import { EngineError } from "../../../../src/engine/engine.ts";
import { startEngine } from "../../../../src/engine/duckdbEngine.ts";
import { toCsv } from "../../../../src/engine/toCsv.ts";

/** What the tests of the engine call in the page. */
const harness = { startEngine, toCsv, EngineError };

export type Harness = typeof harness;

Object.assign(window, { harness });
