-- title: Retention curve
-- title.zh-Hans: 留存曲线
-- title.zh-Hant: 留存曲線
-- question: How does retention fall with time, pooled over all cohorts, under each of its four definitions?
-- question.zh-Hans: 把全部同期群合在一起，四种定义下的留存率如何随时间变化？
-- question.zh-Hant: 把全部同期群組合在一起，四種定義下的留存率如何隨時間變化？
-- definition: At k, at_risk = customers of the cohorts whose period k is complete. on: those with an order in
--   period k. on-or-after: those with an order in period k or any later one, up to the observation end.
--   on-or-before: those with a repeat purchase (a later purchase day) by the end of period k. bracket: those with
--   an order in periods k to k_to, the reader’s edges. Pooling weights cohorts by size. A k that no cohort has
--   completed is returned with is_complete = false from what is there. Intervals are Wilson 95 %.
-- definition.zh-Hans: 第 k 期的分母 at_risk = 第 k 期已完整的各同期群客户数。on：在第 k
--   期有订单的客户。on-or-after：在第 k 期或之后（截至截止日）有订单的客户。on-or-before：到第 k
--   期末为止已有复购（首购日之后的另一个购买日）的客户。bracket：在第 k 至 k_to 期（由读者划分）内有订单的客户。
--   合并时按同期群人数加权。若没有同期群完整经过第 k 期，则用现有数据返回并标记 is_complete = false。区间为 Wilson
--   95% 置信区间。
-- definition.zh-Hant: 第 k 期的分母 at_risk = 第 k 期已完整的各同期群組客戶數。on：在第 k
--   期有訂單的客戶。on-or-after：在第 k 期或之後（截至截止日）有訂單的客戶。on-or-before：到第 k
--   期末為止已有回購（首購日之後的另一個購買日）的客戶。bracket：在第 k 至 k_to 期（由讀者劃分）內有訂單的客戶。
--   合併時按同期群組人數加權。若沒有同期群組完整經過第 k 期，則用現有資料返回並標記 is_complete = false。區間為
--   Wilson 95% 信賴區間。
-- sentence: In period 1 after the first order {on_1} bought (n = {n_1}, {lower_1} to {upper_1})[; {after_1} bought
--   then or later][, and {before_3} had bought again by the end of period 3].|Not enough time has passed yet: no
--   customer has been observed for the whole of period 1 after the first order.
-- sentence.zh-Hans: 首单后的第 1 期有 {on_1} 的客户购买（n = {n_1}，{lower_1} 至 {upper_1}）[；{after_1} 在当期或之
--   后购买][；到第 3 期末 {before_3} 已经复购]。|时间还不够：没有客户在首单后的第 1 期被完整观察到。
-- sentence.zh-Hant: 首單後的第 1 期有 {on_1} 的客戶購買（n = {n_1}，{lower_1} 至 {upper_1}）[；{after_1} 在當期或之
--   後購買][；到第 3 期末 {before_3} 已經回購]。|時間還不夠：沒有客戶在首單後的第 1 期被完整觀察到。
-- group: retention
-- needs: customer_days, customer_summary
-- rollup: customers, second_purchases of day_steps by first_date
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
-- param: by choice(none, channel, product, category, country, coupon, member) = none -- attribute of the first
--   order that splits the customers
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按首单的属性把客户分开
-- param.zh-Hant: by 分組 -- 按首單的屬性把客戶分開
-- param: min_size integer = 30 -- segments with fewer customers are put together as (other)
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 人数更少的分组并入“(other)”
-- param.zh-Hant: min_size 最小人數 -- 人數更少的分組並入「(other)」
-- param: segments integer = 8 -- the largest segments stand alone, the rest is put together as (other)
-- param.en: segments Largest groups shown
-- param.zh-Hans: segments 分组数 -- 单独显示人数最多的几个分组，其余并入“(other)”
-- param.zh-Hant: segments 分組數 -- 單獨顯示人數最多的幾個分組，其餘並入「(other)」
-- param: horizon integer = -- last period shown; when empty 60 days, 104 weeks, or all
-- param.en: horizon Periods shown
-- param.zh-Hans: horizon 观察期数 -- 显示到第几期，留空为 60 天、104 周或全部
-- param.zh-Hant: horizon 觀察期數 -- 顯示到第幾期，留空為 60 天、104 週或全部
-- param: edges text = 1,2,4,7,13 -- where the brackets begin: 1–1, 2–3, 4–6, 7–12
-- param.en: edges Edges of the brackets
-- param.zh-Hans: edges 区段边界 -- 各区段的起点：1–1、2–3、4–6、7–12
-- param.zh-Hant: edges 區段邊界 -- 各區段的起點：1–1、2–3、4–6、7–12
-- counts: at_risk, retained of at_risk by segment, k each definition
-- column: definition text -- on, on-or-after, on-or-before or bracket
-- column.zh-Hans: definition 定义 -- 当期、当期及以后、当期及以前或区间
-- column.zh-Hant: definition 定義 -- 當期、當期及以後、當期及以前或區間
-- column: segment text -- attribute of the first order, or all
-- column.zh-Hans: segment 分组 -- 首单的属性，或全部
-- column.zh-Hant: segment 分組 -- 首單的屬性，或全部
-- column: k count -- periods since the first order
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数
-- column.zh-Hant: k 第幾期 -- 距首單的週期數
-- column: at_risk count -- customers of the complete cohorts, the denominator
-- column.zh-Hans: at_risk 观察人数 -- 观察期完整的同期群客户，即分母
-- column.zh-Hant: at_risk 觀察人數 -- 觀察期完整的同期群組客戶，即分母
-- column: retained count -- the numerator
-- column.zh-Hans: retained 留存人数 -- 分子
-- column.zh-Hant: retained 留存人數 -- 分子
-- column: retention share -- retained ÷ at_risk
-- column.zh-Hans: retention 留存率 -- 留存客户 ÷ 可观察客户
-- column.zh-Hant: retention 留存率 -- 留存客戶 ÷ 可觀察客戶
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: is_complete flag -- at least one cohort has completed period k
-- column.zh-Hans: is_complete 已完整 -- 至少有一个同期群已走完第 k 周期
-- column.zh-Hant: is_complete 已完整 -- 至少有一個同期群組已走完第 k 週期
-- column: k_to count -- last period of the bracket, else k
-- column.en: k_to Last period of the bracket
-- column.zh-Hans: k_to 区段末期 -- 区间的最后一个周期，否则为 k
-- column.zh-Hant: k_to 區段末期 -- 區間的最後一個週期，否則為 k
-- fact: on_1 share = ratio(retained, at_risk) where definition = 'on' and k = 1
-- fact: n_1 count = sum(at_risk) where definition = 'on' and k = 1
-- fact: lower_1 share = lower(retained, at_risk) where definition = 'on' and k = 1
-- fact: upper_1 share = upper(retained, at_risk) where definition = 'on' and k = 1
-- fact: after_1 share = ratio(retained, at_risk) where definition = 'on-or-after' and k = 1
-- fact: before_3 share = ratio(retained, at_risk) where definition = 'on-or-before' and k = 3
-- chart: lines x=k y=retention series=definition facet=segment lower=lower upper=upper complete=is_complete n=at_risk
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
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
-- value.zh-Hans: country = 国家
-- value.zh-Hant: country = 國家
-- value.zh-Hans: coupon = 优惠券
-- value.zh-Hant: coupon = 優惠券
-- value.zh-Hans: member = 会员
-- value.zh-Hant: member = 會員
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (other) = (other)
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: on = in the period
-- value.zh-Hans: on = 当期
-- value.zh-Hant: on = 當期
-- value: on-or-after = in the period or later
-- value.zh-Hans: on-or-after = 当期或之后
-- value.zh-Hant: on-or-after = 當期或之後
-- value: on-or-before = by the end of the period
-- value.zh-Hans: on-or-before = 当期或之前
-- value.zh-Hant: on-or-before = 當期或之前
-- value: bracket = in the bracket of periods
-- value.zh-Hans: bracket = 区段
-- value.zh-Hant: bracket = 區段
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('clock'), 'calendar')::varchar as clock,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date,
    coalesce(getvariable('skip_cohorts'), 0)::integer as skip_cohorts,
    coalesce(getvariable('by'), 'none')::varchar as by_attribute,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('segments'), 8)::integer as segments,
    getvariable('horizon')::integer as horizon,
    coalesce(getvariable('edges'), '1,2,4,7,13')::varchar as edges
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
    1.959963984540054::double as z
  from params
),

