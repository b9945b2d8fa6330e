-- title: Revenue growth
-- title.zh-Hans: 收入增长
-- title.zh-Hant: 營收成長
-- question: Does revenue grow because new customers come, or because those who know the shop buy again?
-- question.zh-Hans: 收入的增长来自新客户，还是来自老客户再次购买？
-- question.zh-Hant: 營收的成長來自新客戶，還是來自老客戶再次購買？
-- definition: new_revenue = net of all orders of customers whose first order ever falls in the period.
--   repeat_revenue = net of customers who first ordered before it. revenue = new_revenue + repeat_revenue.
--   delta_new, delta_repeat and delta_revenue = the figure − the same figure of the period before, so
--   delta_revenue = delta_new + delta_repeat, exactly; empty in the first period of the history. growth =
--   delta_revenue ÷ revenue of the period before, empty where that was not above 0. Orders without a customer
--   are in none of these; their net stands beside as unidentified_revenue. For efficiency, contacts = contact
--   records dated in the period and cost = all amounts of the costs file dated in it, each 0 in a period
--   without any inside the span of its file and empty outside it; revenue_per_contact and revenue_per_cost =
--   (revenue + unidentified_revenue) ÷ contacts and ÷ cost. Refunds are taken off the order they belong to.
--   Periods without orders are rows of 0. The last period is incomplete when the observation ends before it
--   does, and the sentence leaves it out.
-- definition.zh-Hans: 新客收入 = 历史首单落在本期的客户在本期全部订单的净额。复购收入 = 首单早于本期的客户的净
--   额。收入 = 新客收入 + 复购收入。新客增量、复购增量、收入增量 = 本期 − 上一期的同一数值，因此收入增量 = 新客
--   增量 + 复购增量，严格相等；历史的第一个周期为空。增长率 = 收入增量 ÷ 上一期收入，上一期不大于 0 时为空。没
--   有客户信息的订单不计入以上各项，其净额另列为未识别收入。效率：触达次数 = 触达记录中日期在本期的条数，成本 =
--   成本文件中日期在本期的全部金额；在各自文件覆盖期内没有记录的周期为 0，覆盖期外为空；每次触达收入与每元成本
--   收入 =（收入 + 未识别收入）÷ 触达次数、÷ 成本。退款从其所属订单中扣除。没有订单的周期各项为 0。截止日早于周
--   期末时，最后一个周期不完整，不计入下面的句子。
-- definition.zh-Hant: 新客營收 = 歷史首單落在本期的客戶在本期全部訂單的淨額。回購營收 = 首單早於本期的客戶的淨
--   額。營收 = 新客營收 + 回購營收。新客增量、回購增量、營收增量 = 本期 − 上一期的同一數值，因此營收增量 = 新客
--   增量 + 回購增量，嚴格相等；歷史的第一個週期為空。成長率 = 營收增量 ÷ 上一期營收，上一期不大於 0 時為空。沒
--   有客戶資訊的訂單不計入以上各項，其淨額另列為未識別營收。效率：接觸次數 = 接觸紀錄中日期在本期的筆數，成本 =
--   成本檔案中日期在本期的全部金額；在各自檔案覆蓋期內沒有紀錄的週期為 0，覆蓋期外為空；每次接觸營收與每元成本
--   營收 =（營收 + 未識別營收）÷ 接觸次數、÷ 成本。退款從其所屬訂單中扣除。沒有訂單的週期各項為 0。截止日早於週
--   期末時，最後一個週期不完整，不計入下面的句子。
-- sentence: In the last complete period, which began on {period}, known customers brought {revenue}[, a change of
--   {delta_revenue} on the period before: {delta_new} from new customers and {delta_repeat} from those who had
--   bought before|; there is no complete period before it to compare with].|Not enough time has passed yet: no
--   period is over.
-- sentence.zh-Hans: 最近一个完整周期（始于 {period}）中，已识别客户带来收入 {revenue}[，较上一期变化
--   {delta_revenue}：新客 {delta_new}，老客户复购 {delta_repeat}|；之前没有完整周期可以比较]。|时间还不够：没有一个
--   周期已经结束。
-- sentence.zh-Hant: 最近一個完整週期（始於 {period}）中，已識別客戶帶來營收 {revenue}[，較上一期變化
--   {delta_revenue}：新客 {delta_new}，老客戶回購 {delta_repeat}|；之前沒有完整週期可以比較]。|時間還不夠：沒有一個
--   週期已經結束。
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
-- counts: new_customers by period
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: new_revenue money -- net of customers whose first order ever falls in the period
-- column.zh-Hans: new_revenue 新客收入 -- 历史首单落在本期的客户的净额
-- column.zh-Hant: new_revenue 新客營收 -- 歷史首單落在本期的客戶的淨額
-- column: repeat_revenue money -- net of customers who first ordered before the period
-- column.zh-Hans: repeat_revenue 复购收入 -- 首单早于本期的客户的净额
-- column.zh-Hant: repeat_revenue 回購營收 -- 首單早於本期的客戶的淨額
-- column: revenue money -- new_revenue + repeat_revenue
-- column.zh-Hans: revenue 收入 -- 新客收入 + 复购收入
-- column.zh-Hant: revenue 營收 -- 新客營收 + 回購營收
-- column: delta_new money -- new_revenue − that of the period before
-- column.en: delta_new Change in new customers’ revenue
-- column.zh-Hans: delta_new 新客增量 -- 新客收入 − 上一期的新客收入
-- column.zh-Hant: delta_new 新客增量 -- 新客營收 − 上一期的新客營收
-- column: delta_repeat money -- repeat_revenue − that of the period before
-- column.en: delta_repeat Change in repeat revenue
-- column.zh-Hans: delta_repeat 复购增量 -- 复购收入 − 上一期的复购收入
-- column.zh-Hant: delta_repeat 回購增量 -- 回購營收 − 上一期的回購營收
-- column: delta_revenue money -- delta_new + delta_repeat
-- column.en: delta_revenue Change in revenue
-- column.zh-Hans: delta_revenue 收入增量 -- 新客增量 + 复购增量
-- column.zh-Hant: delta_revenue 營收增量 -- 新客增量 + 回購增量
-- column: growth share -- delta_revenue ÷ revenue of the period before
-- column.zh-Hans: growth 增长率 -- 收入增量 ÷ 上一期收入
-- column.zh-Hant: growth 成長率 -- 營收增量 ÷ 上一期營收
-- column: new_customers count -- first order ever in the period
-- column.zh-Hans: new_customers 新客数 -- 历史首单落在本期
-- column.zh-Hant: new_customers 新客數 -- 歷史首單落在本期
-- column: unidentified_revenue money -- net of orders without a customer
-- column.zh-Hans: unidentified_revenue 未识别收入 -- 没有客户信息的订单的净额
-- column.zh-Hant: unidentified_revenue 未識別營收 -- 沒有客戶資訊的訂單的淨額
-- column: contacts count -- contact records dated in the period
-- column.zh-Hans: contacts 触达次数 -- 日期在本期的触达记录
-- column.zh-Hant: contacts 接觸次數 -- 日期在本期的接觸紀錄
-- column: revenue_per_contact money -- revenue of all orders ÷ contacts
-- column.zh-Hans: revenue_per_contact 每次触达收入 -- 全部订单的收入 ÷ 触达次数
-- column.zh-Hant: revenue_per_contact 每次接觸營收 -- 全部訂單的營收 ÷ 接觸次數
-- column: cost money -- all costs dated in the period
-- column.zh-Hans: cost 成本 -- 日期在本期的全部成本
-- column.zh-Hant: cost 成本 -- 日期在本期的全部成本
-- column: revenue_per_cost number -- revenue of all orders ÷ cost
-- column.zh-Hans: revenue_per_cost 每元成本收入 -- 全部订单的收入 ÷ 成本
-- column.zh-Hant: revenue_per_cost 每元成本營收 -- 全部訂單的營收 ÷ 成本
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: period date = last(period) where is_complete = true
-- fact: revenue money = last(revenue) where is_complete = true
-- fact: delta_revenue money = last(delta_revenue) where is_complete = true
-- fact: delta_new money = last(delta_new) where is_complete = true
-- fact: delta_repeat money = last(delta_repeat) where is_complete = true
-- chart: stack x=period y1=new_revenue y2=repeat_revenue complete=is_complete -- Revenue
-- chart.zh-Hans: 收入
-- chart.zh-Hant: 營收
-- chart: stack x=period y1=delta_new y2=delta_repeat complete=is_complete -- Change on the period before
-- chart.zh-Hans: 较上一期的变化
-- chart.zh-Hant: 較上一期的變化
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
    customer_days.order_date - customer_days.days_since_first as first_date,
    sum(customer_days.net) as net,
    sum(case when customer_days.nth = 1 then 1 else 0 end) as new_customers
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.order_date, first_date
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

