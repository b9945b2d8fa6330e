-- title: A number for every customer
-- definition: Customers counted from 1 by first order, then by id; the same whatever the order of the rows.
insert into customers (customer_key, customer_id, first_order_date, last_order_date)
with
first_orders as (
  select
    customer_id,
    min(ordered_at) as first_ordered_at,
    max(ordered_at) as last_ordered_at
  from documents
  where customer_id is not null
  group by customer_id
)

select
  (row_number() over (order by first_ordered_at, customer_id))::integer as customer_key,
  customer_id,
  first_ordered_at::date as first_order_date,
  last_ordered_at::date as last_order_date
from first_orders
order by customer_key;
