-- title: From first touch to word of mouth
-- title.zh-Hans: 用户生命周期漏斗
-- title.zh-Hant: 用戶生命週期漏斗
-- question: Of the people the shop first reached out to, how many joined, bought, bought again and brought others?
-- question.zh-Hans: 首次触达的人里，有多少进入私域、下首单、复购，并带来别人？
-- question.zh-Hant: 首次接觸的人裡，有多少進入私域、下首單、回購，並帶來別人？
-- definition: A person is one id in the files of touches, customers, orders and referrals, whether they ever ordered
--   or not. touched: the earliest touch of the person, of any kind, if it lies in the time the orders cover and came
--   no later than the person’s joining and first order. joined: joined the private domain within step_days days of
--   the touch. first-order: the first order ever within step_days days of joining. repeat: the second order within
--   step_days days of the first. referred: brought somebody else, by the referral file, within step_days days of the
--   second order; a referral without a date counts on the day of the first order of who was brought. The first day
--   and the last one count. A step counts only after all steps before it, so who ordered before joining counts as
--   touched and joined, no further. cohort = whole: only people whose four times step_days days have all passed at
--   the observation end, the same in every step. cohort = each: in each step, whoever was watched for all of its
--   times since the touch, so that young data show the first steps. share_of_previous = customers ÷ previous and
--   share_of_first = customers ÷ first, where previous and first are those of the same people who reached the step
--   before, and the first one; both with Wilson 95 % intervals, empty without a base. left_out = touched people who
--   stand in no step of this table: already_in, who had joined or ordered before that touch or had it before the
--   orders begin, and those not yet watched for long enough. Where no referral file is given the last step is empty.
-- definition.zh-Hans: 一个编号算一个人，触达、客户、订单、推荐各文件合并，无论是否下过单。已触达：该人最早的一次触达（
--   不论类型），须在订单数据覆盖的时间内，且不晚于其进入私域和首单。进入私域：触达后 step_days
--   天内进入私域。首单：进入私域后 step_days 天内下了人生首单。复购：首单后 step_days
--   天内有第二单。推荐：第二单后 step_days
--   天内带来了别人（按推荐文件）；没有日期的推荐按被推荐人首单当天计。首尾两天都算。每一步须在前面各步之后才算，因此
--   先下单后进入私域的人只计到进入私域。cohort = whole（同一批人）：只计截止日时四个 step_days
--   天都已过完的人，各步相同。cohort = each（逐步）：每一步计触达后已观察满所需天数的人，数据较短时也能看到前几步。占上一步
--   = 人数 ÷ 上一步人数，占第一步 = 人数 ÷
--   第一步人数，分母为同一批人中到达上一步和第一步的人；均附 Wilson 95%
--   区间，没有分母时为空。未计入 = 触达过但不在本表各步中的人：其中早已在内 =
--   首次触达前已进入私域或已下单，或首次触达早于订单数据开始的人；其余是观察天数还不够的人。没有推荐文件时最后一步为空。
-- definition.zh-Hant: 一個編號算一個人，接觸、客戶、訂單、推薦各檔案合併，無論是否下過單。已接觸：該人最早的一次接觸（
--   不論類型），須在訂單資料涵蓋的時間內，且不晚於其進入私域和首單。進入私域：接觸後 step_days
--   天內進入私域。首單：進入私域後 step_days 天內下了人生首單。回購：首單後 step_days
--   天內有第二單。推薦：第二單後 step_days
--   天內帶來了別人（按推薦檔案）；沒有日期的推薦按被推薦人首單當天計。首尾兩天都算。每一步須在前面各步之後才算，因此
--   先下單後進入私域的人只計到進入私域。cohort = whole（同一批人）：只計截止日時四個 step_days
--   天都已過完的人，各步相同。cohort = each（逐步）：每一步計接觸後已觀察滿所需天數的人，資料較短時也能看到前幾步。占上一步
--   = 人數 ÷ 上一步人數，占第一步 = 人數 ÷
--   第一步人數，分母為同一批人中到達上一步和第一步的人；均附 Wilson 95%
--   區間，沒有分母時為空。未計入 = 接觸過但不在本表各步中的人：其中早已在內 =
--   首次接觸前已進入私域或已下單，或首次接觸早於訂單資料開始的人；其餘是觀察天數還不夠的人。沒有推薦檔案時最後一步為空。
-- sentence: Of {touched} {touched|person|people} reached for the first time {joined} joined the private domain,
--   {ordered} of them then placed a first order and {repeated} a second one[: {share} of all[ ({lower} to
--   {upper})]]; {referred} brought somebody. {left_out} further touched {left_out|person is|people are} left
--   out.{?any}|Not enough time has passed yet: nobody who was reached for the first time has been observed through
--   every step.
-- sentence.zh-Hans: 首次触达的 {touched} 人中，{joined} 人进入私域，其中 {ordered} 人随后下了首单，{repeated} 人又
--   下了第二单[，占全部的 {share}[（{lower} 至 {upper}）]]；{referred} 人带来了别人。另有 {left_out} 位触达过的人未
--   计入。{?any}|时间还不够：首次触达的人里，没有一位被观察到走完每一步。
-- sentence.zh-Hant: 首次接觸的 {touched} 人中，{joined} 人進入私域，其中 {ordered} 人隨後下了首單，{repeated} 人又
--   下了第二單[，占全部的 {share}[（{lower} 至 {upper}）]]；{referred} 人帶來了別人。另有 {left_out} 位接觸過的人未
--   計入。{?any}|時間還不夠：首次接觸的人裡，沒有一位被觀察到走完每一步。
-- group: private
-- needs: contacts, touches, customer_summary, orders
-- scope: shop
-- param: step_days integer = 90 -- days from one step within which the next one counts
-- param.zh-Hans: step_days 每步天数 -- 上一步之后多少天内的下一步才算
-- param.zh-Hant: step_days 每步天數 -- 上一步之後多少天內的下一步才算
-- param: cohort choice(whole, each) = whole -- whole: people who were watched for all steps; each: for the step
-- param.zh-Hans: cohort 观察人群 -- 同一批人：观察满全部步骤的人；逐步：观察满该步骤的人
-- param.zh-Hant: cohort 觀察人群 -- 同一批人：觀察滿全部步驟的人；逐步：觀察滿該步驟的人
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- first touches from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起的首次触达，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起的首次接觸，留空為全部歷史
-- param: to date = -- first touches up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止的首次触达，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止的首次接觸，留空為全部歷史
-- counts: customers of previous, previous of first, first, already_in of left_out each step
-- column: step text
-- column.zh-Hans: step 步骤
-- column.zh-Hant: step 步驟
-- column: customers count -- people who reached the step, in time and in turn
-- column.en: customers People
-- column.zh-Hans: customers 人数 -- 按时按序到达该步骤的人
-- column.zh-Hant: customers 人數 -- 按時按序到達該步驟的人
-- column: share_of_previous share -- customers ÷ previous
-- column.zh-Hans: share_of_previous 占上一步 -- 人数 ÷ 上一步人数
-- column.zh-Hant: share_of_previous 占上一步 -- 人數 ÷ 上一步人數
-- column: share_of_first share -- customers ÷ first
-- column.zh-Hans: share_of_first 占第一步 -- 人数 ÷ 第一步人数
-- column.zh-Hant: share_of_first 占第一步 -- 人數 ÷ 第一步人數
-- column: previous count -- of the same people, those who reached the step before
-- column.zh-Hans: previous 上一步人数 -- 同一批人中到达上一步的人
-- column.zh-Hant: previous 上一步人數 -- 同一批人中到達上一步的人
-- column: lower share -- of share_of_previous, Wilson 95 %
-- column.zh-Hans: lower 占上一步下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 占上一步下限 -- Wilson 95% 區間
-- column: upper share -- of share_of_previous, Wilson 95 %
-- column.zh-Hans: upper 占上一步上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 占上一步上限 -- Wilson 95% 區間
-- column: first count -- of the same people, those who were touched
-- column.zh-Hans: first 第一步人数 -- 同一批人中被触达的人
-- column.zh-Hant: first 第一步人數 -- 同一批人中被接觸的人
-- column: first_lower share -- of share_of_first, Wilson 95 %
-- column.zh-Hans: first_lower 占第一步下限 -- Wilson 95% 区间
-- column.zh-Hant: first_lower 占第一步下限 -- Wilson 95% 區間
-- column: first_upper share -- of share_of_first, Wilson 95 %
-- column.zh-Hans: first_upper 占第一步上限 -- Wilson 95% 区间
-- column.zh-Hant: first_upper 占第一步上限 -- Wilson 95% 區間
-- column: median_days days -- from the step before, of those who reached this one
-- column.zh-Hans: median_days 间隔天数中位数 -- 距上一步，只计到达该步骤的人
-- column.zh-Hant: median_days 間隔天數中位數 -- 距上一步，只計到達該步驟的人
-- column: left_out count -- touched people who stand in no step; in the first row
-- column.zh-Hans: left_out 未计入 -- 触达过但不在各步中的人，列在第一行
-- column.zh-Hant: left_out 未計入 -- 接觸過但不在各步中的人，列在第一列
-- column: already_in count -- of left_out: had joined or ordered before, or touched before the orders begin
-- column.zh-Hans: already_in 早已在内 -- 未计入者中，此前已进入私域或已下单，或触达早于订单数据
-- column.zh-Hant: already_in 早已在內 -- 未計入者中，此前已進入私域或已下單，或接觸早於訂單資料
-- fact: touched count = first(customers) where step = 'touched'
-- fact: joined count = first(customers) where step = 'joined'
-- fact: ordered count = first(customers) where step = 'first-order'
-- fact: repeated count = first(customers) where step = 'repeat'
-- fact: share share = first(share_of_first) where step = 'repeat'
-- fact: lower share = first(first_lower) where step = 'repeat'
-- fact: upper share = first(first_upper) where step = 'repeat'
-- fact: referred count = first(customers) where step = 'referred'
-- fact: left_out count = sum(left_out)
-- fact: any number = max(customers) where step = 'touched' and customers > 0
-- chart: funnel label=step value=customers share=share_of_previous first=share_of_first lower=lower upper=upper
--   -- Funnel
-- chart.zh-Hans: 漏斗图
-- chart.zh-Hant: 漏斗圖
-- chart: bars x=step y=share_of_first lower=first_lower upper=first_upper n=first -- Of all touched
-- chart.zh-Hans: 占第一步
-- chart.zh-Hant: 占第一步
-- chart: bars x=step y=share_of_previous lower=lower upper=upper n=previous -- Of the step before
-- chart.zh-Hans: 占上一步
-- chart.zh-Hant: 占上一步
-- value: whole = The same people
-- value.zh-Hans: whole = 同一批人
-- value.zh-Hant: whole = 同一批人
-- value: each = Step by step
-- value.zh-Hans: each = 逐步
-- value.zh-Hant: each = 逐步
-- value: touched = Touched
-- value.zh-Hans: touched = 首次触达
-- value.zh-Hant: touched = 首次接觸
-- value: joined = Joined
-- value.zh-Hans: joined = 进入私域
-- value.zh-Hant: joined = 進入私域
-- value: first-order = First order
-- value.zh-Hans: first-order = 首单
-- value.zh-Hant: first-order = 首單
-- value: repeat = Second order
-- value.zh-Hans: repeat = 复购
-- value.zh-Hant: repeat = 回購
-- value: referred = Brought somebody
-- value.zh-Hans: referred = 推荐他人
-- value.zh-Hant: referred = 推薦他人
with
params as (
  select
    coalesce(getvariable('step_days'), 90)::integer as step_days,
    coalesce(getvariable('cohort'), 'whole')::varchar as cohort,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    dataset.first_date,
    dataset.has_referrals,
    1.959963984540054::double as z
  from params
  cross join dataset
),

