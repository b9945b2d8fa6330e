-- title: Purchase days tie to orders
-- title.zh-Hans: 购买日与订单一致
-- title.zh-Hant: 購買日與訂單一致
-- definition: One row when orders or net of the purchase days differ from those of the orders of known customers.
-- definition.zh-Hans: 购买日的订单数或净额与已识别客户的订单不一致时一行。
-- definition.zh-Hant: 購買日的訂單數或淨額與已識別客戶的訂單不一致時一列。
-- needs: orders, customer_days
-- column: orders count
-- column: day_orders count
-- column: net money
-- column: day_net money
with
order_sums as (
  select
    count(*) as orders,
    coalesce(sum(orders.net), 0) as net
  from orders
  where orders.customer_key is not null
),

day_sums as (
  select
    coalesce(sum(customer_days.orders), 0) as orders,
    coalesce(sum(customer_days.net), 0) as net
  from customer_days
)

select
  order_sums.orders::bigint as orders,
  day_sums.orders::bigint as day_orders,
  order_sums.net::double as net,
  day_sums.net::double as day_net
from order_sums
cross join day_sums
where order_sums.orders != day_sums.orders or order_sums.net != day_sums.net;
