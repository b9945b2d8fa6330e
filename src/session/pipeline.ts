import { queries } from "../catalog/queries.ts";
import type { Query } from "../catalog/query.ts";
import type { Engine, QueryOptions } from "../engine/engine.ts";

/** Orders that one pass of the sort may hold: it keeps them twice, about 600 bytes each in all. */
const ordersPerPass = 1_000_000;

/** A step of the pipeline that was reached, of so many. */
export type OnStep = (done: number, of: number) => void;

/** The prebuilt statement of that name. */
export function statement(folder: Query["folder"], id: string): string {
  const found = queries.find((query) => query.folder === folder && query.id === id);
  if (!found) throw new Error(`unknown statement: ${folder}/${id}`);
  return found.sql;
}

/** Drops what an earlier import made and lays the empty tables out. */
export async function layOutTables(
  engine: Engine,
  { compressed }: { compressed: boolean },
): Promise<void> {
  await dropTables(engine);
  await engine.setCompression(compressed);
  for (const { folder, sql } of queries) if (folder === "canonical") await engine.query(sql);
  await engine.query(statement("staging", "import_files"));
  for (const id of ["staged", "staged_contacts", "file_notes"])
    await engine.query(statement("staging", id));
}

export async function dropTables(engine: Engine): Promise<void> {
  await engine.query("drop schema if exists cells cascade");
  const { names } = await readRow(
    engine,
    `select string_agg(case when table_type = 'VIEW' then 'view ' else 'table ' end || '"' || table_name || '"', '|') as names
     from information_schema.tables where table_schema = 'main' and table_catalog = current_database()`,
  );
  for (const name of typeof names === "string" ? names.split("|") : []) {
    await engine.query(`drop ${name}`);
  }
}

/**
 * From the rows as read to the canonical tables and the marts. Rows that are orders of their own
 * take the short way; others are grouped by order id first.
 */
export async function buildTables(
  engine: Engine,
  { signal, onStep }: { signal?: AbortSignal; onStep?: OnStep } = {},
): Promise<void> {
  const options: QueryOptions = { signal };
  const shape = await readRow(engine, statement("staging", "order_shape"), options);
  const isOrderPerRow = shape.is_order_per_row === true;
  const passes = Math.max(1, Math.ceil(Number(shape.usable_rows) / ordersPerPass));
  const steps = isOrderPerRow ? shortWay(passes) : longWay(passes);
  for (const [done, step] of steps.entries()) {
    onStep?.(done, steps.length);
    if (typeof step === "string") await engine.query(step, options);
    else await sortPass(engine, step, options);
  }
}

/** The first row of a result as a record; money and shares as doubles, counts as they come. */
export async function readRow(
  engine: Engine,
  sql: string,
  options: QueryOptions = {},
): Promise<Record<string, unknown>> {
  const table = await engine.query(sql, options);
  return Object.fromEntries(
    table.schema.fields.map(({ name }) => [name, table.getChild(name)?.get(0) as unknown]),
  );
}

/** A statement, or one of so many passes of the sort. */
type Step = string | Pass;

interface Pass {
  pass: number;
  passes: number;
}

/** The orders of one pass, and right after them their purchase days and months. */
async function sortPass(
  engine: Engine,
  { pass, passes }: Pass,
  options: QueryOptions,
): Promise<void> {
  const ordersBefore = await countRows(engine, "orders", options);
  await engine.query(statement("staging", "orders"), { ...options, variables: { pass, passes } });
  const daysBefore = pass === 0 ? 0 : await countRows(engine, "customer_days", options);
  await growMart(engine, "customer_days", ordersBefore, pass === 0, options);
  await growMart(engine, "customer_periods", daysBefore, pass === 0, options);
}

/** Makes a mart of the first pass, or adds to it what the rows from `fromRow` on of its source give. */
async function growMart(
  engine: Engine,
  id: string,
  fromRow: number,
  isFirst: boolean,
  options: QueryOptions,
): Promise<void> {
  const create = statement("marts", id);
  const sql = isFirst ? create : create.replace(`create table ${id} as`, `insert into ${id}`);
  await engine.query(sql, { ...options, variables: { from_row: fromRow } });
}

async function countRows(engine: Engine, table: string, options: QueryOptions): Promise<number> {
  const { rows } = await readRow(engine, `select count(*)::integer as rows from ${table}`, options);
  return Number(rows);
}

function shortWay(passes: number): Step[] {
  return [
    ...staging("documents_from_rows", "customer_keys", "channel_domains"),
    ...orderPasses(passes),
    ...staging("steps_from_rows", "rejects", "spelling_notes"),
    ...besideOrders(),
    ...drop("view documents", "table staged"),
    ...marts(),
  ];
}

function longWay(passes: number): Step[] {
  return [
    ...staging("shared_orders", "repeated_rows", "overlap_notes"),
    ...staging("line_rows", "documents_from_lines", "refund_bookings", "documents_view"),
    ...staging("customer_keys", "channel_domains"),
    ...orderPasses(passes),
    ...staging("order_lines", "steps_from_lines", "rejects", "spelling_notes"),
    ...besideOrders(),
    ...drop("view documents", "table refund_bookings", "table grouped_documents"),
    ...drop("table line_rows", "table shared_orders", "table repeated_rows", "table staged"),
    ...marts(),
  ];
}

/** Customers, touches, referrals and ratings, joined to the customers by identity. */
function besideOrders(): Step[] {
  return [
    ...staging("contact_rows", "contacts", "enrich_customers", "touches", "referrals"),
    ...staging("refer_customers", "ratings"),
    ...staging("contact_steps", "contact_rejects", "contact_matches"),
    ...drop("table contact_rows", "table staged_contacts"),
  ];
}

function orderPasses(passes: number): Pass[] {
  return Array.from({ length: passes }, (_, pass) => ({ pass, passes }));
}

function staging(...ids: string[]): string[] {
  return ids.map((id) => statement("staging", id));
}

function marts(): string[] {
  return ["customer_summary", "dataset"].map((id) => statement("marts", id));
}

function drop(...names: string[]): string[] {
  return names.map((name) => `drop ${name}`);
}