steps (place, step) as (
  values (1, 'touched'), (2, 'joined'), (3, 'first-order'), (4, 'repeat'), (5, 'referred')
),

first_touches as (
  select
    touches.customer_id,
    min(touches.touched_at)::date as touched_on
  from touches
  cross join settings
  where touches.customer_id is not null and touches.touched_at < settings.as_of + 1
  group by touches.customer_id
),

chosen_touches as (
  select
    first_touches.customer_id,
    first_touches.touched_on
  from first_touches
  cross join settings
  where
    (settings.from_date is null or first_touches.touched_on >= settings.from_date)
    and (settings.to_date is null or first_touches.touched_on <= settings.to_date)
),

joins as (
  select
    contacts.customer_id,
    min(contacts.joined_private_at) as joined_on
  from contacts
  group by contacts.customer_id
),

second_orders as (
  select
    orders.customer_key,
    orders.order_date as repeat_on
  from orders
  where orders.order_number = 2
),

-- who came in at the first touch
starters as (
  select
    chosen_touches.customer_id,
    chosen_touches.touched_on,
    joins.joined_on,
    customer_summary.first_order_date as ordered_on,
    second_orders.repeat_on
  from chosen_touches
  cross join settings
  left join joins on joins.customer_id = chosen_touches.customer_id
  left join customer_summary on customer_summary.customer_id = chosen_touches.customer_id
  left join second_orders on second_orders.customer_key = customer_summary.customer_key
  where
    chosen_touches.touched_on >= settings.first_date
    and (joins.joined_on is null or joins.joined_on >= chosen_touches.touched_on)
    and (
      customer_summary.first_order_date is null or customer_summary.first_order_date >= chosen_touches.touched_on
    )
),

