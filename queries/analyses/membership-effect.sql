-- title: What membership changes
-- title.zh-Hans: 会员效果
-- title.zh-Hant: 會員效果
-- question: Do customers order more once they are members, or did those join who ordered more anyway?
-- question.zh-Hans: 客户入会后真的买得更多，还是本来买得多的人才入会？
-- question.zh-Hant: 客戶入會後真的買得更多，還是本來買得多的人才入會？
-- definition: Orders per customer in the W days (window_days) before and after joining. before = the W days that end
--   with the day before joining; after = the W days that begin with the day after it; the day of joining counts in
--   neither, nor does the day of the first order. An order counts unless it was refunded in full. Members are customers
--   with a day of joining in the customer files, at least min_tenure days after their first order (when empty: more
--   than W days, so that they were customers on every day before) and at least W days before the observation end.
--   Whoever is not said to have joined by then counts as a non-member. A non-member is given a day of joining as well:
--   among the customers whose first order fell in the same calendar month, members stand in the order of their days of
--   joining (M of them), non-members in the order of their first orders (N of them), and non-member i takes the day of
--   member ⌊(i − 1) · M ÷ N⌋ + 1; the same conditions hold for it. Non-members are then weighted so that they have the
--   members’ distribution over calendar month of joining and tenure (calendar months from first order to joining);
--   members without a non-member of the same two months are left out. difference = after − before. did, the difference
--   in differences = difference of the members − that of the non-members; lower and upper = did ± 1.96 standard errors,
--   the root of the sum of the squares of both groups’: √(Σ(d − mean)² ÷ (n − 1) ÷ n) for the n members, √(N ÷ (N − 1)
--   · Σ w²(d − mean)²) for the N non-members with weights w that sum to 1; empty where a group has fewer than 2. The two
--   raw rows set all members against all non-members by their orders in the last W days: that is no effect, since
--   members differ from others in how long they have been there and how much they like to buy. did takes out what is
--   lasting in that, and season and age; it does not take out that people often join just when they want to buy more.
-- definition.zh-Hans: 入会前后 W 天（window_days）内人均订单数。入会前 = 截至入会前一天的 W 天；入会后 = 从入会后一天起
--   的 W 天；入会当天两边都不计，首单当天也不计。全额退款的订单不计，其余都计。会员 = 客户文件中有入会日期、且入会时
--   距首单至少 min_tenure 天（留空：超过 W 天，使入会前每一天都已是客户）、距截止日至少 W 天的客户。到截止日未注明
--   入会的，算非会员。非会员也得到一个对照入会日：首单在同一自然月的客户中，会员按入会日排列（共 M 人），非会员按首
--   单排列（共 N 人），第 i 位非会员取第 ⌊(i − 1) · M ÷ N⌋ + 1 位会员的入会日，并须满足同样的条件。再对非会员加权，
--   使其在入会月份与客户年龄（首单到入会的自然月数）上的分布与会员相同；没有同月份、同年龄非会员的会员不计。变化 =
--   入会后 − 入会前。双重差分 = 会员的变化 − 非会员的变化；上下限 = 双重差分 ± 1.96 个标准误，标准误为两组标准误平方
--   和的平方根：n 位会员为 √(Σ(d − 均值)² ÷ (n − 1) ÷ n)，N 位非会员为 √(N ÷ (N − 1) · Σ w²(d − 均值)²)，权重 w 之
--   和为 1；任一组不足 2 人时为空。两行「直接对比」比较全部会员与全部非会员最近 W 天的订单：这不是效果，因为会员的客
--   户年龄和购买意愿本来就不同。双重差分消除了其中长期不变的部分以及季节和客户年龄的影响，但不能消除人们往往正想多买
--   时才入会这一点。
-- definition.zh-Hant: 入會前後 W 天（window_days）內人均訂單數。入會前 = 截至入會前一天的 W 天；入會後 = 從入會後一天起
--   的 W 天；入會當天兩邊都不計，首單當天也不計。全額退款的訂單不計，其餘都計。會員 = 客戶檔案中有入會日期、且入會時
--   距首單至少 min_tenure 天（留空：超過 W 天，使入會前每一天都已是客戶）、距截止日至少 W 天的客戶。到截止日未註明
--   入會的，算非會員。非會員也得到一個對照入會日：首單在同一自然月的客戶中，會員按入會日排列（共 M 人），非會員按首
--   單排列（共 N 人），第 i 位非會員取第 ⌊(i − 1) · M ÷ N⌋ + 1 位會員的入會日，並須滿足同樣的條件。再對非會員加權，
--   使其在入會月份與客戶年齡（首單到入會的自然月數）上的分布與會員相同；沒有同月份、同年齡非會員的會員不計。變化 =
--   入會後 − 入會前。雙重差分 = 會員的變化 − 非會員的變化；上下限 = 雙重差分 ± 1.96 個標準誤，標準誤為兩組標準誤平方
--   和的平方根：n 位會員為 √(Σ(d − 平均)² ÷ (n − 1) ÷ n)，N 位非會員為 √(N ÷ (N − 1) · Σ w²(d − 平均)²)，權重 w 之
--   和為 1；任一組不足 2 人時為空。兩列「直接對比」比較全部會員與全部非會員最近 W 天的訂單：這不是效果，因為會員的客
--   戶年齡和購買意願本來就不同。雙重差分消除了其中長期不變的部分以及季節和客戶年齡的影響，但不能消除人們往往正想多買
--   時才入會這一點。
-- sentence: [{members} of {all_members} {all_members|member|members} can be compared: from before joining to after
--   it their orders went from {before} to {after} each, those of matched non-members from {other_before} to
--   {other_after}, a difference in differences of {did}[ ({lower} to {upper})].|No member can be compared yet: it
--   takes members, and non-members like them, with orders before and after joining.][ The raw comparison,
--   {raw_members} orders of a member against {raw_others} of anybody else, is no effect of joining.]
-- sentence.zh-Hans: [{all_members} 位会员中有 {members} 位可以比较：入会前后人均订单从 {before} 变为 {after}，匹配
--   的非会员从 {other_before} 变为 {other_after}，双重差分为 {did}[（{lower} 至 {upper}）]。|还没有会员可以比较：要
--   有入会前后都有订单的会员，以及与之相似的非会员。][直接对比（会员人均 {raw_members} 单，其他客户 {raw_others}
--   单）并不是入会的效果。]
-- sentence.zh-Hant: [{all_members} 位會員中有 {members} 位可以比較：入會前後人均訂單從 {before} 變為 {after}，配對
--   的非會員從 {other_before} 變為 {other_after}，雙重差分為 {did}[（{lower} 至 {upper}）]。|還沒有會員可以比較：要
--   有入會前後都有訂單的會員，以及與之相似的非會員。][直接對比（會員人均 {raw_members} 單，其他客戶 {raw_others}
--   單）並不是入會的效果。]
-- group: private
-- needs: contacts, customer_summary, orders
-- param: event choice(member_since, joined_private) = member_since -- what counts as joining
-- param.zh-Hans: event 入会事件 -- 以哪个日期为准
-- param.zh-Hant: event 入會事件 -- 以哪個日期為準
-- param: window_days integer = 180 -- W, days before and after joining
-- param.zh-Hans: window_days 窗口天数 -- W，入会前后各多少天
-- param.zh-Hant: window_days 視窗天數 -- W，入會前後各多少天
-- param: min_tenure integer = -- least days from the first order to joining; more than W when empty. With fewer, the
--   days before somebody was a customer count as days without an order
-- param.en: min_tenure Fewest days as a customer
-- param.zh-Hans: min_tenure 最短客户年龄 -- 首单到入会至少多少天，留空为超过 W 天；更短时，成为客户之前的日子算作没有订单
-- param.zh-Hant: min_tenure 最短客戶年齡 -- 首單到入會至少多少天，留空為超過 W 天；更短時，成為客戶之前的日子算作沒有訂單
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers each group
-- column: group text -- members and non-members, matched and raw
-- column.zh-Hans: group 组 -- 会员与非会员，匹配的与直接对比的
-- column.zh-Hant: group 組 -- 會員與非會員，配對的與直接對比的
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: before number -- orders per customer in the W days before joining; empty in the raw rows
-- column.zh-Hans: before 入会前 -- 入会前 W 天内人均订单数，直接对比的行为空
-- column.zh-Hant: before 入會前 -- 入會前 W 天內人均訂單數，直接對比的列為空
-- column: after number -- orders per customer in the W days after joining; in the raw rows the last W days
-- column.zh-Hans: after 入会后 -- 入会后 W 天内人均订单数，直接对比的行为最近 W 天
-- column.zh-Hant: after 入會後 -- 入會後 W 天內人均訂單數，直接對比的列為最近 W 天
-- column: difference number -- after − before
-- column.zh-Hans: difference 变化 -- 入会后 − 入会前
-- column.zh-Hant: difference 變化 -- 入會後 − 入會前
-- column: did number -- difference of the members − that of the matched non-members
-- column.en: did Difference in differences
-- column.zh-Hans: did 双重差分 -- 会员的变化 − 匹配的非会员的变化
-- column.zh-Hant: did 雙重差分 -- 會員的變化 − 配對的非會員的變化
-- column: lower number -- of did, 95 %
-- column.zh-Hans: lower 区间下限 -- 双重差分的 95% 区间
-- column.zh-Hant: lower 區間下限 -- 雙重差分的 95% 區間
-- column: upper number -- of did, 95 %
-- column.zh-Hans: upper 区间上限 -- 双重差分的 95% 区间
-- column.zh-Hant: upper 區間上限 -- 雙重差分的 95% 區間
-- column: difference_lower number -- of difference, 95 %
-- column.zh-Hans: difference_lower 变化下限 -- 变化的 95% 区间
-- column.zh-Hant: difference_lower 變化下限 -- 變化的 95% 區間
-- column: difference_upper number -- of difference, 95 %
-- column.zh-Hans: difference_upper 变化上限 -- 变化的 95% 区间
-- column.zh-Hant: difference_upper 變化上限 -- 變化的 95% 區間
-- fact: members count = first(customers) where group = 'members'
-- fact: all_members count = first(customers) where group = 'raw-members'
-- fact: before number = first(before) where group = 'members'
-- fact: after number = first(after) where group = 'members'
-- fact: other_before number = first(before) where group = 'non-members'
-- fact: other_after number = first(after) where group = 'non-members'
-- fact: did number = first(did) where group = 'members'
-- fact: lower number = first(lower) where group = 'members'
-- fact: upper number = first(upper) where group = 'members'
-- fact: raw_members number = first(after) where group = 'raw-members'
-- fact: raw_others number = first(after) where group = 'raw-non-members'
-- chart: dots y=group x=difference lower=difference_lower upper=difference_upper n=customers -- Change after joining
-- chart.zh-Hans: 入会后的变化
-- chart.zh-Hant: 入會後的變化
-- chart: bars x=group y=after n=customers -- Orders after joining, and the raw comparison
-- chart.zh-Hans: 入会后的订单与直接对比
-- chart.zh-Hant: 入會後的訂單與直接對比
-- value: members = Members
-- value.zh-Hans: members = 会员
-- value.zh-Hant: members = 會員
-- value: non-members = Matched non-members
-- value.zh-Hans: non-members = 匹配的非会员
-- value.zh-Hant: non-members = 配對的非會員
-- value: raw-members = Raw, no effect: all members
-- value.zh-Hans: raw-members = 直接对比（非效果）：全部会员
-- value.zh-Hant: raw-members = 直接對比（非效果）：全部會員
-- value: raw-non-members = Raw, no effect: all others
-- value.zh-Hans: raw-non-members = 直接对比（非效果）：其他客户
-- value.zh-Hant: raw-non-members = 直接對比（非效果）：其他客戶
-- value: member_since = Membership
-- value.zh-Hans: member_since = 成为会员
-- value.zh-Hant: member_since = 成為會員
-- value: joined_private = Private domain joined
-- value.zh-Hans: joined_private = 进入私域
-- value.zh-Hant: joined_private = 進入私域
with
params as (
  select
    coalesce(getvariable('event'), 'member_since')::varchar as event,
    coalesce(getvariable('window_days'), 180)::integer as window_days,
    getvariable('min_tenure')::integer as min_tenure,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.event,
    params.as_of,
    greatest(1, params.window_days) as days,
    greatest(0, coalesce(params.min_tenure, greatest(1, params.window_days) + 1)) as min_tenure,
    1.959963984540054::double as z
  from params
),

