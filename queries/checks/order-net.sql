-- title: Net is gross less refund
-- title.zh-Hans: 净额等于总额减退款
-- title.zh-Hant: 淨額等於總額減退款
-- definition: One row per order whose net is not gross − refund, or whose amounts are missing.
-- definition.zh-Hans: 每个净额不等于总额减退款或缺少金额的订单一行。
-- definition.zh-Hant: 每個淨額不等於總額減退款或缺少金額的訂單一列。
-- needs: orders
-- column: order_id text
-- column: gross money
-- column: refund money
-- column: net money
select
  orders.order_id,
  orders.gross::double as gross,
  orders.refund::double as refund,
  orders.net::double as net
from orders
where orders.net is null or orders.gross is null or orders.refund is null or orders.net != orders.gross - orders.refund
order by orders.order_id
limit 100;
