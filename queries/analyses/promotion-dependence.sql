-- title: Promotion dependence
-- title.zh-Hans: 促销依赖
-- title.zh-Hant: 促銷依賴
-- question: How much of the business hangs on discounts, and do customers won by them come back?
-- question.zh-Hans: 生意有多依赖优惠？靠优惠赢得的客户会回来吗？
-- question.zh-Hant: 生意有多依賴優惠？靠優惠贏得的客戶會回來嗎？
-- definition: An order is discounted when its discount is above 0 or it names a coupon, else it is at full price.
--   discounted_share = discounted ÷ all orders of the period. promo_acquired = customers whose first order falls in
--   the period and was discounted. Repeat rates: of the customers acquired in the period and observed for at least
--   n_days days, those with a second order within n_days days of the first, by promotion and at full price apart;
--   lift = the one ÷ the other, empty where the other is empty or 0. The dip: of the period’s orders of known
--   customers that were observed for dip_days days, those after which the customer bought again on a later day
--   within dip_days days; dip = that share after discounted orders − after orders at full price, so below 0 means
--   that buyers at a discount had stocked up. Where no order has a discount or coupon column at all, nobody knows
--   what was discounted, and these figures are empty. Intervals are Wilson 95 %. Periods without orders are rows
--   of 0.
-- definition.zh-Hans: 优惠金额大于 0 或写有优惠券的订单为优惠订单，其余为原价订单。优惠订单占比 = 本期优惠订单 ÷
--   本期全部订单。优惠新客 = 首单在本期且为优惠订单的客户。复购率：本期获得且至少已观察 n_days 天的客户中，首单后
--   n_days 天内有第二单的比例，优惠与原价分开计算；提升度 = 前者 ÷ 后者，后者为空或 0 时为空。回落：
--   本期已识别客户、且已观察 dip_days 天的订单中，该客户在之后 dip_days 天内的另一天再次购买的比例；回落 =
--   优惠订单之后的比例 − 原价订单之后的比例，小于 0 表示优惠时已经囤货。若所有订单都没有优惠金额和优惠券，
--   无从得知哪些是优惠订单，相关数值留空。区间为 Wilson 95% 置信区间。没有订单的周期各项为 0。
-- definition.zh-Hant: 優惠金額大於 0 或寫有優惠券的訂單為優惠訂單，其餘為原價訂單。優惠訂單占比 = 本期優惠訂單 ÷
--   本期全部訂單。優惠新客 = 首單在本期且為優惠訂單的客戶。回購率：本期獲得且至少已觀察 n_days 天的客戶中，首單後
--   n_days 天內有第二單的比例，優惠與原價分開計算；提升度 = 前者 ÷ 後者，後者為空或 0 時為空。回落：
--   本期已識別客戶、且已觀察 dip_days 天的訂單中，該客戶在之後 dip_days 天內的另一天再次購買的比例；回落 =
--   優惠訂單之後的比例 − 原價訂單之後的比例，小於 0 表示優惠時已經囤貨。若所有訂單都沒有優惠金額和優惠券，
--   無從得知哪些是優惠訂單，相關數值留空。區間為 Wilson 95% 信賴區間。沒有訂單的週期各項為 0。
-- sentence: Over the complete periods {discounted} of the orders were discounted[; {promo} of the customers
--   acquired by promotion came back within the given days (n = {promo_n})[, against {full_price} at full price (n =
--   {full_price_n})]|; {full_price} of the customers acquired at full price came back within the given days (n =
--   {full_price_n})].[ In the days right after, {after_promo} bought again after a discounted order, {after_full}
--   after one at full price.]|There is nothing to say yet: no complete period has orders whose discount is known.
-- sentence.zh-Hans: 在完整周期内，{discounted} 的订单为优惠订单[；优惠新客在指定天数内有 {promo} 复购（n =
--   {promo_n}）[，原价新客有 {full_price}（n = {full_price_n}）]|；原价新客在指定天数内有 {full_price} 复购（n =
--   {full_price_n}）]。[紧接着的几天里，优惠订单之后有 {after_promo} 再次购买，原价订单之后有 {after_full}。]|暂时
--   没有可说的：没有一个完整周期有已知是否优惠的订单。
-- sentence.zh-Hant: 在完整週期內，{discounted} 的訂單為優惠訂單[；優惠新客在指定天數內有 {promo} 回購（n =
--   {promo_n}）[，原價新客有 {full_price}（n = {full_price_n}）]|；原價新客在指定天數內有 {full_price} 回購（n =
--   {full_price_n}）]。[緊接著的幾天裡，優惠訂單之後有 {after_promo} 再次購買，原價訂單之後有 {after_full}。]|暫時
--   沒有可說的：沒有一個完整週期有已知是否優惠的訂單。
-- group: products
-- needs: orders, customer_summary, customer_days
-- wants: discount
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: n_days integer = 90 -- days within which the second order counts
-- param.en: n_days Days to come back in
-- param.zh-Hans: n_days 天数 -- 第二单须在多少天之内
-- param.zh-Hant: n_days 天數 -- 第二單須在多少天之內
-- param: dip_days integer = 14 -- days right after an order that the dip looks at
-- param.zh-Hans: dip_days 回落天数 -- 回落考察订单之后的多少天
-- param.zh-Hant: dip_days 回落天數 -- 回落考察訂單之後的多少天
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
-- counts: new_customers, promo_acquired of new_customers, discounted_orders of orders, promo_customers,
--   promo_repeaters of promo_customers, full_price_customers, full_price_repeaters of full_price_customers,
--   after_promo_orders, after_promo_bought of after_promo_orders, after_full_price_orders,
--   after_full_price_bought of after_full_price_orders by period each is_complete, is_repeat_complete
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: discounted_share share -- discounted orders ÷ orders
-- column.en: discounted_share Discounted orders, share
-- column.zh-Hans: discounted_share 优惠订单占比 -- 优惠订单 ÷ 订单
-- column.zh-Hant: discounted_share 優惠訂單占比 -- 優惠訂單 ÷ 訂單
-- column: promo_acquired count -- new customers whose first order was discounted
-- column.en: promo_acquired Customers acquired by promotion
-- column.zh-Hans: promo_acquired 优惠新客 -- 首单为优惠订单的新客
-- column.zh-Hant: promo_acquired 優惠新客 -- 首單為優惠訂單的新客
-- column: repeat_rate_promo share -- promo_repeaters ÷ promo_customers
-- column.en: repeat_rate_promo Repeat rate, by promotion
-- column.zh-Hans: repeat_rate_promo 优惠新客复购率 -- 优惠复购客户 ÷ 已观察优惠新客
-- column.zh-Hant: repeat_rate_promo 優惠新客回購率 -- 優惠回購客戶 ÷ 已觀察優惠新客
-- column: repeat_rate_full_price share -- full_price_repeaters ÷ full_price_customers
-- column.en: repeat_rate_full_price Repeat rate, full price
-- column.zh-Hans: repeat_rate_full_price 原价新客复购率 -- 原价复购客户 ÷ 已观察原价新客
-- column.zh-Hant: repeat_rate_full_price 原價新客回購率 -- 原價回購客戶 ÷ 已觀察原價新客
-- column: lift number -- repeat_rate_promo ÷ repeat_rate_full_price; 1 is no difference
-- column.zh-Hans: lift 提升度 -- 优惠新客复购率 ÷ 原价新客复购率，1 为没有差别
-- column.zh-Hant: lift 提升度 -- 優惠新客回購率 ÷ 原價新客回購率，1 為沒有差別
-- column: orders count -- all of them, also without a customer
-- column.zh-Hans: orders 订单数 -- 全部订单，含没有客户的
-- column.zh-Hant: orders 訂單數 -- 全部訂單，含沒有客戶的
-- column: discounted_orders count -- with a discount or a coupon
-- column.zh-Hans: discounted_orders 优惠订单 -- 有优惠金额或优惠券
-- column.zh-Hant: discounted_orders 優惠訂單 -- 有優惠金額或優惠券
-- column: discounted_lower share -- Wilson 95 %
-- column.zh-Hans: discounted_lower 优惠占比下限 -- Wilson 95% 区间
-- column.zh-Hant: discounted_lower 優惠占比下限 -- Wilson 95% 區間
-- column: discounted_upper share -- Wilson 95 %
-- column.zh-Hans: discounted_upper 优惠占比上限 -- Wilson 95% 区间
-- column.zh-Hant: discounted_upper 優惠占比上限 -- Wilson 95% 區間
-- column: new_customers count -- first order in the period
-- column.zh-Hans: new_customers 新客 -- 首单在本期
-- column.zh-Hant: new_customers 新客 -- 首單在本期
-- column: promo_customers count -- acquired by promotion, observed for n_days days
-- column.zh-Hans: promo_customers 已观察优惠新客 -- 已观察满 n_days 天
-- column.zh-Hant: promo_customers 已觀察優惠新客 -- 已觀察滿 n_days 天
-- column: promo_repeaters count -- of them, second order within n_days days
-- column.zh-Hans: promo_repeaters 优惠复购客户 -- 其中 n_days 天内有第二单
-- column.zh-Hant: promo_repeaters 優惠回購客戶 -- 其中 n_days 天內有第二單
-- column: promo_lower share -- Wilson 95 %
-- column.zh-Hans: promo_lower 优惠新客复购率下限 -- Wilson 95% 区间
-- column.zh-Hant: promo_lower 優惠新客回購率下限 -- Wilson 95% 區間
-- column: promo_upper share -- Wilson 95 %
-- column.zh-Hans: promo_upper 优惠新客复购率上限 -- Wilson 95% 区间
-- column.zh-Hant: promo_upper 優惠新客回購率上限 -- Wilson 95% 區間
-- column: full_price_customers count -- acquired at full price, observed for n_days days
-- column.zh-Hans: full_price_customers 已观察原价新客 -- 已观察满 n_days 天
-- column.zh-Hant: full_price_customers 已觀察原價新客 -- 已觀察滿 n_days 天
-- column: full_price_repeaters count -- of them, second order within n_days days
-- column.zh-Hans: full_price_repeaters 原价复购客户 -- 其中 n_days 天内有第二单
-- column.zh-Hant: full_price_repeaters 原價回購客戶 -- 其中 n_days 天內有第二單
-- column: full_price_lower share -- Wilson 95 %
-- column.zh-Hans: full_price_lower 原价新客复购率下限 -- Wilson 95% 区间
-- column.zh-Hant: full_price_lower 原價新客回購率下限 -- Wilson 95% 區間
-- column: full_price_upper share -- Wilson 95 %
-- column.zh-Hans: full_price_upper 原价新客复购率上限 -- Wilson 95% 区间
-- column.zh-Hant: full_price_upper 原價新客回購率上限 -- Wilson 95% 區間
-- column: dip share -- after_promo − after_full_price; below 0 is a dip
-- column.zh-Hans: dip 回落 -- 优惠后再购率 − 原价后再购率，负数为回落
-- column.zh-Hant: dip 回落 -- 優惠後再購率 − 原價後再購率，負數為回落
-- column: after_promo share -- after_promo_bought ÷ after_promo_orders
-- column.zh-Hans: after_promo 优惠后再购率 -- 优惠后再购 ÷ 已观察优惠订单
-- column.zh-Hant: after_promo 優惠後再購率 -- 優惠後再購 ÷ 已觀察優惠訂單
-- column: after_full_price share -- after_full_price_bought ÷ after_full_price_orders
-- column.zh-Hans: after_full_price 原价后再购率 -- 原价后再购 ÷ 已观察原价订单
-- column.zh-Hant: after_full_price 原價後再購率 -- 原價後再購 ÷ 已觀察原價訂單
-- column: after_promo_orders count -- discounted orders of known customers, observed for dip_days days
-- column.zh-Hans: after_promo_orders 已观察优惠订单 -- 已识别客户，已观察满 dip_days 天
-- column.zh-Hant: after_promo_orders 已觀察優惠訂單 -- 已識別客戶，已觀察滿 dip_days 天
-- column: after_promo_bought count -- the customer bought again on a later day within dip_days days
-- column.zh-Hans: after_promo_bought 优惠后再购 -- 该客户在之后 dip_days 天内的另一天再次购买
-- column.zh-Hant: after_promo_bought 優惠後再購 -- 該客戶在之後 dip_days 天內的另一天再次購買
-- column: after_promo_lower share -- Wilson 95 %
-- column.zh-Hans: after_promo_lower 优惠后再购率下限 -- Wilson 95% 区间
-- column.zh-Hant: after_promo_lower 優惠後再購率下限 -- Wilson 95% 區間
-- column: after_promo_upper share -- Wilson 95 %
-- column.zh-Hans: after_promo_upper 优惠后再购率上限 -- Wilson 95% 区间
-- column.zh-Hant: after_promo_upper 優惠後再購率上限 -- Wilson 95% 區間
-- column: after_full_price_orders count -- full-price orders of known customers, observed for dip_days days
-- column.zh-Hans: after_full_price_orders 已观察原价订单 -- 已识别客户，已观察满 dip_days 天
-- column.zh-Hant: after_full_price_orders 已觀察原價訂單 -- 已識別客戶，已觀察滿 dip_days 天
-- column: after_full_price_bought count -- the customer bought again on a later day within dip_days days
-- column.zh-Hans: after_full_price_bought 原价后再购 -- 该客户在之后 dip_days 天内的另一天再次购买
-- column.zh-Hant: after_full_price_bought 原價後再購 -- 該客戶在之後 dip_days 天內的另一天再次購買
-- column: after_full_price_lower share -- Wilson 95 %
-- column.zh-Hans: after_full_price_lower 原价后再购率下限 -- Wilson 95% 区间
-- column.zh-Hant: after_full_price_lower 原價後再購率下限 -- Wilson 95% 區間
-- column: after_full_price_upper share -- Wilson 95 %
-- column.zh-Hans: after_full_price_upper 原价后再购率上限 -- Wilson 95% 区间
-- column.zh-Hant: after_full_price_upper 原價後再購率上限 -- Wilson 95% 區間
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- column: is_repeat_complete flag -- so do the n_days after it
-- column.zh-Hans: is_repeat_complete 复购已完整 -- 其后的 n_days 天也不晚于观察截止日
-- column.zh-Hant: is_repeat_complete 回購已完整 -- 其後的 n_days 天也不晚於觀察截止日
-- fact: discounted share = ratio(discounted_orders, orders) where is_complete = true and discounted_orders != null
-- fact: promo share = ratio(promo_repeaters, promo_customers) where is_repeat_complete = true
-- fact: promo_n count = sum(promo_customers) where is_repeat_complete = true
-- fact: full_price share = ratio(full_price_repeaters, full_price_customers) where is_repeat_complete = true
-- fact: full_price_n count = sum(full_price_customers) where is_repeat_complete = true
-- fact: after_promo share = ratio(after_promo_bought, after_promo_orders) where is_complete = true
-- fact: after_full share = ratio(after_full_price_bought, after_full_price_orders) where is_complete = true
-- chart: lines x=period y=discounted_share lower=discounted_lower upper=discounted_upper complete=is_complete
--   n=orders -- Discounted orders
-- chart.zh-Hans: 优惠订单
-- chart.zh-Hant: 優惠訂單
-- chart: tracks x=period y1=repeat_rate_promo y2=repeat_rate_full_price n=promo_customers -- Who comes back
-- chart.zh-Hans: 谁会回来
-- chart.zh-Hant: 誰會回來
-- chart: tracks x=period y1=after_promo y2=after_full_price n=after_promo_orders -- In the days right after
-- chart.zh-Hans: 紧接着的几天
-- chart.zh-Hant: 緊接著的幾天
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
    coalesce(getvariable('n_days'), 90)::integer as n_days,
    coalesce(getvariable('dip_days'), 14)::integer as dip_days,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

