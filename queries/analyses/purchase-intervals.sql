-- title: Purchase intervals
-- title.zh-Hans: 购买间隔
-- title.zh-Hant: 購買間隔
-- question: How many days lie between one purchase and the next, by how often the customer has bought?
-- question.zh-Hans: 两次购买之间隔多少天？按第几次购买分别统计。
-- question.zh-Hant: 兩次購買之間隔多少天？按第幾次購買分別統計。
-- definition: Days between purchase n − 1 and purchase n of the customers who made it, by n; percentiles
--   interpolate linearly (type 7). The row without n is the whole population: its p90 is the default threshold for
--   dormancy. Only gaps that ended are seen, so recent customers shorten them: repurchase-curve counts those who
--   wait. Orders of one day are one purchase unless same_day = separate.
-- definition.zh-Hans: 已完成第 n 次购买的客户，其第 n − 1 次与第 n 次购买之间的天数，按 n 统计；
--   百分位数用线性内插（type 7）。没有 n 的一行为全部间隔：其 P90 为默认的沉睡阈值。这里只看到已结束的间隔，
--   新客户会使其偏短；复购曲线会把仍在等待的客户计入。同一天的订单算一次购买，除非选择分开计算。
-- definition.zh-Hant: 已完成第 n 次購買的客戶，其第 n − 1 次與第 n 次購買之間的天數，按 n 統計；
--   百分位數用線性內插（type 7）。沒有 n 的一行為全部間隔：其 P90 為預設的沉睡門檻值。這裡只看到已結束的間隔，
--   新客戶會使其偏短；回購曲線會把仍在等待的客戶計入。同一天的訂單算一次購買，除非選擇分開計算。
-- sentence: Of {intervals} {intervals|gap|gaps} between purchases half {intervals|is|are} at most {p50}, nine in
--   ten at most {p90}; a customer who waits longer than that is unusual.|There is nothing to say yet: no customer
--   has bought on two days.
-- sentence.zh-Hans: {intervals} 个购买间隔中，一半不超过 {p50}，九成不超过 {p90}；间隔更长的客户已属异常。|暂时没有
--   可说的：没有客户在两个不同的日子购买过。
-- sentence.zh-Hant: {intervals} 個購買間隔中，一半不超過 {p50}，九成不超過 {p90}；間隔更長的客戶已屬異常。|暫時沒有
--   可說的：沒有客戶在兩個不同的日子購買過。
-- group: retention
-- needs: customer_days, orders
-- param: max_nth integer = 12 -- largest n with a row of its own
-- param.en: max_nth Purchases shown
-- param.zh-Hans: max_nth 最大次数 -- 单独成行的最大 n
-- param.zh-Hant: max_nth 最大次數 -- 單獨成列的最大 n
-- param: same_day choice(merged, separate) = merged -- merged: orders of one day are one purchase; separate: every
--   order counts
-- param.zh-Hans: same_day 同日订单 -- 合并：同一天的订单算一次购买；分开：每笔订单都算
-- param.zh-Hant: same_day 同日訂單 -- 合併：同一天的訂單算一次購買；分開：每筆訂單都算
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers each nth
-- column: nth count -- the purchase that ended the gap; empty: all
-- column.en: nth Purchase
-- column.zh-Hans: nth 第几次购买 -- 结束该间隔的那次购买；空为全部
-- column.zh-Hant: nth 第幾次購買 -- 結束該間隔的那次購買；空為全部
-- column: customers count -- gaps
-- column.zh-Hans: customers 间隔数 -- 间隔的个数
-- column.zh-Hant: customers 間隔數 -- 間隔的個數
-- column: p10 days
-- column.en: p10 10th percentile
-- column.zh-Hans: p10 P10
-- column.zh-Hant: p10 P10
-- column: p25 days
-- column.en: p25 25th percentile
-- column.zh-Hans: p25 P25
-- column.zh-Hant: p25 P25
-- column: p50 days
-- column.en: p50 Median days
-- column.zh-Hans: p50 中位数
-- column.zh-Hant: p50 中位數
-- column: p75 days
-- column.en: p75 75th percentile
-- column.zh-Hans: p75 P75
-- column.zh-Hant: p75 P75
-- column: p90 days
-- column.en: p90 90th percentile
-- column.zh-Hans: p90 P90
-- column.zh-Hant: p90 P90
-- column: mean days
-- column.zh-Hans: mean 平均天数
-- column.zh-Hant: mean 平均天數
-- fact: intervals count = first(customers) where nth = null
-- fact: p50 days = first(p50) where nth = null
-- fact: p90 days = first(p90) where nth = null
-- chart: dots y=nth x=p50 lower=p25 upper=p75 low=p10 high=p90 n=customers
-- value.zh-Hans: merged = 合并
-- value.zh-Hant: merged = 合併
-- value.zh-Hans: separate = 分开
-- value.zh-Hant: separate = 分開
with
params as (
  select
    coalesce(getvariable('max_nth'), 12)::integer as max_nth,
    coalesce(getvariable('same_day'), 'merged')::varchar as same_day,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

numbered_orders as (
  select
    orders.order_number as nth,
    orders.order_date - lag(orders.order_date) over (
      partition by orders.customer_key order by orders.order_number
    ) as days
  from orders
  cross join params
  where
    params.same_day = 'separate'
    and orders.customer_key is not null
    and orders.order_date <= params.as_of
),

gaps as (
  select
    customer_days.nth,
    customer_days.days_since_previous as days,
    count(*) as customers
  from customer_days
  cross join params
  where
    params.same_day = 'merged'
    and customer_days.nth > 1
    and customer_days.order_date <= params.as_of
  group by customer_days.nth, customer_days.days_since_previous
  union all
  select
    numbered_orders.nth,
    numbered_orders.days,
    count(*) as customers
  from numbered_orders
  where numbered_orders.nth > 1
  group by numbered_orders.nth, numbered_orders.days
),

histograms as (
  select gaps.nth, gaps.days, gaps.customers
  from gaps
  cross join params
  where gaps.nth <= params.max_nth
  union all
  select null as nth, gaps.days, sum(gaps.customers) as customers
  from gaps
  group by gaps.days
),

ranks as (
  select
    histograms.nth,
    histograms.days,
    sum(histograms.customers) over (
      partition by histograms.nth order by histograms.days rows between unbounded preceding and current row
    ) as up_to,
    sum(histograms.customers) over (partition by histograms.nth) as customers,
    (sum(histograms.customers * histograms.days) over (partition by histograms.nth))::double
    / sum(histograms.customers) over (partition by histograms.nth) as mean
  from histograms
),

levels (level) as (
  values (0.1::double), (0.25), (0.5), (0.75), (0.9)
),

-- the values around the percentile's place, counted from 0
neighbours as (
  select
    ranks.nth,
    ranks.customers,
    ranks.mean,
    levels.level,
    levels.level * (ranks.customers - 1) - floor(levels.level * (ranks.customers - 1)) as fraction,
    min(case when ranks.up_to > floor(levels.level * (ranks.customers - 1)) then ranks.days end) as below,
    min(case when ranks.up_to > ceil(levels.level * (ranks.customers - 1)) then ranks.days end) as above
  from ranks
  cross join levels
  group by ranks.nth, ranks.customers, ranks.mean, levels.level
)

select
  neighbours.nth::integer as nth,
  neighbours.customers::integer as customers,
  max(case when level = 0.1 then below + (above - below) * fraction end)::double as p10,
  max(case when level = 0.25 then below + (above - below) * fraction end)::double as p25,
  max(case when level = 0.5 then below + (above - below) * fraction end)::double as p50,
  max(case when level = 0.75 then below + (above - below) * fraction end)::double as p75,
  max(case when level = 0.9 then below + (above - below) * fraction end)::double as p90,
  neighbours.mean::double as mean
from neighbours
group by neighbours.nth, neighbours.customers, neighbours.mean
order by neighbours.nth nulls first;