joins as (
  select
    contacts.customer_id,
    min(case settings.event
      when 'joined_private' then contacts.joined_private_at
      else contacts.member_since
    end) as joined_on
  from contacts
  cross join settings
  group by contacts.customer_id
),

people as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date,
    (
      extract(year from customer_summary.first_order_date) * 12
      + extract(month from customer_summary.first_order_date)
    )::integer as first_month,
    case when joins.joined_on <= settings.as_of then joins.joined_on end as joined_on
  from customer_summary
  cross join settings
  left join joins on joins.customer_id = customer_summary.customer_id
  where customer_summary.first_order_date <= settings.as_of
),

members as (
  select
    people.*,
    row_number() over (partition by people.first_month order by people.joined_on, people.customer_key) as place
  from people
  cross join settings
  where
    people.joined_on + settings.days <= settings.as_of
    and people.joined_on - people.first_order_date >= settings.min_tenure
),

member_counts as (
  select
    members.first_month,
    count(*) as members
  from members
  group by members.first_month
),

-- keys follow the first orders
numbered_others as (
  select
    people.*,
    row_number() over (partition by people.first_month order by people.customer_key) as place,
    count(*) over (partition by people.first_month) as of_month
  from people
  where people.joined_on is null
),

others as (
  select
    numbered_others.*,
    floor((numbered_others.place - 1) * member_counts.members / numbered_others.of_month)::bigint + 1 as member_place
  from numbered_others
  inner join member_counts on member_counts.first_month = numbered_others.first_month
),

