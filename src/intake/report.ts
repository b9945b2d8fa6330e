/** What an import says of itself; the shape is public (window.perennial) and JSON-serialisable. */
export interface ImportReport {
  files: FileReport[];
  totals: Totals;
}

/** What a column may be taken for, and whom it may tell of then: the order alone, or a person too. */
export const roleSubjects = {
  customer: "person",
  order_id: "order",
  ordered_at: "order",
  amount: "order",
  refund: "order",
  discount: "order",
  status: "order",
  currency: "order",
  product: "order",
  sku: "order",
  category: "order",
  quantity: "order",
  unit_price: "order",
  channel: "order",
  country: "person",
  coupon: "order",
  tags: "person",
  cancelled_at: "order",
  paid_at: "order",
} as const satisfies Record<string, "order" | "person">;

export type Role = keyof typeof roleSubjects;

export const roles = Object.keys(roleSubjects) as Role[];

/** What a file may be taken for. */
export const fileKinds = [
  "orders",
  "lines",
  "customers",
  "touches",
  "costs",
  "referrals",
  "ratings",
  "events",
] as const;

export type FileKind = (typeof fileKinds)[number] | "refused";

/**
 * How the amount of an order stands in the file: one row an order; the first row of an order only;
 * the same on every row of it; the sum of its rows; signed rows (negative is a refund).
 */
export type AmountLevel = "order" | "order_first_row" | "order_repeated" | "line" | "transaction";

export interface FileReport {
  name: string;
  kind: FileKind;
  platform: string | null;
  encoding: string;
  delimiter: string;
  /** 1-based line of the header; 0 when the file has none */
  headerRow: number;
  grain: "order" | "line" | "transaction" | null;
  mapping: Partial<Record<Role, string | string[]>>;
  /** read = kept + merged + excluded + rejected, always */
  rows: { read: number; kept: number; merged: number; excluded: number; rejected: number };
  reasons: Reason[];
  rejects: Reject[];
  questions: Question[];
  /** of the people in a file beside the orders, how many are customers with orders */
  matched?: { customers: number; of: number };
  notes?: FileNote[];
  error?: { code: string; message: string };
}

/**
 * spellings: `count` spellings came to `of` customers, with some examples. other-file-differs: of
 * `of` orders that another file has too, `count` stand there with another amount or state; the
 * figures taken are `amount` above this file's. padded, rejoined: of `of` rows, `count` had too few
 * fields or were torn apart. preamble, footer: `count` lines that are no rows.
 */
export interface FileNote {
  note: string;
  count: number;
  of: number;
  /** decimal string */
  amount: string;
  examples: string[];
}

export interface Reason {
  reason: string;
  rows: number;
  orders: number;
  /** decimal string */
  amount: string;
}

export interface Reject {
  line: number;
  column: string;
  value: string;
  error: string;
}

/** An ambiguity that the file cannot settle. */
export interface Question {
  /** for example "date-order", "decimal", "currency"; prefixed by the file where several differ */
  id: string;
  question: string;
  options: string[];
  guess: string;
}

/** Money as decimal strings, days as ISO text. */
export interface Totals {
  orders: number;
  ordersWithoutCustomer: number;
  customers: number;
  gross: string;
  refunds: string;
  net: string;
  /** the part of the refunds whose order is not in the files: no order, customer or cohort has it */
  unbookedRefunds: string;
  currency: string | null;
  firstDate: string | null;
  lastDate: string | null;
}
