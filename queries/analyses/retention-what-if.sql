-- title: What retention is worth
-- title.zh-Hans: 留存率提升的价值
-- title.zh-Hant: 留存率提升的價值
-- question: If a few points more of the customers stayed each year, how much more would each be worth?
-- question.zh-Hans: 如果每年多留住几个百分点的客户，每位客户的价值会多出多少？
-- question.zh-Hant: 如果每年多留住幾個百分點的客戶，每位客戶的價值會多出多少？
-- definition: CLV(r) = g × m × (1 + d) ÷ (1 + d − r): what a customer brings in all years, the first included,
--   when a share r stays from each year to the next; g = margin, m = yearly_net, d = discount a year. uplift =
--   CLV(r + points) ÷ CLV(r) − 1 = points ÷ (1 + d − r − points), whatever m is. With d = 10 % and 5 points it
--   is +11 % at r = 60 %, +20 % at 80 %, +25 % at 85 %, +33 % at 90 %. net_of_cac_uplift = (CLV(r + points) −
--   CAC) ÷ (CLV(r) − CAC) − 1, empty where CLV(r) is not above CAC or CAC is not known. Rows stand for r = 0 %,
--   5 %, … 95 %, and one for the shop’s own retention: of the customers with an order in the 12 months before
--   the last 12, those with an order in the last 12 as well, ÷ all of them, with numerator, denominator and a
--   Wilson 95 % interval; absent where nobody ordered that early. m = net of the last 12 months ÷ their buyers.
--   CAC = all acquisition costs up to the observation end ÷ customers whose first order falls in the months
--   from the first to the last of these costs. Each of the three can be set instead. uplift is empty where r +
--   points would leave 0 to 100 %. The quoted 25 % to 95 % (F. Reichheld, Bain & Company, on profit in some
--   industries) are drawn as an assumption to compare with, not as a fact about this shop.
-- definition.zh-Hans: CLV(r) = g × m × (1 + d) ÷ (1 + d − r)：每年有比例 r 的客户留到下一年时，一位客户在所有年
--   份（含第一年）带来的价值；g = 毛利率，m = 年净额，d = 年折现率。提升 = CLV(r + 提升点数) ÷ CLV(r) − 1 = 点
--   数 ÷ (1 + d − r − 点数)，与 m 无关。d = 10%、提升 5 个百分点时，r = 60% 提升 11%，80% 提升 20%，85% 提升
--   25%，90% 提升 33%。扣除获客成本后的提升 = (CLV(r + 点数) − CAC) ÷ (CLV(r) − CAC) − 1，CLV(r) 不大于 CAC 或
--   CAC 未知时为空。各行为 r = 0%、5%……95%，另有一行为本店的留存率：在截止日前 12 个月内也有订单的客户 ÷ 再往前
--   12 个月内有订单的客户（分子是其中的一部分），附分子、分母与 Wilson 95% 置信区间；那时没有任何客户下单则没有
--   这一行。m = 最近 12 个月的净额 ÷ 其购买人数。CAC = 截止日之前的全部获客费用 ÷ 首单落在这些费用首月至末月的
--   客户数。三者都可以改为自行设定。r + 点数超出 0 到 100% 时提升为空。常被引用的 25% 至 95%（F. Reichheld，贝
--   恩公司，针对部分行业的利润）仅作为对照的假设画出，不是关于本店的事实。
-- definition.zh-Hant: CLV(r) = g × m × (1 + d) ÷ (1 + d − r)：每年有比例 r 的客戶留到下一年時，一位客戶在所有年
--   份（含第一年）帶來的價值；g = 毛利率，m = 年淨額，d = 年折現率。提升 = CLV(r + 提升點數) ÷ CLV(r) − 1 = 點
--   數 ÷ (1 + d − r − 點數)，與 m 無關。d = 10%、提升 5 個百分點時，r = 60% 提升 11%，80% 提升 20%，85% 提升
--   25%，90% 提升 33%。扣除獲客成本後的提升 = (CLV(r + 點數) − CAC) ÷ (CLV(r) − CAC) − 1，CLV(r) 不大於 CAC 或
--   CAC 未知時為空。各列為 r = 0%、5%……95%，另有一列為本店的留存率：在截止日前 12 個月內也有訂單的客戶 ÷ 再往前
--   12 個月內有訂單的客戶（分子是其中的一部分），附分子、分母與 Wilson 95% 信賴區間；那時沒有任何客戶下單則沒有
--   這一列。m = 最近 12 個月的淨額 ÷ 其購買人數。CAC = 截止日之前的全部獲客費用 ÷ 首單落在這些費用首月至末月的
--   客戶數。三者都可以改為自行設定。r + 點數超出 0 到 100% 時提升為空。常被引用的 25% 至 95%（F. Reichheld，貝
--   恩公司，針對部分產業的利潤）僅作為對照的假設畫出，不是關於本店的事實。
-- sentence: At a yearly retention of {retention} ({lower} to {upper}, n = {n}) a customer is worth {clv}[; at
--   {raised} it would be {clv_raised}, {uplift} more].|The shop’s own yearly retention cannot be told yet: it takes
--   orders from more than a year before the last one. The curve stands for every retention.
-- sentence.zh-Hans: 年留存率为 {retention}（{lower} 至 {upper}，n = {n}）时，一位客户价值 {clv}[；若为 {raised}，则
--   为 {clv_raised}，多 {uplift}]。|店铺自身的年留存率还算不出：要有早于最后一单一年以上的订单。曲线给出各留存率下
--   的价值。
-- sentence.zh-Hant: 年留存率為 {retention}（{lower} 至 {upper}，n = {n}）時，一位客戶價值 {clv}[；若為 {raised}，則
--   為 {clv_raised}，多 {uplift}]。|店鋪自身的年留存率還算不出：要有早於最後一單一年以上的訂單。曲線給出各留存率下
--   的價值。
-- group: value
-- needs: customer_days, customer_summary
-- param: points number = 0.05 -- points of retention gained, 0.05 is five of a hundred
-- param.en: points Retention gained
-- param.zh-Hans: points 提升点数 -- 留存率提升多少，0.05 即 5 个百分点
-- param.zh-Hant: points 提升點數 -- 留存率提升多少，0.05 即 5 個百分點
-- param: discount number = 0.1 -- discount rate a year
-- param.en: discount Discount a year
-- param.zh-Hans: discount 折现率 -- 每年的折现率
-- param.zh-Hant: discount 折現率 -- 每年的折現率
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: yearly_net number = -- net of a customer in a year; that of the last 12 months when empty
-- param.en: yearly_net Net of a customer a year
-- param.zh-Hans: yearly_net 年净额 -- 一位客户一年的净额，留空则取最近 12 个月
-- param.zh-Hant: yearly_net 年淨額 -- 一位客戶一年的淨額，留空則取最近 12 個月
-- param: retention number = -- the shop’s own retention a year, 0 to 1; measured when empty
-- param.zh-Hans: retention 本店留存率 -- 每年的留存率，0 到 1，留空则按数据计算
-- param.zh-Hant: retention 本店留存率 -- 每年的留存率，0 到 1，留空則按資料計算
-- param: cac number = -- acquisition cost of a customer; that of the costs file when empty
-- param.en: cac CAC
-- param.zh-Hans: cac 获客成本 -- 每位客户的获客成本，留空则取成本文件
-- param.zh-Hant: cac 獲客成本 -- 每位客戶的獲客成本，留空則取成本檔案
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: denominator, numerator of denominator; by retention
-- column: retention share -- share that stays from a year to the next
-- column.zh-Hans: retention 留存率 -- 从一年留到下一年的比例
-- column.zh-Hant: retention 留存率 -- 從一年留到下一年的比例
-- column: clv money -- margin × yearly_net × (1 + discount) ÷ (1 + discount − retention)
-- column.en: clv Customer value
-- column.zh-Hans: clv 客户终身价值 -- 毛利率 × 年净额 ×（1 + 折现率）÷（1 + 折现率 − 留存率）
-- column.zh-Hant: clv 客戶終身價值 -- 毛利率 × 年淨額 ×（1 + 折現率）÷（1 + 折現率 − 留存率）
-- column: uplift share -- clv_raised ÷ clv − 1
-- column.zh-Hans: uplift 提升 -- 提升后的价值 ÷ 价值 − 1
-- column.zh-Hant: uplift 提升 -- 提升後的價值 ÷ 價值 − 1
-- column: net_of_cac_uplift share -- (clv_raised − cac) ÷ (clv − cac) − 1
-- column.en: net_of_cac_uplift Uplift after acquisition cost
-- column.zh-Hans: net_of_cac_uplift 扣除获客成本后的提升 -- （提升后的价值 − 获客成本）÷（价值 − 获客成本）− 1
-- column.zh-Hant: net_of_cac_uplift 扣除獲客成本後的提升 -- （提升後的價值 − 獲客成本）÷（價值 − 獲客成本）− 1
-- column: raised_retention share -- retention + points
-- column.zh-Hans: raised_retention 提升后的留存率 -- 留存率 + 点数
-- column.zh-Hant: raised_retention 提升後的留存率 -- 留存率 + 點數
-- column: clv_raised money -- value at the raised retention
-- column.en: clv_raised Value at the raised retention
-- column.zh-Hans: clv_raised 提升后的价值 -- 提升后的留存率下的价值
-- column.zh-Hant: clv_raised 提升後的價值 -- 提升後的留存率下的價值
-- column: quoted_low share -- Reichheld, Bain & Company; assumption
-- column.en: quoted_low Quoted, low (assumption)
-- column.zh-Hans: quoted_low 引用下限（假设） -- Reichheld，贝恩公司
-- column.zh-Hant: quoted_low 引用下限（假設） -- Reichheld，貝恩公司
-- column: quoted_high share -- Reichheld, Bain & Company; assumption
-- column.en: quoted_high Quoted, high (assumption)
-- column.zh-Hans: quoted_high 引用上限（假设） -- Reichheld，贝恩公司
-- column.zh-Hant: quoted_high 引用上限（假設） -- Reichheld，貝恩公司
-- column: yearly_net money -- net of a customer in a year, before margin
-- column.en: yearly_net Net a year
-- column.zh-Hans: yearly_net 年净额 -- 一位客户一年的净额，未乘毛利率
-- column.zh-Hant: yearly_net 年淨額 -- 一位客戶一年的淨額，未乘毛利率
-- column: cac money -- acquisition cost of a customer
-- column.en: cac CAC
-- column.zh-Hans: cac 获客成本 -- 每位客户的获客成本
-- column.zh-Hant: cac 獲客成本 -- 每位客戶的獲客成本
-- column: numerator count -- of them, with an order in the last 12 months; the shop’s own row only
-- column.zh-Hans: numerator 分子 -- 其中最近 12 个月内有订单的客户，仅本店一行
-- column.zh-Hant: numerator 分子 -- 其中最近 12 個月內有訂單的客戶，僅本店一列
-- column: denominator count -- with an order in the 12 months before; the shop’s own row only
-- column.zh-Hans: denominator 分母 -- 再往前 12 个月内有订单的客户，仅本店一行
-- column.zh-Hant: denominator 分母 -- 再往前 12 個月內有訂單的客戶，僅本店一列
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: is_own flag -- the shop’s own retention
-- column.en: is_own Is the shop’s own
-- column.zh-Hans: is_own 本店 -- 本店的留存率
-- column.zh-Hant: is_own 本店 -- 本店的留存率
-- fact: retention share = first(retention) where is_own = true
-- fact: lower share = first(lower) where is_own = true
-- fact: upper share = first(upper) where is_own = true
-- fact: n count = first(denominator) where is_own = true
-- fact: clv money = first(clv) where is_own = true
-- fact: raised share = first(raised_retention) where is_own = true
-- fact: clv_raised money = first(clv_raised) where is_own = true
-- fact: uplift share = first(uplift) where is_own = true
-- chart: tracks x=retention y1=uplift y2=net_of_cac_uplift y3=quoted_low y4=quoted_high -- Uplift
-- chart.zh-Hans: 提升
-- chart.zh-Hant: 提升
-- chart: tracks x=retention y1=clv y2=clv_raised -- Customer value
-- chart.zh-Hans: 客户终身价值
-- chart.zh-Hant: 客戶終身價值
with
params as (
  select
    coalesce(getvariable('points'), 0.05)::double as points,
    coalesce(getvariable('discount'), 0.1)::double as discount,
    coalesce(getvariable('margin'), 1)::double as margin,
    getvariable('yearly_net')::double as yearly_net,
    getvariable('retention')::double as retention,
    getvariable('cac')::double as cac,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    (params.as_of - interval 12 month)::date as year_start,
    (params.as_of - interval 24 month)::date as earlier_start,
    1.959963984540054::double as z
  from params
),

