import type { Table } from "apache-arrow";
import type { ParamValue } from "../catalog/bindParams.ts";
import { fileOf } from "../catalog/queries.ts";
import type { Engine } from "../engine/engine.ts";
import type { ImportReport } from "../intake/report.ts";
import {
  duplicateCell,
  insertBlock,
  moveBlock,
  removeBlock,
  setFilter,
  setFolded,
  setParam,
  setText,
} from "../notebook/edits.ts";
import type { Filter } from "../notebook/filter.ts";
import { addStep, endStep } from "../notebook/history.ts";
import { freeId } from "../notebook/notebook.ts";
import type { Block, Cell, Notebook, Params } from "../notebook/notebook.ts";
import { bindParams } from "../catalog/bindParams.ts";
import { isRead, readBy, sourcesOf } from "./cellGraph.ts";
import { Brushing } from "./brushing.svelte.ts";
import { CellRuns } from "./cellRuns.svelte.ts";
import { errorText } from "./errorText.ts";
import { forkText } from "./forkText.ts";
import { computationOf, hold, release, standing, stillHeld } from "./heldCells.ts";
import type { HeldCells } from "./heldCells.ts";
import { dropKept } from "./keepTable.ts";
import { noData } from "./needs.ts";
import type { Dataset } from "./needs.ts";
import type { Outcome } from "./outcome.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Models, Ran, RunOptions } from "./runAnalysis.ts";
import { runCell } from "./runCell.ts";
import { drillSql, keepMarked, runDrill } from "./runDrill.ts";
import type { Drilled } from "./runDrill.ts";
import { renameEverywhere, renameHeld } from "./renameEverywhere.ts";
import { Rollups } from "./rollups.ts";
import { paramsUntil, segmentsBy, sqlFor } from "./segments.ts";
import type { Segment } from "./segments.ts";
import { sentenceOf } from "./sentenceOf.ts";
import { SessionState } from "./sessionState.svelte.ts";
import type { Work } from "./sessionState.svelte.ts";
import { readSqlNames } from "./sqlNames.ts";
import type { SqlNames } from "./sqlNames.ts";
import { toRows } from "./toRows.ts";

/** What the reader does to the notebook, and what becomes of its cells. */
export abstract class NotebookSession extends SessionState {
  protected abstract readonly models: Models;
  /** @throws EngineError when it cannot start */
  protected abstract stand(): Promise<Engine>;

