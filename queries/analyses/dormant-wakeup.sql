-- title: Waking dormant customers
-- title.zh-Hans: 沉睡客户唤醒
-- title.zh-Hant: 沉睡客戶喚醒
-- question: Do dormant customers come back more often when the shop reaches out to them?
-- question.zh-Hans: 主动触达之后，沉睡客户是否更多地回来购买？
-- question.zh-Hant: 主動接觸之後，沉睡客戶是否更常回來購買？
-- definition: At the first day of every month a customer is dormant whose last order lies at least D days back. D is
--   as set; else the 90th percentile (linear) of all days between two purchase days of a customer, the P90 of the
--   purchase intervals. touched = dormant customers with a touch in the month, not after the day of their next order;
--   untouched = the other dormant ones. Woken = ordered within W days (wake_days): of the first touch of the month,
--   or, untouched, of the first of the month. rate = woken_touched ÷ touched; lower and upper are its Wilson 95 %
--   interval. untouched_rate = woken_untouched ÷ untouched. uplift = rate − untouched_rate, with Newcombe’s 95 %
--   interval made of both Wilson intervals. Every touch counts, also one that came from the customer. A month is
--   complete when it and W more days lie at or before the observation end. It is a comparison, not an experiment:
--   shops choose whom they touch, and who orders before being touched counts as untouched.
-- definition.zh-Hans: 每月第一天，最后一单距今至少 D 天的客户为沉睡客户。D 可填写；留空则取同一客户两个购买日之间全部
--   间隔的第 90 百分位（线性），即购买间隔的 P90。被触达 = 当月内、且不晚于其下一单当天受到触达的沉睡客户；未触达 =
--   其余沉睡客户。唤醒 = 在 W 天（唤醒天数）内下单：被触达的从当月首次触达算起，未触达的从当月第一天算起。唤醒率 = 触
--   达后唤醒 ÷ 被触达，上下限为 Wilson 95% 区间。未触达唤醒率 = 未触达而唤醒 ÷ 未触达。提升 = 唤醒率 − 未触达唤醒率，
--   附由两个 Wilson 区间合成的 Newcombe 95% 区间。所有触达都计，包括客户主动发起的。当月及其后 W 天全部不晚于截止日时
--   为完整。这是对比而非实验：触达谁由商家选择，且先下单后被触达的人算作未触达。
-- definition.zh-Hant: 每月第一天，最後一單距今至少 D 天的客戶為沉睡客戶。D 可填寫；留空則取同一客戶兩個購買日之間全部
--   間隔的第 90 百分位（線性），即購買間隔的 P90。被接觸 = 當月內、且不晚於其下一單當天受到接觸的沉睡客戶；未接觸 =
--   其餘沉睡客戶。喚醒 = 在 W 天（喚醒天數）內下單：被接觸的從當月首次接觸算起，未接觸的從當月第一天算起。喚醒率 = 接
--   觸後喚醒 ÷ 被接觸，上下限為 Wilson 95% 區間。未接觸喚醒率 = 未接觸而喚醒 ÷ 未接觸。提升 = 喚醒率 − 未接觸喚醒率，
--   附由兩個 Wilson 區間合成的 Newcombe 95% 區間。所有接觸都計，包括客戶主動發起的。當月及其後 W 天全部不晚於截止日時
--   為完整。這是對比而非實驗：接觸誰由商家選擇，且先下單後被接觸的人算作未接觸。
-- sentence: After {dormant_after} without an order a customer is dormant.[ Over the complete months {rate} of those
--   touched woke ({lower} to {upper}, n = {touched})[, of the others {untouched_rate}].| Over the complete months
--   none of them was touched[; {untouched_rate} of them woke].| No dormant customer has been observed for long
--   enough to say who wakes.]|Nobody is dormant yet: it takes purchase intervals, and customers who are silent for
--   longer than those.
-- sentence.zh-Hans: {dormant_after}没有下单即为沉睡。[在完整的月份中，被触达的客户有 {rate} 被唤醒（{lower} 至
--   {upper}，n = {touched}）[，其余为 {untouched_rate}]。|在完整的月份中，沉睡客户都没有被触达[；其中
--   {untouched_rate} 自行醒来]。|还没有沉睡客户被观察足够久，无法知道谁会醒来。]|还没有客户沉睡：要先有购买间隔，以
--   及沉默得比间隔更久的客户。
-- sentence.zh-Hant: {dormant_after}沒有下單即為沉睡。[在完整的月份中，被接觸的客戶有 {rate} 被喚醒（{lower} 至
--   {upper}，n = {touched}）[，其餘為 {untouched_rate}]。|在完整的月份中，沉睡客戶都沒有被接觸[；其中
--   {untouched_rate} 自行醒來]。|還沒有沉睡客戶被觀察足夠久，無法知道誰會醒來。]|還沒有客戶沉睡：要先有購買間隔，以
--   及沉默得比間隔更久的客戶。
-- group: private
-- needs: touches, customer_summary, customer_days
-- drill: dormant = select spells.customer_key from spells cross join this_row where this_row.month between
--   spells.first_day and spells.last_day
-- param: dormant_days integer = -- D, days without an order; the 90th percentile of the purchase intervals when empty
-- param.zh-Hans: dormant_days 沉睡天数 -- D，多少天没有下单；留空取购买间隔的第 90 百分位
-- param.zh-Hant: dormant_days 沉睡天數 -- D，多少天沒有下單；留空取購買間隔的第 90 百分位
-- param: wake_days integer = 30 -- W, days from the touch, or from the first of the month, within which an order
--   counts
-- param.zh-Hans: wake_days 唤醒天数 -- W，触达（或当月第一天）后多少天内的订单才算
-- param.zh-Hant: wake_days 喚醒天數 -- W，接觸（或當月第一天）後多少天內的訂單才算
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
-- counts: dormant, touched of dormant, woken_touched of touched, woken_untouched of untouched each month
-- column: month date -- first day
-- column.zh-Hans: month 月份 -- 第一天
-- column.zh-Hant: month 月份 -- 第一天
-- column: dormant count -- customers at the first day
-- column.zh-Hans: dormant 沉睡客户 -- 当月第一天
-- column.zh-Hant: dormant 沉睡客戶 -- 當月第一天
-- column: touched count -- of them
-- column.zh-Hans: touched 被触达 -- 其中受到触达的
-- column.zh-Hant: touched 被接觸 -- 其中受到接觸的
-- column: woken_touched count -- touched, and ordered
-- column.zh-Hans: woken_touched 触达后唤醒 -- 被触达并下单
-- column.zh-Hant: woken_touched 接觸後喚醒 -- 被接觸並下單
-- column: woken_untouched count -- not touched, and ordered
-- column.zh-Hans: woken_untouched 未触达而唤醒 -- 未触达但下单
-- column.zh-Hant: woken_untouched 未接觸而喚醒 -- 未接觸但下單
-- column: rate share -- woken_touched ÷ touched
-- column.en: rate Rate of the touched
-- column.zh-Hans: rate 唤醒率 -- 触达后唤醒 ÷ 被触达
-- column.zh-Hant: rate 喚醒率 -- 接觸後喚醒 ÷ 被接觸
-- column: uplift share -- rate − untouched_rate
-- column.zh-Hans: uplift 提升 -- 唤醒率 − 未触达唤醒率
-- column.zh-Hant: uplift 提升 -- 喚醒率 − 未接觸喚醒率
-- column: lower share -- of rate, Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- 唤醒率的 Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- 喚醒率的 Wilson 95% 區間
-- column: upper share -- of rate, Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- 唤醒率的 Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- 喚醒率的 Wilson 95% 區間
-- column: untouched count -- dormant − touched
-- column.zh-Hans: untouched 未触达 -- 沉睡客户 − 被触达
-- column.zh-Hant: untouched 未接觸 -- 沉睡客戶 − 被接觸
-- column: untouched_rate share -- woken_untouched ÷ untouched
-- column.en: untouched_rate Rate of the untouched
-- column.zh-Hans: untouched_rate 未触达唤醒率 -- 未触达而唤醒 ÷ 未触达
-- column.zh-Hant: untouched_rate 未接觸喚醒率 -- 未接觸而喚醒 ÷ 未接觸
-- column: uplift_lower share -- of uplift, Newcombe 95 %
-- column.zh-Hans: uplift_lower 提升下限 -- Newcombe 95% 区间
-- column.zh-Hant: uplift_lower 提升下限 -- Newcombe 95% 區間
-- column: uplift_upper share -- of uplift, Newcombe 95 %
-- column.zh-Hans: uplift_upper 提升上限 -- Newcombe 95% 区间
-- column.zh-Hant: uplift_upper 提升上限 -- Newcombe 95% 區間
-- column: dormant_after_days days -- D
-- column.zh-Hans: dormant_after_days 沉睡天数 -- D
-- column.zh-Hant: dormant_after_days 沉睡天數 -- D
-- column: is_complete flag -- the month and wake_days more lie at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 当月及其后的唤醒天数不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 當月及其後的喚醒天數不晚於觀察截止日
-- fact: dormant_after days = first(dormant_after_days)
-- fact: touched count = sum(touched) where is_complete = true
-- fact: rate share = ratio(woken_touched, touched) where is_complete = true
-- fact: lower share = lower(woken_touched, touched) where is_complete = true
-- fact: upper share = upper(woken_touched, touched) where is_complete = true
-- fact: untouched_rate share = ratio(woken_untouched, untouched) where is_complete = true
-- chart: lines x=month y=uplift lower=uplift_lower upper=uplift_upper n=touched complete=is_complete -- Uplift
-- chart.zh-Hans: 提升
-- chart.zh-Hant: 提升
-- chart: lines x=month y=rate lower=lower upper=upper n=touched complete=is_complete -- Rate
-- chart.zh-Hans: 唤醒率
-- chart.zh-Hant: 喚醒率
-- chart: stack x=month y1=touched y2=untouched complete=is_complete -- Dormant customers
-- chart.zh-Hans: 沉睡客户
-- chart.zh-Hant: 沉睡客戶
with
params as (
  select
    getvariable('dormant_days')::integer as dormant_days,
    coalesce(getvariable('wake_days'), 30)::integer as wake_days,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    1.959963984540054::double as z
  from params
),

