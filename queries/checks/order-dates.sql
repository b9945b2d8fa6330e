-- title: Order dates lie in the range of the data
-- title.zh-Hans: 订单日期在数据范围内
-- title.zh-Hant: 訂單日期在資料範圍內
-- definition: One row per order without a date, with a date that is not the day of its time, or outside the first
--   and last date.
-- definition.zh-Hans: 每个没有日期、日期与时间不符或超出首末日期的订单一行。
-- definition.zh-Hant: 每個沒有日期、日期與時間不符或超出首末日期的訂單一列。
-- needs: orders, dataset
-- column: order_id text
-- column: order_date date
select
  orders.order_id,
  orders.order_date
from orders
cross join dataset
where
  orders.order_date is null
  or orders.order_date != orders.ordered_at::date
  or orders.order_date < dataset.first_date
  or orders.order_date > dataset.last_date
order by orders.order_id
limit 100;