  /** the filter whose mark's customers are in their table, and of which import */
  #kept: { filter: string; dataset: Dataset; work: Promise<void> } = {
    filter: "",
    dataset: noData,
    work: Promise.resolve(),
  };
  protected held = $state.raw<HeldCells>(new Map());
  /** whether the reader changed the document since it was opened */
  protected isEdited = false;

  protected readonly runs = new CellRuns({
    query: (cell) => this.queryOf(cell),
    missing: (query) => this.missing(query),
    compute: (cell, options) => this.#compute(cell, options),
    sentence: (query, ran) => sentenceOf(query, ran, this.locale, this.currency),
    trouble: (error) => errorText(this, error),
    signature: (cell) => this.#signature(cell),
    sources: (cell) => sourcesOf(cell, this.standing),
    isRead: (cell) => isRead(cell, this.standing),
    forget: (ids) => void this.#forgetKept(ids),
  });

  readonly #rollups = new Rollups();
  /** the range of days that is drawn on a chart */
  readonly brushing: Brushing = new Brushing({
    filter: () => this.filter,
    setFilter: (filter) => this.setFilter(filter),
    followers: (ids) =>
      this.standing.filter(
        (cell) => cell.type === "analysis" && ids.includes(cell.id) && this.shownQuery(cell).rollup,
      ),
    follow: (cell, filter) => this.#follow(cell, filter),
    signature: (cell, filter) => this.#signature(cell, filter),
    data: () => this.dataset,
  });

  #names: { report: ImportReport | null; read: Promise<SqlNames> } | undefined;

  get outcomes(): ReadonlyMap<string, Outcome> {
    return this.runs.outcomes;
  }

  /** Whether the text of a cell is another than the one that ran. */
  isHeld(cellId: string): boolean {
    return this.held.has(cellId);
  }

  setParam(cellId: string, name: string, value: Params[string]): void {
    this.edit(setParam(this.notebook, cellId, name, value));
  }

  /** Narrows every cell that can be to some customers, or to everybody. */
  setFilter(filter: Filter | undefined): void {
    this.edit(setFilter(this.notebook, filter));
  }

  /** What became of a cell, or, while a range moves, what it is of that range. */
  outcomeOf(cell: Cell): Outcome {
    return this.brushing.followed(cell) ?? this.outcomes.get(cell.id) ?? { state: "idle" };
  }

  /** The segments of an attribute among those that the rest of the filter leaves. */
  async segments(by: string): Promise<Segment[]> {
    const { [by]: _, ...others } = this.filter?.segments ?? {};
    const rest = this.filter && { ...this.filter, segments: others };
    return segmentsBy(await this.stand(), by, rest);
  }

  /** Narrows the notebook to the customers whom a row of a cell counts. */
  setMark(cell: Cell, table: Table, row: number): void {
    if (cell.type !== "analysis") return;
    const { analysis, params } = cell;
    const read = this.query(analysis).drill?.sql ?? "";
    const values = Object.entries(toRows(table.slice(row, row + 1))[0] as Params);
    const named = values.filter(([name]) => read.includes(`this_row.${name}`));
    const mark = {
      analysis,
      params: { ...paramsUntil(this.query(analysis), params, this.filter) } as Params,
      row: Object.fromEntries(named),
    };
    this.setFilter({ segments: {}, ...this.filter, mark });
  }

  /** Another text of prose, or of a cell of SQL, which waits for `runCell` where it computes something else. */
  setText(id: string, text: string): void {
    if (this.isReadOnly) return;
    this.held = hold(
      this.held,
      this.cells.find((cell) => cell.id === id),
    );
    this.edit(setText(this.notebook, id, text), `text ${id}`);
    if (!this.held.has(id)) this.runs.say(this.cells.filter((cell) => cell.id === id));
  }

  /** What is written from now on is a step of its own. */
  endStep(): void {
    this.history = endStep(this.history);
  }

  /** Runs a cell as it stands, also where it ran so before; those that read it follow. */
  runCell(cellId: string): void {
    this.endStep();
    this.held = release(this.held, cellId);
    const cell = this.cells.find(({ id }) => id === cellId);
    if (!cell || this.phase.state !== "ready" || this.isInert) return;
    const state = this.outcomes.get(cellId)?.state;
    const isOver = this.runs.isCurrent(cell) && state !== "running" && state !== "idle";
    void (isOver ? this.runs.run(cell) : Promise.resolve()).then(() => this.updateCells());
  }

  /** Room for text after a block, at the beginning with null; text beside text is one. @returns its id */
  addText(after?: string | null): string {
    const { blocks } = this.notebook;
    const at = after === null ? -1 : blocks.findIndex(({ id }) => id === after);
    const near = [blocks[at], blocks[at + 1]].find((block) => block?.type === "prose");
    if (near) return near.id;
    return this.#add({ type: "prose", id: freeId(blocks, "text-1"), markdown: "" }, after);
  }

  addSql(after?: string | null): string {
    const sql = "select *\nfrom orders\nlimit 100";
    return this.#add({ type: "sql", id: this.#freeName("query"), sql, params: {} }, after);
  }

  addAnalysis(analysis: string, after?: string | null): string {
    const id = freeId(this.notebook.blocks, this.query(analysis).id);
    return this.#add({ type: "analysis", id, analysis, params: {} }, after);
  }

  /** The SQL of an analysis as a cell of its own after it, with its settings and its charts. */
  fork(cellId: string): string {
    const cell = this.cells.find(({ id }) => id === cellId);
    if (cell?.type !== "analysis") throw new RangeError(`no analysis to fork: ${cellId}`);
    const id = this.#freeName(cell.analysis.replaceAll("-", "_"));
    const place = Number(/_(\d+)$/.exec(id)?.[1] ?? 1);
    const sql = forkText(fileOf(this.query(cell.analysis)), place);
    return this.#add({ type: "sql", id, sql, params: cell.params }, cellId);
  }

  /** Those that read it read it by its new name. @throws as `renameEverywhere` */
  renameCell(cellId: string, name: string): void {
    const renamed = renameEverywhere(this.notebook, cellId, name);
    if (!this.isReadOnly) this.held = renameHeld(this.held, cellId, name);
    this.edit(renamed);
  }

  duplicateCell(cellId: string): void {
    this.edit(duplicateCell(this.notebook, cellId));
  }

  moveBlock(id: string, by: -1 | 1): void {
    this.edit(moveBlock(this.notebook, id, by));
  }

  removeBlock(id: string): void {
    this.edit(removeBlock(this.notebook, id));
  }

  setFolded(cellId: string, isFolded: boolean): void {
    this.edit(setFolded(this.notebook, cellId, isFolded));
  }

  /** Stops the run of one cell; its outcome says so. */
  cancelCell(cellId: string): void {
    this.runs.stop(cellId);
  }

  /** A result by the same way as a cell's. @throws as `runAnalysis`, and RangeError when it is not available */
  async run(id: string, params: Record<string, unknown>, options?: RunOptions): Promise<Ran> {
    const query = this.query(id);
    const missing = this.missing(query);
    if (missing) throw new RangeError(`unavailable analysis ${id}: ${missing}`);
    return runAnalysis(await this.stand(), this.models, query, params, options);
  }

  /** The SQL of an analysis as its cell runs it. */
  sqlOn(cell: Cell): string {
    return sqlFor(this.shownQuery(cell), this.brushing.filterOn(cell.id));
  }

  /** The customers that a row of a cell's result counts, in the columns of `drilledQuery`. */
  async drill(cell: Cell, table: Table, row: number): Promise<Table> {
    return runDrill(await this.stand(), this.queryOf(cell), this.#drilled(cell, table, row));
  }

  /** The SQL that selects those customers. */
  drillSql(cell: Cell, table: Table, row: number): string {
    return drillSql(this.queryOf(cell), this.#drilled(cell, table, row));
  }

  #drilled(cell: Cell, table: Table, row: number): Drilled {
    const values = toRows(table.slice(row, row + 1))[0] as Record<string, ParamValue>;
    return { params: cell.params, row: values, filter: this.brushing.filterOn(cell.id) };
  }

  /** What a statement can name beside the other cells; asked for once an import. */
  sqlNames(): Promise<SqlNames> {
    const { report } = this;
    if (this.#names?.report !== report) {
      this.#names = { report, read: this.stand().then(readSqlNames) };
    }
    return this.#names.read;
  }

  async sql(statement: string): Promise<Table> {
    return (await this.stand()).query(statement, { timeoutMs: 30_000 });
  }

  /** Puts an edited document in the place of this one; edits of one kind that follow on each other are one step. */
  protected edit(notebook: Notebook, kind = ""): void {
    if (this.isReadOnly || notebook === this.notebook) return;
    if (notebook.version > this.notebook.version) this.keepOriginal();
    this.isEdited = true;
    this.history = addStep(this.history, { ...this.history.present, notebook }, kind);
    void this.settleCells();
  }

  /** The document is about to be written in the words of this version. */
  protected keepOriginal(): void {}

  /** Another document is about to take the place of this one. */
  protected keepReplaced(): void {}

  /** @throws RangeError where another tab writes the document */
  protected open(notebook: Notebook, change: Partial<Pick<Work, "isInert" | "study">> = {}): void {
    const { present } = this.history;
    const work: Work = { ...present, notebook, isInert: false, ...change };
    const isSameStudy = work.study === present.study;
    if (isSameStudy && this.isElsewhere) throw new RangeError(this.text("kept.elsewhere"));
    if (isSameStudy && this.isEdited) this.keepReplaced();
    this.isEdited = false;
    this.history = addStep(this.history, work);
    this.held = new Map();
  }

  /** After the document became another one: what waited and is again as it ran waits no more. */
  protected settleCells(): Promise<void> {
    this.held = stillHeld(this.held, this.cells);
    return this.updateCells();
  }

  protected updateCells(): Promise<void> {
    if (this.phase.state !== "ready") return Promise.resolve();
    if (this.isInert) {
      this.runs.clear();
      return Promise.resolve();
    }
    return this.runs.update(this.standing);
  }

  /** the cells as they run */
  protected get standing(): readonly Cell[] {
    return standing(this.cells, this.held);
  }

  #add(block: Block, after: string | null | undefined): string {
    this.edit(insertBlock(this.notebook, block, after));
    return block.id;
  }

  #freeName(wanted: string): string {
    return freeId(this.notebook.blocks, wanted, "_");
  }

  #signature(cell: Cell, filtered: Filter | undefined = this.brushing.filterOn(cell.id)): string {
    const own = cell.type === "sql" ? computationOf(cell) : cell.analysis;
    const isWhole = cell.type === "analysis" && this.shownQuery(cell).isWholeShop;
    const filter = isWhole ? filtered?.until : filtered;
    return JSON.stringify([cell.type, own, cell.params, filter]);
  }

  /** The customers of the filter's mark, once for all cells that it narrows. */
  async #keepMarked(engine: Engine, filter: Filter | undefined): Promise<void> {
    if (!filter?.mark) return;
    const { mark, ...rest } = filter;
    const isKept =
      this.#kept.filter === JSON.stringify(filter) && this.#kept.dataset === this.dataset;
    if (isKept) return this.#kept.work;
    const drilled = { ...mark, row: mark.row as Record<string, ParamValue>, filter: rest };
    const work = keepMarked(engine, this.query(mark.analysis), drilled);
    this.#kept = { filter: JSON.stringify(filter), dataset: this.dataset, work };
    return work;
  }

  async #compute(cell: Cell, options: RunOptions): Promise<Ran> {
    const engine = await this.stand();
    const filter = this.brushing.filterOn(cell.id);
    await this.#keepMarked(engine, filter);
    const query = this.queryOf(cell);
    const reads = readBy(cell, this.standing).map(({ id }) => id);
    const isKept = isRead(cell, this.standing);
    const asked = { cell, query, reads, isKept };
    const rolledUp: RunOptions["rolledUp"] = (on, narrow, how) =>
      this.#rollups.run(on, { ...narrow, cell: cell.id, data: this.dataset }, how);
    return runCell(engine, this.models, asked, { ...options, filter, rolledUp });
  }

  /** The figure of a cell for another filter, where the sums that it keeps give it. */
  async #follow(
    cell: Cell,
    filter: Filter | undefined,
  ): Promise<Extract<Outcome, { state: "done" }> | undefined> {
    const since = performance.now();
    const query = this.queryOf(cell);
    if (this.missing(query)) return undefined;
    const params = bindParams(query.params, paramsUntil(query, cell.params, filter));
    const asked = { cell: cell.id, query, params, filter, data: this.dataset };
    const table = await this.#rollups.run(await this.stand(), asked, {});
    if (!table) return undefined;
    const ran: Ran = { table, notes: [] };
    const sentence = sentenceOf(query, ran, this.locale, this.currency);
    return { state: "done", ...ran, tookMs: performance.now() - since, sentence };
  }

  /** An engine that does not stand keeps nothing. */
  async #forgetKept(ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || this.phase.state !== "ready") return;
    await this.stand()
      .then((engine) => dropKept(engine, ids))
      .catch(() => undefined);
  }
}
