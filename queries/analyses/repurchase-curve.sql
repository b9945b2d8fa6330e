-- title: Repurchase curve
-- title.zh-Hans: 复购曲线
-- title.zh-Hant: 回購曲線
-- question: How long does it take until the next purchase, counting those who are still waiting?
-- question.zh-Hans: 到下一次购买要多久？仍在等待的客户也计算在内。
-- question.zh-Hant: 到下一次購買要多久？仍在等待的客戶也計算在內。
-- definition: Kaplan–Meier estimate of the days from the (nth − 1)th to the nth purchase, censored at the
--   observation end; one row per distinct day with an event, events before censorings. survival S = Π (1 − events
--   ÷ at_risk), probability = 1 − S. std_error is Greenwood’s, S·√Σ events ÷ (at_risk·(at_risk − events)); lower
--   and upper bound the probability by the log-log 95 % interval S^exp(±1.96·√Σ… ÷ ln S), empty once S is 0.
--   Orders of one day are one purchase (merged) unless same_day = separate.
-- definition.zh-Hans: 从第 nth − 1 次到第 nth 次购买的天数的 Kaplan–Meier 估计，在截止日删失；
--   每个有事件的天数一行，同日先计事件再计删失。生存率 S = Π (1 − 事件数 ÷ 风险人数)，概率 = 1 − S。标准误为
--   Greenwood 公式 S·√Σ 事件数 ÷ (风险人数·(风险人数 − 事件数))；上下限为概率的 log-log 95% 置信区间，S 为 0
--   时为空。同一天的订单算一次购买，除非选择分开计算。
-- definition.zh-Hant: 從第 nth − 1 次到第 nth 次購買的天數的 Kaplan–Meier 估計，在截止日設限；
--   每個有事件的天數一列，同日先計事件再計設限。存活率 S = Π (1 − 事件數 ÷ 風險人數)，機率 = 1 − S。標準誤為
--   Greenwood 公式 S·√Σ 事件數 ÷ (風險人數·(風險人數 − 事件數))；上下限為機率的 log-log 95% 信賴區間，S 為 0
--   時為空。同一天的訂單算一次購買，除非選擇分開計算。
-- sentence: [{probability_30} bought the next time within 30 days, {probability_90} within 90[ ({lower_90} to
--   {upper_90})], {probability_365} within a year|Nobody bought the next time within 30 days, {probability_90}
--   within 90[ ({lower_90} to {upper_90})], {probability_365} within a year|Nobody bought the next time within 90
--   days, {probability_365} within a year|Nobody bought the next time within a year]; n = {n}.|Nobody has bought
--   the next time yet.
-- sentence.zh-Hans: [30 天内再次购买的概率为 {probability_30}，90 天内为 {probability_90}[（{lower_90} 至
--   {upper_90}）]，一年内为 {probability_365}|30 天内无人再次购买，90 天内的概率为 {probability_90}[（{lower_90} 至
--   {upper_90}）]，一年内为 {probability_365}|90 天内无人再次购买，一年内的概率为 {probability_365}|一年内无人再次
--   购买]；n = {n}。|还没有人再次购买。
-- sentence.zh-Hant: [30 天內再次購買的機率為 {probability_30}，90 天內為 {probability_90}[（{lower_90} 至
--   {upper_90}）]，一年內為 {probability_365}|30 天內無人再次購買，90 天內的機率為 {probability_90}[（{lower_90} 至
--   {upper_90}）]，一年內為 {probability_365}|90 天內無人再次購買，一年內的機率為 {probability_365}|一年內無人再次
--   購買]；n = {n}。|還沒有人再次購買。
-- group: retention
-- needs: customer_days, customer_summary, orders
-- rollup: customers of day_waits by first_date
-- param: nth integer = 2 -- the purchase that is waited for, 2 is the second
-- param.en: nth Which purchase
-- param.zh-Hans: nth 第几次购买 -- 等待的是第几次购买，2 为第二次
-- param.zh-Hant: nth 第幾次購買 -- 等待的是第幾次購買，2 為第二次
-- param: same_day choice(merged, separate) = merged -- merged: orders of one day are one purchase; separate: every
--   order counts
-- param.zh-Hans: same_day 同日订单 -- 合并：同一天的订单算一次购买；分开：每笔订单都算
-- param.zh-Hant: same_day 同日訂單 -- 合併：同一天的訂單算一次購買；分開：每筆訂單都算
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: by choice(none, channel, product, category, country, coupon, member) = none -- attribute of the first
--   order that splits the customers
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按首单的属性把客户分开
-- param.zh-Hant: by 分組 -- 按首單的屬性把客戶分開
-- param: min_size integer = 30 -- segments with fewer customers are put together as (other)
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 人数更少的分组并入“(other)”
-- param.zh-Hant: min_size 最小人數 -- 人數更少的分組並入「(other)」
-- param: segments integer = 8 -- the largest segments stand alone, the rest is put together as (other)
-- param.en: segments Largest groups shown
-- param.zh-Hans: segments 分组数 -- 单独显示人数最多的几个分组，其余并入“(other)”
-- param.zh-Hant: segments 分組數 -- 單獨顯示人數最多的幾個分組，其餘並入「(other)」
-- param: horizon integer = -- last day shown; all when empty
-- param.en: horizon Days shown
-- param.zh-Hans: horizon 观察天数 -- 显示到第几天，留空为全部
-- param.zh-Hant: horizon 觀察天數 -- 顯示到第幾天，留空為全部
-- counts: running events, at_risk by segment, nth, days
-- column: segment text -- attribute of the first order, or all
-- column.zh-Hans: segment 分组 -- 首单的属性，或全部
-- column.zh-Hant: segment 分組 -- 首單的屬性，或全部
-- column: nth count -- the purchase that is waited for
-- column.en: nth Purchase number
-- column.zh-Hans: nth 第几次购买 -- 等待的是第几次购买
-- column.zh-Hant: nth 第幾次購買 -- 等待的是第幾次購買
-- column: days days -- since the purchase before
-- column.en: days Days since the purchase before
-- column.zh-Hans: days 天数 -- 距上一次购买
-- column.zh-Hant: days 天數 -- 距上一次購買
-- column: at_risk count -- customers still waiting just before
-- column.zh-Hans: at_risk 风险人数 -- 此前仍在等待的客户
-- column.zh-Hant: at_risk 風險人數 -- 此前仍在等待的客戶
-- column: events count -- customers who bought on that day
-- column.zh-Hans: events 事件数 -- 当日购买的客户
-- column.zh-Hant: events 事件數 -- 當日購買的客戶
-- column: survival share -- still waiting after that day
-- column.zh-Hans: survival 未复购率 -- 当日之后仍未购买
-- column.zh-Hant: survival 未回購率 -- 當日之後仍未購買
-- column: probability share -- 1 − survival
-- column.en: probability Bought again
-- column.zh-Hans: probability 复购概率 -- 1 − 未复购率
-- column.zh-Hant: probability 回購機率 -- 1 − 未回購率
-- column: lower share -- of the probability, log-log 95 %
-- column.zh-Hans: lower 区间下限 -- 复购概率的 log-log 95% 区间
-- column.zh-Hant: lower 區間下限 -- 回購機率的 log-log 95% 區間
-- column: upper share -- of the probability, log-log 95 %
-- column.zh-Hans: upper 区间上限 -- 复购概率的 log-log 95% 区间
-- column.zh-Hant: upper 區間上限 -- 回購機率的 log-log 95% 區間
-- column: std_error number -- Greenwood
-- column.en: std_error Standard error
-- column.zh-Hans: std_error 标准误 -- Greenwood 公式
-- column.zh-Hant: std_error 標準誤 -- Greenwood 公式
-- fact: n count = max(at_risk)
-- fact: probability_30 share = last(probability) where days <= 30
-- fact: probability_90 share = last(probability) where days <= 90
-- fact: probability_365 share = last(probability) where days <= 365
-- fact: lower_90 share = last(lower) where days <= 90
-- fact: upper_90 share = last(upper) where days <= 90
-- chart: steps x=days y=probability lower=lower upper=upper series=segment n=at_risk
-- value.zh-Hans: merged = 合并
-- value.zh-Hant: merged = 合併
-- value.zh-Hans: separate = 分开
-- value.zh-Hant: separate = 分開
-- value.zh-Hans: none = 不分组
-- value.zh-Hant: none = 不分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
-- value.zh-Hans: country = 国家
-- value.zh-Hant: country = 國家
-- value.zh-Hans: coupon = 优惠券
-- value.zh-Hant: coupon = 優惠券
-- value.zh-Hans: member = 会员
-- value.zh-Hant: member = 會員
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (other) = (other)
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
with
params as (
  select
    coalesce(getvariable('nth'), 2)::integer as nth,
    coalesce(getvariable('same_day'), 'merged')::varchar as same_day,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('by'), 'none')::varchar as by_attribute,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('segments'), 8)::integer as segments,
    getvariable('horizon')::integer as horizon
  from dataset
),

