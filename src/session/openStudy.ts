import { toStorageError } from "../storage/storageError.ts";
import type { FileMark, Study } from "../storage/study.ts";
import type { StoreEvents, StudyStore } from "../storage/studyStore.ts";
import type { DemoOptions } from "./demoFiles.ts";
import { isSameShelf } from "./keptShelf.ts";
import type { Shelf } from "./shelf.ts";

/** What there is to keep. */
export interface KeptWork {
  /** of the study */
  id: string;
  text: string;
  title: string;
  isInert: boolean;
  shelf: Shelf;
  files: FileMark[];
  demo: DemoOptions | undefined;
}

export interface KeeperHost {
  /** undefined while there is nothing to keep */
  work: () => KeptWork | undefined;
  /** Shows another text of the open document, as a step. */
  put: (text: string, isInert: boolean) => void;
}

export type OpenStore = (events: StoreEvents) => Promise<StudyStore>;

/** A study that is or was open, and how far it is written. */
export interface OpenStudy {
  study: Study;
  work: KeptWork;
  /** what changed was not written yet */
  isDirty: boolean;
  /** the store lost it: it is written again when the reader says so */
  isPaused: boolean;
  /** the files that lie in the store; null where there are none */
  kept: Shelf | null;
  /** the text that the reader has nothing to lose by */
  safeText: string;
}

/** A study that was never written. */
export function newStudy({ id, text, title, isInert, files, demo }: KeptWork): Study {
  const now = Date.now();
  const own = { name: "", checkpoints: [], keepsFiles: false, revision: 0 };
  return { id, ...own, text, title, isInert, files, demo, beganAt: now, changedAt: now };
}

/** The study as it is written next. A document whose files are not here keeps what is known of them. */
export function nextOf({ study, work }: Pick<OpenStudy, "study" | "work">): Study {
  const { text, title, isInert, files, demo } = isWithoutFiles(work.shelf)
    ? { ...work, ...filesOf(study) }
    : work;
  return { ...study, text, title, isInert, files, demo, changedAt: Date.now() };
}

function filesOf({ files, demo }: Study): Pick<Study, "files" | "demo"> {
  return { files, demo };
}

function isWithoutFiles({ sources, refused }: Shelf): boolean {
  return sources.length + refused.length === 0;
}

/** Whether what is shown is another than what was written. */
export function isChanged(open: OpenStudy): boolean {
  const { study, work } = open;
  // the simulated shop, as it comes: nothing of the reader's is in it
  if (study.revision === 0 && work.demo && work.text === open.safeText) return false;
  const next = nextOf(open);
  return (
    study.revision === 0 ||
    shelfToWrite(open) !== undefined ||
    JSON.stringify({ ...next, changedAt: 0 }) !== JSON.stringify({ ...study, changedAt: 0 })
  );
}

/** The files that are to be written; null to take them away, undefined to leave what is there. */
export function shelfToWrite({ study, work, kept }: OpenStudy): Shelf | null | undefined {
  if (isWithoutFiles(work.shelf)) return study.keepsFiles || !kept ? undefined : null;
  if (!study.keepsFiles) return kept ? null : undefined;
  return kept && isSameShelf(kept, work.shelf) ? undefined : work.shelf;
}

/** What a page left: older than what is kept it is refused; what cannot be written now stays. */
export async function writeDraft(store: StudyStore, draft: Study): Promise<void> {
  const fault = await store.write(draft).then(
    () => undefined,
    (error: unknown) => toStorageError(error).code,
  );
  if (fault === undefined || fault === "conflict" || fault === "gone") store.putDraft(null);
}
