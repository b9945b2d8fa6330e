import { EngineError, type Engine } from "../engine/engine.ts";
import { IntakeError } from "../intake/intakeError.ts";
import type { Corrections } from "../intake/plan.ts";
import type { Models } from "../models/fitClient.ts";
import { addStep, amend, beginHistory, redo, undo, type History } from "../notebook/history.ts";
import { emptyNotebook, filesOf } from "../notebook/notebook.ts";
import { starterOf, translateStarter } from "../notebook/starters.ts";
import { text, type Locale } from "../words/words.ts";
import { buildReport } from "./buildReport.ts";
import type { DemoOptions } from "./demoFiles.ts";
import { errorText, refusalOf, sayRefusals } from "./errorText.ts";
import { openNotebook, translateHeadings } from "./openNotebook.ts";
import { importSources } from "./importSources.ts";
import type { ReadFile } from "./loadFile.ts";
import { isTooLarge } from "./memoryNeed.ts";
import { noData, readDataset } from "./needs.ts";
import { KeptSession } from "./keptSession.svelte.ts";
import { beginImport, type ImportWay, type Phase } from "./outcome.ts";
import { emptyWork, type Work } from "./sessionState.svelte.ts";
import type { ReaderSettings } from "./readerSettings.svelte.ts";
import { settleByGuess } from "./settleByGuess.ts";
import { shapesThatAsk } from "./shapesThatAsk.ts";
import { ShapeMemory } from "./shapeMemory.ts";
import { addFiles, correctFile, removeFile, restoreFile } from "./shelf.ts";
import { shelve, wholeShelf, type Shelf } from "./shelf.ts";
import type { Answers } from "./source.ts";
import { StudyKeeper } from "./studyKeeper.svelte.ts";
import { toPage } from "./toPage.ts";
import { namesOf, type Undoable } from "./undoable.ts";
import { Warmer } from "./warmUp.ts";
import { whenStopped } from "./whenStopped.ts";

export type { Outcome, Phase } from "./outcome.ts";
export type { FilePlan } from "./source.ts";
export type { Cell } from "../notebook/notebook.ts";

export interface SessionOptions {
  /** starts the engine; called again by `retry` */
  startEngine: () => Promise<Engine>;
  models: Models;
  locale: Locale;
  settings?: ReaderSettings;
  memory?: ShapeMemory;
  /** of the product, which a report names */
  version: string;
  /** what keeps studies; they are not kept where it is absent */
  kept?: StudyKeeper;
}

/**
 * The only thing that changes: what was imported, the notebook, and what became of each cell. The
 * view shows it and sends intents; everything below it computes.
 */
export class Session extends KeptSession {
  readonly #options: SessionOptions;
  #engine: Engine | undefined;
  #starting: Promise<Engine> | undefined;
  readonly #memory: ShapeMemory;
  #read: ReadFile[] = [];
  /** the import that runs, or ran last; never rejects */
  #reading: Promise<void> = Promise.resolve();
  readonly #warmer = new Warmer();
  /** the import that an engine which could not start left undone */
  #waiting: (() => Promise<unknown>) | undefined;
  /** aborts the import that runs */
  #importing: AbortController | undefined;
  protected readonly models: Models;
  protected readonly version: string;

  constructor(options: SessionOptions) {
    super(options.kept ?? new StudyKeeper(), options.settings);
    this.#options = options;
    this.models = options.models;
    this.version = options.version;
    this.locale = options.locale;
    this.#memory = options.memory ?? new ShapeMemory();
  }

  /** Resolves when the engine stands; an engine that cannot start is the phase "broken". */
  async start(): Promise<Engine | undefined> {
    this.#starting ??= this.#options.startEngine();
    try {
      this.#engine = await this.#starting;
      this.isStarting = false;
      if (this.phase.state === "starting") this.phase = { state: "empty" };
      this.#warm(this.#engine);
      return this.#engine;
    } catch (error) {
      this.#starting = undefined;
      this.phase = { state: "broken", ...errorText(this, error) };
      return undefined;
    }
  }