settings as (
  select
    params.*,
    1.959963984540054::double as z
  from params
),

labels as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date,
    coalesce(
      case settings.by_attribute
        when 'channel' then customer_summary.first_channel
        when 'product' then customer_summary.first_product
        when 'category' then customer_summary.first_category
        when 'country' then customer_summary.first_country
        when 'coupon' then customer_summary.first_coupon
        when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
      end,
      '(none)'
    ) as label
  from customer_summary
  cross join settings
  where settings.by_attribute != 'none' and customer_summary.first_order_date <= settings.as_of
),

-- for each start the day it began, and for each event also the days it took
waits as (
  select
    customer_days.customer_key,
    customer_days.order_date - customer_days.days_since_first as first_date,
    customer_days.nth = settings.nth as is_event,
    case
      when customer_days.nth = settings.nth then customer_days.order_date - customer_days.days_since_previous
      else customer_days.order_date
    end as started_on,
    customer_days.days_since_previous as days
  from customer_days
  cross join settings
  where
    settings.same_day = 'merged'
    and customer_days.nth >= settings.nth - 1
    and customer_days.nth <= settings.nth
    and customer_days.order_date <= settings.as_of
  union all
  select
    orders.customer_key,
    customer_summary.first_order_date as first_date,
    orders.order_number = settings.nth as is_event,
    coalesce(previous_orders.order_date, orders.order_date) as started_on,
    orders.order_date - previous_orders.order_date as days
  from orders
  inner join customer_summary on customer_summary.customer_key = orders.customer_key
  cross join settings
  left join orders as previous_orders
    on previous_orders.customer_key = orders.customer_key
    and previous_orders.order_number = orders.order_number - 1
    and orders.order_number = settings.nth
  where
    settings.same_day = 'separate'
    and orders.order_number >= settings.nth - 1
    and orders.order_number <= settings.nth
    and orders.order_date <= settings.as_of
),

