-- title: Cohort revenue
-- title.zh-Hans: 同期群收入
-- title.zh-Hant: 同期群組營收
-- question: How much has each cohort brought in so far, per customer who started?
-- question.zh-Hans: 每个同期群至今平均每位初始客户带来多少收入？
-- question.zh-Hant: 每個同期群組至今平均每位初始客戶帶來多少營收？
-- definition: revenue(c, k) = Σ net of the orders of cohort c in period k, net = gross − refund, a refund booked
--   to its order. revenue_per_customer = cumulative revenue up to k ÷ the ORIGINAL size of the cohort, so
--   customers who left stay in the denominator. A cell is complete when the whole of its period lies at or before
--   the observation end; incomplete cells are marked and left out of averages.
-- definition.zh-Hans: 收入(c, k) = 同期群 c 在第 k 期订单的净额合计，净额 = 总额 − 退款，退款计入原订单。
--   人均累计收入 = 截至第 k 期的累计收入 ÷ 同期群的初始人数，流失的客户仍在分母中。
--   单元格的整个周期不晚于截止日时才算完整；不完整的单元格有标记，并且不计入平均。
-- definition.zh-Hant: 營收(c, k) = 同期群組 c 在第 k 期訂單的淨額合計，淨額 = 總額 − 退款，退款計入原訂單。
--   人均累計營收 = 截至第 k 期的累計營收 ÷ 同期群組的初始人數，流失的客戶仍在分母中。
--   儲存格的整個週期不晚於截止日時才算完整；不完整的儲存格有標記，並且不計入平均。
-- sentence: In the period of the first order {customers_0} {customers_0|customer|customers} brought in {value_0}
--   each[; {value_3} each by the third period after it (n = {customers_3})].|Not enough time has passed yet: the
--   period of the first orders is not over.
-- sentence.zh-Hans: {customers_0} 位客户在首单周期人均带来 {value_0}[；到第三期人均累计 {value_3}（n =
--   {customers_3}）]。|时间还不够：首单所在的周期尚未结束。
-- sentence.zh-Hant: {customers_0} 位客戶在首單週期人均帶來 {value_0}[；到第三期人均累計 {value_3}（n =
--   {customers_3}）]。|時間還不夠：首單所在的週期尚未結束。
-- group: retention
-- needs: customer_periods, customer_days
-- drill: customers = select customer_summary.customer_key from customer_summary cross join this_row cross join
--   settings where customer_summary.first_order_date between this_row.cohort and settings.as_of and
--   customer_summary.first_order_date < case when settings.in_days then this_row.cohort + settings.days_per_period
--   else (this_row.cohort + interval 1 month * settings.months_per_period)::date end
-- rollup: active, revenue of day_cells by first_date
-- brush: cohort first
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: clock choice(calendar, rolling) = calendar -- calendar: boundaries crossed; rolling: whole periods since
--   the own first order
-- param.zh-Hans: clock 计时方式 -- 自然周期：跨过的日历边界；滚动周期：自本人首单起的完整周期
-- param.zh-Hant: clock 計時方式 -- 自然週期：跨過的日曆邊界；滾動週期：自本人首單起的完整週期
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
-- param: skip_cohorts integer = 0 -- drop the first N cohorts: they may hold old customers where the history is cut
-- param.en: skip_cohorts First cohorts dropped
-- param.zh-Hans: skip_cohorts 跳过前几个同期群 -- 历史被截断时，最早的同期群里可能混有老客户
-- param.zh-Hant: skip_cohorts 跳過前幾個同期群組 -- 歷史被截斷時，最早的同期群組裡可能混有老客戶
-- param: min_size integer = 1 -- leave out cohorts with fewer customers
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 不显示人数更少的同期群
-- param.zh-Hant: min_size 最小人數 -- 不顯示人數更少的同期群組
-- param: horizon integer = -- last period shown; when empty 60 days, 104 weeks, or all
-- param.en: horizon Periods shown
-- param.zh-Hans: horizon 观察期数 -- 显示到第几期，留空为 60 天、104 周或全部
-- param.zh-Hant: horizon 觀察期數 -- 顯示到第幾期，留空為 60 天、104 週或全部
-- counts: customers by cohort; by cohort, k, period
-- column: cohort date -- first day of the period of the first order
-- column.zh-Hans: cohort 同期群 -- 首单所在周期的第一天
-- column.zh-Hant: cohort 同期群組 -- 首單所在週期的第一天
-- column: k count -- periods since the first order, 0 is the first
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数，0 为首单所在周期
-- column.zh-Hant: k 第幾期 -- 距首單的週期數，0 為首單所在週期
-- column: customers count -- original size of the cohort
-- column.zh-Hans: customers 客户数 -- 同期群的初始人数
-- column.zh-Hant: customers 客戶數 -- 同期群組的初始人數
-- column: revenue money -- net of the period
-- column.zh-Hans: revenue 收入 -- 该周期的净额
-- column.zh-Hant: revenue 營收 -- 該週期的淨額
-- column: cumulative_revenue money -- net up to the period
-- column.zh-Hans: cumulative_revenue 累计收入 -- 截至该周期的净额
-- column.zh-Hant: cumulative_revenue 累計營收 -- 截至該週期的淨額
-- column: revenue_per_customer money -- cumulative revenue ÷ original size
-- column.zh-Hans: revenue_per_customer 人均累计收入 -- 累计收入 ÷ 初始人数
-- column.zh-Hant: revenue_per_customer 人均累計營收 -- 累計營收 ÷ 初始人數
-- column: is_complete flag -- the whole period lies at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 整个周期不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 整個週期不晚於觀察截止日
-- column: period date -- first day of the k-th period after that of the first order
-- column.zh-Hans: period 所在周期 -- 首单所在周期之后第 k 个周期的第一天
-- column.zh-Hant: period 所在週期 -- 首單所在週期之後第 k 個週期的第一天
-- fact: value_0 money = ratio(cumulative_revenue, customers) where k = 0 and is_complete = true
-- fact: customers_0 count = sum(customers) where k = 0 and is_complete = true
-- fact: value_3 money = ratio(cumulative_revenue, customers) where k = 3 and is_complete = true
-- fact: customers_3 count = sum(customers) where k = 3 and is_complete = true
-- chart: heatmap x=k y=cohort fill=revenue_per_customer complete=is_complete n=customers -- By age
-- chart.zh-Hans: 按期数
-- chart.zh-Hant: 按期數
-- chart: heatmap x=period y=cohort fill=revenue_per_customer complete=is_complete n=customers -- By calendar
-- chart.zh-Hans: 按日历
-- chart.zh-Hant: 按日曆
-- chart: layers x=period y=revenue series=cohort complete=is_complete -- Layer cake
-- chart.zh-Hans: 分层图
-- chart.zh-Hant: 分層圖
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
-- value.zh-Hans: calendar = 自然周期
-- value.zh-Hant: calendar = 自然週期
-- value.zh-Hans: rolling = 滚动周期
-- value.zh-Hant: rolling = 滾動週期
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('clock'), 'calendar')::varchar as clock,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date,
    coalesce(getvariable('skip_cohorts'), 0)::integer as skip_cohorts,
    coalesce(getvariable('min_size'), 1)::integer as min_size,
    getvariable('horizon')::integer as horizon
  from dataset
),

