import type { Table } from "apache-arrow";
import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import { fileOf } from "../catalog/queries.ts";
import { checkReads, withTables } from "../catalog/readerQuery.ts";
import type { Engine } from "../engine/engine.ts";
import {
  duplicateCell,
  insertBlock,
  moveBlock,
  removeBlock,
  renameCell,
  setFilter,
  setFolded,
  setParam,
  setText,
} from "../notebook/edits.ts";
import type { Filter } from "../notebook/filter.ts";
import { addStep, endStep } from "../notebook/history.ts";
import { emptyNotebook, freeId } from "../notebook/notebook.ts";
import { toFragment } from "../notebook/link.ts";
import type { Block, Cell, Notebook, Params } from "../notebook/notebook.ts";
import { parseNotebook } from "../notebook/parseNotebook.ts";
import { readStarter } from "../notebook/starters.ts";
import { isRead, readBy, sourcesOf } from "./cellGraph.ts";
import { CellRuns } from "./cellRuns.svelte.ts";
import { DocumentError, isDocument, readDocument } from "./documents.ts";
import { errorText } from "./errorText.ts";
import { keepTable, keptAs, keptSql, keptTables } from "./keepTable.ts";
import { noData } from "./needs.ts";
import type { Dataset } from "./needs.ts";
import { openNotebook } from "./openNotebook.ts";
import type { Outcome } from "./outcome.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Models, Ran, RunOptions } from "./runAnalysis.ts";
import { keepMarked, runDrill } from "./runDrill.ts";
import { filterVariables, paramsUntil, segmentsBy, sqlFor } from "./segments.ts";
import type { Segment } from "./segments.ts";
import { sentenceOf } from "./sentenceOf.ts";
import { SessionState } from "./sessionState.svelte.ts";
import type { Work } from "./sessionState.svelte.ts";
import type { Study } from "./study.ts";
import { toRows } from "./toRows.ts";

/** What the reader does to the notebook, and what becomes of its cells. */
export abstract class NotebookSession extends SessionState {
  protected abstract readonly models: Models;
  /** @throws EngineError when it cannot start */
  protected abstract stand(): Promise<Engine>;
  abstract importFiles(files: File[]): Promise<boolean>;

