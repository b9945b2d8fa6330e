import {
  answerTo,
  ask,
  isCurrencyCode,
  settleCurrency,
  settleDateOrder,
  settleDecimal,
} from "./askQuestions.ts";
import type { Answers } from "./askQuestions.ts";
import { cleanCell } from "./cleanCell.ts";
import { collectDateFormat, readDate } from "./dateFormats.ts";
import type { DateFormat, DateReading } from "./dateFormats.ts";
import { isContactKind } from "./contactNames.ts";
import { detectGrain } from "./detectGrain.ts";
import { findIdDay } from "./findIdDay.ts";
import type { ColumnFormat, FilePlan, PlanQuestion } from "./plan.ts";
import type { Platform } from "./platforms.ts";
import type { ColumnProfile } from "./profileColumns.ts";
import { rawLines } from "./rawLines.ts";
import type { Sample } from "./readSample.ts";
import { roles } from "./report.ts";
import type { FileKind, Role } from "./report.ts";
import { settleZone } from "./settleZone.ts";
import type { Structure } from "./structure.ts";
import { isTimeHeader } from "./synonyms.ts";
import type { Field } from "./synonyms.ts";

export interface TableFacts {
  name: string;
  kind: FileKind;
  platform: Platform | undefined;
  sample: Sample;
  structure: Structure;
  profiles: ColumnProfile[];
  columns: string[];
  fields: Map<Field, number[]>;
  confidence: Map<Field, number>;
  /** columns without a header that could each be the customer */
  identities: number[];
  answers: Answers;
}

const timeFields: Field[] = [
  "ordered_at",
  "cancelled_at",
  "paid_at",
  "registered_at",
  "joined_private_at",
  "member_since",
  "responded_at",
];
const moneyFields: Field[] = [
  "amount",
  "refund",
  "discount",
  "quantity",
  "unit_price",
  "cost",
  "adjusted_amount",
  "reward",
  "score",
  "duration",
];

/** Turns what was found into a plan: formats settled, ambiguities as questions, grain and rules. */
export function planColumns(facts: TableFacts): FilePlan {
  const { fields, profiles, columns, structure, sample, platform } = facts;
  const questions: PlanQuestion[] = [];
  const keep = <T>({ value, question }: { value: T; question?: PlanQuestion }): T => {
    if (question && !questions.some(({ id }) => id === question.id)) questions.push(question);
    return value;
  };
  settleIdentity(facts, questions);
  settleMasks(facts, questions);
  adoptPayment(fields, profiles);
  const currency = keep(currencyOf(facts));
  const formats = formatsOf(facts, currency, keep);
  const amountIsProduct =
    !fields.has("amount") && fields.has("unit_price") && fields.has("quantity");
  const grain = grainOf(facts, amountIsProduct);
  const idDay = isContactKind(facts.kind) ? null : findIdDay(facts);
  const isWeak = (facts.confidence.get("refund") ?? 1) < 0.8;
  if (grain.amountLevel === "transaction" && isWeak) fields.delete("refund");
  const encodingFault = sample.encoding === "utf-8" ? [] : ["encoding"];
  const compressionFault = sample.compression === "none" ? [] : ["compression"];
  const faults = [...encodingFault, ...compressionFault, ...structure.faults];
  return {
    name: facts.name,
    kind: facts.kind,
    platform: platform?.name ?? null,
    encoding: sample.encoding,
    bomLength: sample.bomLength,
    compression: sample.compression,
    delimiter: structure.delimiter,
    quote: structure.quote,
    escape: structure.escape,
    newline: structure.newline,
    skipRows: structure.skipRows,
    headerRow: structure.headerRow,
    endLine: structure.endLine,
    tables: structure.tables,
    shapes: structure.shapes,
    columns,
    mapping: mappingOf(facts, amountIsProduct, idDay?.always === true),
    confidence: Object.fromEntries(
      roles
        .filter((role) => fields.has(role))
        .map((role) => [role, facts.confidence.get(role) ?? 1]),
    ),
    fields: Object.fromEntries(fields),
    formats,
    ...grain,
    amountIsProduct,
    lessDiscount: platform?.lessDiscount === true && fields.has("discount"),
    grossCoversRefund: platform?.grossCoversRefund === true && fields.has("refund"),
    idDay,
    currency:
      fields.has("currency") && profiles[fields.get("currency")![0]!]!.filled > 0 ? null : currency,
    statusRules: rulesOf(fields, facts.kind),
    questions,
    notes: notesOf(facts, formats, amountIsProduct),
    preview: [],
    raw: rawLines(sample.head, structure.headerRow),
    lane: faults.length === 0 ? "clean" : "careful",
    faults,
  };
}

/** Of two ids that go together, the reader may take the other. */
function settleIdentity(
  { identities, columns, fields, answers, name, structure }: TableFacts,
  questions: PlanQuestion[],
): void {
  if (identities.length < 2) return;
  const options = identities.map((index) => columns[index]!);
  const chosen = columns[fields.get("customer")?.[0] ?? -1] ?? options.at(-1)!;
  const told = answerTo(answers, name, "identity", options);
  if (told) fields.set("customer", [columns.indexOf(told)]);
  else {
    const example = structure.records[0]?.cells[columns.indexOf(chosen)] ?? "";
    questions.push(ask("identity", options, chosen, chosen, example));
  }
}