labels as (
  select
    customer_summary.customer_key,
    coalesce(
      case settings.by_attribute
        when 'channel' then customer_summary.first_channel
        when 'product' then customer_summary.first_product
        when 'category' then customer_summary.first_category
        when 'country' then customer_summary.first_country
        when 'coupon' then customer_summary.first_coupon
        when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
      end,
      '(none)'
    ) as label
  from customer_summary
  cross join settings
  where settings.by_attribute != 'none' and customer_summary.first_order_date <= settings.as_of
),

days as (
  select
    coalesce(labels.label, 'all') as label,
    customer_days.order_date,
    customer_days.order_date - customer_days.days_since_first as first_date,
    customer_days.order_date - customer_days.days_since_previous as previous_date,
    customer_days.nth
  from customer_days
  left join labels on labels.customer_key = customer_days.customer_key
  cross join settings
  where customer_days.order_date <= settings.as_of
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
    indexed_days.label,
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
    indexed_days.nth
  from indexed_days
  cross join settings
),

day_steps as (
  select
    visits.label,
    visits.first_date,
    visits.cohort_index,
    visits.k,
    visits.previous_k,
    count(*) as customers,
    sum(case when visits.nth = 2 then 1 else 0 end) as second_purchases
  from visits
  group by visits.label, visits.first_date, visits.cohort_index, visits.k, visits.previous_k
),

