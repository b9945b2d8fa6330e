import { assignContactFields, contactKindOf } from "./assignContactFields.ts";
import { assignRoles } from "./assignRoles.ts";
import type { Assignment } from "./assignRoles.ts";
import { answerTo } from "./askQuestions.ts";
import type { Answers } from "./askQuestions.ts";
import { IntakeError } from "./intakeError.ts";
import { isContactKind } from "./contactNames.ts";
import type { ContactKind } from "./contactNames.ts";
import { inferNames, toUniqueHeaders } from "./nameColumns.ts";
import type { Corrections, FilePlan } from "./plan.ts";
import { planColumns } from "./planColumns.ts";
import { recognisePlatform } from "./platforms.ts";
import type { Platform } from "./platforms.ts";
import { profileColumns } from "./profileColumns.ts";
import type { ColumnProfile } from "./profileColumns.ts";
import { rawLines } from "./rawLines.ts";
import { readSample } from "./readSample.ts";
import type { Sample } from "./readSample.ts";
import type { FileKind, Role } from "./report.ts";
import { roles } from "./report.ts";
import { detectStructure } from "./structure.ts";
import type { Structure } from "./structure.ts";
import { scoreHeader } from "./synonyms.ts";
import type { Field } from "./synonyms.ts";

const previewRows = 20;

/**
 * What a file is and how it is to be read, from slices of it. A file that is no table, or that lacks
 * what an analysis needs, comes back as kind "refused" with an error; it does not throw for that.
 *
 * @param name as the reader sees it; never looked at
 * @param answers to questions of an earlier plan: "date-order", "decimal", "currency", "identity";
 *   `mapping.<role>` names a column; each may be prefixed by "<file name>:"
 */
export async function inspectFile(
  file: Blob,
  name: string,
  answers: Answers = {},
  corrections: Corrections = {},
): Promise<FilePlan> {
  let sample: Sample | undefined;
  try {
    sample = await readSample(file, corrections.encoding);
    return planBest(name, sample, answers, corrections);
  } catch (error) {
    if (!(error instanceof IntakeError) || error.code === "cancelled") throw error;
    return refusedPlan(name, error, sample);
  }
}

/** The first table of a file, or the first that something can be made of. */
function planBest(
  name: string,
  sample: Sample,
  answers: Answers,
  corrections: Corrections,
): FilePlan {
  const planFrom = (told: Corrections) => {
    const structure = detectStructure(sample, told);
    throwIfEmpty(structure);
    return planTable(name, sample, structure, answers, told);
  };
  const plan = planFrom(corrections);
  if (plan.kind !== "refused" || corrections.headerRow !== undefined) return plan;
  const others = plan.tables.filter(({ headerRow }) => headerRow !== plan.headerRow);
  for (const { headerRow } of others) {
    const other = planFrom({ ...corrections, headerRow });
    if (other.kind !== "refused") return other;
  }
  return plan;
}

function throwIfEmpty({ records, width, headerRow, skipRows }: Structure): void {
  if (records.length === 0 && width === 0) throw new IntakeError("empty");
  if (width < 2 && (records.length > 1 || skipRows > 1)) throw new IntakeError("no-columns");
  if (records.length > 0) return;
  throw new IntakeError(headerRow === 0 ? "empty" : "header-only", { columns: width });
}

function planTable(
  name: string,
  sample: Sample,
  structure: Structure,
  answers: Answers,
  corrections: Corrections,
): FilePlan {
  const profiles = profileColumns(structure.records, structure.width, structure.delimiter);
  const inferred = structure.headerRow === 0 ? inferNames(profiles, structure.records) : undefined;
  const columns = toUniqueHeaders(inferred?.names ?? structure.headers, structure.width);
  const platform = recognisePlatform(structure.headers);
  let assignment = assignRoles(columns, profiles, platform);
  correct(assignment.columns, assignment.confidence, columns, name, answers, corrections);
  const identities = inferred?.identities ?? [];
  const kind = corrections.kind ?? kindOf(columns, assignment, platform, profiles);
  if (isContactKind(kind)) {
    assignment = assignContactFields(kind, columns, profiles, assignment);
    correct(assignment.columns, assignment.confidence, columns, name, answers, corrections);
  }
  const plan = planColumns({
    name,
    kind,
    platform,
    sample,
    structure,
    profiles,
    columns,
    fields: assignment.columns,
    confidence: assignment.confidence,
    identities,
    answers,
  });
  plan.preview = structure.records.slice(0, previewRows).map(({ cells }) => cells);
  const missing = refusalOf(plan, kind);
  if (missing) {
    plan.kind = "refused";
    plan.questions = [];
    plan.error = { code: missing.code, args: missing.args };
  }
  return plan;
}

