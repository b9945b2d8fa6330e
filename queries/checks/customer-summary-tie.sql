-- title: Customers tie to their orders
-- title.zh-Hans: 客户汇总与订单一致
-- title.zh-Hant: 客戶匯總與訂單一致
-- definition: One row when the customers in sum differ in orders, gross, refund or net from the orders they come
--   from.
-- definition.zh-Hans: 客户汇总的订单数、总额、退款或净额与其订单不一致时一行。
-- definition.zh-Hant: 客戶匯總的訂單數、總額、退款或淨額與其訂單不一致時一列。
-- needs: orders, customer_summary
-- column: orders count
-- column: summary_orders count
-- column: net money
-- column: summary_net money
with
order_sums as (
  select
    count(*) as orders,
    coalesce(sum(orders.gross), 0) as gross,
    coalesce(sum(orders.refund), 0) as refund,
    coalesce(sum(orders.net), 0) as net
  from orders
  where orders.customer_key is not null
),

summary_sums as (
  select
    coalesce(sum(customer_summary.orders), 0) as orders,
    coalesce(sum(customer_summary.gross), 0) as gross,
    coalesce(sum(customer_summary.refund), 0) as refund,
    coalesce(sum(customer_summary.net), 0) as net
  from customer_summary
)

select
  order_sums.orders::bigint as orders,
  summary_sums.orders::bigint as summary_orders,
  order_sums.net::double as net,
  summary_sums.net::double as summary_net
from order_sums
cross join summary_sums
where
  order_sums.orders != summary_sums.orders
  or order_sums.gross != summary_sums.gross
  or order_sums.refund != summary_sums.refund
  or order_sums.net != summary_sums.net;