days as (
  select
    customer_days.customer_key,
    customer_days.order_date,
    customer_days.days_since_previous,
    lead(customer_days.order_date) over (
      partition by customer_days.customer_key order by customer_days.order_date
    ) as next_date
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.as_of
),

thresholds as (
  select
    min(days.order_date) as first_day,
    -- rounded, so that 30 days do not become 31 by what is lost in halves
    coalesce(
      any_value(settings.dormant_days),
      round(quantile_cont(days.days_since_previous::double, 0.9), 6)
    ) as dormant_days
  from days
  cross join settings
),

-- from which first of a month on somebody is dormant, and until which
spells as (
  select
    days.customer_key,
    days.order_date + greatest(1, ceil(thresholds.dormant_days))::integer as first_day,
    coalesce(days.next_date, settings.as_of) as last_day,
    days.next_date
  from days
  cross join thresholds
  cross join settings
  where
    thresholds.dormant_days is not null
    and days.order_date + greatest(1, ceil(thresholds.dormant_days))::integer
      <= coalesce(days.next_date, settings.as_of)
),

month_indexes as (
  select series.month_index::integer as month_index
  from thresholds
  cross join settings
  cross join generate_series(
    (extract(year from thresholds.first_day) * 12 + extract(month from thresholds.first_day))::integer,
    (extract(year from settings.as_of) * 12 + extract(month from settings.as_of) - 1)::integer
  ) as series(month_index)
  where thresholds.dormant_days is not null
),