buyers as (
  select
    customer_days.customer_key,
    max(case when customer_days.order_date > settings.year_start then 1 else 0 end) as is_recent,
    max(case when customer_days.order_date <= settings.year_start then 1 else 0 end) as is_earlier,
    sum(case when customer_days.order_date > settings.year_start then customer_days.net else 0 end) as net
  from customer_days
  cross join settings
  where customer_days.order_date > settings.earlier_start and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

counts as (
  select
    sum(buyers.is_earlier * buyers.is_recent) as stayed,
    sum(buyers.is_earlier) as customers,
    sum(buyers.net)::double / nullif(sum(buyers.is_recent), 0)::double as yearly_net
  from buyers
),

spends as (
  select
    sum(costs.amount) as amount,
    min(costs.cost_date) as first_date,
    max(costs.cost_date) as last_date
  from costs
  cross join settings
  where coalesce(costs.kind, 'acquisition') = 'acquisition' and costs.cost_date <= settings.as_of
),

acquired as (
  select
    any_value(spends.amount)::double / nullif(count(customer_summary.customer_key), 0)::double as cac
  from spends
  cross join settings
  left join customer_summary
    on customer_summary.first_order_date <= settings.as_of
    and customer_summary.first_order_date >= date_trunc('month', spends.first_date)::date
    and customer_summary.first_order_date <= last_day(spends.last_date)
),

means as (
  select
    settings.*,
    coalesce(settings.yearly_net, counts.yearly_net) as net,
    coalesce(settings.cac, acquired.cac) as cost,
    case when settings.retention is null then counts.stayed end as stayed,
    case when settings.retention is null then counts.customers end as customers,
    coalesce(settings.retention, counts.stayed::double / nullif(counts.customers, 0)::double) as own
  from settings
  cross join counts
  cross join acquired
),

rates as (
  select
    series.step::double / 20 as r,
    false as is_own
  from generate_series(0, 19) as series(step)
  union all
  select means.own, true
  from means
  where means.own is not null
),

raised as (
  select
    rates.r,
    rates.is_own,
    case when rates.r + means.points between -1e-9 and 1 + 1e-9 then rates.r + means.points end as raised_r,
    means.*
  from rates
  cross join means
),

-- the multiple of a year’s margin that a customer is worth
multiples as (
  select
    raised.*,
    case when 1 + raised.discount - raised.r > 1e-9 then (1 + raised.discount) / (1 + raised.discount - raised.r) end
      as multiple,
    case
      when 1 + raised.discount - raised.raised_r > 1e-9
        then (1 + raised.discount) / (1 + raised.discount - raised.raised_r)
    end as raised_multiple
  from raised
),

valued as (
  select
    multiples.*,
    multiples.margin * multiples.net * multiples.multiple as clv,
    multiples.margin * multiples.net * multiples.raised_multiple as clv_raised,
    case when multiples.is_own then multiples.stayed end as numerator,
    case when multiples.is_own then multiples.customers end as denominator,
    case when multiples.is_own and multiples.customers > 0 then multiples.customers end::double as n
  from multiples
)

select
  valued.r::double as retention,
  valued.clv::double as clv,
  (valued.raised_multiple / nullif(valued.multiple, 0) - 1)::double as uplift,
  case
    when valued.clv - valued.cost > 1e-9 then (valued.clv_raised - valued.cost) / (valued.clv - valued.cost) - 1
  end::double as net_of_cac_uplift,
  valued.raised_r::double as raised_retention,
  valued.clv_raised::double as clv_raised,
  0.25::double as quoted_low,
  0.95::double as quoted_high,
  valued.net::double as yearly_net,
  valued.cost::double as cac,
  valued.numerator::integer as numerator,
  valued.denominator::integer as denominator,
  case when valued.n is not null then greatest(0, (
      valued.r + valued.z * valued.z / (2 * valued.n)
      - valued.z * sqrt((valued.r * (1 - valued.r) + valued.z * valued.z / (4 * valued.n)) / valued.n)
    ) / (1 + valued.z * valued.z / valued.n)) end::double as lower,
  case when valued.n is not null then least(1, (
      valued.r + valued.z * valued.z / (2 * valued.n)
      + valued.z * sqrt((valued.r * (1 - valued.r) + valued.z * valued.z / (4 * valued.n)) / valued.n)
    ) / (1 + valued.z * valued.z / valued.n)) end::double as upper,
  valued.is_own
from valued
order by valued.r, valued.is_own;
