-- title: Lifetime value: the model
-- title.zh-Hans: 终身价值：模型
-- title.zh-Hant: 終身價值：模型
-- question: Which purchase process fits these customers, and how sure are its parameters?
-- question.zh-Hans: 哪种购买过程符合这些客户，参数有多可靠？
-- question.zh-Hant: 哪種購買過程符合這些客戶，參數有多可靠？
-- definition: Maximum-likelihood fits. BG/NBD: purchases at a rate that differs between customers (gamma: r,
--   alpha), dropout after any purchase with a probability that differs too (beta: a, b). NBD: the same without
--   dropout. Gamma-Gamma: the mean amount of a repeat purchase (p, q, v). x = purchase days after the first, t_x =
--   age at the last, T = age at the observation end, in the chosen unit (weeks = days ÷ 7, exact). monetary = mean
--   net per repeat purchase day, days that refunds left with nothing left out (a day of free orders counts as 0).
--   Standard errors from the inverse Hessian in log-parameters. identifiable = false means the data cannot tell the parameters apart: read the note.
-- definition.zh-Hans: 最大似然拟合。BG/NBD：购买速率因客户而异（Gamma 分布：r、alpha），
--   每次购买后以因客户而异的概率流失（Beta 分布：a、b）。NBD：同上但不流失。Gamma-Gamma：
--   复购的平均金额（p、q、v）。x = 首购日之后的购买日数，t_x = 最后一次购买时的时长，T = 截止日时的时长，
--   按所选单位计（周 = 天 ÷ 7，不取整）。金额 = 每个复购日的平均净额，退款后一无所余的日子除外（免费订单计为 0）。标准误来自对数参数下
--   Hessian 矩阵的逆。identifiable = false 表示数据无法区分参数，请看说明。
-- definition.zh-Hant: 最大概似擬合。BG/NBD：購買速率因客戶而異（Gamma 分布：r、alpha），
--   每次購買後以因客戶而異的機率流失（Beta 分布：a、b）。NBD：同上但不流失。Gamma-Gamma：
--   回購的平均金額（p、q、v）。x = 首購日之後的購買日數，t_x = 最後一次購買時的時長，T = 截止日時的時長，
--   按所選單位計（週 = 天 ÷ 7，不取整）。金額 = 每個回購日的平均淨額，退款後一無所餘的日子除外（免費訂單計為 0）。標準誤來自對數參數下
--   Hessian 矩陣的逆。identifiable = false 表示資料無法區分參數，請看說明。
-- sentence: {model} fits {customers} customers with a log-likelihood of {log_likelihood} (AIC {aic}).
-- sentence.zh-Hans: {model} 对 {customers} 位客户的拟合：对数似然 {log_likelihood}（AIC {aic}）。
-- sentence.zh-Hant: {model} 對 {customers} 位客戶的擬合：對數概似 {log_likelihood}（AIC {aic}）。
-- group: value
-- needs: customer_days
-- param: model choice(best, bg-nbd, nbd, gamma-gamma) = bg-nbd -- read by the model worker
-- param.zh-Hans: model 模型 -- 由模型程序读取
-- param.zh-Hant: model 模型 -- 由模型程序讀取
-- param: unit choice(week, day) = week -- time unit of the parameters; read by the model worker
-- param.zh-Hans: unit 时间单位 -- 参数的时间单位，由模型程序读取
-- param.zh-Hant: unit 時間單位 -- 參數的時間單位，由模型程序讀取
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- column: model text
-- column.zh-Hans: model 模型
-- column.zh-Hant: model 模型
-- column: parameter text -- named as in the papers
-- column.zh-Hans: parameter 参数 -- 名称与论文一致
-- column.zh-Hant: parameter 參數 -- 名稱與論文一致
-- column: estimate number
-- column.zh-Hans: estimate 估计值
-- column.zh-Hant: estimate 估計值
-- column: std_error number
-- column.zh-Hans: std_error 标准误
-- column.zh-Hant: std_error 標準誤
-- column: lower number -- 95 %
-- column.zh-Hans: lower 区间下限 -- 95% 区间
-- column.zh-Hant: lower 區間下限 -- 95% 區間
-- column: upper number -- 95 %
-- column.zh-Hans: upper 区间上限 -- 95% 区间
-- column.zh-Hant: upper 區間上限 -- 95% 區間
-- column: log_likelihood number -- of the model
-- column.zh-Hans: log_likelihood 对数似然 -- 模型的对数似然
-- column.zh-Hant: log_likelihood 對數概似 -- 模型的對數概似
-- column: aic number
-- column.zh-Hans: aic AIC
-- column.zh-Hant: aic AIC
-- column: bic number
-- column.zh-Hans: bic BIC
-- column.zh-Hant: bic BIC
-- column: customers count -- that the fit used
-- column.zh-Hans: customers 客户数 -- 拟合所用的客户
-- column.zh-Hant: customers 客戶數 -- 擬合所用的客戶
-- column: converged flag
-- column.zh-Hans: converged 已收敛
-- column.zh-Hant: converged 已收斂
-- column: identifiable flag
-- column.zh-Hans: identifiable 可识别
-- column.zh-Hant: identifiable 可識別
-- column: note text -- what to know before the figures are believed
-- column.zh-Hans: note 说明 -- 采信之前须知
-- column.zh-Hant: note 說明 -- 採信之前須知
-- fact: model text = first(model)
-- fact: customers count = first(customers)
-- fact: log_likelihood number = first(log_likelihood)
-- fact: aic number = first(aic)
-- chart: dots y=parameter x=estimate lower=lower upper=upper
-- value.zh-Hans: week = 周
-- value.zh-Hant: week = 週
-- value.zh-Hans: day = 日
-- value.zh-Hant: day = 日
-- value.zh-Hans: best = 最优
-- value.zh-Hant: best = 最優
-- value: bg-nbd = BG/NBD
-- value.zh-Hans: bg-nbd = BG/NBD
-- value.zh-Hant: bg-nbd = BG/NBD
-- value: nbd = NBD
-- value.zh-Hans: nbd = NBD
-- value.zh-Hant: nbd = NBD
-- value: gamma-gamma = Gamma-Gamma
-- value.zh-Hans: gamma-gamma = Gamma-Gamma
-- value.zh-Hant: gamma-gamma = Gamma-Gamma
-- value: not-converged = did not converge
-- value.zh-Hans: not-converged = 未收敛
-- value.zh-Hant: not-converged = 未收斂
-- value: bound-hit = parameter at its bound
-- value.zh-Hans: bound-hit = 参数触到边界
-- value.zh-Hant: bound-hit = 參數碰到邊界
-- value: hessian-not-positive-definite = no standard errors
-- value.zh-Hans: hessian-not-positive-definite = 没有标准误
-- value.zh-Hant: hessian-not-positive-definite = 沒有標準誤
-- value: parameter-uncertain = parameter too uncertain
-- value.zh-Hans: parameter-uncertain = 参数过于不确定
-- value.zh-Hant: parameter-uncertain = 參數過於不確定
-- value: infinite-mean-spend = no finite mean spend
-- value.zh-Hans: infinite-mean-spend = 平均消费无有限值
-- value.zh-Hant: infinite-mean-spend = 平均消費無有限值
-- value: spend-correlates = spend goes with frequency
-- value.zh-Hans: spend-correlates = 消费额与频次相关
-- value.zh-Hant: spend-correlates = 消費金額與頻率相關
-- value: too-few-repeat-buyers = too few repeat buyers
-- value.zh-Hans: too-few-repeat-buyers = 复购客户太少
-- value.zh-Hant: too-few-repeat-buyers = 回購客戶太少
-- value: too-few-spenders = too few paid repeat purchases
-- value.zh-Hans: too-few-spenders = 付费复购太少
-- value.zh-Hant: too-few-spenders = 付費回購太少
-- value: no-gain-over-nbd = no dropout seen
-- value.zh-Hans: no-gain-over-nbd = 看不出流失
-- value.zh-Hant: no-gain-over-nbd = 看不出流失
-- value: few-customers = few customers
-- value.zh-Hans: few-customers = 客户较少
-- value.zh-Hant: few-customers = 客戶較少
-- value: short-history = short history
-- value.zh-Hans: short-history = 历史较短
-- value.zh-Hant: short-history = 歷史較短
-- value: no-third-order = nobody bought three times
-- value.zh-Hans: no-third-order = 无人买过三次
-- value.zh-Hant: no-third-order = 無人買過三次
-- model: clv-model
with
params as (
  select coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

-- a repeat purchase day that refunds left with nothing tells nothing of the usual amount, a free one does
days as (
  select
    customer_days.*,
    customer_days.nth > 1 and (customer_days.net > 0 or customer_days.refunded_orders = 0) as is_amount_known
  from customer_days
),

histories as (
  select
    days.customer_key,
    count(*) - 1 as x,
    max(days.days_since_first) as t_x_days,
    max(params.as_of - days.order_date) as t_days,
    sum(case when days.is_amount_known then days.net end) as repeat_net,
    sum(case when days.is_amount_known then 1 else 0 end) as paid_days
  from days
  cross join params
  where days.order_date <= params.as_of
  group by days.customer_key
)

select
  histories.x::integer as x,
  histories.t_x_days::integer as t_x_days,
  histories.t_days::integer as T_days,
  case when histories.paid_days > 0 then histories.repeat_net::double / histories.paid_days else 0 end as monetary,
  count(*)::integer as customers,
  histories.paid_days::integer as paid_days
from histories
group by
  histories.x,
  histories.t_x_days,
  histories.t_days,
  histories.paid_days,
  histories.repeat_net
order by x, t_x_days, T_days, monetary;
