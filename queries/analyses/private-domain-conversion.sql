-- title: Into the private domain, and on
-- title.zh-Hans: 私域转化
-- title.zh-Hant: 私域轉換
-- question: How many public customers can be won for the private domain, and how many of those who joined then buy?
-- question.zh-Hans: 公域客户有多少进入了私域，进入私域的人又有多少下单？
-- question.zh-Hant: 公域客戶有多少進入了私域，進入私域的人又有多少下單？
-- definition: Three rates by cohort. joined: customers who joined the private domain from the day of their first
--   public order to 30 days after it ÷ customers with a public order who had not joined before it; the cohort is the
--   period of that order. ordered: those who ordered within 90 days of joining, the day of joining included ÷
--   everybody who joined; the cohort is the period of joining. first-order: those whose first order ever came within
--   30 days of joining, the day of joining included ÷ everybody who joined without having ordered before. Customers
--   and people who never ordered are told by the customer files (date of joining); everybody counts once, and who is
--   not said to have joined counts as not joined. Who joined before the data begin is left out of the last two rates.
--   Only those who were watched for the whole 30 or 90 days at the observation end are in numerator and denominator;
--   a cohort is complete when its last day was. rate = numerator ÷ denominator, with its Wilson 95 % interval, empty
--   without a denominator.
-- definition.zh-Hans: 三个转化率，按同期群计算。进入私域：首个公域订单当天至其后 30 天内进入私域的客户 ÷ 有公域订单且
--   此前未进入私域的客户，同期群为该订单所在周期。再下单：进入私域后 90 天内（含当天）下单的人 ÷ 进入私域的全部人数，
--   同期群为进入私域的周期。首单转化：进入私域后 30 天内（含当天）下了人生首单的人 ÷ 进入私域前从未下单的人。进入私域
--   的日期取自客户文件，文件中从未下单的人也计入，每人计一次；文件未注明的视为未进入私域。数据开始之前进入私域的人不
--   计入后两个转化率。分子分母都只计截止日时已观察满 30 天或 90 天的人；同期群最后一天也观察满时为完整。转化率 = 分子
--   ÷ 分母，附 Wilson 95% 区间，没有分母时为空。
-- definition.zh-Hant: 三個轉換率，按同期群組計算。進入私域：首個公域訂單當天至其後 30 天內進入私域的客戶 ÷ 有公域訂單
--   且此前未進入私域的客戶，同期群組為該訂單所在週期。再下單：進入私域後 90 天內（含當天）下單的人 ÷ 進入私域的全部人
--   數，同期群組為進入私域的週期。首單轉換：進入私域後 30 天內（含當天）下了人生首單的人 ÷ 進入私域前從未下單的人。進
--   入私域的日期取自客戶檔案，檔案中從未下單的人也計入，每人計一次；檔案未註明的視為未進入私域。資料開始之前進入私域
--   的人不計入後兩個轉換率。分子分母都只計截止日時已觀察滿 30 天或 90 天的人；同期群組最後一天也觀察滿時為完整。轉換
--   率 = 分子 ÷ 分母，附 Wilson 95% 區間，沒有分母時為空。
-- sentence: [{joined} of the customers from public channels joined the private domain within the days given (n =
--   {joined_n})|Of customers from public channels none has been observed for the days given]; [of those who joined,
--   {ordered} ordered afterwards (n = {ordered_n})[, and of those who had never bought {first_order} placed a first
--   order (n = {first_order_n})]|nobody who joined has been observed for the days in which an order
--   counts].{?any}|Not enough time has passed yet: nobody has been observed for the days given.
-- sentence.zh-Hans: [公域客户中有 {joined} 在规定天数内进入私域（n = {joined_n}）|没有公域客户被观察满规定天
--   数]；[进入私域的人中有 {ordered} 随后下单（n = {ordered_n}）[，其中此前从未购买的人有 {first_order} 下了首单（n
--   = {first_order_n}）]|进入私域的人都还没有被观察满可计入下单的天数]。{?any}|时间还不够：没有人被观察满规定天数。
-- sentence.zh-Hant: [公域客戶中有 {joined} 在規定天數內進入私域（n = {joined_n}）|沒有公域客戶被觀察滿規定天
--   數]；[進入私域的人中有 {ordered} 隨後下單（n = {ordered_n}）[，其中此前從未購買的人有 {first_order} 下了首單（n
--   = {first_order_n}）]|進入私域的人都還沒有被觀察滿可計入下單的天數]。{?any}|時間還不夠：沒有人被觀察滿規定天數。
-- group: private
-- needs: contacts, customer_summary, customer_days, orders
-- scope: shop
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: join_days integer = 30 -- days from the first public order within which joining counts
-- param.zh-Hans: join_days 进入私域天数 -- 首个公域订单后多少天内进入私域才算
-- param.zh-Hant: join_days 進入私域天數 -- 首個公域訂單後多少天內進入私域才算
-- param: order_days integer = 90 -- days from joining within which an order counts
-- param.zh-Hans: order_days 下单天数 -- 进入私域后多少天内下单才算
-- param.zh-Hant: order_days 下單天數 -- 進入私域後多少天內下單才算
-- param: first_order_days integer = 30 -- days from joining within which the first order ever counts
-- param.zh-Hans: first_order_days 首单天数 -- 进入私域后多少天内的首单才算
-- param.zh-Hant: first_order_days 首單天數 -- 進入私域後多少天內的首單才算
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起，留空為全部歷史
-- param: to date = -- up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止，留空為全部歷史
-- counts: denominator, numerator of denominator by cohort each step, is_complete
-- column: step text -- joined, ordered or first-order
-- column.zh-Hans: step 步骤 -- 进入私域、再下单或首单转化
-- column.zh-Hant: step 步驟 -- 進入私域、再下單或首單轉換
-- column: cohort date -- first day of the period of the public order, or of joining
-- column.zh-Hans: cohort 同期群 -- 公域订单或进入私域所在周期的第一天
-- column.zh-Hant: cohort 同期群組 -- 公域訂單或進入私域所在週期的第一天
-- column: numerator count
-- column.zh-Hans: numerator 分子
-- column.zh-Hant: numerator 分子
-- column: denominator count
-- column.zh-Hans: denominator 分母
-- column.zh-Hant: denominator 分母
-- column: rate share -- numerator ÷ denominator
-- column.zh-Hans: rate 转化率 -- 分子 ÷ 分母
-- column.zh-Hant: rate 轉換率 -- 分子 ÷ 分母
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: is_complete flag -- everybody of the cohort was watched long enough at the observation end
-- column.zh-Hans: is_complete 已完整 -- 截止日时全部成员都已观察满天数
-- column.zh-Hant: is_complete 已完整 -- 截止日時全部成員都已觀察滿天數
-- fact: joined share = ratio(numerator, denominator) where step = 'joined' and is_complete = true
-- fact: joined_n count = sum(denominator) where step = 'joined' and is_complete = true
-- fact: ordered share = ratio(numerator, denominator) where step = 'ordered' and is_complete = true
-- fact: ordered_n count = sum(denominator) where step = 'ordered' and is_complete = true
-- fact: first_order share = ratio(numerator, denominator) where step = 'first-order' and is_complete = true
-- fact: first_order_n count = sum(denominator) where step = 'first-order' and is_complete = true
-- fact: any number = max(denominator) where is_complete = true and denominator > 0
-- chart: lines x=cohort y=rate series=step lower=lower upper=upper n=denominator complete=is_complete
-- value.zh-Hans: day = 日
-- value.zh-Hant: day = 日
-- value.zh-Hans: week = 周
-- value.zh-Hant: week = 週
-- value.zh-Hans: month = 月
-- value.zh-Hant: month = 月
-- value.zh-Hans: quarter = 季
-- value.zh-Hant: quarter = 季
-- value.zh-Hans: year = 年
-- value.zh-Hant: year = 年
-- value: joined = Joined after a public order
-- value.zh-Hans: joined = 进入私域
-- value.zh-Hant: joined = 進入私域
-- value: ordered = Ordered after joining
-- value.zh-Hans: ordered = 再下单
-- value.zh-Hant: ordered = 再下單
-- value: first-order = First order after joining
-- value.zh-Hans: first-order = 首单转化
-- value.zh-Hant: first-order = 首單轉換
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('join_days'), 30)::integer as join_days,
    coalesce(getvariable('order_days'), 90)::integer as order_days,
    coalesce(getvariable('first_order_days'), 30)::integer as first_order_days,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    dataset.first_date,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    1.959963984540054::double as z
  from params
  cross join dataset
),

