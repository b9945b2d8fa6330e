-- title: Retention cost
-- title.zh-Hans: 留存成本
-- title.zh-Hant: 留存成本
-- question: What does it cost to have a customer buy again, against what it costs to win one, and what share of
--   revenue goes into marketing?
-- question.zh-Hans: 让一位客户再次购买要花多少钱，与获得一位新客户相比如何，营销又占收入的多少？
-- question.zh-Hant: 讓一位客戶再次購買要花多少錢，與獲得一位新客戶相比如何，行銷又占營收的多少？
-- definition: crc = retention cost ÷ customers with a repeat order in the period; a repeat order is any but the
--   customer’s first ever, also when both lie in the same period. cac = acquisition cost ÷ customers whose
--   first order ever falls in the period. ratio = cac ÷ crc: how many times as much a new customer costs.
--   marketing_ratio = all cost ÷ revenue, with every kind of the costs file and the net of every order, also of
--   those without a customer. Costs of kind retention count as retention, of kind acquisition or of no kind as
--   acquisition. A cost is 0 in a period without any inside the span of its kind (for all cost: of the file)
--   and empty outside it; whatever would be divided by nobody or by nothing is empty. The costs of a period
--   count whole, whatever their day. The last period is incomplete when the observation ends before it does,
--   and the sentence leaves it out.
-- definition.zh-Hans: 留存成本 CRC = 留存费用 ÷ 本期有复购订单的客户数；复购订单是除客户历史首单以外的任何订
--   单，与首单同在一期也算。获客成本 CAC = 获客费用 ÷ 历史首单落在本期的客户数。成本比 = CAC ÷ CRC，即获得一位
--   新客户的花费是留住一位的多少倍。营销费用率 = 全部费用 ÷ 收入，费用包括成本文件的所有类别，收入为全部订单的
--   净额，包括没有客户信息的订单。类别为留存的费用计为留存，类别为获客或未注明的计为获客。费用在其类别（全部费
--   用则为文件）的覆盖期内没有记录的周期为 0，覆盖期外为空；除数为零的各项为空。一个周期的费用不论日期全额计
--   入。截止日早于周期末时，最后一个周期不完整，不计入下面的句子。
-- definition.zh-Hant: 留存成本 CRC = 留存費用 ÷ 本期有回購訂單的客戶數；回購訂單是除客戶歷史首單以外的任何訂
--   單，與首單同在一期也算。獲客成本 CAC = 獲客費用 ÷ 歷史首單落在本期的客戶數。成本比 = CAC ÷ CRC，即獲得一位
--   新客戶的花費是留住一位的多少倍。行銷費用率 = 全部費用 ÷ 營收，費用包括成本檔案的所有類別，營收為全部訂單的
--   淨額，包括沒有客戶資訊的訂單。類別為留存的費用計為留存，類別為獲客或未註明的計為獲客。費用在其類別（全部費
--   用則為檔案）的覆蓋期內沒有紀錄的週期為 0，覆蓋期外為空；除數為零的各項為空。一個週期的費用不論日期全額計
--   入。截止日早於週期末時，最後一個週期不完整，不計入下面的句子。
-- sentence: Over the complete periods of the costs file [a repeat customer cost {crc} a period[ and a new one
--   {cac}]; |a new customer cost {cac}; ]{marketing_ratio} of revenue went into marketing.|No complete period has
--   both costs and orders: the costs are of the periods that began from {costs_from} to {costs_to}, the orders of
--   those from {orders_from} to {orders_to}.|No complete period has both costs and orders, so no customer can be
--   set against a cost.
-- sentence.zh-Hans: 在成本文件覆盖的完整周期内，[每期每位复购客户花费 {crc}[，每位新客户花费 {cac}]；|每位新客户花
--   费 {cac}；]营销费用占收入的 {marketing_ratio}。|没有一个完整周期既有成本又有订单：成本所在周期始于 {costs_from}
--   至 {costs_to}，订单所在周期始于 {orders_from} 至 {orders_to}。|没有一个完整周期既有成本又有订单，无法把客户与成
--   本对应起来。
-- sentence.zh-Hant: 在成本檔案覆蓋的完整週期內，[每期每位回購客戶花費 {crc}[，每位新客戶花費 {cac}]；|每位新客戶花
--   費 {cac}；]行銷費用占營收的 {marketing_ratio}。|沒有一個完整週期既有成本又有訂單：成本所在週期始於 {costs_from}
--   至 {costs_to}，訂單所在週期始於 {orders_from} 至 {orders_to}。|沒有一個完整週期既有成本又有訂單，無法把客戶與成
--   本對應起來。
-- group: growth
-- needs: customer_days, customer_periods, orders, costs
-- scope: shop
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
-- counts: new_customers, repeat_customers by period
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: cac money -- acquisition_cost ÷ new_customers
-- column.en: cac Acquisition cost a new customer
-- column.zh-Hans: cac 获客成本 CAC -- 获客费用 ÷ 新客数
-- column.zh-Hant: cac 獲客成本 CAC -- 獲客費用 ÷ 新客數
-- column: crc money -- retention_cost ÷ repeat_customers
-- column.en: crc Retention cost a repeat customer
-- column.zh-Hans: crc 留存成本 CRC -- 留存费用 ÷ 复购客户数
-- column.zh-Hant: crc 留存成本 CRC -- 留存費用 ÷ 回購客戶數
-- column: ratio number -- cac ÷ crc
-- column.en: ratio Acquisition ÷ retention
-- column.zh-Hans: ratio 成本比 -- CAC ÷ CRC
-- column.zh-Hant: ratio 成本比 -- CAC ÷ CRC
-- column: marketing_ratio share -- cost ÷ revenue
-- column.en: marketing_ratio Marketing cost ratio
-- column.zh-Hans: marketing_ratio 营销费用率 -- 全部费用 ÷ 收入
-- column.zh-Hant: marketing_ratio 行銷費用率 -- 全部費用 ÷ 營收
-- column: acquisition_cost money -- dated in the period
-- column.zh-Hans: acquisition_cost 获客费用 -- 日期在本期
-- column.zh-Hant: acquisition_cost 獲客費用 -- 日期在本期
-- column: new_customers count -- first order ever in the period
-- column.zh-Hans: new_customers 新客数 -- 历史首单落在本期
-- column.zh-Hant: new_customers 新客數 -- 歷史首單落在本期
-- column: retention_cost money -- dated in the period
-- column.zh-Hans: retention_cost 留存费用 -- 日期在本期
-- column.zh-Hant: retention_cost 留存費用 -- 日期在本期
-- column: repeat_customers count -- with a repeat order in the period
-- column.zh-Hans: repeat_customers 复购客户数 -- 本期有复购订单
-- column.zh-Hant: repeat_customers 回購客戶數 -- 本期有回購訂單
-- column: cost money -- of every kind, dated in the period
-- column.zh-Hans: cost 全部费用 -- 所有类别，日期在本期
-- column.zh-Hant: cost 全部費用 -- 所有類別，日期在本期
-- column: revenue money -- net of all orders
-- column.zh-Hans: revenue 收入 -- 全部订单的净额
-- column.zh-Hant: revenue 營收 -- 全部訂單的淨額
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: crc money = ratio(retention_cost, repeat_customers) where is_complete = true and retention_cost != null
-- fact: cac money = ratio(acquisition_cost, new_customers) where is_complete = true and acquisition_cost !=
--   null
-- fact: marketing_ratio share = ratio(cost, revenue) where is_complete = true and cost != null
-- fact: costs_from date = min(period) where cost > 0
-- fact: costs_to date = max(period) where cost > 0
-- fact: orders_from date = min(period) where revenue > 0
-- fact: orders_to date = max(period) where revenue > 0
-- chart: lines x=period y=crc complete=is_complete n=repeat_customers -- Retention cost
-- chart.zh-Hans: 留存成本
-- chart.zh-Hant: 留存成本
-- chart: lines x=period y=cac complete=is_complete n=new_customers -- Acquisition cost
-- chart.zh-Hans: 获客成本
-- chart.zh-Hant: 獲客成本
-- chart: lines x=period y=ratio complete=is_complete n=repeat_customers -- Acquisition ÷ retention
-- chart.zh-Hans: 成本比
-- chart.zh-Hant: 成本比
-- chart: lines x=period y=marketing_ratio complete=is_complete -- Marketing cost ratio
-- chart.zh-Hans: 营销费用率
-- chart.zh-Hant: 行銷費用率
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
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    -- the month spine holds whole months only
    params.grain = 'month' and params.as_of >= dataset.last_date as from_spine
  from params
  cross join dataset
),