starts as (
  select make_date(floor(month_indexes.month_index / 12)::integer, month_indexes.month_index % 12 + 1, 1) as month
  from month_indexes
),

months as (
  select
    starts.month,
    last_day(starts.month) as last_day,
    starts.month + settings.wake_days as wake_until
  from starts
  cross join settings
),

dormants as (
  select
    months.month,
    count(*) as customers
  from months
  inner join spells on spells.first_day <= months.month and spells.last_day >= months.month
  group by months.month
),

wakings as (
  select
    months.month,
    count(*) as customers
  from months
  inner join spells
    on spells.first_day <= months.month
    and spells.next_date between months.month and months.wake_until
  group by months.month
),

touch_days as (
  select
    customer_summary.customer_key,
    touches.touched_at::date as touch_date
  from touches
  inner join customer_summary on customer_summary.customer_id = touches.customer_id
  cross join settings
  where touches.touched_at::date <= settings.as_of
  group by customer_summary.customer_key, touch_date
),

touched_people as (
  select
    months.month,
    spells.customer_key,
    min(touch_days.touch_date) as touch_date,
    min(spells.next_date) as next_date,
    min(months.wake_until) as wake_until
  from touch_days
  inner join months on touch_days.touch_date between months.month and months.last_day
  inner join spells
    on spells.customer_key = touch_days.customer_key
    and spells.first_day <= months.month
    and spells.last_day >= months.month
  where spells.next_date is null or touch_days.touch_date <= spells.next_date
  group by months.month, spells.customer_key
),

