-- title: Lifetime value: the forecast
-- title.zh-Hans: 终身价值：预测
-- title.zh-Hant: 終身價值：預測
-- question: Which customers are still active, how often will they order, and what are they worth?
-- question.zh-Hans: 哪些客户仍然活跃，还会买多少次，值多少钱？
-- question.zh-Hant: 哪些客戶仍然活躍，還會買多少次，值多少錢？
-- definition: From the fit of clv-model on the same data. p_alive = P(still active at the observation end | x,
--   t_x, T). expected_orders = expected purchase days within the horizon (in units). expected_value = mean amount
--   of a purchase by Gamma-Gamma, p·(v + x·m) ÷ (p·x + q − 1). clv = Σ expected orders × expected value × margin
--   over the horizon, discounted at the given rate a year; future purchases only. lower and upper: 95 % interval
--   of clv from the uncertainty of the parameters. churn_risk = P(no order in the
--   next 90 days), in bands below 33 %, 33 to 66 %, above. BG/BB counts calendar months with an order instead of
--   purchase days: x, t_x, T, expected_orders and the amounts are of months, up to the last that is over by the
--   observation end.
-- definition.zh-Hans: 基于同一数据上的终身价值模型。p_alive = 截止日仍活跃的概率（给定 x、t_x、T）。预期订单 =
--   预测期内（按单位计）预期的购买日数。预期金额 = Gamma-Gamma 给出的每次购买平均金额 p·(v + x·m) ÷ (p·x + q −
--   1)。CLV = Σ 预期订单 × 预期金额 × 毛利率，按给定年贴现率贴现，只计未来购买。上下限为参数不确定性给出的 95%
--   区间。流失风险 = 未来 90 天内没有订单的概率，
--   分为低于 33%、33–66% 与更高三档。BG/BB 计的是有订单的自然月而非购买日：x、t_x、T、预期订单与金额均按月计，
--   只算到截止日时已结束的月份。
-- definition.zh-Hant: 基於同一資料上的終身價值模型。p_alive = 截止日仍活躍的機率（給定 x、t_x、T）。預期訂單 =
--   預測期內（按單位計）預期的購買日數。預期金額 = Gamma-Gamma 給出的每次購買平均金額 p·(v + x·m) ÷ (p·x + q −
--   1)。CLV = Σ 預期訂單 × 預期金額 × 毛利率，按給定年折現率折現，只計未來購買。上下限為參數不確定性給出的 95%
--   區間。流失風險 = 未來 90 天內沒有訂單的機率，
--   分為低於 33%、33–66% 與更高三檔。BG/BB 計的是有訂單的曆月而非購買日：x、t_x、T、預期訂單與金額均按月計，
--   只算到截止日時已結束的月份。
-- sentence: {customers} {customers|customer is|customers are} expected to place {expected_orders} orders within the
--   horizon[, worth {clv} today]. {active} of them {active|is|are} more likely active than not, and {high_risk}
--   {high_risk|carries|carry} a churn risk of 66% or more.|There is nothing to forecast: no customer is in this
--   choice.
-- sentence.zh-Hans: {customers} 位客户预计在预测期内下 {expected_orders} 单[，现值 {clv}]。其中 {active} 位活跃的可
--   能大于流失，{high_risk} 位的流失风险不低于 66%。|没有可预测的：所选范围内没有客户。
-- sentence.zh-Hant: {customers} 位客戶預計在預測期內下 {expected_orders} 單[，現值 {clv}]。其中 {active} 位活躍的可
--   能大於流失，{high_risk} 位的流失風險不低於 66%。|沒有可預測的：所選範圍內沒有客戶。
-- group: value
-- needs: customer_days, customer_summary
-- param: model choice(best, bg-nbd, mbg-nbd, pareto-nbd, ggom-nbd, bg-cnbd-k, mbg-cnbd-k, bg-bb, nbd) = bg-nbd -- read by the model worker
-- param.zh-Hans: model 模型 -- 由模型程序读取
-- param.zh-Hant: model 模型 -- 由模型程序讀取
-- param: unit choice(week, day) = week -- time unit of the parameters; read by the model worker
-- param.zh-Hans: unit 时间单位 -- 参数的时间单位，由模型程序读取
-- param.zh-Hant: unit 時間單位 -- 參數的時間單位，由模型程序讀取
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: covariates text = -- of the first order, with commas between: channel, product, category, country, coupon, member;
--   or domain; BG/NBD and Pareto/NBD only; read by the model worker too
-- param.zh-Hans: covariates 协变量 -- 首单的 channel、product、category、country、coupon、member 或 domain，以逗号分隔；仅用于 BG/NBD 与
--   Pareto/NBD
-- param.zh-Hant: covariates 共變數 -- 首單的 channel、product、category、country、coupon、member 或 domain，以逗號分隔；僅用於 BG/NBD 與
--   Pareto/NBD
-- param: horizon integer = 52 -- units looked ahead
-- param.en: horizon Time units ahead
-- param.zh-Hans: horizon 预测期数 -- 向前看多少个时间单位
-- param.zh-Hant: horizon 預測期數 -- 向前看多少個時間單位
-- param: discount number = 0.1 -- discount rate a year
-- param.en: discount Discount a year
-- param.zh-Hans: discount 年贴现率 -- 每年的贴现率
-- param.zh-Hant: discount 年折現率 -- 每年的折現率
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- counts: customer
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: x count -- purchase days after the first
-- column.en: x Repeat purchases
-- column.zh-Hans: x 复购次数 -- 首次购买之后的购买日数
-- column.zh-Hant: x 回購次數 -- 首次購買之後的購買日數
-- column: t_x number -- in units, from the first purchase
-- column.en: t_x Age at last purchase
-- column.zh-Hans: t_x 末购时长 -- 末次购买时的年龄，按所选单位
-- column.zh-Hant: t_x 末購時長 -- 末次購買時的年齡，按所選單位
-- column: T number -- at the observation end, in units from the first purchase
-- column.en: T Age
-- column.zh-Hans: T 总时长 -- 截至观察截止日的年龄，按所选单位
-- column.zh-Hant: T 總時長 -- 截至觀察截止日的年齡，按所選單位
-- column: recency_days days -- from the last purchase to the observation end
-- column.en: recency_days Days since last purchase
-- column.zh-Hans: recency_days 距末次购买 -- 末次购买至截止日的天数
-- column.zh-Hant: recency_days 距末次購買 -- 末次購買至截止日的天數
-- column: monetary money -- mean net per repeat purchase day
-- column.en: monetary Mean repeat purchase
-- column.zh-Hans: monetary 平均复购金额 -- 每个复购日的平均净额
-- column.zh-Hant: monetary 平均回購金額 -- 每個回購日的平均淨額
-- column: p_alive share -- P(still active at the observation end)
-- column.en: p_alive Chance of being active
-- column.zh-Hans: p_alive 活跃概率 -- 截止日仍活跃的概率
-- column.zh-Hant: p_alive 活躍機率 -- 截止日仍活躍的機率
-- column: expected_orders number -- within the horizon
-- column.zh-Hans: expected_orders 预期订单 -- 预测期内
-- column.zh-Hant: expected_orders 預期訂單 -- 預測期內
-- column: expected_value money -- expected, of each purchase to come
-- column.en: expected_value Value per purchase
-- column.zh-Hans: expected_value 预期金额 -- 每次购买
-- column.zh-Hant: expected_value 預期金額 -- 每次購買
-- column: clv money -- discounted, after margin
-- column.en: clv CLV
-- column.zh-Hans: clv CLV -- 已折现，扣除成本后的毛利
-- column.zh-Hant: clv CLV -- 已折現，扣除成本後的毛利
-- column: lower money -- 95 % interval of the CLV
-- column.en: lower CLV from
-- column.zh-Hans: lower 区间下限 -- CLV 的 95% 区间
-- column.zh-Hant: lower 區間下限 -- CLV 的 95% 區間
-- column: upper money -- 95 % interval of the CLV
-- column.en: upper CLV to
-- column.zh-Hans: upper 区间上限 -- CLV 的 95% 区间
-- column.zh-Hant: upper 區間上限 -- CLV 的 95% 區間
-- column: churn_risk share -- no order in the next 90 days
-- column.zh-Hans: churn_risk 流失风险 -- 未来 90 天内没有订单的概率
-- column.zh-Hant: churn_risk 流失風險 -- 未來 90 天內沒有訂單的機率
-- bands: churn_risk 0.33 0.66 = low, medium, high
-- bands.zh-Hans: churn_risk 低, 中, 高
-- bands.zh-Hant: churn_risk 低, 中, 高
-- order: clv descending
-- fact: customers count = count()
-- fact: expected_orders number = sum(expected_orders)
-- fact: clv money = sum(clv)
-- fact: active count = count() where p_alive > 0.5
-- fact: high_risk count = count() where churn_risk >= 0.66
-- chart: binmap x=recency_days y=x fill=p_alive -- Who is still active
-- chart.zh-Hans: 谁仍然活跃
-- chart.zh-Hant: 誰仍然活躍
-- chart: histogram x=clv -- Value of the customers
-- chart.zh-Hans: 客户价值分布
-- chart.zh-Hant: 客戶價值分布
-- chart: histogram x=churn_risk -- Churn risk
-- chart.zh-Hans: 流失风险
-- chart.zh-Hant: 流失風險
-- value.zh-Hans: week = 周
-- value.zh-Hant: week = 週
-- value.zh-Hans: day = 日
-- value.zh-Hant: day = 日
-- value.zh-Hans: best = 最优
-- value.zh-Hant: best = 最優
-- value: bg-nbd = BG/NBD
-- value.zh-Hans: bg-nbd = BG/NBD
-- value.zh-Hant: bg-nbd = BG/NBD
-- value: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hans: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hant: bg-cnbd-k = BG/CNBD-k
-- value: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hans: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hant: mbg-cnbd-k = MBG/CNBD-k
-- value: bg-bb = BG/BB
-- value.zh-Hans: bg-bb = BG/BB
-- value.zh-Hant: bg-bb = BG/BB
-- value: nbd = NBD
-- value.zh-Hans: nbd = NBD
-- value.zh-Hant: nbd = NBD
-- value: first_channel = channel
-- value.zh-Hans: first_channel = 渠道
-- value.zh-Hant: first_channel = 通路
-- value: first_product = product
-- value.zh-Hans: first_product = 商品
-- value.zh-Hant: first_product = 商品
-- value: first_category = category
-- value.zh-Hans: first_category = 品类
-- value.zh-Hant: first_category = 品類
-- value: first_country = country
-- value.zh-Hans: first_country = 国家
-- value.zh-Hant: first_country = 國家
-- value: first_coupon = coupon
-- value.zh-Hans: first_coupon = 优惠券
-- value.zh-Hant: first_coupon = 優惠券
-- value: first_is_member = membership
-- value.zh-Hans: first_is_member = 会员身份
-- value.zh-Hant: first_is_member = 會員身分
-- value: domain = domain
-- value.zh-Hans: domain = 域
-- value.zh-Hant: domain = 領域
-- value: covariate-constant = covariate that does not vary
-- value.zh-Hans: covariate-constant = 协变量无差异
-- value.zh-Hant: covariate-constant = 共變數無差異
-- value: mbg-nbd = MBG/NBD
-- value.zh-Hans: mbg-nbd = MBG/NBD
-- value.zh-Hant: mbg-nbd = MBG/NBD
-- value: pareto-nbd = Pareto/NBD
-- value.zh-Hans: pareto-nbd = Pareto/NBD
-- value.zh-Hant: pareto-nbd = Pareto/NBD
-- value: ggom-nbd = GGompertz/NBD
-- value.zh-Hans: ggom-nbd = GGompertz/NBD
-- value.zh-Hant: ggom-nbd = GGompertz/NBD
-- model: clv-forecast
with
params as (
  select
    coalesce(getvariable('model'), 'bg-nbd')::varchar as model,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('covariates')::varchar as covariates
  from dataset
),

