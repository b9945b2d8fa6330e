import { openDatabase } from "./database.ts";
import { removeEverything } from "./removeEverything.ts";
import { StorageError, toStorageError } from "./storageError.ts";
import { sealStudy, unsealStudy } from "./study.ts";
import type { Sealed, Study } from "./study.ts";
import { joinTabs } from "./tabs.ts";
import type { TabEvents, Tabs } from "./tabs.ts";
import { withTimeout } from "./withTimeout.ts";

const keptRevisions = 3;
const fileBytesPerMs = 5_000; // what a slow disk takes

export interface StoreEvents extends TabEvents {
  /** the browser took the storage away while it was open */
  onCleared: () => void;
}

/** The studies that the browser keeps. Everything fails with a StorageError, and nothing hangs. */
export interface StudyStore extends Tabs {
  /** the latest first */
  list: () => Promise<Listed>;
  /**
   * One more revision; three are kept.
   *
   * @param study as it was read or written last, with what changed
   * @param files put beside it; null takes them away, undefined leaves them
   * @throws StorageError "conflict" when somebody wrote meanwhile, "gone" when what was written is not there any more
   */
  write: (study: Study, files?: KeptFiles | null) => Promise<Study>;
  remove: (id: string) => Promise<void>;
  /** the files that were put beside a study; undefined where there are none */
  readFiles: (id: string) => Promise<unknown>;
  /** bytes of all that this site keeps, as the browser estimates it */
  usedBytes: () => Promise<number | null>;
  /** Asks the browser not to clear this site's storage of its own accord. */
  persist: () => Promise<void>;
  /** At once, for a page that is about to go. @returns whether it was taken */
  putDraft: (study: Study | null) => boolean;
  /** what a page left that went before it was written */
  draft: () => Study | null;
  /** Marks that the files of a study are being read: a mark that stays tells of a tab that died of it. */
  setOpening: (id: string, isOpening: boolean) => void;
  wasOpening: (id: string) => boolean;
  /** Takes away all that this site keeps in this browser. @returns what could not be */
  removeEverything: () => Promise<string[]>;
}

/** What can be stored as it is, and how large it is. */
export interface KeptFiles {
  bytes: number;
  content: object;
}

export interface Listed {
  studies: Study[];
  /** revisions that cannot be read; they were set aside */
  damaged: Damaged[];
}

/** A revision that was set aside. */
export interface Damaged {
  id: string;
  /** of the study that opens in its place; null where no other revision can be read */
  study: Study | null;
  found: unknown;
}

export function openStudyStore(events: StoreEvents): StudyStore {
  const database = openDatabase(events.onCleared);
  return {
    ...joinTabs(events),

    async list() {
      const all = await database.transact({
        stores: ["studies"],
        mode: "readonly",
        body(transaction) {
          const request = transaction.objectStore("studies").getAll();
          return () => request.result as unknown[];
        },
      });
      const listed = sortOut(all);
      const { damaged } = listed;
      if (damaged.length === 0) return listed;
      await database.transact({
        stores: ["studies", "damaged"],
        mode: "readwrite",
        body(transaction) {
          for (const { found } of damaged) {
            const { id, revision } = found as Sealed; // its key, which every record has
            transaction.objectStore("studies").delete([id, revision]);
            transaction.objectStore("damaged").add(found);
          }
          return () => undefined;
        },
      });
      return listed;
    },

    write(study, files) {
      const written = { ...study, revision: study.revision + 1 };
      return database.transact({
        stores: ["studies", "files"],
        mode: "readwrite",
        timeoutMs: 5_000 + (files?.bytes ?? 0) / fileBytesPerMs,
        body(transaction, refuse) {
          const revisions = transaction.objectStore("studies");
          const known = revisions.getAllKeys(allOf(study.id));
          known.onsuccess = () => {
            const [, latest = 0] = (known.result.at(-1) ?? []) as [string?, number?];
            if (latest !== study.revision)
              return refuse(
                new StorageError(
                  latest > study.revision ? "conflict" : "gone",
                  `other revision is kept: ${latest}`,
                ),
              );
            try {
              revisions.put(sealStudy(written));
              revisions.delete(allOf(study.id, written.revision - keptRevisions));
              if (files) transaction.objectStore("files").put(files.content, study.id);
              else if (files === null) transaction.objectStore("files").delete(study.id);
            } catch (error) {
              refuse(toStorageError(error));
            }
          };
          return () => written;
        },
      });
    },

    remove: (id) =>
      database.transact({
        stores: ["studies", "files"],
        mode: "readwrite",
        body(transaction) {
          transaction.objectStore("studies").delete(allOf(id));
          transaction.objectStore("files").delete(id);
          return () => undefined;
        },
      }),

    readFiles: (id) =>
      database.transact({
        stores: ["files"],
        mode: "readonly",
        body(transaction) {
          const request = transaction.objectStore("files").get(id);
          return () => request.result as unknown;
        },
      }),

    async usedBytes() {
      const estimate = globalThis.navigator.storage?.estimate?.();
      if (!estimate) return null;
      const { usage } = await withTimeout(estimate, 2_000).catch(() => ({ usage: undefined }));
      return usage ?? null;
    },

    async persist() {
      const asked = globalThis.navigator.storage?.persist?.();
      await asked?.catch(() => false);
    },

    putDraft(study) {
      return atOnce(() => {
        if (study) localStorage.setItem(draftKey, JSON.stringify(sealStudy(study)));
        else localStorage.removeItem(draftKey);
        return true;
      }, false);
    },

    draft: () =>
      atOnce(() => unsealStudy(JSON.parse(localStorage.getItem(draftKey) ?? "null")) ?? null, null),

    setOpening(id, isOpening) {
      atOnce(() => {
        if (isOpening) localStorage.setItem(openingKey + id, "");
        else localStorage.removeItem(openingKey + id);
      }, undefined);
    },

    wasOpening: (id) => atOnce(() => localStorage.getItem(openingKey + id) !== null, false),

    removeEverything() {
      database.close();
      return removeEverything();
    },
  };
}

const draftKey = "perennial.draft";
const openingKey = "perennial.opening.";

/** localStorage throws where it is off or full. */
function atOnce<T>(use: () => T, otherwise: T): T {
  try {
    return use();
  } catch {
    return otherwise;
  }
}

/** The keys of a study's revisions, up to one of them. */
function allOf(id: string, upTo: number | [] = []): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, upTo]); // an array comes after every number
}

/** Of each study the latest revision that can be read. */
export function sortOut(found: readonly unknown[]): Listed {
  const studies = new Map<string, Study>();
  const broken: unknown[] = [];
  for (const sealed of found) {
    const study = unsealStudy(sealed);
    if (!study) broken.push(sealed);
    else if (study.revision >= (studies.get(study.id)?.revision ?? 0)) studies.set(study.id, study);
  }
  const damaged = broken.map((sealed): Damaged => {
    const { id } = sealed as Sealed;
    return { id, study: studies.get(id) ?? null, found: sealed };
  });
  return { studies: [...studies.values()].toSorted((a, b) => b.changedAt - a.changedAt), damaged };
}
