-- title: Data health
-- title.zh-Hans: 数据质量
-- title.zh-Hant: 資料品質
-- question: What in this data could mislead the figures?
-- question.zh-Hans: 这份数据中有哪些地方可能误导结论？
-- question.zh-Hant: 這份資料中有哪些地方可能誤導結論？
-- definition: One row per check. date-range: days from the first to the last order. days-without-orders: days of
--   the range without any order. longest-gap: longest run of such days, a warning from 7 days on where they are
--   under 20 % of the range. missing-customer: orders without a customer, a warning above 20 %. merged-rows: rows
--   merged into an order. excluded-rows and rejected-rows: rows left out, a warning above 1 % rejected. refunds:
--   orders with a refund, share = refunds ÷ gross, a warning above 30 %. unbooked-refunds: refund rows without an
--   order. zero-orders and negative-orders: net = 0 and net < 0. outliers: net more than 10 standard deviations
--   above the mean. currencies: more than one is a warning, they are never added. same-day-orders: further orders
--   of a customer on one day. first-cohort: customers whose first order falls in the first month; a warning when
--   they are at least twice the mean of the next three months, which points to a history that begins after the
--   shop did.
-- definition.zh-Hans: 每项检查一行。date-range：首末订单相隔的天数。days-without-orders：
--   范围内没有订单的天数。longest-gap：最长的连续无订单天数，在无订单天数不足 20% 时，7
--   天起警告。missing-customer：没有客户的订单，超过 20% 警告。merged-rows：并入订单的行。excluded-rows 与
--   rejected-rows：未采用的行，拒收超过 1% 警告。refunds：有退款的订单，占比 = 退款 ÷ 总额，超过 30%
--   警告。unbooked-refunds：找不到订单的退款行。zero-orders 与 negative-orders：净额为 0 与净额小于 0。outliers：
--   净额高于均值 10 个标准差以上。currencies：多于一种货币时警告，不同货币从不相加。same-day-orders：
--   同一客户同一天的后续订单。first-cohort：首单在第一个月的客户；若不少于其后三个月均值的两倍则警告，
--   说明数据的起点可能晚于开店时间。
-- definition.zh-Hant: 每項檢查一列。date-range：首末訂單相隔的天數。days-without-orders：
--   範圍內沒有訂單的天數。longest-gap：最長的連續無訂單天數，在無訂單天數不足 20% 時，7
--   天起警告。missing-customer：沒有客戶的訂單，超過 20% 警告。merged-rows：併入訂單的列。excluded-rows 與
--   rejected-rows：未採用的列，拒收超過 1% 警告。refunds：有退款的訂單，占比 = 退款 ÷ 總額，超過 30%
--   警告。unbooked-refunds：找不到訂單的退款列。zero-orders 與 negative-orders：淨額為 0 與淨額小於 0。outliers：
--   淨額高於平均值 10 個標準差以上。currencies：多於一種貨幣時警告，不同貨幣從不相加。same-day-orders：
--   同一客戶同一天的後續訂單。first-cohort：首單在第一個月的客戶；若不少於其後三個月平均值的兩倍則警告，
--   說明資料的起點可能晚於開店時間。
-- sentence: {warnings} of {checks} {checks|check|checks} {warnings|gives|give} a warning and {notes} a note.
-- sentence.zh-Hans: {checks} 项检查中有 {warnings} 项警告、{notes} 项提示。
-- sentence.zh-Hant: {checks} 項檢查中有 {warnings} 項警告、{notes} 項提示。
-- group: data
-- needs: orders, reconciliation_steps
-- scope: shop
-- counts: value each check where check =
--   missing-customer/refunds/zero-orders/negative-orders/outliers/same-day-orders/first-cohort; open severity
-- column: check text -- code of the check
-- column.zh-Hans: check 检查项 -- 检查的代码
-- column.zh-Hant: check 檢查項 -- 檢查的代碼
-- column: value number
-- column.zh-Hans: value 数值
-- column.zh-Hant: value 數值
-- column: share share
-- column.zh-Hans: share 占比
-- column.zh-Hant: share 占比
-- column: severity text -- ok, note or warning
-- column.zh-Hans: severity 级别 -- 正常、提示或警告
-- column.zh-Hant: severity 級別 -- 正常、提示或警告
-- column: detail text
-- column.zh-Hans: detail 详情
-- column.zh-Hant: detail 詳情
-- fact: warnings count = count() where severity = 'warning'
-- fact: notes count = count() where severity = 'note'
-- fact: checks count = count()
-- chart: table
-- value: ok = good
-- value.zh-Hans: ok = 正常
-- value.zh-Hant: ok = 正常
-- value: note = worth a look
-- value.zh-Hans: note = 提示
-- value.zh-Hant: note = 提示
-- value.zh-Hans: warning = 警告
-- value.zh-Hant: warning = 警告
-- value: date-range = Period covered, days
-- value.zh-Hans: date-range = 日期范围
-- value.zh-Hant: date-range = 日期範圍
-- value: days-without-orders = Days without an order
-- value.zh-Hans: days-without-orders = 无订单天数
-- value.zh-Hant: days-without-orders = 無訂單天數
-- value: longest-gap = Longest gap, days
-- value.zh-Hans: longest-gap = 最长空档
-- value.zh-Hant: longest-gap = 最長空檔
-- value: missing-customer = Orders without a customer
-- value.zh-Hans: missing-customer = 缺少客户
-- value.zh-Hant: missing-customer = 缺少客戶
-- value: merged-rows = Rows merged into an order
-- value.zh-Hans: merged-rows = 并入的行
-- value.zh-Hant: merged-rows = 併入的列
-- value: excluded-rows = Rows excluded
-- value.zh-Hans: excluded-rows = 排除的行
-- value.zh-Hant: excluded-rows = 排除的列
-- value: rejected-rows = Rows rejected
-- value.zh-Hans: rejected-rows = 拒收的行
-- value.zh-Hant: rejected-rows = 拒收的列
-- value: refunds = Orders with a refund
-- value.zh-Hans: refunds = 退款
-- value.zh-Hant: refunds = 退款
-- value: unbooked-refunds = Refunds without an order
-- value.zh-Hans: unbooked-refunds = 未入账退款
-- value.zh-Hant: unbooked-refunds = 未入帳退款
-- value: zero-orders = Orders of zero
-- value.zh-Hans: zero-orders = 零额订单
-- value.zh-Hant: zero-orders = 零額訂單
-- value: negative-orders = Orders below zero
-- value.zh-Hans: negative-orders = 负额订单
-- value.zh-Hant: negative-orders = 負額訂單
-- value: outliers = Unusually large orders
-- value.zh-Hans: outliers = 异常值
-- value.zh-Hant: outliers = 異常值
-- value: currencies = Currencies
-- value.zh-Hans: currencies = 货币
-- value.zh-Hant: currencies = 貨幣
-- value: same-day-orders = Further orders on the same day
-- value.zh-Hans: same-day-orders = 同日订单
-- value.zh-Hant: same-day-orders = 同日訂單
-- value: first-cohort = First cohort, may hold old customers
-- value.zh-Hans: first-cohort = 首个同期群
-- value.zh-Hant: first-cohort = 首個同期群組
with
order_totals as (
  select
    count(*) as orders,
    count(orders.customer_key) as known_orders,
    sum(case when orders.refund > 0 then 1 else 0 end) as refunded_orders,
    sum(orders.refund) as refunds,
    sum(orders.gross) as gross,
    sum(case when orders.net = 0 then 1 else 0 end) as zero_orders,
    sum(case when orders.net < 0 then 1 else 0 end) as negative_orders,
    avg(orders.net::double) + 10 * stddev_pop(orders.net::double) as outlier_limit
  from orders
),

