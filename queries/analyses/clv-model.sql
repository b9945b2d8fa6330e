-- title: Lifetime value: the model
-- title.zh-Hans: 终身价值：模型
-- title.zh-Hant: 終身價值：模型
-- question: Which purchase process fits these customers, and how sure are its parameters?
-- question.zh-Hans: 哪种购买过程符合这些客户，参数有多可靠？
-- question.zh-Hant: 哪種購買過程符合這些客戶，參數有多可靠？
-- definition: Maximum-likelihood fits. BG/NBD: purchases at a rate that differs between customers (gamma: r,
--   alpha), dropout after any purchase with a probability that differs too (beta: a, b). NBD: the same without
--   dropout. MBG/NBD: customers may drop out after the very first purchase too. Pareto/NBD: dropout at any time, at a
--   rate that differs between customers (gamma: s, beta). GGompertz/NBD: the risk of dropping out grows with age (b;
--   gamma: s, beta). BG/CNBD-k and MBG/CNBD-k: regular buyers, the time between purchases in k phases (Erlang), the likeliest
--   k of 1 to 12; in the MBG/CNBD-k customers may drop out after the very first purchase too. BG/BB: by calendar
--   months. After the month of the first purchase, active customers buy in a month with one probability (beta: alpha,
--   beta) and leave before a month with another (beta: gamma, delta), up to the last month that is over by the
--   observation end, and with amounts per month. sBG and BdW: customers read as subscribers. Renewal k is due
--   k × cycle months after the first order, on the same day of the month (or its last), and made by an order after
--   renewal k − 1 and its grace days and no later than renewal k and its grace days. A customer is lost at the first
--   renewal not made, and kept if all were made that, with their grace days, were due by the observation end. sBG: the
--   probability of not renewing differs between customers (beta: alpha, beta); BdW: it also changes with time (c above
--   1: rises). survival_12 and survival_24 = share still there after so many renewals; lifetime = payments to expect of
--   a new subscriber, the first included, discounted by 10 % a year. Gamma-Gamma: the mean amount of a repeat purchase (p, q, v). x = purchase days after the first, t_x =
--   age at the last, T = age at the observation end, in the chosen unit (weeks = days ÷ 7, exact). monetary = mean
--   net per repeat purchase day, days that refunds left with nothing left out (a day of free orders counts as 0).
--   Standard errors from the inverse Hessian in log-parameters. identifiable = false means the data cannot tell the parameters apart: read the note. best: the lowest AIC among the models that the data settle; which one
--   foresaw best, clv-validation tells. Covariates z of the first order, coefficients γ against the commonest level:
--   α × exp(−γ trans · z), in the Pareto/NBD β × exp(−γ life · z), in the BG/NBD a and b × exp(γ life · z).
-- definition.zh-Hans: 最大似然拟合。BG/NBD：购买速率因客户而异（Gamma 分布：r、alpha），
--   每次购买后以因客户而异的概率流失（Beta 分布：a、b）。NBD：同上但不流失。
--   MBG/NBD：客户在首购之后也可能流失。Pareto/NBD：随时可能流失，流失速率因客户而异（Gamma 分布：s、beta）。
--   GGompertz/NBD：流失风险随时长上升（b；Gamma 分布：s、beta）。BG/CNBD-k 与 MBG/CNBD-k：
--   规律购买的客户，两次购买之间分 k 个阶段（Erlang 分布），k 取 1 到 12 中最可能的值；MBG/CNBD-k 的客户在首购之后也可能流失。BG/BB：
--   按自然月。首购月之后，活跃客户以一个概率（Beta 分布：alpha、beta）在某月购买，并在每月之前以另一概率（Beta 分布：gamma、delta）
--   离开；只算到截止日时已结束的月份，金额按月计。sBG 与 BdW：把客户当作订阅者。第 k 次续费在首单之后 k × 周期个月到期，日期与首单同日（或当月最后一日）；
--   若在第 k − 1 次续费及其宽限期之后、第 k 次续费及其宽限期之内有订单，即为已续费。客户在第一次未续费时流失；
--   凡截止日前（含宽限期）到期的续费全部完成者视为留存。sBG：不续费的概率因客户而异（Beta 分布：alpha、beta）；BdW：该概率还随时间变化（c 大于 1：上升）。
--   survival_12、survival_24 = 经过这么多次续费后仍在的比例；lifetime = 新订阅者预期付费次数（含首次），按每年 10% 贴现。Gamma-Gamma：
--   复购的平均金额（p、q、v）。x = 首购日之后的购买日数，t_x = 最后一次购买时的时长，T = 截止日时的时长，
--   按所选单位计（周 = 天 ÷ 7，不取整）。金额 = 每个复购日的平均净额，退款后一无所余的日子除外（免费订单计为 0）。标准误来自对数参数下
--   Hessian 矩阵的逆。identifiable = false 表示数据无法区分参数，请看说明。最优：数据能确定的模型中 AIC 最低者；
--   哪个模型预测得最好，见“终身价值：与实际对照”。首单的协变量 z，系数 γ 相对于最常见的取值：α × exp(−γ trans · z)，
--   Pareto/NBD 中 β × exp(−γ life · z)，BG/NBD 中 a 与 b × exp(γ life · z)。
-- definition.zh-Hant: 最大概似擬合。BG/NBD：購買速率因客戶而異（Gamma 分布：r、alpha），
--   每次購買後以因客戶而異的機率流失（Beta 分布：a、b）。NBD：同上但不流失。
--   MBG/NBD：客戶在首購之後也可能流失。Pareto/NBD：隨時可能流失，流失速率因客戶而異（Gamma 分布：s、beta）。
--   GGompertz/NBD：流失風險隨時長上升（b；Gamma 分布：s、beta）。BG/CNBD-k 與 MBG/CNBD-k：
--   規律購買的客戶，兩次購買之間分 k 個階段（Erlang 分布），k 取 1 到 12 中最可能的值；MBG/CNBD-k 的客戶在首購之後也可能流失。BG/BB：
--   按曆月。首購月之後，活躍客戶以一個機率（Beta 分布：alpha、beta）在某月購買，並在每月之前以另一機率（Beta 分布：gamma、delta）
--   離開；只算到截止日時已結束的月份，金額按月計。sBG 與 BdW：把客戶當作訂閱者。第 k 次續費在首單之後 k × 週期個月到期，日期與首單同日（或當月最後一日）；
--   若在第 k − 1 次續費及其寬限期之後、第 k 次續費及其寬限期之內有訂單，即為已續費。客戶在第一次未續費時流失；
--   凡截止日前（含寬限期）到期的續費全部完成者視為留存。sBG：不續費的機率因客戶而異（Beta 分布：alpha、beta）；BdW：該機率還隨時間變化（c 大於 1：上升）。
--   survival_12、survival_24 = 經過這麼多次續費後仍在的比例；lifetime = 新訂閱者預期付費次數（含首次），按每年 10% 折現。Gamma-Gamma：
--   回購的平均金額（p、q、v）。x = 首購日之後的購買日數，t_x = 最後一次購買時的時長，T = 截止日時的時長，
--   按所選單位計（週 = 天 ÷ 7，不取整）。金額 = 每個回購日的平均淨額，退款後一無所餘的日子除外（免費訂單計為 0）。標準誤來自對數參數下
--   Hessian 矩陣的逆。identifiable = false 表示資料無法區分參數，請看說明。最優：資料能決定的模型中 AIC 最低者；
--   哪個模型預測得最好，見「終身價值：與實際對照」。首單的共變數 z，係數 γ 相對於最常見的取值：α × exp(−γ trans · z)，
--   Pareto/NBD 中 β × exp(−γ life · z)，BG/NBD 中 a 與 b × exp(γ life · z)。
-- sentence: {model} fits {customers} {customers|customer|customers} with a log-likelihood of {log_likelihood} (AIC
--   {aic}).|There is nothing to fit: no customer is in this choice.
-- sentence.zh-Hans: {model} 对 {customers} 位客户的拟合：对数似然 {log_likelihood}（AIC {aic}）。|没有可拟合的：所
--   选范围内没有客户。
-- sentence.zh-Hant: {model} 對 {customers} 位客戶的擬合：對數概似 {log_likelihood}（AIC {aic}）。|沒有可擬合的：所
--   選範圍內沒有客戶。
-- group: value
-- needs: customer_days
-- param: model choice(best, bg-nbd, mbg-nbd, pareto-nbd, ggom-nbd, bg-cnbd-k, mbg-cnbd-k, bg-bb, sbg, bdw, nbd, gamma-gamma) = bg-nbd -- read by the model worker
-- param.zh-Hans: model 模型 -- 由模型程序读取
-- param.zh-Hant: model 模型 -- 由模型程序讀取
-- param: unit choice(week, day) = week -- time unit of the parameters; read by the model worker
-- param.zh-Hans: unit 时间单位 -- 参数的时间单位，由模型程序读取
-- param.zh-Hant: unit 時間單位 -- 參數的時間單位，由模型程序讀取
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: covariates text = -- of the first order, with commas between: channel, product, category, country, coupon, member;
--   or domain; BG/NBD and Pareto/NBD only; read by the model worker too
-- param.zh-Hans: covariates 协变量 -- 首单的 channel、product、category、country、coupon、member 或 domain，以逗号分隔；仅用于 BG/NBD 与
--   Pareto/NBD
-- param.zh-Hant: covariates 共變數 -- 首單的 channel、product、category、country、coupon、member 或 domain，以逗號分隔；僅用於 BG/NBD 與
--   Pareto/NBD
-- param: cycle integer = 1 -- months that a payment covers; sBG and BdW only
-- param.zh-Hans: cycle 周期（月） -- 每次付费覆盖的月数，仅用于 sBG 与 BdW
-- param.zh-Hant: cycle 週期（月） -- 每次付費涵蓋的月數，僅用於 sBG 與 BdW
-- param: grace integer = 7 -- days that a payment may be late; sBG and BdW only
-- param.zh-Hans: grace 宽限天数 -- 付费可延迟的天数，仅用于 sBG 与 BdW
-- param.zh-Hant: grace 寬限天數 -- 付費可延遲的天數，僅用於 sBG 與 BdW
-- counts: customers; by model, parameter
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
-- column.en: std_error Standard error
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
-- column.en: aic AIC
-- column.zh-Hans: aic AIC
-- column.zh-Hant: aic AIC
-- column: bic number
-- column.en: bic BIC
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
-- value: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hans: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hant: bg-cnbd-k = BG/CNBD-k
-- value: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hans: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hant: mbg-cnbd-k = MBG/CNBD-k
-- value: bg-bb = BG/BB
-- value.zh-Hans: bg-bb = BG/BB
-- value.zh-Hant: bg-bb = BG/BB
-- value: sbg = sBG
-- value.zh-Hans: sbg = sBG
-- value.zh-Hant: sbg = sBG
-- value: bdw = BdW
-- value.zh-Hans: bdw = BdW
-- value.zh-Hant: bdw = BdW
-- value: survival_12 = still there after 12 renewals
-- value.zh-Hans: survival_12 = 12 次续费后仍在
-- value.zh-Hant: survival_12 = 12 次續費後仍在
-- value: survival_24 = still there after 24 renewals
-- value.zh-Hans: survival_24 = 24 次续费后仍在
-- value.zh-Hant: survival_24 = 24 次續費後仍在
-- value: lifetime = payments to expect, discounted
-- value.zh-Hans: lifetime = 预期付费次数（已贴现）
-- value.zh-Hant: lifetime = 預期付費次數（已折現）
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
-- value: no-gain-over-beta-binomial = no dropout seen
-- value.zh-Hans: no-gain-over-beta-binomial = 看不出流失
-- value.zh-Hant: no-gain-over-beta-binomial = 看不出流失
-- value: lost-come-back = many lost came back: not under contract
-- value.zh-Hans: lost-come-back = 流失者多又回来：不像订阅
-- value.zh-Hant: lost-come-back = 流失者多又回來：不像訂閱
-- value: few-customers = few customers
-- value.zh-Hans: few-customers = 客户较少
-- value.zh-Hant: few-customers = 客戶較少
-- value: short-history = short history
-- value.zh-Hans: short-history = 历史较短
-- value.zh-Hant: short-history = 歷史較短
-- value: no-third-order = nobody bought three times
-- value.zh-Hans: no-third-order = 无人买过三次
-- value.zh-Hant: no-third-order = 無人買過三次
-- value: first_channel = channel
-- value.zh-Hans: first_channel = 渠道
-- value.zh-Hant: first_channel = 通路
-- value: first_product = product
-- value.zh-Hans: first_product = 商品
-- value.zh-Hant: first_product = 商品
-- value: first_category = category
-- value.zh-Hans: first_category = 品类
-- value.zh-Hant: first_category = 品類
-- value: first_country = country
-- value.zh-Hans: first_country = 国家
-- value.zh-Hant: first_country = 國家
-- value: first_coupon = coupon
-- value.zh-Hans: first_coupon = 优惠券
-- value.zh-Hant: first_coupon = 優惠券
-- value: first_is_member = membership
-- value.zh-Hans: first_is_member = 会员身份
-- value.zh-Hant: first_is_member = 會員身分
-- value: domain = domain
-- value.zh-Hans: domain = 域
-- value.zh-Hant: domain = 領域
-- value: covariate-constant = covariate that does not vary
-- value.zh-Hans: covariate-constant = 协变量无差异
-- value.zh-Hant: covariate-constant = 共變數無差異
-- value: mbg-nbd = MBG/NBD
-- value.zh-Hans: mbg-nbd = MBG/NBD
-- value.zh-Hant: mbg-nbd = MBG/NBD
-- value: pareto-nbd = Pareto/NBD
-- value.zh-Hans: pareto-nbd = Pareto/NBD
-- value.zh-Hant: pareto-nbd = Pareto/NBD
-- value: ggom-nbd = GGompertz/NBD
-- value.zh-Hans: ggom-nbd = GGompertz/NBD
-- value.zh-Hant: ggom-nbd = GGompertz/NBD
-- model: clv-model
with
params as (
  select
    coalesce(getvariable('model'), 'bg-nbd')::varchar as model,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('covariates')::varchar as covariates,
    coalesce(getvariable('cycle'), 1)::integer as cycle,
    coalesce(getvariable('grace'), 7)::integer as grace
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
    sum(case when days.is_amount_known then 1 else 0 end) as paid_days,
    -- to twelve digits, so that the sum is the same in any order
    sum(case when days.nth > 1 then ln(days.days_since_previous / 7.0)::decimal(24, 12) else 0 end) as log_gaps
  from days
  cross join params
  where days.order_date <= params.as_of
  group by days.customer_key
),

