-- title: Exposure and repurchase
-- title.zh-Hans: 曝光与复购
-- title.zh-Hant: 曝光與回購
-- question: Do customers who were touched more often in the last 30 days buy more often in the next 30?
-- question.zh-Hans: 最近 30 天触达次数更多的客户，接下来 30 天是否更多地复购？
-- question.zh-Hant: 最近 30 天接觸次數更多的客戶，接下來 30 天是否更常回購？
-- definition: The reference day lies buy_days (30) before the observation end. Customers are those whose first order
--   was made by it. touches_30d = their rows of the contact file in the touch_days (30) days that end with the reference
--   day, in five groups: 0, 1, 2, 3–5, 6 and more; touches that came from the customer count too. repurchased = those
--   with an order in the buy_days days after it. rate = repurchased ÷ customers; lower and upper are its Wilson 95 %
--   interval, empty where nobody is. tier = RFM tier at the reference day: recency (days since the last order),
--   frequency (orders) and monetary (Σ net) are each scored 1 + ⌊3 · (customers strictly worse) ÷ n⌋, at most 3, as
--   with three scores in the RFM table; a sum of 7 to 9 is high, 5 or 6 middle, 3 or 4 low. all = the three together.
--   With snapshots above 1, the ends of the calendar months before the reference day are reference days as well, as
--   far back as the contact file covers all of their touch_days; a customer then counts once a reference day, and the
--   intervals, which take everybody as a case of their own, are too narrow. Exposure was not assigned at random: shops
--   touch whom they expect to buy, and who is about to buy gets in touch. A difference within a tier is a hint where a
--   test is worth while, no effect.
-- definition.zh-Hans: 参照日 = 截止日之前 buy_days（30）天。客户 = 首单不晚于参照日的客户。触达次数 = 截至参照日的
--   touch_days（30）天内，该客户在触达记录中的行数，分五组：0、1、2、3–5、6 次及以上；客户主动发起的也计。复购 = 参照日
--   之后 buy_days 天内有订单的客户。复购率 = 复购 ÷ 客户数，上下限为 Wilson 95% 区间，无人时为空。层级 = 参照日的 RFM
--   层级：最近一单距今天数、订单数、净额合计各按 1 + ⌊3 ×（严格更差的客户数）÷ n⌋ 计分，最高 3 分，与 RFM 表的三分制相
--   同；三项之和 7 至 9 为高，5 或 6 为中，3 或 4 为低。全部 = 三层合计。snapshots 大于 1 时，参照日之前各自然月的月末也
--   作为参照日，只要触达记录覆盖其全部 touch_days 天；这时一位客户在每个参照日各计一次，而区间把每次都当作独立个案，因
--   此偏窄。曝光并非随机分配：商家会触达他们认为会买的人，打算买的人也会主动联系。同一层级内的差异只提示哪里值得做实验，
--   并不是效果。
-- definition.zh-Hant: 參照日 = 截止日之前 buy_days（30）天。客戶 = 首單不晚於參照日的客戶。接觸次數 = 截至參照日的
--   touch_days（30）天內，該客戶在接觸紀錄中的列數，分五組：0、1、2、3–5、6 次及以上；客戶主動發起的也計。回購 = 參照日
--   之後 buy_days 天內有訂單的客戶。回購率 = 回購 ÷ 客戶數，上下限為 Wilson 95% 區間，無人時為空。層級 = 參照日的 RFM
--   層級：最近一單距今天數、訂單數、淨額合計各按 1 + ⌊3 ×（嚴格更差的客戶數）÷ n⌋ 計分，最高 3 分，與 RFM 表的三分制相
--   同；三項之和 7 至 9 為高，5 或 6 為中，3 或 4 為低。全部 = 三層合計。snapshots 大於 1 時，參照日之前各自然月的月底也
--   作為參照日，只要接觸紀錄涵蓋其全部 touch_days 天；這時一位客戶在每個參照日各計一次，而區間把每次都當作獨立個案，因
--   此偏窄。曝光並非隨機分配：商家會接觸他們認為會買的人，打算買的人也會主動聯絡。同一層級內的差異只提示哪裡值得做實驗，
--   並不是效果。
-- sentence: [Of {untouched} {untouched|customer|customers} whom nobody had touched {rate_0} bought again in the
--   days after, of {touched} who had been touched {rate_touched} ({lower} to {upper})|None of the {untouched}
--   {untouched|customer|customers} had been touched; {rate_0} bought again in the days after|Of {touched}
--   {touched|customer|customers} who had been touched {rate_touched} ({lower} to {upper}) bought again in the days
--   after; nobody was left untouched]; whom to touch was not left to chance, so this is no effect.{?any}|Not enough
--   time has passed yet: no customer has been observed for the days after.
-- sentence.zh-Hans: [{untouched} 位未被触达的客户中有 {rate_0} 随后复购，{touched} 位被触达的客户中有
--   {rate_touched}（{lower} 至 {upper}）|{untouched} 位客户都没有被触达，其中 {rate_0} 随后复购|{touched} 位被触达
--   的客户中有 {rate_touched}（{lower} 至 {upper}）随后复购，没有未被触达的客户]；触达谁并非随机，因此这不是效
--   果。{?any}|时间还不够：还没有客户在随后的几天里被观察到。
-- sentence.zh-Hant: [{untouched} 位未被接觸的客戶中有 {rate_0} 隨後回購，{touched} 位被接觸的客戶中有
--   {rate_touched}（{lower} 至 {upper}）|{untouched} 位客戶都沒有被接觸，其中 {rate_0} 隨後回購|{touched} 位被接觸
--   的客戶中有 {rate_touched}（{lower} 至 {upper}）隨後回購，沒有未被接觸的客戶]；接觸誰並非隨機，因此這不是效
--   果。{?any}|時間還不夠：還沒有客戶在隨後的幾天裡被觀察到。
-- group: private
-- needs: touches, customer_summary, customer_days
-- param: touch_days integer = 30 -- days up to the reference day in which touches count
-- param.zh-Hans: touch_days 触达天数 -- 截至参照日多少天内的触达计数
-- param.zh-Hant: touch_days 接觸天數 -- 截至參照日多少天內的接觸計數
-- param: buy_days integer = 30 -- days after the reference day in which an order counts
-- param.en: buy_days Days to buy in
-- param.zh-Hans: buy_days 复购天数 -- 参照日之后多少天内的订单计数
-- param.zh-Hant: buy_days 回購天數 -- 參照日之後多少天內的訂單計數
-- param: snapshots integer = 1 -- reference days: the last one, and ends of months before it
-- param.zh-Hans: snapshots 参照日个数 -- 最后一个，以及之前各月月末
-- param.zh-Hant: snapshots 參照日個數 -- 最後一個，以及之前各月月底
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers, repurchased of customers by touches_30d each tier
-- column: touches_30d text -- up to the reference day
-- column.en: touches_30d Touches
-- column.zh-Hans: touches_30d 触达次数 -- 截至参照日
-- column.zh-Hant: touches_30d 接觸次數 -- 截至參照日
-- column: customers count -- who had ordered by the reference day
-- column.zh-Hans: customers 客户数 -- 参照日之前已下单
-- column.zh-Hant: customers 客戶數 -- 參照日之前已下單
-- column: repurchased count -- with an order in the days after it
-- column.zh-Hans: repurchased 复购 -- 参照日之后有订单
-- column.zh-Hant: repurchased 回購 -- 參照日之後有訂單
-- column: rate share -- repurchased ÷ customers
-- column.en: rate Repurchase rate
-- column.zh-Hans: rate 复购率 -- 复购 ÷ 客户数
-- column.zh-Hant: rate 回購率 -- 回購 ÷ 客戶數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: tier text -- RFM tier at the reference day, or all
-- column.zh-Hans: tier 层级 -- 参照日的 RFM 层级，或全部
-- column.zh-Hant: tier 層級 -- 參照日的 RFM 層級，或全部
-- fact: untouched count = sum(customers) where tier = 'all' and touches_30d = '0'
-- fact: rate_0 share = ratio(repurchased, customers) where tier = 'all' and touches_30d = '0'
-- fact: touched count = sum(customers) where tier = 'all' and touches_30d != '0'
-- fact: rate_touched share = ratio(repurchased, customers) where tier = 'all' and touches_30d != '0'
-- fact: lower share = lower(repurchased, customers) where tier = 'all' and touches_30d != '0'
-- fact: upper share = upper(repurchased, customers) where tier = 'all' and touches_30d != '0'
-- fact: any number = max(customers) where tier = 'all' and customers > 0
-- chart: dots y=touches_30d x=rate series=tier lower=lower upper=upper n=customers -- Repurchase
-- chart.zh-Hans: 复购率
-- chart.zh-Hant: 回購率
-- chart: bars x=touches_30d y=customers series=tier -- Customers
-- chart.zh-Hans: 客户数
-- chart.zh-Hant: 客戶數
-- value: all = All
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: high = High
-- value.zh-Hans: high = 高
-- value.zh-Hant: high = 高
-- value: middle = Middle
-- value.zh-Hans: middle = 中
-- value.zh-Hant: middle = 中
-- value: low = Low
-- value.zh-Hans: low = 低
-- value.zh-Hant: low = 低
with
params as (
  select
    coalesce(getvariable('touch_days'), 30)::integer as touch_days,
    coalesce(getvariable('buy_days'), 30)::integer as buy_days,
    coalesce(getvariable('snapshots'), 1)::integer as snapshots,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    greatest(1, params.touch_days) as touch_days,
    greatest(1, params.buy_days) as buy_days,
    params.snapshots,
    params.as_of - greatest(1, params.buy_days) as last_day,
    1.959963984540054::double as z
  from params
),