settings as (
  select
    params.*,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period
  from params
),

-- a file without these columns does not say that nothing was discounted
knowledge as (
  select count(orders.discount) + count(orders.coupon) > 0 as is_known
  from orders
),

next_days as (
  select
    customer_days.customer_key,
    customer_days.order_date,
    lead(customer_days.order_date) over (
      partition by customer_days.customer_key order by customer_days.nth
    ) as next_date
  from customer_days
),

second_orders as (
  select
    orders.customer_key,
    orders.order_date - customer_summary.first_order_date as days
  from orders
  inner join customer_summary on customer_summary.customer_key = orders.customer_key
  where orders.order_number = 2
),

judged_orders as (
  select
    case
      when settings.in_days then floor((orders.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from orders.order_date) * 12 + extract(month from orders.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    orders.customer_key is not null as is_known_customer,
    coalesce(orders.order_number = 1, false) as is_first,
    coalesce(orders.discount > 0, false) or coalesce(trim(orders.coupon) != '', false) as is_discounted,
    orders.order_date + settings.n_days <= settings.as_of as is_seen,
    orders.order_date + settings.dip_days <= settings.as_of as is_seen_after,
    coalesce(second_orders.days <= settings.n_days, false) as is_repeated,
    coalesce(next_days.next_date - orders.order_date <= settings.dip_days, false) as is_followed
  from orders
  left join next_days
    on next_days.customer_key = orders.customer_key and next_days.order_date = orders.order_date
  left join second_orders on second_orders.customer_key = orders.customer_key
  cross join settings
  where orders.order_date <= settings.as_of
),

order_counts as (
  select
    judged_orders.period_index,
    count(*) as orders,
    count(case when is_discounted then 1 end) as discounted_orders,
    count(case when is_first then 1 end) as new_customers,
    count(case when is_first and is_discounted then 1 end) as promo_acquired,
    count(case when is_first and is_discounted and is_seen then 1 end) as promo_customers,
    count(case when is_first and is_discounted and is_seen and is_repeated then 1 end) as promo_repeaters,
    count(case when is_first and not is_discounted and is_seen then 1 end) as full_price_customers,
    count(case when is_first and not is_discounted and is_seen and is_repeated then 1 end) as full_price_repeaters,
    count(case when is_known_customer and is_discounted and is_seen_after then 1 end) as after_promo_orders,
    count(case when is_discounted and is_seen_after and is_followed then 1 end) as after_promo_bought,
    count(case when is_known_customer and not is_discounted and is_seen_after then 1 end) as after_full_price_orders,
    count(case when not is_discounted and is_seen_after and is_followed then 1 end) as after_full_price_bought
  from judged_orders
  group by judged_orders.period_index
),

limits as (
  select
    settings.as_of as last_day,
    settings.as_of + 1 as open_day,
    settings.as_of - settings.n_days + 1 as repeat_open_day
  from settings
),

bounds as (
  select
    min(order_counts.period_index) as first_index,
    any_value(case
      when settings.in_days then floor((limits.last_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.last_day) * 12 + extract(month from limits.last_day) - 1)
        / settings.months_per_period
      )
    end::integer) as last_index,
    any_value(case
      when settings.in_days then floor((limits.open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.open_day) * 12 + extract(month from limits.open_day) - 1)
        / settings.months_per_period
      )
    end::integer) as open_index,
    any_value(case
      when settings.in_days then floor((limits.repeat_open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.repeat_open_day) * 12 + extract(month from limits.repeat_open_day) - 1)
        / settings.months_per_period
      )
    end::integer) as repeat_open_index
  from order_counts
  cross join limits
  cross join settings
),

