-- title: Movement between tiers
-- title.zh-Hans: 会员等级流转
-- title.zh-Hant: 會員等級流轉
-- question: Who rose and who fell between two dates, and does the tier a customer was given fit what they spend?
-- question.zh-Hans: 两个日期之间谁升级、谁降级，客户文件给出的等级与实际消费相符吗？
-- question.zh-Hant: 兩個日期之間誰升級、誰降級，客戶檔案給出的等級與實際消費相符嗎？
-- definition: Customer files say which tier somebody has, not since when, so the tiers are made from spend: the net
--   of the tier_days days that end with the date, that day included. thresholds are the least spend of tier 2, 3, …,
--   at both dates the same; up to eight count, in ascending order, each once. Where empty they are what the first
--   customer beyond 50, 80 and 95 % of those who bought in the days up to the observation end spent, from the least
--   spend up. (inactive): bought before, but nothing in those days; below the first threshold, also below 0, is tier
--   1. by = spend: from_tier is that of the first date and to_tier that of the observation end; (new) are those whose
--   first order came in between. by = given: from_tier is the tier of the customer file and (none) stands for those
--   without one; to_tier is the tier by spend at the observation end, so that the rows show whom the given tier fits.
--   customers = those who went from the one to the other; over all rows they add up to all customers at the
--   observation end. share = customers ÷ all of from_tier (from_customers), with its Wilson 95 % interval. stayed,
--   rose and fell count them by where they went, (inactive) being the lowest; empty where from_tier is new or given.
--   Pairs that nobody went are rows of 0. Where the data do not reach back over all days of the first date the row is
--   incomplete and the sentence does not tell who moved. An empty first date is gap_days before the observation end,
--   and one after it counts as the observation end itself.
-- definition.zh-Hans: 客户文件只说明现在的等级，不说明何时起，因此等级按消费计算：截至该日（含当天）的 tier_days
--   天内的净额。thresholds 为第 2、3……档的最低消费，两个日期相同；最多取八个，从小到大，重复的计一次。留空时，把截止日前
--   tier_days 天内买过的客户按消费从低到高排列，取超过 50%、80%、95%
--   人数的第一位客户的消费。(inactive)：以前买过，但这些天内没有购买；低于第一个界线（包括负数）为第 1 档。by = spend：
--   原等级取起始日，新等级取截止日；(new) 为首单在两个日期之间的客户。by =
--   given：原等级取客户文件中的等级，(none) 为没有等级的客户；新等级为截止日按消费的等级，可看出给出的等级是否合适。客户数 =
--   从原等级到新等级的客户；各行之和等于截止日的全部客户。占比 = 客户数 ÷
--   原等级全部客户（from_customers），附 Wilson 95%
--   区间。未变、升级、降级按去向计数，(inactive) 为最低；原等级为新客或取自文件时为空。无人经过的组合为
--   0。数据未覆盖起始日的全部天数时该行不完整，概述不说明流转。起始日留空则为截止日前 gap_days
--   天；晚于截止日时按截止日计。
-- definition.zh-Hant: 客戶檔案只說明現在的等級，不說明何時起，因此等級按消費計算：截至該日（含當天）的 tier_days
--   天內的淨額。thresholds 為第 2、3……級的最低消費，兩個日期相同；最多取八個，從小到大，重複的計一次。留空時，把截止日前
--   tier_days 天內買過的客戶按消費從低到高排列，取超過 50%、80%、95%
--   人數的第一位客戶的消費。(inactive)：以前買過，但這些天內沒有購買；低於第一個界線（包括負數）為第 1 級。by = spend：
--   原等級取起始日，新等級取截止日；(new) 為首單在兩個日期之間的客戶。by =
--   given：原等級取客戶檔案中的等級，(none) 為沒有等級的客戶；新等級為截止日按消費的等級，可看出給出的等級是否合適。客戶數 =
--   從原等級到新等級的客戶；各列之和等於截止日的全部客戶。占比 = 客戶數 ÷
--   原等級全部客戶（from_customers），附 Wilson 95%
--   區間。未變、升級、降級按去向計數，(inactive) 為最低；原等級為新客或取自檔案時為空。無人經過的組合為
--   0。資料未涵蓋起始日的全部天數時該列不完整，概述不說明流轉。起始日留空則為截止日前 gap_days
--   天；晚於截止日時按截止日計。
-- sentence: At the observation end {inactive} of {customers} {customers|customer|customers} had bought nothing in
--   the days that make a tier.[ Of those who were there at both dates {rose} rose, {fell} fell and {stayed} stayed
--   in their tier ({lower} to {upper}); {new_customers} came in between.| Who rose or fell cannot be said: the data
--   do not reach back over all days that make the tier of the first date.]|There is nothing to say yet: no customer
--   has an order.
-- sentence.zh-Hans: 截止日的 {customers} 位客户中，{inactive} 位在计级天数内没有购买。[两个日期都在的客户中，{rose}
--   升级，{fell} 降级，{stayed} 留在原等级（{lower} 至 {upper}）；期间新来 {new_customers} 位。|谁升谁降还说不出：
--   数据没有覆盖起始日的全部计级天数。]|暂时没有可说的：没有客户下过单。
-- sentence.zh-Hant: 截止日的 {customers} 位客戶中，{inactive} 位在計級天數內沒有購買。[兩個日期都在的客戶中，{rose}
--   升級，{fell} 降級，{stayed} 留在原等級（{lower} 至 {upper}）；期間新來 {new_customers} 位。|誰升誰降還說不出：
--   資料沒有涵蓋起始日的全部計級天數。]|暫時沒有可說的：沒有客戶下過單。
-- group: private
-- needs: customer_summary, customer_days
-- drill: customers = select members.customer_key from members cross join this_row where members.from_tier =
--   this_row.from_tier and members.to_tier = this_row.to_tier
-- param: by choice(spend, given) = spend -- from the tier by spend at the first date, or from the tier that was given
-- param.en: by Split by
-- param.zh-Hans: by 原等级 -- 起始日按消费的等级，或客户文件给出的等级
-- param.zh-Hant: by 原等級 -- 起始日按消費的等級，或客戶檔案給出的等級
-- param: from date = -- first date; gap_days before the observation end when empty
-- param.zh-Hans: from 起始日 -- 第一个日期，留空则为截止日前 gap_days 天
-- param.zh-Hant: from 起始日 -- 第一個日期，留空則為截止日前 gap_days 天
-- param: gap_days integer = 90 -- between the dates, where the first is empty
-- param.zh-Hans: gap_days 相隔天数 -- 起始日留空时两个日期相隔的天数
-- param.zh-Hant: gap_days 相隔天數 -- 起始日留空時兩個日期相隔的天數
-- param: as_of date = -- second date: observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 第二个日期，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 第二個日期，留空則為最後一筆訂單的日期
-- param: tier_days integer = 365 -- days of spend that make a tier
-- param.zh-Hans: tier_days 计级天数 -- 按多少天内的消费定级
-- param.zh-Hant: tier_days 計級天數 -- 按多少天內的消費定級
-- param: thresholds text = -- least spend of tier 2, 3, …, with commas between; by the customers’ own spend when empty
-- param.zh-Hans: thresholds 等级界线 -- 用逗号隔开的第 2、3……档最低消费，留空则按客户自身的消费
-- param.zh-Hant: thresholds 等級界線 -- 用逗號隔開的第 2、3……級最低消費，留空則按客戶自身的消費
-- counts: from_customers by from_tier; customers by from_tier, to_tier
-- column: from_tier text -- at the first date, or given
-- column.zh-Hans: from_tier 原等级 -- 起始日的，或客户文件给出的
-- column.zh-Hant: from_tier 原等級 -- 起始日的，或客戶檔案給出的
-- column: to_tier text -- at the observation end, by spend
-- column.zh-Hans: to_tier 新等级 -- 截止日按消费
-- column.zh-Hant: to_tier 新等級 -- 截止日按消費
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: from_customers count -- all of from_tier
-- column.zh-Hans: from_customers 原等级客户数 -- 原等级全部客户
-- column.zh-Hant: from_customers 原等級客戶數 -- 原等級全部客戶
-- column: share share -- customers ÷ from_customers
-- column.zh-Hans: share 占比 -- 客户数 ÷ 原等级客户数
-- column.zh-Hant: share 占比 -- 客戶數 ÷ 原等級客戶數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: stayed count -- customers, where both tiers are the same
-- column.zh-Hans: stayed 未变 -- 前后等级相同的客户数
-- column.zh-Hant: stayed 未變 -- 前後等級相同的客戶數
-- column: rose count -- customers, where to_tier is higher
-- column.zh-Hans: rose 升级 -- 新等级更高的客户数
-- column.zh-Hant: rose 升級 -- 新等級更高的客戶數
-- column: fell count -- customers, where to_tier is lower
-- column.zh-Hans: fell 降级 -- 新等级更低的客户数
-- column.zh-Hant: fell 降級 -- 新等級更低的客戶數
-- column: from_least money -- least spend of from_tier
-- column.en: from_least Least spend of the tier before
-- column.zh-Hans: from_least 原等级界线 -- 原等级的最低消费
-- column.zh-Hant: from_least 原等級界線 -- 原等級的最低消費
-- column: to_least money -- least spend of to_tier
-- column.en: to_least Least spend of the tier after
-- column.zh-Hans: to_least 新等级界线 -- 新等级的最低消费
-- column.zh-Hant: to_least 新等級界線 -- 新等級的最低消費
-- column: is_new flag -- first order between the dates
-- column.zh-Hans: is_new 新客 -- 首单在两个日期之间
-- column.zh-Hant: is_new 新客 -- 首單在兩個日期之間
-- column: from_date date -- first date; empty for given tiers
-- column.zh-Hans: from_date 起始日 -- 第一个日期，取自文件的等级为空
-- column.zh-Hant: from_date 起始日 -- 第一個日期，取自檔案的等級為空
-- column: to_date date -- second date
-- column.zh-Hans: to_date 截止日 -- 第二个日期
-- column.zh-Hant: to_date 截止日 -- 第二個日期
-- column: is_complete flag -- the data reach back over all days that make the tiers
-- column.zh-Hans: is_complete 已完整 -- 数据覆盖定级的全部天数
-- column.zh-Hant: is_complete 已完整 -- 資料涵蓋定級的全部天數
-- fact: customers count = sum(customers)
-- fact: inactive count = sum(customers) where to_tier = '(inactive)'
-- fact: rose share = ratio(rose, customers) where is_complete = true and rose != null
-- fact: fell share = ratio(fell, customers) where is_complete = true and fell != null
-- fact: stayed share = ratio(stayed, customers) where is_complete = true and stayed != null
-- fact: lower share = lower(stayed, customers) where is_complete = true and stayed != null
-- fact: upper share = upper(stayed, customers) where is_complete = true and stayed != null
-- fact: new_customers number = sum(customers) where is_new = true
-- chart: flow from=from_tier to=to_tier value=customers rose=rose fell=fell n=from_customers complete=is_complete
--   -- Flow
-- chart.zh-Hans: 流向图
-- chart.zh-Hant: 流向圖
-- chart: heatmap x=to_tier y=from_tier fill=share lower=lower upper=upper n=from_customers complete=is_complete
--   -- Where they went
-- chart.zh-Hans: 去向
-- chart.zh-Hant: 去向
-- chart: heatmap x=to_tier y=from_tier fill=customers complete=is_complete -- How many went
-- chart.zh-Hans: 人数
-- chart.zh-Hant: 人數
-- value: spend = Tier by spend
-- value.zh-Hans: spend = 按消费的等级
-- value.zh-Hant: spend = 按消費的等級
-- value: given = Given tier
-- value.zh-Hans: given = 文件给出的等级
-- value.zh-Hant: given = 檔案給出的等級
-- value: (inactive) = nothing bought
-- value.zh-Hans: (inactive) = 期内未购买
-- value.zh-Hant: (inactive) = 期內未購買
-- value: (new) = came in between
-- value.zh-Hans: (new) = 期间新客
-- value.zh-Hant: (new) = 期間新客
-- value: (none) = no tier given
-- value.zh-Hans: (none) = 没有等级
-- value.zh-Hant: (none) = 沒有等級
-- value: tier-1 = Tier 1
-- value.zh-Hans: tier-1 = 第 1 档
-- value.zh-Hant: tier-1 = 第 1 級
-- value: tier-2 = Tier 2
-- value.zh-Hans: tier-2 = 第 2 档
-- value.zh-Hant: tier-2 = 第 2 級
-- value: tier-3 = Tier 3
-- value.zh-Hans: tier-3 = 第 3 档
-- value.zh-Hant: tier-3 = 第 3 級
-- value: tier-4 = Tier 4
-- value.zh-Hans: tier-4 = 第 4 档
-- value.zh-Hant: tier-4 = 第 4 級
-- value: tier-5 = Tier 5
-- value.zh-Hans: tier-5 = 第 5 档
-- value.zh-Hant: tier-5 = 第 5 級
-- value: tier-6 = Tier 6
-- value.zh-Hans: tier-6 = 第 6 档
-- value.zh-Hant: tier-6 = 第 6 級
-- value: tier-7 = Tier 7
-- value.zh-Hans: tier-7 = 第 7 档
-- value.zh-Hant: tier-7 = 第 7 級
-- value: tier-8 = Tier 8
-- value.zh-Hans: tier-8 = 第 8 档
-- value.zh-Hant: tier-8 = 第 8 級
-- value: tier-9 = Tier 9
-- value.zh-Hans: tier-9 = 第 9 档
-- value.zh-Hant: tier-9 = 第 9 級
with
params as (
  select
    coalesce(getvariable('by'), 'spend')::varchar as by_attribute,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('gap_days'), 90)::integer as gap_days,
    coalesce(getvariable('tier_days'), 365)::integer as tier_days,
    getvariable('thresholds')::varchar as thresholds,
    getvariable('from')::date as from_date
  from dataset
),

