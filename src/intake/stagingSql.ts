import { identityOf } from "./identityOf.ts";
import { signCodes } from "./numberFormats.ts";
import type { FilePlan } from "./plan.ts";
import { sourceSql } from "./readCsvSql.ts";
import { closedWords, refundedWords, statusWords, transferWords } from "./statusWords.ts";
import type { Field } from "./synonyms.ts";
import { cleanText, isOneOf, numberSql, quoteText, textSql, timeSql } from "./valueSql.ts";

export interface StagingOptions {
  /** the path holds what `repairFile` wrote, not the file itself */
  repaired?: boolean;
  /** false leaves row_no null: where the table that takes the rows counts them anyway */
  numbered?: boolean;
}

/**
 * The rows of an order file, one for each record of data and in the file's order: row_no, order_id,
 * customer, ordered_at, amount, refund, discount, quantity, channel, product, sku, category, coupon,
 * country, tags, currency, spelling, verdict, raw_time, raw_amount. spelling is the customer as the
 * file writes it, where that differs.
 *
 * verdict is null for a usable row, else excluded:cancelled, :unpaid, :test, :voided, :transfer or
 * rejected:time, :amount, :refund, :total, :blank. On an order whose columns are filled on its first
 * row only (amountLevel order_first_row) the amount of the others is null, and only the first row
 * carries the verdict of an excluded order.
 *
 * @param path what the engine reads
 */
export function stagingSql(
  plan: FilePlan,
  path: string,
  { repaired = false, numbered = true }: StagingOptions = {},
): string {
  const source = sourceSql(plan, path, repaired);
  const rowNo = numbered ? "row_number() over ()" : "null::bigint";
  const used = [...new Set(Object.values(plan.fields).flat())].sort((a, b) => a - b);
  const columns = [`${rowNo} as row_no`, ...used.map((index) => `c${index}`)];
  return `with
source_rows as not materialized (
  select ${columns.join(", ")}
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
    ${verdictSql(plan)} as verdict
  from parsed_rows
)

select
  row_no, order_id, customer, ordered_at, amount, refund, discount, quantity,
  channel, product, sku, category, coupon, country, tags, currency,
  case when customer != customer_text then customer_text end as spelling,
  verdict,
  case when verdict like 'rejected%' then time_text end as raw_time,
  case when verdict = 'rejected:refund' then refund_text when verdict like 'rejected%' then amount_text end as raw_amount
from judged_rows`;
}

const textFields = ["channel", "product", "sku", "category", "coupon", "country", "tags"] as const;

function parsedColumns(plan: FilePlan): string[] {
  const texts = textFields.map((field) => `${textOf(plan, field)} as ${field}`);
  const money = moneySql(plan);
  return [
    `${orderIdSql(plan)} as order_id`,
    `${customerSql(plan)} as customer`,
    `${identityOf(plan).written} as customer_text`,
    `${orderedAtSql(plan)} as ordered_at`,
    `${money.amount} as amount`,
    `${money.refund} as refund`,
    `${money.discount} as discount`,
    `${numberOf(plan, "quantity")} as quantity`,
    ...texts,
    `${currencySql(plan)} as currency`,
    `${rawTime(plan)} as time_text`,
    `${rawAmount(plan)} as amount_text`,
    `${column(plan, "refund") ?? nullText} as refund_text`,
    ...statusColumns(plan),
  ];
}

const nullText = "null::varchar";
const nullMoney = "null::decimal(18,4)";

function column(plan: FilePlan, field: Field): string | undefined {
  const index = plan.fields[field]?.[0];
  return index === undefined ? undefined : `c${index}`;
}

function textOf(plan: FilePlan, field: Field): string {
  const name = column(plan, field);
  return name ? textSql(name, plan.formats[field]) : nullText;
}

function numberOf(plan: FilePlan, field: Field): string {
  const name = column(plan, field);
  return name ? numberSql(name, plan.formats[field]!) : nullMoney;
}

/** A refund row that names its order belongs to it. */
function orderIdSql(plan: FilePlan): string {
  const origin = column(plan, "refund_of");
  const own = textOf(plan, "order_id");
  return origin ? `coalesce(${cleanText(origin)}, ${own})` : own;
}

