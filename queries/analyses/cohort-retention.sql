-- title: Cohort retention
-- title.zh-Hans: 同期群留存
-- title.zh-Hant: 同期群組留存
-- question: Of the customers who first bought in a period, what share bought again in each later one?
-- question.zh-Hans: 在某一周期首次购买的客户中，之后每个周期有多少比例再次购买？
-- question.zh-Hant: 在某一週期首次購買的客戶中，之後每個週期有多少比例再次購買？
-- definition: retention(c, k) = customers of cohort c with at least one order in period k ÷ customers of cohort c.
--   A cohort is the customers by the period of their first order; k = 0 is that period. Calendar clock: k counts
--   the boundaries crossed; rolling clock: k counts whole periods since the own first order. A cell is complete
--   when the whole of its period lies at or before the observation end, for every customer of the cohort;
--   incomplete cells are marked and left out of every average, complete cells with nobody in them are 0. Intervals
--   are Wilson 95 %. Where the history begins after the shop did, the first cohorts hold old customers: drop them
--   with skip_cohorts.
-- definition.zh-Hans: 留存率(c, k) = 同期群 c 中在第 k 期至少下过一单的客户数 ÷ 同期群 c 的客户数。
--   同期群按首单所在周期划分，k = 0 为首单所在周期。自然周期：k 为跨过的日历边界数；滚动周期：k
--   为自本人首单起的完整周期数。单元格的整个周期对全部客户都不晚于截止日时才算完整；不完整的单元格有标记，
--   并且不计入任何平均；完整但无人购买的单元格为 0。区间为 Wilson 95% 置信区间。若数据的起点晚于开店时间，
--   最早的同期群会混有老客户，可用“跳过前几个同期群”去掉。
-- definition.zh-Hant: 留存率(c, k) = 同期群組 c 中在第 k 期至少下過一單的客戶數 ÷ 同期群組 c 的客戶數。
--   同期群組按首單所在週期劃分，k = 0 為首單所在週期。自然週期：k 為跨過的日曆邊界數；滾動週期：k
--   為自本人首單起的完整週期數。儲存格的整個週期對全部客戶都不晚於截止日時才算完整；不完整的儲存格有標記，
--   並且不計入任何平均；完整但無人購買的儲存格為 0。區間為 Wilson 95% 信賴區間。若資料的起點晚於開店時間，
--   最早的同期群組會混有老客戶，可用「跳過前幾個同期群組」去掉。
-- sentence: Of the customers observed for the whole of the next period, {retention_1} bought again in it ({lower_1}
--   to {upper_1}, n = {customers_1})[; three periods on it was {retention_3} ({lower_3} to {upper_3}, n =
--   {customers_3})].|Not enough time has passed yet: no cohort has been observed for the whole of the period after
--   its first orders.
-- sentence.zh-Hans: 在下一周期已完整观察到的客户中，{retention_1} 在该周期再次购买（95% 区间 {lower_1} 至
--   {upper_1}，n = {customers_1}）[；第三期为 {retention_3}（{lower_3} 至 {upper_3}，n = {customers_3}）]。|时间还
--   不够：没有同期群在首单后的下一周期被完整观察到。
-- sentence.zh-Hant: 在下一週期已完整觀察到的客戶中，{retention_1} 在該週期再次購買（95% 區間 {lower_1} 至
--   {upper_1}，n = {customers_1}）[；第三期為 {retention_3}（{lower_3} 至 {upper_3}，n = {customers_3}）]。|時間還
--   不夠：沒有同期群組在首單後的下一週期被完整觀察到。
-- group: retention
-- needs: customer_periods, customer_days
-- rollup: active of day_cells by first_date
-- brush: cohort first
-- drill: active = select visits.customer_key from visits cross join this_row cross join settings where visits.k =
--   this_row.k and this_row.cohort = case when settings.in_days then date '0001-01-01' + (visits.cohort_index *
--   settings.days_per_period)::integer else make_date( floor(visits.cohort_index * settings.months_per_period /
--   12)::integer, ((visits.cohort_index * settings.months_per_period) % 12 + 1)::integer, 1 ) end union select
--   customer_periods.customer_key from customer_periods cross join this_row cross join settings where
--   settings.from_spine and customer_periods.cohort = this_row.cohort and customer_periods.k = this_row.k
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
-- counts: customers by cohort; active of customers by cohort each k/period, is_complete
-- column: cohort date -- first day of the period of the first order
-- column.zh-Hans: cohort 同期群 -- 首单所在周期的第一天
-- column.zh-Hant: cohort 同期群組 -- 首單所在週期的第一天
-- column: k count -- periods since the first order, 0 is the first
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数，0 为首单所在周期
-- column.zh-Hant: k 第幾期 -- 距首單的週期數，0 為首單所在週期
-- column: customers count -- size of the cohort, the denominator
-- column.zh-Hans: customers 客户数 -- 同期群人数，即分母
-- column.zh-Hant: customers 客戶數 -- 同期群組人數，即分母
-- column: active count -- customers with an order in the period, the numerator
-- column.zh-Hans: active 活跃客户 -- 该周期内有订单的客户，即分子
-- column.zh-Hant: active 活躍客戶 -- 該週期內有訂單的客戶，即分子
-- column: retention share -- active ÷ customers
-- column.zh-Hans: retention 留存率 -- 活跃客户 ÷ 同期群人数
-- column.zh-Hant: retention 留存率 -- 活躍客戶 ÷ 同期群組人數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: is_complete flag -- the whole period lies at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 整个周期不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 整個週期不晚於觀察截止日
-- column: period date -- first day of the k-th period after that of the first order
-- column.zh-Hans: period 所在周期 -- 首单所在周期之后第 k 个周期的第一天
-- column.zh-Hant: period 所在週期 -- 首單所在週期之後第 k 個週期的第一天
-- fact: retention_1 share = ratio(active, customers) where k = 1 and is_complete = true
-- fact: lower_1 share = lower(active, customers) where k = 1 and is_complete = true
-- fact: upper_1 share = upper(active, customers) where k = 1 and is_complete = true
-- fact: customers_1 count = sum(customers) where k = 1 and is_complete = true
-- fact: retention_3 share = ratio(active, customers) where k = 3 and is_complete = true
-- fact: lower_3 share = lower(active, customers) where k = 3 and is_complete = true
-- fact: upper_3 share = upper(active, customers) where k = 3 and is_complete = true
-- fact: customers_3 count = sum(customers) where k = 3 and is_complete = true
-- chart: heatmap x=k y=cohort fill=retention complete=is_complete n=customers lower=lower upper=upper -- By age
-- chart.zh-Hans: 按期数
-- chart.zh-Hant: 按期數
-- chart: heatmap x=period y=cohort fill=retention complete=is_complete n=customers lower=lower upper=upper -- By calendar
-- chart.zh-Hans: 按日历
-- chart.zh-Hant: 按日曆
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
    params.grain = 'month' and params.clock = 'calendar' and params.as_of >= dataset.last_date as from_spine,
    1.959963984540054::double as z
  from params
  cross join dataset
),

