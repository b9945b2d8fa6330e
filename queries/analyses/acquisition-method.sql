-- title: Methods of referral
-- title.zh-Hans: 裂变方式
-- title.zh-Hant: 裂變方式
-- question: Which way of bringing customers costs least and brings those who come back: sign-up gift, KOL, group
--   buying, helping?
-- question.zh-Hans: 注册即送、KOL、拼团、助力，哪种方式带客成本更低，带来的客户更愿意复购？
-- question.zh-Hant: 註冊即送、KOL、團購、助力，哪種方式帶客成本更低，帶來的客戶更願意回購？
-- definition: One row for each method of the referrals file, beside the customers whom nobody referred
--   (not-referred). A customer belongs to the method of the earliest referral at or before the day of the first order
--   (on one day that of the referrer whose id comes first as text); a referral without a date counts on that day; one
--   without a method is (none); people who refer themselves are left out. new_customers = customers whose first order
--   lies at or before the observation end and in the window. cac = rewards of all referrals of the method in that
--   time, also for people who never ordered, ÷ new_customers; empty where the file names no reward, and for those
--   whom nobody referred. What a costs file has is not in it: it is shared by channel and month. repeat_rate_90d =
--   repeated ÷ observed_90d: customers whose second order came within 90 days of the first ÷ customers observed for
--   at least 90 days, with its Wilson 95 % interval. revenue_180d = mean net of the first 180 days after the first
--   order, of the customers observed that long (observed_180d). Rates and means are empty where nobody was observed
--   that long.
-- definition.zh-Hans: 推荐关系文件中的每种方式一行，另有无人推荐的客户一行。客户归属其首单当天或之前最早一次推荐的方
--   式（同一天取推荐人编号文本靠前的）；没有日期的推荐按首单当天计；没有方式的归入“（无）”；自己推荐自己的不计。新客
--   = 首单不晚于截止日且在所选时段内的客户。获客成本 = 该方式在此期间全部推荐的奖励（包括从未下单的人）÷ 新客；文件未
--   注明奖励时为空，无人推荐的客户也为空。成本文件中的费用不计在内，它按渠道和月份分摊。90 天复购率 = 已复购 ÷ 观察满
--   90 天：首单后 90 天内有第二单的客户 ÷ 至少观察满 90 天的客户，附 Wilson 95% 区间。180 天收入 = 观察满 180 天的客
--   户在首单后 180 天内的人均净额。没有人观察满天数时为空。
-- definition.zh-Hant: 推薦關係檔案中的每種方式一列，另有無人推薦的客戶一列。客戶歸屬其首單當天或之前最早一次推薦的方
--   式（同一天取推薦人編號文字靠前的）；沒有日期的推薦按首單當天計；沒有方式的歸入「（無）」；自己推薦自己的不計。新
--   客 = 首單不晚於截止日且在所選時段內的客戶。獲客成本 = 該方式在此期間全部推薦的獎勵（包括從未下單的人）÷ 新客；檔
--   案未註明獎勵時為空，無人推薦的客戶也為空。成本檔案中的費用不計在內，它按通路和月份分攤。90 天回購率 = 已回購 ÷ 觀
--   察滿 90 天：首單後 90 天內有第二單的客戶 ÷ 至少觀察滿 90 天的客戶，附 Wilson 95% 區間。180 天營收 = 觀察滿 180 天
--   的客戶在首單後 180 天內的人均淨額。沒有人觀察滿天數時為空。
-- sentence: Of {new_customers} new {new_customers|customer|customers} {referred} {referred|was|were} referred.[
--   {referred_rate} of those ordered again within 90 days ({lower} to {upper}, n = {observed})[, {other_rate} of
--   the customers whom nobody referred].| Not enough time has passed to say how many of those came back: none has
--   been observed for 90 days.]{?any}|No referral belongs to a customer with a first order in these days.
-- sentence.zh-Hans: {new_customers} 位新客中有 {referred} 位由他人推荐。[其中 {referred_rate} 在 90 天内再次下单
--   （{lower} 至 {upper}，n = {observed}）[；无人推荐的客户为 {other_rate}]。|时间还不够，无法知道他们是否复购：没
--   有一位观察满 90 天。]{?any}|在所选时段内没有首单客户来自推荐。
-- sentence.zh-Hant: {new_customers} 位新客中有 {referred} 位由他人推薦。[其中 {referred_rate} 在 90 天內再次下單
--   （{lower} 至 {upper}，n = {observed}）[；無人推薦的客戶為 {other_rate}]。|時間還不夠，無法知道他們是否回購：沒
--   有一位觀察滿 90 天。]{?any}|在所選時段內沒有首單客戶來自推薦。
-- group: referral
-- needs: referrals, customer_summary, customer_days, orders
-- scope: shop
-- drill: new_customers = select starts.customer_key from starts cross join this_row where starts.method =
--   this_row.method
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- first orders from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 首单从这一天起，留空为全部历史
-- param.zh-Hant: from 起始日 -- 首單從這一天起，留空為全部歷史
-- param: to date = -- first orders up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 首单到这一天止，留空为全部历史
-- param.zh-Hant: to 結束日 -- 首單到這一天止，留空為全部歷史
-- counts: new_customers, observed_90d of new_customers, repeated of observed_90d, observed_180d of observed_90d
--   by method
-- column: method text -- of the earliest referral
-- column.zh-Hans: method 方式 -- 最早一次推荐的方式
-- column.zh-Hant: method 方式 -- 最早一次推薦的方式
-- column: new_customers count
-- column.zh-Hans: new_customers 新客
-- column.zh-Hant: new_customers 新客
-- column: cac money -- rewards ÷ new_customers
-- column.en: cac CAC
-- column.zh-Hans: cac 获客成本 -- 奖励 ÷ 新客
-- column.zh-Hant: cac 獲客成本 -- 獎勵 ÷ 新客
-- column: repeat_rate_90d share -- repeated ÷ observed_90d
-- column.en: repeat_rate_90d Repeat rate, 90 days
-- column.zh-Hans: repeat_rate_90d 90 天复购率 -- 已复购 ÷ 观察满 90 天
-- column.zh-Hant: repeat_rate_90d 90 天回購率 -- 已回購 ÷ 觀察滿 90 天
-- column: revenue_180d money -- mean net of the first 180 days
-- column.en: revenue_180d Revenue per customer, 180 days
-- column.zh-Hans: revenue_180d 180 天收入 -- 首单后 180 天内的人均净额
-- column.zh-Hant: revenue_180d 180 天營收 -- 首單後 180 天內的人均淨額
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: repeated count -- second order within 90 days of the first
-- column.zh-Hans: repeated 已复购 -- 首单后 90 天内有第二单
-- column.zh-Hant: repeated 已回購 -- 首單後 90 天內有第二單
-- column: observed_90d count -- customers observed for 90 days
-- column.en: observed_90d Observed 90 days
-- column.zh-Hans: observed_90d 观察满 90 天 -- 至少观察满 90 天的客户
-- column.zh-Hant: observed_90d 觀察滿 90 天 -- 至少觀察滿 90 天的客戶
-- column: observed_180d count -- customers observed for 180 days
-- column.en: observed_180d Observed 180 days
-- column.zh-Hans: observed_180d 观察满 180 天 -- 至少观察满 180 天的客户
-- column.zh-Hant: observed_180d 觀察滿 180 天 -- 至少觀察滿 180 天的客戶
-- column: reward money -- of all referrals of the method
-- column.zh-Hans: reward 奖励 -- 该方式全部推荐的奖励
-- column.zh-Hant: reward 獎勵 -- 該方式全部推薦的獎勵
-- fact: new_customers count = sum(new_customers)
-- fact: referred count = sum(new_customers) where method != 'not-referred'
-- fact: referred_rate share = ratio(repeated, observed_90d) where method != 'not-referred'
-- fact: lower share = lower(repeated, observed_90d) where method != 'not-referred'
-- fact: upper share = upper(repeated, observed_90d) where method != 'not-referred'
-- fact: observed count = sum(observed_90d) where method != 'not-referred'
-- fact: other_rate share = ratio(repeated, observed_90d) where method = 'not-referred'
-- fact: any number = max(new_customers) where method != 'not-referred' and new_customers > 0
-- chart: dots x=repeat_rate_90d y=method lower=lower upper=upper n=observed_90d -- Repeat rate
-- chart.zh-Hans: 复购率
-- chart.zh-Hant: 回購率
-- chart: bars x=method y=revenue_180d n=observed_180d -- Revenue
-- chart.zh-Hans: 收入
-- chart.zh-Hant: 營收
-- chart: bars x=method y=new_customers -- New customers
-- chart.zh-Hans: 新客
-- chart.zh-Hant: 新客
-- value: not-referred = Not referred
-- value.zh-Hans: not-referred = 无人推荐
-- value.zh-Hant: not-referred = 無人推薦
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
with
params as (
  select
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    coalesce(params.from_date, date '0001-01-01') as window_start,
    least(params.as_of, coalesce(params.to_date, params.as_of)) as window_end,
    1.959963984540054::double as z
  from params
),