-- the BG/BB counts months up to the last that is over by the observation end
month_days as (
  select
    customer_days.customer_key,
    customer_days.net,
    (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date))::integer as month,
    extract(year from customer_days.order_date - customer_days.days_since_previous) * 12
      + extract(month from customer_days.order_date - customer_days.days_since_previous) as previous_month,
    extract(year from customer_days.order_date - customer_days.days_since_first) * 12
      + extract(month from customer_days.order_date - customer_days.days_since_first) as first_month,
    extract(year from params.as_of + 1) * 12 + extract(month from params.as_of + 1) - 1 as last_month
  from customer_days
  cross join params
  where params.model = 'bg-bb' and customer_days.order_date <= params.as_of
),

month_histories as (
  select
    customer_key,
    sum(case when month > previous_month and month <= last_month then 1 else 0 end) as months_x,
    max(case when month <= last_month then month - first_month else 0 end) as months_t_x,
    greatest(max(last_month - first_month), 0) as months_n,
    sum(case when month > first_month and month <= last_month then net end) as repeat_net
  from month_days
  group by customer_key
),

-- under contract, a payment counts for the day that it may be late since
payments as (
  select
    customer_days.customer_key,
    customer_days.order_date - customer_days.days_since_first as first_date,
    customer_days.order_date - greatest(params.grace, 0) as paid_on,
    customer_days.order_date - customer_days.days_since_previous - greatest(params.grace, 0) as previous_on,
    params.as_of - greatest(params.grace, 0) as decided_on,
    greatest(params.cycle, 1)::double as months_per_cycle
  from customer_days
  cross join params
  where params.model in ('sbg', 'bdw') and customer_days.order_date <= params.as_of
),