/** The reader's word over the dictionary's; a column given to one role leaves the others. */
function correct(
  fields: Map<Field, number[]>,
  confidence: Map<Field, number>,
  columns: string[],
  name: string,
  answers: Answers,
  { mapping = {} }: Corrections,
): void {
  for (const role of roles) {
    const told = mapping[role] ?? answerTo(answers, name, `mapping.${role}`, ["", ...columns]);
    if (told === undefined && mapping[role] !== null) continue;
    const list = [told ?? ""]
      .flat()
      .map((column) => columns.indexOf(column))
      .filter((i) => i >= 0);
    if (list.length === 0) fields.delete(role);
    else {
      for (const [other, taken] of fields)
        if (other !== role && other !== "paid_at" && taken.some((i) => list.includes(i)))
          fields.delete(other);
      fields.set(role, list);
      confidence.set(role, 1);
    }
  }
}

function kindOf(
  columns: string[],
  assignment: Assignment,
  platform: Platform | undefined,
  profiles: ColumnProfile[],
): FileKind {
  if (platform) return platform.kind;
  const fields = assignment.columns;
  const has = (field: Field) => fields.has(field);
  const lifetime = has("lifetime") || has("registered_at");
  if (has("cost") && has("ordered_at") && !has("order_id") && !has("customer")) return "costs";
  if (
    has("customer") &&
    lifetime &&
    !has("order_id") &&
    !has("quantity") &&
    isList(fields, profiles)
  )
    return "customers";
  const beside = contactKindOf(columns, profiles, assignment);
  if (beside) return beside;
  const money = has("amount") || (has("unit_price") && has("quantity"));
  // a time that cannot be read is refused, not passed over
  const hasTime =
    has("ordered_at") ||
    columns.some((name, i) => scoreHeader(name).has("ordered_at") && profiles[i]!.filled > 0);
  if (!hasTime && has("order_id") && money && (has("product") || has("sku"))) return "lines";
  return "orders";
}

/** One row a customer: nobody, or hardly anybody, is there twice. */
function isList(fields: Map<Field, number[]>, profiles: ColumnProfile[]): boolean {
  const customer = profiles[fields.get("customer")![0]!]!;
  return !fields.has("ordered_at") || customer.distinct > customer.filled * 0.7;
}

function refusalOf(plan: FilePlan, kind: FileKind): IntakeError | undefined {
  const columns = plan.columns.slice(0, 12).join(", ");
  if (isContactKind(kind)) return missingContact(plan, kind, columns);
  const hasAmount =
    plan.fields.amount || plan.amountIsProduct || (kind === "costs" && plan.fields.cost);
  const hasTime = plan.fields.ordered_at || plan.idDay;
  const neither = !hasTime && !hasAmount;
  if (neither) return new IntakeError("no-orders", { columns });
  if (!hasTime && kind !== "lines") return new IntakeError("no-time", { columns });
  return hasAmount ? undefined : new IntakeError("no-amount", { columns });
}

/** Nobody to tell of, or nothing to tell. */
function missingContact(
  { fields }: FilePlan,
  kind: ContactKind,
  columns: string,
): IntakeError | undefined {
  const someone =
    kind === "referrals"
      ? fields.referrer_id && fields.referee_id
      : (fields.customer ?? (kind === "ratings" && fields.order_id));
  if (!someone) return new IntakeError("no-customer", { columns });
  const isTimed = kind === "touches" || kind === "events";
  if (isTimed && !fields.ordered_at) return new IntakeError("no-time", { columns });
  const isRated = kind !== "ratings" || fields.score;
  return isRated ? undefined : new IntakeError("no-score", { columns });
}

/** A plan with nothing to read, so that a report can be made of it. */
export function refusedPlan(
  name: string,
  error: NonNullable<FilePlan["error"]>,
  sample?: Sample,
): FilePlan {
  return {
    name,
    kind: "refused",
    platform: null,
    encoding: sample?.encoding ?? "",
    bomLength: sample?.bomLength ?? 0,
    compression: sample?.compression ?? "none",
    delimiter: ",",
    quote: '"',
    escape: '"',
    newline: "\n",
    skipRows: 0,
    headerRow: 0,
    endLine: 0,
    tables: [],
    shapes: [],
    columns: [],
    mapping: {} as Partial<Record<Role, string>>,
    confidence: {},
    fields: {},
    formats: {},
    grain: null,
    amountLevel: "order",
    refundLevel: "order",
    amountIsProduct: false,
    lessDiscount: false,
    grossCoversRefund: false,
    idDay: null,
    currency: null,
    statusRules: { closedIsCancelled: false, blankPaymentIsUnpaid: false, refundedByStatus: false },
    questions: [],
    notes: [],
    preview: [],
    raw: rawLines(sample?.head ?? "", 0),
    lane: "careful",
    faults: [],
    error: { code: error.code, args: error.args },
  };
}
