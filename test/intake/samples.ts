import { readFileSync } from "node:fs";
import type { AmountLevel, FileReport, ImportReport, Role } from "../../src/intake/report.ts";

/** A platform's export with what must come of it, as `fixtures/samples/MANIFEST.json` says. */
export interface Sample {
  file: string;
  encoding: string;
  platform: string;
  role: string;
  delimiter?: string;
  grain: string;
  mapping: Record<string, string | string[] | null>;
  rules: { amount_level?: AmountLevel; default_currency?: string };
  expected: Record<string, string | number | null>;
}

const folder = new URL("fixtures/samples/", import.meta.url);

export const samples = (
  JSON.parse(readFileSync(new URL("MANIFEST.json", folder), "utf8")) as { files: Sample[] }
).files;

export function contentOf({ file }: Sample): Uint8Array {
  return readFileSync(new URL(file, folder));
}

const kinds: Record<string, string> = { line_items: "lines" };

const encodings: Record<string, string> = {
  cp1252: "windows-1252",
  "iso-8859-1": "windows-1252", // as every browser reads that label
  "utf-16-le": "utf-16le",
};

/** Where a column stands for a role otherwise than the manifest has it, and why. */
export const ours: Record<string, Partial<Record<Role, string | string[]>>> = {
  "douyin_orders.csv": { customer: "收件人手机号", sku: "商品ID" },
  "wechat_shop_orders.csv": {
    customer: "收件人手机",
    sku: "SKU编码(自定义)",
    unit_price: "商品价格(单件)",
  },
  "youzan_order_items.csv": { ordered_at: "订单号" }, // the day is in the id
  "taobao_order_items.csv": { amount: ["购买数量", "价格"] },
  "uci_online_retail.csv": { amount: ["Quantity", "UnitPrice"] },
  "etsy_sold_orders.csv": { refund: "Adjusted Order Total", product: [] },
  "ebay_orders.csv": { sku: "Item Number" }, // the custom labels are blank
  "square_transactions.csv": { status: "Transaction Status" },
  "shopify_orders.csv": { customer: ["Email"] },
};

/** Our roles by the manifest's names for them. */
export const compared: [Role, string][] = [
  ["customer", "customer"],
  ["order_id", "order_id"],
  ["ordered_at", "timestamp"],
  ["amount", "amount"],
  ["refund", "refund"],
  ["discount", "discount"],
  ["status", "status"],
  ["currency", "currency"],
  ["product", "product"],
  ["sku", "sku"],
  ["quantity", "quantity"],
  ["unit_price", "unit_price"],
  ["channel", "channel"],
  ["country", "country"],
  ["coupon", "coupon"],
  ["tags", "tags"],
  ["cancelled_at", "cancelled_at"],
];

/** The first column of each role that the manifest names one for. */
function mappingOf({ file, mapping }: Sample): Partial<Record<Role, string>> {
  const found: Partial<Record<Role, string>> = {};
  for (const [role, theirs] of compared) {
    const [column] = [ours[file]?.[role] ?? mapping[theirs] ?? []].flat();
    if (column !== undefined) found[role] = column.trim();
  }
  return found;
}

function grainOf({ grain, rules, role }: Sample): FileReport["grain"] {
  if (role !== "orders" && role !== "line_items") return null;
  if (grain.startsWith("line") || rules.amount_level === "order_first_row") return "line";
  return rules.amount_level === "transaction" ? "transaction" : "order";
}

const money = ["gross", "refunds", "net"] as const;

/** What a sample must come to, in the terms of `cameOf`. */
export function mustOf(sample: Sample): Record<string, unknown> {
  const { file, encoding, role, expected } = sample;
  const isOrders = role === "orders" || role === "line_items";
  const currency = String(expected["currency"] ?? "")
    .slice(0, 3)
    .toUpperCase();
  return {
    kind: kinds[role] ?? role,
    encoding: encodings[encoding] ?? encoding,
    isKnown: !/^(cdnow|seed)/.test(file),
    ...(isOrders && {
      grain: grainOf(sample),
      mapping: mappingOf(sample),
      orders: expected["orders"],
      customers: expected["customers"],
      ordersWithoutCustomer: expected["orders_without_customer"],
      ...Object.fromEntries(money.map((name) => [name, expected[name]])),
      // no column, sign or platform says it: the page asks, and goes on with a guess
      currency: currency === "" ? "asked" : currency,
      firstDate: expected["first_date"],
      lastDate: expected["last_date"],
    }),
    read: expected["data_rows"],
    rejected: 0,
  };
}

/** What a sample came to, as far as the manifest speaks of it. */
export function cameOf(sample: Sample, { files, totals }: ImportReport): Record<string, unknown> {
  const [file] = files as [FileReport];
  const { kind, encoding, platform, grain, mapping, rows, questions } = file;
  const must = mustOf(sample);
  const first = (role: Role) => [mapping[role] ?? []].flat()[0];
  const roles = Object.keys(mappingOf(sample)) as Role[];
  const isAsked = must["currency"] === "asked" && questions.some(({ id }) => id === "currency");
  return {
    kind,
    encoding,
    isKnown: platform !== null,
    ...("grain" in must && {
      grain,
      mapping: Object.fromEntries(roles.map((role) => [role, first(role)])),
      orders: totals.orders,
      customers: totals.customers,
      ordersWithoutCustomer: totals.ordersWithoutCustomer,
      gross: totals.gross,
      refunds: totals.refunds,
      net: totals.net,
      currency: isAsked ? "asked" : totals.currency,
      firstDate: totals.firstDate,
      lastDate: totals.lastDate,
    }),
    read: rows.read,
    rejected: rows.rejected,
  };
}