/** Different people may share a masked number: with a name beside it they are told apart, else not. */
function settleMasks(
  { kind, fields, profiles, columns, answers, name, structure }: TableFacts,
  questions: PlanQuestion[],
): void {
  const number = fields.get("customer")?.[0];
  const masked = fields.get("masked_name")?.[0] ?? number;
  fields.delete("masked_name");
  // the reader may have chosen another column since
  if (number === undefined || masked === undefined || profiles[number]!.masked === 0) return;
  if (isContactKind(kind)) return;
  const options = ["apart", "no-customer"];
  const guess = masked === number ? "no-customer" : "apart";
  const told = answerTo(answers, name, "masked", options);
  if ((told ?? guess) === "apart") fields.set("masked_name", [masked]);
  if (told) return;
  const example = structure.records
    .map(({ cells }) => cells[number] ?? "")
    .find((cell) => /[*＊]/.test(cell));
  questions.push(ask("masked", options, guess, columns[number]!, example ?? ""));
}

/** A payment time that serves as the order's time is still the payment time. */
function adoptPayment(fields: Map<Field, number[]>, profiles: ColumnProfile[]): void {
  const paid = fields.get("paid_at")?.[0];
  if (paid !== undefined && profiles[paid]!.filled === 0 && fields.get("ordered_at")?.[0] !== paid)
    fields.delete("paid_at");
  const clock = fields.get("clock");
  const day = fields.get("ordered_at")?.[0];
  if (clock && day !== undefined && hasTime(profiles[day]!)) fields.delete("clock");
}

function hasTime({ dateFormat }: ColumnProfile): boolean {
  return dateFormat.shapes.some(
    ({ pattern, length }) => pattern.includes("%M") || (pattern === "iso" && length > 10),
  );
}

function currencyOf(facts: TableFacts) {
  const { fields, profiles, columns, structure, answers, name, platform } = facts;
  const mapped = fields.get("currency")?.[0];
  if (mapped !== undefined && profiles[mapped]!.filled > 0) return { value: null };
  if (isContactKind(facts.kind) && !(facts.kind === "events" && fields.has("amount")))
    return { value: null };
  const money = (["amount", "unit_price", "cost"] as const).flatMap(
    (field) => fields.get(field) ?? [],
  );
  const country = fields.get("country")?.[0];
  const told = answers[`${name}:currency`] ?? answers["currency"];
  return settleCurrency({
    signs: [...new Set(money.flatMap((index) => profiles[index]!.numberFormat.currencies))],
    header: columns[money[0] ?? -1] ?? "",
    headers: columns,
    platform: platform?.currency,
    countries:
      country === undefined
        ? []
        : structure.records.slice(0, 2000).map(({ cells }) => cells[country] ?? ""),
    delimiter: structure.delimiter,
    told: told !== undefined && isCurrencyCode(told) ? told : undefined,
  });
}

type Keep = <T>(settled: { value: T; question?: PlanQuestion }) => T;

function formatsOf(facts: TableFacts, currency: string | null, keep: Keep): FilePlan["formats"] {
  const { fields, profiles, columns, structure, answers, name } = facts;
  const formats: FilePlan["formats"] = {};
  for (const [field, [index]] of fields) {
    const profile = profiles[index!]!;
    const column = { index: index!, name: columns[index!]!, example: exampleOf(structure, index!) };
    const isMoney = moneyFields.includes(field);
    const number = isMoney
      ? keep(
          settleDecimal(
            profile.numberFormat,
            profiles
              .filter((other) => other !== profile && other.numbers > 0.9 && other.fractions > 0)
              .map((p) => p.numberFormat),
            column,
            answerTo(answers, name, "decimal", ["comma", "point"]),
          ),
        )
      : profile.numberFormat;
    formats[field] = {
      number,
      date: dateOf(facts, field, profile, currency, keep),
      dressed: profile.dressed,
    };
  }
  return formats;
}

function dateOf(
  facts: TableFacts,
  field: Field,
  profile: ColumnProfile,
  currency: string | null,
  keep: Keep,
): ColumnFormat["date"] {
  if (!timeFields.includes(field)) return { shapes: [], order: "day-first" };
  const { structure, profiles, columns, answers, name } = facts;
  const column = { index: profile.index, name: columns[profile.index]! };
  const zoneTold = answers[`${name}:time-zone`] ?? answers["time-zone"];
  if (profile.epochs > profile.dates && isTimeHeader(column.name)) {
    const { value: zone } = settleZone([], column, zoneTold);
    return { shapes: profile.epochFormat.shapes, order: "day-first", ...(zone && { zone }) };
  }
  const format = profile.dateFormat.ambiguous
    ? wholeDateFormat(structure, profile)
    : profile.dateFormat;
  const others = profiles
    .filter((other) => other !== profile && other.dates > 0.9)
    .map((p) => p.dateFormat);
  const told = answerTo(answers, name, "date-order", ["day-first", "month-first"]);
  const hints = { currency, delimiter: structure.delimiter };
  const settled = settleDateOrder(format, others, structure.records, column, told, hints);
  const order = field === "ordered_at" ? keep(settled) : settled.value;
  if (!format.shapes.some(({ zoned }) => zoned)) return { shapes: format.shapes, order };
  const moved = settleZone(structure.records, column, zoneTold);
  const zone = field === "ordered_at" ? keep(moved) : moved.value;
  return { shapes: format.shapes, order, ...(zone && { zone }) };
}

