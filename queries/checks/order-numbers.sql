-- title: Orders are numbered without gaps
-- title.zh-Hans: 订单序号连续
-- title.zh-Hant: 訂單序號連續
-- definition: One row per customer whose order numbers are not 1 to the number of orders, each once.
-- definition.zh-Hans: 每位订单序号不是从 1 连续到订单数的客户一行。
-- definition.zh-Hant: 每位訂單序號不是從 1 連續到訂單數的客戶一列。
-- needs: orders, customer_summary
-- column: customer_key count
-- column: orders count
-- column: smallest count
-- column: largest count
select
  numbers.customer_key::integer as customer_key,
  numbers.orders::integer as orders,
  numbers.smallest::integer as smallest,
  numbers.largest::integer as largest
from (
  select
    orders.customer_key,
    count(*) as orders,
    min(orders.order_number) as smallest,
    max(orders.order_number) as largest,
    sum(orders.order_number::bigint) as total,
    sum(orders.order_number::bigint * orders.order_number) as squares
  from orders
  where orders.customer_key is not null
  group by orders.customer_key
) as numbers
-- n numbers from 1 to n with the sum and the squares of 1 … n are each of them once
where
  numbers.smallest is distinct from 1
  or numbers.largest != numbers.orders
  or numbers.total * 2 != numbers.orders * (numbers.orders + 1)
  or numbers.squares * 6 != numbers.orders * (numbers.orders + 1) * (2 * numbers.orders + 1)
order by numbers.customer_key
limit 100;