steps as (
  select 'joined' as step, 1 as place, settings.join_days as days
  from settings
  union all
  select 'ordered', 2, settings.order_days
  from settings
  union all
  select 'first-order', 3, settings.first_order_days
  from settings
),

joins as (
  select
    contacts.customer_id,
    min(contacts.joined_private_at) as joined_on
  from contacts
  where contacts.joined_private_at is not null
  group by contacts.customer_id
),

public_firsts as (
  select
    orders.customer_id,
    min(orders.order_date) as first_public
  from orders
  where orders.domain = 'public' and orders.customer_key is not null
  group by orders.customer_id
),

next_orders as (
  select
    joins.customer_id,
    min(customer_days.order_date) as next_on
  from joins
  inner join customer_summary on customer_summary.customer_id = joins.customer_id
  inner join customer_days on customer_days.customer_key = customer_summary.customer_key
  where customer_days.order_date >= joins.joined_on
  group by joins.customer_id
),

-- from when somebody is watched, and when they did it
members as (
  select
    'joined' as step,
    public_firsts.first_public as started_on,
    joins.joined_on as done_on
  from public_firsts
  left join joins on joins.customer_id = public_firsts.customer_id
  where joins.joined_on is null or joins.joined_on >= public_firsts.first_public
  union all
  select
    'ordered',
    joins.joined_on,
    next_orders.next_on
  from joins
  cross join settings
  left join next_orders on next_orders.customer_id = joins.customer_id
  where joins.joined_on >= settings.first_date
  union all
  select
    'first-order',
    joins.joined_on,
    customer_summary.first_order_date
  from joins
  cross join settings
  left join customer_summary on customer_summary.customer_id = joins.customer_id
  where
    joins.joined_on >= settings.first_date
    and (customer_summary.first_order_date is null or customer_summary.first_order_date >= joins.joined_on)
),

