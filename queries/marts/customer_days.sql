-- title: Purchase days
-- definition: One row a customer and distinct purchase day, nth = 1 for the first. Orders lie sorted by customer and time, so every figure comes from neighbours and running sums: no hash table, cost linear in orders. After each pass of the sort its orders alone are added (from_row is the first of them): customers never lie across two passes, and the engine gives memory back between statements.
-- param: from_row integer = 0
create table customer_days as
with
neighbours as (
  select
    customer_key,
    order_date,
    net,
    (refund > 0)::integer as is_refunded,
    row_number() over () as position,
    lead(customer_key) over () as next_key,
    lead(order_date) over () as next_date
  from orders
  where customer_key is not null and rowid >= coalesce(getvariable('from_row'), 0)
),

running as (
  select
    customer_key,
    order_date,
    next_key,
    next_date,
    position,
    sum(net) over (rows between unbounded preceding and current row) as running_net,
    sum(is_refunded) over (rows between unbounded preceding and current row) as running_refunded
  from neighbours
),

last_rows as (
  select
    customer_key,
    order_date,
    position,
    running_net,
    running_refunded
  from running
  where next_key is distinct from customer_key or next_date is distinct from order_date
),

days as (
  select
    customer_key,
    order_date,
    (position - coalesce(lag(position) over (), 0))::integer as orders,
    (running_net - coalesce(lag(running_net) over (), 0))::decimal(18, 4) as net,
    (running_refunded - coalesce(lag(running_refunded) over (), 0))::integer as refunded_orders,
    row_number() over () as day_position,
    lag(customer_key) over () as previous_key,
    lag(order_date) over () as previous_date
  from last_rows
),

starts as (
  select
    days.*,
    max(case when customer_key is distinct from previous_key then day_position end) over (
      rows between unbounded preceding and current row
    ) as first_position
  from days
)

select
  starts.customer_key,
  starts.order_date,
  (starts.day_position - starts.first_position + 1)::integer as nth,
  (starts.order_date - customers.first_order_date)::integer as days_since_first,
  case
    when starts.previous_key = starts.customer_key then (starts.order_date - starts.previous_date)::integer
  end as days_since_previous,
  starts.orders,
  starts.net,
  starts.refunded_orders
from starts
inner join customers on customers.customer_key = starts.customer_key;
