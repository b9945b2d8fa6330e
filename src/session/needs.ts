import type { Query } from "../catalog/query.ts";
import type { Engine } from "../engine/engine.ts";
import type { Words } from "./errorText.ts";
import { readRow } from "./pipeline.ts";
import { attributesIn } from "./segments.ts";

/** What the imported files hold. */
export interface Dataset {
  orders: number;
  hasCustomers: boolean;
  hasCosts: boolean;
  hasLines: boolean;
  /** of the columns that an analysis may want, those that some order has */
  named: ReadonlySet<string>;
  /** what some customer can be told apart by */
  attributes: ReadonlySet<string>;
  /** files beside the orders, by the table they fill */
  beside: ReadonlySet<string>;
}

export const noData: Dataset = {
  orders: 0,
  hasCustomers: false,
  hasCosts: false,
  hasLines: false,
  named: new Set(),
  attributes: new Set(),
  beside: new Set(),
};

const besideOrders = ["contacts", "touches", "referrals", "ratings"];

const wanted = ["product", "discount"];

export async function readDataset(engine: Engine): Promise<Dataset> {
  const row = await readRow(engine, "select * from dataset");
  return {
    orders: Number(row.orders),
    hasCustomers: row.has_customers === true,
    hasCosts: row.has_costs === true,
    hasLines: row.has_lines === true,
    named: new Set(wanted.filter((column) => row[`has_${column}`] === true)),
    attributes: await attributesIn(engine),
    beside: new Set(besideOrders.filter((table) => row[`has_${table}`] === true)),
  };
}

const customerTables = ["customers", "customer_summary", "customer_days", "customer_periods"];
const tables = ["orders", "dataset", "reconciliation_steps", "rejects", ...customerTables];

/** The table that an analysis waits for and that only a file beside the orders fills. */
export function tableBeside({ needs }: Query, { beside }: Dataset): string | undefined {
  return needs.find((table) => besideOrders.includes(table) && !beside.has(table));
}

/** Which column or file would switch an analysis on, as a sentence; null when nothing is missing. */
export function missingFor(query: Query, dataset: Dataset, words: Words): string | null {
  for (const table of query.needs) {
    if (customerTables.includes(table) && !dataset.hasCustomers) {
      return words.text("unavailable.customer");
    }
    if (table === "costs" && !dataset.hasCosts) return words.text("unavailable.costs");
    if (table === "order_lines" && !dataset.hasLines) return words.text("unavailable.order_lines");
    if (dataset.beside.has(table)) continue;
    if (![...tables, "costs", "order_lines"].includes(table)) {
      const key = `unavailable.${table}`;
      const said = words.text(key);
      return said === key ? words.text("unavailable.table", { table }) : said;
    }
  }
  const column = query.wants.find((name) => !dataset.named.has(name));
  if (column !== undefined && dataset.orders > 0) return words.text(`unavailable.${column}`);
  return dataset.orders > 0 ? null : words.text("unavailable.table", { table: "orders" });
}