buyers as (
  select
    starters.*,
    coalesce(starters.joined_on <= starters.touched_on + settings.step_days, false) as has_joined,
    coalesce(
      starters.joined_on <= starters.touched_on + settings.step_days
      and starters.ordered_on >= starters.joined_on
      and starters.ordered_on <= starters.joined_on + settings.step_days,
      false
    ) as has_ordered,
    coalesce(starters.repeat_on <= starters.ordered_on + settings.step_days, false) as has_repeated
  from starters
  cross join settings
),

referral_days as (
  select
    referrals.referrer_id,
    coalesce(referrals.referred_at::date, customer_summary.first_order_date) as referred_on
  from referrals
  left join customer_summary on customer_summary.customer_id = referrals.referee_id
  where referrals.referrer_id != referrals.referee_id
),

referrers as (
  select
    buyers.customer_id,
    min(referral_days.referred_on) as referred_on
  from buyers
  cross join settings
  inner join referral_days on referral_days.referrer_id = buyers.customer_id
  where
    referral_days.referred_on >= buyers.repeat_on
    and referral_days.referred_on <= buyers.repeat_on + settings.step_days
  group by buyers.customer_id
),

-- how many steps somebody took in turn, and after how many days each
people as (
  select
    buyers.touched_on,
    case
      when not buyers.has_joined then 1
      when not buyers.has_ordered then 2
      when not buyers.has_repeated then 3
      when referrers.referred_on is null then 4
      else 5
    end as depth,
    buyers.joined_on - buyers.touched_on as days_to_join,
    buyers.ordered_on - buyers.joined_on as days_to_order,
    buyers.repeat_on - buyers.ordered_on as days_to_repeat,
    referrers.referred_on - buyers.repeat_on as days_to_refer
  from buyers
  left join referrers on referrers.customer_id = buyers.customer_id
),

