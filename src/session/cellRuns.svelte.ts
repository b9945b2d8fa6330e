import type { Query } from "../catalog/query.ts";
import type { AnalysisCell } from "../notebook/notebook.ts";
import type { Trouble } from "./errorText.ts";
import type { Outcome } from "./outcome.ts";
import type { Ran, RunOptions } from "./runAnalysis.ts";

const patienceMs = 120_000; // of one cell

/** What a run needs of the session. */
export interface CellHost {
  query(id: string): Query;
  /** why an analysis cannot run on this data, or null */
  missing(query: Query): string | null;
  compute(cell: AnalysisCell, options: RunOptions): Promise<Ran>;
  /** in the reader's language of now */
  sentence(query: Query, ran: Ran): string;
  trouble(error: unknown): Trouble;
}

/** The runs of the cells and what became of them. A later run of a cell drops an earlier one. */
export class CellRuns {
  outcomes = $state.raw<ReadonlyMap<string, Outcome>>(new Map());
  readonly #host: CellHost;
  readonly #runs = new Map<string, AbortController>();

  constructor(host: CellHost) {
    this.#host = host;
  }

  /** One after the other; a cell that is stopped or taken away meanwhile is passed over. */
  async runAll(cells: readonly AnalysisCell[]): Promise<void> {
    this.clear();
    const all = new AbortController();
    this.#runs.set("", all);
    for (const cell of cells) {
      if (all.signal.aborted) return;
      if (!this.#runs.has(cell.id)) await this.run(cell);
    }
  }

  async run(cell: AnalysisCell): Promise<void> {
    this.stop(cell.id);
    const run = new AbortController();
    this.#runs.set(cell.id, run);
    const settle = (outcome: Outcome) => {
      if (this.#runs.get(cell.id) !== run) return;
      this.outcomes = new Map(this.outcomes).set(cell.id, outcome);
    };
    const query = this.#host.query(cell.analysis);
    const missing = this.#host.missing(query);
    if (missing) return settle({ state: "unavailable", message: missing });
    const since = performance.now();
    settle({ state: "running", since, share: 0 });
    try {
      const ran = await this.#host.compute(cell, {
        signal: run.signal,
        timeoutMs: patienceMs,
        onProgress: (share) => settle({ state: "running", since, share }),
      });
      const tookMs = performance.now() - since;
      settle({ state: "done", ...ran, tookMs, sentence: this.#host.sentence(query, ran) });
    } catch (error) {
      settle({ state: "failed", error, ...this.#host.trouble(error) });
    }
  }

  /** Stops the run of one cell; its outcome says so. */
  stop(cellId: string): void {
    this.#runs.get(cellId)?.abort();
  }

  /** Drops every outcome, and every run before it comes to one. */
  clear(): void {
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    for (const run of runs) run.abort();
    this.outcomes = new Map();
  }

  /** Says the outcomes again, in another language. */
  say(cells: readonly AnalysisCell[]): void {
    const said = cells.flatMap(({ id, analysis }): [string, Outcome][] => {
      const outcome = this.outcomes.get(id);
      if (!outcome) return [];
      const query = this.#host.query(analysis);
      if (outcome.state === "done") {
        return [[id, { ...outcome, sentence: this.#host.sentence(query, outcome) }]];
      }
      if (outcome.state === "failed") {
        return [[id, { ...outcome, ...this.#host.trouble(outcome.error) }]];
      }
      if (outcome.state !== "unavailable") return [[id, outcome]];
      return [[id, { ...outcome, message: this.#host.missing(query) ?? outcome.message }]];
    });
    this.outcomes = new Map(said);
  }
}
