-- title: Purchases among the events, as orders
-- definition: Where no order file was given: the purchases that name an order and an amount, and the refunds of those orders.
-- param: file_no integer = 1
insert into staged by name
with
params as (
  select coalesce(getvariable('file_no'), 1)::integer as file_no
),

purchases as (
  select
    *,
    regexp_matches(lower(kind), 'refund|退款|返金|erstattung|rembours|reembols') as is_refund
  from staged_contacts
  where staged_contacts.file_no = (select params.file_no from params) and staged_contacts.is_purchase
)

select
  file_no,
  order_id,
  customer_id,
  happened_at as ordered_at,
  case when is_refund then 0 else amount end as amount,
  case when is_refund then abs(amount) end as refund,
  channel,
  currency
from purchases
order by row_no;
