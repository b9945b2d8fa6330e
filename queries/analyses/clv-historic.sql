-- title: Value so far
-- title.zh-Hans: 历史价值
-- title.zh-Hant: 歷史價值
-- question: What has each customer brought in so far, after margin and acquisition cost?
-- question.zh-Hans: 扣除毛利率与获客成本后，每位客户至今带来多少价值？
-- question.zh-Hant: 扣除毛利率與獲客成本後，每位客戶至今帶來多少價值？
-- definition: margin_value = Σ net × margin up to the observation end. cac = acquisition cost of the month of the
--   first order ÷ customers whose first order falls in that month (by = channel: of that month and channel); 0 in
--   a month without cost inside the span of the costs file, empty outside it or without one. net_value =
--   margin_value − cac, with an empty cac taken as 0. tenure_days = days from the first order to the observation
--   end.
-- definition.zh-Hans: 毛利 = 截至截止日的净额合计 × 毛利率。获客成本 = 首单所在月的获客费用 ÷
--   该月首单客户数（按渠道分组时为该月该渠道）；在成本文件覆盖期内没有费用的月份为 0，
--   覆盖期外或没有成本文件时为空。净价值 = 毛利 − 获客成本，空值按 0 计。在册天数 = 首单到截止日的天数。
-- definition.zh-Hant: 毛利 = 截至截止日的淨額合計 × 毛利率。獲客成本 = 首單所在月的獲客費用 ÷
--   該月首單客戶數（按通路分組時為該月該通路）；在成本檔案覆蓋期內沒有費用的月份為 0，
--   覆蓋期外或沒有成本檔案時為空。淨價值 = 毛利 − 獲客成本，空值按 0 計。在冊天數 = 首單到截止日的天數。
-- sentence: {customers} {customers|customer has|customers have} brought in {net_value} after margin and known
--   acquisition cost[, {each} each].|There is nothing to say yet: no customer has an order.
-- sentence.zh-Hans: {customers} 位客户扣除毛利率与已知获客成本后共带来 {net_value}[，人均 {each}]。|暂时没有可说
--   的：没有客户下过单。
-- sentence.zh-Hant: {customers} 位客戶扣除毛利率與已知獲客成本後共帶來 {net_value}[，人均 {each}]。|暫時沒有可說
--   的：沒有客戶下過單。
-- group: value
-- needs: customer_summary
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: by choice(none, channel) = none -- cost of the month, or of the month and the channel of the first order
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按月，或按月与首单渠道分摊费用
-- param.zh-Hant: by 分組 -- 按月，或按月與首單通路分攤費用
-- counts: customer
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: first_order date
-- column.zh-Hans: first_order 首单日
-- column.zh-Hant: first_order 首單日
-- column: last_order date
-- column.zh-Hans: last_order 末单日
-- column.zh-Hant: last_order 末單日
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: margin_value money -- revenue × margin
-- column.zh-Hans: margin_value 毛利 -- 收入 × 毛利率
-- column.zh-Hant: margin_value 毛利 -- 營收 × 毛利率
-- column: cac money -- acquisition cost per new customer
-- column.en: cac CAC
-- column.zh-Hans: cac 获客成本 -- 每位新客的获客成本
-- column.zh-Hant: cac 獲客成本 -- 每位新客的獲客成本
-- column: net_value money -- margin_value − cac
-- column.zh-Hans: net_value 净价值 -- 毛利 − 获客成本
-- column.zh-Hant: net_value 淨價值 -- 毛利 − 獲客成本
-- column: tenure_days days -- first order to observation end
-- column.en: tenure_days Days since the first order
-- column.zh-Hans: tenure_days 在册天数 -- 从首单到观察截止日
-- column.zh-Hant: tenure_days 在冊天數 -- 從首單到觀察截止日
-- column: one count -- 1, for averages
-- column.en: one Customers, for averages
-- column.zh-Hans: one 计数 -- 恒为 1，用于求平均
-- column.zh-Hant: one 計數 -- 恆為 1，用於求平均
-- fact: customers count = count()
-- fact: net_value money = sum(net_value)
-- fact: each money = ratio(net_value, one)
-- chart: histogram x=net_value
-- value.zh-Hans: none = 不分组
-- value.zh-Hant: none = 不分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
with
params as (
  select
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('margin'), 1)::double as margin,
    coalesce(getvariable('by'), 'none')::varchar as by_attribute
  from dataset
),

settings as (
  select
    params.*,
    params.as_of >= dataset.last_date as is_whole
  from params
  cross join dataset
),

day_sums as (
  select
    customer_days.customer_key,
    max(customer_days.order_date) as last_order,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  cross join settings
  where not settings.is_whole and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

values_so_far as (
  select
    customer_summary.customer_id,
    customer_summary.first_order_date as first_order,
    case when settings.by_attribute = 'channel' then coalesce(customer_summary.first_channel, '(none)') else 'all' end
      as channel,
    case when settings.is_whole then customer_summary.last_order_date else day_sums.last_order end as last_order,
    case when settings.is_whole then customer_summary.orders else day_sums.orders end as orders,
    case when settings.is_whole then customer_summary.net else day_sums.net end as net
  from customer_summary
  left join day_sums on day_sums.customer_key = customer_summary.customer_key
  cross join settings
  where customer_summary.first_order_date <= settings.as_of
),

months as (
  select
    extract(year from values_so_far.first_order) * 12 + extract(month from values_so_far.first_order) as month_index,
    values_so_far.channel,
    count(*) as customers
  from values_so_far
  group by month_index, values_so_far.channel
),

spends as (
  select
    extract(year from costs.cost_date) * 12 + extract(month from costs.cost_date) as month_index,
    case when settings.by_attribute = 'channel' then coalesce(costs.channel, '(none)') else 'all' end as channel,
    sum(costs.amount) as amount
  from costs
  cross join settings
  where coalesce(costs.kind, 'acquisition') = 'acquisition'
  group by 1, 2
),

cost_spans as (
  select
    min(spends.month_index) as first_index,
    max(spends.month_index) as last_index
  from spends
),

month_costs as (
  select
    months.month_index,
    months.channel,
    case
      when months.month_index between cost_spans.first_index and cost_spans.last_index
        then coalesce(spends.amount, 0)::double / months.customers
    end as cac
  from months
  cross join cost_spans
  left join spends on spends.month_index = months.month_index and spends.channel = months.channel
)

select
  values_so_far.customer_id,
  values_so_far.first_order,
  values_so_far.last_order,
  values_so_far.orders::integer as orders,
  values_so_far.net::double as revenue,
  values_so_far.net::double * settings.margin as margin_value,
  month_costs.cac::double as cac,
  values_so_far.net::double * settings.margin - coalesce(month_costs.cac, 0) as net_value,
  (settings.as_of - values_so_far.first_order)::integer as tenure_days,
  1 as one
from values_so_far
cross join settings
inner join month_costs
  on month_costs.month_index
    = extract(year from values_so_far.first_order) * 12 + extract(month from values_so_far.first_order)
  and month_costs.channel = values_so_far.channel
order by net_value desc, values_so_far.customer_id;