touch_counts as (
  select
    touched_people.month,
    count(*) as touched,
    sum(case when touched_people.next_date <= touched_people.touch_date + settings.wake_days then 1 else 0 end)
      as woken,
    -- among all who ordered within the days from the first of the month
    sum(case when touched_people.next_date <= touched_people.wake_until then 1 else 0 end) as woken_by_then
  from touched_people
  cross join settings
  group by touched_people.month
),

counts as (
  select
    months.month,
    months.last_day + settings.wake_days <= settings.as_of as is_complete,
    coalesce(dormants.customers, 0) as dormant,
    coalesce(touch_counts.touched, 0) as touched,
    coalesce(touch_counts.woken, 0) as woken_touched,
    coalesce(wakings.customers, 0) - coalesce(touch_counts.woken_by_then, 0) as woken_untouched,
    coalesce(dormants.customers, 0) - coalesce(touch_counts.touched, 0) as untouched
  from months
  cross join settings
  left join dormants on dormants.month = months.month
  left join wakings on wakings.month = months.month
  left join touch_counts on touch_counts.month = months.month
),

rates as (
  select
    counts.*,
    counts.woken_touched::double / nullif(counts.touched, 0) as rate,
    nullif(counts.touched, 0) as n,
    counts.woken_untouched::double / nullif(counts.untouched, 0) as other_rate,
    nullif(counts.untouched, 0) as other_n
  from counts
),

bounds as (
  select
    rates.*,
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
    case when rates.other_n is not null then greatest(0, (
        rates.other_rate + settings.z * settings.z / (2 * rates.other_n)
        - settings.z * sqrt(
          (rates.other_rate * (1 - rates.other_rate) + settings.z * settings.z / (4 * rates.other_n))
          / rates.other_n
        )
      ) / (1 + settings.z * settings.z / rates.other_n))::double end as other_lower,
    case when rates.other_n is not null then least(1, (
        rates.other_rate + settings.z * settings.z / (2 * rates.other_n)
        + settings.z * sqrt(
          (rates.other_rate * (1 - rates.other_rate) + settings.z * settings.z / (4 * rates.other_n))
          / rates.other_n
        )
      ) / (1 + settings.z * settings.z / rates.other_n))::double end as other_upper
  from rates
  cross join settings
)

select
  bounds.month,
  bounds.dormant::integer as dormant,
  bounds.touched::integer as touched,
  bounds.woken_touched::integer as woken_touched,
  bounds.woken_untouched::integer as woken_untouched,
  bounds.rate,
  bounds.rate - bounds.other_rate as uplift,
  bounds.lower,
  bounds.upper,
  bounds.untouched::integer as untouched,
  bounds.other_rate as untouched_rate,
  bounds.rate - bounds.other_rate
    - sqrt(power(bounds.rate - bounds.lower, 2) + power(bounds.other_upper - bounds.other_rate, 2)) as uplift_lower,
  bounds.rate - bounds.other_rate
    + sqrt(power(bounds.upper - bounds.rate, 2) + power(bounds.other_rate - bounds.other_lower, 2)) as uplift_upper,
  thresholds.dormant_days::double as dormant_after_days,
  bounds.is_complete
from bounds
cross join thresholds
cross join settings
where
  (settings.from_date is null or bounds.month >= settings.from_date)
  and (settings.to_date is null or bounds.month <= settings.to_date)
order by bounds.month;