-- members with their day, non-members with the day that they are given
subjects as (
  select
    true as is_member,
    members.customer_key,
    members.first_order_date,
    members.first_month,
    members.joined_on
  from members
  union all
  select
    false,
    others.customer_key,
    others.first_order_date,
    others.first_month,
    members.joined_on
  from others
  inner join members
    on members.first_month = others.first_month
    and members.place = others.member_place
  cross join settings
  where members.joined_on - others.first_order_date >= settings.min_tenure
),

kept_orders as (
  select
    orders.customer_key,
    orders.order_date
  from orders
  cross join settings
  where
    orders.customer_key is not null
    and orders.order_date <= settings.as_of
    and (orders.refund <= 0 or orders.net > 0)
),

windows as (
  select
    subjects.customer_key,
    sum(case when kept_orders.order_date < subjects.joined_on then 1 else 0 end) as before,
    sum(case when kept_orders.order_date > subjects.joined_on then 1 else 0 end) as after
  from subjects
  cross join settings
  inner join kept_orders
    on kept_orders.customer_key = subjects.customer_key
    and kept_orders.order_date > subjects.first_order_date
    and kept_orders.order_date between subjects.joined_on - settings.days and subjects.joined_on + settings.days
  group by subjects.customer_key
),

-- once a month of the first order and month of joining: whole numbers, so that sums are exact
cells as (
  select
    subjects.is_member,
    subjects.first_month,
    (extract(year from subjects.joined_on) * 12 + extract(month from subjects.joined_on))::integer as join_month,
    count(*) as customers,
    sum(coalesce(windows.before, 0)) as before,
    sum(coalesce(windows.after, 0)) as after,
    sum(power(coalesce(windows.after, 0) - coalesce(windows.before, 0), 2)) as squares
  from subjects
  left join windows on windows.customer_key = subjects.customer_key
  group by subjects.is_member, subjects.first_month, join_month
),

