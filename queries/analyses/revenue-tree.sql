-- title: Revenue tree
-- title.zh-Hans: 收入分解
-- title.zh-Hant: 營收拆解
-- question: Did revenue change because more people bought, because they bought more often, or because their
--   orders were larger?
-- question.zh-Hans: 收入的变化，是因为购买的人多了、买得勤了，还是每单买得更多了？
-- question.zh-Hant: 營收的變化，是因為購買的人多了、買得勤了，還是每單買得更多了？
-- definition: revenue = buyers × orders_per_buyer × net_per_order, of orders with a known customer: buyers =
--   customers with an order in the period, orders_per_buyer = orders ÷ buyers, net_per_order = net ÷ orders.
--   The change of revenue on the period before is split by Shapley values: each factor’s part is the mean, over
--   the six orders in which the three factors can be moved from their old to their new value, of what moving it
--   adds. So d_buyers = Δbuyers × ((f₀v₀ + f₁v₁) ÷ 3 + (f₀v₁ + f₁v₀) ÷ 6), with f frequency and v value, 0 the
--   period before and 1 this one; d_frequency and d_value likewise; d_buyers + d_frequency + d_value =
--   d_revenue, exactly. A period without buyers has no frequency and no value (both empty) and takes those of
--   its neighbour, so that the whole change is the buyers’. The parts are empty in the first period of the
--   history. Orders without a customer stand beside as unidentified_revenue. Refunds are taken off the order
--   they belong to. The last period is incomplete when the observation ends before it does, and the sentence
--   leaves it out.
-- definition.zh-Hans: 收入 = 购买人数 × 人均订单数 × 笔单价，只计已识别客户的订单：购买人数 = 本期有订单的客
--   户，人均订单数 = 订单数 ÷ 购买人数，笔单价 = 净额 ÷ 订单数。收入较上一期的变化按沙普利值（Shapley）拆分：三
--   个因素从旧值变到新值共有六种先后顺序，每个因素的贡献是它在六种顺序中所带来变化的平均值。即人数贡献 = 人数之
--   差 × ((f₀v₀ + f₁v₁) ÷ 3 + (f₀v₁ + f₁v₀) ÷ 6)，f 为频次，v 为单价，0 为上一期，1 为本期；频次贡献与单价贡献
--   同理；人数贡献 + 频次贡献 + 单价贡献 = 收入变化，严格相等。没有购买者的周期没有频次和单价（均为空），计算时
--   取相邻一期的值，变化全部归于人数。历史的第一个周期各项贡献为空。没有客户信息的订单另列为未识别收入。退款从
--   其所属订单中扣除。截止日早于周期末时，最后一个周期不完整，不计入下面的句子。
-- definition.zh-Hant: 營收 = 購買人數 × 人均訂單數 × 筆單價，只計已識別客戶的訂單：購買人數 = 本期有訂單的客
--   戶，人均訂單數 = 訂單數 ÷ 購買人數，筆單價 = 淨額 ÷ 訂單數。營收較上一期的變化按沙普利值（Shapley）拆分：三
--   個因素從舊值變到新值共有六種先後順序，每個因素的貢獻是它在六種順序中所帶來變化的平均值。即人數貢獻 = 人數之
--   差 × ((f₀v₀ + f₁v₁) ÷ 3 + (f₀v₁ + f₁v₀) ÷ 6)，f 為頻次，v 為單價，0 為上一期，1 為本期；頻次貢獻與單價貢獻
--   同理；人數貢獻 + 頻次貢獻 + 單價貢獻 = 營收變化，嚴格相等。沒有購買者的週期沒有頻次和單價（均為空），計算時
--   取相鄰一期的值，變化全部歸於人數。歷史的第一個週期各項貢獻為空。沒有客戶資訊的訂單另列為未識別營收。退款從
--   其所屬訂單中扣除。截止日早於週期末時，最後一個週期不完整，不計入下面的句子。
-- sentence: In the last complete period, which began on {period}, [{buyers} {buyers|customer|customers} placed
--   {frequency} {frequency|order|orders} each at {value} an order|nobody bought].[ Revenue changed by {d_revenue}
--   on the period before: {d_buyers} from the number of buyers, {d_frequency} from how often they bought and
--   {d_value} from the value of an order.| There is no complete period before it to compare with.]|Not enough time
--   has passed yet: no period is over.
-- sentence.zh-Hans: 最近一个完整周期（始于 {period}）中，[{buyers} 位客户人均下单 {frequency} 次，笔单价 {value}|没
--   有客户下单]。[收入较上一期变化 {d_revenue}：人数贡献 {d_buyers}，频次贡献 {d_frequency}，单价贡献
--   {d_value}。|之前没有完整周期可以比较。]|时间还不够：没有一个周期已经结束。
-- sentence.zh-Hant: 最近一個完整週期（始於 {period}）中，[{buyers} 位客戶人均下單 {frequency} 次，筆單價 {value}|沒
--   有客戶下單]。[營收較上一期變化 {d_revenue}：人數貢獻 {d_buyers}，頻次貢獻 {d_frequency}，單價貢獻
--   {d_value}。|之前沒有完整週期可以比較。]|時間還不夠：沒有一個週期已經結束。
-- group: growth
-- needs: customer_days, orders
-- brush: period until
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
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
-- counts: buyers by period
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: buyers count -- customers with an order in the period
-- column.zh-Hans: buyers 购买人数 -- 本期有订单的客户
-- column.zh-Hant: buyers 購買人數 -- 本期有訂單的客戶
-- column: orders_per_buyer number -- orders ÷ buyers
-- column.zh-Hans: orders_per_buyer 人均订单数 -- 订单数 ÷ 购买人数
-- column.zh-Hant: orders_per_buyer 人均訂單數 -- 訂單數 ÷ 購買人數
-- column: net_per_order money -- net ÷ orders
-- column.en: net_per_order Net of an order
-- column.zh-Hans: net_per_order 笔单价 -- 净额 ÷ 订单数
-- column.zh-Hant: net_per_order 筆單價 -- 淨額 ÷ 訂單數
-- column: d_buyers money -- part of the change that is the number of buyers’
-- column.en: d_buyers From the number of buyers
-- column.zh-Hans: d_buyers 人数贡献 -- 收入变化中来自购买人数的部分
-- column.zh-Hant: d_buyers 人數貢獻 -- 營收變化中來自購買人數的部分
-- column: d_frequency money -- part of the change that is the orders a buyer’s
-- column.en: d_frequency From orders a buyer
-- column.zh-Hans: d_frequency 频次贡献 -- 收入变化中来自人均订单数的部分
-- column.zh-Hant: d_frequency 頻次貢獻 -- 營收變化中來自人均訂單數的部分
-- column: d_value money -- part of the change that is the net an order’s
-- column.en: d_value From net an order
-- column.zh-Hans: d_value 单价贡献 -- 收入变化中来自笔单价的部分
-- column.zh-Hant: d_value 單價貢獻 -- 營收變化中來自筆單價的部分
-- column: d_revenue money -- d_buyers + d_frequency + d_value
-- column.en: d_revenue Change in revenue
-- column.zh-Hans: d_revenue 收入变化 -- 人数贡献 + 频次贡献 + 单价贡献
-- column.zh-Hant: d_revenue 營收變化 -- 人數貢獻 + 頻次貢獻 + 單價貢獻
-- column: revenue money -- buyers × orders_per_buyer × net_per_order
-- column.zh-Hans: revenue 收入 -- 购买人数 × 人均订单数 × 笔单价
-- column.zh-Hant: revenue 營收 -- 購買人數 × 人均訂單數 × 筆單價
-- column: orders count -- of known customers
-- column.zh-Hans: orders 订单数 -- 已识别客户的订单
-- column.zh-Hant: orders 訂單數 -- 已識別客戶的訂單
-- column: unidentified_revenue money -- net of orders without a customer
-- column.zh-Hans: unidentified_revenue 未识别收入 -- 没有客户信息的订单的净额
-- column.zh-Hant: unidentified_revenue 未識別營收 -- 沒有客戶資訊的訂單的淨額
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: period date = last(period) where is_complete = true
-- fact: buyers count = last(buyers) where is_complete = true
-- fact: frequency number = last(orders_per_buyer) where is_complete = true
-- fact: value money = last(net_per_order) where is_complete = true
-- fact: d_revenue money = last(d_revenue) where is_complete = true
-- fact: d_buyers money = last(d_buyers) where is_complete = true
-- fact: d_frequency money = last(d_frequency) where is_complete = true
-- fact: d_value money = last(d_value) where is_complete = true
-- chart: stack x=period y1=d_buyers y2=d_frequency y3=d_value complete=is_complete -- Parts of the change
-- chart.zh-Hans: 变化的构成
-- chart.zh-Hant: 變化的構成
-- chart: lines x=period y=buyers complete=is_complete -- Buyers
-- chart.zh-Hans: 购买人数
-- chart.zh-Hant: 購買人數
-- chart: lines x=period y=orders_per_buyer complete=is_complete n=buyers -- Orders a buyer
-- chart.zh-Hans: 人均订单数
-- chart.zh-Hant: 人均訂單數
-- chart: lines x=period y=net_per_order complete=is_complete n=orders -- Net an order
-- chart.zh-Hans: 笔单价
-- chart.zh-Hant: 筆單價
-- value.zh-Hans: day = 日
-- value.zh-Hant: day = 日
-- value.zh-Hans: week = 周
-- value.zh-Hant: week = 週
-- value.zh-Hans: month = 月
-- value.zh-Hant: month = 月
-- value.zh-Hans: quarter = 季
-- value.zh-Hant: quarter = 季
-- value.zh-Hans: year = 年
-- value.zh-Hant: year = 年
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period
  from params
),