-- a repeat purchase day that refunds left with nothing tells nothing of the usual amount, a free one does
days as (
  select
    customer_days.*,
    customer_days.nth > 1 and (customer_days.net > 0 or customer_days.refunded_orders = 0) as is_amount_known
  from customer_days
),

histories as (
  select
    days.customer_key,
    count(*) - 1 as x,
    max(days.days_since_first) as t_x_days,
    max(params.as_of - days.order_date) as t_days,
    sum(case when days.is_amount_known then days.net end) as repeat_net,
    sum(case when days.is_amount_known then 1 else 0 end) as paid_days,
    -- to twelve digits, so that the sum is the same in any order
    sum(case when days.nth > 1 then ln(days.days_since_previous / 7.0)::decimal(24, 12) else 0 end) as log_gaps
  from days
  cross join params
  where days.order_date <= params.as_of
  group by days.customer_key
),

-- the BG/BB counts months up to the last that is over by the observation end
month_days as (
  select
    customer_days.customer_key,
    customer_days.net,
    (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date))::integer as month,
    extract(year from customer_days.order_date - customer_days.days_since_previous) * 12
      + extract(month from customer_days.order_date - customer_days.days_since_previous) as previous_month,
    extract(year from customer_days.order_date - customer_days.days_since_first) * 12
      + extract(month from customer_days.order_date - customer_days.days_since_first) as first_month,
    extract(year from params.as_of + 1) * 12 + extract(month from params.as_of + 1) - 1 as last_month
  from customer_days
  cross join params
  where params.model = 'bg-bb' and customer_days.order_date <= params.as_of
),

