import type { Table } from "apache-arrow";
import { queries } from "../catalog/queries.ts";
import type { Column, Localized, Query } from "../catalog/query.ts";
import type { ImportReport, Question } from "../intake/report.ts";
import { readerQuery } from "../catalog/readerQuery.ts";
import { formatNotebook } from "../notebook/formatNotebook.ts";
import { beginHistory } from "../notebook/history.ts";
import type { History } from "../notebook/history.ts";
import { cellsOf, emptyNotebook, filterOf, isNewer } from "../notebook/notebook.ts";
import type { Cell, Notebook, SqlCell } from "../notebook/notebook.ts";
import { headingOf } from "../notebook/proseHtml.ts";
import { starterOf } from "../notebook/starters.ts";
import { text } from "../words/words.ts";
import type { Locale } from "../words/words.ts";
import { errorText } from "./errorText.ts";
import type { Trouble } from "./errorText.ts";
import { waitingAnalyses } from "./openNotebook.ts";
import { missingFor, noData, type Dataset } from "./needs.ts";
import { openQuestions } from "./openQuestions.ts";
import type { Phase } from "./outcome.ts";
import { sqlFor } from "./segments.ts";
import { reconciliationCsv } from "./reconciliationCsv.ts";
import { rejectsCsv } from "./rejectsCsv.ts";
import { emptyShelf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";
import type { FilePlan } from "./source.ts";
import { describeColumns } from "./toRows.ts";
import type { Undoable } from "./undoable.ts";

export type Theme = "auto" | "light" | "dark";

export const emptyWork: Work = { notebook: emptyNotebook, shelf: emptyShelf, study: "" };

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
}

interface Waiting {
  need: string;
  queries: readonly Query[];
}

/** What the view shows, in the reader's language; `Session` adds what the reader can do to it. */
export class SessionState {
  phase = $state.raw<Phase>({ state: "starting" });
  locale = $state.raw<Locale>("en");
  theme = $state.raw<Theme>("auto");
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
  readonly canUndo = $derived(this.history.past.length > 0 && !this.isElsewhere);
  readonly canRedo = $derived(this.history.future.length > 0 && !this.isElsewhere);
  /** the notebook that was started from, "" for every analysis, "own" for any other document */
  readonly starter = $derived(starterOf(this.notebook) ?? (this.#isEverything() ? "" : "own"));
  protected dataset = $state.raw<Dataset>(noData);
  /** analyses that a file beside the orders would switch on, with what says which */
  readonly waiting: Waiting[] = $derived(
    [...waitingAnalyses(this.dataset).values()].map((queries) => ({
      need: this.missing(queries[0]!) ?? "",
      queries,
    })),
  );
  readonly questions: Question[] = $derived(openQuestions(this.files));

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

  protected get currency(): string | null {
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
    if (cell.type === "analysis") return this.query(cell.analysis);
    const query = readOrName(cell);
    const declared = new Map(query.columns.map((column) => [column.name, column]));
    const columns = table ? toColumns(describeColumns(table)) : [];
    return {
      ...query,
      columns: table ? columns.map((own) => declared.get(own.name) ?? own) : query.columns,
    };
  }

  /** Why an analysis cannot run on this data, or null. */
  missing(query: Query): string | null {
    return missingFor(query, this.dataset, this);
  }

  /** The SQL of an analysis as its cell runs it. */
  sqlOf(query: Query): string {
    return sqlFor(query, this.filter);
  }

  markdown(): string {
    return formatNotebook(this.notebook);
  }

  exportRejects(): Blob {
    return rejectsCsv(this.files);
  }

  exportReconciliation(): Blob {
    return reconciliationCsv(this.files);
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
    this.trouble = null;
  }

  dismissUndo(): void {
    this.change = null;
  }
}
