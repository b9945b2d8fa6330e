import { keyFragment } from "../bundle/bundleKey.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { sealBundle } from "../bundle/sealBundle.ts";
import type { SealOptions } from "../bundle/sealBundle.ts";
import { setFilter } from "../notebook/edits.ts";
import { addStep } from "../notebook/history.ts";
import { toFragment } from "../notebook/link.ts";
import { emptyNotebook } from "../notebook/notebook.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { parseNotebook } from "../notebook/parseNotebook.ts";
import { readStarter } from "../notebook/starters.ts";
import type { Report } from "../report/report.ts";
import {
  bundleName,
  DocumentError,
  isDocument,
  readDocument,
  toDocumentError,
} from "./documents.ts";
import { Incoming, isSealed } from "./incoming.svelte.ts";
import { fromKeptFiles } from "./keptShelf.ts";
import { makeReport } from "./makeReport.ts";
import type { ReportOptions } from "./makeReport.ts";
import { noData } from "./needs.ts";
import { NotebookSession } from "./notebookSession.svelte.ts";
import { openNotebook } from "./openNotebook.ts";
import { fromBundle, outgoingFiles, toBundle } from "./outgoing.ts";
import type { OutgoingFile } from "./outgoing.ts";
import { reportHost } from "./reportHost.ts";
import type { Work } from "./sessionState.svelte.ts";
import type { EmbeddedIn } from "./embeddedIn.svelte.ts";
import { isReadersOwn } from "./hostFiles.ts";
import type { Shelf } from "./shelf.ts";
import type { ImportWay } from "./outcome.ts";
import type { Imported } from "./importSources.ts";
import { toSqlScript } from "./sqlScript.ts";
import type { SqlScript } from "./sqlScript.ts";
import type { Study } from "./study.ts";

/** The document as a whole: how one comes in, and how it goes to others. */
export abstract class DocumentSession extends NotebookSession {
  /** of the product, which a report names */
  protected abstract readonly version: string;
  abstract importFiles(files: File[]): Promise<boolean>;
  /** Reads files in the place of those that there are. @returns whether that came to its end */
  protected abstract readShelf(shelf: Shelf, way: ImportWay): Promise<boolean>;
  /** what was read last; its tables are there while the phase is "ready" */
  protected imported: Imported | undefined;
  /** the page around this one, where it is a frame */
  embeddedIn = $state.raw<EmbeddedIn | null>(null);
  /** a bundle that is to be opened */
  readonly incoming = new Incoming((bundle) => this.#openBundle(bundle));

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
      this.trouble = toDocumentError(error);
      return false;
    }
  }

  /** What was dropped or chosen: a notebook or a bundle is opened, everything else is data. */
  async take(files: File[]): Promise<void> {
    const sealed = await Promise.all(files.map(isSealed));
    const file = files[sealed.indexOf(true)];
    if (file) return this.incoming.take({ file });
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
    return pageAddress(address) + (await toFragment(this.recipe()));
  }

  /** names of files that the reader gave, now or where undo leads: what was written over them may tell of them */
  get readersOwn(): string[] {
    const { past, present, future } = this.history;
    const works = [...past, ...future].map(({ state }) => state).concat(present);
    const sources = new Set(works.flatMap(({ shelf }) => [...shelf.sources, ...shelf.refused]));
    return [...sources].filter(isReadersOwn).map(({ name }) => name);
  }

  /** the same as long as the same files are open */
  get shelfOfNow(): unknown {
    return this.history.present.shelf;
  }

  /** The notebook as a script for the DuckDB command line. @throws RangeError without data */
  sqlScript(): SqlScript {
    if (this.phase.state !== "ready" || !this.imported)
      throw new RangeError("no script without data");
    return toSqlScript(this, this.imported, this.version);
  }

  /** What would leave in a bundle with all files. */
  outgoing(): OutgoingFile[] {
    return outgoingFiles(this.files, this.history.present.shelf);
  }

  /**
   * The document with these of its files, encrypted, and the address of this page that has the key.
   *
   * @throws DOMException of a file that is gone, or of the signal
   */
  async seal(
    names: ReadonlySet<string>,
    address: string,
    options?: SealOptions,
  ): Promise<{ file: File; link: string }> {
    const bundle = toBundle(this.markdown(), this.history.present.shelf, names);
    const { file, key } = await sealBundle(bundle, options);
    const link = pageAddress(address) + keyFragment(key);
    return { file: new File([file], bundleName(this.title)), link };
  }

  /** A study from somebody else: nothing in it runs until `consent`, and undo brings back what there was. */
  async #openBundle(bundle: Bundle): Promise<void> {
    try {
      const notebook = parseNotebook(bundle.document);
      const shelf = fromKeptFiles(fromBundle(bundle));
      if (!shelf) throw new DocumentError("no file in it");
      const settle = (work: Work) => addStep(this.history, { ...work, isInert: true });
      await this.readShelf(shelf, { settle, notebook, afresh: true });
    } catch (error) {
      this.trouble = toDocumentError(error);
    }
  }

  /**
   * The notebook as a report, once its cells have run.
   *
   * @throws RangeError without data or for options that do not fit; EngineError "cancelled"
   */
  async makeReport(options: ReportOptions = {}): Promise<Report> {
    if (this.phase.state !== "ready") throw new RangeError("no report without data");
    const engine = await this.stand();
    this.brushing.release();
    await this.updateCells();
    return makeReport(reportHost(this, this.version), engine, this.models, options);
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
}

/** The address of this page without its fragment; what stands in a frame is opened in a page of its own. */
function pageAddress(address: string): string {
  return address.replace(/#.*$/, "").replace(/\/embed(\.html)?(?=\?|$)/, "/");
}
