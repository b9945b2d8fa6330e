import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportReport } from "../../src/intake/report.ts";
import { simulateShop } from "../../src/models/simulateShop.ts";
import { demoFiles } from "../../src/session/demoFiles.ts";
import { readQueries } from "../queries/readQueries.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

/** Columns that say of themselves that they take a model. */
const alwaysBlank: Record<string, string[]> = { "super-users": ["p_alive"] };

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
    "%s has something to show, in every column",
    async (id, { sql, model }) => {
      const asked = sql.trimEnd().replace(/;$/, "");
      const statement = `select count(*) as rows, count(columns(*)) from (${asked})`;
      const [counts] = (await shop.rows(statement)) as [Record<string, number>];
      expect(counts["rows"]).toBeGreaterThan(0);
      if (model) return; // these are what the model is given, not what it gives
      const blank = Object.keys(counts).filter((column) => counts[column] === 0);
      expect(blank).toEqual(alwaysBlank[id] ?? []);
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
