import type { ColumnProfile } from "./profileColumns.ts";
import type { RawRecord } from "./parseRecords.ts";

/** Headers made whole: blank ones numbered, repeated ones counted. "Name", "Name" → "Name", "Name_2". */
export function toUniqueHeaders(headers: string[], width: number): string[] {
  const seen = new Set<string>();
  return Array.from({ length: width }, (_, i) => {
    // eslint-disable-next-line no-control-regex -- NUL is what is taken out
    const clean = (headers[i] ?? "").replace(/[\0\u200b\ufeff]/g, "").trim();
    const base = clean || `column_${i + 1}`;
    let name = base;
    for (let n = 2; seen.has(name); ++n) name = `${base}_${n}`;
    seen.add(name);
    return name;
  });
}

export interface InferredNames {
  names: string[];
  /** columns that could each be the customer */
  identities: number[];
}

/** Names for the columns of a table without a header, from what their values look like. */
export function inferNames(profiles: ColumnProfile[], records: RawRecord[]): InferredNames {
  const names = profiles.map((profile) => `column_${profile.index + 1}`);
  const date = profiles.find((profile) => profile.dates > 0.9 && profile.filled > 0);
  if (date) names[date.index] = "date";
  const rest = profiles.filter((profile) => profile !== date && profile.filled > 0);
  const email = rest.find((profile) => profile.emails > 0.9);
  if (email) names[email.index] = "email";
  const numeric = rest.filter((profile) => profile.numbers > 0.9 && profile.zeroPadded === 0);
  const amount =
    numeric.findLast((p) => p.fractions > 0.2 || p.numberFormat.currencies.length > 0) ??
    numeric.findLast((profile) => !isSerial(profile));
  if (amount) names[amount.index] = "amount";
  const quantity = numeric.find(
    (p) => p !== amount && p.fractions === 0 && p.largest <= 1000 && !isSerial(p),
  );
  if (quantity) names[quantity.index] = "quantity";
  const ids = rest.filter(
    (p) => p !== email && p !== amount && p !== quantity && p.digits > 0.9 && p.fractions < 0.1,
  );
  const order = ids.find(
    (id) => isSerial(id) && (email || ids.some((other) => other !== id && !isSerial(other))),
  );
  if (order) names[order.index] = "order_id";
  const people = ids.filter((id) => id !== order);
  const customer = email ? undefined : chooseIdentity(people, records);
  if (customer) names[customer.index] = "customer_id";
  people
    .filter((id) => id !== customer)
    .forEach((id, i) => (names[id.index] = i === 0 ? "other_id" : `other_id_${i + 1}`));
  return { names, identities: email ? [] : people.map((id) => id.index) };
}

/** Different on every row. */
function isSerial(profile: ColumnProfile): boolean {
  return profile.distinct === profile.filled;
}

/** The finer of several ids; of two that go one to one, the one numbered with fewer gaps, then the last. */
function chooseIdentity(ids: ColumnProfile[], records: RawRecord[]): ColumnProfile | undefined {
  return ids.reduce<ColumnProfile | undefined>((best, id) => {
    if (!best) return id;
    if (id.distinct !== best.distinct) return id.distinct > best.distinct ? id : best;
    return density(id, records) >= density(best, records) ? id : best;
  }, undefined);
}

/** Distinct values over the span of their numbers. */
function density({ index, distinct }: ColumnProfile, records: RawRecord[]): number {
  const values = records.map(({ cells }) => Number(cells[index])).filter(Number.isFinite);
  if (values.length === 0) return 0;
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, 0]);
  return distinct / (high - low + 1);
}