-- renewals due since the first order by a payment, by the one before, and by the day up to which all is decided
renewals as (
  select
    payments.customer_key,
    greatest(
      ceil(
        (
          (extract(year from payments.paid_on) - extract(year from payments.first_date)) * 12
          + extract(month from payments.paid_on)
          - extract(month from payments.first_date)
          + case when extract(day from payments.paid_on) > extract(day from payments.first_date) then 1 else 0 end
        ) / payments.months_per_cycle
      ),
      0
    ) as renewal,
    greatest(
      ceil(
        (
          (extract(year from payments.previous_on) - extract(year from payments.first_date)) * 12
          + extract(month from payments.previous_on)
          - extract(month from payments.first_date)
          + case when extract(day from payments.previous_on) > extract(day from payments.first_date) then 1 else 0 end
        ) / payments.months_per_cycle
      ),
      0
    ) as previous_renewal,
    greatest(
      floor(
        (
          (extract(year from payments.decided_on) - extract(year from payments.first_date)) * 12
          + extract(month from payments.decided_on)
          - extract(month from payments.first_date)
          - case
            when
              extract(day from payments.decided_on) < extract(day from payments.first_date)
              and payments.decided_on < last_day(payments.decided_on)
              then 1
            else 0
          end
        ) / payments.months_per_cycle
      ),
      0
    ) as decided
  from payments
),