/** The profile takes a part of the sample; where that leaves the order open, all of it may settle it. */
function wholeDateFormat({ records }: Structure, { index }: ColumnProfile): DateFormat {
  const readings: DateReading[] = [];
  for (const { cells } of records) {
    const reading = readDate(cleanCell(cells[index] ?? ""));
    if (reading) readings.push(reading);
  }
  return collectDateFormat(readings);
}

function exampleOf({ records }: Structure, index: number): string {
  return (
    records.map(({ cells }) => cleanCell(cells[index] ?? "")).find((text) => text !== "") ?? ""
  );
}

function grainOf(
  { kind, fields, profiles, columns, structure }: TableFacts,
  isProduct: boolean,
): Pick<FilePlan, "grain" | "amountLevel" | "refundLevel"> {
  // a shop's tag may report one purchase twice
  if (isContactKind(kind))
    return { grain: null, amountLevel: "order_repeated", refundLevel: "line" };
  const amount = fields.get(isProduct ? "quantity" : "amount")?.[0];
  return detectGrain({
    records: structure.records,
    orderId: fields.get("order_id")?.[0],
    amount: isProduct ? undefined : amount,
    amountHeader: amount === undefined ? "" : columns[amount]!,
    refund: fields.get("refund")?.[0],
    negatives: amount === undefined ? 0 : profiles[amount]!.negatives,
    isProduct,
  });
}

function mappingOf(
  { fields, columns, kind }: TableFacts,
  amountIsProduct: boolean,
  isDayInId: boolean,
): FilePlan["mapping"] {
  const mapping: Partial<Record<Role, string | string[]>> = {};
  const names = (indices: number[]) => {
    const list = indices.map((index) => columns[index]!);
    return list.length === 1 ? list[0]! : list;
  };
  for (const role of roles) {
    const indices = fields.get(role);
    if (indices) mapping[role] = names(indices);
  }
  const masked = fields
    .get("masked_name")
    ?.filter((index) => index !== fields.get("customer")?.[0]);
  if (masked?.length) mapping.customer = names([...fields.get("customer")!, ...masked]);
  const clock = fields.get("clock");
  if (clock && fields.has("ordered_at"))
    mapping.ordered_at = names([...fields.get("ordered_at")!, ...clock]);
  if (isDayInId) mapping.ordered_at = names(fields.get("order_id")!);
  if (amountIsProduct)
    mapping.amount = names([...fields.get("quantity")!, ...fields.get("unit_price")!]);
  if (kind === "costs" && fields.has("cost")) mapping.amount = names(fields.get("cost")!);
  const source = fields.get("source");
  if (!mapping.channel && source) mapping.channel = names(source);
  const adjusted = fields.get("adjusted_amount");
  if (!mapping.refund && adjusted) mapping.refund = names(adjusted);
  return mapping;
}

function rulesOf(fields: Map<Field, number[]>, kind: FileKind): FilePlan["statusRules"] {
  const ordered = fields.get("ordered_at")?.[0];
  const blankPaymentIsUnpaid = ordered !== undefined && fields.get("paid_at")?.[0] === ordered;
  return {
    closedIsCancelled: fields.has("status") && !blankPaymentIsUnpaid && kind !== "lines",
    blankPaymentIsUnpaid,
    refundedByStatus: fields.has("after_sale") && !fields.has("refund"),
  };
}

function notesOf(
  { kind, fields, profiles, columns }: TableFacts,
  formats: FilePlan["formats"],
  amountIsProduct: boolean,
): FilePlan["notes"] {
  const notes: FilePlan["notes"] = [];
  for (const index of fields.get(amountIsProduct ? "unit_price" : "amount") ?? []) {
    const share = profiles[index]!.numberFormat.rounded;
    if (share > 0) notes.push({ code: "rounded", args: { column: columns[index]!, share } });
  }
  if (!fields.has("customer") && !isContactKind(kind))
    notes.push({ code: "no-customer", args: {} });
  if (
    fields.get("ordered_at") &&
    !formats.ordered_at?.date.zone &&
    profiles[fields.get("ordered_at")![0]!]!.dateFormat.shapes.some((s) => s.zoned)
  )
    notes.push({
      code: "zones-dropped",
      args: { column: columns[fields.get("ordered_at")![0]!]! },
    });
  return notes;
}