  /** Starts the engine again, and then what was to be read with it. */
  async retry(): Promise<void> {
    this.phase = { state: "starting" };
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (await this.start()) await waiting?.();
  }

  /**
   * Adds files to what is there (one of the same name replaces it) and reads everything afresh.
   *
   * @returns whether that came to its end; if not, `notice` says why and what was there before is back
   */
  async importFiles(files: File[], answers: Answers = {}): Promise<boolean> {
    return this.#change("added", addFiles(this.#shelf, files, answers));
  }

  /** The simulated shop, which replaces what is there. @returns as `importFiles` */
  async demo(options: DemoOptions = {}): Promise<boolean> {
    this.phase = beginImport(this.text("landing.demo"));
    try {
      return await this.#change("added", await this.demoShelf(options), {
        // a notebook that waits for data is read with these
        notebook: this.#shelf.sources.length > 0 ? emptyNotebook : this.notebook,
        afresh: true,
      });
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  cancel(): void {
    this.#importing?.abort();
  }

  /** Settles a question, of one file where its name stands before the id, for it and its like. */
  async answer(questionId: string, option: string): Promise<void> {
    const shelf = this.#shelf;
    const answers = { ...shelf.answers, [questionId]: option };
    const asking = shapesThatAsk(this.#read, questionId);
    const read = this.phase.state === "ready" ? this.#read : [];
    const settled = await settleByGuess(read, { questionId, option }, shelf.answers);
    if (settled) await this.#restate(settled, { ...shelf, answers });
    else if (!(await this.#import({ ...shelf, answers }))) return;
    for (const { shape, id } of asking) this.#memory.keep(shape, { answers: { [id]: option } });
  }

  /** What is said of the files is another, and they are as they were read. */
  async #restate(files: ReadFile[], shelf: Shelf): Promise<void> {
    const engine = await this.stand();
    const report = await buildReport(engine, files, true, this);
    this.files = await Promise.all(files.map((file, i) => toPage(engine, file, report.files[i]!)));
    [this.report, this.#read] = [report, files];
    this.history = addStep(this.history, { ...this.#work, shelf });
  }

  /** Reads a file again with parts of it as the reader says; a part that is undefined as found. */
  async correct(file: string, corrections: Corrections): Promise<void> {
    if (await this.#import(correctFile(this.#shelf, file, corrections))) this.#remember(file);
  }

  /** Reads a file again without corrections. */
  async restore(file: string): Promise<void> {
    if (await this.#import(restoreFile(this.#shelf, file))) this.#remember(file);
  }

  /** Forgets what was said of files of this one's shape, and reads it as if for the first time. */
  async forgetShape(file: string): Promise<void> {
    const shape = this.#read.find(({ plan }) => plan.name === file)?.source.shape;
    if (shape) this.#memory.forget(shape);
    await this.#import(restoreFile(this.#shelf, file, { forget: true }));
  }

  /** Takes a file out and reads what is left. */
  async remove(file: string): Promise<void> {
    if (this.#shelf.sources.length > 0 && this.#dropRefused(file)) return;
    await this.#change("removed", removeFile(this.#shelf, file));
  }

  /** Takes the last step back: an edit, an answer, a correction, an import. */
  async undo(): Promise<void> {
    if (this.canUndo) await this.#goTo(undo(this.history));
  }

  /** Takes the last step that was taken back again. */
  async redo(): Promise<void> {
    if (this.canRedo) await this.#goTo(redo(this.history));
  }

  async reset(): Promise<void> {
    await this.openWork(emptyWork);
  }

  protected async openWork(work: Work): Promise<void> {
    const importing = this.#importing;
    const isFresh = importing === undefined && this.#read.length === 0;
    this.#importing = undefined; // so that nobody reads again what was there before
    importing?.abort();
    this.history = beginHistory(work);
    this.held = new Map();
    if (!isFresh || this.phase.state !== "empty") await this.#empty();
  }

  protected readShelf(shelf: Shelf, way: ImportWay): Promise<boolean> {
    return this.#import(wholeShelf(shelf), way);
  }

  setLocale(locale: Locale): void {
    const before = this.locale;
    const was = { text: (key: string) => text(before, key) };
    this.locale = locale;
    if (locale !== before) this.settings.locale = locale;
    const notebook = starterOf(this.notebook)
      ? translateStarter(this.notebook, locale)
      : translateHeadings(this.notebook, was, this);
    if (notebook !== this.notebook) this.history = amend(this.history, { ...this.#work, notebook });
    this.runs.say(this.standing);
    this.files = sayRefusals(this, this.files, this.#read);
  }

  #warm(engine: Engine): void {
    this.#reading = this.#warmer.start(engine, this.#reading, () => this.report === null);
  }

  protected async stand(): Promise<Engine> {
    const engine = this.#engine ?? (await this.start());
    if (engine) return engine;
    const { code, message } = this.phase as Extract<Phase, { state: "broken" }>;
    throw new EngineError(code as EngineError["code"], message);
  }

  async #restart(): Promise<void> {
    await this.#engine?.restart();
    if (this.#engine) this.#warm(this.#engine);
  }

  get #work(): Work {
    return this.history.present;
  }

  get #shelf(): Shelf {
    return this.#work.shelf;
  }

  /** An import or a removal, which is told with a way back once it came to its end. */
  async #change(what: Undoable["what"], shelf: Shelf, way: ImportWay = {}): Promise<boolean> {
    const before = this.#shelf;
    if (shelf.sources.length === 0) {
      this.history = addStep(this.history, { ...emptyWork, shelf });
      await this.#empty();
    } else if (!(await this.#import(shelf, way))) return false;
    this.#tell(what, before);
    return true;
  }

  #tell(what: Undoable["what"], before: Shelf): void {
    const names = namesOf(what, before, this.#shelf);
    this.change = names.length > 0 ? { what, names, work: this.#work } : null;
  }

  /** A file that was not read can go without reading the others again. */
  #dropRefused(file: string): boolean {
    const before = this.#shelf;
    if (!before.refused.some(({ name }) => name === file)) return false;
    this.history = addStep(this.history, { ...this.#work, shelf: removeFile(before, file) });
    this.#tell("removed", before);
    this.#read = this.#read.filter(({ plan }) => plan.name !== file);
    this.files = this.files.filter(({ report }) => report.name !== file);
    if (this.report)
      this.report = { ...this.report, files: this.files.map(({ report }) => report) };
    return true;
  }

  /** To another state of the history; where its files are others, they are read again. */
  async #goTo(history: History<Work>): Promise<void> {
    if (this.phase.state === "importing") return;
    const { notebook, shelf } = history.present;
    if (shelf === this.#shelf) {
      this.history = history;
      return this.settleCells();
    }
    if (shelf.sources.length + shelf.refused.length === 0) {
      this.history = history;
      return this.#empty();
    }
    const settle = (work: Work) => amend(history, { ...work, notebook });
    await this.#import(wholeShelf(shelf), { settle });
  }

  /** What the reader says of a file holds for the next of its shape; not what makes it unreadable. */
  #remember(file: string): void {
    const read = this.#read.find(({ plan }) => plan.name === file);
    if (!read?.source.shape || read.plan.kind === "refused") return;
    this.#memory.keep(read.source.shape, { corrections: read.source.corrections });
  }

  async #import(shelf: Shelf, way: ImportWay = {}): Promise<boolean> {
    if (this.isBroken) return this.#wait(shelf, way);
    const isUnderWay = this.phase.state === "importing" && this.#importing !== undefined;
    this.#importing?.abort();
    this.#warmer.stop();
    this.runs.clear();
    const importing = new AbortController();
    this.#importing = importing;
    this.trouble = null;
    this.phase = beginImport(shelf.sources[0]?.name ?? "");
    const stopped = whenStopped(importing.signal, "import cancelled");
    // an import that was stopped must have let go of the tables before the next lays them out
    this.#reading = this.#reading.then(() => this.#readAll(shelf, importing, way));
    const reading = this.#reading;
    this.#reading = reading.catch(() => undefined);
    try {
      await Promise.race([reading, stopped]);
    } catch (error) {
      if (this.#importing !== importing) return false;
      if (this.isBroken) return this.#wait(shelf, way);
      if (isTooLarge(error) && !isUnderWay) this.#fail(error);
      else await this.#recover(error);
      return false;
    }
    if (this.#importing === importing) void this.updateCells();
    return true;
  }

  /** Without an engine nothing is read; what was to be is when there is one. */
  #wait(shelf: Shelf, way: ImportWay): false {
    this.#importing = undefined;
    this.#waiting = () => this.#import(shelf, way);
    return false;
  }

  async #readAll(shelf: Shelf, importing: AbortController, way: ImportWay): Promise<void> {
    const { signal } = importing;
    signal.throwIfAborted();
    const engine = await this.stand();
    const { files, hasOrders } = (this.imported = await importSources(engine, shelf.sources, {
      answers: shelf.answers,
      memory: this.#memory,
      recipes: filesOf(way.notebook ?? this.notebook),
      signal,
      onProgress: (progress) => {
        if (this.#importing === importing) this.phase = { state: "importing", ...progress };
      },
    }));
    const report = await buildReport(engine, files, hasOrders, this);
    const dataset = hasOrders ? await readDataset(engine) : noData;
    const pages = await Promise.all(files.map((file, i) => toPage(engine, file, report.files[i]!)));
    signal.throwIfAborted();
    this.#read = files;
    const change = { was: way.afresh ? noData : this.dataset, now: dataset };
    const from = way.notebook ?? this.notebook;
    const notebook = openNotebook(from, this, change);
    const read = shelve(files, shelf.answers);
    const isNew = read.sources.length > 0 && (way.afresh || !this.#work.study);
    const study = isNew ? crypto.randomUUID() : this.#work.study;
    const work = { ...this.#work, notebook, shelf: read, study };
    this.history = way.settle?.(work) ?? addStep(this.history, work);
    this.held = new Map();
    this.dataset = dataset;
    this.report = report;
    this.files = pages;
    this.trouble = refusalOf(files) ?? (hasOrders ? null : new IntakeError("no-orders"));
    this.phase = hasOrders ? { state: "ready" } : { state: "empty" };
  }

  /** After a failed or cancelled import nothing of it is left; what was there before is read again. */
  async #recover(error: unknown): Promise<void> {
    const before = this.#shelf;
    const isCancelled = error instanceof EngineError && error.code === "cancelled";
    this.#forget();
    this.#importing = undefined;
    const trouble = isCancelled ? new IntakeError("cancelled") : error;
    this.trouble = trouble;
    this.phase = { state: "empty" };
    await this.#restart();
    if (before.sources.length === 0 || this.#importing !== undefined) return;
    const notebook = this.notebook;
    await this.#import(before, { settle: (work) => amend(this.history, { ...work, notebook }) });
    this.trouble ??= trouble;
  }

  #fail(error: unknown): void {
    this.trouble = error;
    const hasOrders = this.cells.length > 0 && this.dataset.orders > 0;
    this.phase = { state: hasOrders ? "ready" : "empty" };
    if (hasOrders) void this.updateCells();
  }

  /** Nothing is read any more; the history stays. */
  async #empty(): Promise<void> {
    this.#forget();
    this.phase = { state: "empty" };
    await this.#restart();
  }

  #forget(): void {
    this.runs.clear();
    this.#read = [];
    this.dataset = noData;
    this.files = [];
    this.report = null;
    this.trouble = null;
  }
}