touch_start as (
  select min(touches.touched_at)::date as first_touch
  from touches
),

month_indexes as (
  select (
    extract(year from settings.last_day) * 12 + extract(month from settings.last_day) - 1 - series.months
  )::integer as month_index
  from settings
  cross join generate_series(0, settings.snapshots - 2) as series(months)
),

month_ends as (
  select make_date(floor(month_indexes.month_index / 12)::integer, month_indexes.month_index % 12 + 1, 1) - 1 as day
  from month_indexes
),

reference_days as (
  select settings.last_day as day
  from settings
  union all
  select month_ends.day
  from month_ends
  cross join settings
  cross join touch_start
  where month_ends.day - settings.touch_days >= touch_start.first_touch - 1
),

measures as (
  select
    reference_days.day,
    customer_days.customer_key,
    max(customer_days.order_date) as last_order_date,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  inner join reference_days on customer_days.order_date <= reference_days.day
  group by reference_days.day, customer_days.customer_key
),

sizes as (
  select
    measures.day,
    count(*) as customers
  from measures
  group by measures.day
),

recency_ranks as (
  select
    measures.day,
    measures.last_order_date,
    sum(count(*)) over (partition by measures.day order by measures.last_order_date) - count(*) as worse
  from measures
  group by measures.day, measures.last_order_date
),

