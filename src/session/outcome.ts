import type { Ran } from "./runAnalysis.ts";

/** What became of a cell. */
export type Outcome =
  | { state: "idle" }
  | { state: "running"; since: number; share: number }
  | ({ state: "done"; tookMs: number; sentence: string } & Ran)
  | { state: "unavailable"; message: string }
  | { state: "failed"; error: unknown; code: string; message: string };

/** Where the page stands. */
export type Phase =
  | { state: "starting" }
  | { state: "broken"; code: string; message: string }
  | { state: "empty" }
  | {
      state: "importing";
      file: string;
      step: "inspect" | "repair" | "read" | "build";
      rows: number;
      bytes: number;
      totalBytes: number;
      share: number;
    }
  | { state: "ready" };