days as (
  select
    customer_days.customer_key,
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_first as first_date,
    customer_days.order_date - customer_days.days_since_previous as previous_date
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
    indexed_days.customer_key,
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
    end::integer as previous_k
  from indexed_days
  cross join settings
),

spine_cells as (
  select
    customer_periods.first_order_date,
    customer_periods.period_index,
    customer_periods.k,
    count(*) as active
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
    spine_cells.active
  from spine_cells
  union all
  select
    visits.first_date,
    visits.cohort_index,
    visits.k,
    -- a customer counts at the first purchase day of the period
    sum(case when visits.previous_k is null or visits.previous_k < visits.k then 1 else 0 end) as active
  from visits
  group by visits.first_date, visits.cohort_index, visits.k
),

indexed_cells as (
  select
    day_cells.cohort_index,
    day_cells.k,
    sum(day_cells.active)::bigint as active
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
    indexed_cells.active
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

counts as (
  select
    grid.cohort,
    grid.k,
    grid.customers,
    coalesce(cells.active, 0) as active,
    coalesce(cells.active, 0)::double / grid.customers as retention,
    grid.is_complete
  from grid
  left join cells on cells.cohort = grid.cohort and cells.k = grid.k
)

select
  counts.cohort,
  counts.k,
  counts.customers::integer as customers,
  counts.active::integer as active,
  counts.retention,
  greatest(0, (
    counts.retention + settings.z * settings.z / (2 * counts.customers)
    - settings.z * sqrt(
      (counts.retention * (1 - counts.retention) + settings.z * settings.z / (4 * counts.customers))
      / counts.customers
    )
  ) / (1 + settings.z * settings.z / counts.customers))::double as lower,
  least(1, (
    counts.retention + settings.z * settings.z / (2 * counts.customers)
    + settings.z * sqrt(
      (counts.retention * (1 - counts.retention) + settings.z * settings.z / (4 * counts.customers))
      / counts.customers
    )
  ) / (1 + settings.z * settings.z / counts.customers))::double as upper,
  counts.is_complete,
  case
    when settings.in_days then counts.cohort + counts.k * settings.days_per_period
    else (counts.cohort + interval 1 month * (counts.k * settings.months_per_period))::date
  end as period
from counts
cross join settings
order by counts.cohort, counts.k;
