-- title: Customer lifespan
-- title.zh-Hans: 客户寿命
-- title.zh-Hant: 客戶壽命
-- question: How long does a customer stay a customer?
-- question.zh-Hans: 一位客户会留多久？
-- question.zh-Hant: 一位客戶會留多久？
-- definition: Kaplan–Meier estimate of the days from a customer’s first purchase to the last. A customer is lost
--   (dead) when nothing was bought for max(multiple × own mean gap between purchases, population quantile of all
--   gaps); by default 3 × and P90 (type 7). Customers of one purchase have no gap of their own: the quantile decides.
--   The loss is dated at the last purchase. Who is not lost is censored at the observation end (censoring = end). A
--   loss shows only after the silence, so that errs upwards: late losses pass for survivors. censoring = settled ends
--   each customer’s observation that silence earlier, where a loss would have shown, and leaves out who is younger; it
--   errs downwards, since slow buyers pass for lost. The truth lies between the two. One row per distinct day with a loss, losses before
--   censorings: survival S = Π (1 − deaths ÷ at_risk); std_error is
--   Greenwood’s; lower and upper are the log-log 95 % interval, empty once S is 0. Orders of one day are one purchase.
-- definition.zh-Hans: 从首次购买到末次购买的天数的 Kaplan–Meier 估计。静默时间达到 max(倍数 × 本人平均购买间隔，
--   全体购买间隔的分位数) 即视为流失，默认 3 倍与 P90（type 7）；只买过一次的客户没有自己的间隔，由分位数决定。
--   流失记在末次购买当日。未流失者在截止日删失（截止日）。流失要过了静默期才看得出，近期的流失会被当作留存，
--   结果偏高；选“静默期之前”则把每位客户的观察提前一个静默期结束，并剔除时长不足者，
--   买得慢的客户会被当作流失，结果偏低：真实值在两者之间。每个有流失的天数一行，同日先计流失再计删失：
--   生存率 S = Π (1 − 流失数 ÷ 风险人数)；标准误为 Greenwood 公式；上下限为 log-log 95% 置信区间，S 为 0 时为空。
--   同一天的订单算一次购买。
-- definition.zh-Hant: 從首次購買到末次購買的天數的 Kaplan–Meier 估計。靜默時間達到 max(倍數 × 本人平均購買間隔，
--   全體購買間隔的分位數) 即視為流失，預設 3 倍與 P90（type 7）；只買過一次的客戶沒有自己的間隔，由分位數決定。
--   流失記在末次購買當日。未流失者在截止日設限（截止日）。流失要過了靜默期才看得出，近期的流失會被當作留存，
--   結果偏高；選「靜默期之前」則把每位客戶的觀察提前一個靜默期結束，並剔除時長不足者，
--   買得慢的客戶會被當作流失，結果偏低：真實值在兩者之間。每個有流失的天數一列，同日先計流失再計設限：
--   存活率 S = Π (1 − 流失數 ÷ 風險人數)；標準誤為 Greenwood 公式；上下限為 log-log 95% 信賴區間，S 為 0 時為空。
--   同一天的訂單算一次購買。
-- sentence: Of {n} {n|customer|customers} {deaths} {deaths|counts|count} as lost, silent for {threshold} or more;
--   {once} of them bought once.[ The median time from the first purchase to the last is {median}[ (95% interval
--   {median_lower} to {median_upper})| (95% interval from {median_lower} on)].| The median time from the first
--   purchase to the last cannot be told yet: fewer than half are lost.][ {survival_365}[ (95% interval {lower_365}
--   to {upper_365})] stay longer than a year.| Nobody has been observed for a year yet.]|Nobody counts as lost yet:
--   it takes customers who came back and then fell silent for long.
-- sentence.zh-Hans: {n} 位客户中有 {deaths} 位已流失（静默至少 {threshold}），其中 {once} 位只买过一次。[首购到末购
--   的中位时长为 {median}[（95% 区间 {median_lower} 至 {median_upper}）|（95% 区间不短于 {median_lower}）]。|首购到
--   末购的中位时长还看不出：流失的不到一半。][{survival_365}[（95% 区间 {lower_365} 至 {upper_365}）]留存超过一
--   年。|还没有客户被观察满一年。]|还没有客户算作流失：要有回头后又长久沉默的客户。
-- sentence.zh-Hant: {n} 位客戶中有 {deaths} 位已流失（靜默至少 {threshold}），其中 {once} 位只買過一次。[首購到末購
--   的中位時長為 {median}[（95% 區間 {median_lower} 至 {median_upper}）|（95% 區間不短於 {median_lower}）]。|首購到
--   末購的中位時長還看不出：流失的不到一半。][{survival_365}[（95% 區間 {lower_365} 至 {upper_365}）]留存超過一
--   年。|還沒有客戶被觀察滿一年。]|還沒有客戶算作流失：要有回頭後又長久沉默的客戶。
-- group: value
-- needs: customer_days, customer_summary
-- param: by choice(none, channel, product, category, country, coupon, member) = none -- attribute of the first
--   order that splits the customers
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按首单的属性把客户分开
-- param.zh-Hant: by 分組 -- 按首單的屬性把客戶分開
-- param: multiple number = 3 -- of the customer’s own mean gap, after which silence may mean lost
-- param.en: multiple Times the own gap
-- param.zh-Hans: multiple 倍数 -- 静默达到本人平均间隔的多少倍可算流失
-- param.zh-Hant: multiple 倍數 -- 靜默達到本人平均間隔的多少倍可算流失
-- param: quantile number = 0.9 -- of all gaps between purchases, the least silence that means lost
-- param.en: quantile Quantile of the gaps
-- param.zh-Hans: quantile 分位数 -- 全体购买间隔的分位数，静默不足此数不算流失
-- param.zh-Hant: quantile 分位數 -- 全體購買間隔的分位數，靜默不足此數不算流失
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: censoring choice(end, settled) = end -- until when who is not lost is watched: the observation end, or only
--   so far that a loss would have shown
-- param.zh-Hans: censoring 删失 -- 未流失的客户观察到何时：截止日，或流失看得出来的时候为止
-- param.zh-Hant: censoring 設限 -- 未流失的客戶觀察到何時：截止日，或流失看得出來的時候為止
-- param: min_size integer = 30 -- segments with fewer customers are put together as (other)
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 人数更少的分组并入“(other)”
-- param.zh-Hant: min_size 最小人數 -- 人數更少的分組並入「(other)」
-- param: segments integer = 7 -- the largest segments stand alone, the rest is put together as (other)
-- param.en: segments Largest groups shown
-- param.zh-Hans: segments 分组数 -- 单独显示人数最多的几个分组，其余并入“(other)”
-- param.zh-Hant: segments 分組數 -- 單獨顯示人數最多的幾個分組，其餘並入「(other)」
-- counts: customers by segment; running deaths, at_risk by segment, days
-- column: segment text -- attribute of the first order, or all
-- column.zh-Hans: segment 分组 -- 首单的属性，或全部
-- column.zh-Hant: segment 分組 -- 首單的屬性，或全部
-- column: days days -- from the first purchase to the last
-- column.en: days Days since the first purchase
-- column.zh-Hans: days 天数 -- 距首次购买
-- column.zh-Hant: days 天數 -- 距首次購買
-- column: at_risk count -- customers still watched and not lost just before
-- column.zh-Hans: at_risk 风险人数 -- 此前仍在观察且未流失的客户
-- column.zh-Hant: at_risk 風險人數 -- 此前仍在觀察且未流失的客戶
-- column: deaths count -- customers who bought for the last time at that age
-- column.en: deaths Lost
-- column.zh-Hans: deaths 流失数 -- 在该天数末次购买的客户
-- column.zh-Hant: deaths 流失數 -- 在該天數末次購買的客戶
-- column: survival share -- customers for longer than that
-- column.en: survival Still customers
-- column.zh-Hans: survival 生存率 -- 超过该天数仍为客户
-- column.zh-Hant: survival 存活率 -- 超過該天數仍為客戶
-- column: lower share -- log-log 95 %
-- column.zh-Hans: lower 区间下限 -- log-log 95% 区间
-- column.zh-Hant: lower 區間下限 -- log-log 95% 區間
-- column: upper share -- log-log 95 %
-- column.zh-Hans: upper 区间上限 -- log-log 95% 区间
-- column.zh-Hant: upper 區間上限 -- log-log 95% 區間
-- column: std_error number -- Greenwood
-- column.en: std_error Standard error
-- column.zh-Hans: std_error 标准误 -- Greenwood 公式
-- column.zh-Hant: std_error 標準誤 -- Greenwood 公式
-- column: customers count -- of the segment, all that are watched
-- column.zh-Hans: customers 客户数 -- 该分组全部被观察的客户
-- column.zh-Hant: customers 客戶數 -- 該分組全部被觀察的客戶
-- column: threshold days -- least silence that means lost: the quantile of all gaps
-- column.zh-Hans: threshold 静默门槛 -- 视为流失的最短静默：全体间隔的分位数
-- column.zh-Hant: threshold 靜默門檻 -- 視為流失的最短靜默：全體間隔的分位數
-- column: watched days -- how long the customer watched longest has been watched
-- column.en: watched Longest watched
-- column.zh-Hans: watched 最长观察 -- 观察最久的客户已观察的天数
-- column.zh-Hant: watched 最長觀察 -- 觀察最久的客戶已觀察的天數
-- fact: n count = max(customers) where segment = 'all'
-- fact: deaths count = sum(deaths) where segment = 'all'
-- fact: once count = sum(deaths) where segment = 'all' and days = 0
-- fact: threshold days = first(threshold)
-- fact: median days = min(days) where segment = 'all' and survival <= 0.5
-- fact: median_lower days = min(days) where segment = 'all' and lower <= 0.5
-- fact: median_upper days = min(days) where segment = 'all' and upper <= 0.5
-- fact: survival_365 share = min(survival) where segment = 'all' and days <= 365 and watched >= 365
-- fact: lower_365 share = min(lower) where segment = 'all' and days <= 365 and watched >= 365
-- fact: upper_365 share = min(upper) where segment = 'all' and days <= 365 and watched >= 365
-- chart: steps x=days y=survival lower=lower upper=upper series=segment n=at_risk
-- value.zh-Hans: end = 截止日
-- value: end = observation end
-- value.zh-Hant: end = 截止日
-- value: settled = where losses show
-- value.zh-Hans: settled = 静默期之前
-- value.zh-Hant: settled = 靜默期之前
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
-- value: (none) = None
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (other) = Other
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value: all = All customers
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
with
params as (
  select
    coalesce(getvariable('by'), 'none')::varchar as by_attribute,
    coalesce(getvariable('multiple'), 3)::double as multiple,
    coalesce(getvariable('quantile'), 0.9)::double as quantile,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('censoring'), 'end')::varchar as censoring,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('segments'), 7)::integer as segments
  from dataset
),

