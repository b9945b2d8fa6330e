import type { FilePlan } from "./plan.ts";
import { sourceSql } from "./readCsvSql.ts";
import type { StagingOptions } from "./stagingSql.ts";
import { cleanText, numberSql, quoteText, timeSql } from "./valueSql.ts";

/**
 * The rows of a costs file, in its order: row_no, cost_date, channel, domain, kind, amount, currency,
 * verdict, raw_time, raw_amount. kind is acquisition unless a column says retention or service.
 */
export function costsSql(
  plan: FilePlan,
  path: string,
  { repaired = false }: StagingOptions = {},
): string {
  const source = sourceSql(plan, path, repaired);
  const { ordered_at, cost, amount, channel, cost_kind, currency } = plan.fields;
  const field = cost ? "cost" : "amount";
  const [time, money] = [`c${ordered_at![0]}`, `c${(cost ?? amount)![0]}`];
  const code = plan.currency ? `${quoteText(plan.currency)}::varchar` : "null::varchar";
  return `with
source_rows as not materialized (
  select row_number() over () as row_no, *
  from ${source}
),

parsed_rows as not materialized (
  select
    row_no,
    (${timeSql(time, plan.formats.ordered_at!)})::date as cost_date,
    ${channel ? cleanText(`c${channel[0]}`) : "null::varchar"} as channel,
    null::varchar as domain,
    ${cost_kind ? kindSql(`c${cost_kind[0]}`) : "'acquisition'::varchar"} as kind,
    ${numberSql(money, plan.formats[field]!)} as amount,
    ${currency ? `upper(trim(c${currency[0]}))` : code} as currency,
    ${time} as time_text,
    ${money} as amount_text
  from source_rows
),

judged_rows as not materialized (
  select
    *,
    case
      when time_text is null and amount_text is null then 'rejected:blank'
      when cost_date is null then 'rejected:time'
      when amount is null then 'rejected:amount'
    end as verdict
  from parsed_rows
)

select
  row_no, cost_date, channel, domain, kind, amount, currency, verdict,
  case when verdict is not null then time_text end as raw_time,
  case when verdict is not null then amount_text end as raw_amount
from judged_rows`;
}

function kindSql(column: string): string {
  return `case
      when regexp_matches(lower(${column}), 'retention|crm|留存|维系|复购|維繫') then 'retention'
      when regexp_matches(lower(${column}), 'service|support|客服|服务|服務') then 'service'
      else 'acquisition'
    end`;
}