day_waits as (
  select
    coalesce(labels.label, 'all') as label,
    waits.first_date,
    waits.is_event,
    waits.days,
    settings.as_of - waits.started_on as age_days,
    count(*) as customers
  from waits
  left join labels on labels.customer_key = waits.customer_key
  cross join settings
  group by labels.label, waits.first_date, waits.is_event, waits.days, settings.as_of - waits.started_on
  union all
  -- without a wait: how many customers a label has
  select
    labels.label,
    labels.first_date,
    null::boolean as is_event,
    null::integer as days,
    null::integer as age_days,
    count(*) as customers
  from labels
  group by labels.label, labels.first_date
),

label_sizes as (
  select
    day_waits.label,
    sum(day_waits.customers) as customers,
    row_number() over (order by sum(day_waits.customers) desc, day_waits.label) as place
  from day_waits
  where day_waits.is_event is null
  group by day_waits.label
),

segments as (
  select
    label_sizes.label,
    case
      when label_sizes.customers >= settings.min_size and label_sizes.place <= settings.segments
        then label_sizes.label
      else '(other)'
    end as segment
  from label_sizes
  cross join settings
),

grouped_waits as (
  select
    coalesce(segments.segment, 'all') as segment,
    day_waits.is_event,
    day_waits.days,
    day_waits.age_days,
    sum(day_waits.customers)::bigint as customers
  from day_waits
  left join segments on segments.label = day_waits.label
  where day_waits.is_event is not null
  group by segment, day_waits.is_event, day_waits.days, day_waits.age_days
),

moves as (
  select
    grouped_waits.segment,
    grouped_waits.days,
    grouped_waits.customers as events,
    0 as starts
  from grouped_waits
  where grouped_waits.is_event
  union all
  -- who started and has no event is censored at the age of the start
  select
    grouped_waits.segment,
    grouped_waits.age_days as days,
    0 as events,
    case when grouped_waits.is_event then -grouped_waits.customers else grouped_waits.customers end as starts
  from grouped_waits
),

exits as (
  select
    moves.segment,
    moves.days,
    sum(moves.events) as events,
    sum(moves.events + moves.starts) as leaving
  from moves
  group by moves.segment, moves.days
),

risks as (
  select
    exits.segment,
    exits.days,
    exits.events,
    sum(exits.leaving) over (
      partition by exits.segment order by exits.days rows between current row and unbounded following
    ) as at_risk
  from exits
),

factors as (
  select
    risks.segment,
    risks.days,
    risks.events,
    risks.at_risk,
    case when risks.events < risks.at_risk then ln(1 - risks.events::double / risks.at_risk) end as log_factor,
    case
      when risks.events < risks.at_risk
        then risks.events::double / (risks.at_risk::double * (risks.at_risk - risks.events))
    end as variance_term
  from risks
  where risks.events > 0
),

curves as (
  select
    factors.segment,
    factors.days,
    factors.events,
    factors.at_risk,
    factors.log_factor is null as is_exhausted,
    sum(factors.log_factor) over until_now as log_survival,
    sqrt(sum(factors.variance_term) over until_now) as log_std_error
  from factors
  window until_now as (
    partition by factors.segment order by factors.days rows between unbounded preceding and current row
  )
),

bounds as (
  select
    curves.*,
    case when curves.is_exhausted then 0 else exp(curves.log_survival) end as survival,
    case when not curves.is_exhausted then settings.z * curves.log_std_error / curves.log_survival end as theta
  from curves
  cross join settings
)

select
  bounds.segment,
  settings.nth::integer as nth,
  bounds.days::integer as days,
  bounds.at_risk::integer as at_risk,
  bounds.events::integer as events,
  bounds.survival::double as survival,
  (1 - bounds.survival)::double as probability,
  (1 - exp(bounds.log_survival * exp(bounds.theta)))::double as lower,
  (1 - exp(bounds.log_survival * exp(-bounds.theta)))::double as upper,
  case when not bounds.is_exhausted then bounds.survival * bounds.log_std_error end::double as std_error
from bounds
cross join settings
where settings.horizon is null or bounds.days <= settings.horizon
order by bounds.segment, bounds.days;