pairs as (
  select
    referrals.referrer_id,
    referrals.reward,
    case when referrals.method = 'not-referred' then '(not-referred)' else coalesce(referrals.method, '(none)') end
      as method,
    customer_summary.customer_key,
    customer_summary.first_order_date,
    coalesce(referrals.referred_at::date, customer_summary.first_order_date) as referred_on
  from referrals
  left join customer_summary on customer_summary.customer_id = referrals.referee_id
  where referrals.referrer_id != referrals.referee_id
),

rewards as (
  select
    pairs.method,
    sum(pairs.reward) as reward
  from pairs
  cross join settings
  where
    (pairs.referred_on is null and settings.from_date is null and settings.to_date is null)
    or (pairs.referred_on >= settings.window_start and pairs.referred_on <= settings.window_end)
  group by pairs.method
),

ranked as (
  select
    pairs.customer_key,
    pairs.method,
    row_number() over (
      partition by pairs.customer_key order by pairs.referred_on, pairs.referrer_id, pairs.method
    ) as place
  from pairs
  where pairs.referred_on <= pairs.first_order_date
),

starts as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date,
    coalesce(ranked.method, 'not-referred') as method,
    customer_summary.first_order_date + 90 <= settings.as_of as is_observed_90,
    customer_summary.first_order_date + 180 <= settings.as_of as is_observed_180
  from customer_summary
  cross join settings
  left join ranked on ranked.customer_key = customer_summary.customer_key and ranked.place = 1
  where
    customer_summary.first_order_date >= settings.window_start
    and customer_summary.first_order_date <= settings.window_end
),

