-- title: Growth accounting
-- title.zh-Hans: 增长核算
-- title.zh-Hant: 成長核算
-- question: Where do the active customers of each period come from, and how many were lost?
-- question.zh-Hans: 每个周期的活跃客户从哪里来，又流失了多少？
-- question.zh-Hant: 每個週期的活躍客戶從哪裡來，又流失了多少？
-- definition: Buyers of a period: their first order ever falls in it → new; they also bought in the previous
--   period → retained; otherwise → resurrected. churned = bought in the previous period and not in this one.
--   active(m) − active(m−1) = new + resurrected − churned, exactly. quick_ratio = (new + resurrected) ÷ churned,
--   empty where nobody churned. Periods without any buyer are rows of 0. The last period is incomplete when the
--   observation ends before it does.
-- definition.zh-Hans: 一个周期的购买客户：历史首单在本期 → 新客；上期也购买 → 留存；否则 → 回流。流失 =
--   上期购买而本期未购买。活跃(m) − 活跃(m−1) = 新客 + 回流 − 流失，严格相等。速动比 = (新客 + 回流) ÷ 流失，
--   无人流失时为空。没有购买者的周期各项为 0。截止日早于周期末时，最后一个周期不完整。
-- definition.zh-Hant: 一個週期的購買客戶：歷史首單在本期 → 新客；上期也購買 → 留存；否則 → 回流。流失 =
--   上期購買而本期未購買。活躍(m) − 活躍(m−1) = 新客 + 回流 − 流失，嚴格相等。速動比 = (新客 + 回流) ÷ 流失，
--   無人流失時為空。沒有購買者的週期各項為 0。截止日早於週期末時，最後一個週期不完整。
-- sentence: {?over}Over {periods} complete {periods|period|periods} {new} {new|customer|customers} came for the
--   first time, customers came back {resurrected} {resurrected|time|times} and lapsed {churned}
--   {churned|time|times}[: a quick ratio of {quick_ratio}].|Not enough time has passed yet: no period is over.
-- sentence.zh-Hans: {?over}在 {periods} 个完整周期中，新客 {new} 人次、回流 {resurrected} 人次、流失 {churned} 人
--   次[，速动比 {quick_ratio}]。|时间还不够：没有一个周期已经结束。
-- sentence.zh-Hant: {?over}在 {periods} 個完整週期中，新客 {new} 人次、回流 {resurrected} 人次、流失 {churned} 人
--   次[，速動比 {quick_ratio}]。|時間還不夠：沒有一個週期已經結束。
-- group: growth
-- needs: customer_days
-- brush: period until
-- drill: active = select customer_days.customer_key from customer_days cross join this_row cross join settings where
--   customer_days.order_date between this_row.period and settings.as_of and customer_days.order_date < case when
--   settings.in_days then this_row.period + settings.days_per_period else (this_row.period + interval 1 month *
--   settings.months_per_period)::date end
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
-- counts: new, retained, resurrected, churned, active by period each is_complete
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: new count -- first order ever
-- column.zh-Hans: new 新客 -- 有史以来的首单
-- column.zh-Hant: new 新客 -- 有史以來的首單
-- column: retained count -- also bought in the previous period
-- column.zh-Hans: retained 留存 -- 上一周期也购买过
-- column.zh-Hant: retained 留存 -- 上一週期也購買過
-- column: resurrected count -- bought before, not in the previous period
-- column.zh-Hans: resurrected 回流 -- 以前购买过，上一周期没有
-- column.zh-Hant: resurrected 回流 -- 以前購買過，上一週期沒有
-- column: churned count -- bought in the previous period, not in this one
-- column.zh-Hans: churned 流失 -- 上一周期购买过，本周期没有
-- column.zh-Hant: churned 流失 -- 上一週期購買過，本週期沒有
-- column: active count -- new + retained + resurrected
-- column.zh-Hans: active 活跃客户 -- 新客 + 留存 + 回流
-- column.zh-Hant: active 活躍客戶 -- 新客 + 留存 + 回流
-- column: quick_ratio number -- (new + resurrected) ÷ churned
-- column.zh-Hans: quick_ratio 速动比 -- （新客 + 回流）÷ 流失
-- column.zh-Hant: quick_ratio 速動比 -- （新客 + 回流）÷ 流失
-- column: gained count -- new + resurrected
-- column.zh-Hans: gained 获得 -- 新客 + 回流
-- column.zh-Hant: gained 獲得 -- 新客 + 回流
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: periods count = count() where is_complete = true
-- fact: new count = sum(new) where is_complete = true
-- fact: resurrected count = sum(resurrected) where is_complete = true
-- fact: churned count = sum(churned) where is_complete = true
-- fact: quick_ratio number = ratio(gained, churned) where is_complete = true
-- fact: over date = first(period) where is_complete = true
-- chart: stack x=period y1=new y2=retained y3=resurrected down=churned complete=is_complete
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
    count(*) as customers
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.order_date, previous_date
),

visits as (
  select
    day_pairs.customers,
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
    end::integer as previous_index
  from day_pairs
  cross join settings
),

-- a customer counts at the first purchase day of the period
buyers as (
  select
    visits.period_index,
    sum(visits.customers) as active,
    sum(case when visits.previous_index is null then visits.customers else 0 end) as new,
    sum(case when visits.previous_index = visits.period_index - 1 then visits.customers else 0 end) as retained
  from visits
  where visits.previous_index is null or visits.previous_index < visits.period_index
  group by visits.period_index
),

bounds as (
  select
    min(buyers.period_index) as first_index,
    max(case
        when settings.in_days then floor((settings.as_of - date '0001-01-01') / settings.days_per_period)
        else floor(
          (extract(year from settings.as_of) * 12 + extract(month from settings.as_of) - 1)
          / settings.months_per_period
        )
      end::integer) as last_index,
    max(case
        when settings.in_days then floor(((settings.as_of + 1) - date '0001-01-01') / settings.days_per_period)
        else floor(
          (extract(year from (settings.as_of + 1)) * 12 + extract(month from (settings.as_of + 1)) - 1)
          / settings.months_per_period
        )
      end::integer) as open_index
  from buyers
  cross join settings
),

periods as (
  select
    series.period_index::integer as period_index,
    series.period_index < bounds.open_index as is_complete,
    coalesce(buyers.active, 0) as active,
    coalesce(buyers.new, 0) as new,
    coalesce(buyers.retained, 0) as retained
  from bounds
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join buyers on buyers.period_index = series.period_index
),

flows as (
  select
    periods.period_index,
    periods.is_complete,
    periods.active,
    periods.new,
    periods.retained,
    periods.active - periods.new - periods.retained as resurrected,
    coalesce(lag(periods.active) over (order by periods.period_index), 0) - periods.retained as churned
  from periods
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (flows.period_index * settings.days_per_period)::integer
      else make_date(
        floor(flows.period_index * settings.months_per_period / 12)::integer,
        ((flows.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    flows.*
  from flows
  cross join settings
)

select
  dated.period,
  dated.new::integer as new,
  dated.retained::integer as retained,
  dated.resurrected::integer as resurrected,
  dated.churned::integer as churned,
  dated.active::integer as active,
  case when dated.churned > 0 then (dated.new + dated.resurrected)::double / dated.churned end as quick_ratio,
  (dated.new + dated.resurrected)::integer as gained,
  dated.is_complete
from dated
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period;
