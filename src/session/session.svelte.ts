import type { Table } from "apache-arrow";
import { queries } from "../catalog/queries.ts";
import type { Localized, Query } from "../catalog/query.ts";
import { EngineError } from "../engine/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { toCsv } from "../engine/toCsv.ts";
import { IntakeError } from "../intake/intakeError.ts";
import type { ImportReport, Question, Role } from "../intake/report.ts";
import type { Models } from "../models/fitClient.ts";
import { cellsOf, formatNotebook, parseNotebook, setParam } from "../notebook/notebook.ts";
import type { AnalysisCell, Notebook, Params } from "../notebook/notebook.ts";
import { text } from "../words/words.ts";
import type { Locale } from "../words/words.ts";
import { buildReport } from "./buildReport.ts";
import { CellRuns } from "./cellRuns.svelte.ts";
import { errorText, toRefusal } from "./errorText.ts";
import type { Trouble } from "./errorText.ts";
import { firstNotebook } from "./firstNotebook.ts";
import { importSources } from "./importSources.ts";
import type { ReadFile } from "./loadFile.ts";
import { openQuestions } from "./openQuestions.ts";
import { missingFor, noData, readDataset } from "./needs.ts";
import type { Dataset } from "./needs.ts";
import type { Outcome, Phase } from "./outcome.ts";
import { rejectsCsv } from "./rejectsCsv.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Ran, RunOptions } from "./runAnalysis.ts";
import { sentenceOf } from "./sentenceOf.ts";
import { toSources } from "./source.ts";
import type { Answers, FilePlan, Source } from "./source.ts";
import { warmUp } from "./warmUp.ts";

export type { Locale } from "../words/words.ts";
export type { Outcome, Phase } from "./outcome.ts";
export type { FilePlan } from "./source.ts";
export type Cell = AnalysisCell;
export type Theme = "auto" | "light" | "dark";

export interface SessionOptions {
  /** starts the engine; called again by `retry` */
  startEngine: () => Promise<Engine>;
  models: Models;
  locale: Locale;
  theme?: Theme;
}

/**
 * The only thing that changes: what was imported, the notebook, and what became of each cell. The
 * view shows it and sends intents; everything below it computes.
 */
export class Session {
  phase = $state.raw<Phase>({ state: "starting" });
  locale = $state.raw<Locale>("en");
  theme = $state.raw<Theme>("auto");
  files = $state.raw<FilePlan[]>([]);
  report = $state.raw<ImportReport | null>(null);
  notebook = $state.raw<Notebook>({ blocks: [] });
  #trouble = $state.raw<unknown>(null);
  /** what went wrong with the reader's last act, in the language of now */
  readonly notice: Trouble | null = $derived(
    this.#trouble === null ? null : errorText(this, this.#trouble),
  );
  readonly cells = $derived(cellsOf(this.notebook));
  readonly questions: Question[] = $derived(openQuestions(this.files));

