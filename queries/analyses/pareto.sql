-- title: Concentration
-- title.zh-Hans: 集中度
-- title.zh-Hant: 集中度
-- question: How much of the revenue comes from how few customers?
-- question.zh-Hans: 多少收入来自多少客户？
-- question.zh-Hant: 多少營收來自多少客戶？
-- definition: Lorenz curve, richest first: at place i of n, customer_share = i ÷ n and revenue_share = Σ net of
--   the i richest ÷ Σ net. With more than 1,000 customers the places ⌈n·j ÷ 1000⌉ are shown. topq_share takes the
--   ⌈q·n⌉ richest; share_for_80 = the fewest customers that reach 80 % of revenue ÷ n. gini = 2·Σ i·x_i ÷ (n·Σ x)
--   − (n + 1) ÷ n over net ascending, no small-sample correction. The reference is the line of equal shares.
--   Orders without a customer are left out.
-- definition.zh-Hans: 洛伦兹曲线，从消费最高者起：第 i 位时，客户占比 = i ÷ n，收入占比 = 前 i 位净额合计 ÷
--   全部净额。客户超过 1,000 位时只显示第 ⌈n·j ÷ 1000⌉ 位。前 q 占比取前 ⌈q·n⌉ 位；80% 所需客户占比 = 达到 80%
--   收入所需的最少客户数 ÷ n。基尼系数 = 2·Σ i·x_i ÷ (n·Σ x) − (n + 1) ÷ n，按净额升序，不作小样本修正。
--   参考线为均等线。不含没有客户的订单。
-- definition.zh-Hant: 洛倫茲曲線，從消費最高者起：第 i 位時，客戶占比 = i ÷ n，營收占比 = 前 i 位淨額合計 ÷
--   全部淨額。客戶超過 1,000 位時只顯示第 ⌈n·j ÷ 1000⌉ 位。前 q 占比取前 ⌈q·n⌉ 位；80% 所需客戶占比 = 達到 80%
--   營收所需的最少客戶數 ÷ n。吉尼係數 = 2·Σ i·x_i ÷ (n·Σ x) − (n + 1) ÷ n，按淨額升序，不作小樣本修正。
--   參考線為均等線。不含沒有客戶的訂單。
-- sentence: The richest fifth of {customers} {customers|customer|customers} brings in {top20_share} of the revenue;
--   {share_for_80} of the customers reach 80 % of it[ (Gini {gini})].|There is nothing to say yet: no customer has
--   brought in revenue.
-- sentence.zh-Hans: {customers} 位客户中消费最高的五分之一贡献 {top20_share} 的收入；{share_for_80} 的客户贡献 80%
--   的收入[（基尼系数 {gini}）]。|暂时没有可说的：还没有客户带来收入。
-- sentence.zh-Hant: {customers} 位客戶中消費最高的五分之一貢獻 {top20_share} 的營收；{share_for_80} 的客戶貢獻 80%
--   的營收[（吉尼係數 {gini}）]。|暫時沒有可說的：還沒有客戶帶來營收。
-- group: value
-- needs: customer_summary, customer_days
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers; running customer_share of customers by customer_share; columns customers_for_80,
--   share_for_80 about customers_for_80 of customers; columns top1_share about 1% customers of customers; columns
--   top5_share about 5% customers of customers; columns top10_share about 10% customers of customers; columns
--   top20_share about 20% customers of customers; columns top50_share about 50% customers of customers
-- column: customer_share share -- places ÷ customers
-- column.en: customer_share Share of customers, richest first
-- column.zh-Hans: customer_share 客户占比 -- 名次 ÷ 客户数
-- column.zh-Hant: customer_share 客戶占比 -- 名次 ÷ 客戶數
-- column: revenue_share share -- of the richest so far
-- column.en: revenue_share Share of revenue
-- column.zh-Hans: revenue_share 收入占比 -- 至此消费最高的客户所占收入
-- column.zh-Hant: revenue_share 營收占比 -- 至此消費最高的客戶所占營收
-- column: is_reference flag -- a point of the line of equal shares
-- column.zh-Hans: is_reference 参考线 -- 完全平均线上的点
-- column.zh-Hant: is_reference 參考線 -- 完全平均線上的點
-- column: top20_share share -- of the richest 20 %
-- column.en: top20_share Top 20%, share of revenue
-- column.zh-Hans: top20_share 前 20% 占比 -- 消费最高的 20% 客户
-- column.zh-Hant: top20_share 前 20% 占比 -- 消費最高的 20% 客戶
-- column: share_for_80 share -- of customers, to reach 80 % of revenue
-- column.en: share_for_80 Customers for 80% of revenue, share
-- column.zh-Hans: share_for_80 80% 收入所需客户占比 -- 达到 80% 收入所需的客户占比
-- column.zh-Hant: share_for_80 80% 營收所需客戶占比 -- 達到 80% 營收所需的客戶占比
-- column: gini number -- 0 is equal
-- column.zh-Hans: gini 基尼系数 -- 0 为完全平均
-- column.zh-Hant: gini 吉尼係數 -- 0 為完全平均
-- column: customers count -- n
-- column.zh-Hans: customers 客户数 -- 人数
-- column.zh-Hant: customers 客戶數 -- 人數
-- column: customers_for_80 count -- fewest that reach 80 % of revenue
-- column.en: customers_for_80 Customers for 80% of revenue
-- column.zh-Hans: customers_for_80 80% 收入所需客户数 -- 达到 80% 收入的最少人数
-- column.zh-Hant: customers_for_80 80% 營收所需客戶數 -- 達到 80% 營收的最少人數
-- column: top1_share share -- of the richest 1 %
-- column.en: top1_share Top 1%, share of revenue
-- column.zh-Hans: top1_share 前 1% 占比 -- 消费最高的 1% 客户
-- column.zh-Hant: top1_share 前 1% 占比 -- 消費最高的 1% 客戶
-- column: top5_share share -- of the richest 5 %
-- column.en: top5_share Top 5%, share of revenue
-- column.zh-Hans: top5_share 前 5% 占比 -- 消费最高的 5% 客户
-- column.zh-Hant: top5_share 前 5% 占比 -- 消費最高的 5% 客戶
-- column: top10_share share -- of the richest 10 %
-- column.en: top10_share Top 10%, share of revenue
-- column.zh-Hans: top10_share 前 10% 占比 -- 消费最高的 10% 客户
-- column.zh-Hant: top10_share 前 10% 占比 -- 消費最高的 10% 客戶
-- column: top50_share share -- of the richest 50 %
-- column.en: top50_share Top 50%, share of revenue
-- column.zh-Hans: top50_share 前 50% 占比 -- 消费最高的 50% 客户
-- column.zh-Hant: top50_share 前 50% 占比 -- 消費最高的 50% 客戶
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- fact: customers count = max(customers)
-- fact: top20_share share = max(top20_share)
-- fact: share_for_80 share = max(share_for_80)
-- fact: gini number = max(gini)
-- chart: lorenz x=customer_share y=revenue_share reference=is_reference gini=gini
with
params as (
  select coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.as_of,
    params.as_of >= dataset.last_date as is_whole
  from params
  cross join dataset
),

