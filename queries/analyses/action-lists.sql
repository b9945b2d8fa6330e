-- title: Lists to act on
-- title.zh-Hans: 行动名单
-- title.zh-Hant: 行動名單
-- question: Whom should I thank, keep, win back, remind of a second order, or ask to bring friends?
-- question.zh-Hans: 该感谢谁、留住谁、唤回谁、提醒谁下第二单、请谁带朋友来？
-- question.zh-Hant: 該感謝誰、留住誰、喚回誰、提醒誰下第二單、請誰帶朋友來？
-- definition: One row for each customer and list. All tests are at the observation end. recent: the last order lies no
--   more than P75 of all days between purchase days ago. dormant: dormant_days ago or more; P90 of those days when
--   empty. late: neither of the two, and longer ago than the customer’s own mean gap, where they have one. frequent:
--   at least two orders, and fewer than one customer in ten with more. high-value: net above 0, and fewer than
--   high_share of the customers with more. super-user = frequent and recent. at-risk = high-value and late. win-back =
--   dormant, with at least two purchase days or high-value. second-order = one purchase day, between P25 of the days
--   that second purchases took and dormant. koc = brought at least min_referees people who ordered on the day of the
--   referral or later, by the referrals or the customer file; everybody who was brought belongs to the earliest
--   referrer. reasons names every test that a customer passes; tags are all lists that they are on, for import into
--   a CRM. Percentiles are linear (type 7). Net of refunds; where nobody came back there are no gaps, and only high-
--   value, frequent and brings buyers can be told.
-- definition.zh-Hans: 每位客户、每份名单一行，均以截止日判断。近期：最后一单距今不超过全部购买间隔天数的
--   P75。沉默：距今达到沉默天数，留空则取这些间隔的 P90。迟到：两者都不是，并且（有自身间隔时）超过该客户自己的平均间隔。
--   高频：至少两单，且订单数更多的客户不足一成。高价值：净额大于 0，且净额更高的客户不足高价值占比。超级用户 = 高频且近期。
--   高危 = 高价值且迟到。唤回 = 沉默，并且至少有两个购买日或属高价值。待二单 = 只有一个购买日，距今介于第二次购买所需天数的
--   P25 与沉默之间。KOC = 按推荐记录或客户文件，带来了至少 min_referees 位在推荐当天或之后下单的人；被带来的人归最早的推荐人。
--   理由列出客户满足的每一项；标签为其所在的全部名单，便于导入 CRM。分位数为线性插值（type 7）。金额已扣除退款；
--   无人复购时没有间隔，只能判断高价值、高频与带来买家。
-- definition.zh-Hant: 每位客戶、每份名單一列，均以截止日判斷。近期：最後一單距今不超過全部購買間隔天數的
--   P75。沉默：距今達到沉默天數，留空則取這些間隔的 P90。遲到：兩者都不是，並且（有自身間隔時）超過該客戶自己的平均間隔。
--   高頻：至少兩單，且訂單數更多的客戶不足一成。高價值：淨額大於 0，且淨額更高的客戶不足高價值占比。超級用戶 = 高頻且近期。
--   高危 = 高價值且遲到。喚回 = 沉默，並且至少有兩個購買日或屬高價值。待二單 = 只有一個購買日，距今介於第二次購買所需天數的
--   P25 與沉默之間。KOC = 按推薦紀錄或客戶檔案，帶來了至少 min_referees 位在推薦當天或之後下單的人；被帶來的人歸最早的推薦人。
--   理由列出客戶滿足的每一項；標籤為其所在的全部名單，便於匯入 CRM。分位數為線性內插（type 7）。金額已扣除退款；
--   無人回購時沒有間隔，只能判斷高價值、高頻與帶來買家。
-- sentence: {super_users} super {super_users|user|users} to thank, {at_risk} good {at_risk|customer|customers} to
--   keep, {win_back} to win back, {second_order} {second_order|who is|who are} due for a second order, {koc} who
--   {koc|brings|bring} others[; those at risk have spent {at_risk_revenue} so far].|Nobody is on a list yet: it
--   takes customers who have come back or fallen silent.
-- sentence.zh-Hans: 应感谢的超级用户 {super_users} 位，应留住的好客户 {at_risk} 位，可唤回的 {win_back} 位，该下第
--   二单的 {second_order} 位，会带人来的 {koc} 位[；高危客户至今共消费 {at_risk_revenue}]。|名单上还没有人：要有回
--   头或沉默的客户才能列出。
-- sentence.zh-Hant: 應感謝的超級用戶 {super_users} 位，應留住的好客戶 {at_risk} 位，可喚回的 {win_back} 位，該下第
--   二單的 {second_order} 位，會帶人來的 {koc} 位[；高危客戶至今共消費 {at_risk_revenue}]。|名單上還沒有人：要有回
--   頭或沉默的客戶才能列出。
-- group: value
-- needs: customer_summary, customer_days
-- param: list choice(all, super-user, at-risk, win-back, second-order, koc) = all -- one list, or all of them
-- param.zh-Hans: list 名单 -- 某一份名单，或全部
-- param.zh-Hant: list 名單 -- 某一份名單，或全部
-- param: dormant_days integer = -- days without an order; the 90th percentile of the purchase intervals when empty
-- param.zh-Hans: dormant_days 沉默天数 -- 多少天未下单算沉默，留空为购买间隔的第 90 百分位
-- param.zh-Hant: dormant_days 沉默天數 -- 多少天未下單算沉默，留空為購買間隔的第 90 百分位
-- param: high_share number = 0.2 -- share of the customers that counts as high-value, by net
-- param.en: high_share High-value customers, share
-- param.zh-Hans: high_share 高价值占比 -- 按净额，多少比例的客户算高价值
-- param.zh-Hant: high_share 高價值占比 -- 按淨額，多少比例的客戶算高價值
-- param: min_referees integer = 1 -- people brought who ordered, from which somebody is a KOC
-- param.en: min_referees Fewest people brought
-- param.zh-Hans: min_referees 最少带来人数 -- 带来多少位下单的人才算 KOC
-- param.zh-Hant: min_referees 最少帶來人數 -- 帶來多少位下單的人才算 KOC
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customer
-- column: list text
-- column.zh-Hans: list 名单
-- column.zh-Hant: list 名單
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: reasons text -- every test that the customer passes
-- column.zh-Hans: reasons 理由 -- 该客户满足的每一项
-- column.zh-Hant: reasons 理由 -- 該客戶滿足的每一項
-- column: tags text -- all lists that the customer is on
-- column.zh-Hans: tags 标签 -- 该客户所在的全部名单
-- column.zh-Hant: tags 標籤 -- 該客戶所在的全部名單
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: last_order date
-- column.zh-Hans: last_order 最后一单
-- column.zh-Hant: last_order 最後一單
-- column: recency_days days -- from the last order to the observation end
-- column.en: recency_days Days since the last order
-- column.zh-Hans: recency_days 距最后一单天数 -- 最后一单到截止日
-- column.zh-Hant: recency_days 距最後一單天數 -- 最後一單到截止日
-- column: usual_gap_days number -- mean days between their own purchase days; empty after one
-- column.en: usual_gap_days Own mean gap in days
-- column.zh-Hans: usual_gap_days 平均间隔天数 -- 该客户自己的购买日间隔，仅一次则为空
-- column.zh-Hant: usual_gap_days 平均間隔天數 -- 該客戶自己的購買日間隔，僅一次則為空
-- column: referees count -- people brought who ordered
-- column.zh-Hans: referees 带来买家 -- 带来且下过单的人
-- column.zh-Hant: referees 帶來買家 -- 帶來且下過單的人
-- column: dormant_after_days days -- as set, or P90 of the purchase intervals
-- column.zh-Hans: dormant_after_days 沉默门槛天数 -- 设定值，或购买间隔的 P90
-- column.zh-Hant: dormant_after_days 沉默門檻天數 -- 設定值，或購買間隔的 P90
-- fact: super_users count = count() where list = 'super-user'
-- fact: at_risk count = count() where list = 'at-risk'
-- fact: win_back count = count() where list = 'win-back'
-- fact: second_order count = count() where list = 'second-order'
-- fact: koc count = count() where list = 'koc'
-- fact: at_risk_revenue money = sum(revenue) where list = 'at-risk'
-- chart: scatter x=recency_days y=revenue series=list label=customer_id
-- value: all = all lists
-- value.zh-Hans: all = 全部名单
-- value.zh-Hant: all = 全部名單
-- value: super-user = super users
-- value.zh-Hans: super-user = 超级用户
-- value.zh-Hant: super-user = 超級用戶
-- value: at-risk = at risk, high value
-- value.zh-Hans: at-risk = 高价值高危
-- value.zh-Hant: at-risk = 高價值高危
-- value: win-back = win back
-- value.zh-Hans: win-back = 唤回
-- value.zh-Hant: win-back = 喚回
-- value: second-order = due for a second order
-- value.zh-Hans: second-order = 待二单
-- value.zh-Hant: second-order = 待二單
-- value: koc = KOC
-- value.zh-Hans: koc = KOC
-- value.zh-Hant: koc = KOC
-- value: high-value = high value
-- value.zh-Hans: high-value = 高价值
-- value.zh-Hant: high-value = 高價值
-- value: frequent = orders often
-- value.zh-Hans: frequent = 高频
-- value.zh-Hant: frequent = 高頻
-- value: once = bought once
-- value.zh-Hans: once = 只买过一次
-- value.zh-Hant: once = 只買過一次
-- value: recent = ordered lately
-- value.zh-Hans: recent = 近期下单
-- value.zh-Hant: recent = 近期下單
-- value: late = later than usual
-- value.zh-Hans: late = 比平常迟
-- value.zh-Hant: late = 比平常遲
-- value: dormant = dormant
-- value.zh-Hans: dormant = 沉默
-- value.zh-Hant: dormant = 沉默
-- value: brings-buyers = brings buyers
-- value.zh-Hans: brings-buyers = 带来买家
-- value.zh-Hant: brings-buyers = 帶來買家
with
params as (
  select
    coalesce(getvariable('list'), 'all')::varchar as list,
    getvariable('dormant_days')::integer as dormant_days,
    coalesce(getvariable('high_share'), 0.2)::double as high_share,
    coalesce(getvariable('min_referees'), 1)::integer as min_referees,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

measures as (
  select
    customer_days.customer_key,
    sum(customer_days.orders) as orders,
    count(*) as purchase_days,
    sum(customer_days.net) as net,
    min(customer_days.order_date) as first_date,
    max(customer_days.order_date) as last_date
  from customer_days
  cross join params
  where customer_days.order_date <= params.as_of
  group by customer_days.customer_key
),

gaps as (
  select
    customer_days.days_since_previous as days,
    count(*) as gaps,
    sum(case when customer_days.nth = 2 then 1 else 0 end) as second_gaps
  from customer_days
  cross join params
  where customer_days.nth > 1 and customer_days.order_date <= params.as_of
  group by customer_days.days_since_previous
),

gap_ranks as (
  select
    gaps.days,
    sum(gaps.gaps) over (order by gaps.days rows between unbounded preceding and current row) as up_to,
    sum(gaps.second_gaps) over (order by gaps.days rows between unbounded preceding and current row) as second_up_to,
    sum(gaps.gaps) over () - 1 as last_place,
    sum(gaps.second_gaps) over () - 1 as last_second_place
  from gaps
),

-- four and ten times the percentiles, in whole numbers: the comparisons stay exact
gap_limits as (
  select
    min(case when gap_ranks.up_to > floor(3 * gap_ranks.last_place / 4) then gap_ranks.days end)
      * (4 - max(3 * gap_ranks.last_place % 4))
    + min(case when gap_ranks.up_to > ceil(3 * gap_ranks.last_place / 4) then gap_ranks.days end)
      * max(3 * gap_ranks.last_place % 4) as recent_fourths,
    min(case when gap_ranks.second_up_to > floor(gap_ranks.last_second_place / 4) then gap_ranks.days end)
      * (4 - max(gap_ranks.last_second_place % 4))
    + min(case when gap_ranks.second_up_to > ceil(gap_ranks.last_second_place / 4) then gap_ranks.days end)
      * max(gap_ranks.last_second_place % 4) as second_fourths,
    min(case when gap_ranks.up_to > floor(9 * gap_ranks.last_place / 10) then gap_ranks.days end)
      * (10 - max(9 * gap_ranks.last_place % 10))
    + min(case when gap_ranks.up_to > ceil(9 * gap_ranks.last_place / 10) then gap_ranks.days end)
      * max(9 * gap_ranks.last_place % 10) as dormant_tenths
  from gap_ranks
),

limits as (
  select
    gap_limits.recent_fourths,
    gap_limits.second_fourths,
    coalesce(params.dormant_days * 10, gap_limits.dormant_tenths) as dormant_tenths
  from gap_limits
  cross join params
),

pairs as (
  select
    referrals.referrer_id,
    referrals.referee_id,
    referrals.referred_at::date as referred_on
  from referrals
  union all
  select
    contacts.referrer_id,
    contacts.customer_id as referee_id,
    null::date as referred_on
  from contacts
  where contacts.referrer_id is not null
),

ranked_pairs as (
  select
    pairs.referrer_id,
    customer_summary.customer_key,
    coalesce(pairs.referred_on, customer_summary.first_order_date) as referred_on,
    row_number() over (
      partition by pairs.referee_id
      order by coalesce(pairs.referred_on, customer_summary.first_order_date), pairs.referrer_id
    ) as place
  from pairs
  inner join customer_summary on customer_summary.customer_id = pairs.referee_id
  cross join params
  where
    pairs.referrer_id != pairs.referee_id
    and coalesce(pairs.referred_on, customer_summary.first_order_date) <= params.as_of
),

referrers as (
  select
    ranked_pairs.referrer_id,
    count(*) as referees
  from ranked_pairs
  inner join measures on measures.customer_key = ranked_pairs.customer_key
  where ranked_pairs.place = 1 and measures.last_date >= ranked_pairs.referred_on
  group by ranked_pairs.referrer_id
),

ranked_customers as (
  select
    customer_summary.customer_id,
    measures.*,
    params.as_of - measures.last_date as recency_days,
    rank() over (order by measures.net desc) - 1 as richer,
    rank() over (order by measures.orders desc) - 1 as busier,
    count(*) over () as everybody
  from measures
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
  cross join params
),

tested_customers as (
  select
    ranked_customers.*,
    coalesce(referrers.referees, 0) as referees,
    limits.dormant_tenths,
    ranked_customers.net > 0 and ranked_customers.richer < params.high_share * ranked_customers.everybody as is_high,
    ranked_customers.orders > 1 and ranked_customers.busier * 10 < ranked_customers.everybody as is_frequent,
    ranked_customers.purchase_days = 1 as is_once,
    coalesce(
      ranked_customers.recency_days * 4 <= limits.recent_fourths
      and not coalesce(ranked_customers.recency_days * 10 >= limits.dormant_tenths, false),
      false
    ) as is_recent,
    coalesce(ranked_customers.recency_days * 10 >= limits.dormant_tenths, false) as is_dormant,
    coalesce(
      ranked_customers.recency_days * 4 > limits.recent_fourths
      and ranked_customers.recency_days * 10 < limits.dormant_tenths
      and ranked_customers.recency_days * (ranked_customers.purchase_days - 1)
      >= ranked_customers.last_date - ranked_customers.first_date,
      false
    ) as is_late,
    coalesce(ranked_customers.recency_days * 4 >= limits.second_fourths, false) as is_second_due,
    coalesce(referrers.referees, 0) >= greatest(1, params.min_referees) as is_koc
  from ranked_customers
  cross join limits
  cross join params
  left join referrers on referrers.referrer_id = ranked_customers.customer_id
),

listed_customers as (
  select
    tested_customers.*,
    tested_customers.is_frequent and tested_customers.is_recent as on_super,
    tested_customers.is_high and tested_customers.is_late as on_risk,
    tested_customers.is_dormant and (not tested_customers.is_once or tested_customers.is_high) as on_back,
    tested_customers.is_once and tested_customers.is_second_due and not tested_customers.is_dormant as on_second
  from tested_customers
),

named_lists (place, name) as (
  values (1, 'super-user'), (2, 'at-risk'), (3, 'win-back'), (4, 'second-order'), (5, 'koc')
)

select
  named_lists.name as list,
  listed_customers.customer_id,
  concat_ws(
    ',',
    case when listed_customers.is_high then 'high-value' end,
    case when listed_customers.is_frequent then 'frequent' end,
    case when listed_customers.is_once then 'once' end,
    case when listed_customers.is_recent then 'recent' end,
    case when listed_customers.is_late then 'late' end,
    case when listed_customers.is_dormant then 'dormant' end,
    case when listed_customers.is_koc then 'brings-buyers' end
  ) as reasons,
  concat_ws(
    ',',
    case when listed_customers.on_super then 'super-user' end,
    case when listed_customers.on_risk then 'at-risk' end,
    case when listed_customers.on_back then 'win-back' end,
    case when listed_customers.on_second then 'second-order' end,
    case when listed_customers.is_koc then 'koc' end
  ) as tags,
  listed_customers.orders::integer as orders,
  listed_customers.net::double as revenue,
  listed_customers.last_date as last_order,
  listed_customers.recency_days::integer as recency_days,
  (listed_customers.last_date - listed_customers.first_date)::double
  / nullif(listed_customers.purchase_days - 1, 0)::double as usual_gap_days,
  listed_customers.referees::integer as referees,
  listed_customers.dormant_tenths::double / 10 as dormant_after_days
from listed_customers
cross join params
inner join named_lists
  on case named_lists.name
    when 'super-user' then listed_customers.on_super
    when 'at-risk' then listed_customers.on_risk
    when 'win-back' then listed_customers.on_back
    when 'second-order' then listed_customers.on_second
    else listed_customers.is_koc
  end
where params.list = 'all' or named_lists.name = params.list
order by named_lists.place, listed_customers.net desc, listed_customers.customer_id;