sizes as (
  select
    starts.method,
    count(*) as customers,
    sum(case when starts.is_observed_90 then 1 else 0 end) as observed_90,
    sum(case when starts.is_observed_180 then 1 else 0 end) as observed_180
  from starts
  group by starts.method
),

repeaters as (
  select
    starts.method,
    count(*) as customers
  from orders
  inner join starts on starts.customer_key = orders.customer_key
  where
    orders.order_number = 2
    and starts.is_observed_90
    and orders.order_date <= starts.first_date + 90
  group by starts.method
),

sales as (
  select
    starts.method,
    sum(customer_days.net) as net
  from customer_days
  inner join starts on starts.customer_key = customer_days.customer_key
  where starts.is_observed_180 and customer_days.order_date <= starts.first_date + 180
  group by starts.method
),

methods as (
  select sizes.method
  from sizes
  union
  select rewards.method
  from rewards
),

rates as (
  select
    methods.method,
    coalesce(sizes.customers, 0) as customers,
    coalesce(sizes.observed_90, 0) as observed_90,
    coalesce(sizes.observed_180, 0) as observed_180,
    coalesce(repeaters.customers, 0) as repeated,
    coalesce(repeaters.customers, 0)::double / nullif(sizes.observed_90, 0) as rate,
    nullif(sizes.observed_90, 0) as n,
    sales.net,
    rewards.reward
  from methods
  left join sizes on sizes.method = methods.method
  left join repeaters on repeaters.method = methods.method
  left join sales on sales.method = methods.method
  left join rewards on rewards.method = methods.method
)

select
  rates.method,
  rates.customers::integer as new_customers,
  rates.reward::double / nullif(rates.customers, 0) as cac,
  rates.rate as repeat_rate_90d,
  rates.net::double / nullif(rates.observed_180, 0) as revenue_180d,
  case when rates.n is not null then greatest(0, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.n is not null then least(1, (
      rates.rate + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.rate * (1 - rates.rate) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  rates.repeated::integer as repeated,
  rates.observed_90::integer as observed_90d,
  rates.observed_180::integer as observed_180d,
  rates.reward::double as reward
from rates
cross join settings
order by case when rates.method = 'not-referred' then 1 else 0 end, rates.customers desc, rates.method;
