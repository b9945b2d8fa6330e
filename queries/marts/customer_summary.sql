-- title: Customers in sum
-- definition: One row a customer: first and last order, counts, money, and the attributes of the first order.
create table customer_summary as
with
money as (
  select
    customer_key,
    max(order_number)::integer as orders,
    sum(gross)::decimal(18, 4) as gross,
    sum(refund)::decimal(18, 4) as refund,
    sum(net)::decimal(18, 4) as net
  from orders
  where customer_key is not null
  group by customer_key
),

days as (
  select
    customer_key,
    max(nth)::integer as purchase_days
  from customer_days
  group by customer_key
),

first_orders as (
  select
    customer_key,
    net as first_net,
    channel as first_channel,
    domain as first_domain,
    product as first_product,
    category as first_category,
    country as first_country,
    coupon as first_coupon,
    is_member as first_is_member
  from orders
  where order_number = 1
)

select
  customers.customer_key,
  customers.customer_id,
  customers.first_order_date,
  customers.last_order_date,
  money.orders,
  days.purchase_days,
  money.gross,
  money.refund,
  money.net,
  first_orders.first_net,
  first_orders.first_channel,
  first_orders.first_domain,
  first_orders.first_product,
  first_orders.first_category,
  first_orders.first_country,
  first_orders.first_coupon,
  first_orders.first_is_member
from customers
inner join money on money.customer_key = customers.customer_key
inner join days on days.customer_key = customers.customer_key
inner join first_orders on first_orders.customer_key = customers.customer_key
order by customers.customer_key;
