-- title: Lifetime value: held against what came
-- title.zh-Hans: 终身价值：与实际对照
-- title.zh-Hant: 終身價值：與實際對照
-- question: How near do the models come to purchases that they were not shown?
-- question.zh-Hans: 对没见过的购买，模型的预测有多接近？
-- question.zh-Hant: 對沒看過的購買，模型的預測有多接近？
-- definition: Models are fitted to purchases up to the split (half of the time when empty) and foresee the rest up to
--   the observation end, for the customers who had bought by the split. tracking: their repeat purchases in each week
--   from the first day on, against Σ E[X(age)]. frequency: mean purchases in the holdout by repeat purchases x in the
--   calibration, against E[Y | x, t_x, T]; from pool on together. models: every model on the same holdout. bias =
--   (predicted − actual) ÷ actual; mae, rmse and correlation over customers; naive_mae: everybody goes on at x ÷ T.
--   Intervals hold the uncertainty of the parameters and the chance of each customer. coverage: customers whose
--   purchases lie within the 2.5 % and 97.5 % quantiles of their own. Chosen (best) is, of the models that the
--   calibration settles and whose total is off by no more than 20 % (if any), the one with the least rmse. A model
--   that the calibration does not settle is shown as NBD. A purchase is a day with an order.
-- definition.zh-Hans: 用划分日（留空为时间的一半）之前的购买拟合模型，预测划分日之前已购买的客户从划分日到截止日的购买。
--   逐周：自第一天起每周的复购次数，对照 Σ E[X(时长)]。按频次：按拟合期复购次数 x 分组的留出期平均购买次数，对照
--   E[Y | x, t_x, T]，从“合并起点”起合为一组。所有模型：同一留出期上的各模型。偏差 = （预测 − 实际）÷ 实际；平均绝对误差、
--   均方根误差与相关系数按客户计；基准误差：人人沿用速率 x ÷ T。区间包含参数的不确定性和每位客户的偶然性。
--   覆盖率：购买次数落在各自 2.5% 与 97.5% 分位数之间的客户。选用（最优）：在拟合期能确定且总量偏差不超过 20%
--   （如有）的模型中，均方根误差最小者。拟合期无法确定的模型以 NBD 代替。一次购买 = 有订单的一天。
-- definition.zh-Hant: 用劃分日（留空為時間的一半）之前的購買配適模型，預測劃分日之前已購買的客戶從劃分日到截止日的購買。
--   逐週：自第一天起每週的回購次數，對照 Σ E[X(時長)]。按頻率：按配適期回購次數 x 分組的保留期平均購買次數，對照
--   E[Y | x, t_x, T]，從「合併起點」起合為一組。所有模型：同一保留期上的各模型。偏差 = （預測 − 實際）÷ 實際；平均絕對誤差、
--   均方根誤差與相關係數按客戶計；基準誤差：人人沿用速率 x ÷ T。區間包含參數的不確定性和每位客戶的偶然性。
--   覆蓋率：購買次數落在各自 2.5% 與 97.5% 分位數之間的客戶。選用（最優）：在配適期能決定且總量偏差不超過 20%
--   （如有）的模型中，均方根誤差最小者。配適期無法決定的模型以 NBD 代替。一次購買 = 有訂單的一天。
-- sentence: Fitted to {customers} {customers|customer|customers} up to {split}, {model} foresaw {predicted}
--   purchases in the {weeks} weeks after[ (95% interval {lower} to {upper})]; {actual} {actual|was|were} made[, a
--   bias of {bias}].|There is nothing to check the model by: no customer is in this choice.
-- sentence.zh-Hans: {model} 用截至 {split} 的 {customers} 位客户拟合，预测其后 {weeks} 周有 {predicted} 次购
--   买[（95% 区间 {lower} 至 {upper}）]，实际为 {actual} 次[，偏差 {bias}]。|没有可检验的：所选范围内没有客户。
-- sentence.zh-Hant: {model} 用截至 {split} 的 {customers} 位客戶配適，預測其後 {weeks} 週有 {predicted} 次購
--   買[（95% 區間 {lower} 至 {upper}）]，實際為 {actual} 次[，偏差 {bias}]。|沒有可檢驗的：所選範圍內沒有客戶。
-- group: value
-- needs: customer_days
-- param: view choice(tracking, frequency, models) = tracking -- read by the model worker
-- param.zh-Hans: view 视图 -- 由模型程序读取
-- param.zh-Hant: view 檢視 -- 由模型程序讀取
-- param: model choice(best, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k, ggom-nbd, nbd) = bg-nbd -- read by the model
--   worker; best is the one that the holdout chooses
-- param.zh-Hans: model 模型 -- 由模型程序读取；最优为按留出期选用的模型
-- param.zh-Hant: model 模型 -- 由模型程序讀取；最優為按保留期選用的模型
-- param: split date = -- last day of the calibration; half of the time when empty
-- param.zh-Hans: split 划分日 -- 拟合期的最后一天，留空为时间的一半
-- param.zh-Hant: split 劃分日 -- 配適期的最後一天，留空為時間的一半
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: pool integer = 7 -- repeat purchases from which on frequencies share a row; read by the model worker
-- param.zh-Hans: pool 合并起点 -- 从这一复购次数起合为一组，由模型程序读取
-- param.zh-Hant: pool 合併起點 -- 從這一回購次數起合為一組，由模型程序讀取
-- counts: running actual by week; customers by x
-- column: week count -- from the first day on, whole weeks
-- column.zh-Hans: week 周 -- 自第一天起的整周
-- column.zh-Hant: week 週 -- 自第一天起的整週
-- column: actual count -- repeat purchases in the week
-- column.zh-Hans: actual 实际 -- 本周的复购次数
-- column.zh-Hant: actual 實際 -- 本週的回購次數
-- column: predicted number -- in the week
-- column.zh-Hans: predicted 预测 -- 本周
-- column.zh-Hant: predicted 預測 -- 本週
-- column: actual_total count -- repeat purchases up to the end of the week
-- column.en: actual_total Actual in all
-- column.zh-Hans: actual_total 累计实际 -- 至本周末的复购次数
-- column.zh-Hant: actual_total 累計實際 -- 至本週末的回購次數
-- column: predicted_total number -- up to the end of the week
-- column.en: predicted_total Predicted in all
-- column.zh-Hans: predicted_total 累计预测 -- 至本周末
-- column.zh-Hant: predicted_total 累計預測 -- 至本週末
-- column: lower_total number -- of the total, 95 %
-- column.en: lower_total Lower in all
-- column.zh-Hans: lower_total 累计下限 -- 累计值的 95% 区间
-- column.zh-Hant: lower_total 累計下限 -- 累計值的 95% 區間
-- column: upper_total number -- of the total, 95 %
-- column.en: upper_total Upper in all
-- column.zh-Hans: upper_total 累计上限 -- 累计值的 95% 区间
-- column.zh-Hant: upper_total 累計上限 -- 累計值的 95% 區間
-- column: phase text -- calibration up to the split, then holdout
-- column.zh-Hans: phase 阶段 -- 划分日之前为拟合期，之后为留出期
-- column.zh-Hant: phase 階段 -- 劃分日之前為配適期，之後為保留期
-- column: x count -- repeat purchases in the calibration
-- column.en: x Repeat purchases before
-- column.zh-Hans: x 复购次数 -- 拟合期内
-- column.zh-Hant: x 回購次數 -- 配適期內
-- column: is_pooled flag -- of x or more
-- column.en: is_pooled And more
-- column.zh-Hans: is_pooled 合并 -- 复购次数大于等于 x
-- column.zh-Hant: is_pooled 合併 -- 回購次數大於等於 x
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: actual_mean number -- purchases a customer in the holdout
-- column.en: actual_mean Actual per customer
-- column.zh-Hans: actual_mean 实际均值 -- 留出期内每位客户的购买次数
-- column.zh-Hant: actual_mean 實際平均 -- 保留期內每位客戶的購買次數
-- column: predicted_mean number -- purchases a customer in the holdout
-- column.en: predicted_mean Predicted per customer
-- column.zh-Hans: predicted_mean 预测均值 -- 留出期内每位客户的购买次数
-- column.zh-Hant: predicted_mean 預測平均 -- 保留期內每位客戶的購買次數
-- column: lower number -- of the mean to come, 95 %
-- column.zh-Hans: lower 区间下限 -- 均值的 95% 区间
-- column.zh-Hant: lower 區間下限 -- 平均的 95% 區間
-- column: upper number -- of the mean to come, 95 %
-- column.zh-Hans: upper 区间上限 -- 均值的 95% 区间
-- column.zh-Hant: upper 區間上限 -- 平均的 95% 區間
-- column: model text
-- column.zh-Hans: model 模型
-- column.zh-Hant: model 模型
-- column: is_chosen flag -- the model that the holdout chooses
-- column.en: is_chosen Chosen
-- column.zh-Hans: is_chosen 选用 -- 按留出期选用的模型
-- column.zh-Hant: is_chosen 選用 -- 按保留期選用的模型
-- column: reason text -- why it is chosen or not
-- column.zh-Hans: reason 理由 -- 选用或不选用的理由
-- column.zh-Hant: reason 理由 -- 選用或不選用的理由
-- column: log_likelihood number -- of the calibration
-- column.en: log_likelihood Log-likelihood
-- column.zh-Hans: log_likelihood 对数似然 -- 拟合期
-- column.zh-Hant: log_likelihood 對數概似 -- 配適期
-- column: aic number -- of the calibration
-- column.en: aic AIC
-- column.zh-Hans: aic AIC -- 拟合期
-- column.zh-Hant: aic AIC -- 配適期
-- column: bic number -- of the calibration
-- column.en: bic BIC
-- column.zh-Hans: bic BIC -- 拟合期
-- column.zh-Hant: bic BIC -- 配適期
-- column: holdout_actual count -- purchases in the holdout
-- column.en: holdout_actual Actual in the holdout
-- column.zh-Hans: holdout_actual 留出期实际 -- 购买次数
-- column.zh-Hant: holdout_actual 保留期實際 -- 購買次數
-- column: holdout_predicted number -- purchases in the holdout
-- column.en: holdout_predicted Predicted for the holdout
-- column.zh-Hans: holdout_predicted 留出期预测 -- 购买次数
-- column.zh-Hant: holdout_predicted 保留期預測 -- 購買次數
-- column: bias share -- (predicted − actual) ÷ actual
-- column.zh-Hans: bias 偏差 -- （预测 − 实际）÷ 实际
-- column.zh-Hant: bias 偏差 -- （預測 − 實際）÷ 實際
-- column: bias_lower share -- with the lower end of the 95 % interval of the total
-- column.en: bias_lower Bias, lower
-- column.zh-Hans: bias_lower 偏差下限 -- 总量 95% 区间下限处的偏差
-- column.zh-Hant: bias_lower 偏差下限 -- 總量 95% 區間下限處的偏差
-- column: bias_upper share -- with the upper end
-- column.en: bias_upper Bias, upper
-- column.zh-Hans: bias_upper 偏差上限 -- 总量 95% 区间上限处的偏差
-- column.zh-Hant: bias_upper 偏差上限 -- 總量 95% 區間上限處的偏差
-- column: mae number -- mean absolute error, purchases a customer
-- column.en: mae MAE
-- column.zh-Hans: mae 平均绝对误差 -- 每位客户的购买次数
-- column.zh-Hant: mae 平均絕對誤差 -- 每位客戶的購買次數
-- column: naive_mae number -- the same where everybody goes on at the rate x ÷ T
-- column.en: naive_mae Naive MAE
-- column.zh-Hans: naive_mae 基准误差 -- 人人沿用速率 x ÷ T 时的平均绝对误差
-- column.zh-Hant: naive_mae 基準誤差 -- 人人沿用速率 x ÷ T 時的平均絕對誤差
-- column: rmse number -- root mean square error, purchases a customer
-- column.en: rmse RMSE
-- column.zh-Hans: rmse 均方根误差 -- 每位客户的购买次数
-- column.zh-Hant: rmse 均方根誤差 -- 每位客戶的購買次數
-- column: correlation number -- of predicted and actual purchases over customers
-- column.zh-Hans: correlation 相关系数 -- 各客户预测与实际购买次数
-- column.zh-Hant: correlation 相關係數 -- 各客戶預測與實際購買次數
-- column: coverage share -- of customers within their own 95 % interval
-- column.zh-Hans: coverage 覆盖率 -- 落在各自 95% 区间内的客户
-- column.zh-Hant: coverage 覆蓋率 -- 落在各自 95% 區間內的客戶
-- column: nominal_coverage share -- the coverage if the model were right
-- column.en: nominal_coverage Coverage to expect
-- column.zh-Hans: nominal_coverage 应有覆盖率 -- 模型正确时的覆盖率
-- column.zh-Hant: nominal_coverage 應有覆蓋率 -- 模型正確時的覆蓋率
-- fact: model text = answer(model)
-- fact: split date = answer(split)
-- fact: customers count = answer(customers)
-- fact: weeks number = answer(weeks)
-- fact: predicted number = answer(predicted)
-- fact: lower number = answer(lower)
-- fact: upper number = answer(upper)
-- fact: actual count = answer(actual)
-- fact: bias share = answer(bias)
-- chart: tracks x=week y1=actual_total y2=predicted_total lower=lower_total upper=upper_total phase=phase -- Cumulative
-- chart.zh-Hans: 累计
-- chart.zh-Hant: 累計
-- chart: tracks x=week y1=actual y2=predicted phase=phase -- By week
-- chart.zh-Hans: 每周
-- chart.zh-Hant: 每週
-- chart: tracks x=x y1=actual_mean y2=predicted_mean lower=lower upper=upper n=customers -- By frequency
-- chart.zh-Hans: 按频次
-- chart.zh-Hant: 按頻率
-- chart: dots y=model x=bias lower=bias_lower upper=bias_upper -- Bias of the total
-- chart.zh-Hans: 总量偏差
-- chart.zh-Hant: 總量偏差
-- chart: bars x=model y=rmse -- Error per customer
-- chart.zh-Hans: 每位客户的误差
-- chart.zh-Hant: 每位客戶的誤差
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
-- value: tracking = week by week
-- value.zh-Hans: tracking = 逐周
-- value.zh-Hant: tracking = 逐週
-- value: frequency = by frequency
-- value.zh-Hans: frequency = 按频次
-- value.zh-Hant: frequency = 按頻率
-- value: models = all models
-- value.zh-Hans: models = 所有模型
-- value.zh-Hant: models = 所有模型
-- value: calibration = calibration
-- value.zh-Hans: calibration = 拟合期
-- value.zh-Hant: calibration = 配適期
-- value: holdout = holdout
-- value.zh-Hans: holdout = 留出期
-- value.zh-Hant: holdout = 保留期
-- value: least-error = least error on the holdout
-- value.zh-Hans: least-error = 留出期误差最小
-- value.zh-Hant: least-error = 保留期誤差最小
-- value: more-error = more error on the holdout
-- value.zh-Hans: more-error = 留出期误差较大
-- value.zh-Hant: more-error = 保留期誤差較大
-- value: same-fit = the same as a simpler one
-- value.zh-Hans: same-fit = 与更简单的模型相同
-- value.zh-Hant: same-fit = 與更簡單的模型相同
-- value: total-off = total off by more than 20 %
-- value.zh-Hans: total-off = 总量偏差超过 20%
-- value.zh-Hant: total-off = 總量偏差超過 20%
-- value: not-identifiable = not settled by these data
-- value.zh-Hans: not-identifiable = 这些数据无法确定
-- value.zh-Hant: not-identifiable = 這些資料無法決定
-- value: lowest-aic = lowest AIC
-- value.zh-Hans: lowest-aic = AIC 最低
-- value.zh-Hant: lowest-aic = AIC 最低
-- value: lowest-bic = lowest BIC
-- value.zh-Hans: lowest-bic = BIC 最低
-- value.zh-Hant: lowest-bic = BIC 最低
-- value: one-timers-alive = one-time customers alive by construction
-- value.zh-Hans: one-timers-alive = 一次性客户按构造必然活跃
-- value.zh-Hant: one-timers-alive = 一次性客戶按構造必然活躍
-- model: clv-validation
with
params as (
  select
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('split')::date as split
  from dataset
),

