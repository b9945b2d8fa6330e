-- title: Super users
-- title.zh-Hans: 超级用户
-- title.zh-Hant: 超級使用者
-- question: Which few customers carry the shop, and why does each of them count?
-- question.zh-Hans: 店铺靠哪些少数客户支撑，每一位为何入选？
-- question.zh-Hant: 店鋪靠哪些少數客戶支撐，每一位為何入選？
-- definition: frequent-recent: customers with orders ≥ P90 of all customers’ orders (and ≥ min_orders) whose last
--   order lies no more days before the observation end than the P75 of all days between purchase days.
--   revenue-80: richest first, the fewest customers whose Σ net reaches 80 % of Σ net of all customers; equal sums
--   in the order of the customer id as text; nobody where that total is not above 0. Percentiles are linear
--   (type 7). Where nine in ten bought once P90 is 1 and nearly all count as frequent: raise min_orders then. Where
--   nobody came back there are no days between and nobody is recent. cumulative_share = Σ net of the customers
--   listed so far ÷ Σ net of all customers. reasons names every test that a customer passes. p_alive stays empty
--   here, it takes a fitted model: see the forecast. Net of refunds; orders without a customer are left out.
-- definition.zh-Hans: frequent-recent（高频且近期）：订单数 ≥ 全体客户订单数的 P90（且 ≥
--   min_orders），并且最后一单距截止日的天数不超过全部购买间隔天数的 P75。revenue-80（八成收入）：从消费最高者起，
--   净额合计达到全体客户净额 80% 所需的最少客户；金额相同按客户编号的文本顺序；总额不大于 0 时无人入选。
--   分位数为线性插值（type 7）。九成客户只买过一次时 P90 为 1，几乎人人算高频，此时请提高
--   min_orders。无人复购时没有间隔，也就无人算近期。累计占比 = 至此所列客户的净额合计 ÷
--   全体客户净额合计。原因列出该客户满足的每一项。存活概率需要拟合模型，此处留空，见价值预测。
--   金额已扣除退款，不含没有客户的订单。
-- definition.zh-Hant: frequent-recent（高頻且近期）：訂單數 ≥ 全體客戶訂單數的 P90（且 ≥
--   min_orders），並且最後一單距截止日的天數不超過全部購買間隔天數的 P75。revenue-80（八成營收）：從消費最高者起，
--   淨額合計達到全體客戶淨額 80% 所需的最少客戶；金額相同按客戶編號的文字順序；總額不大於 0 時無人入選。
--   分位數為線性內插（type 7）。九成客戶只買過一次時 P90 為 1，幾乎人人算高頻，此時請提高
--   min_orders。無人回購時沒有間隔，也就無人算近期。累計占比 = 至此所列客戶的淨額合計 ÷
--   全體客戶淨額合計。原因列出該客戶滿足的每一項。存活機率需要擬合模型，此處留空，見價值預測。
--   金額已扣除退款，不含沒有客戶的訂單。
-- sentence: {super_users} of {customers} {customers|customer|customers} {super_users|is a super user|are super
--   users}, with {revenue} in all[, {revenue_share} of the revenue of all customers].|Nobody is a super user yet:
--   it takes customers who order far more often than others and did so lately.
-- sentence.zh-Hans: {customers} 位客户中有 {super_users} 位超级用户，共贡献 {revenue}[，占全体客户收入的
--   {revenue_share}]。|还没有超级用户：要有下单远比别人频繁、且最近仍在下单的客户。
-- sentence.zh-Hant: {customers} 位客戶中有 {super_users} 位超級使用者，共貢獻 {revenue}[，占全體客戶營收的
--   {revenue_share}]。|還沒有超級使用者：要有下單遠比別人頻繁、且最近仍在下單的客戶。
-- group: value
-- needs: customer_summary, customer_days
-- param: definition choice(frequent-recent, revenue-80) = frequent-recent -- frequent-recent: many orders, the last
--   of them not long ago; revenue-80: the fewest customers that reach 80 % of revenue
-- param.zh-Hans: definition 定义 -- 订单多且最近买过，或达到 80% 收入所需的最少客户
-- param.zh-Hant: definition 定義 -- 訂單多且最近買過，或達到 80% 營收所需的最少客戶
-- param: min_orders integer = 1 -- frequent takes at least this many orders, whatever P90 is
-- param.en: min_orders Fewest orders
-- param.zh-Hans: min_orders 最少订单数 -- 无论 P90 是多少，高频至少要有这么多订单
-- param.zh-Hant: min_orders 最少訂單數 -- 無論 P90 是多少，高頻至少要有這麼多訂單
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customer
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: cumulative_share share -- of all customers’ revenue, of those listed so far
-- column.zh-Hans: cumulative_share 累计收入占比 -- 至此所列客户占全体客户收入
-- column.zh-Hant: cumulative_share 累計營收占比 -- 至此所列客戶占全體客戶營收
-- column: p_alive share -- empty: it takes a fitted model, see the forecast
-- column.en: p_alive Probability alive
-- column.zh-Hans: p_alive 存活概率 -- 留空：需要拟合模型，见价值预测
-- column.zh-Hant: p_alive 存活機率 -- 留空：需要擬合模型，見價值預測
-- column: reasons text -- every test that the customer passes
-- column.zh-Hans: reasons 原因 -- 该客户满足的每一项
-- column.zh-Hant: reasons 原因 -- 該客戶滿足的每一項
-- column: recency_days days -- from the last order to the observation end
-- column.en: recency_days Days since the last order
-- column.zh-Hans: recency_days 距最后一单天数 -- 最后一单到截止日
-- column.zh-Hant: recency_days 距最後一單天數 -- 最後一單到截止日
-- column: last_order date
-- column.zh-Hans: last_order 最后一单
-- column.zh-Hant: last_order 最後一單
-- column: revenue_share share -- of all customers’ revenue
-- column.zh-Hans: revenue_share 收入占比 -- 占全体客户收入
-- column.zh-Hant: revenue_share 營收占比 -- 占全體客戶營收
-- column: orders_p90 number -- of all customers
-- column.en: orders_p90 P90 of orders
-- column.zh-Hans: orders_p90 订单数 P90 -- 全体客户
-- column.zh-Hant: orders_p90 訂單數 P90 -- 全體客戶
-- column: gap_p75 days -- between purchase days
-- column.en: gap_p75 P75 of days between purchases
-- column.zh-Hans: gap_p75 购买间隔 P75 -- 相邻购买日之间的天数
-- column.zh-Hant: gap_p75 購買間隔 P75 -- 相鄰購買日之間的天數
-- column: customers count -- all of them
-- column.zh-Hans: customers 客户数 -- 全体客户
-- column.zh-Hant: customers 客戶數 -- 全體客戶
-- fact: super_users count = count()
-- fact: customers count = max(customers)
-- fact: revenue money = sum(revenue)
-- fact: revenue_share share = last(cumulative_share)
-- chart: scatter x=recency_days y=revenue series=reasons label=customer_id -- Who they are
-- chart.zh-Hans: 他们是谁
-- chart.zh-Hant: 他們是誰
-- chart: histogram x=revenue -- What they spent
-- chart.zh-Hans: 消费金额分布
-- chart.zh-Hant: 消費金額分布
-- value: frequent-recent = many orders, the last not long ago
-- value.zh-Hans: frequent-recent = 高频且近期
-- value.zh-Hant: frequent-recent = 高頻且近期
-- value: revenue-80 = fewest that reach 80 % of revenue
-- value.zh-Hans: revenue-80 = 八成收入
-- value.zh-Hant: revenue-80 = 八成營收
-- value: frequent+recent = frequent, recent
-- value.zh-Hans: frequent+recent = 高频、近期
-- value.zh-Hant: frequent+recent = 高頻、近期
-- value: frequent+recent+revenue = frequent, recent, in the 80 % of revenue
-- value.zh-Hans: frequent+recent+revenue = 高频、近期、八成收入
-- value.zh-Hant: frequent+recent+revenue = 高頻、近期、八成營收
-- value: frequent+revenue = frequent, in the 80 % of revenue
-- value.zh-Hans: frequent+revenue = 高频、八成收入
-- value.zh-Hant: frequent+revenue = 高頻、八成營收
-- value: recent+revenue = recent, in the 80 % of revenue
-- value.zh-Hans: recent+revenue = 近期、八成收入
-- value.zh-Hant: recent+revenue = 近期、八成營收
-- value: revenue = in the 80 % of revenue
-- value.zh-Hans: revenue = 八成收入
-- value.zh-Hant: revenue = 八成營收
with
params as (
  select
    coalesce(getvariable('definition'), 'frequent-recent')::varchar as definition,
    coalesce(getvariable('min_orders'), 1)::integer as min_orders,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    params.as_of >= dataset.last_date as is_whole
  from params
  cross join dataset
),

