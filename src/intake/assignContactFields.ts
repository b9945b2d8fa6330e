import type { Assignment } from "./assignRoles.ts";
import { contactNames, tagName, tellingNames } from "./contactNames.ts";
import type { ContactKind } from "./contactNames.ts";
import type { ColumnProfile } from "./profileColumns.ts";
import { foldHeader, identityOfHeader, isTimeHeader, scoreHeader } from "./synonyms.ts";
import type { Field } from "./synonyms.ts";

/** Fields that may stand on a column that another field has too. */
const sharing = new Set<Field>(["joined_private_at"]);

const times = new Set<Field>(["ordered_at", "joined_private_at", "member_since", "responded_at"]);
const numbers = new Set<Field>(["cost", "reward", "score", "duration"]);
const people: Field[] = ["customer", "referrer_id", "referee_id"];

/**
 * The columns of a file that is no order file, by the names of its kind and the shape of the values.
 * What the orders' dictionary found is kept for the customer, the order and a purchase's amount.
 */
export function assignContactFields(
  kind: ContactKind,
  headers: string[],
  profiles: ColumnProfile[],
  base: Assignment,
): Assignment {
  const found = pickContactFields(kind, headers, profiles);
  const kept: Field[] = kind === "events" ? ["order_id", "amount", "currency"] : ["order_id"];
  const columns = new Map<Field, number[]>();
  for (const field of kind === "referrals" ? [] : (["customer", ...kept] as const)) {
    const list = base.columns.get(field);
    if (list) columns.set(field, list);
  }
  const before = [...columns];
  for (const [field, list] of found) {
    const held = before.find(([, taken]) => taken[0] === list[0])?.[0];
    if (held === "customer") continue;
    if (held) columns.delete(held);
    columns.set(field, list);
  }
  if (kind === "customers" || kind === "events") addNames(kind, columns, headers, profiles);
  const tags = kind === "customers" ? tagColumns(headers, profiles, columns) : [];
  if (tags.length > 0) columns.set("tags", tags);
  const confidence = new Map(
    [...columns.keys()].map((field) => [field, base.confidence.get(field) ?? 0.9]),
  );
  return { columns, confidence };
}

/** What kind of file the headers and values tell of, where it has no orders; undefined when nothing tells. */
export function contactKindOf(
  headers: string[],
  profiles: ColumnProfile[],
  { columns }: Assignment,
): ContactKind | undefined {
  const has = (field: Field) => columns.has(field);
  const money = (has("amount") || has("unit_price")) && !isFaint(columns, headers, "amount");
  const wares = has("product") || has("sku") || has("quantity") || has("status");
  const referral = pickContactFields("referrals", headers, profiles);
  const isPair = referral.has("referrer_id") && referral.has("referee_id");
  if (isPair && !(money && has("order_id"))) return "referrals";
  const isRated = pickContactFields("ratings", headers, profiles).has("score");
  if (isRated && !money && (has("customer") || has("order_id"))) return "ratings";
  if (!has("customer")) return undefined;
  const touch = pickContactFields("touches", headers, profiles);
  const isEvent = isNamed(headers, touch.get("touch_kind"), tellingNames.events);
  if (isEvent && touch.has("ordered_at") && !isFull(columns, profiles, "order_id")) return "events";
  if (has("order_id") || money || wares) return undefined;
  const isTouched = isNamed(headers, touch.get("ordered_at"), tellingNames.touched);
  const told = (["touch_kind", "responded_at", "duration", "campaign"] as const).filter((field) =>
    touch.has(field),
  );
  if (touch.has("ordered_at") && (isTouched || told.length > 0)) return "touches";
  const person = pickContactFields("customers", headers, profiles);
  const marks = (
    ["tier", "source", "member_since", "joined_private_at", "referrer_id"] as const
  ).filter((field) => person.has(field));
  const customer = profiles[columns.get("customer")![0]!]!;
  const isList = customer.distinct > customer.filled * 0.7;
  const isTagged = tagColumns(headers, profiles, columns).length > 0;
  if (isList && (marks.length > 0 || isTagged)) return "customers";
  // a column of sums without a known name may be what was paid: then the reader is to say so
  const known = new Set([...touch.values()].flat());
  const hasSums = profiles.some((p) => p.numbers > 0.9 && p.fractions > 0.3 && !known.has(p.index));
  return touch.has("ordered_at") && touch.has("channel") && !hasSums ? "touches" : undefined;
}

