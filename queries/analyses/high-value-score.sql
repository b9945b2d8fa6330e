-- title: High-value score
-- title.zh-Hans: 高价值用户得分
-- title.zh-Hant: 高價值使用者得分
-- question: Who came on their own, paid, bought often and brought others?
-- question.zh-Hans: 谁主动而来、付过费、买得多，还带来了别人？
-- question.zh-Hant: 誰主動而來、付過費、買得多，還帶來了別人？
-- definition: One row a person of the orders or of the customer, event and referral files, up to the observation
--   end. One point each. came_voluntarily: the source of the customer file, or the kind of some touch, contains one
--   of the words (any case); 0 where a source or kind is known and none does; empty where neither is. paid: at least
--   one order. frequent: orders ≥ P75 of the orders of all who ordered (linear, type 7) and ≥ min_orders; where
--   three in four bought once P75 is 1 and all who ordered count as frequent: raise min_orders then. referred: at
--   least one referee other than themselves, in the referral file or named by the referee’s line of a customer file;
--   empty where no file names any referrer. score = the sum of the points that are known; points_known = how many
--   are. Two people compare only where the same points are known. revenue is net of refunds.
-- definition.zh-Hans: 每行一位：截至截止日出现在订单、客户、事件或推荐文件中的人。每项一分。主动而来：客户文件中的来源，
--   或任一触达的类型，含有所列词语之一（不分大小写）；来源或类型已知但都不含为 0，两者都未知则留空。付费：至少一单。
--   高频：订单数 ≥ 全部下单者订单数的 P75（线性插值，type 7）且 ≥ min_orders；四分之三的人只买过一次时 P75 为
--   1，所有下单者都算高频，此时请提高 min_orders。推荐：在推荐文件中，或在被推荐人的客户文件行中，
--   至少推荐过一位本人以外的人；没有任何文件写明推荐人时留空。得分 = 已知各项之和；已知项数 = 已知的项数。
--   已知项相同的人才可互相比较。收入已扣除退款。
-- definition.zh-Hant: 每列一位：截至截止日出現在訂單、客戶、事件或推薦檔案中的人。每項一分。主動而來：客戶檔案中的來源，
--   或任一觸達的類型，含有所列詞語之一（不分大小寫）；來源或類型已知但都不含為 0，兩者都未知則留空。付費：至少一單。
--   高頻：訂單數 ≥ 全部下單者訂單數的 P75（線性內插，type 7）且 ≥ min_orders；四分之三的人只買過一次時 P75 為
--   1，所有下單者都算高頻，此時請提高 min_orders。推薦：在推薦檔案中，或在被推薦人的客戶檔案列中，
--   至少推薦過一位本人以外的人；沒有任何檔案寫明推薦人時留空。得分 = 已知各項之和；已知項數 = 已知的項數。
--   已知項相同的人才可互相比較。營收已扣除退款。
-- sentence: {high} of {people} {people|person|people} {high|has|have} three points or more, {all_four} of them all
--   four; up to {points_known} {points_known|point|points} can be known from these files.|There is nothing to say
--   yet: nobody in these files has an order or is a contact.
-- sentence.zh-Hans: {people} 人中有 {high} 人得三分以上，其中 {all_four} 人满四分；这些文件最多可知 {points_known}
--   项。|暂时没有可说的：这些文件里没有下过单的人或联系人。
-- sentence.zh-Hant: {people} 人中有 {high} 人得三分以上，其中 {all_four} 人滿四分；這些檔案最多可知 {points_known}
--   項。|暫時沒有可說的：這些檔案裡沒有下過單的人或聯絡人。
-- group: value
-- needs: customer_summary, customer_days
-- param: words text = scan,search,inbound,inquiry,扫码,掃碼,搜索,搜尋,主动,主動,咨询,諮詢 -- sources and kinds of
--   touches by which somebody came on their own, with commas between
-- param.en: words Words for coming on their own
-- param.zh-Hans: words 主动来源词 -- 表示主动而来的来源或触达类型，用逗号分隔
-- param.zh-Hant: words 主動來源詞 -- 表示主動而來的來源或觸達類型，用逗號分隔
-- param: min_orders integer = 1 -- frequent takes at least this many orders, whatever P75 is
-- param.en: min_orders Fewest orders
-- param.zh-Hans: min_orders 最少订单数 -- 无论 P75 是多少，高频至少要有这么多订单
-- param.zh-Hant: min_orders 最少訂單數 -- 無論 P75 是多少，高頻至少要有這麼多訂單
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customer
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: came_voluntarily count -- 1, 0, or empty where it is not known
-- column.zh-Hans: came_voluntarily 主动而来 -- 1、0，未知则留空
-- column.zh-Hant: came_voluntarily 主動而來 -- 1、0，未知則留空
-- column: paid count -- 1 or 0: at least one order
-- column.zh-Hans: paid 付费 -- 1 或 0：至少一单
-- column.zh-Hant: paid 付費 -- 1 或 0：至少一單
-- column: frequent count -- 1 or 0: orders ≥ P75
-- column.zh-Hans: frequent 高频 -- 1 或 0：订单数 ≥ P75
-- column.zh-Hant: frequent 高頻 -- 1 或 0：訂單數 ≥ P75
-- column: referred count -- 1, 0, or empty where no file names any referrer
-- column.en: referred Referred others
-- column.zh-Hans: referred 推荐他人 -- 1、0，没有推荐资料则留空
-- column.zh-Hant: referred 推薦他人 -- 1、0，沒有推薦資料則留空
-- column: score count -- sum of the points that are known
-- column.zh-Hans: score 得分 -- 已知各项之和
-- column.zh-Hant: score 得分 -- 已知各項之和
-- column: points_known count -- how many of the four are known
-- column.zh-Hans: points_known 已知项数 -- 四项中已知几项
-- column.zh-Hant: points_known 已知項數 -- 四項中已知幾項
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: referees count -- people they brought; empty where no file names any referrer
-- column.zh-Hans: referees 被推荐人数 -- 带来的人数，没有推荐资料则留空
-- column.zh-Hant: referees 被推薦人數 -- 帶來的人數，沒有推薦資料則留空
-- column: orders_p75 number -- of all who ordered
-- column.en: orders_p75 P75 of orders
-- column.zh-Hans: orders_p75 订单数 P75 -- 全部下单者
-- column.zh-Hant: orders_p75 訂單數 P75 -- 全部下單者
-- fact: people count = count()
-- fact: high count = count() where score >= 3
-- fact: all_four count = count() where score = 4
-- fact: points_known count = max(points_known)
-- chart: histogram x=score -- Score
-- chart.zh-Hans: 得分
-- chart.zh-Hant: 得分
-- chart: scatter x=orders y=revenue fill=score label=customer_id -- Who they are
-- chart.zh-Hans: 他们是谁
-- chart.zh-Hant: 他們是誰
with
params as (
  select
    coalesce(getvariable('words'), 'scan,search,inbound,inquiry,扫码,掃碼,搜索,搜尋,主动,主動,咨询,諮詢')::varchar as words,
    coalesce(getvariable('min_orders'), 1)::integer as min_orders,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

split_words as (
  select unnest(string_split(lower(params.words), ',')) as word
  from params
),

given_words as (
  select trim(split_words.word) as word
  from split_words
  where trim(split_words.word) != ''
),

measures as (
  select
    customer_days.customer_key,
    sum(customer_days.orders) as orders,
    sum(customer_days.net) as net
  from customer_days
  cross join params
  where customer_days.order_date <= params.as_of
  group by customer_days.customer_key
),

buyers as (
  select
    customer_summary.customer_id,
    measures.orders,
    measures.net
  from measures
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
),

order_ranks as (
  select
    buyers.orders,
    sum(count(*)) over (order by buyers.orders rows between unbounded preceding and current row) as up_to,
    3 * (sum(count(*)) over () - 1) as fourths
  from buyers
  group by buyers.orders
),

-- four times the percentile, in whole numbers: the comparison stays exact
order_limits as (
  select
    min(case when order_ranks.up_to > floor(order_ranks.fourths / 4) then order_ranks.orders end)
      * (4 - max(order_ranks.fourths % 4))
    + min(case when order_ranks.up_to > ceil(order_ranks.fourths / 4) then order_ranks.orders end)
      * max(order_ranks.fourths % 4) as fourths
  from order_ranks
),

ways as (
  select
    contacts.customer_id,
    lower(contacts.source) as way
  from contacts
  where trim(contacts.source) != ''
  union
  select
    touches.customer_id,
    lower(touches.kind) as way
  from touches
  cross join params
  where trim(touches.kind) != '' and (touches.touched_at is null or touches.touched_at::date <= params.as_of)
),

way_texts as (
  select distinct ways.way
  from ways
),

voluntary_ways as (
  select distinct way_texts.way
  from way_texts
  inner join given_words on contains(way_texts.way, given_words.word)
),

arrivals as (
  select
    ways.customer_id,
    max(case when voluntary_ways.way is not null then 1 else 0 end) as came_voluntarily
  from ways
  left join voluntary_ways on voluntary_ways.way = ways.way
  group by ways.customer_id
),

referral_pairs as (
  select
    referrals.referrer_id,
    referrals.referee_id
  from referrals
  cross join params
  where referrals.referred_at is null or referrals.referred_at::date <= params.as_of
  union
  select
    contacts.referrer_id,
    contacts.customer_id as referee_id
  from contacts
  where contacts.referrer_id is not null
),

knowledge as (
  select
    (select count(*) from referrals) + (select count(contacts.referrer_id) from contacts) > 0 as knows_referrers
),

referrers as (
  select
    referral_pairs.referrer_id,
    count(*) as referees
  from referral_pairs
  where referral_pairs.referrer_id != referral_pairs.referee_id
  group by referral_pairs.referrer_id
),

people as (
  select buyers.customer_id
  from buyers
  union
  select contacts.customer_id
  from contacts
  union
  select touches.customer_id
  from touches
  cross join params
  where touches.touched_at is null or touches.touched_at::date <= params.as_of
  union
  select referral_pairs.referrer_id
  from referral_pairs
  union
  select referral_pairs.referee_id
  from referral_pairs
),

points as (
  select
    people.customer_id,
    arrivals.came_voluntarily,
    case when buyers.orders > 0 then 1 else 0 end as paid,
    case when buyers.orders * 4 >= order_limits.fourths and buyers.orders >= params.min_orders then 1 else 0 end
      as frequent,
    case when knowledge.knows_referrers then case when referrers.referees > 0 then 1 else 0 end end as referred,
    coalesce(buyers.orders, 0) as orders,
    coalesce(buyers.net, 0) as net,
    case when knowledge.knows_referrers then coalesce(referrers.referees, 0) end as referees,
    order_limits.fourths::double / 4 as orders_p75
  from people
  cross join params
  cross join knowledge
  cross join order_limits
  left join arrivals on arrivals.customer_id = people.customer_id
  left join buyers on buyers.customer_id = people.customer_id
  left join referrers on referrers.referrer_id = people.customer_id
  where people.customer_id is not null
)

select
  points.customer_id,
  points.came_voluntarily::integer as came_voluntarily,
  points.paid::integer as paid,
  points.frequent::integer as frequent,
  points.referred::integer as referred,
  (coalesce(points.came_voluntarily, 0) + points.paid + points.frequent + coalesce(points.referred, 0))::integer
    as score,
  (
    2
    + case when points.came_voluntarily is null then 0 else 1 end
    + case when points.referred is null then 0 else 1 end
  )::integer as points_known,
  points.orders::integer as orders,
  points.net::double as revenue,
  points.referees::integer as referees,
  points.orders_p75::double as orders_p75
from points
order by score desc, points.net desc, points.customer_id;