pairs as (
  select
    cells.*,
    ours.customers as members,
    theirs.customers as others,
    cells.after - cells.before as difference,
    ours.customers::double / sum(ours.customers) over (partition by cells.is_member) as share
  from cells
  inner join cells as ours
    on ours.is_member
    and ours.first_month = cells.first_month
    and ours.join_month = cells.join_month
  inner join cells as theirs
    on not theirs.is_member
    and theirs.first_month = cells.first_month
    and theirs.join_month = cells.join_month
),

means as (
  select
    pairs.is_member,
    sum(pairs.customers) as customers,
    sum(pairs.share * pairs.before / pairs.customers) as before,
    sum(pairs.share * pairs.after / pairs.customers) as after,
    sum(pairs.share * pairs.difference / pairs.customers) as difference
  from pairs
  group by pairs.is_member
),

-- weight of a customer: share of the cell ÷ customers in it, for members 1 ÷ n
errors as (
  select
    pairs.is_member,
    case when any_value(means.customers) > 1 then
      sqrt(
        any_value(means.customers) / (any_value(means.customers) - 1)
        * sum(
          power(pairs.share / pairs.customers, 2)
          * greatest(
            0,
            pairs.squares
            - 2 * means.difference * pairs.difference
            + power(means.difference, 2) * pairs.customers
          )
        )
      )
    end as error
  from pairs
  inner join means on means.is_member = pairs.is_member
  group by pairs.is_member
),