visits as (
  select
    customer_days.customer_key,
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
  where not settings.from_spine and customer_days.order_date <= settings.as_of
),

buyers as (
  select
    customer_periods.period_index - 1 as period_index,
    customer_periods.k = 0 as is_new,
    customer_periods.orders
  from customer_periods
  cross join settings
  where settings.from_spine
  union all
  select
    visits.period_index,
    min(visits.nth) = 1 as is_new,
    sum(visits.orders) as orders
  from visits
  group by visits.customer_key, visits.period_index
),

order_days as (
  select
    orders.order_date,
    sum(orders.net) as net
  from orders
  cross join settings
  where orders.order_date <= settings.as_of
  group by orders.order_date
),

cost_days as (
  select
    case
      when settings.in_days then floor((costs.cost_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from costs.cost_date) * 12 + extract(month from costs.cost_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    coalesce(costs.kind, 'acquisition') as kind,
    costs.amount
  from costs
  cross join settings
),

entries as (
  select
    buyers.period_index,
    case when buyers.is_new then 1 else 0 end as new_customers,
    case when buyers.is_new and buyers.orders < 2 then 0 else 1 end as repeat_customers,
    0 as revenue,
    0 as acquisition_cost,
    0 as retention_cost,
    0 as cost
  from buyers
  union all
  select
    case
      when settings.in_days then floor((order_days.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from order_days.order_date) * 12 + extract(month from order_days.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    0,
    0,
    order_days.net,
    0,
    0,
    0
  from order_days
  cross join settings
  union all
  select
    cost_days.period_index,
    0,
    0,
    0,
    case when cost_days.kind = 'acquisition' then cost_days.amount else 0 end,
    case when cost_days.kind = 'retention' then cost_days.amount else 0 end,
    cost_days.amount
  from cost_days
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

totals as (
  select
    entries.period_index,
    sum(entries.new_customers) as new_customers,
    sum(entries.repeat_customers) as repeat_customers,
    sum(entries.revenue) as revenue,
    sum(entries.acquisition_cost) as acquisition_cost,
    sum(entries.retention_cost) as retention_cost,
    sum(entries.cost) as cost
  from entries
  cross join ends
  where entries.period_index <= ends.last_index
  group by entries.period_index
),

spans as (
  select
    min(case when cost_days.kind = 'acquisition' then cost_days.period_index end) as first_acquisition,
    max(case when cost_days.kind = 'acquisition' then cost_days.period_index end) as last_acquisition,
    min(case when cost_days.kind = 'retention' then cost_days.period_index end) as first_retention,
    max(case when cost_days.kind = 'retention' then cost_days.period_index end) as last_retention,
    min(cost_days.period_index) as first_cost,
    max(cost_days.period_index) as last_cost
  from cost_days
),

bounds as (
  select
    min(totals.period_index) as first_index,
    any_value(ends.last_index) as last_index,
    any_value(ends.open_index) as open_index
  from totals
  cross join ends
),

periods as (
  select
    series.period_index::integer as period_index,
    series.period_index < bounds.open_index as is_complete,
    coalesce(totals.new_customers, 0) as new_customers,
    coalesce(totals.repeat_customers, 0) as repeat_customers,
    coalesce(totals.revenue, 0) as revenue,
    case
      when series.period_index between spans.first_acquisition and spans.last_acquisition
        then coalesce(totals.acquisition_cost, 0)
    end as acquisition_cost,
    case
      when series.period_index between spans.first_retention and spans.last_retention
        then coalesce(totals.retention_cost, 0)
    end as retention_cost,
    case
      when series.period_index between spans.first_cost and spans.last_cost then coalesce(totals.cost, 0)
    end as cost
  from bounds
  cross join spans
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join totals on totals.period_index = series.period_index
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (periods.period_index * settings.days_per_period)::integer
      else make_date(
        floor(periods.period_index * settings.months_per_period / 12)::integer,
        ((periods.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    periods.*,
    periods.acquisition_cost::double / nullif(periods.new_customers, 0)::double as cac,
    periods.retention_cost::double / nullif(periods.repeat_customers, 0)::double as crc
  from periods
  cross join settings
)

select
  dated.period,
  dated.cac,
  dated.crc,
  dated.cac / nullif(dated.crc, 0) as ratio,
  case when dated.revenue > 0 then dated.cost::double / dated.revenue::double end as marketing_ratio,
  dated.acquisition_cost::double as acquisition_cost,
  dated.new_customers::integer as new_customers,
  dated.retention_cost::double as retention_cost,
  dated.repeat_customers::integer as repeat_customers,
  dated.cost::double as cost,
  dated.revenue::double as revenue,
  dated.is_complete
from dated
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period;
