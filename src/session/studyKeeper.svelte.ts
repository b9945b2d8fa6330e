import { StorageError, toStorageError } from "../storage/storageError.ts";
import type { StorageErrorCode } from "../storage/storageError.ts";
import type { Study } from "../storage/study.ts";
import type { Damaged, StudyStore } from "../storage/studyStore.ts";
import { fromKeptFiles, toKeptFiles } from "./keptShelf.ts";
import { isChanged, newStudy, nextOf, shelfToWrite, writeDraft } from "./openStudy.ts";
import type { KeeperHost, KeptWork, OpenStore, OpenStudy } from "./openStudy.ts";
import type { Shelf } from "./shelf.ts";

const restMs = 600; // from a change to its write, so that typing is not one write a letter

/** How it stands with the open study. */
export type Keeping =
  | { state: "nothing" }
  | { state: "pending" }
  /** @param at milliseconds since 1970 */
  | { state: "saved"; at: number }
  | { state: "unsaved"; reason: StorageErrorCode };

/**
 * Keeps the open study as it changes, and knows those of earlier visits. Nothing waits for it: where the browser
 * cannot keep anything, everything goes on in memory and `keeping` says so.
 */
export class StudyKeeper {
  /** all that are kept, the latest first */
  studies = $state.raw<readonly Study[]>([]);
  /** the one that is open */
  study = $state.raw<Study | null>(null);
  keeping = $state.raw<Keeping>({ state: "nothing" });
  /** whether another tab writes the open study */
  isElsewhere = $state.raw(false);
  /** why the files were not kept as the reader wanted */
  filesTrouble = $state.raw<StorageErrorCode | null>(null);
  /** what could not be read and was set aside */
  damaged = $state.raw<readonly Damaged[]>([]);
  /** studies whose files were being read when their tab went */
  interrupted = $state.raw<ReadonlySet<string>>(new Set());
  /** of all that this site keeps; null where the browser does not say */
  usedBytes = $state.raw<number | null>(null);
  #host: KeeperHost | undefined;
  readonly #openStore: OpenStore | undefined;
  #starting: Promise<StudyStore> | undefined;
  #store: StudyStore | undefined;
  #open: OpenStudy | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isNoting = false;
  #writing: OpenStudy | undefined;
  #hasDraft = false;
  /** writes, one after the other; never rejects */
  #queue: Promise<void> = Promise.resolve();

  constructor(openStore?: OpenStore) {
    this.#openStore = openStore;
  }

  /** Keeps the work of this host from now on. */
  serve(host: KeeperHost): void {
    this.#host = host;
  }

  /** Opens the store, writes what an earlier page could not, and lists what is there. */
  async start(): Promise<void> {
    try {
      const store = await this.#ready();
      const draft = store.draft();
      if (draft) await writeDraft(store, draft);
      await this.refresh();
    } catch {
      // a browser without storage: said when there is something to keep
    }
  }

  /** Reads again what is kept. */
  async refresh(): Promise<void> {
    const store = await this.#ready();
    const { studies, damaged } = await store.list();
    this.studies = studies;
    if (damaged.length > 0) this.damaged = [...this.damaged, ...damaged];
    this.interrupted = new Set(studies.map(({ id }) => id).filter((id) => store.wasOpening(id)));
    this.usedBytes = await store.usedBytes();
  }

