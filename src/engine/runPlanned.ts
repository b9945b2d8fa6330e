import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import type { Value } from "./engine.ts";
import type { EngineWorker } from "./startWorker.ts";

/** A plan holds on to the tables that it reads. */
const mostPlans = 12;

/** By worker and statement, the engine's number of it; the one that ran longest ago stands first. */
const plans = new WeakMap<EngineWorker, Map<string, number>>();

/** Whether a plan is at hand: its statement needs no variables, and changes nothing for others. */
export function isPlanned(worker: EngineWorker, sql: string): boolean {
  return plans.get(worker)?.has(sql) ?? false;
}

/**
 * Runs a statement by the plan that was made when it came first: of one over few rows planning is half of
 * the time.
 */
export async function runPlanned(
  worker: EngineWorker,
  sql: string,
  parameters: readonly Value[],
): Promise<Table> {
  const { db, connection } = worker;
  const known = plans.get(worker) ?? new Map<string, number>();
  plans.set(worker, known);
  const statement = known.get(sql) ?? (await db.createPrepared(connection, sql));
  known.delete(sql);
  known.set(sql, statement);
  try {
    const [oldest] = known;
    if (oldest && known.size > mostPlans) await drop(worker, known, oldest);
    return tableFromIPC(await db.runPrepared(connection, statement, [...parameters]));
  } catch (error) {
    if (known.get(sql) === statement) await drop(worker, known, [sql, statement]);
    throw error;
  }
}

/**
 * Lets all plans go: after a table came, changed or went the engine would make each of them anew, and then at
 * every run, also where it reads no such table.
 */
export async function dropPlans(worker: EngineWorker): Promise<void> {
  const known = plans.get(worker) ?? new Map<string, number>();
  for (const plan of known) await drop(worker, known, plan);
}

async function drop(
  worker: EngineWorker,
  known: Map<string, number>,
  [sql, statement]: [string, number],
): Promise<void> {
  known.delete(sql);
  const { db, connection } = worker;
  if (worker.isAlive) await db.closePrepared(connection, statement).catch(() => undefined);
}