  readonly #options: SessionOptions;
  #engine: Engine | undefined;
  #starting: Promise<Engine> | undefined;
  #sources: Source[] = [];
  #refused: Source[] = [];
  #answers: Answers = {};
  #read: ReadFile[] = [];
  #dataset: Dataset = noData;
  /** the import that runs, or ran last; never rejects */
  #reading: Promise<void> = Promise.resolve();
  #warming: AbortController | undefined;
  /** aborts the import that runs */
  #importing: AbortController | undefined;
  readonly #runs = new CellRuns({
    query: (id) => this.query(id),
    missing: (query) => this.missing(query),
    compute: ({ analysis, params }, options) => this.run(analysis, params, options),
    sentence: (query, ran) => sentenceOf(query, ran, this.locale, this.#currency),
    trouble: (error) => errorText(this, error),
  });

  constructor(options: SessionOptions) {
    this.#options = options;
    this.locale = options.locale;
    this.theme = options.theme ?? "auto";
  }

  get outcomes(): ReadonlyMap<string, Outcome> {
    return this.#runs.outcomes;
  }

  /** Resolves when the engine stands; an engine that cannot start is the phase "broken". */
  async start(): Promise<Engine | undefined> {
    this.#starting ??= this.#options.startEngine();
    try {
      this.#engine = await this.#starting;
      if (this.phase.state === "starting") this.phase = { state: "empty" };
      this.#warm(this.#engine);
      return this.#engine;
    } catch (error) {
      this.#starting = undefined;
      this.phase = { state: "broken", ...errorText(this, error) };
      return undefined;
    }
  }

  async retry(): Promise<void> {
    this.phase = { state: "starting" };
    await this.start();
  }

  /**
   * Adds files to what is there (one of the same name replaces it) and reads everything afresh.
   *
   * @returns whether that came to its end; if not, `notice` says why and what was there before is back
   */
  async importFiles(files: File[], answers: Answers = {}): Promise<boolean> {
    const added = toSources(files);
    const names = new Set(added.map(({ name }) => name));
    const kept = this.#sources.filter(({ name }) => !names.has(name));
    return this.#import([...kept, ...added], { ...this.#answers, ...answers });
  }

  async pasteText(pasted: string): Promise<void> {
    const name = `${this.text("import.pasted")}.csv`;
    await this.importFiles([new File([pasted], name, { type: "text/plain" })]);
  }

  /** The simulated shop, which replaces what is there. @returns as `importFiles` */
  async demo(options: { customers?: number; seed?: number } = {}): Promise<boolean> {
    this.phase = { ...importingNothing, file: this.text("landing.demo") };
    const request = { type: "simulate", params: options } as const;
    try {
      const shop = await this.#options.models.run(request);
      this.#forget();
      return await this.importFiles([
        new File([shop.ordersCsv], "demo-orders.csv", { type: "text/csv" }),
        new File([shop.costsCsv], "demo-costs.csv", { type: "text/csv" }),
      ]);
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  cancel(): void {
    this.#importing?.abort();
  }

  async answer(questionId: string, option: string): Promise<void> {
    await this.#import(this.#sources, { ...this.#answers, [questionId]: option });
  }

  async mapRole(file: string, role: Role, column: string | null): Promise<void> {
    // a correction is how a refused file may come back
    const refused = this.#refused.filter(({ name }) => name === file);
    const sources = [...this.#sources, ...refused].map((source): Source => {
      if (source.name !== file) return source;
      const mapping = { ...source.corrections.mapping, [role]: column };
      return { ...source, corrections: { ...source.corrections, mapping } };
    });
    await this.#import(sources, this.#answers);
  }

  async reset(): Promise<void> {
    const importing = this.#importing;
    this.#importing = undefined; // so that nobody reads again what was there before
    importing?.abort();
    this.#forget();
    this.phase = { state: "empty" };
    await this.#restart();
  }

  query(id: string): Query {
    const found = queries.find((query) => query.folder === "analyses" && query.id === id);
    if (!found) throw new RangeError(`unknown analysis: ${id}`);
    return found;
  }

  setParam(cellId: string, name: string, value: Params[string]): void {
    this.notebook = setParam(this.notebook, cellId, name, value);
    const cell = this.cells.find(({ id }) => id === cellId);
    if (cell && this.phase.state === "ready") void this.#runs.run(cell);
  }

  /** Stops the run of one cell; its outcome says so. */
  cancelCell(cellId: string): void {
    this.#runs.stop(cellId);
  }

  markdown(): string {
    return formatNotebook(this.notebook);
  }

  async setMarkdown(markdown: string): Promise<void> {
    const notebook = parseNotebook(markdown);
    for (const { analysis } of cellsOf(notebook)) this.query(analysis);
    this.notebook = notebook;
    this.#runs.clear();
    if (this.phase.state === "ready") await this.#runs.runAll(this.cells);
  }

  /** A result by the same way as a cell's. @throws as `runAnalysis`, and RangeError when it is not available */
  async run(id: string, params: Record<string, unknown>, options?: RunOptions): Promise<Ran> {
    const query = this.query(id);
    const missing = this.missing(query);
    if (missing) throw new RangeError(`unavailable analysis ${id}: ${missing}`);
    return runAnalysis(await this.#stand(), this.#options.models, query, params, options);
  }

  /** Why an analysis cannot run on this data, or null. */
  missing(query: Query): string | null {
    return missingFor(query, this.#dataset, this);
  }

  async sql(statement: string): Promise<Table> {
    return (await this.#stand()).query(statement, { timeoutMs: 30_000 });
  }

  async exportCsv(cellId: string): Promise<Blob> {
    const outcome = this.outcomes.get(cellId);
    if (outcome?.state !== "done") throw new Error(`no result to export: ${cellId}`);
    return Promise.resolve(toCsv(outcome.table));
  }

  exportRejects(): Blob {
    return rejectsCsv(this.files);
  }

  setLocale(locale: Locale): void {
    this.locale = locale;
    this.#runs.say(this.cells);
    this.files = this.files.map((file, i) => {
      const plan = this.#read[i]?.plan;
      if (!plan?.error) return file;
      return { ...file, report: { ...file.report, error: errorText(this, toRefusal(plan)) } };
    });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
  }

  text(key: string, values?: Record<string, string | number>): string {
    return text(this.locale, key, values);
  }

  localized(words: Localized): string {
    return words[this.locale] ?? words.en;
  }

  dismissNotice(): void {
    this.#trouble = null;
  }

  /** Its only use is speed: what goes wrong in it goes wrong again, and is said, with a real file. */
  #warm(engine: Engine): void {
    this.#warming?.abort();
    const warming = new AbortController();
    this.#warming = warming;
    this.#reading = this.#reading
      .then(() => (this.report ? undefined : warmUp(engine, warming.signal)))
      .catch(() => undefined);
  }

  async #stand(): Promise<Engine> {
    const engine = this.#engine ?? (await this.start());
    if (engine) return engine;
    const { code, message } = this.phase as Extract<Phase, { state: "broken" }>;
    throw new EngineError(code as EngineError["code"], message);
  }

  async #restart(): Promise<void> {
    await this.#engine?.restart();
    if (this.#engine) this.#warm(this.#engine);
  }

  async #import(sources: Source[], answers: Answers): Promise<boolean> {
    this.#importing?.abort();
    this.#warming?.abort();
    this.#runs.clear();
    const importing = new AbortController();
    this.#importing = importing;
    this.#trouble = null;
    this.phase = { ...importingNothing, file: sources[0]?.name ?? "" };
    const stopped = new Promise<never>((_, reject) => {
      importing.signal.addEventListener("abort", () =>
        reject(new EngineError("cancelled", "import cancelled")),
      );
    });
    // an import that was stopped must have let go of the tables before the next lays them out
    this.#reading = this.#reading.then(() => this.#readAll(sources, answers, importing));
    const reading = this.#reading;
    this.#reading = reading.catch(() => undefined);
    try {
      await Promise.race([reading, stopped]);
    } catch (error) {
      if (this.#importing === importing) await this.#recover(error);
      return false;
    }
    if (this.#importing === importing) void this.#runs.runAll(this.cells);
    return true;
  }

  async #readAll(sources: Source[], answers: Answers, importing: AbortController): Promise<void> {
    const { signal } = importing;
    signal.throwIfAborted();
    const engine = await this.#stand();
    const { files, hasOrders } = await importSources(engine, sources, {
      answers,
      signal,
      onProgress: (progress) => {
        if (this.#importing === importing) this.phase = { state: "importing", ...progress };
      },
    });
    const report = await buildReport(engine, files, hasOrders, this);
    const dataset = hasOrders ? await readDataset(engine) : noData;
    signal.throwIfAborted();
    this.#sources = sources;
    this.#answers = answers;
    this.#read = files;
    this.#dataset = dataset;
    this.report = report;
    this.files = files.map(({ plan }, i) => ({
      report: report.files[i]!,
      columns: plan.columns,
      preview: plan.preview,
      confidence: plan.confidence,
    }));
    this.#noteRefusals(hasOrders);
    if (hasOrders && this.cells.length === 0) this.notebook = firstNotebook(this.text("app.name"));
    this.phase = hasOrders ? { state: "ready" } : { state: "empty" };
  }

  #noteRefusals(hasOrders: boolean): void {
    const refused = this.#read.find(({ plan }) => plan.error)?.plan;
    if (refused) this.#trouble = toRefusal(refused);
    else if (!hasOrders) this.#trouble = new IntakeError("no-orders");
    // a refused file is no part of what later imports read again
    const isRefused = (_: Source, i: number) => this.#read[i]?.plan.kind === "refused";
    this.#refused = this.#sources.filter(isRefused);
    this.#sources = this.#sources.filter((source, i) => !isRefused(source, i));
  }

  /** After a failed or cancelled import nothing of it is left; what was there before is read again. */
  async #recover(error: unknown): Promise<void> {
    const [before, answers, notebook] = [this.#sources, this.#answers, this.notebook];
    const isCancelled = error instanceof EngineError && error.code === "cancelled";
    this.#forget();
    this.#importing = undefined;
    const trouble = isCancelled ? new IntakeError("cancelled") : error;
    this.#trouble = trouble;
    this.phase = { state: "empty" };
    await this.#restart();
    if (before.length === 0 || this.#importing !== undefined) return;
    this.notebook = notebook;
    await this.#import(before, answers);
    this.#trouble ??= trouble;
  }

  #fail(error: unknown): void {
    this.#trouble = error;
    this.phase = { state: this.report ? "ready" : "empty" };
  }

  #forget(): void {
    this.#runs.clear();
    this.#sources = [];
    this.#refused = [];
    this.#answers = {};
    this.#read = [];
    this.#dataset = noData;
    this.files = [];
    this.report = null;
    this.#trouble = null;
    this.notebook = { blocks: [] };
  }

  get #currency(): string | null {
    return this.report?.totals.currency ?? null;
  }
}

const importingNothing = {
  state: "importing",
  file: "",
  step: "inspect",
  rows: 0,
  bytes: 0,
  totalBytes: 0,
  share: 0,
} as const;
