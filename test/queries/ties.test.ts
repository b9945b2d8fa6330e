import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNative } from "./openNative.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";
import { buildSeededShop } from "./seededShop.ts";

// Whatever a table tells apart, its totals are those of the overview.

type Row = Record<string, Value>;

interface Tie {
  params?: Row;
  /** which of its rows are added up */
  where?: (row: Row) => boolean;
  /** columns of the table, added up, by what they come to; several are added together */
  sums: Partial<Record<"orders" | "customers" | "revenue" | "known" | "anonymous", string>>;
}

const everything = { months: 1200 };
const ties: Record<string, Tie> = {
  "revenue-growth": {
    sums: {
      revenue: "new_revenue repeat_revenue unidentified_revenue",
      customers: "new_customers",
    },
  },
  "revenue-tree": { sums: { known: "revenue", anonymous: "unidentified_revenue" } },
  "growth-accounting": { sums: { customers: "new" } },
  "domain-growth": { sums: { orders: "orders", revenue: "revenue" } },
  "cohort-retention": { where: ({ k }) => k === 0, sums: { customers: "active" } },
  "cohort-revenue": { sums: { known: "revenue" } },
  "order-frequency": { params: everything, sums: { customers: "customers", known: "revenue" } },
  "attribute-cohorts": { where: ({ k }) => k === 0, sums: { customers: "size" } },
  "rfm-segments": { sums: { customers: "customers", known: "revenue" } },
  rfm: { sums: { known: "monetary" } },
  "clv-historic": { sums: { known: "revenue" } },
  "high-value-score": { sums: { known: "revenue" } },
  "tier-movement": { sums: { customers: "customers" } },
  "promotion-dependence": { sums: { orders: "orders", customers: "new_customers" } },
  "acquisition-cost": {
    params: { by: "none" },
    sums: { customers: "new_customers" },
  },
};

let runner: Runner;
let overview: Row;
beforeAll(async () => {
  runner = await openNative();
  await buildSeededShop(runner);
  [overview] = (await runAnalysis(runner, "overview")) as [Row];
});
afterAll(() => runner.close());

async function totalOf(name: string): Promise<number> {
  if (name !== "known" && name !== "anonymous") return Number(overview[name]);
  const is = name === "known" ? "is not null" : "is null";
  const { rows } = await runner.read(
    `select sum(net)::double from orders where customer_key ${is}`,
  );
  return Number(rows[0]![0]);
}

describe("ties to the overview", () => {
  it.each(Object.entries(ties))("%s", async (id, { params = {}, where = () => true, sums }) => {
    const rows = (await runAnalysis(runner, id, params)).filter(where);
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, columns] of Object.entries(sums)) {
      const sum = rows.reduce(
        (all, row) =>
          columns.split(" ").reduce((more, column) => {
            expect(row).toHaveProperty(column);
            return more + Number(row[column] ?? 0);
          }, all),
        0,
      );
      expect([id, name, Math.round(sum * 100)]).toEqual([
        id,
        name,
        Math.round((await totalOf(name)) * 100),
      ]);
    }
  });

  it("moves from period to period by who came, came back and left", async () => {
    const rows = await runAnalysis(runner, "growth-accounting");
    rows.slice(1).forEach((row, i) => {
      const change = Number(row.active) - Number(rows[i]!.active);
      expect(Number(row.new) + Number(row.resurrected) - Number(row.churned)).toBe(change);
    });
    const revenue = await runAnalysis(runner, "revenue-tree");
    revenue.slice(1).forEach((row, i) => {
      const parts = Number(row.d_buyers) + Number(row.d_frequency) + Number(row.d_value);
      expect(parts).toBeCloseTo(Number(row.revenue) - Number(revenue[i]!.revenue), 6);
    });
  });
});