-- renewals made until the first that was missed
contracts as (
  select
    customer_key,
    max(decided) as decided,
    max(renewal) as last_renewal,
    coalesce(min(case when renewal > previous_renewal + 1 then previous_renewal end), max(renewal)) as made
  from renewals
  group by customer_key
),

wanted_traits as (
  select ' ' || regexp_replace(params.covariates, '[^a-z_]+', ' ', 'g') || ' ' as names
  from params
  where params.covariates is not null
),

domains as (
  select
    customers.customer_key,
    customers.domain
  from customers
  cross join wanted_traits
  where contains(wanted_traits.names, ' domain ')
),

-- of the first order, those that are asked for
traits as (
  select
    customer_summary.customer_key,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?channel ') then customer_summary.first_channel
    end as first_channel,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?product ') then customer_summary.first_product
    end as first_product,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?category ') then customer_summary.first_category
    end as first_category,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?country ') then customer_summary.first_country
    end as first_country,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?coupon ') then customer_summary.first_coupon
    end as first_coupon,
    case
      when regexp_matches(wanted_traits.names, ' (first_)?(is_)?member ') then customer_summary.first_is_member::varchar
    end as first_is_member,
    domains.domain
  from customer_summary
  cross join wanted_traits
  left join domains on domains.customer_key = customer_summary.customer_key
)

