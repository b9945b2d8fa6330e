-- title: Returns and trust
-- title.zh-Hans: 退款与信任
-- title.zh-Hant: 退款與信任
-- question: Do customers whose first order was refunded, or poorly rated, come back less often?
-- question.zh-Hans: 首单退款或评分低的客户，回来得更少吗？
-- question.zh-Hant: 首單退款或評分低的客戶，回來得更少嗎？
-- definition: customers = those observed for at least n_days days after their first order. refunded: part or all
--   of the first order was paid back, whenever that was; clean: nothing was. repeaters = those whose second order
--   came within n_days days of the first; repeat_rate = repeaters ÷ customers, with its Wilson 95 % interval;
--   difference = repeat_rate − that of the clean first orders. Where ratings are given: ★ is the rating of the
--   first order, rounded to a whole number; of several the last one counts, of those given at once the lowest. A
--   rating that names a customer and no order counts for the first order until the second one comes. unrated:
--   the first order has none. The groups of refunds and those of ratings hold the same customers, so they are not
--   added to each other. A difference is no proof of a cause: what was refunded may differ in other ways too.
-- definition.zh-Hans: 客户数 = 首单后至少已观察 n_days 天的客户。refunded（已退款）：首单退过部分或全部款项，
--   不论何时；clean（未退款）：没有退款。复购客户数 = 首单后 n_days 天内有第二单的客户；复购率 = 复购客户数 ÷
--   客户数，附 Wilson 95% 置信区间；差值 = 该组复购率 − 首单未退款客户的复购率。有评分时：★
--   为首单评分，四舍五入取整；多次评分取最后一次，同时给出的取最低。只写客户、不写订单的评分，在第二单之前都算首单的。
--   unrated（未评分）：首单没有评分。退款各组与评分各组是同一批客户，不可相加。差值不证明因果：退款的订单可能还有其他不同。
-- definition.zh-Hant: 客戶數 = 首單後至少已觀察 n_days 天的客戶。refunded（已退款）：首單退過部分或全部款項，
--   不論何時；clean（未退款）：沒有退款。回購客戶數 = 首單後 n_days 天內有第二單的客戶；回購率 = 回購客戶數 ÷
--   客戶數，附 Wilson 95% 信賴區間；差值 = 該組回購率 − 首單未退款客戶的回購率。有評分時：★
--   為首單評分，四捨五入取整；多次評分取最後一次，同時給出的取最低。只寫客戶、不寫訂單的評分，在第二單之前都算首單的。
--   unrated（未評分）：首單沒有評分。退款各組與評分各組是同一批客戶，不可相加。差值不證明因果：退款的訂單可能還有其他不同。
-- sentence: [After a refunded first order {refunded} came back within the given days ({refunded_lower} to
--   {refunded_upper}, n = {refunded_n})[, after a clean one {clean} ({clean_lower} to {clean_upper}, n =
--   {clean_n})]|No first order that has been observed for the given days was refunded; after a clean one {clean}
--   came back within them ({clean_lower} to {clean_upper}, n = {clean_n})].{?any}|Not enough time has passed yet:
--   no customer has been observed for the given days after the first order.
-- sentence.zh-Hans: [首单退款的客户在指定天数内有 {refunded} 复购（{refunded_lower} 至 {refunded_upper}，n =
--   {refunded_n}）[，首单未退款的有 {clean}（{clean_lower} 至 {clean_upper}，n = {clean_n}）]|观察满指定天数的首单
--   都没有退款；首单未退款的客户有 {clean} 在这些天内复购（{clean_lower} 至 {clean_upper}，n =
--   {clean_n}）]。{?any}|时间还不够：没有客户在首单后被观察满指定天数。
-- sentence.zh-Hant: [首單退款的客戶在指定天數內有 {refunded} 回購（{refunded_lower} 至 {refunded_upper}，n =
--   {refunded_n}）[，首單未退款的有 {clean}（{clean_lower} 至 {clean_upper}，n = {clean_n}）]|觀察滿指定天數的首單
--   都沒有退款；首單未退款的客戶有 {clean} 在這些天內回購（{clean_lower} 至 {clean_upper}，n =
--   {clean_n}）]。{?any}|時間還不夠：沒有客戶在首單後被觀察滿指定天數。
-- group: products
-- needs: orders, customer_summary
-- drill: customers = select first_orders.customer_key from first_orders cross join this_row where this_row.kind =
--   'refund' and first_orders.is_refunded = (this_row."group" = 'refunded') union select rated_customers.customer_key
--   from rated_customers cross join this_row where this_row.kind = 'rating' and coalesce('★ ' ||
--   rated_customers.stars::varchar, 'unrated') = this_row."group"
-- param: n_days integer = 90 -- days within which the second order counts
-- param.en: n_days Days to come back in
-- param.zh-Hans: n_days 天数 -- 第二单须在多少天之内
-- param.zh-Hant: n_days 天數 -- 第二單須在多少天之內
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- first orders from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起的首单，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起的首單，留空為全部歷史
-- param: to date = -- first orders up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止的首单，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止的首單，留空為全部歷史
-- counts: customers, repeaters of customers by group each kind
-- column: group text -- what became of the first order
-- column.zh-Hans: group 分组 -- 首单的情况
-- column.zh-Hant: group 分組 -- 首單的情況
-- column: customers count -- observed for at least n_days days
-- column.zh-Hans: customers 客户数 -- 至少观察满 n_days 天
-- column.zh-Hant: customers 客戶數 -- 至少觀察滿 n_days 天
-- column: repeat_rate share -- repeaters ÷ customers
-- column.zh-Hans: repeat_rate 复购率 -- 复购客户数 ÷ 客户数
-- column.zh-Hant: repeat_rate 回購率 -- 回購客戶數 ÷ 客戶數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: repeaters count -- second order within n_days days
-- column.zh-Hans: repeaters 复购客户数 -- n_days 天内有第二单
-- column.zh-Hant: repeaters 回購客戶數 -- n_days 天內有第二單
-- column: difference share -- from the clean first orders
-- column.zh-Hans: difference 差值 -- 与首单未退款者相比
-- column.zh-Hant: difference 差值 -- 與首單未退款者相比
-- column: kind text -- what the group goes by
-- column.zh-Hans: kind 分组依据 -- 按退款或按评分
-- column.zh-Hant: kind 分組依據 -- 按退款或按評分
-- fact: refunded share = ratio(repeaters, customers) where group = 'refunded'
-- fact: refunded_lower share = lower(repeaters, customers) where group = 'refunded'
-- fact: refunded_upper share = upper(repeaters, customers) where group = 'refunded'
-- fact: refunded_n count = sum(customers) where group = 'refunded'
-- fact: clean share = ratio(repeaters, customers) where group = 'clean'
-- fact: clean_lower share = lower(repeaters, customers) where group = 'clean'
-- fact: clean_upper share = upper(repeaters, customers) where group = 'clean'
-- fact: clean_n count = sum(customers) where group = 'clean'
-- fact: any number = max(customers) where group != 'all' and customers > 0
-- chart: dots y=group x=repeat_rate lower=lower upper=upper n=customers
-- value: clean = clean first order
-- value.zh-Hans: clean = 首单未退款
-- value.zh-Hant: clean = 首單未退款
-- value: refunded = refunded first order
-- value.zh-Hans: refunded = 首单已退款
-- value.zh-Hant: refunded = 首單已退款
-- value: unrated = unrated
-- value.zh-Hans: unrated = 未评分
-- value.zh-Hant: unrated = 未評分
-- value: refund = by refund
-- value.zh-Hans: refund = 按退款
-- value.zh-Hant: refund = 按退款
-- value: rating = by rating
-- value.zh-Hans: rating = 按评分
-- value.zh-Hant: rating = 按評分
with
params as (
  select
    coalesce(getvariable('n_days'), 90)::integer as n_days,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

starts as (
  select
    customer_summary.customer_key,
    customer_summary.customer_id,
    customer_summary.first_order_date
  from customer_summary
  cross join params
  where
    customer_summary.first_order_date + params.n_days <= params.as_of
    and (params.from_date is null or customer_summary.first_order_date >= params.from_date)
    and (params.to_date is null or customer_summary.first_order_date <= params.to_date)
),

second_orders as (
  select
    orders.customer_key,
    orders.ordered_at,
    orders.order_date
  from orders
  where orders.order_number = 2
),

first_orders as (
  select
    starts.customer_key,
    starts.customer_id,
    orders.order_id,
    orders.ordered_at,
    orders.refund > 0 as is_refunded,
    second_orders.ordered_at as second_at,
    coalesce(second_orders.order_date - starts.first_order_date <= params.n_days, false) as is_repeater
  from starts
  inner join orders on orders.customer_key = starts.customer_key and orders.order_number = 1
  left join second_orders on second_orders.customer_key = starts.customer_key
  cross join params
),

given_ratings as (
  select
    first_orders.customer_key,
    ratings.rated_at,
    ratings.score
  from ratings
  inner join first_orders on first_orders.order_id = ratings.order_id
  cross join params
  where ratings.score is not null and (ratings.rated_at is null or ratings.rated_at::date <= params.as_of)
  union all
  select
    first_orders.customer_key,
    ratings.rated_at,
    ratings.score
  from ratings
  inner join first_orders on first_orders.customer_id = ratings.customer_id
  cross join params
  where
    ratings.score is not null
    and ratings.order_id is null
    and ratings.rated_at >= first_orders.ordered_at
    and (first_orders.second_at is null or ratings.rated_at < first_orders.second_at)
    and ratings.rated_at::date <= params.as_of
),

ranked_ratings as (
  select
    given_ratings.customer_key,
    round(given_ratings.score)::integer as stars,
    row_number() over (
      partition by given_ratings.customer_key order by given_ratings.rated_at desc nulls last, given_ratings.score
    ) as place
  from given_ratings
),

-- an absent rating is no group where nobody rated
rated_customers as (
  select
    first_orders.customer_key,
    first_orders.is_repeater,
    ranked_ratings.stars,
    count(ranked_ratings.stars) over () as all_ratings
  from first_orders
  left join ranked_ratings on ranked_ratings.customer_key = first_orders.customer_key and ranked_ratings.place = 1
),

refund_groups (place, group_name, is_refunded) as (
  values (1, 'clean', false), (2, 'refunded', true)
),

groups as (
  select
    refund_groups.place,
    null as stars,
    refund_groups.group_name,
    'refund' as kind,
    count(first_orders.customer_key) as customers,
    sum(case when first_orders.is_repeater then 1 else 0 end) as repeaters
  from refund_groups
  left join first_orders on first_orders.is_refunded = refund_groups.is_refunded
  group by refund_groups.place, refund_groups.group_name
  union all
  select
    3 as place,
    rated_customers.stars,
    coalesce('★ ' || rated_customers.stars::varchar, 'unrated') as group_name,
    'rating' as kind,
    count(*) as customers,
    sum(case when rated_customers.is_repeater then 1 else 0 end) as repeaters
  from rated_customers
  where rated_customers.all_ratings > 0
  group by rated_customers.stars
),

rates as (
  select
    groups.*,
    groups.repeaters::double / nullif(groups.customers, 0) as rate,
    nullif(groups.customers, 0) as n,
    1.959963984540054::double as z
  from groups
),

clean_rates as (
  select rates.rate as clean_rate
  from rates
  where rates.group_name = 'clean'
)

select
  rates.group_name as "group",
  rates.customers::integer as customers,
  rates.rate as repeat_rate,
  case when n is not null then greatest(0, (
      rate + z * z / (2 * n) - z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as lower,
  case when n is not null then least(1, (
      rate + z * z / (2 * n) + z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as upper,
  rates.repeaters::integer as repeaters,
  rates.rate - clean_rates.clean_rate as difference,
  rates.kind
from rates
cross join clean_rates
order by rates.place, rates.stars nulls last;
