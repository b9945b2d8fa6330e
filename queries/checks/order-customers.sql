-- title: Customer, key and number go together
-- title.zh-Hans: 客户、客户键与订单序号一致
-- title.zh-Hant: 客戶、客戶鍵與訂單序號一致
-- definition: One row per order that has one of customer id, key and order number without the others.
-- definition.zh-Hans: 每个只具备客户号、客户键、订单序号之一的订单一行。
-- definition.zh-Hant: 每個只具備客戶號、客戶鍵、訂單序號之一的訂單一列。
-- needs: orders
-- column: order_id text
-- column: customer_id text
-- column: customer_key count
-- column: order_number count
select
  orders.order_id,
  orders.customer_id,
  orders.customer_key,
  orders.order_number
from orders
where
  (orders.customer_id is null) != (orders.customer_key is null)
  or (orders.customer_key is null) != (orders.order_number is null)
order by orders.order_id
limit 100;
