import { placeholders } from "./cleanCell.ts";
import { identityOf } from "./identityOf.ts";
import type { FilePlan } from "./plan.ts";
import { sourceSql } from "./readCsvSql.ts";
import type { StagingOptions } from "./stagingSql.ts";
import type { Field } from "./synonyms.ts";
import { cleanText, identitySql, isOneOf, numberSql, quoteText, timeSql } from "./valueSql.ts";

/**
 * The rows of a file of customers, touches, events, referrals or ratings, in its order: row_no,
 * customer_id, referee_id, order_id, happened_at, joined_at, member_since, responded_at, channel,
 * kind, campaign, staff, method, tier, tags, referrer_id, cost, reward, score, amount, currency,
 * duration_s, verdict, raw_column (the field that cannot be read) and raw_value. Of a referral
 * customer_id is who brought the other.
 *
 * verdict is null for a usable row, else excluded:no-customer or rejected:time, :amount, :score,
 * :blank.
 */
export function contactsSql(
  plan: FilePlan,
  path: string,
  { repaired = false }: StagingOptions = {},
): string {
  const source = sourceSql(plan, path, repaired);
  const checks = checksOf(plan);
  return `with
source_rows as not materialized (
  select row_number() over () as row_no, *
  from ${source}
),

parsed_rows as not materialized (
  select
    row_no,
    ${parsedColumns(plan).join(",\n    ")}
  from source_rows
),

judged_rows as not materialized (
  select
    *,
    case
      ${verdicts(plan, checks).join("\n      ")}
    end as verdict
  from parsed_rows
)

select
  * exclude (${["is_blank", ...checks.map(({ text }) => text)].join(", ")}),
  ${pick(checks, ({ field }) => quoteText(field))} as raw_column,
  ${pick(checks, ({ text }) => text)} as raw_value
from judged_rows`;
}

interface Check {
  field: Field;
  /** the column of the result */
  column: string;
  /** the column that keeps the value as written */
  text: string;
  error: "time" | "amount" | "score";
  /** a row without it is of no use */
  isNeeded: boolean;
}

const times = {
  ordered_at: "happened_at",
  joined_private_at: "joined_at",
  member_since: "member_since",
  responded_at: "responded_at",
} as const;

const numbers = { cost: "cost", reward: "reward", score: "score", amount: "amount" } as const;

function checksOf({ kind, fields }: FilePlan): Check[] {
  const isTimed = kind === "touches" || kind === "events";
  const checks: Check[] = [];
  for (const [field, column] of Object.entries(times) as [Field, string][])
    if (fields[field])
      checks.push({
        field,
        column,
        text: `${column}_text`,
        error: "time",
        isNeeded: isTimed && field === "ordered_at",
      });
  for (const [field, column] of Object.entries({ ...numbers, duration: "duration_s" }) as [
    Field,
    string,
  ][])
    if (fields[field])
      checks.push({
        field,
        column,
        text: `${column}_text`,
        error: field === "score" ? "score" : "amount",
        isNeeded: field === "score",
      });
  return checks;
}

function parsedColumns(plan: FilePlan): string[] {
  const { kind, fields } = plan;
  const person = kind === "referrals" ? idOf(plan, "referrer_id") : identityOf(plan).customer;
  const used = [...new Set(Object.values(fields).flat())].map((index) => `c${index}`);
  const checks = checksOf(plan);
  const columnOf = (field: Field) => `c${fields[field]![0]}`;
  return [
    `${person} as customer_id`,
    `${kind === "referrals" ? "null::varchar" : idOf(plan, "referrer_id")} as referrer_id`,
    `${idOf(plan, "referee_id")} as referee_id`,
    `${orderIdOf(plan)} as order_id`,
    ...Object.entries(times).map(
      ([field, column]) => `${timeOf(plan, field as Field)} as ${column}`,
    ),
    `${channelOf(plan)} as channel`,
    `${textOf(plan, "touch_kind")} as kind`,
    ...(["campaign", "staff", "method", "tier"] as const).map(
      (field) => `${textOf(plan, field)} as ${field}`,
    ),
    `${tagsOf(plan)} as tags`,
    ...Object.entries(numbers).map(
      ([field, column]) => `${numberOf(plan, field as Field)} as ${column}`,
    ),
    `${durationOf(plan)} as duration_s`,
    `${currencyOf(plan)} as currency`,
    `(nullif(trim(concat_ws('', ${used.join(", ")})), '') is null) as is_blank`,
    ...checks.map(({ field, text }) => `${filled(columnOf(field))} as ${text}`),
  ];
}

const plainText =
  "[0-9A-Za-z_][0-9A-Za-z_ .,:/()@+-]{9,}[0-9A-Za-z_]|[0-9][0-9:.-]*|[0-9A-Za-z]{5,8}";

