import type { ColumnProfile } from "./profileColumns.ts";
import type { Platform } from "./platforms.ts";
import { foldHeader, identityOfHeader, isTimeHeader, scoreHeader } from "./synonyms.ts";
import type { Field } from "./synonyms.ts";

export interface Assignment {
  /** column of each field; several for a customer with a fallback */
  columns: Map<Field, number[]>;
  /** 0 to 1 */
  confidence: Map<Field, number>;
}

interface Candidate {
  field: Field;
  index: number;
  score: number;
}

const threshold = 0.35;

/** Fields that may stand on a column that another field has too. */
const sharing = new Set<Field>(["paid_at", "lifetime", "registered_at", "cost_kind"]);

/** Finds the best column for each field from header names, value shapes and what a platform is known for. */
export function assignRoles(
  headers: string[],
  profiles: ColumnProfile[],
  platform: Platform | undefined,
): Assignment {
  const candidates = headers.flatMap((header, index) =>
    [...scoreHeader(header)].map(([field, score]) => ({
      field,
      index,
      score: score * shapeFactor(field, header, profiles[index]!),
    })),
  );
  const assignment = pickBest(candidates, headers, platform);
  settleGenericId(assignment, headers, profiles);
  settlePrice(assignment);
  addFallbackIdentities(assignment, candidates, headers, profiles);
  addMaskedName(assignment, candidates, headers, profiles);
  return assignment;
}

function pickBest(candidates: Candidate[], headers: string[], platform?: Platform): Assignment {
  const columns = new Map<Field, number[]>();
  const confidence = new Map<Field, number>();
  const taken = new Set<number>();
  const told = platform?.mapping ?? {};
  for (const [field, name] of Object.entries(told) as [Field, string | null][]) {
    const index = name === null ? -1 : headers.findIndex((h) => foldHeader(h) === foldHeader(name));
    columns.set(field, index < 0 ? [] : [index]);
    confidence.set(field, 1);
    if (index >= 0) taken.add(index);
  }
  const ranked = candidates
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  for (const { field, index, score } of ranked) {
    if (columns.has(field) || (taken.has(index) && !sharing.has(field))) continue;
    columns.set(field, [index]);
    confidence.set(field, Math.min(1, score));
    if (!sharing.has(field)) taken.add(index);
  }
  for (const [field, list] of columns) if (list.length === 0) columns.delete(field);
  return { columns, confidence };
}

/** How well the values fit a field, 0 to 1. */
function shapeFactor(field: Field, header: string, profile: ColumnProfile): number {
  const blank = profile.filled === 0;
  switch (field) {
    case "ordered_at":
    case "registered_at":
      return blank ? 0 : Math.max(profile.dates, isTimeHeader(header) ? profile.epochs : 0);
    case "cancelled_at":
    case "paid_at":
      return blank ? 0.9 : Math.max(profile.dates, profile.epochs);
    case "clock":
      return profile.clocks;
    case "amount":
    case "cost":
      return profile.percents > 0.5 || isOnlyDates(profile) ? 0 : profile.numbers;
    case "quantity":
    case "unit_price":
    case "adjusted_amount":
      return isOnlyDates(profile) ? 0 : profile.numbers;
    case "refund":
      return blank ? 0.6 : profile.numbers;
    case "discount":
      return discountFactor(profile, blank);
    case "order_id":
      return blank ? 0 : idFactor(header, profile);
    case "customer":
      return blank ? 0 : profile.dates > 0.5 || profile.fractions > 0.5 ? 0.1 : 1;
    case "currency":
      return blank ? 0.5 : profile.codes > 0.5 || profile.distinct < 5 ? 1 : 0.3;
    case "product":
    case "category":
    case "status":
    case "country":
      return blank ? 0.5 : profile.fractions > 0.5 || profile.dates > 0.5 ? 0.2 : 1;
    default:
      return blank ? 0.5 : 1;
  }
}

function isOnlyDates(profile: ColumnProfile): boolean {
  return profile.dates > 0.9 && profile.fractions === 0;
}

/** A column of 0.2 and 0.15 is a rate, not money. */
function discountFactor(profile: ColumnProfile, blank: boolean): number {
  if (blank) return 0.6;
  if (profile.percents > 0.5) return 0;
  const isRate = profile.largest <= 1 && profile.fractions > 0;
  return isRate ? 0 : profile.numbers;
}

function idFactor(header: string, profile: ColumnProfile): number {
  if (profile.dates > 0.9 && profile.zeroPadded === 0 && profile.distinct < profile.filled / 2)
    return 0.1;
  if (profile.fractions > 0.5) return 0.1;
  if (/^(id|name|reference)$/.test(foldHeader(header)) && profile.digits < 0.8) return 0.3;
  return 1;
}

/** A column called just "id" that comes back on many rows is the customer's, not the order's. */
function settleGenericId(
  { columns, confidence }: Assignment,
  headers: string[],
  profiles: ColumnProfile[],
) {
  const index = columns.get("order_id")?.[0];
  if (index === undefined || columns.has("customer")) return;
  const profile = profiles[index]!;
  if (!/^(id|name|reference)$/.test(foldHeader(headers[index]!))) return;
  if (profile.distinct >= profile.filled * 0.8) return;
  columns.delete("order_id");
  confidence.delete("order_id");
  columns.set("customer", [index]);
  confidence.set("customer", 0.6);
}

/** A lone price is the amount; with a quantity beside it, the amount is their product. */
function settlePrice({ columns, confidence }: Assignment): void {
  const price = columns.get("unit_price");
  if (!price || columns.has("amount") || columns.has("quantity")) return;
  columns.set("amount", price);
  confidence.set("amount", 0.7);
  columns.delete("unit_price");
  confidence.delete("unit_price");
}

/** Where the first identity is blank, a second strong one (e-mail, phone, id) stands in. */
function addFallbackIdentities(
  { columns }: Assignment,
  candidates: Candidate[],
  headers: string[],
  profiles: ColumnProfile[],
): void {
  const first = columns.get("customer")?.[0];
  if (first === undefined) return;
  const { filled, records, masked } = profiles[first]!;
  if (filled === records && masked === 0) return;
  const taken = new Set([...columns.values()].flat());
  const kinds = new Set([identityOfHeader(headers[first]!)]);
  const others = candidates
    .filter(({ field, index, score }) => field === "customer" && score >= 0.84 && !taken.has(index))
    .sort((a, b) => b.score - a.score || a.index - b.index);
  for (const { index } of others) {
    const kind = identityOfHeader(headers[index]!);
    if (kind === "name" || kinds.has(kind)) continue;
    kinds.add(kind);
    columns.get("customer")!.push(index);
  }
}

/** Beside a masked number the name may tell people apart. */
function addMaskedName(
  { columns }: Assignment,
  candidates: Candidate[],
  headers: string[],
  profiles: ColumnProfile[],
): void {
  const first = columns.get("customer")?.[0];
  if (first === undefined || profiles[first]!.masked === 0) return;
  const taken = new Set([...columns.values()].flat());
  const name = candidates
    .filter(({ field, index }) => field === "customer" && !taken.has(index))
    .filter(({ index }) => identityOfHeader(headers[index]!) === "name")
    .sort((a, b) => b.score - a.score || a.index - b.index)[0];
  columns.set("masked_name", [name?.index ?? first]);
}