period_counts as (
  select
    series.period_index::integer as period_index,
    series.period_index < bounds.open_index as is_complete,
    series.period_index < least(bounds.open_index, bounds.repeat_open_index) as is_repeat_complete,
    coalesce(order_counts.orders, 0) as orders,
    case when knowledge.is_known then coalesce(order_counts.discounted_orders, 0) end as discounted_orders,
    coalesce(order_counts.new_customers, 0) as new_customers,
    case when knowledge.is_known then coalesce(order_counts.promo_acquired, 0) end as promo_acquired,
    case when knowledge.is_known then coalesce(order_counts.promo_customers, 0) end as promo_customers,
    case when knowledge.is_known then coalesce(order_counts.promo_repeaters, 0) end as promo_repeaters,
    case when knowledge.is_known then coalesce(order_counts.full_price_customers, 0) end as full_price_customers,
    case when knowledge.is_known then coalesce(order_counts.full_price_repeaters, 0) end as full_price_repeaters,
    case when knowledge.is_known then coalesce(order_counts.after_promo_orders, 0) end as after_promo_orders,
    case when knowledge.is_known then coalesce(order_counts.after_promo_bought, 0) end as after_promo_bought,
    case when knowledge.is_known then coalesce(order_counts.after_full_price_orders, 0) end as after_full_price_orders,
    case when knowledge.is_known then coalesce(order_counts.after_full_price_bought, 0) end as after_full_price_bought
  from bounds
  cross join knowledge
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join order_counts on order_counts.period_index = series.period_index
),

