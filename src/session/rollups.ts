import type { Table } from "apache-arrow";
import type { ParamValue } from "../catalog/bindParams.ts";
import type { Query } from "../catalog/query.ts";
import { rollUp } from "../catalog/rollUp.ts";
import type { Engine, QueryOptions } from "../engine/engine.ts";
import { toFilter } from "../notebook/filter.ts";
import type { Filter } from "../notebook/filter.ts";
import { filterVariables, sqlFor } from "./segments.ts";

const schema = "rollups";
/** a table of one row: between which days the first orders are that are asked for */
const days = `${schema}.days`;
/** above this reading the sums is hardly faster than reading the customers */
const mostRows = 500_000;
/** how many cells have theirs kept; the one that was asked for longest ago goes first */
const mostKept = 24;

/** What a cell asks for. */
export interface Asked {
  /** its id */
  cell: string;
  query: Query;
  /** bound values of the query's params */
  params: Record<string, ParamValue>;
  filter: Filter | undefined;
  /** the data: sums of other data are of no use */
  data: object;
}

interface Sums {
  /** what they are of, but for the days of the first order */
  key: string;
  data: object;
  /** undefined where there are too many rows to keep */
  table: string | undefined;
}

/**
 * Sums by the day of the first order, kept in the engine: a cell that asks again for other days, and for
 * nothing else, is answered from them.
 */
export class Rollups {
  readonly #sums = new Map<string, Sums>();
  #turn: Promise<unknown> = Promise.resolve();
  #tables = 0;
  /** the days in their table */
  #chosen: string | undefined;

  /**
   * The figures of an analysis, the same as its own SQL gives.
   *
   * @returns undefined where its sums cannot be kept
   * @throws EngineError
   */
  run(engine: Engine, asked: Asked, options: QueryOptions): Promise<Table | undefined> {
    // one at a time: what one reads another may be about to replace
    const run = this.#turn.then(() => this.#run(engine, asked, options));
    this.#turn = run.catch(() => undefined);
    return run;
  }

  async #run(engine: Engine, asked: Asked, options: QueryOptions): Promise<Table | undefined> {
    const { cell, query, filter, params } = asked;
    // whom a mark counts may depend on the days
    if (!query.rollup || filter?.mark) return undefined;
    const { table } = await this.#keep(engine, asked, options);
    if (table === undefined) return undefined;
    const { result } = rollUp(query, { kept: table, days })!;
    try {
      await this.#choose(engine, filter, options);
      return await engine.query(result, { ...options, variables: params, isRepeated: true });
    } catch (error) {
      // an engine that started anew has no tables
      if (options.signal?.aborted !== true) this.#forget(cell);
      throw error;
    }
  }

  async #keep(engine: Engine, asked: Asked, options: QueryOptions): Promise<Sums> {
    const { cell, query, params, filter, data } = asked;
    const others = withoutDays(filter);
    const key = JSON.stringify([query.id, params, others]);
    const known = this.#sums.get(cell);
    this.#sums.delete(cell);
    if (known?.key === key && known.data === data) return this.#remember(cell, known);
    if (known) await drop(engine, known);
    const name = `${schema}."${++this.#tables}"`;
    const variables = { ...params, ...filterVariables(others) };
    const sums = sqlFor({ ...query, sql: rollUp(query, { kept: name, days })!.sums }, others);
    await engine.query(`create schema if not exists ${schema}`);
    if (known?.data !== data) this.#chosen = undefined;
    await engine.query(
      `create table if not exists ${days} as select null::date as first_from, null::date as first_until`,
    );
    const made = await engine.query(`create or replace table ${name} as\n${sums}`, {
      ...options,
      variables,
    });
    const isMany = Number(made.getChildAt(0)?.get(0) ?? 0) > mostRows;
    if (isMany) await drop(engine, { table: name });
    const [oldest] = this.#sums;
    if (oldest && this.#sums.size >= mostKept) {
      this.#sums.delete(oldest[0]);
      await drop(engine, oldest[1]);
    }
    return this.#remember(cell, { key, data, table: isMany ? undefined : name });
  }

  /** Before a result: a plan that is kept reads the days from a table. */
  async #choose(engine: Engine, filter: Filter | undefined, options: QueryOptions): Promise<void> {
    const { firstFrom = null, firstUntil = null } = filter ?? {};
    const chosen = JSON.stringify([firstFrom, firstUntil]);
    if (this.#chosen === chosen) return;
    this.#chosen = undefined;
    await engine.query(
      `update ${days} set first_from = getvariable('first_from')::date, first_until = getvariable('first_until')::date`,
      { ...options, variables: { first_from: firstFrom, first_until: firstUntil } },
    );
    this.#chosen = chosen;
  }

  #forget(cell: string): void {
    this.#sums.delete(cell);
    this.#chosen = undefined;
  }

  #remember(cell: string, sums: Sums): Sums {
    this.#sums.set(cell, sums);
    return sums;
  }
}

function withoutDays(filter: Filter | undefined): Filter | undefined {
  if (!filter) return undefined;
  const { firstFrom: _from, firstUntil: _until, ...others } = filter;
  return toFilter(others);
}

async function drop(engine: Engine, { table }: Pick<Sums, "table">): Promise<void> {
  if (table !== undefined) await engine.query(`drop table if exists ${table}`);
}
