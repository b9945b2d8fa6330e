import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import { checkStatement } from "./checkStatement.ts";
import { EngineError } from "./engine.ts";
import type { QueryOptions, Value } from "./engine.ts";
import { fillEnums, hasEnums } from "./fillEnums.ts";
import { dropPlans, isPlanned, runPlanned } from "./runPlanned.ts";
import type { EngineWorker } from "./startWorker.ts";
import { toDoubles } from "./toDoubles.ts";

/**
 * Runs one statement on the worker's connection, piece by piece, so that a stop is heard between
 * two pieces (each about a tenth of a second); settles when the connection is idle again.
 */
export async function runStatement(
  worker: EngineWorker,
  sql: string,
  { variables = {}, signal, timeoutMs, onProgress, parameters }: QueryOptions,
): Promise<Table> {
  const deadline = timeoutMs === undefined ? Infinity : performance.now() + timeoutMs;
  const throwIfStopped = (): void => {
    if (!worker.isAlive) throw new EngineError("worker-died", "the worker has gone", { sql });
    if (signal?.aborted) throw new EngineError("cancelled", "cancelled", { sql });
    if (performance.now() < deadline) return;
    throw new EngineError("timeout", `stopped; still running after ${timeoutMs} ms`, { sql });
  };
  throwIfStopped();
  if (!allowed.has(sql)) {
    checkStatement(sql, await worker.db.tokenize(sql));
    remember(sql);
  }
  if (changesTables.test(sql)) await dropPlans(worker);
  const names: string[] = [];
  worker.onProgress = onProgress;
  try {
    const isKept = parameters !== undefined && isPlanned(worker, sql);
    for (const [name, value] of isKept ? [] : Object.entries(variables)) {
      if (value === null) continue;
      names.push(name);
      await setVariable(worker, name, value);
    }
    const table = parameters
      ? await runPlanned(worker, sql, parameters)
      : await fetchTable(worker, sql, throwIfStopped);
    if (hasEnums(table)) fillEnums(table, await describeTypes(worker, sql));
    return toDoubles(table);
  } finally {
    worker.onProgress = undefined;
    for (const name of names) {
      if (worker.isAlive) await resetVariable(worker, name);
    }
  }
}

const changesTables = /^\s*(create|drop|alter)\b/i;

/** Statements that have passed the check: the prebuilt ones come again and again. */
const allowed = new Set<string>();
const mostAllowed = 500;

function remember(sql: string): void {
  if (allowed.size >= mostAllowed) allowed.clear();
  allowed.add(sql);
}

async function fetchTable(
  worker: EngineWorker,
  sql: string,
  throwIfStopped: () => void,
): Promise<Table> {
  const { db, connection } = worker;
  try {
    let header = await db.startPendingQuery(connection, sql);
    while (!header) {
      throwIfStopped();
      header = await db.pollPendingQuery(connection);
    }
    return tableFromIPC([header, ...(await fetchChunks(worker, throwIfStopped))]);
  } catch (error) {
    if (worker.isAlive) await letGo(worker);
    throw error;
  }
}

/** Every piece of a result; some are asked for ahead, so that the engine does not wait for our answer. */
async function fetchChunks(
  { db, connection }: EngineWorker,
  throwIfStopped: () => void,
): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const asked: Promise<Uint8Array | null>[] = [];
  try {
    for (;;) {
      throwIfStopped();
      while (asked.length < askedAhead) asked.push(db.fetchQueryResults(connection));
      const chunk = await asked.shift();
      if (chunk?.length === 0) return chunks;
      if (chunk) chunks.push(chunk);
    }
  } finally {
    await Promise.allSettled(asked); // past the end the engine answers with nothing
  }
}

const askedAhead = 4;

async function describeTypes({ db, connection }: EngineWorker, sql: string): Promise<string[]> {
  try {
    const table = tableFromIPC(await db.runQuery(connection, `describe ${sql}`));
    return Array.from(table.getChild("column_type") ?? [], String);
  } catch (cause) {
    const message = "ENUM column in a result that cannot be described; cast it to VARCHAR";
    throw new EngineError("query", message, { sql, cause });
  }
}

/** The engine holds on to a statement that ended early, and to its files, until the next one. */
async function letGo({ db, connection }: EngineWorker): Promise<void> {
  await db.cancelPendingQuery(connection);
  await db.runQuery(connection, "select 1").catch(() => undefined);
}

async function setVariable(
  { db, connection }: EngineWorker,
  name: string,
  value: Exclude<Value, null>,
): Promise<void> {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new EngineError("query", `invalid variable; not a finite number: ${name}`);
  }
  // numbers are bound as DOUBLE, whose text is "3.0"
  const cast = Number.isSafeInteger(value) ? "::bigint" : "";
  const text = `set variable ${quote(name)} = $1${cast}`;
  const statement = await db.createPrepared(connection, text);
  try {
    await db.runPrepared(connection, statement, [value]);
  } finally {
    await db.closePrepared(connection, statement);
  }
}

async function resetVariable({ db, connection }: EngineWorker, name: string): Promise<void> {
  await db.runQuery(connection, `reset variable ${quote(name)}`).catch(() => undefined);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