indexed_pairs as (
  select
    case
      when settings.in_days then floor((day_pairs.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from day_pairs.order_date) * 12 + extract(month from day_pairs.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    case
      when settings.in_days then floor((day_pairs.first_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from day_pairs.first_date) * 12 + extract(month from day_pairs.first_date) - 1)
        / settings.months_per_period
      )
    end::integer as first_index,
    day_pairs.net,
    day_pairs.new_customers
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
    indexed_pairs.period_index,
    case when indexed_pairs.first_index = indexed_pairs.period_index then indexed_pairs.net else 0 end as new_revenue,
    case when indexed_pairs.first_index < indexed_pairs.period_index then indexed_pairs.net else 0 end
      as repeat_revenue,
    0 as unidentified_revenue,
    indexed_pairs.new_customers
  from indexed_pairs
  union all
  select period_index, 0, 0, net, 0
  from indexed_days
),

period_sales as (
  select
    sales.period_index,
    sum(sales.new_revenue) as new_revenue,
    sum(sales.repeat_revenue) as repeat_revenue,
    sum(sales.unidentified_revenue) as unidentified_revenue,
    sum(sales.new_customers) as new_customers
  from sales
  group by sales.period_index
),

touch_days as (
  select
    touches.touched_at::date as touch_date,
    count(*) as contacts
  from touches
  cross join settings
  where touches.touched_at::date <= settings.as_of
  group by touch_date
),

period_touches as (
  select
    case
      when settings.in_days then floor((touch_days.touch_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from touch_days.touch_date) * 12 + extract(month from touch_days.touch_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    sum(touch_days.contacts) as contacts
  from touch_days
  cross join settings
  group by period_index
),

period_costs as (
  select
    case
      when settings.in_days then floor((costs.cost_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from costs.cost_date) * 12 + extract(month from costs.cost_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    sum(costs.amount) as cost
  from costs
  cross join settings
  group by period_index
),

touch_spans as (
  select
    min(period_touches.period_index) as first_index,
    max(period_touches.period_index) as last_index
  from period_touches
),

cost_spans as (
  select
    min(period_costs.period_index) as first_index,
    max(period_costs.period_index) as last_index
  from period_costs
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
    coalesce(period_sales.new_revenue, 0) as new_revenue,
    coalesce(period_sales.repeat_revenue, 0) as repeat_revenue,
    coalesce(period_sales.unidentified_revenue, 0) as unidentified_revenue,
    coalesce(period_sales.new_customers, 0) as new_customers,
    case
      when series.period_index between touch_spans.first_index and touch_spans.last_index
        then coalesce(period_touches.contacts, 0)
    end as contacts,
    case
      when series.period_index between cost_spans.first_index and cost_spans.last_index
        then coalesce(period_costs.cost, 0)
    end as cost
  from bounds
  cross join touch_spans
  cross join cost_spans
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join period_sales on period_sales.period_index = series.period_index
  left join period_touches on period_touches.period_index = series.period_index
  left join period_costs on period_costs.period_index = series.period_index
),

changes as (
  select
    periods.*,
    periods.new_revenue + periods.repeat_revenue as revenue,
    periods.new_revenue - lag(periods.new_revenue) over (order by periods.period_index) as delta_new,
    periods.repeat_revenue - lag(periods.repeat_revenue) over (order by periods.period_index) as delta_repeat
  from periods
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (changes.period_index * settings.days_per_period)::integer
      else make_date(
        floor(changes.period_index * settings.months_per_period / 12)::integer,
        ((changes.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    changes.*,
    changes.delta_new + changes.delta_repeat as delta_revenue,
    changes.revenue + changes.unidentified_revenue as all_revenue
  from changes
  cross join settings
)

select
  dated.period,
  dated.new_revenue::double as new_revenue,
  dated.repeat_revenue::double as repeat_revenue,
  dated.revenue::double as revenue,
  dated.delta_new::double as delta_new,
  dated.delta_repeat::double as delta_repeat,
  dated.delta_revenue::double as delta_revenue,
  case
    when dated.revenue - dated.delta_revenue > 0
      then dated.delta_revenue::double / (dated.revenue - dated.delta_revenue)::double
  end as growth,
  dated.new_customers::integer as new_customers,
  dated.unidentified_revenue::double as unidentified_revenue,
  dated.contacts::integer as contacts,
  dated.all_revenue::double / nullif(dated.contacts, 0)::double as revenue_per_contact,
  dated.cost::double as cost,
  case when dated.cost > 0 then dated.all_revenue::double / dated.cost::double end as revenue_per_cost,
  dated.is_complete
from dated
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period;
