-- title: Unit economics
-- title.zh-Hans: 单位经济
-- title.zh-Hant: 單位經濟
-- question: After how many periods has a cohort paid back what it cost to win?
-- question.zh-Hans: 一个同期群要多少个周期才能收回获客成本？
-- question.zh-Hant: 一個同期群組要多少個週期才能收回獲客成本？
-- definition: V(c, k) = Σ net(≤ k) × margin − CAC, each per customer of the ORIGINAL cohort size. CAC =
--   acquisition cost dated in the period of the cohort ÷ customers whose first order falls in it; 0 in a period
--   without cost inside the span of the costs file, empty outside it. The row all is blended over every channel;
--   by = channel adds a row per channel of the first order, with the costs of that channel. ltv_cac =
--   cumulative_net × margin ÷ CAC. payback_period = the first k with V ≥ 0, empty when not yet. The last period
--   may be incomplete and is then marked.
-- definition.zh-Hans: V(c, k) = Σ 净额(≤ k) × 毛利率 − CAC，均按同期群的初始人数计算。CAC = 该周期内发生的获客费用
--   ÷ 首单在该周期的客户数；在成本文件覆盖期内没有费用的周期为 0，覆盖期外为空。all 一行合并所有渠道；
--   按渠道分组时另有各首单渠道的行，使用该渠道的费用。LTV/CAC = 累计净额 × 毛利率 ÷ CAC。回本期 = V ≥ 0 的第一个
--   k，尚未回本则为空。最后一个周期可能不完整，会有标记。
-- definition.zh-Hant: V(c, k) = Σ 淨額(≤ k) × 毛利率 − CAC，均按同期群組的初始人數計算。CAC =
--   該週期內發生的獲客費用 ÷ 首單在該週期的客戶數；在成本檔案覆蓋期內沒有費用的週期為 0，覆蓋期外為空。all
--   一列合併所有通路；按通路分組時另有各首單通路的列，使用該通路的費用。LTV/CAC = 累計淨額 × 毛利率 ÷ CAC。回本期
--   = V ≥ 0 的第一個 k，尚未回本則為空。最後一個週期可能不完整，會有標記。
-- sentence: A customer of the first cohort with a cost (n = {customers}) cost {cac} to win (CAC) and was worth
--   {first_value} after the period of the first order, {last_value} by the last period seen (LTV, less the CAC).
--   LTV ÷ CAC, before the CAC comes off, is {ltv_cac}. The cohort [paid back in period {payback} after the first
--   order (0 is the period of that order itself)|has not paid back yet].|No cohort has an acquisition cost: the
--   costs are of the periods that began from {costs_from} to {costs_to}, the first orders of those from
--   {orders_from} to {orders_to}.|No acquisition cost is in the costs file, so nothing was to be paid back.
-- sentence.zh-Hans: 第一个有成本的同期群的客户（n = {customers}）获客成本（CAC）为 {cac}，在首单周期结束时价值为
--   {first_value}，到最近一期为 {last_value}（LTV，已扣除 CAC）。扣除 CAC 之前的 LTV ÷ CAC 为 {ltv_cac}。该同期
--   群[在首单后第 {payback} 期回本（0 为首单所在周期）|尚未回本]。|没有同期群有获客成本：成本所在周期始于
--   {costs_from} 至 {costs_to}，首单所在周期始于 {orders_from} 至 {orders_to}。|成本文件中没有获客成本，也就无本可
--   回。
-- sentence.zh-Hant: 第一個有成本的同期群組的客戶（n = {customers}）獲客成本（CAC）為 {cac}，在首單週期結束時價值為
--   {first_value}，到最近一期為 {last_value}（LTV，已扣除 CAC）。扣除 CAC 之前的 LTV ÷ CAC 為 {ltv_cac}。該同期群
--   組[在首單後第 {payback} 期回本（0 為首單所在週期）|尚未回本]。|沒有同期群組有獲客成本：成本所在週期始於
--   {costs_from} 至 {costs_to}，首單所在週期始於 {orders_from} 至 {orders_to}。|成本檔案中沒有獲客成本，也就無本可
--   回。
-- group: growth
-- needs: customer_days, customer_summary, costs
-- scope: shop
-- drill: customers = select customer_summary.customer_key from customer_summary cross join this_row cross join
--   settings where customer_summary.first_order_date between this_row.cohort and settings.as_of and
--   customer_summary.first_order_date < case when settings.in_days then this_row.cohort + settings.days_per_period
--   else (this_row.cohort + interval 1 month * settings.months_per_period)::date end and this_row.channel in ('all',
--   coalesce(customer_summary.first_channel, '(none)'))
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
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: by choice(none, channel) = none -- channel of the first order, beside the blended row
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 在合并行之外按首单渠道分组
-- param.zh-Hant: by 分組 -- 在合併列之外按首單通路分組
-- counts: customers by cohort, channel; by cohort, channel, k
-- column: cohort date -- first day of the period of the first order
-- column.zh-Hans: cohort 同期群 -- 首单所在周期的第一天
-- column.zh-Hant: cohort 同期群組 -- 首單所在週期的第一天
-- column: channel text -- channel of the first order, or all
-- column.zh-Hans: channel 渠道 -- 首单渠道，或全部
-- column.zh-Hant: channel 通路 -- 首單通路，或全部
-- column: k count -- periods since the first order
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数
-- column.zh-Hant: k 第幾期 -- 距首單的週期數
-- column: cumulative_net money -- net up to the period ÷ original size
-- column.zh-Hans: cumulative_net 人均累计净额 -- 截至该周期的净额 ÷ 初始人数
-- column.zh-Hant: cumulative_net 人均累計淨額 -- 截至該週期的淨額 ÷ 初始人數
-- column: margin share -- as chosen
-- column.zh-Hans: margin 毛利率 -- 所选的毛利率
-- column.zh-Hant: margin 毛利率 -- 所選的毛利率
-- column: cac money -- acquisition cost per customer
-- column.en: cac CAC
-- column.zh-Hans: cac 获客成本 -- 每位客户的获客成本
-- column.zh-Hant: cac 獲客成本 -- 每位客戶的獲客成本
-- column: value money -- cumulative_net × margin − cac
-- column.en: value Value per customer
-- column.zh-Hans: value 价值 -- 累计净额 × 毛利率 − 获客成本
-- column.zh-Hant: value 價值 -- 累計淨額 × 毛利率 − 獲客成本
-- column: ltv_cac number -- cumulative_net × margin ÷ cac
-- column.en: ltv_cac LTV ÷ CAC
-- column.zh-Hans: ltv_cac LTV/CAC -- 累计净额 × 毛利率 ÷ 获客成本
-- column.zh-Hant: ltv_cac LTV/CAC -- 累計淨額 × 毛利率 ÷ 獲客成本
-- column: payback_period count -- first k with value ≥ 0; empty: not yet
-- column.zh-Hans: payback_period 回本期 -- 价值首次 ≥ 0 的 k；空为尚未回本
-- column.zh-Hant: payback_period 回本期 -- 價值首次 ≥ 0 的 k；空為尚未回本
-- column: customers count -- original size of the cohort
-- column.zh-Hans: customers 客户数 -- 同期群的初始人数
-- column.zh-Hant: customers 客戶數 -- 同期群組的初始人數
-- column: is_complete flag -- the whole period lies at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 整个周期不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 整個週期不晚於觀察截止日
-- column: is_first_cohort flag -- the earliest cohort shown
-- column.zh-Hans: is_first_cohort 首个同期群 -- 所示最早的同期群
-- column.zh-Hant: is_first_cohort 首個同期群組 -- 所示最早的同期群組
-- column: is_last flag -- the last period of the cohort
-- column.zh-Hans: is_last 最近一期 -- 该同期群的最后一个周期
-- column.zh-Hant: is_last 最近一期 -- 該同期群組的最後一個週期
-- column: costs_from date -- first day of the first period with an acquisition cost
-- column.en: costs_from First period with costs
-- column.zh-Hans: costs_from 首个有成本的周期 -- 有获客成本的第一个周期的第一天
-- column.zh-Hant: costs_from 首個有成本的週期 -- 有獲客成本的第一個週期的第一天
-- column: costs_to date -- first day of the last period with an acquisition cost
-- column.en: costs_to Last period with costs
-- column.zh-Hans: costs_to 最后有成本的周期 -- 有获客成本的最后一个周期的第一天
-- column.zh-Hant: costs_to 最後有成本的週期 -- 有獲客成本的最後一個週期的第一天
-- fact: customers count = first(customers) where channel = 'all' and cac > 0
-- fact: first_value money = first(value) where channel = 'all' and cac > 0 and k = 0
-- fact: last_value money = first(value) where channel = 'all' and cac > 0 and is_last = true
-- fact: cac money = first(cac) where channel = 'all' and cac > 0
-- fact: ltv_cac number = first(ltv_cac) where channel = 'all' and cac > 0 and is_last = true
-- fact: payback count = first(payback_period) where channel = 'all' and cac > 0
-- fact: costs_from date = first(costs_from)
-- fact: costs_to date = first(costs_to)
-- fact: orders_from date = min(cohort)
-- fact: orders_to date = max(cohort)
-- chart: lines x=k y=value series=cohort facet=channel complete=is_complete n=customers
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
-- value.zh-Hans: none = 不分组
-- value.zh-Hant: none = 不分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value: all = all
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
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
    coalesce(getvariable('by'), 'none')::varchar as by_attribute
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