-- far fewer pairs of days than purchases
day_pairs as (
  select
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_previous as previous_date,
    count(*) as customers,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.order_date, previous_date
),

unidentified_days as (
  select
    orders.order_date,
    sum(orders.net) as net
  from orders
  cross join settings
  where orders.customer_key is null and orders.order_date <= settings.as_of
  group by orders.order_date
),

visits as (
  select
    case
      when settings.in_days then floor((day_pairs.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from day_pairs.order_date) * 12 + extract(month from day_pairs.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    case
      when settings.in_days then floor((day_pairs.previous_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from day_pairs.previous_date) * 12 + extract(month from day_pairs.previous_date) - 1)
        / settings.months_per_period
      )
    end::integer as previous_index,
    day_pairs.customers,
    day_pairs.orders,
    day_pairs.net
  from day_pairs
  cross join settings
),

indexed_days as (
  select
    case
      when settings.in_days then floor((unidentified_days.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from unidentified_days.order_date) * 12 + extract(month from unidentified_days.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    unidentified_days.net
  from unidentified_days
  cross join settings
),

sales as (
  select
    visits.period_index,
    -- a customer counts at the first purchase day of the period
    case
      when visits.previous_index is null or visits.previous_index < visits.period_index then visits.customers
      else 0
    end as buyers,
    visits.orders,
    visits.net,
    0 as unidentified_revenue
  from visits
  union all
  select period_index, 0, 0, 0, net
  from indexed_days
),

period_sales as (
  select
    sales.period_index,
    sum(sales.buyers) as buyers,
    sum(sales.orders) as orders,
    sum(sales.net) as revenue,
    sum(sales.unidentified_revenue) as unidentified_revenue
  from sales
  group by sales.period_index
),

limits as (
  select
    settings.as_of as last_day,
    settings.as_of + 1 as open_day
  from settings
),

ends as (
  select
    case
      when settings.in_days then floor((limits.last_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.last_day) * 12 + extract(month from limits.last_day) - 1)
        / settings.months_per_period
      )
    end::integer as last_index,
    case
      when settings.in_days then floor((limits.open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.open_day) * 12 + extract(month from limits.open_day) - 1)
        / settings.months_per_period
      )
    end::integer as open_index
  from limits
  cross join settings
),

bounds as (
  select
    min(period_sales.period_index) as first_index,
    any_value(ends.last_index) as last_index,
    any_value(ends.open_index) as open_index
  from period_sales
  cross join ends
),

periods as (
  select
    series.period_index::integer as period_index,
    series.period_index < bounds.open_index as is_complete,
    coalesce(period_sales.buyers, 0) as buyers,
    coalesce(period_sales.orders, 0) as orders,
    coalesce(period_sales.revenue, 0) as revenue,
    coalesce(period_sales.unidentified_revenue, 0) as unidentified_revenue
  from bounds
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join period_sales on period_sales.period_index = series.period_index
),

factors as (
  select
    periods.*,
    periods.orders::double / nullif(periods.buyers, 0)::double as frequency,
    periods.revenue::double / nullif(periods.orders, 0)::double as value
  from periods
),

neighbours as (
  select
    factors.*,
    lag(factors.buyers) over (order by factors.period_index) as buyers_0,
    lag(factors.frequency) over (order by factors.period_index) as frequency_0,
    lag(factors.value) over (order by factors.period_index) as value_0,
    factors.revenue - lag(factors.revenue) over (order by factors.period_index) as d_revenue
  from factors
),

-- a period without buyers takes the frequency and the value of its neighbour
moves as (
  select
    neighbours.*,
    coalesce(neighbours.frequency_0, neighbours.frequency, 0) as f0,
    coalesce(neighbours.frequency, neighbours.frequency_0, 0) as f1,
    coalesce(neighbours.value_0, neighbours.value, 0) as v0,
    coalesce(neighbours.value, neighbours.value_0, 0) as v1
  from neighbours
),

parts as (
  select
    moves.*,
    (moves.buyers - moves.buyers_0)::double
    * ((moves.f0 * moves.v0 + moves.f1 * moves.v1) / 3 + (moves.f0 * moves.v1 + moves.f1 * moves.v0) / 6)
      as d_buyers,
    (moves.f1 - moves.f0) * (
      (moves.buyers_0::double * moves.v0 + moves.buyers::double * moves.v1) / 3
      + (moves.buyers_0::double * moves.v1 + moves.buyers::double * moves.v0) / 6
    ) as d_frequency
  from moves
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (parts.period_index * settings.days_per_period)::integer
      else make_date(
        floor(parts.period_index * settings.months_per_period / 12)::integer,
        ((parts.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    parts.*
  from parts
  cross join settings
)

select
  dated.period,
  dated.buyers::integer as buyers,
  dated.frequency as orders_per_buyer,
  dated.value as net_per_order,
  dated.d_buyers,
  dated.d_frequency,
  -- the third part is what is left, so that the sum is the change to the last digit
  case
    when dated.d_revenue is not null and dated.v0 = dated.v1 then 0
    else dated.d_revenue::double - dated.d_buyers - dated.d_frequency
  end::double as d_value,
  dated.d_revenue::double as d_revenue,
  dated.revenue::double as revenue,
  dated.orders::integer as orders,
  dated.unidentified_revenue::double as unidentified_revenue,
  dated.is_complete
from dated
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period;
