-- title: Repeat rate
-- title.zh-Hans: 复购率
-- title.zh-Hant: 回購率
-- question: What share of customers, and of orders, are repeats? Four rates with the same name, side by side.
-- question.zh-Hans: 客户和订单中有多大比例是复购？四种同名的复购率并列显示。
-- question.zh-Hant: 客戶和訂單中有多大比例是回購？四種同名的回購率並列顯示。
-- definition: window: buyers with at least 2 orders in the period ÷ buyers of the period. n-day: customers whose
--   second order came within n_days days of the first ÷ customers whose first order falls in the period and who
--   were observed for at least n_days days. order: orders that are not their customer’s first ÷ orders of known
--   customers. returning: buyers who had bought before the period ÷ buyers. The four are never mixed. With grain =
--   all the period is the whole window. Intervals are Wilson 95 %.
-- definition.zh-Hans: window（窗口）：本期至少下过 2 单的购买者 ÷ 本期购买者。n-day（N 日）：首单后 n_days
--   天内有第二单的客户 ÷ 首单在本期且至少观察满 n_days 天的客户。order（订单）：非首单的订单 ÷
--   已识别客户的订单。returning（回头）：本期之前买过的购买者 ÷ 本期购买者。四者不可混用。周期选 all 时为整个窗口。
--   区间为 Wilson 95% 置信区间。
-- definition.zh-Hant: window（窗口）：本期至少下過 2 單的購買者 ÷ 本期購買者。n-day（N 日）：首單後 n_days
--   天內有第二單的客戶 ÷ 首單在本期且至少觀察滿 n_days 天的客戶。order（訂單）：非首單的訂單 ÷
--   已識別客戶的訂單。returning（回頭）：本期之前買過的購買者 ÷ 本期購買者。四者不可混用。週期選 all 時為整個窗口。
--   區間為 Wilson 95% 信賴區間。
-- sentence: Over the complete periods [{n_day} ordered again within the given days ({n_day_lower} to {n_day_upper},
--   n = {n_day_n})|nobody has yet been observed for the given days after a first order]; {order_share} of orders
--   were repeats, and {returning} of the buyers of a period had bought before.|Not enough time has passed yet: no
--   complete period has orders of known customers.
-- sentence.zh-Hans: 在完整周期内，[{n_day} 的客户在指定天数内再次下单（{n_day_lower} 至 {n_day_upper}，n =
--   {n_day_n}）|还没有客户在首单后被观察满指定天数]；{order_share} 的订单为复购订单；每期购买者中有 {returning} 以
--   前买过。|时间还不够：没有一个完整周期有已知客户的订单。
-- sentence.zh-Hant: 在完整週期內，[{n_day} 的客戶在指定天數內再次下單（{n_day_lower} 至 {n_day_upper}，n =
--   {n_day_n}）|還沒有客戶在首單後被觀察滿指定天數]；{order_share} 的訂單為回購訂單；每期購買者中有 {returning} 以
--   前買過。|時間還不夠：沒有一個完整週期有已知客戶的訂單。
-- group: retention
-- needs: customer_days, customer_periods, customer_summary, orders
-- brush: period until
-- rollup: buyers, new_buyers, repeaters, orders, first_customers, second_customers of day_counts by first_date
-- param: grain choice(day, week, month, quarter, year, all) = month -- length of a period; all: the whole window
-- param.zh-Hans: grain 周期 -- 每个周期的长度；全部：整个窗口
-- param.zh-Hant: grain 週期 -- 每個週期的長度；全部：整個窗口
-- param: n_days integer = 90 -- days within which the second order counts
-- param.en: n_days Days to come back in
-- param.zh-Hans: n_days 天数 -- 第二单须在多少天之内
-- param.zh-Hant: n_days 天數 -- 第二單須在多少天之內
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
-- counts: denominator, numerator of denominator by period each variant, is_complete
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: variant text -- window, n-day, order or returning
-- column.zh-Hans: variant 口径 -- 窗口期、n 天内、按订单或回头客
-- column.zh-Hant: variant 口徑 -- 視窗期、n 天內、按訂單或回頭客
-- column: numerator count
-- column.zh-Hans: numerator 分子
-- column.zh-Hant: numerator 分子
-- column: denominator count
-- column.zh-Hans: denominator 分母
-- column.zh-Hant: denominator 分母
-- column: rate share -- numerator ÷ denominator
-- column.zh-Hans: rate 复购率 -- 分子 ÷ 分母
-- column.zh-Hant: rate 回購率 -- 分子 ÷ 分母
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: is_complete flag -- the period, and for n-day the n_days after it, lie at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期（n 天内则含其后的 n 天）不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期（n 天內則含其後的 n 天）不晚於觀察截止日
-- fact: n_day share = ratio(numerator, denominator) where variant = 'n-day' and is_complete = true
-- fact: n_day_lower share = lower(numerator, denominator) where variant = 'n-day' and is_complete = true
-- fact: n_day_upper share = upper(numerator, denominator) where variant = 'n-day' and is_complete = true
-- fact: order_share share = ratio(numerator, denominator) where variant = 'order' and is_complete = true
-- fact: returning share = ratio(numerator, denominator) where variant = 'returning' and is_complete = true
-- fact: n_day_n count = sum(denominator) where variant = 'n-day' and is_complete = true
-- chart: lines x=period y=rate series=variant lower=lower upper=upper complete=is_complete n=denominator
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
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: window = bought twice in the window
-- value.zh-Hans: window = 窗口内
-- value.zh-Hant: window = 窗口內
-- value: n-day = second order within N days
-- value.zh-Hans: n-day = N 日内
-- value.zh-Hant: n-day = N 日內
-- value: order = share of repeat orders
-- value.zh-Hans: order = 按订单
-- value.zh-Hant: order = 按訂單
-- value: returning = bought before
-- value.zh-Hans: returning = 回头客
-- value.zh-Hant: returning = 回頭客
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('n_days'), 90)::integer as n_days,
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
    -- all: one period of ten thousand years
    case params.grain when 'quarter' then 3 when 'year' then 12 when 'all' then 120000 else 1 end
      as months_per_period,
    greatest(dataset.first_date, coalesce(params.from_date, dataset.first_date)) as window_start,
    least(params.as_of, coalesce(params.to_date, params.as_of)) as window_end,
    -- the month spine holds whole months only
    params.grain = 'month' and params.from_date is null and params.to_date is null
      and params.as_of >= dataset.last_date as from_spine,
    1.959963984540054::double as z
  from params
  cross join dataset
),

