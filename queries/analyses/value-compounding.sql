-- title: Compounding of value
-- title.zh-Hans: 价值复利
-- title.zh-Hant: 價值複利
-- question: At what rate does the value of a customer grow with every period after the first order?
-- question.zh-Hans: 首单之后，一位客户的价值每个周期以多快的速度增长？
-- question.zh-Hant: 首單之後，一位客戶的價值每個週期以多快的速度成長？
-- definition: rate(c, k) = (V(c, k) ÷ V(c, 0)) ^ (1 ÷ k) − 1: the constant growth a period that leads from the
--   value in the period of the first order to the value k periods later; with grain = year it is the CAGR. V(c,
--   k) = Σ net(≤ k) × margin − CAC, each per customer of the ORIGINAL cohort size, as in unit economics. CAC =
--   acquisition cost dated in the period of the cohort ÷ customers whose first order falls in it; 0 in a period
--   without cost inside the span of the costs, empty outside it, and then V is empty too. less_cac: auto takes
--   CAC off where acquisition costs were given and leaves it out for the whole table where none were; on always
--   takes it off; off never does. multiple = V(c, k) ÷ V(c, 0). multiple and rate are empty where V(c, 0) is
--   not above 0, the rate also at k = 0 and where V(c, k) is below 0. Cells whose period is not over are marked
--   incomplete and are not in the sentence; over several cohorts the multiple weights each by its size, and
--   takes cohorts with a multiple only.
-- definition.zh-Hans: 复利率(c, k) = (V(c, k) ÷ V(c, 0)) ^ (1 ÷ k) − 1：从首单所在周期的价值增长到 k 个周期之后
--   的价值，每个周期的等速增长率；周期选年时即年复合增长率（CAGR）。V(c, k) = Σ 净额(≤ k) × 毛利率 − CAC，均按
--   同期群的初始人数计算，与单位经济一致。CAC = 该周期内发生的获客费用 ÷ 首单在该周期的客户数；在费用覆盖期内没
--   有费用的周期为 0，覆盖期外为空，此时 V 也为空。扣除获客成本：自动 = 有获客费用时扣除，完全没有时整张表都不
--   扣；扣除 = 一律扣除；不扣 = 一律不扣。倍数 = V(c, k) ÷ V(c, 0)。V(c, 0) 不大于 0 时倍数与复利率为空；k = 0
--   或 V(c, k) 小于 0 时复利率为空。周期尚未结束的单元格标为不完整，不计入下面的句子；合并多个同期群时，倍数按
--   人数加权，只取有倍数的同期群。
-- definition.zh-Hant: 複利率(c, k) = (V(c, k) ÷ V(c, 0)) ^ (1 ÷ k) − 1：從首單所在週期的價值成長到 k 個週期之後
--   的價值，每個週期的等速成長率；週期選年時即年複合成長率（CAGR）。V(c, k) = Σ 淨額(≤ k) × 毛利率 − CAC，均按
--   同期群組的初始人數計算，與單位經濟一致。CAC = 該週期內發生的獲客費用 ÷ 首單在該週期的客戶數；在費用覆蓋期內
--   沒有費用的週期為 0，覆蓋期外為空，此時 V 也為空。扣除獲客成本：自動 = 有獲客費用時扣除，完全沒有時整張表都
--   不扣；扣除 = 一律扣除；不扣 = 一律不扣。倍數 = V(c, k) ÷ V(c, 0)。V(c, 0) 不大於 0 時倍數與複利率為空；k =
--   0 或 V(c, k) 小於 0 時複利率為空。週期尚未結束的儲存格標為不完整，不計入下面的句子；合併多個同期群組時，倍
--   數按人數加權，只取有倍數的同期群組。
-- sentence: A customer of the first cohort (n = {customers}) was worth {first_value} after the period of the first
--   order[ and {last_value} after {periods} more[: {rate} compounded a period]].[ Over all cohorts observed for
--   three more periods, value had by then become ×{multiple_3}.| Not enough time has passed to see three more
--   periods.]|Not enough time has passed yet: the period of the first orders is not over, or its acquisition cost
--   is not known.
-- sentence.zh-Hans: 第一个同期群的客户（n = {customers}）在首单周期结束时价值为 {first_value}[，再过 {periods} 个周
--   期为 {last_value}[：每周期复利 {rate}]]。[所有已观察满三个后续周期的同期群，其价值到那时变为 ×{multiple_3}。|时
--   间还不够，看不到三个后续周期。]|时间还不够：首单所在的周期尚未结束，或其获客成本未知。
-- sentence.zh-Hant: 第一個同期群組的客戶（n = {customers}）在首單週期結束時價值為 {first_value}[，再過 {periods} 個
--   週期為 {last_value}[：每週期複利 {rate}]]。[所有已觀察滿三個後續週期的同期群組，其價值到那時變為
--   ×{multiple_3}。|時間還不夠，看不到三個後續週期。]|時間還不夠：首單所在的週期尚未結束，或其獲客成本未知。
-- group: value
-- needs: customer_days
-- rollup: new_customers, net of day_cells by first_date
-- drill: customers = select customer_summary.customer_key from customer_summary cross join this_row cross join
--   settings where customer_summary.first_order_date between this_row.cohort and settings.as_of and
--   customer_summary.first_order_date < case when settings.in_days then this_row.cohort + settings.days_per_period
--   else (this_row.cohort + interval 1 month * settings.months_per_period)::date end
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: clock choice(calendar, rolling) = calendar -- calendar: boundaries crossed; rolling: whole periods
--   since the own first order
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
-- param: skip_cohorts integer = 0 -- drop the first N cohorts: they may hold old customers where the history is
--   cut
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
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: less_cac choice(auto, on, off) = auto -- whether the acquisition cost is taken off the value; auto:
--   where costs were given
-- param.en: less_cac Take off the CAC
-- param.zh-Hans: less_cac 扣除获客成本 -- 价值是否扣除获客成本；自动：有成本文件时扣除
-- param.zh-Hant: less_cac 扣除獲客成本 -- 價值是否扣除獲客成本；自動：有成本檔案時扣除
-- counts: customers by cohort; by cohort, k
-- column: cohort date -- first day of the period of the first order
-- column.zh-Hans: cohort 同期群 -- 首单所在周期的第一天
-- column.zh-Hant: cohort 同期群組 -- 首單所在週期的第一天
-- column: k count -- periods since the first order
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数
-- column.zh-Hant: k 第幾期 -- 距首單的週期數
-- column: value money -- net up to the period × margin − cac, per customer of the original size
-- column.en: value Value per customer
-- column.zh-Hans: value 价值 -- 人均累计净额 × 毛利率 − 获客成本
-- column.zh-Hant: value 價值 -- 人均累計淨額 × 毛利率 − 獲客成本
-- column: rate share -- (value ÷ start_value) ^ (1 ÷ k) − 1
-- column.en: rate Growth a period
-- column.zh-Hans: rate 复利率 -- （价值 ÷ 首期价值）^（1 ÷ k）− 1
-- column.zh-Hant: rate 複利率 -- （價值 ÷ 首期價值）^（1 ÷ k）− 1
-- column: multiple number -- value ÷ start_value
-- column.zh-Hans: multiple 倍数 -- 价值 ÷ 首期价值
-- column.zh-Hant: multiple 倍數 -- 價值 ÷ 首期價值
-- column: start_value money -- value at k = 0
-- column.zh-Hans: start_value 首期价值 -- k = 0 时的价值
-- column.zh-Hant: start_value 首期價值 -- k = 0 時的價值
-- column: cac money -- acquisition cost per customer, where it was taken off
-- column.en: cac CAC
-- column.zh-Hans: cac 获客成本 -- 每位客户的获客成本，仅在已扣除时显示
-- column.zh-Hant: cac 獲客成本 -- 每位客戶的獲客成本，僅在已扣除時顯示
-- column: customers count -- original size of the cohort
-- column.zh-Hans: customers 客户数 -- 同期群的初始人数
-- column.zh-Hant: customers 客戶數 -- 同期群組的初始人數
-- column: total_value money -- value × customers
-- column.zh-Hans: total_value 总价值 -- 价值 × 客户数
-- column.zh-Hant: total_value 總價值 -- 價值 × 客戶數
-- column: total_start money -- start_value × customers
-- column.zh-Hans: total_start 首期总价值 -- 首期价值 × 客户数
-- column.zh-Hant: total_start 首期總價值 -- 首期價值 × 客戶數
-- column: is_complete flag -- the whole period lies at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 整个周期不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 整個週期不晚於觀察截止日
-- column: is_first_cohort flag -- the earliest cohort shown
-- column.zh-Hans: is_first_cohort 首个同期群 -- 所示最早的同期群
-- column.zh-Hant: is_first_cohort 首個同期群組 -- 所示最早的同期群組
-- column: is_last_complete flag -- the last complete period of the cohort
-- column.zh-Hans: is_last_complete 最近完整一期 -- 该同期群的最后一个完整周期
-- column.zh-Hant: is_last_complete 最近完整一期 -- 該同期群組的最後一個完整週期
-- fact: customers count = first(customers) where is_first_cohort = true
-- fact: first_value money = first(value) where is_first_cohort = true and k = 0 and is_complete = true
-- fact: last_value money = first(value) where is_first_cohort = true and is_last_complete = true
-- fact: periods count = first(k) where is_first_cohort = true and is_last_complete = true
-- fact: rate share = first(rate) where is_first_cohort = true and is_last_complete = true
-- fact: multiple_3 number = ratio(total_value, total_start) where k = 3 and is_complete = true and multiple !=
--   null
-- chart: lines x=k y=rate series=cohort complete=is_complete n=customers -- Growth a period
-- chart.zh-Hans: 每周期复利率
-- chart.zh-Hant: 每週期複利率
-- chart: lines x=k y=multiple series=cohort complete=is_complete n=customers -- Times the first value
-- chart.zh-Hans: 相对首期价值的倍数
-- chart.zh-Hant: 相對首期價值的倍數
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
-- value: auto = where costs were given
-- value.zh-Hans: auto = 自动
-- value.zh-Hant: auto = 自動
-- value: on = taken off
-- value.zh-Hans: on = 扣除
-- value.zh-Hant: on = 扣除
-- value: off = left out
-- value.zh-Hans: off = 不扣
-- value.zh-Hant: off = 不扣
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
    getvariable('horizon')::integer as horizon,
    coalesce(getvariable('margin'), 1)::double as margin,
    coalesce(getvariable('less_cac'), 'auto')::varchar as less_cac
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
    ) as last_k
  from params
),

