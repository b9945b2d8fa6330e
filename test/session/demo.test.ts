import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Query } from "../../src/catalog/query.ts";
import { toTable } from "../../src/engine/toTable.ts";
import type { ImportReport } from "../../src/intake/report.ts";
import { simulateShop } from "../../src/models/simulateShop.ts";
import { demoFiles } from "../../src/session/demoFiles.ts";
import { sentenceOf } from "../../src/session/sentenceOf.ts";
import { readQueries } from "../queries/readQueries.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

/** Columns that take a model, or say which file is missing. */
const alwaysBlank: Record<string, string[]> = {
  "super-users": ["p_alive"],
  "five-step-scorecard": ["missing"],
};

/** Sentences that say what a dash in them means. */
const explainsDash = ["customer-lifespan"];

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

async function importDemo(options: { customers?: number; seed?: number }): Promise<ImportReport> {
  const files = demoFiles(simulateShop(options)).map(async (file) => ({
    name: file.name,
    content: await file.text(),
  }));
  return shop.importFiles(await Promise.all(files));
}

function expectWhole({ files }: ImportReport): void {
  for (const { name, questions, rows, reasons, error } of files) {
    const cancelled = reasons.find(({ reason }) => reason === "cancelled")?.rows ?? 0;
    expect({ name, questions, error, ...rows }).toEqual({
      name,
      questions: [],
      error: undefined,
      read: rows.read,
      kept: rows.read - cancelled,
      merged: 0,
      excluded: cancelled,
      rejected: 0,
    });
  }
}

async function readRows({ sql }: Query): Promise<Record<string, unknown>[]> {
  return (await shop.rows(sql.trimEnd().replace(/;$/, ""))) as Record<string, unknown>[];
}

function expectSaid(query: Query, rows: Record<string, unknown>[]): void {
  const columns = query.columns.map(({ name, type }) => {
    const values = rows.map((row) => (type === "date" ? toTime(row[name]) : row[name]));
    return { name, type, values };
  });
  for (const locale of ["en", "zh-Hans", "zh-Hant"] as const) {
    const said = sentenceOf(query, { table: toTable(columns), notes: [] }, locale, "USD");
    expect(said).toMatch(/\d/);
    expect(said).not.toMatch(/[{}]|undefined|NaN|Invalid/);
    if (!explainsDash.includes(query.id)) expect(said).not.toContain("–");
  }
}

function toTime(date: unknown): number | null {
  return typeof date === "string" ? Date.parse(date) : null;
}

describe("the demo shop", () => {
  let report: ImportReport;

  beforeAll(async () => {
    report = await importDemo({});
  });

  it("is six files, each taken for what it is", () => {
    expect(report.files.map(({ name, kind }) => [name, kind])).toEqual([
      ["demo-orders.csv", "orders"],
      ["demo-costs.csv", "costs"],
      ["demo-customers.csv", "customers"],
      ["demo-touches.csv", "touches"],
      ["demo-referrals.csv", "referrals"],
      ["demo-ratings.csv", "ratings"],
    ]);
  });

  it("keeps every row but cancelled orders, and asks nothing", () => {
    expectWhole(report);
    expect(report.totals).toMatchObject({ customers: 4000, currency: "USD" });
  });

  it("fills every column of every table, but those that no import fills", async () => {
    const tables = ["orders", "customers", "contacts", "touches", "costs", "referrals", "ratings"];
    const blank: string[] = [];
    for (const table of tables) {
      const [counts] = (await shop.rows(`select count(columns(*)) from ${table}`)) as object[];
      for (const [column, count] of Object.entries(counts!))
        if (count === 0) blank.push(`${table}.${column}`);
    }
    expect(blank).toEqual(["orders.discount", "orders.is_member", "costs.domain"]);
  });

  it("has people of every file among its customers", () => {
    for (const { name, matched } of report.files.slice(2)) {
      expect([name, matched!.customers > 500]).toEqual([name, true]);
      expect([name, matched!.of >= matched!.customers]).toEqual([name, true]);
    }
  });

  it.each(readQueries("analyses").map((query) => [query.id, query] as const))(
    "%s has something to show, in every column, and says it",
    async (id, query) => {
      const rows = await readRows(query);
      expect(rows.length).toBeGreaterThan(0);
      if (query.model) return; // these are what the model is given, not what it gives
      const blank = Object.keys(rows[0]!).filter((name) => rows.every((row) => row[name] === null));
      expect(blank).toEqual(alwaysBlank[id] ?? []);
      expectSaid(query, rows);
    },
  );
});

it.each([1, 3, 30, 300])("is whole with %d customers", async (customers) => {
  for (const seed of [1, 2]) {
    const report = await importDemo({ customers, seed });
    expectWhole(report);
    expect(report.totals.customers).toBe(customers);
  }
});