month_histories as (
  select
    customer_key,
    sum(case when month > previous_month and month <= last_month then 1 else 0 end) as months_x,
    max(case when month <= last_month then month - first_month else 0 end) as months_t_x,
    greatest(max(last_month - first_month), 0) as months_n,
    sum(case when month > first_month and month <= last_month then net end) as repeat_net
  from month_days
  group by customer_key
),

wanted_traits as (
  select ' ' || regexp_replace(params.covariates, '[^a-z_]+', ' ', 'g') || ' ' as names
  from params
  where params.covariates is not null
),

domains as (
  select
    customers.customer_key,
    customers.domain
  from customers
  cross join wanted_traits
  where contains(wanted_traits.names, ' domain ')
),

-- of the first order, those that are asked for
traits as (
  select
    customer_summary.customer_key,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?channel ') then customer_summary.first_channel
    end as first_channel,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?product ') then customer_summary.first_product
    end as first_product,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?category ') then customer_summary.first_category
    end as first_category,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?country ') then customer_summary.first_country
    end as first_country,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?coupon ') then customer_summary.first_coupon
    end as first_coupon,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?(is_)?member ') then customer_summary.first_is_member::varchar
    end as first_is_member,
    domains.domain
  from customer_summary
  cross join wanted_traits
  left join domains on domains.customer_key = customer_summary.customer_key
),