channels as (
  select
    customer_summary.customer_key,
    coalesce(customer_summary.first_channel, '(none)') as channel
  from customer_summary
  cross join settings
  where settings.by_attribute = 'channel'
),

-- far fewer pairs of days than purchases
day_pairs as (
  select
    channels.channel,
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_first as first_date,
    sum(case when customer_days.nth = 1 then 1 else 0 end) as new_customers,
    sum(customer_days.net) as net
  from customer_days
  left join channels on channels.customer_key = customer_days.customer_key
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by channels.channel, customer_days.order_date, first_date
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
    origins.cohort,
    origins.channel,
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

channel_cells as (
  select
    visits.cohort,
    visits.channel,
    visits.k,
    sum(visits.new_customers) as new_customers,
    sum(visits.net) as net
  from visits
  group by visits.cohort, visits.channel, visits.k
),

cells as (
  select cohort, channel, k, new_customers, net
  from channel_cells
  where channel is not null
  union all
  select cohort, 'all' as channel, k, sum(new_customers) as new_customers, sum(net) as net
  from channel_cells
  group by cohort, k
),

cohorts as (
  select
    cells.cohort,
    cells.channel,
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
  group by cells.cohort, cells.channel
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
    costs.channel,
    costs.amount
  from costs
  cross join settings
  where coalesce(costs.kind, 'acquisition') = 'acquisition'
),

spends as (
  select cost_days.period, 'all' as channel, sum(cost_days.amount) as amount
  from cost_days
  group by cost_days.period
  union all
  select cost_days.period, coalesce(cost_days.channel, '(none)') as channel, sum(cost_days.amount) as amount
  from cost_days
  cross join settings
  where settings.by_attribute = 'channel'
  group by cost_days.period, coalesce(cost_days.channel, '(none)')
),

cost_spans as (
  select
    min(cost_days.period) as first_period,
    max(cost_days.period) as last_period
  from cost_days
),

acquired as (
  select
    cohorts.cohort,
    cohorts.channel,
    cohorts.customers,
    case
      when cohorts.cohort between cost_spans.first_period and cost_spans.last_period
        then coalesce(spends.amount, 0)::double / cohorts.customers
    end as cac,
    -- the origin of the cohort's last possible customer
    case
      when settings.clock = 'calendar' then cohorts.cohort
      when settings.in_days then cohorts.cohort + settings.days_per_period - 1
      else (cohorts.cohort + interval 1 month * settings.months_per_period)::date - 1
    end as last_origin
  from cohorts
  cross join cost_spans
  cross join settings
  left join spends on spends.period = cohorts.cohort and spends.channel = cohorts.channel
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
    observed.channel,
    observed.customers,
    observed.cac,
    series.k::integer as k,
    series.k < observed.complete_periods as is_complete,
    series.k = least(observed.observed_k, settings.last_k) as is_last
  from observed
  cross join settings
  cross join generate_series(0, least(observed.observed_k, settings.last_k)) as series(k)
),

sums as (
  select
    grid.*,
    settings.margin,
    (sum(coalesce(cells.net, 0)) over (
      partition by grid.cohort, grid.channel order by grid.k rows between unbounded preceding and current row
    ))::double / grid.customers as cumulative_net
  from grid
  cross join settings
  left join cells on cells.cohort = grid.cohort and cells.channel = grid.channel and cells.k = grid.k
),

valued as (
  select
    sums.*,
    sums.cumulative_net * sums.margin - sums.cac as value
  from sums
)

select
  valued.cohort,
  valued.channel,
  valued.k,
  valued.cumulative_net::double as cumulative_net,
  valued.margin::double as margin,
  valued.cac::double as cac,
  valued.value::double as value,
  valued.cumulative_net * valued.margin / nullif(valued.cac, 0) as ltv_cac,
  (min(case when valued.value >= 0 then valued.k end) over (partition by valued.cohort, valued.channel))::integer
    as payback_period,
  valued.customers::integer as customers,
  valued.is_complete,
  valued.cohort = min(valued.cohort) over () as is_first_cohort,
  valued.is_last,
  cost_spans.first_period as costs_from,
  cost_spans.last_period as costs_to
from valued
cross join cost_spans
order by valued.cohort, case when valued.channel = 'all' then 0 else 1 end, valued.channel, valued.k;