settings as (
  select
    params.*,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    coalesce(
      params.horizon,
      case params.grain when 'day' then 60 when 'week' then 104 else 2400 end
    ) as last_k,
    -- the month spine holds whole months of calendar time only
    params.grain = 'month' and params.clock = 'calendar' and params.as_of >= dataset.last_date as from_spine
  from params
  cross join dataset
),

days as (
  select
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_first as first_date,
    customer_days.order_date - customer_days.days_since_previous as previous_date,
    customer_days.net
  from customer_days
  cross join settings
  where not settings.from_spine and customer_days.order_date <= settings.as_of
),

indexed_days as (
  select
    case
      when settings.in_days then floor((days.first_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from days.first_date) * 12 + extract(month from days.first_date) - 1)
        / settings.months_per_period
      )
    end::integer as cohort_index,
    case
      when settings.in_days then floor((days.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from days.order_date) * 12 + extract(month from days.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    case
      when settings.in_days then floor((days.previous_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from days.previous_date) * 12 + extract(month from days.previous_date) - 1)
        / settings.months_per_period
      )
    end::integer as previous_index,
    days.*
  from days
  cross join settings
),

visits as (
  select
    indexed_days.first_date,
    indexed_days.cohort_index,
    case
      when settings.clock = 'calendar'
        then indexed_days.period_index - indexed_days.cohort_index
      when settings.in_days
        then floor((indexed_days.order_date - indexed_days.first_date) / settings.days_per_period)
      else floor((
        (extract(year from indexed_days.order_date) - extract(year from indexed_days.first_date)) * 12
        + extract(month from indexed_days.order_date)
        - extract(month from indexed_days.first_date)
        - case
          when extract(day from indexed_days.order_date) < extract(day from indexed_days.first_date)
            and indexed_days.order_date < last_day(indexed_days.order_date)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as k,
    case
      when settings.clock = 'calendar'
        then indexed_days.previous_index - indexed_days.cohort_index
      when settings.in_days
        then floor((indexed_days.previous_date - indexed_days.first_date) / settings.days_per_period)
      else floor((
        (extract(year from indexed_days.previous_date) - extract(year from indexed_days.first_date)) * 12
        + extract(month from indexed_days.previous_date)
        - extract(month from indexed_days.first_date)
        - case
          when extract(day from indexed_days.previous_date) < extract(day from indexed_days.first_date)
            and indexed_days.previous_date < last_day(indexed_days.previous_date)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as previous_k,
    indexed_days.net
  from indexed_days
  cross join settings
),

spine_cells as (
  select
    customer_periods.first_order_date,
    customer_periods.period_index,
    customer_periods.k,
    count(*) as active,
    sum(customer_periods.net) as revenue
  from customer_periods
  cross join settings
  where settings.from_spine
  group by customer_periods.first_order_date, customer_periods.period_index, customer_periods.k
),

day_cells as (
  select
    spine_cells.first_order_date as first_date,
    spine_cells.period_index - spine_cells.k - 1 as cohort_index,
    spine_cells.k,
    spine_cells.active,
    spine_cells.revenue
  from spine_cells
  union all
  select
    visits.first_date,
    visits.cohort_index,
    visits.k,
    -- a customer counts at the first purchase day of the period
    sum(case when visits.previous_k is null or visits.previous_k < visits.k then 1 else 0 end) as active,
    sum(visits.net) as revenue
  from visits
  group by visits.first_date, visits.cohort_index, visits.k
),

indexed_cells as (
  select
    day_cells.cohort_index,
    day_cells.k,
    sum(day_cells.active)::bigint as active,
    sum(day_cells.revenue) as revenue
  from day_cells
  group by day_cells.cohort_index, day_cells.k
),

cells as (
  select
    case
      when settings.in_days then date '0001-01-01' + (indexed_cells.cohort_index * settings.days_per_period)::integer
      else make_date(
        floor(indexed_cells.cohort_index * settings.months_per_period / 12)::integer,
        ((indexed_cells.cohort_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as cohort,
    indexed_cells.k,
    indexed_cells.active,
    indexed_cells.revenue
  from indexed_cells
  cross join settings
),

cohorts as (
  select
    cells.cohort,
    cells.active as customers
  from cells
  cross join settings
  where
    cells.k = 0
    and cells.active >= settings.min_size
    and (settings.from_date is null or cells.cohort >= settings.from_date)
    and (settings.to_date is null or cells.cohort <= settings.to_date)
    and cells.cohort >= (
      select
        case
          when any_value(settings.in_days)
            then min(cells.cohort) + any_value(settings.skip_cohorts * settings.days_per_period)
          else (
            min(cells.cohort)
            + interval 1 month * any_value(settings.skip_cohorts * settings.months_per_period)
          )::date
        end
      from cells
      cross join settings
    )
),

spans as (
  select
    cohorts.cohort,
    cohorts.customers,
    -- the origin of the cohort's last possible customer
    case
      when settings.clock = 'calendar' then cohorts.cohort
      when settings.in_days then cohorts.cohort + settings.days_per_period - 1
      else (cohorts.cohort + interval 1 month * settings.months_per_period)::date - 1
    end as last_origin
  from cohorts
  cross join settings
),

observed as (
  select
    spans.cohort,
    spans.customers,
    case
      when settings.in_days
        then floor((settings.as_of - spans.cohort) / settings.days_per_period)
      else floor((
        (extract(year from settings.as_of) - extract(year from spans.cohort)) * 12
        + extract(month from settings.as_of)
        - extract(month from spans.cohort)
        - case
          when extract(day from settings.as_of) < extract(day from spans.cohort)
            and settings.as_of < last_day(settings.as_of)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as observed_k,
    case
      when settings.in_days
        then floor(((settings.as_of + 1) - spans.last_origin) / settings.days_per_period)
      else floor((
        (extract(year from (settings.as_of + 1)) - extract(year from spans.last_origin)) * 12
        + extract(month from (settings.as_of + 1))
        - extract(month from spans.last_origin)
        - case
          when extract(day from (settings.as_of + 1)) < extract(day from spans.last_origin)
            and (settings.as_of + 1) < last_day((settings.as_of + 1))
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as complete_periods
  from spans
  cross join settings
),

grid as (
  select
    observed.cohort,
    observed.customers,
    series.k::integer as k,
    series.k < observed.complete_periods as is_complete
  from observed
  cross join settings
  cross join generate_series(0, least(observed.observed_k, settings.last_k)) as series(k)
),

sums as (
  select
    grid.cohort,
    grid.k,
    grid.customers,
    coalesce(cells.revenue, 0) as revenue,
    sum(coalesce(cells.revenue, 0)) over (
      partition by grid.cohort order by grid.k rows between unbounded preceding and current row
    ) as cumulative_revenue,
    grid.is_complete
  from grid
  left join cells on cells.cohort = grid.cohort and cells.k = grid.k
)

select
  sums.cohort,
  sums.k,
  sums.customers::integer as customers,
  sums.revenue::double as revenue,
  sums.cumulative_revenue::double as cumulative_revenue,
  sums.cumulative_revenue::double / sums.customers as revenue_per_customer,
  sums.is_complete,
  case
    when settings.in_days then sums.cohort + sums.k * settings.days_per_period
    else (sums.cohort + interval 1 month * (sums.k * settings.months_per_period))::date
  end as period
from sums
cross join settings
order by sums.cohort, sums.k;
