import { queries } from "../catalog/queries.ts";
import type { Localized, Query } from "../catalog/query.ts";
import type { ImportReport, Question } from "../intake/report.ts";
import { cellsOf, formatNotebook } from "../notebook/notebook.ts";
import type { Block, Notebook } from "../notebook/notebook.ts";
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
import type { FilePlan } from "./source.ts";
import type { Undoable } from "./undoable.ts";

export type Theme = "auto" | "light" | "dark";

const isProse = ({ type }: Block) => type === "prose";

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
  notebook = $state.raw<Notebook>({ blocks: [] });
  undoable = $state.raw<Undoable | null>(null);
  protected trouble = $state.raw<unknown>(null);
  /** what went wrong with the reader's last act, in the language of now */
  readonly notice: Trouble | null = $derived(
    this.trouble === null ? null : errorText(this, this.trouble),
  );
  readonly cells = $derived(cellsOf(this.notebook));
  readonly filter = $derived(this.notebook.filter);
  /** the notebook that was started from, "" for every analysis, "own" for any other document */
  readonly starter = $derived(
    starterOf(this.notebook) ?? (this.notebook.blocks.slice(1).some(isProse) ? "own" : ""),
  );
  protected dataset = $state.raw<Dataset>(noData);
  /** analyses that a file beside the orders would switch on, with what says which */
  readonly waiting: Waiting[] = $derived(
    [...waitingAnalyses(this.dataset).values()].map((queries) => ({
      need: this.missing(queries[0]!) ?? "",
      queries,
    })),
  );
  readonly questions: Question[] = $derived(openQuestions(this.files));

  protected get currency(): string | null {
    return this.report?.totals.currency ?? null;
  }

  query(id: string): Query {
    const found = queries.find((query) => query.folder === "analyses" && query.id === id);
    if (!found) throw new RangeError(`unknown analysis: ${id}`);
    return found;
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
    this.undoable = null;
  }
}