outliers as (
  select
    count(*) as orders,
    max(orders.net) as largest
  from orders
  cross join order_totals
  where orders.net::double > order_totals.outlier_limit
),

order_dates as (
  select
    orders.order_date,
    lag(orders.order_date) over (order by orders.order_date) as previous_date
  from orders
  group by orders.order_date
),

date_totals as (
  select
    count(*) as days_with_orders,
    min(order_dates.order_date) as first_date,
    max(order_dates.order_date) as last_date,
    max(order_dates.order_date) - min(order_dates.order_date) + 1 as days,
    coalesce(max(order_dates.order_date - order_dates.previous_date) - 1, 0) as longest_gap
  from order_dates
),

gap_dates as (
  select min(order_dates.previous_date) as starts_after
  from order_dates
  cross join date_totals
  where order_dates.order_date - order_dates.previous_date - 1 = date_totals.longest_gap
),

currency_orders as (
  select
    orders.currency,
    count(*) as orders
  from orders
  where orders.currency is not null
  group by orders.currency
),

currency_totals as (
  select
    count(*) as currencies,
    string_agg(currency_orders.currency, ', ' order by currency_orders.orders desc, currency_orders.currency)
      as names
  from currency_orders
),

step_rows as (
  select
    reconciliation_steps.step,
    reconciliation_steps.reason,
    sum(reconciliation_steps.rows) as step_rows
  from reconciliation_steps
  group by reconciliation_steps.step, reconciliation_steps.reason
),

row_totals as (
  select
    coalesce(sum(case when step in ('kept', 'merged', 'excluded', 'rejected') then step_rows end), 0) as rows_read,
    coalesce(sum(case when step = 'merged' then step_rows end), 0) as rows_merged,
    coalesce(sum(case when step = 'excluded' then step_rows end), 0) as rows_excluded,
    coalesce(sum(case when step = 'rejected' then step_rows end), 0) as rows_rejected,
    coalesce(sum(case when step = 'refund' or reason = 'refund-without-order' then step_rows end), 0)
      as refunds_unbooked
  from step_rows
),