rows_of_customers as (
  select
    customer_summary.customer_id,
    histories.x,
    histories.t_x_days,
    histories.t_days,
    histories.log_gaps,
    month_histories.months_x,
    month_histories.months_t_x,
    month_histories.months_n,
    case when params.model = 'bg-bb' then month_histories.repeat_net else histories.repeat_net end as repeat_net,
    case when params.model = 'bg-bb' then month_histories.months_x else histories.paid_days end as paid_days,
    traits.first_channel,
    traits.first_product,
    traits.first_category,
    traits.first_country,
    traits.first_coupon,
    traits.first_is_member,
    traits.domain
  from histories
  cross join params
  inner join customer_summary on customer_summary.customer_key = histories.customer_key
  left join month_histories on month_histories.customer_key = histories.customer_key
  left join traits on traits.customer_key = histories.customer_key
)

select
  customer_id,
  x::integer as x,
  t_x_days::integer as t_x_days,
  t_days::integer as T_days,
  case when paid_days > 0 then repeat_net::double / paid_days else 0 end as monetary,
  paid_days::integer as paid_days,
  log_gaps::double as log_gaps,
  months_x::smallint as months_x,
  months_t_x::smallint as months_t_x,
  months_n::smallint as months_n,
  first_channel,
  first_product,
  first_category,
  first_country,
  first_coupon,
  first_is_member,
  domain
from rows_of_customers
order by customer_id;
