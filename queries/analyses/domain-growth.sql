-- title: Growth by domain
-- title.zh-Hans: 公域与私域增长
-- title.zh-Hant: 公域與私域成長
-- question: How much of the revenue comes from private channels, and are they growing faster than public ones?
-- question.zh-Hans: 收入中有多少来自私域，私域比公域增长得更快吗？
-- question.zh-Hant: 營收中有多少來自私域，私域比公域成長得更快嗎？
-- definition: Net of the orders by the domain of their channel. private: channels in which the shop reaches its
--   customers itself (messenger, group, mini program, members, e-mail, its own app); public: platforms, search and
--   advertising; other: orders without a channel, or one that tells nothing. share = revenue of the domain ÷ revenue
--   of all domains in the period, empty where that is not above 0; it is a share of money, so it has no interval. yoy
--   = revenue ÷ revenue of the same domain a year earlier − 1, empty where that was not above 0. A year earlier is
--   the same month, quarter or year; for days and weeks it is 364 days (52 weeks) earlier, the same day of the week.
--   Both periods must be whole: the one at the start of the data is left out where the data begin inside it, and so
--   is the last one where the observation ends before it. customers = known customers with an order in the domain;
--   one who bought in two domains counts in both. Orders without a customer count in revenue. Every period has a row
--   for public and for private, and for other where any order has it.
-- definition.zh-Hans: 订单净额按其渠道所属的域汇总。私域：商家自己能触达客户的渠道（企业微信、社群、小程序、会员、邮
--   件、自有应用）；公域：平台、搜索与广告；其他：没有渠道或渠道说明不了问题的订单。占比 = 该域收入 ÷ 本期各域收入合
--   计，合计不大于 0 时为空；这是金额占比，因此没有区间。同比 = 本期收入 ÷ 同一域一年前的收入 − 1，一年前不大于 0 时
--   为空。一年前指上一年的同月、同季或上一年；按日、按周时为 364 天（52 周）之前，星期几相同。两个周期都须完整：数据
--   从周期中间开始的首个周期不作基期，截止日早于周期末的最后一个周期不算同比。客户数 = 在该域下过单的已识别客户，在两
--   个域都买过的各计一次。没有客户的订单计入收入。每个周期都有公域和私域各一行；有“其他”订单时另有一行。
-- definition.zh-Hant: 訂單淨額按其通路所屬的域彙總。私域：商家自己能接觸到客戶的通路（通訊軟體、社群、小程式、會員、
--   電子郵件、自有 App）；公域：平台、搜尋與廣告；其他：沒有通路或通路無法判斷的訂單。占比 = 該域營收 ÷ 本期各域營收
--   合計，合計不大於 0 時為空；這是金額占比，因此沒有區間。年增率 = 本期營收 ÷ 同一域一年前的營收 − 1，一年前不大於 0
--   時為空。一年前指上一年的同月、同季或上一年；按日、按週時為 364 天（52 週）之前，星期幾相同。兩個週期都須完整：資
--   料從週期中間開始的首個週期不作基期，截止日早於週期末的最後一個週期不算年增率。客戶數 = 在該域下過單的已識別客戶，
--   在兩個域都買過的各計一次。沒有客戶的訂單計入營收。每個週期都有公域和私域各一列；有「其他」訂單時另有一列。
-- sentence: {?named}Over the complete periods private channels brought {private_revenue}, {private_share} of all
--   revenue.[ Against the same periods a year before, private revenue changed by {private_growth}[ and public
--   revenue by {public_growth}].| Against the same periods a year before, public revenue changed by
--   {public_growth}; there was no private revenue then.| Not enough time has passed to compare with the same
--   periods a year before.]|{?over}No order names a public or private channel, so revenue cannot be split by
--   domain. A channel column in the orders would tell.|Not enough time has passed yet: no period is over.
-- sentence.zh-Hans: {?named}在完整周期内，私域带来 {private_revenue}，占全部收入的 {private_share}。[与一年前的同期
--   相比，私域收入变化 {private_growth}[，公域收入变化 {public_growth}]。|与一年前的同期相比，公域收入变化
--   {public_growth}；当时没有私域收入。|时间还不够，无法与一年前的同期比较。]|{?over}没有订单注明公域或私域的渠道，
--   无法按领域拆分收入。订单里若有渠道一列，就能看出。|时间还不够：没有一个周期已经结束。
-- sentence.zh-Hant: {?named}在完整週期內，私域帶來 {private_revenue}，占全部營收的 {private_share}。[與一年前的同期
--   相比，私域營收變化 {private_growth}[，公域營收變化 {public_growth}]。|與一年前的同期相比，公域營收變化
--   {public_growth}；當時沒有私域營收。|時間還不夠，無法與一年前的同期比較。]|{?over}沒有訂單註明公域或私域的通路，
--   無法按領域拆分營收。訂單裡若有通路一欄，就能看出。|時間還不夠：沒有一個週期已經結束。
-- group: private
-- needs: orders
-- drill: customers = select visits.customer_key from visits cross join this_row cross join settings where
--   visits.customer_key is not null and visits.sold_in = this_row.domain and this_row.period = case when
--   settings.in_days then date '0001-01-01' + (visits.period_index * settings.days_per_period)::integer else
--   make_date( floor(visits.period_index * settings.months_per_period / 12)::integer, ((visits.period_index *
--   settings.months_per_period) % 12 + 1)::integer, 1 ) end
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
-- counts: customers by period each domain, is_complete
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: domain text -- public, private or other
-- column.zh-Hans: domain 域 -- 公域、私域或其他
-- column.zh-Hant: domain 域 -- 公域、私域或其他
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: customers count -- known customers with an order in the domain
-- column.zh-Hans: customers 客户数 -- 在该域下过单的已识别客户
-- column.zh-Hant: customers 客戶數 -- 在該域下過單的已識別客戶
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: share share -- revenue ÷ total_revenue
-- column.zh-Hans: share 占比 -- 该域收入 ÷ 各域收入合计
-- column.zh-Hant: share 占比 -- 該域營收 ÷ 各域營收合計
-- column: yoy share -- change ÷ base_revenue
-- column.en: yoy Growth on the year before
-- column.zh-Hans: yoy 同比 -- 较一年前的变化 ÷ 一年前收入
-- column.zh-Hant: yoy 年增率 -- 較一年前的變化 ÷ 一年前營收
-- column: total_revenue money -- of all domains in the period
-- column.zh-Hans: total_revenue 收入合计 -- 本期各域收入合计
-- column.zh-Hant: total_revenue 營收合計 -- 本期各域營收合計
-- column: base_revenue money -- of the same domain a year before; empty where either period is not whole
-- column.en: base_revenue Revenue a year before
-- column.zh-Hans: base_revenue 一年前收入 -- 同一域；任一周期不完整则为空
-- column.zh-Hant: base_revenue 一年前營收 -- 同一域；任一週期不完整則為空
-- column: change money -- revenue − base_revenue
-- column.en: change Change on the year before
-- column.zh-Hans: change 较一年前的变化 -- 本期收入 − 一年前收入
-- column.zh-Hant: change 較一年前的變化 -- 本期營收 − 一年前營收
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: private_revenue money = sum(revenue) where domain = 'private' and is_complete = true
-- fact: private_share share = ratio(revenue, total_revenue) where domain = 'private' and is_complete = true
-- fact: private_growth share = ratio(change, base_revenue) where domain = 'private' and base_revenue != null
-- fact: public_growth share = ratio(change, base_revenue) where domain = 'public' and base_revenue != null
-- fact: named number = max(orders) where domain != 'other' and orders > 0
-- fact: over number = max(orders) where orders > 0 and is_complete = true
-- chart: lines x=period y=revenue series=domain complete=is_complete -- Revenue
-- chart.zh-Hans: 收入
-- chart.zh-Hant: 營收
-- chart: lines x=period y=share series=domain complete=is_complete -- Share
-- chart.zh-Hans: 占比
-- chart.zh-Hant: 占比
-- chart: lines x=period y=yoy series=domain complete=is_complete -- Growth
-- chart.zh-Hans: 同比
-- chart.zh-Hant: 年增率
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
-- value: public = Public
-- value.zh-Hans: public = 公域
-- value.zh-Hant: public = 公域
-- value: private = Private
-- value.zh-Hans: private = 私域
-- value.zh-Hant: private = 私域
-- value: other = Other
-- value.zh-Hans: other = 其他
-- value.zh-Hant: other = 其他
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
    dataset.has_customers,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    case params.grain when 'day' then 364 when 'week' then 52 when 'quarter' then 4 when 'year' then 1 else 12 end
      as periods_per_year
  from params
  cross join dataset
),

