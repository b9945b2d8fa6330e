import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateFacts, readFact, type FactTable } from "../../src/catalog/evaluateFacts.ts";
import type { CountRules, Fact, Query } from "../../src/catalog/query.ts";
import type { ModelRequest } from "../../src/models/modelRequest.ts";
import { runModel } from "../../src/models/runModel.ts";
import { figuresOf, type SourceTable } from "../../src/report/figuresOf.ts";
import { unpackTable } from "../../src/report/packTable.ts";
import type { Figure } from "../../src/report/report.ts";
import { isSmall } from "../../src/report/withhold.ts";
import { runAnalysis, type Ran } from "../../src/session/runAnalysis.ts";
import { sentenceOf } from "../../src/session/sentenceOf.ts";
import { buildShop, toSelect } from "../queries/buildShop.ts";
import { readQueries } from "../queries/readQueries.ts";
import type { Runner } from "../queries/runner.ts";
import { seededShop } from "../queries/seededShop.ts";
import { openEngine, type OpenEngine } from "../session/openEngine.ts";

// Every analysis over shops in which many counts are small: what a report shows of them is held against the
// types of the columns, which know nothing of the rules by which it is withheld.

const smallest = 5;
const queries = readQueries("analyses").filter(({ counts }) => counts !== "customer");
/** columns of type count that count no customers, beside the keys */
const uncounted: Record<string, string[]> = {
  "attribute-cohorts": ["place"],
  "category-preference": ["segments", "categories"],
  overview: ["orders_without_customer"],
  reconciliation: ["rows"],
  "retention-curve": ["k_to"],
  "tag-lift": ["left_out"],
  "unit-economics": ["payback_period"],
  "value-compounding": ["k"],
  "clv-validation": ["week", "x"],
};
/** facts that count rows, and so groups of customers */
const isOfRows = (fact: Fact) => fact.of.startsWith("count(");

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

async function fill(customers: number): Promise<void> {
  const { orders, costs, beside } = seededShop(customers);
  const runner = { run: async (sql: string) => void (await engine.query(sql)) } as Runner;
  await buildShop(runner, toSelect(orders), costs, beside);
}

const models = { run: (request: ModelRequest) => Promise.resolve(runModel(request)) };

async function ranOf(query: Query): Promise<Ran | undefined> {
  try {
    return await runAnalysis(engine, models, query, {});
  } catch (error) {
    if ((error as Error).name === "ModelError") return undefined;
    throw error;
  }
}

async function figureOf(query: Query, ran: Ran, isFew = false): Promise<Figure> {
  const sentence = { en: sentenceOf(query, ran, "en", "USD") };
  const result = { table: ran.table, answers: ran.facts, sentence };
  const [figure] = await figuresOf(query, result, [], { smallest, isFew });
  return figure!;
}

describe.each([3, 14, 60])("of %i customers", (customers) => {
  beforeAll(() => fill(customers));

  it.each(queries.map((query) => [query.id, query] as const))(
    "tells no small number of customers: %s",
    async (id, query) => {
      const ran = await ranOf(query);
      if (!ran) return;
      const figure = await figureOf(query, ran);
      if (figure.state !== "done") return;
      const table = unpackTable(figure.table);
      const { levels } = query.counts as CountRules;
      const keys = new Set(levels.flatMap((level) => level.keys));
      const isOther = (name: string) => keys.has(name) || uncounted[id]?.includes(name);
      for (const { name, type } of query.columns) {
        const values = table.getChild(name);
        if (type !== "count" || isOther(name) || !values) continue;
        for (let row = 0; row < table.numRows; ++row)
          expect([name, row, isSmall(Number(values.get(row) ?? 0), smallest)]).toEqual([
            name,
            row,
            false,
          ]);
      }
      if (!figure.sentence.en) return;
      const full = factTable(ran.table, ran.facts);
      const facts = evaluateFacts(query.facts, full);
      for (const fact of query.facts) {
        if (fact.type !== "count" || isOfRows(fact)) continue;
        if (readFact(fact, full).columns.some(isOther)) continue;
        const value = Number(facts[fact.name] ?? 0);
        expect([fact.name, isSmall(value, smallest)]).toEqual([fact.name, false]);
      }
      const shown = factTable(table);
      for (const fact of query.facts)
        if (/^(first|last|max|min)\(/.test(fact.of))
          expect(evaluateFacts([fact], shown)).toEqual({ [fact.name]: plain(facts[fact.name]) });
    },
  );
});

describe("of a shop with fewer customers than a figure may be about", () => {
  beforeAll(() => fill(3));

  it.each(queries.map((query) => [query.id, query] as const))(
    "says nothing but that: %s",
    async (id, query) => {
      const ran = await ranOf(query);
      if (!ran) return;
      const figure = await figureOf(query, ran, true);
      if (id !== "data-health" && id !== "reconciliation")
        expect(figure).toEqual({ state: "left-out", why: "few" });
      else expect(figure.state).toBe("done");
    },
  );
});

describe("shares of the revenue of the richest", () => {
  it.each([
    [14, ["top1_share", "top5_share", "top10_share", "top20_share"]],
    [60, ["top1_share", "top5_share"]],
  ])("of %i customers are withheld where too few are the richest", async (customers, gone) => {
    await fill(customers);
    const query = queries.find(({ id }) => id === "pareto")!;
    const figure = await figureOf(query, (await ranOf(query))!);
    if (figure.state !== "done") throw new Error(figure.state);
    const table = unpackTable(figure.table);
    const names = ["top1_share", "top5_share", "top10_share", "top20_share", "share_for_80"];
    const rows = Array.from({ length: table.numRows }, (_, row) => row);
    const isGone = (name: string) => rows.every((row) => table.getChild(name)!.get(row) === null);
    expect(names.filter(isGone)).toEqual(gone);
    expect(figure.sentence.en === "").toBe(gone.includes("top20_share"));
  });
});

function factTable(table: SourceTable, answers?: Ran["facts"]): FactTable {
  return {
    numRows: table.numRows,
    column: (name) => (row) => table.getChild(name)?.get(row),
    ...(answers && { answers }),
  };
}

/** dates stand in a report as milliseconds */
function plain(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : (value ?? null);
}
