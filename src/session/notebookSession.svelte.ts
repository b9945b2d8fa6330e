import type { Table } from "apache-arrow";
import type { ParamValue } from "../catalog/bindParams.ts";
import type { Engine } from "../engine/engine.ts";
import { cellsOf, parseNotebook, setFilter, setParam } from "../notebook/notebook.ts";
import type { AnalysisCell, Params, SegmentFilter } from "../notebook/notebook.ts";
import { readStarter } from "../notebook/starters.ts";
import { CellRuns } from "./cellRuns.svelte.ts";
import { errorText } from "./errorText.ts";
import { noData } from "./needs.ts";
import { openNotebook } from "./openNotebook.ts";
import type { Outcome } from "./outcome.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Models, Ran, RunOptions } from "./runAnalysis.ts";
import { runDrill } from "./runDrill.ts";
import { segmentsBy } from "./segments.ts";
import type { Segment } from "./segments.ts";
import { sentenceOf } from "./sentenceOf.ts";
import { SessionState } from "./sessionState.svelte.ts";
import { toRows } from "./toRows.ts";

/** What the reader does to the notebook, and what becomes of its cells. */
export abstract class NotebookSession extends SessionState {
  protected abstract readonly models: Models;
  /** @throws EngineError when it cannot start */
  protected abstract stand(): Promise<Engine>;

  protected readonly runs = new CellRuns({
    query: (id) => this.query(id),
    missing: (query) => this.missing(query),
    compute: ({ analysis, params }, options) =>
      this.run(analysis, params, { ...options, filter: this.filter }),
    sentence: (query, ran) => sentenceOf(query, ran, this.locale, this.currency),
    trouble: (error) => errorText(this, error),
  });

  get outcomes(): ReadonlyMap<string, Outcome> {
    return this.runs.outcomes;
  }

  setParam(cellId: string, name: string, value: Params[string]): void {
    this.notebook = setParam(this.notebook, cellId, name, value);
    const cell = this.cells.find(({ id }) => id === cellId);
    if (cell && this.phase.state === "ready") void this.runs.run(cell);
  }

  /** Narrows every cell that can be to the customers of one segment, or to everybody. */
  setFilter(filter: SegmentFilter | undefined): void {
    this.notebook = setFilter(this.notebook, filter);
    this.runAll();
  }

  async segments(by: string): Promise<Segment[]> {
    return segmentsBy(await this.stand(), by);
  }

  /** Stops the run of one cell; its outcome says so. */
  cancelCell(cellId: string): void {
    this.runs.stop(cellId);
  }

  async setMarkdown(markdown: string): Promise<void> {
    const notebook = parseNotebook(markdown);
    for (const { analysis } of cellsOf(notebook)) this.query(analysis);
    this.notebook = notebook;
    this.runs.clear();
    if (this.phase.state === "ready") await this.runs.runAll(this.cells);
  }

  /** A result by the same way as a cell's. @throws as `runAnalysis`, and RangeError when it is not available */
  async run(id: string, params: Record<string, unknown>, options?: RunOptions): Promise<Ran> {
    const query = this.query(id);
    const missing = this.missing(query);
    if (missing) throw new RangeError(`unavailable analysis ${id}: ${missing}`);
    return runAnalysis(await this.stand(), this.models, query, params, options);
  }

  /** The customers that a row of a cell's result counts, in the columns of `drilledQuery`. */
  async drill({ analysis, params }: AnalysisCell, table: Table, row: number): Promise<Table> {
    const query = this.query(analysis);
    const values = toRows(table.slice(row, row + 1))[0] as Record<string, ParamValue>;
    return runDrill(await this.stand(), query, { params, row: values, filter: this.filter });
  }

  async sql(statement: string): Promise<Table> {
    return (await this.stand()).query(statement, { timeoutMs: 30_000 });
  }

  /** One of the notebooks to start from; every analysis with "". The filter stays. */
  openStarter(id: string): void {
    const { filter } = this.notebook;
    const change = { was: noData, now: this.dataset };
    const opened = id
      ? readStarter(id, this.locale)
      : openNotebook({ blocks: [] }, this.text("app.name"), change);
    this.notebook = setFilter(opened, filter);
    this.runAll();
  }

  protected runAll(): void {
    if (this.phase.state === "ready") void this.runs.runAll(this.cells);
  }
}
