import type { History } from "../notebook/history.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Work } from "./sessionState.svelte.ts";
import type { ImportProgress } from "./source.ts";
import type { Ran } from "./runAnalysis.ts";

/** What became of a cell. */
export type Outcome =
  | { state: "idle" }
  | { state: "running"; since: number; share: number }
  | ({ state: "done"; tookMs: number; sentence: string } & Ran)
  | { state: "unavailable"; message: string }
  | {
      state: "failed";
      error: unknown;
      code: string;
      message: string;
      /** nothing is wrong: other settings or more data would do */
      isLack: boolean;
    };

/** Where the page stands. */
export type Phase =
  | { state: "starting" }
  | { state: "broken"; code: string; message: string }
  | { state: "empty" }
  | Importing
  | { state: "ready" };

export interface Importing extends ImportProgress {
  state: "importing";
}

/** An import that has just begun. */
export function beginImport(file: string): Importing {
  const nothing = { rows: 0, bytes: 0, totalBytes: 0, memoryBytes: 0, share: 0 };
  return { state: "importing", file, step: "inspect", ...nothing };
}

/** How an import goes into the history, and which notebook it opens. */
export interface ImportWay {
  /** a step of its own where absent */
  settle?: (work: Work) => History<Work>;
  /** the present one where absent */
  notebook?: Notebook;
  /** whether what was there before does not count */
  afresh?: boolean;
}
