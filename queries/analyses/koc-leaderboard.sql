-- title: Leaderboard of referrers
-- title.zh-Hans: KOC 排行榜
-- title.zh-Hant: KOC 排行榜
-- question: Who brings the customers that spend, and was the reward worth it?
-- question.zh-Hans: 谁带来的客户最能消费，奖励花得值吗？
-- question.zh-Hant: 誰帶來的客戶最能消費，獎勵花得值得嗎？
-- definition: One row for each referrer in the referrals file, whether they ordered themselves or not. Everybody who
--   was brought belongs to one referrer alone, the earliest (on one day the one whose id comes first as text), so no
--   revenue counts twice; a referral without a date counts on the day of the first order; people who refer themselves
--   are left out. referees = people brought at or before the observation end; buyers = those of them who ordered on
--   the day of the referral or later; buying_share = buyers ÷ referees, with its Wilson 95 % interval.
--   referee_revenue = net of their orders from the day of the referral to the observation end. second_generation =
--   people brought by the referees, without the referrer. reward = sum of all rewards paid to the referrer, also for
--   somebody who belongs to another; empty where the file names none. gain = referee_revenue × margin − reward; roi =
--   gain ÷ reward, empty where nothing was paid.
-- definition.zh-Hans: 推荐关系文件中的每位推荐人一行，无论本人是否下过单。每位被带来的人只归一位推荐人，即最早的一位
--   （同一天则取编号文本靠前的），因此收入不会重复计算；没有日期的推荐按首单当天计；自己推荐自己的不计。带来人数 = 截
--   止日及之前带来的人；下单人数 = 其中在推荐当天或之后下过单的；下单占比 = 下单人数 ÷ 带来人数，附 Wilson 95% 区间。
--   带来收入 = 这些人从推荐当天到截止日的订单净额。二代人数 = 被带来的人又带来的人，不含推荐人自己。奖励 = 付给该推荐
--   人的全部奖励，包括归属他人的被推荐人所对应的奖励；文件未注明则为空。净收益 = 带来收入 × 毛利率 − 奖励；ROI = 净收
--   益 ÷ 奖励，没有付奖励则为空。
-- definition.zh-Hant: 推薦關係檔案中的每位推薦人一列，無論本人是否下過單。每位被帶來的人只歸一位推薦人，即最早的一位
--   （同一天則取編號文字靠前的），因此營收不會重複計算；沒有日期的推薦按首單當天計；自己推薦自己的不計。帶來人數 = 截
--   止日及之前帶來的人；下單人數 = 其中在推薦當天或之後下過單的；下單占比 = 下單人數 ÷ 帶來人數，附 Wilson 95% 區間。
--   帶來營收 = 這些人從推薦當天到截止日的訂單淨額。二代人數 = 被帶來的人又帶來的人，不含推薦人自己。獎勵 = 付給該推薦
--   人的全部獎勵，包括歸屬他人的被推薦人所對應的獎勵；檔案未註明則為空。淨收益 = 帶來營收 × 毛利率 − 獎勵；ROI = 淨收
--   益 ÷ 獎勵，沒有付獎勵則為空。
-- sentence: {referrers} {referrers|referrer|referrers} brought {referees} {referees|person|people}, of whom
--   {buyers} bought[, for {referee_revenue} in all][; {best} leads with {best_revenue}].[ The rewards of {reward}
--   returned {roi}.| No rewards are given, so there is no return on them.]|No referral is dated at or before the
--   observation end.
-- sentence.zh-Hans: {referrers} 位推荐人带来 {referees} 人，其中 {buyers} 人下单[，共 {referee_revenue}][；领先的是
--   {best}，带来 {best_revenue}]。[奖励合计 {reward}，回报率 {roi}。|文件没有注明奖励，无从计算回报率。]|截止日之前
--   没有推荐记录。
-- sentence.zh-Hant: {referrers} 位推薦人帶來 {referees} 人，其中 {buyers} 人下單[，共 {referee_revenue}][；領先的是
--   {best}，帶來 {best_revenue}]。[獎勵合計 {reward}，報酬率 {roi}。|檔案沒有註明獎勵，無從計算報酬率。]|截止日之前
--   沒有推薦紀錄。
-- group: referral
-- needs: referrals, customer_summary, customer_days
-- scope: shop
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customer
-- column: referrer_id text -- who brought them
-- column.en: referrer_id Referrer
-- column.zh-Hans: referrer_id 推荐人 -- 带来客户的人
-- column.zh-Hant: referrer_id 推薦人 -- 帶來客戶的人
-- column: referees count -- people brought
-- column.zh-Hans: referees 带来人数 -- 带来的人
-- column.zh-Hant: referees 帶來人數 -- 帶來的人
-- column: referee_revenue money -- net of the referees from the referral on
-- column.en: referee_revenue Revenue of the referees
-- column.zh-Hans: referee_revenue 带来收入 -- 被推荐人自推荐起的净额
-- column.zh-Hant: referee_revenue 帶來營收 -- 被推薦人自推薦起的淨額
-- column: second_generation count -- people brought by the referees
-- column.zh-Hans: second_generation 二代人数 -- 被带来的人又带来的人
-- column.zh-Hant: second_generation 二代人數 -- 被帶來的人又帶來的人
-- column: reward money -- paid to the referrer
-- column.zh-Hans: reward 奖励 -- 付给推荐人
-- column.zh-Hant: reward 獎勵 -- 付給推薦人
-- column: roi share -- gain ÷ reward
-- column.en: roi ROI
-- column.zh-Hans: roi ROI -- 净收益 ÷ 奖励
-- column.zh-Hant: roi ROI -- 淨收益 ÷ 獎勵
-- column: buyers count -- referees who ordered from the referral on
-- column.zh-Hans: buyers 下单人数 -- 自推荐起下过单的被推荐人
-- column.zh-Hant: buyers 下單人數 -- 自推薦起下過單的被推薦人
-- column: buying_share share -- buyers ÷ referees
-- column.zh-Hans: buying_share 下单占比 -- 下单人数 ÷ 带来人数
-- column.zh-Hant: buying_share 下單占比 -- 下單人數 ÷ 帶來人數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: gain money -- referee_revenue × margin − reward
-- column.zh-Hans: gain 净收益 -- 带来收入 × 毛利率 − 奖励
-- column.zh-Hant: gain 淨收益 -- 帶來營收 × 毛利率 − 獎勵
-- fact: referrers count = count()
-- fact: referees count = sum(referees)
-- fact: buyers count = sum(buyers)
-- fact: referee_revenue money = sum(referee_revenue)
-- fact: best text = first(referrer_id)
-- fact: best_revenue money = first(referee_revenue)
-- fact: reward money = sum(reward)
-- fact: roi share = ratio(gain, reward)
-- chart: bars x=referrer_id y=referee_revenue -- Revenue of their people
-- chart.zh-Hans: 被推荐人的消费
-- chart.zh-Hant: 被推薦人的消費
-- chart: scatter x=referees y=referee_revenue fill=second_generation label=referrer_id -- Number and revenue
-- chart.zh-Hans: 人数与消费
-- chart.zh-Hant: 人數與消費
with
params as (
  select
    coalesce(getvariable('margin'), 1)::double as margin,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    1.959963984540054::double as z
  from params
),

