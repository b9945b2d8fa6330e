import { StorageError, toStorageError } from "./storageError.ts";
import { withTimeout } from "./withTimeout.ts";

export const databaseName = "perennial";
const version = 1;
const patienceMs = 5_000;

/** Sealed revisions of studies by [id, revision]; kept files by id; damaged revisions as they were found. */
export type StoreName = "studies" | "files" | "damaged";

export interface Transaction<T> {
  stores: StoreName[];
  mode: IDBTransactionMode;
  timeoutMs?: number;
  /** makes its requests at once; what it returns is asked for when all of them are written */
  body: (transaction: IDBTransaction, refuse: (error: StorageError) => void) => () => T;
}

export interface Database {
  /** All of it is written, or nothing. @throws StorageError */
  transact: <T>(transaction: Transaction<T>) => Promise<T>;
  close: () => void;
}

/**
 * IndexedDB, opened at its first use, and again after the browser closed it.
 *
 * @param onCleared the browser took the database away while it was open
 */
export function openDatabase(onCleared: () => void): Database {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => (opened = undefined);

  function open(): Promise<IDBDatabase> {
    opened ??= connect((isCleared) => {
      forget();
      if (isCleared) onCleared();
    });
    opened.catch(forget);
    return opened;
  }

  return {
    async transact(transaction) {
      try {
        return await attempt(await open(), transaction);
      } catch (error) {
        if ((error as Error).name !== "InvalidStateError") throw toStorageError(error);
        // the connection was closed under us: once more on a new one
        forget();
      }
      try {
        return await attempt(await open(), transaction);
      } catch (error) {
        throw toStorageError(error);
      }
    },
    close() {
      void opened?.then((database) => database.close()).catch(() => undefined);
      forget();
    },
  };
}

async function connect(onClose: (isCleared: boolean) => void): Promise<IDBDatabase> {
  let request: IDBOpenDBRequest;
  try {
    request = globalThis.indexedDB.open(databaseName, version);
  } catch (error) {
    throw new StorageError("unavailable", String(error), error);
  }
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore("studies", { keyPath: ["id", "revision"] });
    database.createObjectStore("files");
    database.createObjectStore("damaged", { autoIncrement: true });
  };
  const connected = new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => {
      const { code, message } = toStorageError(request.error);
      reject(new StorageError(code === "failed" ? "unavailable" : code, message, request.error));
    };
  });
  const late = () => void connected.then((database) => database.close()).catch(() => undefined);
  const database = await withTimeout(connected, patienceMs, late);
  database.onclose = () => onClose(true);
  // another tab removes the database: it must not wait for this one
  database.onversionchange = () => {
    database.close();
    onClose(false);
  };
  return database;
}

function attempt<T>(
  database: IDBDatabase,
  { stores, mode, timeoutMs = patienceMs, body }: Transaction<T>,
): Promise<T> {
  const transaction = database.transaction(stores, mode, { durability: "strict" });
  const done = new Promise<T>((resolve, reject) => {
    let refusal: StorageError | undefined;
    transaction.onabort = () => reject(refusal ?? toStorageError(transaction.error));
    try {
      const result = body(transaction, (error) => {
        refusal = error;
        transaction.abort();
      });
      transaction.oncomplete = () => resolve(result());
    } catch (error) {
      refusal = toStorageError(error);
      transaction.abort();
    }
  });
  return withTimeout(done, timeoutMs, () => abort(transaction));
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // it had ended
  }
}