visits as (
  select
    customer_days.customer_key,
    customer_days.order_date - customer_days.days_since_first as first_date,
    case
      when settings.in_days then floor((customer_days.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    customer_days.nth,
    customer_days.orders
  from customer_days
  cross join settings
  where
    not settings.from_spine
    and customer_days.order_date >= settings.window_start
    and customer_days.order_date <= settings.window_end
),

buyers as (
  select
    customer_periods.first_order_date as first_date,
    customer_periods.period_index - 1 as period_index,
    customer_periods.k = 0 as is_new,
    customer_periods.orders
  from customer_periods
  cross join settings
  where settings.from_spine
  union all
  select
    min(visits.first_date) as first_date,
    visits.period_index,
    min(visits.nth) = 1 as is_new,
    sum(visits.orders) as orders
  from visits
  group by visits.customer_key, visits.period_index
),

starts as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date
  from customer_summary
  cross join settings
  where
    customer_summary.first_order_date + settings.n_days <= settings.as_of
    and customer_summary.first_order_date >= settings.window_start
    and customer_summary.first_order_date <= settings.window_end
),

first_orders as (
  select
    starts.customer_key,
    starts.first_date,
    case
      when settings.in_days then floor((starts.first_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from starts.first_date) * 12 + extract(month from starts.first_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index
  from starts
  cross join settings
),

day_counts as (
  select
    buyers.first_date,
    buyers.period_index,
    count(*) as buyers,
    sum(case when buyers.is_new then 1 else 0 end) as new_buyers,
    sum(case when buyers.orders >= 2 then 1 else 0 end) as repeaters,
    sum(buyers.orders) as orders,
    0 as first_customers,
    0 as second_customers
  from buyers
  group by buyers.first_date, buyers.period_index
  union all
  select first_orders.first_date, first_orders.period_index, 0, 0, 0, 0, count(*), 0
  from first_orders
  group by first_orders.first_date, first_orders.period_index
  union all
  select first_orders.first_date, first_orders.period_index, 0, 0, 0, 0, 0, count(*)
  from orders
  inner join first_orders on first_orders.customer_key = orders.customer_key
  cross join settings
  where orders.order_number = 2 and orders.order_date - first_orders.first_date <= settings.n_days
  group by first_orders.first_date, first_orders.period_index
),

counts as (
  select
    day_counts.period_index,
    sum(day_counts.buyers)::bigint as buyers,
    sum(day_counts.new_buyers)::bigint as new_buyers,
    sum(day_counts.repeaters)::bigint as repeaters,
    sum(day_counts.orders)::bigint as orders,
    sum(day_counts.first_customers)::bigint as first_customers,
    sum(day_counts.second_customers)::bigint as second_customers
  from day_counts
  group by day_counts.period_index
),

limits as (
  select
    settings.window_start as first_day,
    settings.window_end as last_day,
    settings.window_end + 1 as open_day,
    least(settings.window_end, settings.as_of - settings.n_days) + 1 as n_days_open_day
  from settings
),

bounds as (
  select
    case
      when settings.in_days then floor((limits.first_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.first_day) * 12 + extract(month from limits.first_day) - 1)
        / settings.months_per_period
      )
    end::integer as first_index,
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
    end::integer as open_index,
    case
      when settings.in_days then floor((limits.n_days_open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.n_days_open_day) * 12 + extract(month from limits.n_days_open_day) - 1)
        / settings.months_per_period
      )
    end::integer as n_days_open_index
  from limits
  cross join settings
),

periods as (
  select
    series.period_index::integer as period_index,
    settings.grain = 'all' or series.period_index < bounds.open_index as is_complete,
    settings.grain = 'all' or series.period_index < bounds.n_days_open_index as is_n_days_complete,
    coalesce(counts.buyers, 0) as buyers,
    coalesce(counts.new_buyers, 0) as new_buyers,
    coalesce(counts.repeaters, 0) as repeaters,
    coalesce(counts.orders, 0) as orders,
    coalesce(counts.first_customers, 0) as first_customers,
    coalesce(counts.second_customers, 0) as second_customers
  from bounds
  cross join settings
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join counts on counts.period_index = series.period_index
),

variants as (
  select period_index, 1 as place, 'window' as variant, repeaters as numerator, buyers as denominator, is_complete
  from periods
  union all
  select period_index, 2, 'n-day', second_customers, first_customers, is_n_days_complete
  from periods
  union all
  select period_index, 3, 'order', orders - new_buyers, orders, is_complete
  from periods
  union all
  select period_index, 4, 'returning', buyers - new_buyers, buyers, is_complete
  from periods
),

rates as (
  select
    case
      when settings.grain = 'all' then settings.window_start
      else case
        when settings.in_days then date '0001-01-01' + (variants.period_index * settings.days_per_period)::integer
        else make_date(
          floor(variants.period_index * settings.months_per_period / 12)::integer,
          ((variants.period_index * settings.months_per_period) % 12 + 1)::integer,
          1
        )
      end
    end as period,
    variants.*,
    variants.numerator::double / nullif(variants.denominator, 0) as rate,
    nullif(variants.denominator, 0) as n
  from variants
  cross join settings
)

select
  rates.period,
  rates.variant,
  rates.numerator::integer as numerator,
  rates.denominator::integer as denominator,
  rates.rate,
  case when rates.n is not null then greatest(0, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.n is not null then least(1, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  rates.is_complete
from rates
cross join settings
order by rates.place, rates.period;
