import type { Table } from "apache-arrow";
import { queries } from "../catalog/queries.ts";
import type { Column, Localized, Query } from "../catalog/query.ts";
import type { ImportReport, Question } from "../intake/report.ts";
import { readerQuery } from "../catalog/readerQuery.ts";
import { setFiles } from "../notebook/edits.ts";
import { formatNotebook } from "../notebook/formatNotebook.ts";
import { beginHistory } from "../notebook/history.ts";
import type { History } from "../notebook/history.ts";
import { cellsOf, emptyNotebook, filesOf, filterOf, isNewer } from "../notebook/notebook.ts";
import type { Cell, Notebook, SqlCell } from "../notebook/notebook.ts";
import { headingOf } from "../notebook/proseHtml.ts";
import { starterOf } from "../notebook/starters.ts";
import { text } from "../words/words.ts";
import type { Locale } from "../words/words.ts";
import { documentName } from "./documents.ts";
import { errorText } from "./errorText.ts";
import type { Trouble, Words } from "./errorText.ts";
import { waitingAnalyses } from "./openNotebook.ts";
import { missingFor, noData, type Dataset } from "./needs.ts";
import { openQuestions } from "./openQuestions.ts";
import type { Phase } from "./outcome.ts";
import { sqlFor } from "./segments.ts";
import { reconciliationCsv } from "./reconciliationCsv.ts";
import { rejectsCsv } from "./rejectsCsv.ts";
import { toRecipes, unfitOf } from "./recipe.ts";
import { emptyShelf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";
import type { FilePlan } from "./source.ts";
import { ReaderSettings, type Theme } from "./readerSettings.svelte.ts";
import { describeColumns } from "./toRows.ts";
import type { Undoable } from "./undoable.ts";

export const emptyWork: Work = { notebook: emptyNotebook, shelf: emptyShelf, study: "" };

/** Its first heading. */
function titleOf({ blocks }: Notebook): string | undefined {
  const texts = blocks.flatMap((block) => (block.type === "prose" ? [block.markdown] : []));
  return texts.map(headingOf).find((heading) => heading !== undefined);
}

function readOrName({ id, sql }: SqlCell): Query {
  try {
    return readerQuery(id, sql);
  } catch {
    return readerQuery(id, "select");
  }
}

function toColumns(described: readonly Pick<Column, "name" | "type">[]): Column[] {
  return described.map(({ name, type }) => ({
    name,
    type,
    label: { en: name },
    note: { en: "" },
  }));
}

/** All that the reader made and gave, which undo goes back through. */
export interface Work {
  notebook: Notebook;
  shelf: Shelf;
  /** id of what the browser keeps of it; "" until files were read */
  study: string;
  /** a notebook from somebody else, in which nothing runs until the reader says so */
  isInert?: boolean;
}

interface Waiting {
  need: string;
  queries: readonly Query[];
}

/** What the view shows, in the reader's language; `Session` adds what the reader can do to it. */
export class SessionState {
  phase = $state.raw<Phase>({ state: "starting" });
  /** whether the engine is not there yet; what is given meanwhile waits for it */
  isStarting = $state.raw(true);
  readonly settings: ReaderSettings;
  locale = $state.raw<Locale>("en");
  files = $state.raw<FilePlan[]>([]);
  report = $state.raw<ImportReport | null>(null);
  #history = $state.raw<History<Work>>(beginHistory(emptyWork));
  readonly notebook: Notebook = $derived(this.history.present.notebook);
  /** the last import or removal; null is told no more */
  protected change = $state.raw<Undoable | null>(null);
  /** what was just added or removed, while undo takes that back */
  readonly undoable: Undoable | null = $derived(
    this.change?.work === this.history.present ? this.change : null,
  );
  protected trouble = $state.raw<unknown>(null);
  /** what went wrong with the reader's last act, in the language of now */
  readonly notice: Trouble | null = $derived(
    this.trouble === null ? null : errorText(this, this.trouble),
  );
  readonly cells = $derived(cellsOf(this.notebook));
  readonly filter = $derived(filterOf(this.notebook));
  /** whether the document is shown and not changed: it is of a later version, or another tab writes it */
  readonly isReadOnly = $derived(isNewer(this.notebook) || this.isElsewhere);
  /** whether nothing runs until the reader says so */
  readonly isInert = $derived(this.history.present.isInert === true);
  readonly title = $derived(titleOf(this.notebook));
  readonly canUndo = $derived(this.history.past.length > 0 && !this.isElsewhere);
  readonly canRedo = $derived(this.history.future.length > 0 && !this.isElsewhere);
  /** the notebook that was started from, "" for every analysis, "own" for any other document */
  readonly starter = $derived(starterOf(this.notebook) ?? (this.#isEverything() ? "" : "own"));
  protected dataset = $state.raw<Dataset>(noData);
  /** what customers can be told apart by in the files */
  readonly attributes = $derived(this.dataset.attributes);
  /** analyses that a file beside the orders would switch on, with what says which */
  readonly waiting: Waiting[] = $derived(
    [...waitingAnalyses(this.dataset).values()].map((queries) => ({
      need: this.missing(queries[0]!) ?? "",
      queries,
    })),
  );
  /** what the files were that the notebook was made with */
  readonly recipes = $derived(filesOf(this.notebook));
  /** what those had and the files that were read have not */
  readonly unfit = $derived(this.report ? unfitOf(this.files, this.recipes) : []);
  readonly questions: Question[] = $derived(openQuestions(this.files));

  /** @param settings what the reader set for every visit */
  constructor(settings = new ReaderSettings()) {
    this.settings = settings;
  }

  protected get history(): History<Work> {
    return this.#history;
  }

  protected set history(history: History<Work>) {
    const before = this.#history.present;
    this.#history = history;
    this.changed(before);
  }

  /** Called after each change of what the reader made and gave. */
  protected changed(_before: Work): void {}

  /** whether another tab writes the document */
  get isElsewhere(): boolean {
    return false;
  }

  #isEverything(): boolean {
    const [first] = this.notebook.blocks;
    return first?.type === "prose" && headingOf(first.markdown) === this.text("notebook.untitled");
  }

  /** whether the engine could not start */
  protected get isBroken(): boolean {
    return this.phase.state === "broken";
  }

  get currency(): string | null {
    return this.report?.totals.currency ?? null;
  }

  /** every prebuilt analysis */
  readonly analyses: readonly Query[] = queries.filter(({ folder }) => folder === "analyses");

  query(id: string): Query {
    const found = queries.find((query) => query.folder === "analyses" && query.id === id);
    if (!found) throw new RangeError(`unknown analysis: ${id}`);
    return found;
  }

  /**
   * The query of a cell: prebuilt, or its own.
   *
   * @throws SyntaxError for a cell of SQL whose front matter cannot be read
   */
  queryOf(cell: Cell): Query {
    return cell.type === "sql" ? readerQuery(cell.id, cell.sql) : this.query(cell.analysis);
  }

  /**
   * The query of a cell as it is shown, with the columns of its result where it declares none; of one that
   * cannot be read, its name.
   */
  shownQuery(cell: Cell, table?: Table): Query {
    if (cell.type === "analysis") {
      const { analysis } = cell;
      return this.analyses.find(({ id }) => id === analysis) ?? readerQuery(analysis, "select");
    }
    const query = readOrName(cell);
    const declared = new Map(query.columns.map((column) => [column.name, column]));
    const columns = table ? toColumns(describeColumns(table)) : [];
    return {
      ...query,
      columns: table ? columns.map((own) => declared.get(own.name) ?? own) : query.columns,
    };
  }

  /** Why an analysis cannot run on this data, or null. */
  missing(query: Query, words: Words = this): string | null {
    return missingFor(query, this.dataset, words);
  }

  /** The SQL of an analysis as its cell runs it. */
  sqlOf(query: Query): string {
    return sqlFor(query, this.filter);
  }

  markdown(): string {
    return formatNotebook(this.notebook);
  }

  /** The document with what its files are, for those who read it with files of their own. */
  protected recipe(options?: { isNamed: boolean }): Notebook {
    if (this.isReadOnly || !this.report) return this.notebook;
    return setFiles(this.notebook, toRecipes(this.files, this.history.present.shelf, options));
  }

  /** The document as a file to keep; for a study with the names of its files. */
  exportDocument(options?: { isNamed: boolean }): File {
    return new File([formatNotebook(this.recipe(options))], documentName(this.title), {
      type: "text/markdown",
    });
  }

  exportRejects(): Blob {
    return rejectsCsv(this.files);
  }

  exportReconciliation(): Blob {
    return reconciliationCsv(this.files);
  }

  get theme(): Theme {
    return this.settings.theme;
  }

  setTheme(theme: Theme): void {
    this.settings.theme = theme;
  }

  text(key: string, values?: Record<string, string | number>): string {
    return text(this.locale, key, values);
  }

  localized(words: Localized): string {
    return words[this.locale] ?? words.en;
  }

  dismissNotice(): void {
    this.trouble = null;
  }

  dismissUndo(): void {
    this.change = null;
  }
}