-- every customer has one first purchase day
label_sizes as (
  select
    day_steps.label,
    sum(day_steps.customers) as customers,
    row_number() over (order by sum(day_steps.customers) desc, day_steps.label) as place
  from day_steps
  where day_steps.previous_k is null
  group by day_steps.label
),

segments as (
  select
    label_sizes.label,
    case
      when settings.by_attribute = 'none' then 'all'
      when label_sizes.customers >= settings.min_size and label_sizes.place <= settings.segments
        then label_sizes.label
      else '(other)'
    end as segment
  from label_sizes
  cross join settings
),

step_counts as (
  select
    segments.segment,
    day_steps.cohort_index,
    day_steps.k,
    day_steps.previous_k,
    sum(day_steps.customers)::bigint as customers,
    sum(day_steps.second_purchases)::bigint as second_purchases
  from day_steps
  inner join segments on segments.label = day_steps.label
  group by segments.segment, day_steps.cohort_index, day_steps.k, day_steps.previous_k
),

steps as (
  select
    case
      when settings.in_days then date '0001-01-01' + (step_counts.cohort_index * settings.days_per_period)::integer
      else make_date(
        floor(step_counts.cohort_index * settings.months_per_period / 12)::integer,
        ((step_counts.cohort_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as cohort,
    step_counts.*
  from step_counts
  cross join settings
),

cells as (
  select
    steps.segment,
    steps.cohort,
    steps.k,
    sum(case when steps.previous_k is null or steps.previous_k < steps.k then steps.customers else 0 end) as active,
    sum(steps.second_purchases) as second_purchases
  from steps
  group by steps.segment, steps.cohort, steps.k
),

-- every purchase but a customer's last is followed by another: what came minus what left by k
departures as (
  select
    arrivals.segment,
    arrivals.cohort,
    arrivals.k,
    sum(arrivals.customers) as last_visits
  from (
    select
      steps.segment,
      steps.cohort,
      steps.k,
      steps.customers
    from steps
    union all
    select
      steps.segment,
      steps.cohort,
      steps.previous_k as k,
      -steps.customers as customers
    from steps
    where steps.previous_k is not null
  ) as arrivals
  group by arrivals.segment, arrivals.cohort, arrivals.k
),

cohorts as (
  select
    cells.segment,
    cells.cohort,
    cells.active as customers
  from cells
  cross join settings
  where
    cells.k = 0
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
    cohorts.segment,
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
    spans.segment,
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
    observed.segment,
    observed.cohort,
    observed.customers,
    series.k::integer as k,
    series.k < observed.complete_periods as is_complete
  from observed
  cross join settings
  cross join generate_series(0, least(observed.observed_k, settings.last_k)) as series(k)
),

cohort_counts as (
  select
    grid.segment,
    grid.k,
    grid.customers,
    grid.is_complete,
    coalesce(cells.active, 0) as active,
    sum(coalesce(cells.second_purchases, 0)) over until_now as repeaters,
    grid.customers
    - sum(coalesce(departures.last_visits, 0)) over until_now
    + coalesce(departures.last_visits, 0) as still_to_come
  from grid
  left join cells
    on cells.segment = grid.segment and cells.cohort = grid.cohort and cells.k = grid.k
  left join departures
    on departures.segment = grid.segment and departures.cohort = grid.cohort and departures.k = grid.k
  window until_now as (
    partition by grid.segment, grid.cohort order by grid.k rows between unbounded preceding and current row
  )
),

edges as (
  select distinct try_cast(trim(pieces.piece) as integer) as edge
  from (select unnest(string_split(params.edges, ',')) as piece from params) as pieces
),

brackets as (
  select
    edges.edge as k,
    min(later_edges.edge) - 1 as k_to
  from edges
  inner join edges as later_edges on later_edges.edge > edges.edge
  where edges.edge >= 0
  group by edges.edge
),

bracket_visits as (
  select
    steps.segment,
    steps.cohort,
    brackets.k,
    sum(steps.customers) as active
  from steps
  inner join brackets
    on steps.k between brackets.k and brackets.k_to
    and (steps.previous_k is null or steps.previous_k < brackets.k)
  group by steps.segment, steps.cohort, brackets.k
),

bracket_counts as (
  select
    observed.segment,
    brackets.k,
    brackets.k_to,
    observed.customers,
    brackets.k_to < observed.complete_periods as is_complete,
    coalesce(bracket_visits.active, 0) as active
  from observed
  inner join brackets on brackets.k <= observed.observed_k
  left join bracket_visits
    on bracket_visits.segment = observed.segment
    and bracket_visits.cohort = observed.cohort
    and bracket_visits.k = brackets.k
),

pooled as (
  select 'on' as definition, segment, k, k as k_to, is_complete, sum(customers) as at_risk, sum(active) as retained
  from cohort_counts
  group by segment, k, is_complete
  union all
  select 'on-or-after', segment, k, k, is_complete, sum(customers), sum(still_to_come)
  from cohort_counts
  group by segment, k, is_complete
  union all
  select 'on-or-before', segment, k, k, is_complete, sum(customers), sum(repeaters)
  from cohort_counts
  group by segment, k, is_complete
  union all
  select 'bracket', segment, k, k_to, is_complete, sum(customers), sum(active)
  from bracket_counts
  group by segment, k, k_to, is_complete
),

-- what is incomplete stands in only where nothing is complete
shown as (
  select
    pooled.*,
    pooled.retained::double / pooled.at_risk as retention
  from pooled
  left join pooled as complete
    on complete.definition = pooled.definition
    and complete.segment = pooled.segment
    and complete.k = pooled.k
    and complete.is_complete
  where pooled.is_complete or complete.k is null
)

select
  shown.definition,
  shown.segment,
  shown.k::integer as k,
  shown.at_risk::integer as at_risk,
  shown.retained::integer as retained,
  shown.retention,
  greatest(0, (
    shown.retention + settings.z * settings.z / (2 * shown.at_risk)
    - settings.z * sqrt(
      (shown.retention * (1 - shown.retention) + settings.z * settings.z / (4 * shown.at_risk))
      / shown.at_risk
    )
  ) / (1 + settings.z * settings.z / shown.at_risk))::double as lower,
  least(1, (
    shown.retention + settings.z * settings.z / (2 * shown.at_risk)
    + settings.z * sqrt(
      (shown.retention * (1 - shown.retention) + settings.z * settings.z / (4 * shown.at_risk))
      / shown.at_risk
    )
  ) / (1 + settings.z * settings.z / shown.at_risk))::double as upper,
  shown.is_complete,
  shown.k_to::integer as k_to
from shown
cross join settings
order by
  case shown.definition when 'on' then 1 when 'on-or-after' then 2 when 'on-or-before' then 3 else 4 end,
  shown.segment,
  shown.k;
