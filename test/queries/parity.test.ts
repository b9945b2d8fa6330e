import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateFacts } from "../../src/catalog/evaluateFacts.ts";
import type { ColumnType, Param, Query } from "../../src/catalog/query.ts";
import { bothEngines } from "./bothEngines.ts";
import { readQueries } from "./readQueries.ts";
import type { Answer, Runner, Value } from "./runner.ts";
import { buildSeededShop } from "./seededShop.ts";

// One golden per query: test/queries/golden/<id>.json, made by UPDATE_GOLDEN=1. A mismatch writes
// <id>-changed.json beside it.
const shownRows = 60;

describe.each(bothEngines)("on the %s engine", (name, open) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await open();
    await buildSeededShop(runner);
  }, 120_000);
  afterAll(() => runner?.close());

  it.each(readQueries("analyses").map((query) => [query.id, query] as const))(
    "%s equals its golden under the choices of its params",
    async (id, query) => {
      const answers: Record<string, unknown> = {};
      // all choices natively; in WASM, where the same takes four times as long, as they come and every fourth
      const isWhole = name === "native" || process.env["PARITY"] === "whole";
      const chosen = choices(query).filter((_, i) => isWhole || i % 4 === 0);
      for (const variables of [{}, ...chosen]) {
        const unset = Object.fromEntries(query.params.map((param) => [param.name, null]));
        const answer = await runner.read(query.sql, { ...unset, ...variables });
        const label = Object.entries(variables)
          .map(([param, value]) => `${param}=${value}`)
          .join(" ");
        answers[label || "default"] = label ? summarise(answer) : show(answer, query);
      }
      compare(id, answers, name === "native");
    },
    60_000,
  );

  it.each(
    readQueries("analyses")
      .filter(({ model }) => !model)
      .map((query) => [query.id, query] as const),
  )(
    "%s returns the columns and types that it declares, and its facts can be told",
    async (_id, query) => {
      const unset = Object.fromEntries(query.params.map((param) => [param.name, null]));
      const { names, types, rows } = await runner.read(query.sql, unset);
      expect(names).toEqual(query.columns.map((column) => column.name));
      for (const [i, column] of query.columns.entries()) {
        expect([column.name, engineTypes[column.type]]).toEqual([
          column.name,
          expect.arrayContaining([types[i]]),
        ]);
      }
      const facts = evaluateFacts(query.facts, {
        numRows: rows.length,
        column: (name) => (row) => rows[row]![names.indexOf(name)],
      });
      expect(
        Object.entries(facts).filter(([, value]) => value === null || Number.isNaN(value)),
      ).toEqual([]);
    },
  );

  it.each(readQueries("checks").map((query) => [query.id, query] as const))(
    "%s finds nothing wrong with a sound shop",
    async (_id, query) => {
      const { names, rows } = await runner.read(query.sql);
      expect(rows).toEqual([]);
      expect(names).toEqual(query.columns.map((column) => column.name));
    },
  );
});

/** money and shares are doubles, counts are whole numbers, days are either */
const engineTypes: Record<ColumnType, string[]> = {
  text: ["VARCHAR"],
  date: ["DATE"],
  count: ["INTEGER", "BIGINT"],
  number: ["DOUBLE"],
  share: ["DOUBLE"],
  money: ["DOUBLE"],
  days: ["INTEGER", "DOUBLE"],
  flag: ["BOOLEAN"],
};

/** Every other choice of every param, one at a time, and an earlier observation end. */
function choices(query: Query): Record<string, Value>[] {
  return query.params.flatMap((param) =>
    otherValues(query, param).map((value) => ({ [param.name]: value })),
  );
}

function otherValues({ sql }: Query, param: Param): Value[] {
  // what only the model worker reads does not change the rows
  if (!sql.includes(`getvariable('${param.name}')`)) return [];
  switch (param.type) {
    case "choice":
      return param.choices.filter((choice) => choice !== param.default);
    case "date":
      return [
        { as_of: "2024-02-11", from: "2023-03-01", to: "2024-03-17", split: "2023-04-02" }[
          param.name
        ] ?? null,
      ];
    case "integer":
      return [3];
    case "number":
      return [0.4];
    default:
      return [];
  }
}

/** rows in the order of the query; of one that says none, in the order of their figures */
function show({ names, types, rows }: Answer, { sql }: Query): unknown {
  const texts = rows.map((row) => row.map(round));
  if (!/\border by [^()]*;?\s*$/.test(sql)) texts.sort((a, b) => compareRows(a, b));
  return {
    columns: names.map((column, i) => `${column} ${types[i]}`),
    count: rows.length,
    rows: texts.slice(0, shownRows),
    sums: columnSums({ names, types, rows }),
  };
}

function compareRows(a: readonly Value[], b: readonly Value[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : Number(a[at]) - Number(b[at]);
}

function summarise(answer: Answer): unknown {
  return { count: answer.rows.length, sums: columnSums(answer) };
}

/** One figure a column: the sum of numbers, how many texts of which length, the first and last day. */
function columnSums({ names, types, rows }: Answer): Record<string, Value> {
  return Object.fromEntries(
    names.map((column, i) => {
      const values = rows.map((row) => row[i]!).filter((value) => value !== null);
      if (types[i] === "VARCHAR") {
        return [column, values.reduce<number>((sum, value) => sum + String(value).length, 0)];
      }
      if (types[i] === "DATE") {
        const days = values.map(String).sort();
        return [column, days.length ? `${days[0]} ${days.at(-1)} ${days.length}` : null];
      }
      const sum = values.reduce<number>((total, value) => total + Number(value), 0);
      return [column, `${round(sum)} of ${values.length}`];
    }),
  );
}

/** Ten digits: engines may differ in the last of a logarithm. */
function round(value: Value): Value {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Math.abs(value) < 1e-12 ? 0 : Number(value.toPrecision(10));
}

function compare(id: string, answers: Record<string, unknown>, mayUpdate: boolean): void {
  const path = resolve(import.meta.dirname, "golden", `${id}.json`);
  const changedPath = path.replace(/\.json$/, "-changed.json");
  const text = toText(answers);
  if (process.env.UPDATE_GOLDEN && mayUpdate) writeFileSync(path, text);
  const golden = existsSync(path)
    ? readFileSync(path, "utf8")
    : '{"absent": "run with UPDATE_GOLDEN=1"}';
  const told = JSON.parse(golden) as Record<string, unknown>;
  const asked = mayUpdate
    ? told
    : Object.fromEntries(Object.keys(answers).map((label) => [label, told[label]]));
  if (golden === text || !mayUpdate) rmSync(changedPath, { force: true });
  else writeFileSync(changedPath, text);
  expect(JSON.parse(text)).toEqual(asked);
}

/** JSON with one row a line. */
function toText(answers: unknown): string {
  return `${JSON.stringify(answers, null, 1).replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_, list: string) => `[${list.replace(/\n\s+/g, " ")}]`)}\n`;
}