same_day_totals as (
  select coalesce(sum(customer_days.orders - 1), 0) as orders
  from customer_days
),

first_months as (
  select
    (extract(year from customer_summary.first_order_date) - extract(year from date_totals.first_date)) * 12
    + extract(month from customer_summary.first_order_date)
    - extract(month from date_totals.first_date) as month,
    count(*) as customers
  from customer_summary
  cross join date_totals
  group by month
),

-- next months: those of the three that follow which the data covers as a whole
first_cohort_totals as (
  select
    coalesce(sum(case when first_months.month = 0 then first_months.customers end), 0) as customers,
    sum(first_months.customers) as all_customers,
    sum(case when first_months.month between 1 and 3 then first_months.customers end)::double / 3 as next_mean
  from first_months
),

checks as (
  select
    1 as place,
    'date-range' as check_code,
    date_totals.days as value,
    null::double as share,
    case when date_totals.days < 90 then 'note' else 'ok' end as severity,
    concat(date_totals.first_date::varchar, ' – ', date_totals.last_date::varchar) as detail
  from date_totals
  union all
  select
    2,
    'days-without-orders',
    days - days_with_orders,
    (days - days_with_orders)::double / days,
    case when days - days_with_orders > 0 then 'note' else 'ok' end,
    null
  from date_totals
  union all
  select
    3,
    'longest-gap',
    longest_gap,
    longest_gap::double / days,
    case
      when longest_gap >= 7 and days - days_with_orders < 0.2 * days then 'warning'
      when longest_gap >= 7 then 'note'
      else 'ok'
    end,
    case when longest_gap > 0 then starts_after::varchar end
  from date_totals
  cross join gap_dates
  union all
  select
    4,
    'missing-customer',
    orders - known_orders,
    (orders - known_orders)::double / nullif(orders, 0),
    case
      when orders - known_orders > 0.2 * orders then 'warning'
      when orders > known_orders then 'note'
      else 'ok'
    end,
    null
  from order_totals
  union all
  select
    5,
    'merged-rows',
    rows_merged,
    rows_merged::double / nullif(rows_read, 0),
    case when rows_merged > 0 then 'note' else 'ok' end,
    null
  from row_totals
  union all
  select
    6,
    'excluded-rows',
    rows_excluded,
    rows_excluded::double / nullif(rows_read, 0),
    case when rows_excluded > 0 then 'note' else 'ok' end,
    null
  from row_totals
  union all
  select
    7,
    'rejected-rows',
    rows_rejected,
    rows_rejected::double / nullif(rows_read, 0),
    case
      when rows_rejected > 0.01 * rows_read then 'warning'
      when rows_rejected > 0 then 'note'
      else 'ok'
    end,
    null
  from row_totals
  union all
  select
    8,
    'refunds',
    refunded_orders,
    refunds::double / nullif(gross, 0)::double,
    case when refunds > 0.3 * gross then 'warning' when refunded_orders > 0 then 'note' else 'ok' end,
    null
  from order_totals
  union all
  select
    9,
    'unbooked-refunds',
    refunds_unbooked,
    refunds_unbooked::double / nullif(rows_read, 0),
    case when refunds_unbooked > 0 then 'warning' else 'ok' end,
    null
  from row_totals
  union all
  select
    10,
    'zero-orders',
    zero_orders,
    zero_orders::double / nullif(orders, 0),
    case when zero_orders > 0.1 * orders then 'warning' when zero_orders > 0 then 'note' else 'ok' end,
    null
  from order_totals
  union all
  select
    11,
    'negative-orders',
    negative_orders,
    negative_orders::double / nullif(orders, 0),
    case when negative_orders > 0 then 'warning' else 'ok' end,
    null
  from order_totals
  union all
  select
    12,
    'outliers',
    outliers.orders,
    outliers.orders::double / nullif(order_totals.orders, 0),
    case when outliers.orders > 0 then 'note' else 'ok' end,
    format('{:,.2f}', outliers.largest::double)
  from outliers
  cross join order_totals
  union all
  select
    13,
    'currencies',
    currencies,
    null,
    case when currencies > 1 then 'warning' else 'ok' end,
    names
  from currency_totals
  union all
  select
    14,
    'same-day-orders',
    same_day_totals.orders,
    same_day_totals.orders::double / nullif(order_totals.known_orders, 0),
    case when same_day_totals.orders > 0 then 'note' else 'ok' end,
    null
  from same_day_totals
  cross join order_totals
  union all
  select
    15,
    'first-cohort',
    customers,
    customers::double / nullif(all_customers, 0),
    case
      when customers >= 2 * next_mean then 'warning'
      when customers >= 1.3 * next_mean then 'note'
      else 'ok'
    end,
    null
  from first_cohort_totals
)

select
  checks.check_code as check,
  checks.value::double as value,
  checks.share::double as share,
  checks.severity,
  checks.detail::varchar as detail
from checks
order by checks.place;
