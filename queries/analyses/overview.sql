-- title: Overview
-- title.zh-Hans: 概览
-- title.zh-Hant: 概覽
-- question: How many orders, customers and how much revenue does the data hold?
-- question.zh-Hans: 数据中有多少订单、多少客户、多少收入？
-- question.zh-Hant: 資料中有多少訂單、多少客戶、多少營收？
-- definition: revenue = Σ net, net = gross − refund, a refund booked to its order; orders without a customer count
--   in it. aov = revenue ÷ orders. revenue_per_customer and orders_per_customer take the orders of known customers
--   only. repeat_customers = customers with at least 2 orders; repeat_rate = repeat_customers ÷ customers, with
--   its Wilson 95 % interval. median_days_between_orders is taken over the gaps between purchase days (orders of
--   one day are one purchase). Cancelled, unpaid and test orders are not in the data: the reconciliation lists
--   them.
-- definition.zh-Hans: 收入 = Σ 净额，净额 = 总额 − 退款，退款计入原订单；没有客户的订单也计入收入。笔单价 = 收入 ÷
--   订单数。客单价与人均订单数只计已识别客户的订单。复购客户 = 至少 2 单的客户；复购率 = 复购客户 ÷ 客户数，附
--   Wilson 95% 置信区间。订单间隔中位数取购买日之间的间隔（同一天的订单算一次购买）。
--   已取消、未付款与测试订单不在数据内，见对账表。
-- definition.zh-Hant: 營收 = Σ 淨額，淨額 = 總額 − 退款，退款計入原訂單；沒有客戶的訂單也計入營收。筆單價 = 營收 ÷
--   訂單數。客單價與人均訂單數只計已識別客戶的訂單。回購客戶 = 至少 2 單的客戶；回購率 = 回購客戶 ÷ 客戶數，附
--   Wilson 95% 信賴區間。訂單間隔中位數取購買日之間的間隔（同一天的訂單算一次購買）。
--   已取消、未付款與測試訂單不在資料內，見對帳表。
-- sentence: {orders} {orders|order|orders}[ of {customers} {?known}{customers|customer|customers}] brought in
--   {revenue}[, {aov} an order][; {repeat_rate} of the customers ordered at least twice ({lower} to
--   {upper})].|There is nothing to say yet: there is no order.
-- sentence.zh-Hans: [{customers} 位客户的 {?known}]{orders} 笔订单带来收入 {revenue}[，笔单价
--   {aov}][；{repeat_rate} 的客户至少下过两单（{lower} 至 {upper}）]。|暂时没有可说的：没有订单。
-- sentence.zh-Hant: [{customers} 位客戶的 {?known}]{orders} 筆訂單帶來營收 {revenue}[，筆單價
--   {aov}][；{repeat_rate} 的客戶至少下過兩單（{lower} 至 {upper}）]。|暫時沒有可說的：沒有訂單。
-- group: data
-- needs: orders
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起，留空為全部歷史
-- param: to date = -- up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止，留空為全部歷史
-- counts: customers, repeat_customers of customers
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: customers count -- with at least one order
-- column.zh-Hans: customers 客户数 -- 至少有一笔订单
-- column.zh-Hant: customers 客戶數 -- 至少有一筆訂單
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: aov money -- revenue ÷ orders
-- column.en: aov Average order value
-- column.zh-Hans: aov 笔单价 -- 收入 ÷ 订单数
-- column.zh-Hant: aov 筆單價 -- 營收 ÷ 訂單數
-- column: first_order date
-- column.zh-Hans: first_order 首笔订单
-- column.zh-Hant: first_order 首筆訂單
-- column: last_order date
-- column.zh-Hans: last_order 末笔订单
-- column.zh-Hant: last_order 末筆訂單
-- column: repeat_customers count -- at least 2 orders
-- column.zh-Hans: repeat_customers 复购客户 -- 至少两笔订单
-- column.zh-Hant: repeat_customers 回購客戶 -- 至少兩筆訂單
-- column: repeat_rate share -- repeat_customers ÷ customers
-- column.zh-Hans: repeat_rate 复购率 -- 复购客户 ÷ 客户
-- column.zh-Hant: repeat_rate 回購率 -- 回購客戶 ÷ 客戶
-- column: orders_per_customer number -- known customers only
-- column.zh-Hans: orders_per_customer 人均订单数 -- 仅已知客户
-- column.zh-Hant: orders_per_customer 人均訂單數 -- 僅已知客戶
-- column: revenue_per_customer money -- known customers only
-- column.zh-Hans: revenue_per_customer 客单价 -- 仅已知客户
-- column.zh-Hant: revenue_per_customer 客單價 -- 僅已知客戶
-- column: median_days_between_orders days -- between purchase days
-- column.zh-Hans: median_days_between_orders 订单间隔中位数 -- 购买日之间
-- column.zh-Hant: median_days_between_orders 訂單間隔中位數 -- 購買日之間
-- column: lower share -- of repeat_rate, Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- 复购率的 Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- 回購率的 Wilson 95% 區間
-- column: upper share -- of repeat_rate, Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- 复购率的 Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- 回購率的 Wilson 95% 區間
-- column: gross money -- before refunds
-- column.zh-Hans: gross 总额 -- 退款之前
-- column.zh-Hant: gross 總額 -- 退款之前
-- column: refunds money
-- column.zh-Hans: refunds 退款
-- column.zh-Hant: refunds 退款
-- column: orders_without_customer count -- count in revenue, not as a customer
-- column.zh-Hans: orders_without_customer 无客户订单 -- 计入收入，不计为客户
-- column.zh-Hant: orders_without_customer 無客戶訂單 -- 計入營收，不計為客戶
-- fact: orders count = first(orders)
-- fact: customers count = first(customers)
-- fact: revenue money = first(revenue)
-- fact: aov money = first(aov)
-- fact: repeat_rate share = first(repeat_rate)
-- fact: lower share = first(lower)
-- fact: upper share = first(upper)
-- fact: known number = first(revenue_per_customer)
-- chart: tiles t1=orders t2=customers t3=revenue t4=aov t5=repeat_rate lower5=lower upper5=upper t6=orders_per_customer t7=revenue_per_customer t8=median_days_between_orders t9=first_order t10=last_order
with
params as (
  select
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    coalesce(params.from_date, dataset.first_date) as window_start,
    least(params.as_of, coalesce(params.to_date, params.as_of)) as window_end,
    least(params.as_of, coalesce(params.to_date, params.as_of)) >= dataset.last_date
      and coalesce(params.from_date, dataset.first_date) <= dataset.first_date as is_whole,
    1.959963984540054::double as z
  from params
  cross join dataset
),