watched as (
  select
    steps.place,
    people.depth,
    case steps.place
      when 2 then people.days_to_join
      when 3 then people.days_to_order
      when 4 then people.days_to_repeat
      when 5 then people.days_to_refer
    end as days
  from people
  cross join settings
  inner join steps
    on people.touched_on + settings.step_days * case settings.cohort when 'each' then steps.place - 1 else 4 end
      <= settings.as_of
),

counts as (
  select
    watched.place,
    count(*) as first,
    sum(case when watched.depth >= watched.place - 1 then 1 else 0 end) as previous,
    sum(case when watched.depth >= watched.place then 1 else 0 end) as customers,
    median(case when watched.depth >= watched.place then watched.days end) as median_days
  from watched
  group by watched.place
),

totals as (
  select
    count(*) as touched,
    (select count(*) from starters) as starters
  from chosen_touches
),

rates as (
  select
    steps.place,
    steps.step,
    coalesce(counts.customers, 0) as customers,
    case when steps.place > 1 then coalesce(counts.previous, 0) end as previous,
    coalesce(counts.first, 0) as first,
    case when steps.place > 1 then counts.customers::double / nullif(counts.previous, 0) end as share_of_previous,
    counts.customers::double / nullif(counts.first, 0) as share_of_first,
    case when steps.place > 1 then nullif(counts.previous, 0) end as n,
    case when steps.place > 1 then nullif(counts.first, 0) end as first_n,
    counts.median_days,
    steps.step != 'referred' or settings.has_referrals as is_known,
    case when steps.place = 1 then totals.touched - coalesce(counts.customers, 0) end as left_out,
    case when steps.place = 1 then totals.touched - totals.starters end as already_in
  from steps
  cross join settings
  cross join totals
  left join counts on counts.place = steps.place
)

select
  rates.step,
  case when rates.is_known then rates.customers end::integer as customers,
  case when rates.is_known then rates.share_of_previous end as share_of_previous,
  case when rates.is_known then rates.share_of_first end as share_of_first,
  rates.previous::integer as previous,
  case when rates.is_known and rates.n is not null then greatest(0, (
      rates.share_of_previous + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.share_of_previous * (1 - rates.share_of_previous) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.is_known and rates.n is not null then least(1, (
      rates.share_of_previous + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.share_of_previous * (1 - rates.share_of_previous) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  rates.first::integer as first,
  case when rates.is_known and rates.first_n is not null then greatest(0, (
      rates.share_of_first + settings.z * settings.z / (2 * rates.first_n)
      - settings.z * sqrt(
        (rates.share_of_first * (1 - rates.share_of_first) + settings.z * settings.z / (4 * rates.first_n))
        / rates.first_n
      )
    ) / (1 + settings.z * settings.z / rates.first_n))::double end as first_lower,
  case when rates.is_known and rates.first_n is not null then least(1, (
      rates.share_of_first + settings.z * settings.z / (2 * rates.first_n)
      + settings.z * sqrt(
        (rates.share_of_first * (1 - rates.share_of_first) + settings.z * settings.z / (4 * rates.first_n))
        / rates.first_n
      )
    ) / (1 + settings.z * settings.z / rates.first_n))::double end as first_upper,
  case when rates.is_known then rates.median_days end::double as median_days,
  rates.left_out::integer as left_out,
  rates.already_in::integer as already_in
from rates
cross join settings
order by rates.place;
