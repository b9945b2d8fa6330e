-- title: What an import came to
-- definition: Refunds that belong to no order count in refunds and net, and stand in unbooked_refunds.
with
unbooked as (
  select coalesce(-sum(amount), 0) as amount
  from reconciliation_steps
  where reason = 'refund-without-order'
)

select
  count(*)::double as orders,
  (count(*) filter (where customer_key is null))::double as orders_without_customer,
  (select count(*) from customers)::double as customers,
  coalesce(sum(gross), 0)::varchar as gross,
  (coalesce(sum(refund), 0) + (select amount from unbooked))::varchar as refunds,
  (coalesce(sum(net), 0) - (select amount from unbooked))::varchar as net,
  (select amount from unbooked)::varchar as unbooked_refunds,
  (select currency from dataset) as currency,
  min(order_date)::varchar as first_date,
  max(order_date)::varchar as last_date
from orders;
