-- title: The month spine ties to the purchase days
-- title.zh-Hans: 月度骨架与购买日一致
-- title.zh-Hant: 月度骨架與購買日一致
-- definition: One row per month whose customers, orders or net differ between the month spine and the purchase
--   days.
-- definition.zh-Hans: 每个月度骨架与购买日的客户数、订单数或净额不一致的月份一行。
-- definition.zh-Hant: 每個月度骨架與購買日的客戶數、訂單數或淨額不一致的月份一列。
-- needs: customer_days, customer_periods
-- column: period date
-- column: orders count
-- column: spine_orders count
-- column: net money
-- column: spine_net money
with
day_months as (
  select
    (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date))::integer
      as period_index,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  group by 1
),

spine_months as (
  select
    customer_periods.period_index,
    min(customer_periods.period) as period,
    max(customer_periods.period) as last_period,
    sum(customer_periods.orders) as orders,
    sum(customer_periods.net) as net,
    min(customer_periods.k) as smallest_k
  from customer_periods
  group by customer_periods.period_index
)

select
  spine_months.period,
  day_months.orders::bigint as orders,
  spine_months.orders::bigint as spine_orders,
  day_months.net::double as net,
  spine_months.net::double as spine_net
from day_months
full join spine_months on spine_months.period_index = day_months.period_index
where
  day_months.orders is distinct from spine_months.orders
  or day_months.net is distinct from spine_months.net
  or spine_months.period is distinct from spine_months.last_period
  or spine_months.smallest_k < 0
order by spine_months.period;
