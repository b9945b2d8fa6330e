-- title: Growth by referral
-- title.zh-Hans: 裂变增长
-- title.zh-Hant: 裂變成長
-- question: How many of the new customers were brought by others, and how many does each customer bring?
-- question.zh-Hans: 新客中有多少是他人带来的，每位客户平均带来几位？
-- question.zh-Hant: 新客中有多少是他人帶來的，每位客戶平均帶來幾位？
-- definition: new_customers = customers whose first order falls in the period. referred = those of them whom the
--   referrals file names as brought by somebody, at or before the day of the first order; a referral without a date
--   counts on that day. share = referred ÷ new_customers, with its Wilson 95 % interval. k_factor = referees ÷
--   active_before: referees = people referred in the 90 days up to the last day of the period who ordered within 90
--   days of the referral; active_before = customers with an order in the 90 days before those 90. So K is the same
--   whatever the length of a period, and that of the period which ended 90 days before the observation end is the K
--   of customer equity. A person counts once, at the earliest referral; people who refer themselves are left out. K
--   and its parts are empty until 90 days after the period have been watched, and where the data do not reach back to
--   the start of the 180 days; K also where nobody was active. cycle_days = median days from the referrer’s first
--   order to the referee’s, over the referred whose earliest referrer had ordered by then.
-- definition.zh-Hans: 新客 = 首单在本期的客户。被推荐 = 其中推荐关系文件注明由他人带来、且推荐日期不晚于首单当天的
--   人；没有日期的推荐按首单当天计。占比 = 被推荐 ÷ 新客，附 Wilson 95% 区间。裂变系数 K = 转化人数 ÷ 期前活跃客户：
--   转化人数 = 截至本期最后一天的 90 天内被推荐、且在推荐后 90 天内下单的人；期前活跃客户 = 再往前 90 天内下过单的客
--   户。因此 K 与周期长短无关，在截止日前 90 天结束的那一期，其 K 即客户资产总价值所用的 K。每人按最早的推荐计一次，
--   自己推荐自己的不计。本期结束后未观察满 90 天，或数据未覆盖这 180 天的开头时，K 及其各项为空；无人活跃时 K 也为
--   空。裂变周期 = 推荐人首单到被推荐人首单的天数中位数，只计最早的推荐人此前已下过单的。
-- definition.zh-Hant: 新客 = 首單在本期的客戶。被推薦 = 其中推薦關係檔案註明由他人帶來、且推薦日期不晚於首單當天的
--   人；沒有日期的推薦按首單當天計。占比 = 被推薦 ÷ 新客，附 Wilson 95% 區間。裂變係數 K = 轉換人數 ÷ 期前活躍客戶：
--   轉換人數 = 截至本期最後一天的 90 天內被推薦、且在推薦後 90 天內下單的人；期前活躍客戶 = 再往前 90 天內下過單的客
--   戶。因此 K 與週期長短無關，在截止日前 90 天結束的那一期，其 K 即客戶資產總價值所用的 K。每人按最早的推薦計一次，
--   自己推薦自己的不計。本期結束後未觀察滿 90 天，或資料未涵蓋這 180 天的開頭時，K 及其各項為空；無人活躍時 K 也為
--   空。裂變週期 = 推薦人首單到被推薦人首單的天數中位數，只計最早的推薦人此前已下過單的。
-- sentence: Of {new_customers} new {new_customers|customer|customers} in the complete periods {referred}
--   {referred|was|were} brought by others[, {share} ({lower} to {upper})].{?share}[ By the last K that could be
--   watched, {active_before} active {active_before|customer|customers} brought {referees} who bought: K =
--   {k_factor}.| Not enough time has passed to tell K.]|Not enough time has passed yet: no complete period has new
--   customers.
-- sentence.zh-Hans: 完整周期内的 {new_customers} 位新客中，{referred} 位由他人带来[，占 {share}（{lower} 至
--   {upper}）]。{?share}[按最近一个可观察的 K，{active_before} 位活跃客户带来 {referees} 位下单的人：K =
--   {k_factor}。|时间还不够，算不出 K。]|时间还不够：没有一个完整周期有新客。
-- sentence.zh-Hant: 完整週期內的 {new_customers} 位新客中，{referred} 位由他人帶來[，占 {share}（{lower} 至
--   {upper}）]。{?share}[按最近一個可觀察的 K，{active_before} 位活躍客戶帶來 {referees} 位下單的人：K =
--   {k_factor}。|時間還不夠，算不出 K。]|時間還不夠：沒有一個完整週期有新客。
-- group: referral
-- needs: referrals, customer_summary, customer_days
-- scope: shop
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
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
-- counts: new_customers, referred of new_customers, referees, active_before by period each is_complete
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: new_customers count -- first order in the period
-- column.zh-Hans: new_customers 新客 -- 首单在本期
-- column.zh-Hant: new_customers 新客 -- 首單在本期
-- column: referred count -- of them, brought by somebody
-- column.zh-Hans: referred 被推荐 -- 其中由他人带来
-- column.zh-Hant: referred 被推薦 -- 其中由他人帶來
-- column: share share -- referred ÷ new_customers
-- column.zh-Hans: share 占比 -- 被推荐 ÷ 新客
-- column.zh-Hant: share 占比 -- 被推薦 ÷ 新客
-- column: k_factor number -- referees ÷ active_before
-- column.en: k_factor K factor
-- column.zh-Hans: k_factor 裂变系数 K -- 转化人数 ÷ 期前活跃客户
-- column.zh-Hant: k_factor 裂變係數 K -- 轉換人數 ÷ 期前活躍客戶
-- column: cycle_days days -- median from the referrer’s first order to the referee’s
-- column.en: cycle_days Referral cycle
-- column.zh-Hans: cycle_days 裂变周期 -- 推荐人首单到被推荐人首单的天数中位数
-- column.zh-Hant: cycle_days 裂變週期 -- 推薦人首單到被推薦人首單的天數中位數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: referees count -- referred in the 90 days up to the end of the period, ordered within 90 days
-- column.zh-Hans: referees 转化人数 -- 截至期末的 90 天内被推荐且 90 天内下单
-- column.zh-Hant: referees 轉換人數 -- 截至期末的 90 天內被推薦且 90 天內下單
-- column: active_before count -- ordered in the 90 days before those 90
-- column.zh-Hans: active_before 期前活跃客户 -- 再往前 90 天内下过单
-- column.zh-Hant: active_before 期前活躍客戶 -- 再往前 90 天內下過單
-- column: organic count -- new_customers − referred
-- column.en: organic Not referred
-- column.zh-Hans: organic 非推荐新客 -- 新客 − 被推荐
-- column.zh-Hant: organic 非推薦新客 -- 新客 − 被推薦
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: new_customers count = sum(new_customers) where is_complete = true
-- fact: referred count = sum(referred) where is_complete = true
-- fact: share share = ratio(referred, new_customers) where is_complete = true
-- fact: lower share = lower(referred, new_customers) where is_complete = true
-- fact: upper share = upper(referred, new_customers) where is_complete = true
-- fact: k_factor number = last(k_factor) where k_factor != null
-- fact: referees count = last(referees) where k_factor != null
-- fact: active_before count = last(active_before) where k_factor != null
-- chart: stack x=period y1=referred y2=organic complete=is_complete -- New customers
-- chart.zh-Hans: 新客
-- chart.zh-Hant: 新客
-- chart: lines x=period y=share lower=lower upper=upper n=new_customers complete=is_complete -- Share
-- chart.zh-Hans: 占比
-- chart.zh-Hant: 占比
-- chart: lines x=period y=k_factor n=active_before -- K factor
-- chart.zh-Hans: 裂变系数
-- chart.zh-Hant: 裂變係數
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
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
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