settings as (
  select
    params.by_attribute = 'given' as is_given,
    params.as_of,
    least(params.as_of, coalesce(params.from_date, params.as_of - params.gap_days)) as from_date,
    params.tier_days,
    nullif(trim(params.thresholds), '') as thresholds,
    dataset.first_date
  from params
  cross join dataset
),

spends as (
  select
    customer_days.customer_key,
    min(customer_days.order_date) as first_day,
    sum(case
      when
        customer_days.order_date > settings.from_date - settings.tier_days
        and customer_days.order_date <= settings.from_date
        then customer_days.net
    end) as from_spend,
    sum(case when customer_days.order_date > settings.as_of - settings.tier_days then customer_days.net end)
      as to_spend
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

placed as (
  select
    spends.to_spend,
    row_number() over (order by spends.to_spend) as place,
    count(*) over () as buyers
  from spends
  where spends.to_spend is not null
),

levels (percent) as (
  values (50), (80), (95)
),

given_numbers as (
  select unnest(string_split(settings.thresholds, ',')) as number
  from settings
),

thresholds as (
  select try_cast(trim(given_numbers.number) as decimal(18, 4)) as least_spend
  from given_numbers
  union
  select placed.to_spend
  from placed
  inner join levels on placed.place = floor(placed.buyers * levels.percent / 100) + 1
  cross join settings
  where settings.thresholds is null
),

ordered_thresholds as (
  select
    thresholds.least_spend,
    row_number() over (order by thresholds.least_spend) + 1 as place
  from thresholds
  where thresholds.least_spend is not null
),

least_spends as (
  select 1 as place, null as least_spend
  union all
  select ordered_thresholds.place, ordered_thresholds.least_spend
  from ordered_thresholds
  where ordered_thresholds.place <= 9
),

-- from the least spend of a tier to below that of the next one
tiers as (
  select
    least_spends.place::integer as place,
    concat('tier-', least_spends.place) as tier,
    least_spends.least_spend,
    lead(least_spends.least_spend) over (order by least_spends.place) as next_spend
  from least_spends
),

to_tiers as (
  select 0 as place, '(inactive)' as tier, null as least_spend
  union all
  select tiers.place, tiers.tier, tiers.least_spend
  from tiers
),

given_tiers as (
  select
    customer_summary.customer_key,
    any_value(nullif(trim(contacts.tier, ' 　'), '')) as tier
  from contacts
  cross join settings
  inner join customer_summary on customer_summary.customer_id = contacts.customer_id
  where settings.is_given
  group by customer_summary.customer_key
),

members as (
  select
    spends.customer_key,
    case
      when settings.is_given then coalesce(given_tiers.tier, '(none)')
      when spends.first_day > settings.from_date then '(new)'
      else coalesce(from_sides.tier, '(inactive)')
    end as from_tier,
    coalesce(to_sides.tier, '(inactive)') as to_tier
  from spends
  cross join settings
  left join tiers as from_sides
    on (from_sides.least_spend is null or spends.from_spend >= from_sides.least_spend)
    and (from_sides.next_spend is null or spends.from_spend < from_sides.next_spend)
    and spends.from_spend is not null
  left join tiers as to_sides
    on (to_sides.least_spend is null or spends.to_spend >= to_sides.least_spend)
    and (to_sides.next_spend is null or spends.to_spend < to_sides.next_spend)
    and spends.to_spend is not null
  left join given_tiers on given_tiers.customer_key = spends.customer_key
),

from_tiers as (
  select to_tiers.place, to_tiers.tier, to_tiers.least_spend
  from to_tiers
  cross join settings
  where not settings.is_given
  union all
  select 99, '(new)', null
  from settings
  where not settings.is_given
  union all
  select case members.from_tier when '(none)' then 99 else 1 end, members.from_tier, null
  from members
  cross join settings
  where settings.is_given
  group by members.from_tier
),

moves as (
  select
    members.from_tier,
    members.to_tier,
    count(*) as customers
  from members
  group by members.from_tier, members.to_tier
),

counts as (
  select
    from_tiers.place as from_place,
    from_tiers.tier as from_tier,
    from_tiers.least_spend as from_least,
    to_tiers.place as to_place,
    to_tiers.tier as to_tier,
    to_tiers.least_spend as to_least,
    coalesce(moves.customers, 0) as customers,
    sum(coalesce(moves.customers, 0)) over (partition by from_tiers.place, from_tiers.tier) as from_customers,
    sum(coalesce(moves.customers, 0)) over () as all_customers
  from from_tiers
  cross join to_tiers
  left join moves on moves.from_tier = from_tiers.tier and moves.to_tier = to_tiers.tier
),

rates as (
  select
    counts.*,
    counts.from_tier = '(new)' and not settings.is_given as is_new,
    counts.from_tier != '(new)' and not settings.is_given as is_compared,
    counts.customers::double / nullif(counts.from_customers, 0) as share,
    nullif(counts.from_customers, 0) as n,
    1.959963984540054::double as z
  from counts
  cross join settings
  where counts.all_customers > 0
)

select
  rates.from_tier,
  rates.to_tier,
  rates.customers::integer as customers,
  rates.from_customers::integer as from_customers,
  rates.share,
  case when n is not null then greatest(0, (
      share + z * z / (2 * n) - z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as lower,
  case when n is not null then least(1, (
      share + z * z / (2 * n) + z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as upper,
  case when rates.is_compared then case when rates.to_place = rates.from_place then rates.customers else 0 end end
    ::integer as stayed,
  case when rates.is_compared then case when rates.to_place > rates.from_place then rates.customers else 0 end end
    ::integer as rose,
  case when rates.is_compared then case when rates.to_place < rates.from_place then rates.customers else 0 end end
    ::integer as fell,
  rates.from_least::double as from_least,
  rates.to_least::double as to_least,
  rates.is_new,
  case when not settings.is_given then settings.from_date end as from_date,
  settings.as_of as to_date,
  case when settings.is_given then settings.as_of else settings.from_date end - settings.tier_days + 1
    >= settings.first_date as is_complete
from rates
cross join settings
order by rates.from_place, rates.from_tier, rates.to_place;