recent_orders as (
  select
    kept_orders.customer_key,
    count(*) as orders
  from kept_orders
  cross join settings
  where kept_orders.order_date > settings.as_of - settings.days
  group by kept_orders.customer_key
),

raw as (
  select
    people.joined_on is not null as is_member,
    count(*) as customers,
    sum(coalesce(recent_orders.orders, 0))::double / count(*) as after
  from people
  left join recent_orders on recent_orders.customer_key = people.customer_key
  group by people.joined_on is not null
),

groups (place, name, is_member, is_raw) as (
  values
    (1, 'members', true, false),
    (2, 'non-members', false, false),
    (3, 'raw-members', true, true),
    (4, 'raw-non-members', false, true)
)

select
  groups.name as "group",
  coalesce(raw.customers, means.customers, 0)::integer as customers,
  means.before::double as before,
  coalesce(raw.after, means.after)::double as after,
  means.difference::double as difference,
  case when groups.place = 1 then means.difference - their_means.difference end::double as did,
  case when groups.place = 1 then
    means.difference - their_means.difference
    - settings.z * sqrt(power(errors.error, 2) + power(their_errors.error, 2))
  end::double as lower,
  case when groups.place = 1 then
    means.difference - their_means.difference
    + settings.z * sqrt(power(errors.error, 2) + power(their_errors.error, 2))
  end::double as upper,
  (means.difference - settings.z * errors.error)::double as difference_lower,
  (means.difference + settings.z * errors.error)::double as difference_upper
from groups
cross join settings
left join raw on groups.is_raw and raw.is_member = groups.is_member
left join means on not groups.is_raw and means.is_member = groups.is_member
left join errors on errors.is_member = means.is_member
left join means as their_means on groups.place = 1 and not their_means.is_member
left join errors as their_errors on groups.place = 1 and not their_errors.is_member
where (select count(*) from people) > 0
order by groups.place;