  /** the filter whose mark's customers are in their table, and of which import */
  #kept: { filter: string; dataset: Dataset; work: Promise<void> } = {
    filter: "",
    dataset: noData,
    work: Promise.resolve(),
  };
  /** whether the reader changed the document since it was opened */
  protected isEdited = false;

  /** cells of SQL whose text was changed and that wait to be run */
  protected held = $state.raw<ReadonlySet<string>>(new Set());

  protected readonly runs = new CellRuns({
    query: (cell) => this.queryOf(cell),
    missing: (query) => this.missing(query),
    compute: (cell, options) => this.#compute(cell, options),
    sentence: (query, ran) => sentenceOf(query, ran, this.locale, this.currency),
    trouble: (error) => errorText(this, error),
    signature: (cell) => this.#signature(cell),
    sources: (cell) => sourcesOf(cell, this.cells),
  });

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

  /** Another text of a cell of SQL, which then waits for `runCell`, or of prose. */
  setText(id: string, text: string): void {
    if (this.cells.some((cell) => cell.id === id)) this.held = new Set([...this.held, id]);
    this.edit(setText(this.notebook, id, text), `text ${id}`);
  }

  /** What is written from now on is a step of its own. */
  endStep(): void {
    this.history = endStep(this.history);
  }

  runCell(cellId: string): void {
    this.endStep();
    this.held = new Set([...this.held].filter((id) => id !== cellId));
    const cell = this.cells.find(({ id }) => id === cellId);
    if (!cell || this.phase.state !== "ready" || this.isInert) return;
    const isSame = this.runs.isCurrent(cell) && this.outcomes.get(cellId)?.state === "done";
    const again = isSame ? this.runs.run(cell) : Promise.resolve();
    void again.then(() => this.updateCells());
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
    const sql = fileOf(this.query(cell.analysis)).trim();
    return this.#add({ type: "sql", id, sql, params: cell.params }, cellId);
  }

  /** @throws RangeError for a name that is taken or is not one */
  renameCell(cellId: string, name: string): void {
    this.edit(renameCell(this.notebook, cellId, name));
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

  /** Another document in the place of this one. @throws SyntaxError, RangeError where it cannot be read */
  async setMarkdown(markdown: string): Promise<void> {
    this.open(this.readDocument(markdown));
    await this.updateCells();
  }

  /**
   * A notebook from a file or a link: nothing in it runs until `consent`. What cannot be read is told as
   * the notice, and what was open stays.
   */
  async openDocument(text: string | Promise<string>, { isInert = true } = {}): Promise<boolean> {
    try {
      const notebook = parseNotebook(await text);
      // the study that is open stays as it is: this is another
      const { sources, refused } = this.history.present.shelf;
      const study = sources.length + refused.length > 0 ? crypto.randomUUID() : "";
      this.open(notebook, { isInert, study });
      this.trouble = null;
      await this.updateCells();
      return true;
    } catch (error) {
      const { message } = error as Error;
      this.trouble = error instanceof DocumentError ? error : new DocumentError(message);
      return false;
    }
  }

  /** What was dropped or chosen: a notebook is opened, everything else is data. */
  async take(files: File[]): Promise<void> {
    const [document] = files.filter(isDocument);
    const data = files.filter((file) => !isDocument(file));
    if (document && !(await this.openDocument(readDocument(document)))) return;
    if (data.length > 0) await this.importFiles(data);
  }

  /** A study that lies on the page's own host, which is trusted as the page is. */
  async openStudy(study: Promise<Study>): Promise<void> {
    const text = study.then(({ document }) => document);
    if (!(await this.openDocument(text, { isInert: false }))) return;
    const { files } = await study;
    if (files.length > 0) await this.importFiles(files);
  }

  async pasteText(pasted: string): Promise<void> {
    const name = `${this.text("import.pasted")}.csv`;
    await this.importFiles([new File([pasted], name, { type: "text/plain" })]);
  }

  /** The reader has seen what a notebook from elsewhere holds and lets it run. */
  consent(): void {
    const { past, present, future } = this.history;
    const allow = (work: Work): Work => ({ ...work, isInert: false });
    const steps = (list: typeof past) =>
      list.map((step) => ({ ...step, state: allow(step.state) }));
    this.history = { past: steps(past), present: allow(present), future: steps(future) };
    void this.updateCells();
  }

  /** The address of this page that opens the document, which stands in its fragment. */
  async shareLink(address: string): Promise<string> {
    return address.replace(/#.*$/, "") + (await toFragment(this.recipe()));
  }

  /** A result by the same way as a cell's. @throws as `runAnalysis`, and RangeError when it is not available */
  async run(id: string, params: Record<string, unknown>, options?: RunOptions): Promise<Ran> {
    const query = this.query(id);
    const missing = this.missing(query);
    if (missing) throw new RangeError(`unavailable analysis ${id}: ${missing}`);
    return runAnalysis(await this.stand(), this.models, query, params, options);
  }

  /** The customers that a row of a cell's result counts, in the columns of `drilledQuery`. */
  async drill(cell: Cell, table: Table, row: number): Promise<Table> {
    const values = toRows(table.slice(row, row + 1))[0] as Record<string, ParamValue>;
    const drilled = { params: cell.params, row: values, filter: this.filter };
    return runDrill(await this.stand(), this.queryOf(cell), drilled);
  }

  async sql(statement: string): Promise<Table> {
    return (await this.stand()).query(statement, { timeoutMs: 30_000 });
  }

  /** One of the notebooks to start from; every analysis with "". The filter stays. */
  openStarter(id: string): void {
    if (this.isElsewhere) return;
    const change = { was: noData, now: this.dataset };
    const opened = id ? readStarter(id, this.locale) : openNotebook(emptyNotebook, this, change);
    this.open(setFilter(opened, this.filter));
    void this.updateCells();
  }

  /** @throws SyntaxError, and RangeError for an analysis that there is not */
  protected readDocument(markdown: string): Notebook {
    const notebook = parseNotebook(markdown);
    for (const cell of notebook.blocks) if (cell.type === "analysis") this.query(cell.analysis);
    return notebook;
  }

  /** Puts an edited document in the place of this one; edits of one kind that follow on each other are one step. */
  protected edit(notebook: Notebook, kind = ""): void {
    if (this.isReadOnly || notebook === this.notebook) return;
    if (notebook.version > this.notebook.version) this.keepOriginal();
    this.isEdited = true;
    this.history = addStep(this.history, { ...this.history.present, notebook }, kind);
    void this.updateCells();
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
    this.held = new Set();
  }

  protected updateCells(): Promise<void> {
    if (this.phase.state !== "ready") return Promise.resolve();
    if (this.isInert) {
      this.runs.clear();
      return Promise.resolve();
    }
    return this.runs.update(this.cells, this.held);
  }

  #add(block: Block, after: string | null | undefined): string {
    this.edit(insertBlock(this.notebook, block, after));
    return block.id;
  }

  #freeName(wanted: string): string {
    return freeId(this.notebook.blocks, wanted, "_");
  }

  #signature(cell: Cell): string {
    const own = cell.type === "sql" ? cell.sql : cell.analysis;
    const isWhole = cell.type === "analysis" && this.shownQuery(cell).isWholeShop;
    const filter = isWhole ? this.filter?.until : this.filter;
    const sources = this.#sourcesOrNone(cell);
    const parts = [cell.type, own, cell.params, filter, isRead(cell, this.cells)];
    return JSON.stringify([...parts, ...sources.map((source) => this.#signature(source))]);
  }

  /** a circle is said when the cell runs */
  #sourcesOrNone(cell: Cell): readonly Cell[] {
    try {
      return sourcesOf(cell, this.cells);
    } catch {
      return [];
    }
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
    const { filter } = this;
    await this.#keepMarked(engine, filter);
    const query = this.queryOf(cell);
    if (cell.type === "sql") checkReads(query);
    const reads = keptTables(readBy(cell, this.cells).map(({ id }) => id));
    const readable = { ...query, sql: withTables(query.sql, reads) };
    const isKept = isRead(cell, this.cells);
    if (!isKept || query.model) {
      const ran = await runAnalysis(engine, this.models, readable, cell.params, {
        ...options,
        filter,
      });
      if (isKept) await keepTable(engine, cell.id, ran.table, query);
      return ran;
    }
    const variables = {
      ...bindParams(query.params, paramsUntil(query, cell.params, filter)),
      ...filterVariables(filter),
    };
    const kept = await keptAs(engine, cell.id, sqlFor(readable, filter));
    await engine.query(kept, { ...options, variables });
    return { table: await engine.query(keptSql(cell.id), options), notes: [] };
  }
}