function customerSql(plan: FilePlan): string {
  const origin = column(plan, "refund_of");
  const { customer } = identityOf(plan);
  // the payer of a refund is the shop
  return origin ? `case when ${cleanText(origin)} is null then ${customer} end` : customer;
}

/** A date and a time of day in two columns are read as one text. */
function orderedAtSql(plan: FilePlan): string {
  const idDay = idDaySql(plan);
  if (!idDay) return ownTimeSql(plan);
  return plan.idDay!.always ? idDay : `coalesce(${ownTimeSql(plan)}, ${idDay})`;
}

function idDaySql(plan: FilePlan): string | undefined {
  if (!plan.idDay || !column(plan, "order_id")) return undefined;
  const { start, pattern } = plan.idDay;
  const digits = pattern === "%Y%m%d" ? 8 : 6;
  return `try_strptime(substr(${textOf(plan, "order_id")}, ${start + 1}, ${digits}), '${pattern}')`;
}

function ownTimeSql(plan: FilePlan): string {
  const day = column(plan, "ordered_at");
  if (!day) return "null::timestamp";
  const format = plan.formats.ordered_at!;
  const clock = column(plan, "clock");
  if (!clock) return timeSql(day, format);
  const time = `try_cast(${cleanText(clock)} as time)`;
  return `coalesce((${timeSql(day, format)})::date + ${time}, ${timeSql(day, format)})`;
}

function moneySql(plan: FilePlan): { amount: string; refund: string; discount: string } {
  const discount = column(plan, "discount") ? `abs(${numberOf(plan, "discount")})` : nullMoney;
  let amount = numberOf(plan, "amount");
  if (plan.amountIsProduct)
    amount = `try_cast((${numberOf(plan, "quantity")}) * (${numberOf(plan, "unit_price")}) as decimal(18,4))`;
  if (plan.lessDiscount) amount = `(${amount} - coalesce(${discount}, 0))::decimal(18,4)`;
  const refund = refundSql(plan, amount);
  if (plan.grossCoversRefund)
    amount = `case when ${amount} is not null then greatest(${amount}, ${refund}) end`;
  return { amount, refund, discount };
}

function refundSql(plan: FilePlan, amount: string): string {
  if (column(plan, "refund")) return `abs(${numberOf(plan, "refund")})`;
  const adjusted = column(plan, "adjusted_amount");
  if (adjusted) {
    const left = numberSql(adjusted, plan.formats.adjusted_amount!);
    return `case when ${left} > 0 then (${amount} - ${left})::decimal(18,4) end`;
  }
  if (!plan.statusRules.refundedByStatus) return nullMoney;
  const pattern = quoteText(refundedWords.join("|"));
  const columns = [column(plan, "after_sale"), column(plan, "status")].filter(
    (name) => name !== undefined,
  );
  return `case when regexp_matches(concat_ws(' ', ${columns.join(", ")}), ${pattern}) then ${amount} end`;
}

/** A column, one code for all, or the sign in each value where the values differ. */
function currencySql(plan: FilePlan): string {
  const mapped = column(plan, "currency");
  if (mapped) return `upper(trim(${textSql(mapped, plan.formats.currency)}))`;
  if (plan.currency) return `${quoteText(plan.currency)}::varchar`;
  const amount = column(plan, "amount");
  const codes = plan.formats.amount?.number.currencies ?? [];
  if (!amount || codes.length === 0) return nullText;
  const bare = `replace(${amount}, ' ', '')`;
  // AU$ before $: a longer mark holds a shorter one
  const marks = codes
    .flatMap((code) =>
      [code, ...Object.keys(signCodes).filter((sign) => signCodes[sign] === code)].map(
        (mark) => [mark, code] as const,
      ),
    )
    .sort((x, y) => y[0].length - x[0].length);
  const cases = marks.map(
    ([mark, code]) =>
      `when contains(${bare}, ${quoteText(mark)}) then ${quoteText(code === "¥" ? "CNY" : code)}`,
  );
  return `case ${cases.join(" ")} end`;
}

