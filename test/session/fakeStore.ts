import { StorageError } from "../../src/storage/storageError.ts";
import type { StorageErrorCode } from "../../src/storage/storageError.ts";
import type { Study } from "../../src/storage/study.ts";
import type { StoreEvents, StudyStore } from "../../src/storage/studyStore.ts";
import type { OpenStore } from "../../src/session/openStudy.ts";

/** A browser's storage in memory, shared by the tabs that are opened on it, that fails when it is told to. */
export interface FakeStorage {
  studies: Map<string, Study>;
  files: Map<string, object>;
  draft: Study | null;
  opening: Set<string>;
  /** whose tab writes each study */
  owners: Map<string, object>;
  /** what the next writes fail with; of those with files only, where it says so */
  fault: StorageErrorCode | null;
  refusesFiles: boolean;
  writes: number;
  open: OpenStore;
}

export function fakeStorage(): FakeStorage {
  const storage: FakeStorage = {
    studies: new Map(),
    files: new Map(),
    draft: null,
    opening: new Set(),
    owners: new Map(),
    fault: null,
    refusesFiles: false,
    writes: 0,
    open: async (events) => openTab(storage, events),
  };
  return storage;
}

function openTab(storage: FakeStorage, events: StoreEvents): StudyStore {
  const owners = storage.owners as Map<string, StoreEvents>;
  return {
    isSure: true,
    async claim(id, { isForced = false } = {}) {
      const owner = owners.get(id);
      if (owner && owner !== events && !isForced) return false;
      owners.set(id, events);
      if (owner && owner !== events) {
        await owner.onAsked();
        owner.onLost();
      }
      return true;
    },
    release() {
      for (const [id, owner] of owners) if (owner === events) owners.delete(id);
    },
    tell: () => undefined,
    list: async () => ({ studies: [...storage.studies.values()], damaged: [] }),
    async write(study, files) {
      if (storage.fault) throw new StorageError(storage.fault, "told to");
      if (files && storage.refusesFiles) throw new StorageError("full", "told to");
      const latest = storage.studies.get(study.id)?.revision ?? 0;
      if (latest !== study.revision)
        throw new StorageError(latest > study.revision ? "conflict" : "gone", "other revision");
      const written = { ...study, revision: study.revision + 1 };
      storage.studies.set(study.id, written);
      if (files) storage.files.set(study.id, files.content);
      else if (files === null) storage.files.delete(study.id);
      storage.writes += 1;
      return written;
    },
    async remove(id) {
      storage.studies.delete(id);
      storage.files.delete(id);
    },
    readFiles: async (id) => storage.files.get(id),
    usedBytes: async () => 1,
    persist: async () => undefined,
    putDraft(study) {
      storage.draft = study;
      return true;
    },
    draft: () => storage.draft,
    setOpening(id, isOpening) {
      if (isOpening) storage.opening.add(id);
      else storage.opening.delete(id);
    },
    wasOpening: (id) => storage.opening.has(id),
    async removeEverything() {
      storage.studies.clear();
      storage.files.clear();
      storage.draft = null;
      storage.opening.clear();
      return [];
    },
  };
}
