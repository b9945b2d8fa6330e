import type { Query } from "../catalog/query.ts";
import type { Cell } from "../notebook/notebook.ts";
import type { Trouble } from "./errorText.ts";
import type { Outcome } from "./outcome.ts";
import type { Ran, RunOptions } from "./runAnalysis.ts";

const patienceMs = 120_000; // of one cell

/** What a run needs of the session. */
export interface CellHost {
  /** @throws SyntaxError for a cell whose front matter cannot be read */
  query(cell: Cell): Query;
  /** why a query cannot run on this data, or null */
  missing(query: Query): string | null;
  compute(cell: Cell, options: RunOptions): Promise<Ran>;
  /** in the reader's language of now */
  sentence(query: Query, ran: Ran): string;
  trouble(error: unknown): Trouble;
  /** all that decides what a cell shows, but for the data: a cell runs again when it is another */
  signature(cell: Cell): string;
  /** cells that one reads, in the order in which they must have run */
  sources(cell: Cell): readonly Cell[];
}

interface Run {
  signature: string;
  abort: AbortController;
  ended: Promise<void>;
}

/** The runs of the cells and what became of them. A later run of a cell drops an earlier one. */
export class CellRuns {
  outcomes = $state.raw<ReadonlyMap<string, Outcome>>(new Map());
  readonly #host: CellHost;
  readonly #runs = new Map<string, Run>();
  /** the walk through the cells that need to run; another one takes its place */
  #walk = new AbortController();

  constructor(host: CellHost) {
    this.#host = host;
  }

  /**
   * Runs, one after the other, the cells that are not as they were when they ran last; those changed come
   * before those that never ran. Outcomes of cells that are gone go too. A cell that is stopped or taken
   * away meanwhile is passed over.
   *
   * @param held cells that wait for their reader's word
   */
  async update(cells: readonly Cell[], held: ReadonlySet<string> = new Set()): Promise<void> {
    this.#walk.abort();
    const walk = new AbortController();
    this.#walk = walk;
    this.#drop(new Set(cells.map(({ id }) => id)));
    const due = cells.filter((cell) => !held.has(cell.id) && !this.isCurrent(cell));
    const [changed, fresh] = [due.filter(({ id }) => this.#runs.has(id)), due];
    const idle: [string, Outcome][] = changed.map(({ id }) => [id, { state: "idle" }]);
    if (idle.length > 0) this.outcomes = new Map([...this.outcomes, ...idle]);
    for (const cell of new Set([...changed, ...fresh])) {
      if (walk.signal.aborted) return;
      if (!this.isCurrent(cell)) await this.run(cell);
    }
  }

  /** Whether a cell ran, or runs, as it stands now. */
  isCurrent(cell: Cell): boolean {
    return this.#runs.get(cell.id)?.signature === this.#host.signature(cell);
  }

  /** After the cells that it reads, where those are not as they ran last. */
  async run(cell: Cell): Promise<void> {
    this.stop(cell.id);
    const abort = new AbortController();
    const run: Run = { signature: this.#host.signature(cell), abort, ended: Promise.resolve() };
    this.#runs.set(cell.id, run);
    run.ended = this.#settle(cell, run);
    await run.ended;
  }

  /** Stops the run of one cell; its outcome says so. */
  stop(cellId: string): void {
    this.#runs.get(cellId)?.abort.abort();
  }

  /** Drops every outcome, and every run before it comes to one. */
  clear(): void {
    this.#walk.abort();
    this.#drop(new Set());
    this.outcomes = new Map();
  }

  /** Says the outcomes again, in another language. */
  say(cells: readonly Cell[]): void {
    const said = cells.flatMap((cell): [string, Outcome][] => {
      const outcome = this.outcomes.get(cell.id);
      if (!outcome) return [];
      if (outcome.state === "failed") {
        return [[cell.id, { ...outcome, ...this.#host.trouble(outcome.error) }]];
      }
      if (outcome.state !== "done" && outcome.state !== "unavailable") return [[cell.id, outcome]];
      const query = this.#host.query(cell);
      if (outcome.state === "done") {
        return [[cell.id, { ...outcome, sentence: this.#host.sentence(query, outcome) }]];
      }
      return [[cell.id, { ...outcome, message: this.#host.missing(query) ?? outcome.message }]];
    });
    this.outcomes = new Map(said);
  }

  async #settle(cell: Cell, run: Run): Promise<void> {
    const settle = (outcome: Outcome) => {
      if (this.#runs.get(cell.id) !== run) return;
      this.outcomes = new Map(this.outcomes).set(cell.id, outcome);
    };
    const since = performance.now();
    try {
      const query = this.#host.query(cell);
      const missing = this.#host.missing(query);
      if (missing) return settle({ state: "unavailable", message: missing });
      settle({ state: "running", since, share: 0 });
      for (const source of this.#host.sources(cell)) await this.#await(source);
      const ran = await this.#host.compute(cell, {
        signal: run.abort.signal,
        timeoutMs: patienceMs,
        onProgress: (share) => settle({ state: "running", since, share }),
      });
      const tookMs = performance.now() - since;
      settle({ state: "done", ...ran, tookMs, sentence: this.#host.sentence(query, ran) });
    } catch (error) {
      settle({ state: "failed", error, ...this.#host.trouble(error) });
    }
  }

  /** @throws SourceError when a cell that is read has nothing to read */
  async #await(source: Cell): Promise<void> {
    if (this.isCurrent(source)) await this.#runs.get(source.id)?.ended;
    else await this.run(source);
    if (this.outcomes.get(source.id)?.state !== "done") throw new SourceError(source.id);
  }

  /** Drops what belongs to other cells than these. */
  #drop(kept: ReadonlySet<string>): void {
    const gone = [...this.#runs].filter(([id]) => !kept.has(id));
    if (gone.length === 0) return;
    for (const [id] of gone) this.#runs.delete(id);
    for (const [, { abort }] of gone) abort.abort();
    this.outcomes = new Map([...this.outcomes].filter(([id]) => kept.has(id)));
  }
}

/** A cell that another reads has no result. */
export class SourceError extends Error {
  override name = "SourceError";
  readonly cell: string;
  constructor(cell: string) {
    super(`cell has no result to read: ${cell}`);
    this.cell = cell;
  }
}