revenues as (
  select customer_summary.net
  from customer_summary
  cross join settings
  where settings.is_whole
  union all
  select sum(customer_days.net) as net
  from customer_days
  cross join settings
  where not settings.is_whole and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

totals as (
  select
    count(*) as customers,
    sum(revenues.net) as revenue
  from revenues
),

places as (
  select
    revenues.net,
    row_number() over (order by revenues.net desc) as place,
    sum(revenues.net) over (order by revenues.net desc rows between unbounded preceding and current row)
      as revenue_so_far
  from revenues
),

figures as (
  select
    totals.customers,
    totals.revenue,
    -- the place from the poorest is n + 1 − the place from the richest
    2 * sum((totals.customers + 1 - places.place) * places.net)::double
      / nullif(totals.customers * totals.revenue::double, 0)
      - (totals.customers + 1)::double / totals.customers as gini,
    sum(case when (places.place - 1) * 100 < totals.customers then places.net end) as top1,
    sum(case when (places.place - 1) * 20 < totals.customers then places.net end) as top5,
    sum(case when (places.place - 1) * 10 < totals.customers then places.net end) as top10,
    sum(case when (places.place - 1) * 5 < totals.customers then places.net end) as top20,
    sum(case when (places.place - 1) * 2 < totals.customers then places.net end) as top50,
    min(case when places.revenue_so_far * 5 >= totals.revenue * 4 then places.place end) as customers_for_80
  from places
  cross join totals
  group by totals.customers, totals.revenue
),

points as (
  select
    places.place::double / totals.customers as customer_share,
    places.revenue_so_far::double / nullif(totals.revenue::double, 0) as revenue_share,
    false as is_reference
  from places
  cross join totals
  where
    totals.customers <= 1000
    or floor(places.place * 1000 / totals.customers) > floor((places.place - 1) * 1000 / totals.customers)
  union all
  select 0, 0, false
  union all
  select 0, 0, true
  union all
  select 1, 1, true
)

select
  points.customer_share::double as customer_share,
  points.revenue_share::double as revenue_share,
  points.is_reference,
  figures.top20::double / nullif(figures.revenue::double, 0) as top20_share,
  figures.customers_for_80::double / figures.customers as share_for_80,
  figures.gini::double as gini,
  figures.customers::integer as customers,
  figures.customers_for_80::integer as customers_for_80,
  figures.top1::double / nullif(figures.revenue::double, 0) as top1_share,
  figures.top5::double / nullif(figures.revenue::double, 0) as top5_share,
  figures.top10::double / nullif(figures.revenue::double, 0) as top10_share,
  figures.top50::double / nullif(figures.revenue::double, 0) as top50_share,
  figures.revenue::double as revenue
from points
cross join figures
order by points.is_reference, points.customer_share;