variants as (
  select period_index, 'discounted' as variant, discounted_orders as numerator, orders as denominator
  from period_counts
  union all
  select period_index, 'promo', promo_repeaters, promo_customers
  from period_counts
  union all
  select period_index, 'full_price', full_price_repeaters, full_price_customers
  from period_counts
  union all
  select period_index, 'after_promo', after_promo_bought, after_promo_orders
  from period_counts
  union all
  select period_index, 'after_full_price', after_full_price_bought, after_full_price_orders
  from period_counts
),

rates as (
  select
    variants.*,
    variants.numerator::double / nullif(variants.denominator, 0) as rate,
    case when variants.numerator is not null then nullif(variants.denominator, 0) end as n,
    1.959963984540054::double as z
  from variants
),

bounded_rates as (
  select
    rates.period_index,
    rates.variant,
    rates.rate,
    case when n is not null then greatest(0, (
        rate + z * z / (2 * n) - z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
      ) / (1 + z * z / n))::double end as lower,
    case when n is not null then least(1, (
        rate + z * z / (2 * n) + z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
      ) / (1 + z * z / n))::double end as upper
  from rates
),

period_rates as (
  select
    bounded_rates.period_index,
    max(case when bounded_rates.variant = 'discounted' then bounded_rates.rate end) as discounted_rate,
    max(case when bounded_rates.variant = 'discounted' then bounded_rates.lower end) as discounted_lower,
    max(case when bounded_rates.variant = 'discounted' then bounded_rates.upper end) as discounted_upper,
    max(case when bounded_rates.variant = 'promo' then bounded_rates.rate end) as promo_rate,
    max(case when bounded_rates.variant = 'promo' then bounded_rates.lower end) as promo_lower,
    max(case when bounded_rates.variant = 'promo' then bounded_rates.upper end) as promo_upper,
    max(case when bounded_rates.variant = 'full_price' then bounded_rates.rate end) as full_price_rate,
    max(case when bounded_rates.variant = 'full_price' then bounded_rates.lower end) as full_price_lower,
    max(case when bounded_rates.variant = 'full_price' then bounded_rates.upper end) as full_price_upper,
    max(case when bounded_rates.variant = 'after_promo' then bounded_rates.rate end) as after_promo_rate,
    max(case when bounded_rates.variant = 'after_promo' then bounded_rates.lower end) as after_promo_lower,
    max(case when bounded_rates.variant = 'after_promo' then bounded_rates.upper end) as after_promo_upper,
    max(case when bounded_rates.variant = 'after_full_price' then bounded_rates.rate end) as after_full_price_rate,
    max(case when bounded_rates.variant = 'after_full_price' then bounded_rates.lower end) as after_full_price_lower,
    max(case when bounded_rates.variant = 'after_full_price' then bounded_rates.upper end) as after_full_price_upper
  from bounded_rates
  group by bounded_rates.period_index
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (period_counts.period_index * settings.days_per_period)::integer
      else make_date(
        floor(period_counts.period_index * settings.months_per_period / 12)::integer,
        ((period_counts.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    period_counts.*
  from period_counts
  cross join settings
)

select
  dated.period,
  period_rates.discounted_rate as discounted_share,
  dated.promo_acquired::integer as promo_acquired,
  period_rates.promo_rate as repeat_rate_promo,
  period_rates.full_price_rate as repeat_rate_full_price,
  period_rates.promo_rate / nullif(period_rates.full_price_rate, 0) as lift,
  dated.orders::integer as orders,
  dated.discounted_orders::integer as discounted_orders,
  period_rates.discounted_lower,
  period_rates.discounted_upper,
  dated.new_customers::integer as new_customers,
  dated.promo_customers::integer as promo_customers,
  dated.promo_repeaters::integer as promo_repeaters,
  period_rates.promo_lower,
  period_rates.promo_upper,
  dated.full_price_customers::integer as full_price_customers,
  dated.full_price_repeaters::integer as full_price_repeaters,
  period_rates.full_price_lower,
  period_rates.full_price_upper,
  period_rates.after_promo_rate - period_rates.after_full_price_rate as dip,
  period_rates.after_promo_rate as after_promo,
  period_rates.after_full_price_rate as after_full_price,
  dated.after_promo_orders::integer as after_promo_orders,
  dated.after_promo_bought::integer as after_promo_bought,
  period_rates.after_promo_lower,
  period_rates.after_promo_upper,
  dated.after_full_price_orders::integer as after_full_price_orders,
  dated.after_full_price_bought::integer as after_full_price_bought,
  period_rates.after_full_price_lower,
  period_rates.after_full_price_upper,
  dated.is_complete,
  dated.is_repeat_complete
from dated
inner join period_rates on period_rates.period_index = dated.period_index
cross join settings
where
  (settings.from_date is null or dated.period >= settings.from_date)
  and (settings.to_date is null or dated.period <= settings.to_date)
order by dated.period;