frequency_ranks as (
  select
    measures.day,
    measures.orders,
    sum(count(*)) over (partition by measures.day order by measures.orders) - count(*) as worse
  from measures
  group by measures.day, measures.orders
),

monetary_ranks as (
  select
    measures.day,
    measures.net,
    sum(count(*)) over (partition by measures.day order by measures.net) - count(*) as worse
  from measures
  group by measures.day, measures.net
),

scores as (
  select
    measures.day,
    measures.customer_key,
    3
    + floor(3 * recency_ranks.worse / sizes.customers)
    + floor(3 * frequency_ranks.worse / sizes.customers)
    + floor(3 * monetary_ranks.worse / sizes.customers) as score
  from measures
  inner join sizes on sizes.day = measures.day
  inner join recency_ranks
    on recency_ranks.day = measures.day
    and recency_ranks.last_order_date = measures.last_order_date
  inner join frequency_ranks on frequency_ranks.day = measures.day and frequency_ranks.orders = measures.orders
  inner join monetary_ranks on monetary_ranks.day = measures.day and monetary_ranks.net = measures.net
),

buyers as (
  select
    reference_days.day,
    customer_days.customer_key
  from customer_days
  cross join settings
  inner join reference_days
    on customer_days.order_date > reference_days.day
    and customer_days.order_date <= reference_days.day + settings.buy_days
  group by reference_days.day, customer_days.customer_key
),

touch_counts as (
  select
    reference_days.day,
    touches.customer_id,
    count(*) as touches
  from touches
  cross join settings
  inner join reference_days
    on touches.touched_at::date > reference_days.day - settings.touch_days
    and touches.touched_at::date <= reference_days.day
  group by reference_days.day, touches.customer_id
),

touched_customers as (
  select
    touch_counts.day,
    customer_summary.customer_key,
    touch_counts.touches
  from touch_counts
  inner join customer_summary on customer_summary.customer_id = touch_counts.customer_id
),

people as (
  select
    case when scores.score >= 7 then 'high' when scores.score >= 5 then 'middle' else 'low' end as tier,
    case
      when touched_customers.touches >= 6 then 5
      when touched_customers.touches >= 3 then 4
      else coalesce(touched_customers.touches, 0) + 1
    end as bin,
    buyers.customer_key is not null as has_bought
  from scores
  left join touched_customers
    on touched_customers.day = scores.day
    and touched_customers.customer_key = scores.customer_key
  left join buyers on buyers.day = scores.day and buyers.customer_key = scores.customer_key
),

tier_cells as (
  select
    people.tier,
    people.bin,
    count(*) as customers,
    sum(case when people.has_bought then 1 else 0 end) as repurchased
  from people
  group by people.tier, people.bin
),

cells as (
  select tier, bin, customers, repurchased
  from tier_cells
  union all
  select
    'all',
    bin,
    sum(customers),
    sum(repurchased)
  from tier_cells
  group by bin
),

bins (bin, name) as (
  values (1, '0'), (2, '1'), (3, '2'), (4, '3–5'), (5, '6+')
),

tiers (place, tier) as (
  values (1, 'all'), (2, 'high'), (3, 'middle'), (4, 'low')
),

totals as (
  select count(*) as customers
  from people
),

rates as (
  select
    bins.name,
    bins.bin,
    tiers.tier,
    tiers.place,
    coalesce(cells.customers, 0) as customers,
    coalesce(cells.repurchased, 0) as repurchased,
    cells.repurchased::double / cells.customers as rate,
    cells.customers as n
  from tiers
  cross join bins
  cross join totals
  left join cells on cells.tier = tiers.tier and cells.bin = bins.bin
  where totals.customers > 0
)

select
  rates.name as touches_30d,
  rates.customers::integer as customers,
  rates.repurchased::integer as repurchased,
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
  rates.tier
from rates
cross join settings
order by rates.place, rates.bin;
