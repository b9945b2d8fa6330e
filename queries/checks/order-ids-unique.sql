-- title: Order ids are unique
-- title.zh-Hans: 订单号唯一
-- title.zh-Hant: 訂單號唯一
-- definition: One row per order id that stands on more than one order.
-- definition.zh-Hans: 每个重复的订单号一行。
-- definition.zh-Hant: 每個重複的訂單號一列。
-- needs: orders
-- column: order_id text
-- column: orders count
select
  repeated_orders.order_id,
  repeated_orders.orders::integer as orders
from (
  select orders.order_id, count(*) as orders
  from orders
  group by orders.order_id
  having count(*) > 1
) as repeated_orders
order by repeated_orders.order_id
limit 100;