started as (
  select
    members.step,
    case
      when settings.in_days then floor((members.started_on - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from members.started_on) * 12 + extract(month from members.started_on) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    members.started_on + steps.days <= settings.as_of as is_watched,
    members.started_on + steps.days <= settings.as_of and members.done_on <= members.started_on + steps.days as is_done
  from members
  cross join settings
  inner join steps on steps.step = members.step
  where members.started_on <= settings.as_of
),

counts as (
  select
    started.step,
    started.period_index,
    sum(case when started.is_watched then 1 else 0 end) as denominator,
    sum(case when started.is_done then 1 else 0 end) as numerator
  from started
  group by started.step, started.period_index
),

bounds as (
  select
    min(counts.period_index) as first_index,
    max(case
      when settings.in_days then floor((settings.as_of - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.as_of) * 12 + extract(month from settings.as_of) - 1)
        / settings.months_per_period
      )
    end::integer) as last_index
  from counts
  cross join settings
),

starts as (
  select
    series.period_index::integer as period_index,
    (series.period_index + 1)::integer as next_index
  from bounds
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
),

cohorts as (
  select
    starts.period_index,
    case
      when settings.in_days then date '0001-01-01' + (starts.period_index * settings.days_per_period)::integer
      else make_date(
        floor(starts.period_index * settings.months_per_period / 12)::integer,
        ((starts.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as cohort,
    case
      when settings.in_days then date '0001-01-01' + (starts.next_index * settings.days_per_period)::integer
      else make_date(
        floor(starts.next_index * settings.months_per_period / 12)::integer,
        ((starts.next_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end - 1 as last_day
  from starts
  cross join settings
),

rates as (
  select
    steps.step,
    steps.place,
    cohorts.cohort,
    coalesce(counts.numerator, 0) as numerator,
    coalesce(counts.denominator, 0) as denominator,
    counts.numerator::double / nullif(counts.denominator, 0) as rate,
    nullif(counts.denominator, 0) as n,
    cohorts.last_day + steps.days <= settings.as_of as is_complete
  from cohorts
  cross join steps
  cross join settings
  left join counts on counts.step = steps.step and counts.period_index = cohorts.period_index
)

select
  rates.step,
  rates.cohort,
  rates.numerator::integer as numerator,
  rates.denominator::integer as denominator,
  rates.rate,
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
  rates.is_complete
from rates
cross join settings
where
  (settings.from_date is null or rates.cohort >= settings.from_date)
  and (settings.to_date is null or rates.cohort <= settings.to_date)
order by rates.place, rates.cohort;