settings as (
  select
    params.*,
    1.959963984540054::double as z
  from params
),

gaps as (
  select
    customer_days.days_since_previous as days,
    count(*) as gaps
  from customer_days
  cross join settings
  where customer_days.nth > 1 and customer_days.order_date <= settings.as_of
  group by customer_days.days_since_previous
),

ranks as (
  select
    gaps.days,
    sum(gaps.gaps) over (order by gaps.days rows between unbounded preceding and current row) as up_to,
    settings.quantile * (sum(gaps.gaps) over () - 1) as place
  from gaps
  cross join settings
),

neighbours as (
  select
    min(case when ranks.up_to > floor(ranks.place) then ranks.days end) as below,
    min(case when ranks.up_to > ceil(ranks.place) then ranks.days end) as above,
    max(ranks.place - floor(ranks.place)) as fraction
  from ranks
),

thresholds as (
  select
    neighbours.below + (neighbours.above - neighbours.below) * neighbours.fraction as days
  from neighbours
),

histories as (
  select
    customer_days.customer_key,
    count(*) - 1 as repeats,
    max(customer_days.days_since_first) as last_age,
    max(settings.as_of - customer_days.order_date) as age
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

silences as (
  select
    histories.customer_key,
    histories.last_age,
    histories.age,
    case
      when settings.multiple * histories.last_age > thresholds.days * histories.repeats
        then settings.multiple * histories.last_age / histories.repeats
      else thresholds.days
    end as patience,
    (
      histories.age - histories.last_age >= thresholds.days
      and (histories.age - histories.last_age) * histories.repeats >= settings.multiple * histories.last_age
    ) as is_lost
  from histories
  cross join thresholds
  cross join settings
),

-- nobody is lost where nobody ever came back: there is no gap to tell by
spans as (
  select
    silences.customer_key,
    coalesce(silences.is_lost, false) as is_lost,
    case
      when silences.is_lost then silences.last_age
      when settings.censoring = 'settled' then floor(silences.age - silences.patience)::integer
      else silences.age
    end as days
  from silences
  cross join settings
),

labels as (
  select
    customer_summary.customer_key,
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

label_sizes as (
  select
    labels.label,
    count(*) as customers,
    row_number() over (order by count(*) desc, labels.label) as place
  from labels
  group by labels.label
),

segments as (
  select
    labels.customer_key,
    case
      when labels.label = 'all' then '(all)'
      when label_sizes.customers >= settings.min_size and label_sizes.place <= settings.segments
        then labels.label
      else '(other)'
    end as segment
  from labels
  inner join label_sizes on label_sizes.label = labels.label
  cross join settings
),

exits as (
  select
    'all' as segment,
    spans.days,
    sum(spans.is_lost::integer) as deaths,
    count(*) as leaving
  from spans
  where spans.days >= 0
  group by spans.days
  union all
  select
    segments.segment,
    spans.days,
    sum(spans.is_lost::integer) as deaths,
    count(*) as leaving
  from spans
  inner join segments on segments.customer_key = spans.customer_key
  where spans.days >= 0
  group by segments.segment, spans.days
),

risks as (
  select
    exits.segment,
    exits.days,
    exits.deaths,
    sum(exits.leaving) over (
      partition by exits.segment order by exits.days rows between current row and unbounded following
    ) as at_risk,
    sum(exits.leaving) over (partition by exits.segment) as customers,
    max(exits.days) over (partition by exits.segment) as watched
  from exits
),

factors as (
  select
    risks.segment,
    risks.days,
    risks.deaths,
    risks.at_risk,
    risks.customers,
    risks.watched,
    case when risks.deaths < risks.at_risk then ln(1 - risks.deaths::double / risks.at_risk) end as log_factor,
    case
      when risks.deaths < risks.at_risk
        then risks.deaths::double / (risks.at_risk::double * (risks.at_risk - risks.deaths))
    end as variance_term
  from risks
  where risks.deaths > 0
),

curves as (
  select
    factors.segment,
    factors.days,
    factors.deaths,
    factors.at_risk,
    factors.customers,
    factors.watched,
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
  bounds.days::integer as days,
  bounds.at_risk::integer as at_risk,
  bounds.deaths::integer as deaths,
  bounds.survival::double as survival,
  exp(bounds.log_survival * exp(-bounds.theta))::double as lower,
  exp(bounds.log_survival * exp(bounds.theta))::double as upper,
  case when not bounds.is_exhausted then bounds.survival * bounds.log_std_error end::double as std_error,
  bounds.customers::integer as customers,
  thresholds.days::double as threshold,
  bounds.watched::integer as watched
from bounds
cross join thresholds
order by bounds.segment != 'all', bounds.segment, bounds.days;