function rawTime(plan: FilePlan): string {
  const [day, clock] = [column(plan, "ordered_at"), column(plan, "clock")];
  if (!day) return nullText;
  return clock ? `concat_ws(' ', ${day}, ${clock})` : day;
}

function rawAmount(plan: FilePlan): string {
  if (plan.amountIsProduct)
    return `concat_ws(' × ', ${column(plan, "quantity")}, ${column(plan, "unit_price")})`;
  return column(plan, "amount") ?? nullText;
}

function statusColumns(plan: FilePlan): string[] {
  const status = column(plan, "status");
  const cancelled = column(plan, "cancelled_at");
  const entry = column(plan, "entry_type");
  return [
    ...(status ? [`lower(trim(${textSql(status, plan.formats.status)})) as status_text`] : []),
    ...(entry ? [`lower(${entry}) as entry_text`] : []),
    ...(cancelled ? [`${cancelled} as cancelled_text`] : []),
  ];
}

/** First what leaves a row out for a reason, then what is wrong with it. */
function verdictSql(plan: FilePlan): string {
  const { statusRules, fields } = plan;
  const rules: string[] = [];
  const bare = isEmpty("amount_text");
  // a row below the first of its order repeats neither amount nor time
  const isFollowing = `(${bare} and ${isEmpty("time_text")})`;
  const heads = plan.amountLevel === "order_first_row" ? ` and not ${isFollowing}` : "";
  const blank = `order_id is null and amount_text is null and ${fields.ordered_at ? "time_text is null" : "sku is null and product is null"}`;
  rules.push(`when ${blank} then 'rejected:blank'`);
  if (fields.status) rules.push(statusRule());
  if (fields.entry_type)
    rules.push(
      `when regexp_matches(entry_text, '${transferWords.join("|")}') then 'excluded:transfer'`,
    );
  if (fields.cancelled_at)
    rules.push("when regexp_matches(cancelled_text, '[1-9]') then 'excluded:cancelled'");
  if (statusRules.closedIsCancelled) {
    const closed = isOneOf("status_text", closedWords);
    rules.push(`when ${closed} and coalesce(refund, 0) = 0 then 'excluded:cancelled'`);
  }
  if (statusRules.blankPaymentIsUnpaid)
    rules.push(
      `when ordered_at is null and ${isEmpty("time_text")}${heads} then 'excluded:unpaid'`,
    );
  if (fields.ordered_at || plan.idDay) {
    rules.push(`when ordered_at is null and ${totalRow(plan)} then 'rejected:total'`);
    rules.push(`when ordered_at is null${heads} then 'rejected:time'`);
    rules.push(
      "when ordered_at not between timestamp '1900-01-01' and timestamp '2199-12-31' then 'rejected:time'",
    );
  }
  const allowed = plan.amountLevel === "order_first_row" ? ` and not (${bare})` : "";
  rules.push(`when amount is null${allowed} then 'rejected:amount'`);
  if (fields.refund)
    rules.push(
      `when refund is null and not ${isEmpty("refund_text")} and upper(trim(refund_text)) != 'N/A' then 'rejected:refund'`,
    );
  return `case\n      ${rules.join("\n      ")}\n    end`;
}

/** Nothing there, or only what exports write for nothing: blanks, tabs, dashes. */
function isEmpty(text: string): string {
  return `not regexp_matches(coalesce(${text}, ''), '[\\p{L}\\p{N}]')`;
}

/** One look at all words; which of them it is only for the few rows that have one. */
function statusRule(): string {
  const reasons = Object.entries(statusWords).map(
    ([reason, words]) => `when ${isOneOf("status_text", words)} then 'excluded:${reason}'`,
  );
  const all = isOneOf("status_text", Object.values(statusWords).flat());
  return `when ${all} then case ${reasons.join(" ")} end`;
}

function totalRow(plan: FilePlan): string {
  const heads = ["order_id", "customer"].filter((name) => plan.fields[name as Field]);
  if (heads.length === 0) return "false";
  const words =
    "^(grand ?total|sub ?total|totals?|sum|summe|gesamt|合计|合計|总计|總計|小计|小計|汇总)";
  return `regexp_matches(lower(concat_ws(' ', ${heads.join(", ")})), '${words}')`;
}