function pickContactFields(
  kind: ContactKind,
  headers: string[],
  profiles: ColumnProfile[],
): Map<Field, number[]> {
  const folded = headers.map((header) => [
    foldHeader(header),
    foldHeader(header.normalize("NFKC").replace(/[([（【].*$/, "")),
  ]);
  const ranked: { field: Field; index: number; score: number }[] = [];
  for (const [field, tiers] of Object.entries(contactNames[kind]) as [Field, string[]][])
    for (const [tier, names] of tiers.entries()) {
      const known = names.split("|").map(foldHeader);
      for (const [index, keys] of folded.entries()) {
        if (!keys.some((key) => key !== "" && known.includes(key))) continue;
        const score = fitOf(field, headers[index]!, profiles[index]!) - tier * 0.2;
        if (score > 0.3) ranked.push({ field, index, score });
      }
    }
  ranked.sort((a, b) => b.score - a.score || a.index - b.index);
  const picked = new Map<Field, number[]>();
  const taken = new Set<number>();
  for (const { field, index } of ranked) {
    if (picked.has(field) || (taken.has(index) && !sharing.has(field))) continue;
    picked.set(field, [index]);
    if (!sharing.has(field)) taken.add(index);
  }
  return picked;
}

/** How well the values fit, 0 to 1; a blank column is worth having only where nothing else is. */
function fitOf(field: Field, header: string, profile: ColumnProfile): number {
  if (profile.filled === 0) return times.has(field) && field === "ordered_at" ? 0 : 0.4;
  if (times.has(field)) return Math.max(profile.dates, isTimeHeader(header) ? profile.epochs : 0);
  if (field === "duration") return Math.max(profile.numbers, profile.clocks);
  if (numbers.has(field)) return profile.numbers;
  if (people.includes(field)) return profile.dates > 0.5 ? 0 : 1;
  return profile.dates > 0.9 && profile.clocks === 0 ? 0.2 : 1;
}

/** A person without a number or an address goes by the name; an event without a user by the device. */
function addNames(
  kind: ContactKind,
  columns: Map<Field, number[]>,
  headers: string[],
  profiles: ColumnProfile[],
): void {
  const list = columns.get("customer") ?? [];
  const first = list[0] === undefined ? undefined : profiles[list[0]]!;
  if (first && first.filled === first.records && first.masked === 0) return;
  const others = headers
    .map((header, index) => ({ header, index, score: scoreHeader(header).get("customer") ?? 0 }))
    .filter(({ index, score }) => score >= 0.6 && !list.includes(index))
    .filter(({ index }) => profiles[index]!.filled > 0)
    .filter(({ header }) => kind === "events" || identityOfHeader(header) === "name")
    .sort((a, b) => b.score - a.score || a.index - b.index);
  if (others[0]) columns.set("customer", [...list, others[0].index]);
}

function tagColumns(
  headers: string[],
  profiles: ColumnProfile[],
  columns: Map<Field, number[]>,
): number[] {
  const taken = new Set([...columns].filter(([field]) => field !== "tags").flatMap(([, l]) => l));
  return headers.flatMap((header, index) =>
    tagName.test(foldHeader(header)) && profiles[index]!.filled > 0 && !taken.has(index)
      ? [index]
      : [],
  );
}

function isNamed(headers: string[], list: number[] | undefined, names: string): boolean {
  return (
    list !== undefined && names.split("|").map(foldHeader).includes(foldHeader(headers[list[0]!]!))
  );
}

/** Taken for the field by a part of its name only. */
function isFaint(columns: Map<Field, number[]>, headers: string[], field: Field): boolean {
  const index = columns.get(field)?.[0];
  return index !== undefined && (scoreHeader(headers[index]!).get(field) ?? 1) <= 0.6;
}

function isFull(columns: Map<Field, number[]>, profiles: ColumnProfile[], field: Field): boolean {
  const index = columns.get(field)?.[0];
  return index !== undefined && profiles[index]!.filled > profiles[index]!.records * 0.6;
}