pairs as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date,
    coalesce(referrals.referred_at::date, customer_summary.first_order_date) as referred_on,
    referrals.referrer_id
  from referrals
  inner join customer_summary on customer_summary.customer_id = referrals.referee_id
  where referrals.referrer_id != referrals.referee_id
),

-- one row a person, at the earliest referral
referred_people as (
  select
    ranked.customer_key,
    ranked.first_order_date,
    ranked.referred_on,
    ranked.referrer_id
  from (
    select
      pairs.*,
      row_number() over (partition by pairs.customer_key order by pairs.referred_on, pairs.referrer_id) as place
    from pairs
  ) as ranked
  where ranked.place = 1
),

firsts as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date
  from customer_summary
  cross join settings
  where customer_summary.first_order_date <= settings.as_of
),

newcomers as (
  select
    case
      when settings.in_days then floor((firsts.first_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from firsts.first_date) * 12 + extract(month from firsts.first_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    referred_people.referred_on <= firsts.first_date as is_referred,
    case
      when referred_people.referred_on <= firsts.first_date and referrers.first_order_date <= firsts.first_date
        then firsts.first_date - referrers.first_order_date
    end as cycle_days
  from firsts
  cross join settings
  left join referred_people on referred_people.customer_key = firsts.customer_key
  left join customer_summary as referrers on referrers.customer_id = referred_people.referrer_id
),

counts as (
  select
    newcomers.period_index,
    count(*) as new_customers,
    sum(case when newcomers.is_referred then 1 else 0 end) as referred,
    median(newcomers.cycle_days) as cycle_days
  from newcomers
  group by newcomers.period_index
),

limits as (
  select
    min(firsts.first_date) as first_day,
    any_value(settings.as_of) as last_day
  from firsts
  cross join settings
),

bounds as (
  select
    case
      when settings.in_days then floor((limits.first_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.first_day) * 12 + extract(month from limits.first_day) - 1)
        / settings.months_per_period
      )
    end::integer as first_index,
    case
      when settings.in_days then floor((limits.last_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.last_day) * 12 + extract(month from limits.last_day) - 1)
        / settings.months_per_period
      )
    end::integer as last_index
  from limits
  cross join settings
  where limits.first_day is not null
),

