import type { Table, Vector } from "apache-arrow";
import { bindParams } from "../catalog/bindParams.ts";
import type { ParamValue } from "../catalog/bindParams.ts";
import type { Query } from "../catalog/query.ts";
import type { Engine, QueryOptions } from "../engine/engine.ts";
import { toTable, type TableColumn } from "../engine/toTable.ts";
import type { Diagnostic } from "../models/diagnose.ts";
import type { ModelRequest, ModelResult } from "../models/modelRequest.ts";
import { spareColumns } from "../models/spareColumns.ts";
import type { Filter } from "../notebook/filter.ts";
import type { Asked } from "./rollups.ts";
import { filterVariables, paramsUntil, sqlFor } from "./segments.ts";

/** The models' worker as the session sees it. */
export interface Models {
  run(request: ModelRequest, signal?: AbortSignal): Promise<unknown>;
}

/** A result, and what to know before it is believed. */
export interface Ran {
  table: Table;
  notes: readonly Diagnostic[];
  /** figures of a model's whole answer that no row holds */
  facts?: ModelResult["facts"];
}

export interface RunOptions {
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
  timeoutMs?: number;
  /** about some customers alone, where the analysis can be */
  filter?: Filter | undefined;
  /** the way of a cell through what it keeps of its sums; undefined where that is none */
  rolledUp?: (
    engine: Engine,
    asked: Pick<Asked, "query" | "params" | "filter">,
    options: QueryOptions,
  ) => Promise<Table | undefined>;
}

/**
 * One analysis with the reader's params: its SQL, and its model where it has one. A model reads the
 * SQL's columns and answers with columns of its own; those of the SQL that the result also declares
 * (the customer's id) go along.
 *
 * @throws RangeError for params that do not fit; EngineError; ModelError
 */
export async function runAnalysis(
  engine: Engine,
  models: Models,
  query: Query,
  params: Record<string, unknown>,
  { signal, onProgress, timeoutMs, filter, rolledUp }: RunOptions = {},
): Promise<Ran> {
  const bound = bindParams(query.params, paramsUntil(query, params, filter));
  const variables = { ...bound, ...filterVariables(filter) };
  const statement = sqlFor(query, filter);
  const options: QueryOptions = { signal, onProgress, timeoutMs };
  const ask = (sql: string) => engine.query(sql, { ...options, variables });
  if (!query.model) {
    const table = await rolledUp?.(engine, { query, params: bound, filter }, options);
    return { table: table ?? (await ask(statement)), notes: [] };
  }
  const defaults = Object.fromEntries(query.params.map((param) => [param.name, param.default]));
  const asked = withoutNulls({ ...defaults, ...withoutNulls(bound) });
  // the SQL's table is let go before the model works: a million rows of both are too much for some tabs
  const { request, kept } = await ask(without(statement, spareColumns(asked))).then((table) => ({
    request: toRequest(query.model!, table, asked),
    kept: toTable(declaredOf(table, query)),
  }));
  const { columns, notes, facts } = (await models.run(request, signal)) as ModelResult;
  const answered = toTable(
    query.columns
      .map(({ name, type }) => ({ name, type, values: columns[name] ?? kept.getChild(name) }))
      .filter((column) => column.values !== null),
  );
  return { table: answered, notes, facts };
}

/** a query without those of its columns, so that nothing is computed for them either */
function without(sql: string, columns: readonly string[]): string {
  const names = columns.map((name) => `'${name}'`).join(", ");
  return `select columns(name -> name not in (${names})) from (\n${sql.replace(/;\s*$/, "")}\n)`;
}

/** the columns of text that the result declares: what is not a number does not go to the model */
function declaredOf(table: Table, { columns }: Query): TableColumn[] {
  return columns
    .filter(({ type }) => type === "text")
    .map(({ name, type }) => ({ name, type, values: table.getChild(name) }))
    .filter(({ values }) => values !== null);
}

/**
 * Numbers as they are; of other texts than the customer's id the number of each among its labels. Columns
 * without a value, which this model does not need, are left out.
 */
function toRequest(type: string, table: Table, params: Record<string, ParamValue>): ModelRequest {
  const labels: Record<string, string[]> = {};
  const columns = Object.fromEntries(
    table.schema.fields
      .filter(({ name }) => name !== "customer_id")
      .map(({ name, type: kind }) => {
        const vector = table.getChild(name)!;
        if (String(kind) !== "Utf8") return [name, toFloats(vector)];
        const { codes, names } = toCodes(vector);
        labels[name] = names;
        return [name, codes];
      })
      .filter(([, values]) => values !== undefined),
  );
  return { type, columns, labels, params } as unknown as ModelRequest;
}

/** codes of what is nowhere known are left out: all are 0 */
function toCodes(texts: Vector): { codes: Float64Array; names: string[] } {
  if (texts.nullCount === texts.length) return { codes: new Float64Array(0), names: [""] };
  const codeOf = new Map<unknown, number>();
  const codes = new Float64Array(texts.length);
  for (let row = 0; row < codes.length; ++row) {
    const text: unknown = texts.get(row);
    const code = codeOf.get(text) ?? codeOf.size;
    if (code === codeOf.size) codeOf.set(text, code);
    codes[row] = code;
  }
  return { codes, names: [...codeOf.keys()].map((name) => String(name ?? "")) };
}

function toFloats(vector: Vector): Float64Array | undefined {
  if (vector.length > 0 && vector.nullCount === vector.length) return undefined;
  const floats = new Float64Array(vector.length);
  let at = 0;
  for (const { values, length } of vector.data) {
    const part = (values as Float64Array | BigInt64Array).subarray(0, length);
    if (part instanceof BigInt64Array)
      for (let i = 0; i < length; ++i) floats[at + i] = Number(part[i]);
    else floats.set(part, at);
    at += length;
  }
  return floats;
}

function withoutNulls(values: Record<string, ParamValue>): Record<string, ParamValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