-- far fewer pairs of days than purchases
day_pairs as (
  select
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_first as first_date,
    sum(case when customer_days.nth = 1 then 1 else 0 end) as new_customers,
    sum(customer_days.net) as net
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.order_date, first_date
),

cohort_days as (
  select
    case
      when settings.in_days
        then day_pairs.first_date - ((day_pairs.first_date - date '0001-01-01') % settings.days_per_period)::integer
      else make_date(
        extract(year from day_pairs.first_date)::integer,
        (
          extract(month from day_pairs.first_date)
          - (extract(month from day_pairs.first_date) - 1) % settings.months_per_period
        )::integer,
        1
      )
    end as cohort,
    day_pairs.*
  from day_pairs
  cross join settings
),

origins as (
  select
    cohort_days.*,
    case when settings.clock = 'rolling' then cohort_days.first_date else cohort_days.cohort end as origin
  from cohort_days
  cross join settings
),

visits as (
  select
    origins.first_date,
    origins.cohort,
    case
      when settings.in_days
        then floor((origins.order_date - origins.origin) / settings.days_per_period)
      else floor((
        (extract(year from origins.order_date) - extract(year from origins.origin)) * 12
        + extract(month from origins.order_date)
        - extract(month from origins.origin)
        - case
          when extract(day from origins.order_date) < extract(day from origins.origin)
            and origins.order_date < last_day(origins.order_date)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as k,
    origins.new_customers,
    origins.net
  from origins
  cross join settings
),

day_cells as (
  select
    visits.first_date,
    visits.cohort,
    visits.k,
    sum(visits.new_customers) as new_customers,
    sum(visits.net) as net
  from visits
  group by visits.first_date, visits.cohort, visits.k
),

cells as (
  select
    day_cells.cohort,
    day_cells.k,
    sum(day_cells.new_customers) as new_customers,
    sum(day_cells.net) as net
  from day_cells
  group by day_cells.cohort, day_cells.k
),

cohorts as (
  select
    cells.cohort,
    sum(cells.new_customers) as customers
  from cells
  cross join settings
  where
    (settings.from_date is null or cells.cohort >= settings.from_date)
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
  group by cells.cohort
),

cost_days as (
  select
    case
      when settings.in_days
        then costs.cost_date - ((costs.cost_date - date '0001-01-01') % settings.days_per_period)::integer
      else make_date(
        extract(year from costs.cost_date)::integer,
        (
          extract(month from costs.cost_date)
          - (extract(month from costs.cost_date) - 1) % settings.months_per_period
        )::integer,
        1
      )
    end as period,
    costs.amount
  from costs
  cross join settings
  where coalesce(costs.kind, 'acquisition') = 'acquisition'
),

spends as (
  select
    cost_days.period,
    sum(cost_days.amount) as amount
  from cost_days
  group by cost_days.period
),

cost_spans as (
  select
    min(cost_days.period) as first_period,
    max(cost_days.period) as last_period,
    count(*) > 0 as has_costs
  from cost_days
),

acquired as (
  select
    cohorts.cohort,
    cohorts.customers,
    case
      when cohorts.cohort between cost_spans.first_period and cost_spans.last_period
        then coalesce(spends.amount, 0)::double / cohorts.customers
    end as cac,
    settings.less_cac = 'on' or settings.less_cac = 'auto' and cost_spans.has_costs as is_less_cac,
    -- the origin of the cohort's last possible customer
    case
      when settings.clock = 'calendar' then cohorts.cohort
      when settings.in_days then cohorts.cohort + settings.days_per_period - 1
      else (cohorts.cohort + interval 1 month * settings.months_per_period)::date - 1
    end as last_origin
  from cohorts
  cross join cost_spans
  cross join settings
  left join spends on spends.period = cohorts.cohort
  where cohorts.customers >= settings.min_size
),

observed as (
  select
    acquired.*,
    case
      when settings.in_days
        then floor((settings.as_of - acquired.cohort) / settings.days_per_period)
      else floor((
        (extract(year from settings.as_of) - extract(year from acquired.cohort)) * 12
        + extract(month from settings.as_of)
        - extract(month from acquired.cohort)
        - case
          when extract(day from settings.as_of) < extract(day from acquired.cohort)
            and settings.as_of < last_day(settings.as_of)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as observed_k,
    case
      when settings.in_days
        then floor(((settings.as_of + 1) - acquired.last_origin) / settings.days_per_period)
      else floor((
        (extract(year from (settings.as_of + 1)) - extract(year from acquired.last_origin)) * 12
        + extract(month from (settings.as_of + 1))
        - extract(month from acquired.last_origin)
        - case
          when extract(day from (settings.as_of + 1)) < extract(day from acquired.last_origin)
            and (settings.as_of + 1) < last_day((settings.as_of + 1))
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as complete_periods
  from acquired
  cross join settings
),

grid as (
  select
    observed.cohort,
    observed.customers,
    observed.cac,
    observed.is_less_cac,
    series.k::integer as k,
    series.k < observed.complete_periods as is_complete,
    series.k = least(observed.complete_periods - 1, settings.last_k) as is_last_complete
  from observed
  cross join settings
  cross join generate_series(0, least(observed.observed_k, settings.last_k)) as series(k)
),

sums as (
  select
    grid.*,
    (sum(coalesce(cells.net, 0)) over (
      partition by grid.cohort order by grid.k rows between unbounded preceding and current row
    ))::double / grid.customers * settings.margin as margin_value
  from grid
  cross join settings
  left join cells on cells.cohort = grid.cohort and cells.k = grid.k
),

valued as (
  select
    sums.*,
    case when sums.is_less_cac then sums.margin_value - sums.cac else sums.margin_value end as value
  from sums
),

starts as (
  select
    valued.cohort,
    valued.value as start_value
  from valued
  where valued.k = 0
),

grown as (
  select
    valued.*,
    starts.start_value,
    -- rounding may leave a trace where nothing is left
    case when starts.start_value > 1e-9 then valued.value / starts.start_value end as multiple
  from valued
  inner join starts on starts.cohort = valued.cohort
)

select
  grown.cohort,
  grown.k,
  grown.value::double as value,
  case when grown.k > 0 and grown.multiple >= 0 then power(grown.multiple, 1.0 / grown.k) - 1 end::double as rate,
  grown.multiple::double as multiple,
  grown.start_value::double as start_value,
  case when grown.is_less_cac then grown.cac end::double as cac,
  grown.customers::integer as customers,
  (grown.value * grown.customers)::double as total_value,
  (grown.start_value * grown.customers)::double as total_start,
  grown.is_complete,
  grown.cohort = min(grown.cohort) over () as is_first_cohort,
  grown.is_last_complete
from grown
order by grown.cohort, grown.k;
