import type { Query } from "../catalog/query.ts";
import type { Cell } from "../notebook/notebook.ts";
import { isLackOfData } from "../models/modelError.ts";
import { SourceError } from "./cellGraph.ts";
import type { Trouble } from "./errorText.ts";
import type { Outcome } from "./outcome.ts";
import type { Ran, RunOptions } from "./runAnalysis.ts";
import { whenStopped } from "./whenStopped.ts";

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
  /** what decides a cell's result, but for the data and the cells it reads: it runs again when it is another */
  signature(cell: Cell): string;
  /** cells that one reads, in the order in which they must have run. @throws CircleError */
  sources(cell: Cell): readonly Cell[];
  /** whether others read a cell, so that its result is to be kept */
  isRead(cell: Cell): boolean;
  /** called with the ids of cells that are gone */
  forget(ids: readonly string[]): void;
}

interface Run {
  signature: string;
  isKept: boolean;
  /** by the cell that it reads, its run whose result was read; undefined until then */
  read: Map<string, Run | undefined>;
  abort: AbortController;
  ended: Promise<void>;
}

/** The runs of the cells and what became of them. A later run of a cell drops an earlier one. */
export class CellRuns {
  outcomes = $state.raw<ReadonlyMap<string, Outcome>>(new Map());
  readonly #host: CellHost;
  readonly #runs = new Map<string, Run>();
  /** ids of cells whose result was kept for others */
  readonly #kept = new Set<string>();
  /** the walk through the cells that need to run; another one takes its place */
  #walk = new AbortController();

  constructor(host: CellHost) {
    this.#host = host;
  }

  /**
   * Runs, one after the other, the cells that are not as they were when they ran last; those changed come
   * before those that never ran. Outcomes of cells that are gone go too. A cell that is stopped or taken
   * away meanwhile is passed over.
   */
  async update(cells: readonly Cell[]): Promise<void> {
    this.#walk.abort();
    const walk = new AbortController();
    this.#walk = walk;
    this.#drop(new Set(cells.map(({ id }) => id)));
    const due = cells.filter((cell) => !this.isCurrent(cell));
    const [changed, fresh] = [due.filter(({ id }) => this.#runs.has(id)), due];
    const idle: [string, Outcome][] = changed.map(({ id }) => [id, { state: "idle" }]);
    if (idle.length > 0) this.outcomes = new Map([...this.outcomes, ...idle]);
    for (const cell of new Set([...changed, ...fresh])) {
      if (walk.signal.aborted) return;
      if (!this.isCurrent(cell)) await this.run(cell);
    }
  }

  /** Whether a cell ran, or runs, as it stands now, on what the cells that it reads come to now. */
  isCurrent(cell: Cell): boolean {
    const run = this.#runs.get(cell.id);
    if (!run || !this.#isAsItRan(cell, run)) return false;
    const sources = this.#sourcesOrNone(cell);
    return (
      sources.length === run.read.size &&
      sources.every((source) => {
        const now = this.#runs.get(source.id);
        const was = run.read.get(source.id);
        if (!run.read.has(source.id) || (was !== undefined && was !== now)) return false;
        return now === undefined ? was === undefined : this.#isAsItRan(source, now);
      })
    );
  }

  /** After the cells that it reads, where those are not as they ran last. */
  async run(cell: Cell): Promise<void> {
    this.stop(cell.id);
    const run: Run = {
      signature: this.#host.signature(cell),
      isKept: this.#host.isRead(cell),
      read: new Map(this.#sourcesOrNone(cell).map(({ id }) => [id, undefined])),
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    this.#runs.set(cell.id, run);
    if (run.isKept) this.#kept.add(cell.id);
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

  /** Says the outcomes of these cells again: in another language, or in other words of their own. */
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
    this.outcomes = new Map([...this.outcomes, ...said]);
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
      for (const source of this.#host.sources(cell)) await this.#await(source, run);
      const ran = await this.#host.compute(cell, {
        signal: run.abort.signal,
        timeoutMs: patienceMs,
        onProgress: (share) => settle({ state: "running", since, share }),
      });
      const tookMs = performance.now() - since;
      settle({ state: "done", ...ran, tookMs, sentence: this.#host.sentence(query, ran) });
    } catch (error) {
      settle({
        state: "failed",
        error,
        isLack: isLackOfData(error),
        ...this.#host.trouble(error),
      });
    }
  }

  /** Waits for the result of a source, and notes which it is. @throws SourceError when there is none */
  async #await(source: Cell, run: Run): Promise<void> {
    const stopped = whenStopped(run.abort.signal, "cancelled before its turn");
    for (let awaited: Run | undefined; ;) {
      if (!this.isCurrent(source)) void this.run(source);
      awaited = this.#runs.get(source.id);
      await Promise.race([awaited?.ended, stopped]);
      if (awaited !== this.#runs.get(source.id)) continue; // a later run has taken its place
      run.read.set(source.id, awaited);
      if (this.outcomes.get(source.id)?.state !== "done") throw new SourceError(source.id);
      return;
    }
  }

  #isAsItRan(cell: Cell, run: Run): boolean {
    if (run.signature !== this.#host.signature(cell)) return false;
    return run.isKept || !this.#host.isRead(cell);
  }

  /** a circle is said when the cell runs */
  #sourcesOrNone(cell: Cell): readonly Cell[] {
    try {
      return this.#host.sources(cell);
    } catch {
      return [];
    }
  }

  /** Drops what belongs to other cells than these. */
  #drop(kept: ReadonlySet<string>): void {
    const gone = [...this.#runs].filter(([id]) => !kept.has(id));
    if (gone.length === 0) return;
    for (const [id] of gone) this.#runs.delete(id);
    for (const [, { abort }] of gone) abort.abort();
    this.#host.forget(gone.map(([id]) => id).filter((id) => this.#kept.delete(id)));
    this.outcomes = new Map([...this.outcomes].filter(([id]) => kept.has(id)));
  }
}
