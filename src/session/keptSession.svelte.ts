import type { Checkpoint } from "../storage/study.ts";
import { beginHistory } from "../notebook/history.ts";
import type { Notebook } from "../notebook/notebook.ts";
import type { Models } from "../models/fitClient.ts";
import { DocumentSession } from "./documentSession.svelte.ts";
import { demoFiles, demoOf } from "./demoFiles.ts";
import type { DemoOptions } from "./demoFiles.ts";
import { fitFiles } from "./fitFiles.ts";
import type { Misfit } from "./fitFiles.ts";
import type { KeptWork } from "./openStudy.ts";
import type { ReaderSettings } from "./readerSettings.svelte.ts";
import type { Work } from "./sessionState.svelte.ts";
import { addFiles, emptyShelf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";
import type { StudyKeeper } from "./studyKeeper.svelte.ts";

/** What becomes of the notebook when the page goes, and how it comes back. */
export abstract class KeptSession extends DocumentSession {
  readonly kept: StudyKeeper;
  /** how the files that were given for a study differ from those it was about */
  misfit = $state.raw<Misfit | null>(null);

  constructor(kept: StudyKeeper, settings?: ReaderSettings) {
    super(settings);
    this.kept = kept;
    kept.serve({
      work: () => this.#keptWork(),
      put: (text: string, isInert: boolean) => this.#put(text, isInert),
    });
  }

  protected abstract override readonly models: Models;
  /** Ends what there is and shows this in its place, without anything read. */
  protected abstract openWork(work: Work): Promise<void>;

  override get isElsewhere(): boolean {
    return this.kept.isElsewhere;
  }

  /** whether the open document waits for its files */
  get isWaitingForFiles(): boolean {
    const { study, shelf } = this.history.present;
    return study !== "" && isEmpty(shelf);
  }

  /** Opens a study of an earlier visit, and its files where they are kept. */
  async goOn(id: string, { withFiles = true } = {}): Promise<void> {
    const study = this.kept.studies.find((one) => one.id === id);
    if (!study || this.phase.state === "importing") return;
    let notebook: Notebook;
    try {
      notebook = this.readDocument(study.text);
    } catch (error) {
      this.trouble = error;
      return;
    }
    await this.openWork({ notebook, shelf: emptyShelf, study: id, isInert: study.isInert });
    this.isEdited = true; // on an earlier visit
    const shelf = withFiles ? await this.#filesOf(id) : undefined;
    if (!shelf || this.history.present.study !== id) return;
    this.kept.setOpening(id, true);
    await this.readShelf(shelf, { settle: beginHistory });
    this.kept.setOpening(id, false);
  }

  /** The simulated shop as if its files had been given. */
  protected async demoShelf(options: DemoOptions): Promise<Shelf> {
    const shop = await this.models.run({ type: "simulate", params: options });
    return addFiles(emptyShelf, demoFiles(shop, options), {});
  }

  /** The document as it was when it was named; undo takes that back. */
  goBackTo({ text, isInert }: Checkpoint): void {
    if (text !== this.markdown()) this.#put(text, isInert);
  }

  dismissMisfit(): void {
    this.misfit = null;
  }

  protected override changed(before: Work): void {
    this.kept.note();
    const now = this.history.present;
    if (before.study !== now.study || isEmpty(now.shelf)) this.misfit = null;
    if (before.study !== now.study || !isEmpty(before.shelf) || isEmpty(now.shelf)) return;
    const wanted = this.kept.study?.files ?? [];
    // once what was read is known
    queueMicrotask(() => (this.misfit = fitFiles(wanted, this.#marks())));
  }

  protected override keepOriginal(): void {
    void this.kept.addCheckpoint(this.text("kept.original"), this.markdown());
  }

  protected override keepReplaced(): void {
    void this.kept.addCheckpoint(this.text("kept.replaced"), this.markdown());
  }

  #put(text: string, isInert: boolean): void {
    try {
      this.open(this.readDocument(text), { isInert });
      void this.updateCells();
    } catch (error) {
      this.trouble = error;
    }
  }

  async #filesOf(id: string): Promise<Shelf | undefined> {
    const study = this.kept.studies.find((one) => one.id === id);
    if (study?.demo) return this.demoShelf(study.demo);
    if (!study?.keepsFiles) return undefined;
    const shelf = await this.kept.filesOf(id);
    if (shelf) this.kept.adopt(shelf);
    return shelf;
  }

  #keptWork(): KeptWork | undefined {
    const { study: id, shelf, isInert = false } = this.history.present;
    if (!id) return undefined;
    const [text, title] = [this.markdown(), this.title ?? ""];
    const demo = demoOf([...shelf.sources, ...shelf.refused].map(({ file }) => file));
    return { id, text, title, isInert, shelf, files: this.#marks(), demo };
  }

  #marks() {
    const rows = new Map(this.files.map(({ report }) => [report.name, report.rows.read]));
    return this.history.present.shelf.sources.map(({ name, file, shape }) => ({
      name,
      bytes: file.size,
      rows: rows.get(name) ?? 0,
      shape: shape ?? null,
    }));
  }
}

function isEmpty({ sources, refused }: Shelf): boolean {
  return sources.length + refused.length === 0;
}
