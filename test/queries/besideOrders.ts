import { readQuery } from "./readQueries.ts";
import type { Runner } from "./runner.ts";

/** What stands beside the orders of a shop; days as YYYY-MM-DD, times as YYYY-MM-DD HH:MM:SS. */
export interface BesideOrders {
  lines: OrderLine[];
  contacts: Contact[];
  touches: Touch[];
  referrals: Referral[];
  ratings: Rating[];
}

export interface OrderLine {
  orderId: string;
  line: number;
  product: string | null;
  sku?: string | null;
  category?: string | null;
  quantity: number;
  netCents: number;
}

export interface Contact {
  customerId: string;
  acquiredAt?: string | null;
  joinedPrivateAt?: string | null;
  source?: string | null;
  domain?: string | null;
  memberSince?: string | null;
  tier?: string | null;
  /** with commas between */
  tags?: string | null;
  referrerId?: string | null;
}

export interface Touch {
  customerId: string;
  touchedAt: string;
  channel: string | null;
  domain: string | null;
  kind: string | null;
  campaign?: string | null;
  costCents?: number | null;
  respondedAt?: string | null;
  seconds?: number | null;
  staff?: string | null;
}

export interface Referral {
  referrerId: string;
  refereeId: string;
  referredAt: string | null;
  method?: string | null;
  rewardCents?: number | null;
}

export interface Rating {
  customerId: string | null;
  orderId: string | null;
  ratedAt: string;
  score: number;
}

/** Fills the tables beside the orders, and the customers with what they say, as an import does. */
export async function fillBeside(runner: Runner, beside: Partial<BesideOrders>): Promise<void> {
  const { lines = [], contacts = [], touches = [], referrals = [], ratings = [] } = beside;
  await insert(runner, "order_lines", lines, (line) => [
    text(line.orderId),
    line.line,
    text(line.product),
    text(line.sku),
    text(line.category),
    line.quantity,
    money(line.netCents),
  ]);
  await insert(runner, "contacts", contacts, (contact) => [
    text(contact.customerId),
    text(contact.acquiredAt),
    text(contact.joinedPrivateAt),
    text(contact.source),
    text(contact.domain),
    text(contact.memberSince),
    text(contact.tier),
    text(contact.tags),
    text(contact.referrerId),
  ]);
  await insert(runner, "touches", touches, (touch) => [
    text(touch.customerId),
    text(touch.touchedAt),
    text(touch.channel),
    text(touch.domain),
    text(touch.kind),
    text(touch.campaign),
    money(touch.costCents),
    text(touch.respondedAt),
    touch.seconds ?? "null",
    text(touch.staff),
  ]);
  await insert(runner, "referrals", referrals, (referral) => [
    text(referral.referrerId),
    text(referral.refereeId),
    text(referral.referredAt),
    text(referral.method),
    money(referral.rewardCents),
  ]);
  await insert(runner, "ratings", ratings, (rating) => [
    text(rating.customerId),
    text(rating.orderId),
    text(rating.ratedAt),
    rating.score,
  ]);
  for (const id of ["enrich_customers", "refer_customers"]) {
    await runner.run(readQuery("staging", id).sql);
  }
}

async function insert<T>(
  runner: Runner,
  table: string,
  records: readonly T[],
  toRow: (record: T) => (string | number)[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => `(${toRow(record).join(", ")})`);
  await runner.run(`insert into ${table} values ${rows.join(",\n")}`);
}

function text(value: string | null | undefined): string {
  return value === null || value === undefined ? "null" : `'${value.replaceAll("'", "''")}'`;
}

function money(cents: number | null | undefined): string {
  return cents === null || cents === undefined ? "null" : `(${cents} * 0.01)::decimal(18, 4)`;
}