order_totals as (
  select
    count(*) as orders,
    count(orders.customer_key) as known_orders,
    sum(orders.gross) as gross,
    sum(orders.refund) as refunds,
    sum(orders.net) as revenue,
    sum(case when orders.customer_key is not null then orders.net end) as known_revenue,
    min(orders.order_date) as first_order,
    max(orders.order_date) as last_order
  from orders
  cross join settings
  where orders.order_date >= settings.window_start and orders.order_date <= settings.window_end
),

window_customers as (
  select customer_summary.orders
  from customer_summary
  cross join settings
  where settings.is_whole
  union all
  select sum(customer_days.orders) as orders
  from customer_days
  cross join settings
  where
    not settings.is_whole
    and customer_days.order_date >= settings.window_start
    and customer_days.order_date <= settings.window_end
  group by customer_days.customer_key
),

customer_totals as (
  select
    count(*) as customers,
    coalesce(sum(case when window_customers.orders >= 2 then 1 else 0 end), 0) as repeat_customers,
    nullif(count(*), 0) as n
  from window_customers
),

gaps as (
  select
    customer_days.days_since_previous as days,
    count(*) as gaps
  from customer_days
  cross join settings
  where
    customer_days.nth > 1
    and customer_days.order_date - customer_days.days_since_previous >= settings.window_start
    and customer_days.order_date <= settings.window_end
  group by customer_days.days_since_previous
),

ranks as (
  select
    gaps.days,
    sum(gaps.gaps) over (order by gaps.days rows between unbounded preceding and current row) as up_to,
    sum(gaps.gaps) over () as total
  from gaps
),

medians as (
  select
    (
      min(case when ranks.up_to > floor((ranks.total - 1) / 2.0) then ranks.days end)
      + min(case when ranks.up_to > ceil((ranks.total - 1) / 2.0) then ranks.days end)
    ) / 2.0 as days
  from ranks
),

rates as (
  select
    customer_totals.*,
    customer_totals.repeat_customers::double / customer_totals.n as repeat_rate
  from customer_totals
)

select
  order_totals.orders::bigint as orders,
  rates.customers::bigint as customers,
  coalesce(order_totals.revenue, 0)::double as revenue,
  order_totals.revenue::double / nullif(order_totals.orders, 0) as aov,
  order_totals.first_order,
  order_totals.last_order,
  rates.repeat_customers::bigint as repeat_customers,
  rates.repeat_rate,
  order_totals.known_orders::double / rates.n as orders_per_customer,
  order_totals.known_revenue::double / rates.n as revenue_per_customer,
  medians.days::double as median_days_between_orders,
  case when rates.n is not null then greatest(0, (
      rates.repeat_rate + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.repeat_rate * (1 - rates.repeat_rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.n is not null then least(1, (
      rates.repeat_rate + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.repeat_rate * (1 - rates.repeat_rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  coalesce(order_totals.gross, 0)::double as gross,
  coalesce(order_totals.refunds, 0)::double as refunds,
  (order_totals.orders - order_totals.known_orders)::bigint as orders_without_customer
from order_totals
cross join rates
cross join medians
cross join settings;