measures as (
  select
    customer_summary.customer_key,
    customer_summary.last_order_date,
    customer_summary.orders,
    customer_summary.net
  from customer_summary
  cross join settings
  where settings.is_whole
  union all
  select
    customer_days.customer_key,
    max(customer_days.order_date) as last_order_date,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  cross join settings
  where not settings.is_whole and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

totals as (
  select
    count(*) as customers,
    sum(measures.net) as net
  from measures
),

order_ranks as (
  select
    measures.orders,
    sum(count(*)) over (order by measures.orders rows between unbounded preceding and current row) as up_to,
    9 * (sum(count(*)) over () - 1) as tenths
  from measures
  group by measures.orders
),

-- ten times the percentile, in whole numbers: the comparison stays exact
order_limits as (
  select
    min(case when order_ranks.up_to > floor(order_ranks.tenths / 10) then order_ranks.orders end)
      * (10 - max(order_ranks.tenths % 10))
    + min(case when order_ranks.up_to > ceil(order_ranks.tenths / 10) then order_ranks.orders end)
      * max(order_ranks.tenths % 10) as tenths
  from order_ranks
),

gaps as (
  select
    customer_days.days_since_previous as days,
    count(*) as gaps
  from customer_days
  cross join settings
  where customer_days.nth > 1 and customer_days.order_date <= settings.as_of
  group by customer_days.days_since_previous
),

gap_ranks as (
  select
    gaps.days,
    sum(gaps.gaps) over (order by gaps.days rows between unbounded preceding and current row) as up_to,
    3 * (sum(gaps.gaps) over () - 1) as fourths
  from gaps
),

gap_limits as (
  select
    min(case when gap_ranks.up_to > floor(gap_ranks.fourths / 4) then gap_ranks.days end)
      * (4 - max(gap_ranks.fourths % 4))
    + min(case when gap_ranks.up_to > ceil(gap_ranks.fourths / 4) then gap_ranks.days end)
      * max(gap_ranks.fourths % 4) as fourths
  from gap_ranks
),

ranked_customers as (
  select
    customer_summary.customer_id,
    measures.*,
    sum(measures.net) over (
      order by measures.net desc, customer_summary.customer_id rows between unbounded preceding and current row
    ) as net_so_far
  from measures
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
),

tested_customers as (
  select
    ranked_customers.*,
    settings.as_of - ranked_customers.last_order_date as recency_days,
    ranked_customers.orders * 10 >= order_limits.tenths and ranked_customers.orders >= settings.min_orders
      as is_frequent,
    coalesce((settings.as_of - ranked_customers.last_order_date) * 4 <= gap_limits.fourths, false) as is_recent,
    -- the one that reaches the line belongs to the set, those after it do not
    coalesce(
      totals.net > 0
      and coalesce(max(case when ranked_customers.net_so_far * 5 >= totals.net * 4 then 1 else 0 end) over (
        order by ranked_customers.net desc, ranked_customers.customer_id
        rows between unbounded preceding and 1 preceding
      ), 0) = 0,
      false
    ) as is_revenue,
    order_limits.tenths::double / 10 as orders_p90,
    gap_limits.fourths::double / 4 as gap_p75
  from ranked_customers
  cross join totals
  cross join order_limits
  cross join gap_limits
  cross join settings
),

super_users as (
  select
    tested_customers.*,
    sum(tested_customers.net) over (
      order by tested_customers.net desc, tested_customers.customer_id
      rows between unbounded preceding and current row
    ) as listed_net
  from tested_customers
  cross join settings
  where
    case settings.definition
      when 'revenue-80' then tested_customers.is_revenue
      else tested_customers.is_frequent and tested_customers.is_recent
    end
)

select
  super_users.customer_id,
  super_users.orders::integer as orders,
  super_users.net::double as revenue,
  super_users.listed_net::double / nullif(totals.net::double, 0) as cumulative_share,
  null::double as p_alive,
  concat_ws(
    '+',
    case when super_users.is_frequent then 'frequent' end,
    case when super_users.is_recent then 'recent' end,
    case when super_users.is_revenue then 'revenue' end
  ) as reasons,
  super_users.recency_days::integer as recency_days,
  super_users.last_order_date as last_order,
  super_users.net::double / nullif(totals.net::double, 0) as revenue_share,
  super_users.orders_p90::double as orders_p90,
  super_users.gap_p75::double as gap_p75,
  totals.customers::integer as customers
from super_users
cross join totals
order by super_users.net desc, super_users.customer_id;
