-- title: Orders, sorted and numbered
-- definition: One pass of several: the customers whose id falls into it, sorted by customer and time. All orders of a customer lie side by side in one pass, so that numbers and gaps come from neighbours instead of a hash table.
-- param: pass integer = 0
-- param: passes integer = 1
insert into orders
with
-- The variables stand in the filter itself, where they fold into constants; out of a CTE they become a
-- nested loop over every row.
sorted as (
  select
    documents.order_id,
    documents.customer_id,
    customers.customer_key,
    documents.ordered_at,
    documents.gross,
    documents.refund,
    documents.discount,
    documents.quantity,
    documents.channel,
    documents.product,
    documents.category,
    documents.coupon,
    documents.country,
    documents.currency
  from documents
  left join customers on customers.customer_id = documents.customer_id
  where coalesce(getvariable('passes'), 1) = 1
    or coalesce(hash(documents.customer_id), 0::ubigint) % coalesce(getvariable('passes'), 1)::ubigint
      = coalesce(getvariable('pass'), 0)::ubigint
  order by customers.customer_key nulls last, documents.ordered_at, documents.order_id
),

neighbours as (
  select
    sorted.*,
    row_number() over () as position,
    lag(customer_key) over () as previous_key
  from sorted
),

numbered as (
  select
    neighbours.*,
    max(case when customer_key is distinct from previous_key then position end) over (
      rows between unbounded preceding and current row
    ) as first_position
  from neighbours
)

select
  numbered.order_id,
  numbered.customer_id,
  numbered.customer_key,
  numbered.ordered_at,
  numbered.ordered_at::date as order_date,
  numbered.gross,
  numbered.refund,
  (numbered.gross - numbered.refund)::decimal(18, 4) as net,
  numbered.discount,
  numbered.quantity,
  numbered.channel,
  channel_domains.domain,
  numbered.product,
  numbered.category,
  numbered.coupon,
  numbered.country,
  null::boolean as is_member,
  numbered.currency,
  case
    when numbered.customer_key is not null then (numbered.position - numbered.first_position + 1)::integer
  end as order_number
from numbered
left join channel_domains on channel_domains.channel = numbered.channel;