/** A value, or null for what exports write where there is none. */
function filled(column: string): string {
  const clean = cleanText(column);
  const thorough = `case when not ${isOneOf(`lower(${clean})`, placeholders)} then ${clean} end`;
  // long and plain: no placeholder, and nothing to take off
  return `case when regexp_full_match(${column}, '${plainText}') then ${column} else ${thorough} end`;
}

function textOf({ fields }: FilePlan, field: Field): string {
  return fields[field] ? filled(`c${fields[field][0]}`) : "null::varchar";
}

function idOf({ fields }: FilePlan, field: Field): string {
  return fields[field] ? identitySql(`c${fields[field][0]}`) : "null::varchar";
}

function timeOf({ fields, formats }: FilePlan, field: Field): string {
  if (!fields[field]) return "null::timestamp";
  const time = timeSql(`c${fields[field][0]}`, formats[field]!);
  return `case when ${time} between timestamp '1900-01-01' and timestamp '2199-12-31' then ${time} end`;
}

function numberOf({ fields, formats }: FilePlan, field: Field): string {
  return fields[field] ? numberSql(`c${fields[field][0]}`, formats[field]!) : "null::decimal(18,4)";
}

/** An id of its own, or the one in the record of a purchase. */
function orderIdOf(plan: FilePlan): string {
  const { purchase_details } = plan.fields;
  if (plan.fields.order_id || !purchase_details) return textOf(plan, "order_id");
  return `nullif(regexp_extract(c${purchase_details[0]}, '"transaction_id"\\s*:\\s*"([^"]+)"', 1), '')`;
}

/** A channel as it stands, or source and medium out of a record. */
function channelOf(plan: FilePlan): string {
  const index = (plan.fields.source ?? plan.fields.channel)?.[0];
  if (index === undefined) return "null::varchar";
  const part = (name: string) =>
    `nullif(regexp_extract(c${index}, '"${name}"\\s*:\\s*"([^"]*)"', 1), '')`;
  const record = `nullif(concat_ws(' / ', ${part("source")}, ${part("medium")}), '')`;
  return `case when c${index} like '{%' then ${record} else ${filled(`c${index}`)} end`;
}

function tagsOf({ fields }: FilePlan): string {
  const columns = (fields.tags ?? []).map((index) => filled(`c${index}`));
  return columns.length === 0
    ? "null::varchar"
    : `nullif(concat_ws('、', ${columns.join(", ")}), '')`;
}

/** Seconds: a number of them, of minutes where the header says so, or hours, minutes and seconds. */
function durationOf(plan: FilePlan): string {
  const index = plan.fields.duration?.[0];
  if (index === undefined) return "null::decimal(18,4)";
  const perUnit = /min|分/i.test(plan.columns[index]!) ? 60 : 1;
  const clean = cleanText(`c${index}`);
  const part = (place: number) =>
    `try_cast(nullif(regexp_extract(${clean}, '^(?:([0-9]+):)?([0-9]{1,2}):([0-9]{2})$', ${place}), '') as integer)`;
  const clock = `coalesce(${part(1)}, 0) * 3600 + ${part(2)} * 60 + ${part(3)}`;
  const number = `${numberSql(`c${index}`, plan.formats.duration!)} * ${perUnit}`;
  return `(case when contains(${clean}, ':') then ${clock} else ${number} end)::decimal(18,4)`;
}

function currencyOf({ fields, currency }: FilePlan): string {
  if (fields.currency) return `upper(trim(c${fields.currency[0]}))`;
  return currency ? `${quoteText(currency)}::varchar` : "null::varchar";
}

function verdicts({ kind }: FilePlan, checks: Check[]): string[] {
  const nobody =
    kind === "referrals"
      ? "customer_id is null or referee_id is null"
      : kind === "ratings"
        ? "customer_id is null and order_id is null"
        : "customer_id is null";
  return [
    "when is_blank then 'rejected:blank'",
    ...checks.map(({ column, text, error, isNeeded }) => {
      const isWrong = isNeeded ? "" : ` and ${text} is not null`;
      return `when ${column} is null${isWrong} then 'rejected:${error}'`;
    }),
    `when ${nobody} then 'excluded:no-customer'`,
  ];
}

/** Of the first value that could not be read. */
function pick(checks: Check[], valueOf: (check: Check) => string): string {
  if (checks.length === 0) return "null::varchar";
  const cases = checks.map((check) => {
    const isWrong = check.isNeeded ? "" : ` and ${check.text} is not null`;
    return `when ${check.column} is null${isWrong} then ${valueOf(check)}`;
  });
  return `case when verdict like 'rejected:%' then case ${cases.join(" ")} end end`;
}