-- one row a customer, in any order: the fit puts those together who are alike, in less memory. What the
-- model does not need is null
select
  histories.x::integer as x,
  histories.t_x_days::integer as t_x_days,
  histories.t_days::integer as T_days,
  case
    when params.model = 'bg-bb' and month_histories.months_x > 0
      then month_histories.repeat_net::double / month_histories.months_x
    when params.model <> 'bg-bb' and histories.paid_days > 0 then histories.repeat_net::double / histories.paid_days
    else 0
  end as monetary,
  case when params.model = 'bg-bb' then month_histories.months_x else histories.paid_days end::integer as paid_days,
  histories.log_gaps::double as log_gaps,
  month_histories.months_x::smallint as months_x,
  month_histories.months_t_x::smallint as months_t_x,
  month_histories.months_n::smallint as months_n,
  least(contracts.made + 1, contracts.decided)::integer as renewals,
  (contracts.made < contracts.decided)::utinyint as is_lost,
  (contracts.made < least(contracts.decided, contracts.last_renewal))::utinyint as is_back,
  traits.first_channel,
  traits.first_product,
  traits.first_category,
  traits.first_country,
  traits.first_coupon,
  traits.first_is_member,
  traits.domain
from histories
cross join params
left join month_histories on month_histories.customer_key = histories.customer_key
left join contracts on contracts.customer_key = histories.customer_key
left join traits on traits.customer_key = histories.customer_key;