pairs as (
  select
    referrals.referrer_id,
    referrals.referee_id,
    referrals.reward,
    customer_summary.customer_key,
    coalesce(referrals.referred_at::date, customer_summary.first_order_date) as referred_on
  from referrals
  left join customer_summary on customer_summary.customer_id = referrals.referee_id
  where referrals.referrer_id != referrals.referee_id
),

seen_pairs as (
  select
    pairs.*,
    row_number() over (
      partition by pairs.referee_id order by pairs.referred_on nulls last, pairs.referrer_id
    ) as place
  from pairs
  cross join settings
  where pairs.referred_on is null or pairs.referred_on <= settings.as_of
),

-- one row a person who was brought
brought as (
  select
    seen_pairs.referrer_id,
    seen_pairs.referee_id,
    seen_pairs.customer_key,
    seen_pairs.referred_on
  from seen_pairs
  where seen_pairs.place = 1
),

buyers as (
  select
    brought.referrer_id,
    brought.customer_key,
    sum(customer_days.net) as net
  from brought
  inner join customer_days on customer_days.customer_key = brought.customer_key
  cross join settings
  where customer_days.order_date >= brought.referred_on and customer_days.order_date <= settings.as_of
  group by brought.referrer_id, brought.customer_key
),

sales as (
  select
    buyers.referrer_id,
    count(*) as buyers,
    sum(buyers.net) as revenue
  from buyers
  group by buyers.referrer_id
),

sizes as (
  select
    brought.referrer_id,
    count(*) as referees
  from brought
  group by brought.referrer_id
),

grandchildren as (
  select
    brought.referrer_id,
    count(*) as people
  from brought
  inner join brought as further
    on further.referrer_id = brought.referee_id
    and further.referee_id != brought.referrer_id
  group by brought.referrer_id
),

rewards as (
  select
    seen_pairs.referrer_id,
    sum(seen_pairs.reward) as reward
  from seen_pairs
  group by seen_pairs.referrer_id
),

leaders as (
  select
    rewards.referrer_id,
    coalesce(sizes.referees, 0) as referees,
    coalesce(sales.buyers, 0) as buyers,
    coalesce(sales.revenue, 0) as revenue,
    coalesce(grandchildren.people, 0) as second_generation,
    rewards.reward,
    coalesce(sales.buyers, 0)::double / nullif(sizes.referees, 0) as buying_share,
    nullif(sizes.referees, 0) as n
  from rewards
  left join sizes on sizes.referrer_id = rewards.referrer_id
  left join sales on sales.referrer_id = rewards.referrer_id
  left join grandchildren on grandchildren.referrer_id = rewards.referrer_id
)

select
  leaders.referrer_id,
  leaders.referees::integer as referees,
  leaders.revenue::double as referee_revenue,
  leaders.second_generation::integer as second_generation,
  leaders.reward::double as reward,
  (leaders.revenue::double * settings.margin - leaders.reward::double) / nullif(leaders.reward, 0)::double as roi,
  leaders.buyers::integer as buyers,
  leaders.buying_share,
  case when leaders.n is not null then greatest(0, (
      leaders.buying_share + settings.z * settings.z / (2 * leaders.n)
      - settings.z * sqrt(
        (leaders.buying_share * (1 - leaders.buying_share) + settings.z * settings.z / (4 * leaders.n))
        / leaders.n
      )
    ) / (1 + settings.z * settings.z / leaders.n))::double end as lower,
  case when leaders.n is not null then least(1, (
      leaders.buying_share + settings.z * settings.z / (2 * leaders.n)
      + settings.z * sqrt(
        (leaders.buying_share * (1 - leaders.buying_share) + settings.z * settings.z / (4 * leaders.n))
        / leaders.n
      )
    ) / (1 + settings.z * settings.z / leaders.n))::double end as upper,
  leaders.revenue::double * settings.margin - leaders.reward::double as gain
from leaders
cross join settings
order by leaders.revenue desc, leaders.referees desc, leaders.referrer_id;