days as (
  select
    customer_days.*,
    customer_days.order_date - customer_days.days_since_first as first_day
  from customer_days
  cross join params
  where customer_days.order_date <= params.as_of
),

spans as (
  select min(order_date) as first_day
  from days
),

frames as (
  select
    params.as_of as last_day,
    coalesce(spans.first_day, params.as_of) as first_day,
    coalesce(
      params.split,
      spans.first_day + floor((params.as_of - spans.first_day) / 2)::integer,
      params.as_of
    ) as split_day
  from params
  cross join spans
),

histories as (
  select
    days.customer_key,
    sum(case when days.order_date <= frames.split_day then 1 else 0 end) - 1 as x,
    max(case when days.order_date <= frames.split_day then days.days_since_first end) as t_x_days,
    max(frames.split_day - days.first_day) as t_days,
    sum(case when days.order_date > frames.split_day then 1 else 0 end) as orders,
    -- to twelve digits, so that the sum is the same in any order
    sum(
      case
        when days.nth > 1 and days.order_date <= frames.split_day
          then ln(days.days_since_previous / 7.0)::decimal(24, 12)
        else 0
      end
    ) as log_gaps
  from days
  cross join frames
  where days.first_day <= frames.split_day
  group by days.customer_key
),

groups as (
  select
    x,
    t_x_days,
    t_days,
    orders,
    sum(log_gaps) as log_gaps,
    count(*) as customers
  from histories
  group by x, t_x_days, t_days, orders
),

weeks as (
  select
    ceil((days.order_date - frames.first_day) / 7.0) as week,
    count(*) as orders
  from days
  cross join frames
  where days.nth > 1 and days.first_day <= frames.split_day
  group by ceil((days.order_date - frames.first_day) / 7.0)
),

sections as (
  select
    0 as section,
    first_day - date '1970-01-01' as first_day,
    split_day - date '1970-01-01' as split_day,
    last_day - date '1970-01-01' as last_day,
    0 as x,
    0 as t_x_days,
    0 as t_days,
    0 as customers,
    0 as week,
    0 as orders,
    0 as log_gaps
  from frames
  union all
  select
    1,
    0,
    0,
    0,
    x,
    t_x_days,
    t_days,
    customers,
    0,
    orders,
    log_gaps
  from groups
  union all
  select
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    week,
    orders,
    0
  from weeks
)

select
  section::integer as section,
  first_day::integer as first_day,
  split_day::integer as split_day,
  last_day::integer as last_day,
  x::integer as x,
  t_x_days::integer as t_x_days,
  t_days::integer as T_days,
  customers::integer as customers,
  week::integer as week,
  orders::integer as orders,
  log_gaps::double as log_gaps
from sections
order by section, x, t_x_days, t_days, orders, week;