starts as (
  select
    series.period_index::integer as period_index,
    (series.period_index + 1)::integer as next_index
  from bounds
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
),

periods as (
  select
    starts.period_index,
    case
      when settings.in_days then date '0001-01-01' + (starts.period_index * settings.days_per_period)::integer
      else make_date(
        floor(starts.period_index * settings.months_per_period / 12)::integer,
        ((starts.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
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

buyers as (
  select
    referred_people.customer_key,
    min(referred_people.referred_on) as referred_on
  from referred_people
  inner join customer_days on customer_days.customer_key = referred_people.customer_key
  where
    customer_days.order_date >= referred_people.referred_on
    and customer_days.order_date <= referred_people.referred_on + 90
  group by referred_people.customer_key
),

-- from which last day of a period on somebody counts, and from which no more: a purchase within 90 days of the
-- one before goes on with it
moves as (
  select buyers.referred_on as day, 1 as referees, 0 as active
  from buyers
  union all
  select buyers.referred_on + 90, -1, 0
  from buyers
  union all
  select customer_days.order_date + 90, 0, 1
  from customer_days
  where customer_days.days_since_previous is null or customer_days.days_since_previous >= 90
  union all
  select customer_days.order_date + 180, 0, -1
  from customer_days
  union all
  select customer_days.order_date - customer_days.days_since_previous + 180, 0, 1
  from customer_days
  where customer_days.days_since_previous < 90
  union all
  select periods.last_day, 0, 0
  from periods
),

running as (
  select
    moves.day,
    sum(sum(moves.referees)) over (order by moves.day) as referees,
    sum(sum(moves.active)) over (order by moves.day) as active_before
  from moves
  group by moves.day
),

rates as (
  select
    periods.period,
    periods.last_day <= settings.as_of as is_complete,
    periods.last_day + 90 <= settings.as_of and periods.last_day - 179 >= settings.first_date as is_k_known,
    coalesce(counts.new_customers, 0) as new_customers,
    coalesce(counts.referred, 0) as referred,
    counts.referred::double / nullif(counts.new_customers, 0) as share,
    nullif(counts.new_customers, 0) as n,
    counts.cycle_days,
    running.referees,
    running.active_before
  from periods
  cross join settings
  inner join running on running.day = periods.last_day
  left join counts on counts.period_index = periods.period_index
)

select
  rates.period,
  rates.new_customers::integer as new_customers,
  rates.referred::integer as referred,
  rates.share,
  case when rates.is_k_known and rates.active_before > 0 then rates.referees::double / rates.active_before end
    as k_factor,
  rates.cycle_days::double as cycle_days,
  case when rates.n is not null then greatest(0, (
      rates.share + settings.z * settings.z / (2 * rates.n)
      - settings.z * sqrt(
        (rates.share * (1 - rates.share) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as lower,
  case when rates.n is not null then least(1, (
      rates.share + settings.z * settings.z / (2 * rates.n)
      + settings.z * sqrt(
        (rates.share * (1 - rates.share) + settings.z * settings.z / (4 * rates.n))
        / rates.n
      )
    ) / (1 + settings.z * settings.z / rates.n))::double end as upper,
  case when rates.is_k_known then rates.referees end::integer as referees,
  case when rates.is_k_known then rates.active_before end::integer as active_before,
  (rates.new_customers - rates.referred)::integer as organic,
  rates.is_complete
from rates
cross join settings
where
  (settings.from_date is null or rates.period >= settings.from_date)
  and (settings.to_date is null or rates.period <= settings.to_date)
order by rates.period;
