import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import type { EngineWorker } from "./startWorker.ts";

/** A plan holds on to the tables that it reads. */
const mostPlans = 12;

/** By worker and statement, the engine's number of it; the one that ran longest ago stands first. */
const plans = new WeakMap<EngineWorker, Map<string, number>>();

/**
 * Runs a statement by the plan that was made when it came first: of one over few rows planning is half of
 * the time. The engine plans anew by itself where a table that it reads is another one.
 */
export async function runPlanned(worker: EngineWorker, sql: string): Promise<Table> {
  const { db, connection } = worker;
  const known = plans.get(worker) ?? new Map<string, number>();
  plans.set(worker, known);
  const statement = known.get(sql) ?? (await db.createPrepared(connection, sql));
  known.delete(sql);
  try {
    const table = tableFromIPC(await db.runPrepared(connection, statement, []));
    known.set(sql, statement);
    return table;
  } catch (error) {
    if (worker.isAlive) await db.closePrepared(connection, statement).catch(() => undefined);
    throw error;
  } finally {
    const [oldest] = known;
    if (oldest && known.size > mostPlans && worker.isAlive) {
      known.delete(oldest[0]);
      await db.closePrepared(connection, oldest[1]);
    }
  }
}
