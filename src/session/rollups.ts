import type { Table } from "apache-arrow";
import type { ParamValue } from "../catalog/bindParams.ts";
import type { Query } from "../catalog/query.ts";
import { rollUp } from "../catalog/rollUp.ts";
import type { RolledUp } from "../catalog/rollUp.ts";
import type { Engine, QueryOptions } from "../engine/engine.ts";
import { toFilter } from "../notebook/filter.ts";
import type { Filter } from "../notebook/filter.ts";
import { filterVariables, sqlFor } from "./segments.ts";
import { wholePeriods } from "./wholePeriods.ts";

const schema = "rollups";
/** a table of one row: between which days the first orders are that are asked for */
const days = `${schema}.days`;
/** what no day of a first order is before, or after */
const [firstDay, lastDay] = ["0001-01-01", "9999-12-31"];
/** above this reading the sums is hardly faster than reading the customers */
const mostRows = 500_000;
/** below this fewer rows are no faster */
const fewRows = 5_000;
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

type Grain = "day" | "week" | "month";

interface Sums {
  /** what they are of, but for the days of the first order */
  key: string;
  data: object;
  rolledUp: RolledUp;
  /** by what each row is of; empty where there are too many rows to keep */
  tables: Map<Grain, SumTable>;
}

interface SumTable {
  name: string;
  rows: number;
  /** the statement that computes the figures from it; the same each time, so that its plan is kept */
  result: string;
}

/**
 * Sums by the day of the first order, kept in the engine: a cell that asks again for other days, and for
 * nothing else, is answered from them; for whole months or weeks from sums of those.
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
    // one after the other: what one reads another may be about to replace, or chooses other days for
    const asking = this.#turn.then(() => this.#ask(engine, asked, options));
    this.#turn = asking.catch(() => undefined);
    return asking.then((begun) => begun?.table);
  }

  /** Its turn is over once the engine is asked: that answers in order, and the next is then at hand. */
  async #ask(
    engine: Engine,
    asked: Asked,
    options: QueryOptions,
  ): Promise<{ table: Promise<Table> } | undefined> {
    const { cell, query, filter, params } = asked;
    // whom a mark counts may depend on the days
    if (!query.rollup || filter?.mark) return undefined;
    const sums = await this.#keep(engine, asked, options);
    if (sums.tables.size === 0) return undefined;
    const forget = (error: unknown): never => {
      // an engine that started anew has no tables
      if (options.signal?.aborted !== true) this.#forget(cell);
      throw error;
    };
    const { firstFrom = firstDay, firstUntil = lastDay } = filter ?? {};
    try {
      const { result } = await this.#tableFor(engine, sums, wholePeriods(firstFrom, firstUntil));
      const asItIs = { ...options, variables: params, parameters: [] };
      // asked together: the engine answers in order
      const chosen = this.#choose(engine, firstFrom, firstUntil);
      const table = Promise.all([engine.query(result, asItIs), chosen]).then(([first]) => first);
      return { table: table.catch(forget) };
    } catch (error) {
      return forget(error);
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
    await engine.query(`create schema if not exists ${schema}`);
    if (known?.data !== data) this.#chosen = undefined;
    await engine.query(
      `create table if not exists ${days} as select null::date as first_from, null::date as first_until`,
    );
    const rolledUp = rollUp(query)!;
    const variables = { ...params, ...filterVariables(others) };
    const sql = sqlFor({ ...query, sql: rolledUp.sums }, others);
    const byDay = await this.#make(engine, rolledUp, sql, { ...options, variables });
    const sums: Sums = { key, data, rolledUp, tables: new Map([["day", byDay]]) };
    if (byDay.rows > mostRows) await drop(engine, sums);
    const [oldest] = this.#sums;
    if (oldest && this.#sums.size >= mostKept) {
      this.#sums.delete(oldest[0]);
      await drop(engine, oldest[1]);
    }
    return this.#remember(cell, sums);
  }

  /** The smallest table that has what is asked for. */
  async #tableFor(engine: Engine, { tables, rolledUp }: Sums, grain: Grain): Promise<SumTable> {
    const byDay = tables.get("day")!;
    if (grain === "day" || byDay.rows <= fewRows) return byDay;
    const known = tables.get(grain);
    if (known) return known;
    const made = await this.#make(engine, rolledUp, rolledUp.coarser(byDay.name, grain), {});
    tables.set(grain, made);
    return made;
  }

  async #make(
    engine: Engine,
    rolledUp: RolledUp,
    sql: string,
    options: QueryOptions,
  ): Promise<SumTable> {
    const name = `${schema}."${++this.#tables}"`;
    const made = await engine.query(`create or replace table ${name} as\n${sql}`, options);
    const rows = Number(made.getChildAt(0)?.get(0) ?? 0);
    return { name, rows, result: rolledUp.result(name, days) };
  }

  /** Before a result, in the table from which plans that are kept read the days. */
  async #choose(engine: Engine, from: string, until: string): Promise<void> {
    const chosen = `${from} ${until}`;
    if (this.#chosen === chosen) return;
    this.#chosen = chosen;
    // a plan is made anew for other parameters; that of the update is small
    const sql = `update ${days} set first_from = $1::date, first_until = $2::date`;
    await engine.query(sql, { parameters: [from, until] });
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

async function drop(engine: Engine, { tables }: Pick<Sums, "tables">): Promise<void> {
  for (const { name } of tables.values()) await engine.query(`drop table if exists ${name}`);
  tables.clear();
}
