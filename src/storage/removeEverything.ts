import { databaseName } from "./database.ts";
import { withTimeout } from "./withTimeout.ts";

const patienceMs = 5_000; // for each kind of storage

/**
 * Takes away all that this site keeps in this browser: databases, local and session storage, files of its own,
 * caches and service workers.
 *
 * @returns the kinds of which something is left
 */
export async function removeEverything(): Promise<string[]> {
  const left = await Promise.all(
    Object.entries(kinds).map(async ([kind, { remove, remains }]) => {
      try {
        await withTimeout(remove(), patienceMs);
        return (await withTimeout(remains(), patienceMs)) ? [kind] : [];
      } catch {
        return [kind];
      }
    }),
  );
  return left.flat();
}

interface Kind {
  remove: () => Promise<unknown>;
  /** whether something is left */
  remains: () => Promise<boolean>;
}

/** A kind that the browser does not have, or refuses, keeps nothing. */
const kinds: Record<string, Kind> = {
  IndexedDB: {
    remove: async () => Promise.all((await databaseNames()).map(removeDatabase)),
    remains: async () => (await databaseNames({ isSure: true })).length > 0,
  },
  localStorage: {
    remove: async () => storageOf("localStorage")?.clear(),
    remains: async () => (storageOf("localStorage")?.length ?? 0) > 0,
  },
  sessionStorage: {
    remove: async () => storageOf("sessionStorage")?.clear(),
    remains: async () => (storageOf("sessionStorage")?.length ?? 0) > 0,
  },
  OPFS: {
    async remove() {
      const root = await ownFolder();
      for (const name of await namesIn(root)) await root?.removeEntry(name, { recursive: true });
    },
    remains: async () => (await namesIn(await ownFolder())).length > 0,
  },
  CacheStorage: {
    async remove() {
      for (const name of await cacheNames()) await caches.delete(name);
    },
    remains: async () => (await cacheNames()).length > 0,
  },
  serviceWorker: {
    async remove() {
      for (const worker of await workers()) await worker.unregister();
    },
    remains: async () => (await workers()).length > 0,
  },
};

/** @param isSure only those that the browser lists; it may not be able to */
async function databaseNames({ isSure = false } = {}): Promise<string[]> {
  const listed = await orNone(() => indexedDB.databases());
  if (!listed) return isSure || typeof indexedDB === "undefined" ? [] : [databaseName];
  return listed.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

function storageOf(name: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

function ownFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  return orNone(() => navigator.storage.getDirectory());
}

async function namesIn(folder: FileSystemDirectoryHandle | undefined): Promise<string[]> {
  const names: string[] = [];
  if (folder) for await (const name of folder.keys()) names.push(name);
  return names;
}

async function cacheNames(): Promise<string[]> {
  return (await orNone(() => caches.keys())) ?? [];
}

async function workers(): Promise<readonly ServiceWorkerRegistration[]> {
  return (await orNone(() => navigator.serviceWorker.getRegistrations())) ?? [];
}

async function orNone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