  /** The work changed. */
  note(): void {
    if (!this.#openStore || this.#isNoting) return;
    this.#isNoting = true;
    // once all that changes together has changed
    queueMicrotask(() => {
      this.#isNoting = false;
      this.#take(this.#host?.work());
    });
  }

  /** Writes what is not written, now: the page may go at any moment. */
  flush(): void {
    const open = this.#open;
    if (!open || !this.#isUnwritten(open) || open.isPaused || this.isElsewhere) return;
    const isKept = this.keeping.state !== "unsaved"; // else the draft may not be written either
    this.#hasDraft = isKept && this.#store?.putDraft(nextOf(open)) === true;
    void this.#saveSoon(open);
  }

  /** whether the reader would lose something that they made, were the page to go now */
  get isAtRisk(): boolean {
    const open = this.#open;
    if (!open || !this.#isUnwritten(open) || this.isElsewhere || this.#hasDraft) return false;
    return open.work.text !== open.safeText;
  }

  /** Tries again to keep the open study, also one that was lost. */
  async retry(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    if (open.isPaused) {
      open.kept = null;
      this.#set(open, { ...open.study, revision: 0 });
    }
    open.isPaused = false;
    open.isDirty = true;
    await this.#saveSoon(open);
  }

  /** @param files whether those of the open study are kept too */
  async keepFiles(files: boolean): Promise<void> {
    this.filesTrouble = null;
    if (files)
      await this.#ready().then(
        (store) => store.persist(),
        () => undefined,
      );
    await this.#change((study) => ({ ...study, keepsFiles: files }));
  }

  /** Names the document as it is now. */
  async addCheckpoint(name: string, text = this.#open?.work.text ?? ""): Promise<void> {
    const isInert = this.#open?.work.isInert ?? false;
    const known = this.study?.checkpoints ?? [];
    if (known.some((one) => one.name === name && one.text === text)) return;
    const at = Math.max(Date.now(), (known.at(-1)?.at ?? 0) + 1);
    const checkpoint = { name, at, text, isInert };
    await this.#change((study) => ({ ...study, checkpoints: [...study.checkpoints, checkpoint] }));
  }

  async removeCheckpoint(at: number): Promise<void> {
    await this.#change((study) => ({
      ...study,
      checkpoints: study.checkpoints.filter((checkpoint) => checkpoint.at !== at),
    }));
  }

  async rename(id: string, name: string): Promise<void> {
    if (id === this.study?.id) return this.#change((study) => ({ ...study, name }));
    await this.#write(id, (study) => ({ ...study, name }));
  }

  /** Takes the files of a study away and keeps its document. */
  async forgetFiles(id: string): Promise<void> {
    if (id === this.study?.id) return this.keepFiles(false);
    await this.#write(id, (study) => ({ ...study, keepsFiles: false }), null);
  }

  /** Removes a study; one that is open stays in this tab only. */
  async remove(id: string): Promise<void> {
    const store = await this.#ready();
    const open = this.#open;
    if (open?.study.id === id) this.#pause(open);
    await this.#queue;
    await store.remove(id);
    store.setOpening(id, false);
    await this.#told(store);
  }

  /** Removes all that this site keeps in this browser. @returns what could not be */
  async forgetEverything(): Promise<string[]> {
    const store = await this.#ready();
    this.#forgotten();
    await this.#queue;
    store.tell("forgotten");
    const left = await store.removeEverything();
    // the browser's own estimate still counts for a while what has gone
    this.usedBytes = left.length > 0 ? await store.usedBytes() : null;
    return left;
  }

  /** Writes the open study from here on; the tab that did is told. */
  async takeOver(): Promise<void> {
    const open = this.#open;
    const store = await this.#ready();
    if (!open || !(await store.claim(open.study.id, { isForced: true }))) return;
    await this.refresh();
    const latest = this.studies.find(({ id }) => id === open.study.id);
    this.isElsewhere = false;
    if (!latest) return this.retry();
    this.#set(open, latest);
    open.isDirty = false;
    this.keeping = { state: "saved", at: latest.changedAt };
    if (latest.text !== open.work.text) this.#host?.put(latest.text, latest.isInert);
  }

  /** The files that lie beside a study. */
  async filesOf(id: string): Promise<Shelf | undefined> {
    const store = await this.#ready();
    return fromKeptFiles(await store.readFiles(id).catch(() => undefined));
  }

  /** Tells of the files of the open study, which were read from the store, that they lie there. */
  adopt(shelf: Shelf): void {
    if (this.#open) this.#open.kept = shelf;
  }

  setOpening(id: string, isOpening: boolean): void {
    this.#store?.setOpening(id, isOpening);
    const others = [...this.interrupted].filter((other) => other !== id);
    this.interrupted = new Set(others);
  }

  #ready(): Promise<StudyStore> {
    if (!this.#openStore) return Promise.reject(new StorageError("unavailable", "no store"));
    this.#starting ??= this.#openStore({
      onAsked: async () => {
        if (this.#open) await this.#saveSoon(this.#open);
      },
      onLost: () => (this.isElsewhere = true),
      onChanged: () => void this.refresh().catch(() => undefined),
      onForgotten: () => this.#forgotten(),
      onCleared: () => this.#forgotten(),
    }).then(
      (store) => (this.#store = store),
      (error: unknown) => {
        this.#starting = undefined;
        throw new StorageError("unavailable", "store cannot be opened", error);
      },
    );
    return this.#starting;
  }

  #isUnwritten(open: OpenStudy): boolean {
    return open.isDirty || open === this.#writing;
  }

  #take(work: KeptWork | undefined): void {
    if (work?.id !== this.#open?.work.id) this.#turnTo(work);
    const open = this.#open;
    if (!open || !work) return;
    open.work = work;
    if (open.isPaused || this.isElsewhere || !isChanged(open)) return;
    open.isDirty = true;
    if (this.keeping.state !== "unsaved") this.keeping = { state: "pending" };
    this.#timer ??= setTimeout(() => void this.#saveSoon(open), restMs);
  }

  /** Another study: what is left to write of the one before is written. */
  #turnTo(work: KeptWork | undefined): void {
    if (this.#open?.isDirty) void this.#saveSoon(this.#open);
    this.isElsewhere = false;
    this.filesTrouble = null;
    this.keeping = { state: "nothing" };
    this.#open = undefined;
    this.study = null;
    if (!work) return this.#store?.release();
    const known = this.studies.find(({ id }) => id === work.id);
    const study = known ?? newStudy(work);
    const open = { study, work, isDirty: false, isPaused: false, kept: null, safeText: work.text };
    this.#open = open;
    this.study = study;
    if (known) this.keeping = { state: "saved", at: known.changedAt };
    void this.#claim(open);
  }

  async #claim(open: OpenStudy): Promise<void> {
    try {
      const store = await this.#ready();
      const isOurs = await store.claim(open.study.id);
      if (open === this.#open) this.isElsewhere = !isOurs;
    } catch {
      // without storage there is nothing to share
    }
  }

  async #change(change: (study: Study) => Study): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#set(open, change(open.study));
    open.isDirty = true;
    await this.#saveSoon(open);
  }

  #set(open: OpenStudy, study: Study): void {
    open.study = study;
    if (open === this.#open) this.study = study;
  }

  #saveSoon(open: OpenStudy): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue = this.#queue.then(() => this.#save(open));
    return this.#queue;
  }

  /** Never rejects: what goes wrong is said by `keeping`. */
  async #save(open: OpenStudy, mayRepeat = true): Promise<void> {
    const isShown = open === this.#open;
    if (!open.isDirty || open.isPaused || (isShown && this.isElsewhere)) return;
    open.isDirty = false;
    this.#writing = open;
    const { work } = open;
    const shelf = shelfToWrite(open);
    try {
      const store = await this.#ready();
      const written = await store.write(nextOf(open), shelf && toKeptFiles(shelf));
      if (shelf !== undefined) open.kept = shelf;
      const { text, title, isInert, files, demo, changedAt, revision } = written;
      const now = { text, title, isInert, files, demo, changedAt, revision };
      this.#set(open, { ...open.study, ...now });
      open.safeText = work.text;
      this.#writing = undefined;
      if (this.#hasDraft && !open.isDirty) {
        store.putDraft(null);
        this.#hasDraft = false;
      }
      if (open === this.#open) this.keeping = { state: "saved", at: changedAt };
      this.studies = [open.study, ...this.studies.filter(({ id }) => id !== written.id)];
      store.tell("changed");
    } catch (error) {
      this.#writing = undefined;
      open.isDirty = true;
      await this.#settle(open, toStorageError(error).code, shelf, mayRepeat);
    }
  }

  /** After a write that failed: once more in another way, or it is said. */
  async #settle(
    open: OpenStudy,
    reason: StorageErrorCode,
    shelf: Shelf | null | undefined,
    mayRepeat: boolean,
  ): Promise<void> {
    if (mayRepeat && reason === "conflict" && (await this.#catchUp(open))) {
      return this.#save(open, false);
    }
    if (mayRepeat && shelf && reason !== "unavailable" && reason !== "conflict") {
      // the document must not be lost for its files
      this.filesTrouble = reason;
      this.#set(open, { ...open.study, keepsFiles: false });
      return this.#save(open, false);
    }
    if (open !== this.#open) return;
    if (reason === "conflict") this.isElsewhere = true;
    else if (reason === "gone") this.#pause(open);
    else this.keeping = { state: "unsaved", reason };
  }

  /** Somebody wrote meanwhile. If the study is this tab's, it was a new name, or a write that was given up. */
  async #catchUp(open: OpenStudy): Promise<boolean> {
    const store = await this.#ready();
    if (!store.isSure) return false;
    const { studies } = await store.list().catch(() => ({ studies: [] as Study[] }));
    const latest = studies.find(({ id }) => id === open.study.id);
    if (!latest) return false;
    const { revision, name } = latest;
    this.#set(open, { ...open.study, revision, name: open.study.name || name });
    return true;
  }

  async #write(id: string, change: (study: Study) => Study, files?: null): Promise<void> {
    const store = await this.#ready();
    const study = this.studies.find((one) => one.id === id);
    if (!study) return;
    await store.write(change(study), files);
    await this.#told(store);
  }

  async #told(store: StudyStore): Promise<void> {
    store.tell("changed");
    await this.refresh().catch(() => undefined);
  }

  #forgotten(): void {
    this.studies = [];
    this.damaged = [];
    this.interrupted = new Set();
    if (this.#open) this.#pause(this.#open);
  }

  #pause(open: OpenStudy): void {
    open.isPaused = true;
    open.isDirty = true;
    open.kept = null;
    this.#set(open, { ...open.study, keepsFiles: false });
    if (open === this.#open) this.keeping = { state: "unsaved", reason: "gone" };
  }
}