-- one row a customer, domain and period, so that distinct counts become sums
visits as (
  select
    coalesce(orders.domain, 'other') as sold_in,
    orders.customer_key,
    case
      when settings.in_days then floor((orders.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from orders.order_date) * 12 + extract(month from orders.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    min(orders.order_date) as first_date,
    count(*) as orders,
    sum(orders.net) as revenue
  from orders
  cross join settings
  where orders.order_date <= settings.as_of
  group by sold_in, orders.customer_key, period_index
),

cells as (
  select
    visits.sold_in as domain,
    visits.period_index,
    sum(visits.orders) as orders,
    count(visits.customer_key) as customers,
    sum(visits.revenue) as revenue
  from visits
  group by visits.sold_in, visits.period_index
),

totals as (
  select
    cells.period_index,
    sum(cells.revenue) as revenue
  from cells
  group by cells.period_index
),

limits as (
  select
    min(visits.first_date) as first_day,
    min(visits.first_date) - 1 as day_before,
    any_value(settings.as_of) as last_day,
    any_value(settings.as_of) + 1 as open_day
  from visits
  cross join settings
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
    -- the first period that lies in the data from its first day on
    case
      when settings.in_days then floor((limits.day_before - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.day_before) * 12 + extract(month from limits.day_before) - 1)
        / settings.months_per_period
      )
    end::integer + 1 as whole_index,
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
  where limits.first_day is not null
),

domains as (
  select
    named.domain,
    named.place
  from (values ('public', 1), ('private', 2), ('other', 3)) as named(domain, place)
  where named.domain != 'other' or exists (select 1 from cells where cells.domain = 'other')
),

grid as (
  select
    series.period_index::integer as period_index,
    domains.domain,
    domains.place,
    series.period_index < bounds.open_index as is_complete,
    series.period_index < bounds.open_index
      and series.period_index - settings.periods_per_year >= bounds.whole_index as has_base
  from bounds
  cross join settings
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  cross join domains
),

sales as (
  select
    grid.*,
    coalesce(cells.orders, 0) as orders,
    coalesce(cells.customers, 0) as customers,
    coalesce(cells.revenue, 0) as revenue,
    coalesce(totals.revenue, 0) as total_revenue,
    case when grid.has_base then coalesce(year_before.revenue, 0) end as base_revenue
  from grid
  cross join settings
  left join cells on cells.domain = grid.domain and cells.period_index = grid.period_index
  left join totals on totals.period_index = grid.period_index
  left join cells as year_before
    on year_before.domain = grid.domain
    and year_before.period_index = grid.period_index - settings.periods_per_year
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (sales.period_index * settings.days_per_period)::integer
      else make_date(
        floor(sales.period_index * settings.months_per_period / 12)::integer,
        ((sales.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    sales.*
  from sales
  cross join settings
)

select
  dated.period,
  dated.domain,
  dated.orders::integer as orders,
  case when settings.has_customers then dated.customers end::integer as customers,
  dated.revenue::double as revenue,
  case when dated.total_revenue > 0 then dated.revenue::double / dated.total_revenue::double end as share,
  case
    when dated.base_revenue > 0 then (dated.revenue - dated.base_revenue)::double / dated.base_revenue::double
  end as yoy,
  dated.total_revenue::double as total_revenue,
  dated.base_revenue::double as base_revenue,
  (dated.revenue - dated.base_revenue)::double as change,
  dated.is_complete
from dated
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period, dated.place;
