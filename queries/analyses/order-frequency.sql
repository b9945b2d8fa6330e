-- title: Order frequency
-- title.zh-Hans: 购买频次
-- title.zh-Hant: 購買頻次
-- question: How many orders does a customer place in the window, and how much of the revenue is theirs?
-- question.zh-Hans: 客户在窗口期内下几单，各占多少收入？
-- question.zh-Hant: 客戶在窗口期內下幾單，各占多少營收？
-- definition: Customers by the number of their orders in the window of the given months that ends at the
--   observation end; share = customers ÷ all customers with an order in the window. revenue = Σ net of those
--   orders. basis = days counts purchase days instead of orders.
-- definition.zh-Hans: 在截止日之前给定月数的窗口内，按订单数统计客户；占比 = 客户数 ÷ 窗口内有订单的全部客户。收入
--   = 这些订单的净额合计。统计口径选“购买日”时按购买天数而非订单数统计。
-- definition.zh-Hant: 在截止日之前給定月數的窗口內，按訂單數統計客戶；占比 = 客戶數 ÷ 窗口內有訂單的全部客戶。營收
--   = 這些訂單的淨額合計。統計口徑選「購買日」時按購買天數而非訂單數統計。
-- sentence: Of {customers} {customers|customer|customers} with an order in the window, {once} ordered exactly once
--   ({lower} to {upper})[; they brought in {once_revenue} of the revenue].|All of the {customers}
--   {customers|customer|customers} with an order in the window ordered more than once.|There is nothing to say yet:
--   no customer has an order in the window.
-- sentence.zh-Hans: 窗口内有订单的 {customers} 位客户中，{once} 只下过一单（{lower} 至 {upper}）[，贡献
--   {once_revenue} 的收入]。|窗口内有订单的 {customers} 位客户都下过不止一单。|暂时没有可说的：窗口内没有客户下过
--   单。
-- sentence.zh-Hant: 窗口內有訂單的 {customers} 位客戶中，{once} 只下過一單（{lower} 至 {upper}）[，貢獻
--   {once_revenue} 的營收]。|窗口內有訂單的 {customers} 位客戶都下過不止一單。|暫時沒有可說的：窗口內沒有客戶下過
--   單。
-- group: retention
-- needs: customer_days, customer_summary
-- rollup: customers, revenue of day_frequencies by first_date
-- drill: customers = select window_customers.customer_key from window_customers cross join this_row where
--   window_customers.orders = this_row.orders
-- param: months integer = 24 -- length of the window that ends at the observation end
-- param.zh-Hans: months 窗口月数 -- 以截止日为终点的窗口长度
-- param.zh-Hant: months 窗口月數 -- 以截止日為終點的窗口長度
-- param: basis choice(orders, days) = orders -- what is counted
-- param.zh-Hans: basis 统计口径 -- 按订单或按购买日
-- param.zh-Hant: basis 統計口徑 -- 按訂單或按購買日
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers by orders
-- column: orders count -- in the window
-- column.zh-Hans: orders 订单数 -- 窗口期内
-- column.zh-Hant: orders 訂單數 -- 視窗期內
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: share share -- customers ÷ all customers in the window
-- column.zh-Hans: share 客户占比 -- 客户数 ÷ 窗口期内全部客户
-- column.zh-Hant: share 客戶占比 -- 客戶數 ÷ 視窗期內全部客戶
-- column: revenue money -- net of the orders
-- column.zh-Hans: revenue 收入 -- 这些订单的净额
-- column.zh-Hant: revenue 營收 -- 這些訂單的淨額
-- column: revenue_share share -- revenue ÷ all revenue of known customers in the window
-- column.zh-Hans: revenue_share 收入占比 -- 收入 ÷ 窗口期内已知客户的全部收入
-- column.zh-Hant: revenue_share 營收占比 -- 營收 ÷ 視窗期內已知客戶的全部營收
-- column: total_customers count -- customers with an order in the window
-- column.zh-Hans: total_customers 总客户数 -- 窗口期内有订单的客户
-- column.zh-Hant: total_customers 總客戶數 -- 視窗期內有訂單的客戶
-- fact: customers count = sum(customers)
-- fact: once share = ratio(customers, total_customers) where orders = 1
-- fact: lower share = lower(customers, total_customers) where orders = 1
-- fact: upper share = upper(customers, total_customers) where orders = 1
-- fact: once_revenue share = sum(revenue_share) where orders = 1
-- chart: bars x=orders y=customers
-- value.zh-Hans: orders = 订单
-- value.zh-Hant: orders = 訂單
-- value.zh-Hans: days = 购买日
-- value.zh-Hant: days = 購買日
with
params as (
  select
    coalesce(getvariable('months'), 24)::integer as months,
    coalesce(getvariable('basis'), 'orders')::varchar as basis,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    (params.as_of - interval 1 month * params.months)::date as before_window,
    params.as_of >= dataset.last_date
      and (params.as_of - interval 1 month * params.months)::date < dataset.first_date as is_whole
  from params
  cross join dataset
),

window_customers as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date,
    case when settings.basis = 'days' then customer_summary.purchase_days else customer_summary.orders end as orders,
    customer_summary.net
  from customer_summary
  cross join settings
  where settings.is_whole
  union all
  select
    customer_days.customer_key,
    min(customer_days.order_date - customer_days.days_since_first) as first_date,
    sum(case when settings.basis = 'days' then 1 else customer_days.orders end) as orders,
    sum(customer_days.net) as net
  from customer_days
  cross join settings
  where
    not settings.is_whole
    and customer_days.order_date > settings.before_window
    and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

day_frequencies as (
  select
    window_customers.first_date,
    window_customers.orders,
    count(*) as customers,
    sum(window_customers.net) as revenue
  from window_customers
  group by window_customers.first_date, window_customers.orders
),

frequencies as (
  select
    day_frequencies.orders,
    sum(day_frequencies.customers)::bigint as customers,
    sum(day_frequencies.revenue) as revenue
  from day_frequencies
  group by day_frequencies.orders
)

select
  frequencies.orders::integer as orders,
  frequencies.customers::integer as customers,
  frequencies.customers::double / sum(frequencies.customers) over () as share,
  frequencies.revenue::double as revenue,
  frequencies.revenue::double / nullif((sum(frequencies.revenue) over ())::double, 0) as revenue_share,
  (sum(frequencies.customers) over ())::integer as total_customers
from frequencies
order by frequencies.orders;
