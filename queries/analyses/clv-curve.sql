-- title: Lifetime value: a new customer
-- title.zh-Hans: 终身价值：新客户
-- title.zh-Hant: 終身價值：新客戶
-- question: How often will a new customer come back, as time goes by?
-- question.zh-Hans: 一位新客户日后会回来买多少次？
-- question.zh-Hant: 一位新客戶日後會回來買多少次？
-- definition: From the fit of clv-model on the same data: E[X(t)], the repeat purchase days to expect within t weeks of
--   the first purchase of a customer of whom nothing else is known. lower and upper: 95 % interval of that expectation
--   from the uncertainty of the parameters (delta method on its logarithm); one customer strays far more. Beyond the
--   longest history in the data the curve goes on as the model has it.
-- definition.zh-Hans: 基于同一数据上的终身价值模型：E[X(t)]，即只知道首次购买的客户在其后 t 周内预期的复购日数。
--   上下限为参数不确定性给出的该期望的 95% 区间（对数上的 delta 法）；单个客户的差异要大得多。
--   超出数据中最长历史的部分，为模型的外推。
-- definition.zh-Hant: 基於同一資料上的終身價值模型：E[X(t)]，即只知道首次購買的客戶在其後 t 週內預期的回購日數。
--   上下限為參數不確定性給出的該期望值的 95% 區間（對數上的 delta 法）；單一客戶的差異要大得多。
--   超出資料中最長歷史的部分，為模型的外推。
-- sentence: By {model}, fitted to {customers} {customers|customer|customers}, a new one comes back[ {half} times
--   within half a year and] {year} times within a year[ (95% interval {lower} to {upper})].|By {model}, fitted to
--   {customers} {customers|customer|customers}, a new one comes back {half} times within half a year.|The curve of
--   {model}, fitted to {customers} {customers|customer|customers}, ends before half a year: set a longer horizon.
-- sentence.zh-Hans: 按 {model}（由 {customers} 位客户拟合），一位新客户[半年内预期复购 {half} 次，]一年内 {year}
--   次[（95% 区间 {lower} 至 {upper}）]。|按 {model}（由 {customers} 位客户拟合），一位新客户半年内预期复购 {half}
--   次。|{model}（由 {customers} 位客户拟合）的曲线不足半年：请把预测期设得更长。
-- sentence.zh-Hant: 按 {model}（由 {customers} 位客戶擬合），一位新客戶[半年內預期回購 {half} 次，]一年內 {year}
--   次[（95% 區間 {lower} 至 {upper}）]。|按 {model}（由 {customers} 位客戶擬合），一位新客戶半年內預期回購 {half}
--   次。|{model}（由 {customers} 位客戶擬合）的曲線不足半年：請把預測期設得更長。
-- group: value
-- needs: customer_days
-- param: model choice(best, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k, ggom-nbd, nbd) = bg-nbd -- read by the model
--   worker
-- param.zh-Hans: model 模型 -- 由模型程序读取
-- param.zh-Hant: model 模型 -- 由模型程序讀取
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: horizon integer = 104 -- weeks looked ahead
-- param.en: horizon Weeks ahead
-- param.zh-Hans: horizon 预测周数 -- 向前看多少周
-- param.zh-Hant: horizon 預測週數 -- 向前看多少週
-- counts: customers; by week
-- column: model text
-- column.zh-Hans: model 模型
-- column.zh-Hant: model 模型
-- column: week count -- since the first purchase
-- column.en: week Weeks since the first purchase
-- column.zh-Hans: week 首购后周数 -- 自首次购买起
-- column.zh-Hant: week 首購後週數 -- 自首次購買起
-- column: expected_orders number -- repeat purchase days up to then
-- column.en: expected_orders Expected repeat purchases
-- column.zh-Hans: expected_orders 预期复购次数 -- 截至该周的复购日数
-- column.zh-Hant: expected_orders 預期回購次數 -- 截至該週的回購日數
-- column: lower number -- 95 %
-- column.zh-Hans: lower 区间下限 -- 95% 区间
-- column.zh-Hant: lower 區間下限 -- 95% 區間
-- column: upper number -- 95 %
-- column.zh-Hans: upper 区间上限 -- 95% 区间
-- column.zh-Hant: upper 區間上限 -- 95% 區間
-- column: weekly_orders number -- in that week
-- column.en: weekly_orders Expected in the week
-- column.zh-Hans: weekly_orders 当周预期 -- 该周内的复购日数
-- column.zh-Hant: weekly_orders 當週預期 -- 該週內的回購日數
-- column: phase text -- within the longest history in the data, or beyond it
-- column.zh-Hans: phase 阶段 -- 数据所及，或其外推
-- column.zh-Hant: phase 階段 -- 資料所及，或其外推
-- column: customers count -- that the fit used
-- column.zh-Hans: customers 客户数 -- 拟合所用的客户
-- column.zh-Hant: customers 客戶數 -- 擬合所用的客戶
-- fact: model text = first(model)
-- fact: customers count = first(customers)
-- fact: half number = max(expected_orders) where week = 26
-- fact: year number = max(expected_orders) where week = 52
-- fact: lower number = max(lower) where week = 52
-- fact: upper number = max(upper) where week = 52
-- chart: tracks x=week y1=expected_orders lower=lower upper=upper phase=phase -- Up to that week
-- chart.zh-Hans: 累计
-- chart.zh-Hant: 累計
-- chart: tracks x=week y1=weekly_orders phase=phase -- By week
-- chart.zh-Hans: 按周
-- chart.zh-Hant: 按週
-- value: observed = seen in the data
-- value.zh-Hans: observed = 数据所及
-- value.zh-Hant: observed = 資料所及
-- value: beyond = beyond the data
-- value.zh-Hans: beyond = 外推
-- value.zh-Hant: beyond = 外推
-- value.zh-Hans: best = 最优
-- value.zh-Hant: best = 最優
-- value: bg-nbd = BG/NBD
-- value.zh-Hans: bg-nbd = BG/NBD
-- value.zh-Hant: bg-nbd = BG/NBD
-- value: mbg-nbd = MBG/NBD
-- value.zh-Hans: mbg-nbd = MBG/NBD
-- value.zh-Hant: mbg-nbd = MBG/NBD
-- value: pareto-nbd = Pareto/NBD
-- value.zh-Hans: pareto-nbd = Pareto/NBD
-- value.zh-Hant: pareto-nbd = Pareto/NBD
-- value: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hans: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hant: bg-cnbd-k = BG/CNBD-k
-- value: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hans: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hant: mbg-cnbd-k = MBG/CNBD-k
-- value: ggom-nbd = GGompertz/NBD
-- value.zh-Hans: ggom-nbd = GGompertz/NBD
-- value.zh-Hant: ggom-nbd = GGompertz/NBD
-- value: nbd = NBD
-- value.zh-Hans: nbd = NBD
-- value.zh-Hant: nbd = NBD
-- model: clv-curve
with
params as (
  select coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

histories as (
  select
    customer_days.customer_key,
    count(*) - 1 as x,
    max(customer_days.days_since_first) as t_x_days,
    max(params.as_of - customer_days.order_date) as t_days,
    -- to twelve digits, so that the sum is the same in any order
    sum(
      case when customer_days.nth > 1 then ln(customer_days.days_since_previous / 7.0)::decimal(24, 12) else 0 end
    ) as log_gaps
  from customer_days
  cross join params
  where customer_days.order_date <= params.as_of
  group by customer_days.customer_key
)

select
  histories.x::integer as x,
  histories.t_x_days::integer as t_x_days,
  histories.t_days::integer as T_days,
  count(*)::integer as customers,
  sum(histories.log_gaps)::double as log_gaps
from histories
group by
  histories.x,
  histories.t_x_days,
  histories.t_days
order by x, t_x_days, T_days;
