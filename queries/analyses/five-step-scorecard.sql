-- title: Five steps of the private domain
-- title.zh-Hans: 私域五步计分卡
-- title.zh-Hant: 私域五步計分卡
-- question: Where do the five steps of private-domain work stand in the last whole period, against the one before?
-- question.zh-Hans: 私域运营的五个步骤，最近一个完整周期做得怎样，与上一周期相比如何？
-- question.zh-Hant: 私域經營的五個步驟，最近一個完整週期做得怎樣，與上一週期相比如何？
-- definition: value is the figure of the last period that ended at or before the observation end, previous that of the
--   period before it; both count what was known on the last day of their own period, so that neither was watched
--   longer. unit says whether it is a count or a share from 0 to 1; a share = numerator ÷ denominator, of numbers of
--   people or touches with its Wilson 95 % interval. change = value ÷ previous − 1. IP: people-touched are the
--   different people touched; response-rate = touches answered on the day of the touch or later ÷ touches. Connect:
--   joined are the people who joined the private domain; joined-share = new customers who had joined ÷ new customers
--   (first order in the period). Activate: first-orders are the first orders by people who had joined by that day;
--   first-order-conversion = those with a first order ÷ people who joined in the period and had not ordered before
--   they joined. Stratify: labelled-share = buyers with a tag or a tier ÷ buyers, by the files as they are today;
--   top-revenue-share = net of the fifth of the buyers, rounded up, who spent most ÷ net of all buyers. Repurchase:
--   returning-rate = buyers who had bought before the period ÷ buyers; repeat-revenue-share = their net ÷ net of all
--   buyers. A buyer is a known customer with an order in the period. missing says why a figure is empty: no file for
--   it, a period that the orders (or the touches) do not cover, or nothing to count from.
-- definition.zh-Hans: 本期值为截止日当天或之前结束的最近一个周期的数值，上期值为再前一个周期；两者都只计各自周期最后一天已知
--   的情况，观察时间相同。单位说明是数量还是 0 到 1 的占比；占比 = 分子 ÷ 分母，人数和触达次数的占比附 Wilson 95%
--   区间。变化 = 本期值 ÷ 上期值 − 1。打造 IP：触达人数为被触达的不同的人；响应率 = 触达当天或之后得到回应的触达 ÷
--   触达。连接：新进私域为进入私域的人；新客进私域率 = 已进入私域的新客 ÷
--   新客（首单在本期）。激活：私域首单为下单当天已进入私域的人的首单；首单转化率 = 已下首单的人 ÷
--   本期进入私域且此前未下过单的人。分层：打标率 = 有标签或等级的购买者 ÷
--   购买者，以文件现状为准；头部收入占比 = 消费最多的五分之一购买者（人数向上取整）的净额 ÷
--   全部购买者的净额。复购：回头率 = 本期之前买过的购买者 ÷ 购买者；复购收入占比 = 他们的净额 ÷
--   全部购买者的净额。购买者为本期下过单的已识别客户。缺失原因说明数值为何为空：没有相应文件、订单（或触达）数据未覆盖该周期，
--   或没有可计的数。
-- definition.zh-Hant: 本期值為截止日當天或之前結束的最近一個週期的數值，上期值為再前一個週期；兩者都只計各自週期最後一天已知
--   的情況，觀察時間相同。單位說明是數量還是 0 到 1 的占比；占比 = 分子 ÷ 分母，人數和接觸次數的占比附 Wilson 95%
--   區間。變化 = 本期值 ÷ 上期值 − 1。打造 IP：接觸人數為被接觸的不同的人；回應率 = 接觸當天或之後得到回應的接觸 ÷
--   接觸。連接：新進私域為進入私域的人；新客進私域率 = 已進入私域的新客 ÷
--   新客（首單在本期）。活化：私域首單為下單當天已進入私域的人的首單；首單轉換率 = 已下首單的人 ÷
--   本期進入私域且此前未下過單的人。分層：貼標率 = 有標籤或等級的購買者 ÷
--   購買者，以檔案現狀為準；頭部營收占比 = 消費最多的五分之一購買者（人數無條件進位）的淨額 ÷
--   全部購買者的淨額。回購：回頭率 = 本期之前買過的購買者 ÷ 購買者；回購營收占比 = 他們的淨額 ÷
--   全部購買者的淨額。購買者為本期下過單的已識別客戶。空值原因說明數值為何為空：沒有相應檔案、訂單（或接觸）資料未涵蓋該週期，
--   或沒有可計的數。
-- sentence: [In the period from {period} on {returning} of the buyers had bought before ({lower} to {upper})[,
--   {previous} in the period before][; theirs was {repeat_revenue} of the revenue]. ]{known} of {figures}
--   {figures|figure|figures} can be told from these files.
-- sentence.zh-Hans: [自 {period} 起的一期，购买者中有 {returning} 以前买过（{lower} 至 {upper}）[，上期为
--   {previous}][；他们带来了 {repeat_revenue} 的收入]。]{figures} 项数值中，这些文件可以算出 {known} 项。
-- sentence.zh-Hant: [自 {period} 起的一期，購買者中有 {returning} 以前買過（{lower} 至 {upper}）[，上期為
--   {previous}][；他們帶來了 {repeat_revenue} 的營收]。]{figures} 項數值中，這些檔案可以算出 {known} 項。
-- group: private
-- needs: customer_summary, customer_days
-- scope: shop
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: count, previous_count, denominator, numerator of denominator, previous_denominator,
--   previous_numerator of previous_denominator each step, metric where metric =
--   people-touched/response-rate/joined/joined-share/first-orders/first-order-conversion/labelled-share/returning-rate;
--   rows metric = repeat-revenue-share about numerator of denominator at metric = returning-rate; rows metric =
--   repeat-revenue-share about previous_numerator of previous_denominator at metric = returning-rate; rows metric =
--   top-revenue-share about 20% denominator of denominator at metric = returning-rate; rows metric =
--   top-revenue-share about 20% previous_denominator of previous_denominator at metric = returning-rate
-- column: step text
-- column.zh-Hans: step 步骤
-- column.zh-Hant: step 步驟
-- column: metric text
-- column.zh-Hans: metric 指标
-- column.zh-Hant: metric 指標
-- column: value number -- in the last whole period; shares from 0 to 1
-- column.zh-Hans: value 本期值 -- 最近一个完整周期，占比为 0 到 1
-- column.zh-Hant: value 本期值 -- 最近一個完整週期，占比為 0 到 1
-- column: previous number -- in the period before
-- column.zh-Hans: previous 上期值 -- 再前一个周期
-- column.zh-Hant: previous 上期值 -- 再前一個週期
-- column: unit text -- count or share
-- column.zh-Hans: unit 单位 -- 数量或占比
-- column.zh-Hant: unit 單位 -- 數量或占比
-- column: change share -- value ÷ previous − 1
-- column.zh-Hans: change 变化 -- 本期值 ÷ 上期值 − 1
-- column.zh-Hant: change 變化 -- 本期值 ÷ 上期值 − 1
-- column: count count -- value of a count
-- column.zh-Hans: count 本期数量 -- 数量指标的本期值
-- column.zh-Hant: count 本期數量 -- 數量指標的本期值
-- column: previous_count count -- previous of a count
-- column.en: previous_count Count before
-- column.zh-Hans: previous_count 上期数量 -- 数量指标的上期值
-- column.zh-Hant: previous_count 上期數量 -- 數量指標的上期值
-- column: share share -- value of a share
-- column.zh-Hans: share 本期占比 -- 占比指标的本期值
-- column.zh-Hant: share 本期占比 -- 占比指標的本期值
-- column: previous_share share -- previous of a share
-- column.en: previous_share Share before
-- column.zh-Hans: previous_share 上期占比 -- 占比指标的上期值
-- column.zh-Hant: previous_share 上期占比 -- 占比指標的上期值
-- column: lower share -- of share, Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- 本期占比，Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- 本期占比，Wilson 95% 區間
-- column: upper share -- of share, Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- 本期占比，Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- 本期占比，Wilson 95% 區間
-- column: previous_lower share -- of previous_share, Wilson 95 %
-- column.zh-Hans: previous_lower 上期下限 -- 上期占比，Wilson 95% 区间
-- column.zh-Hant: previous_lower 上期下限 -- 上期占比，Wilson 95% 區間
-- column: previous_upper share -- of previous_share, Wilson 95 %
-- column.zh-Hans: previous_upper 上期上限 -- 上期占比，Wilson 95% 区间
-- column.zh-Hant: previous_upper 上期上限 -- 上期占比，Wilson 95% 區間
-- column: numerator number -- people, touches or net
-- column.zh-Hans: numerator 分子 -- 人数、触达次数或净额
-- column.zh-Hant: numerator 分子 -- 人數、接觸次數或淨額
-- column: denominator number -- people, touches or net
-- column.zh-Hans: denominator 分母 -- 人数、触达次数或净额
-- column.zh-Hant: denominator 分母 -- 人數、接觸次數或淨額
-- column: previous_numerator number
-- column.zh-Hans: previous_numerator 上期分子
-- column.zh-Hant: previous_numerator 上期分子
-- column: previous_denominator number
-- column.zh-Hans: previous_denominator 上期分母
-- column.zh-Hant: previous_denominator 上期分母
-- column: missing text -- why a figure is empty
-- column.zh-Hans: missing 缺失原因 -- 数值为何为空
-- column.zh-Hant: missing 空值原因 -- 數值為何為空
-- column: period date -- first day of the last whole period
-- column.zh-Hans: period 本期 -- 第一天
-- column.zh-Hant: period 本期 -- 第一天
-- column: previous_period date -- first day of the period before
-- column.zh-Hans: previous_period 上期 -- 第一天
-- column.zh-Hant: previous_period 上期 -- 第一天
-- fact: period date = first(period)
-- fact: returning share = first(share) where metric = 'returning-rate'
-- fact: lower share = first(lower) where metric = 'returning-rate'
-- fact: upper share = first(upper) where metric = 'returning-rate'
-- fact: previous share = first(previous_share) where metric = 'returning-rate'
-- fact: repeat_revenue share = first(share) where metric = 'repeat-revenue-share'
-- fact: known count = count() where value != null
-- fact: figures count = count()
-- chart: segments label=metric value=share compare=previous_share -- Shares
-- chart.zh-Hans: 占比
-- chart.zh-Hant: 占比
-- chart: segments label=metric value=count compare=previous_count -- Counts
-- chart.zh-Hans: 数量
-- chart.zh-Hant: 數量
-- chart: bars x=metric y=change -- Change
-- chart.zh-Hans: 变化
-- chart.zh-Hant: 變化
-- chart: dots y=metric x=share lower=lower upper=upper n=denominator -- Intervals
-- chart.zh-Hans: 区间
-- chart.zh-Hant: 區間
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
-- value: ip = 1 IP
-- value.zh-Hans: ip = 1 打造 IP
-- value.zh-Hant: ip = 1 打造 IP
-- value: connect = 2 Connect
-- value.zh-Hans: connect = 2 连接
-- value.zh-Hant: connect = 2 連接
-- value: activate = 3 Activate
-- value.zh-Hans: activate = 3 激活
-- value.zh-Hant: activate = 3 活化
-- value: stratify = 4 Stratify
-- value.zh-Hans: stratify = 4 分层
-- value.zh-Hant: stratify = 4 分層
-- value: repurchase = 5 Repurchase
-- value.zh-Hans: repurchase = 5 复购
-- value.zh-Hant: repurchase = 5 回購
-- value: people-touched = People touched
-- value.zh-Hans: people-touched = 触达人数
-- value.zh-Hant: people-touched = 接觸人數
-- value: response-rate = Touches answered
-- value.zh-Hans: response-rate = 响应率
-- value.zh-Hant: response-rate = 回應率
-- value: joined = People who joined
-- value.zh-Hans: joined = 新进私域
-- value.zh-Hant: joined = 新進私域
-- value: joined-share = New customers who joined
-- value.zh-Hans: joined-share = 新客进私域率
-- value.zh-Hant: joined-share = 新客進私域率
-- value: first-orders = First orders of the joined
-- value.zh-Hans: first-orders = 私域首单
-- value.zh-Hant: first-orders = 私域首單
-- value: first-order-conversion = First order after joining
-- value.zh-Hans: first-order-conversion = 首单转化率
-- value.zh-Hant: first-order-conversion = 首單轉換率
-- value: labelled-share = Buyers with a tag or tier
-- value.zh-Hans: labelled-share = 打标率
-- value.zh-Hant: labelled-share = 貼標率
-- value: top-revenue-share = Revenue of the top fifth
-- value.zh-Hans: top-revenue-share = 头部收入占比
-- value.zh-Hant: top-revenue-share = 頭部營收占比
-- value: returning-rate = Returning buyers
-- value.zh-Hans: returning-rate = 回头率
-- value.zh-Hant: returning-rate = 回頭率
-- value: repeat-revenue-share = Revenue of returning buyers
-- value.zh-Hans: repeat-revenue-share = 复购收入占比
-- value.zh-Hant: repeat-revenue-share = 回購營收占比
-- value: count = Count
-- value.zh-Hans: count = 数量
-- value.zh-Hant: count = 數量
-- value: share = Share
-- value.zh-Hans: share = 占比
-- value.zh-Hant: share = 占比
-- value: no-touches = needs a file of touches
-- value.zh-Hans: no-touches = 需要触达记录文件
-- value.zh-Hant: no-touches = 需要接觸紀錄檔案
-- value: no-joins = needs a customer file with the date of joining
-- value.zh-Hans: no-joins = 需要含进入私域日期的客户文件
-- value.zh-Hant: no-joins = 需要含進入私域日期的客戶檔案
-- value: no-labels = needs a customer file with tags or tiers
-- value.zh-Hans: no-labels = 需要含标签或等级的客户文件
-- value.zh-Hant: no-labels = 需要含標籤或等級的客戶檔案
-- value: no-period = the data cover no whole period
-- value.zh-Hans: no-period = 数据未覆盖完整的周期
-- value.zh-Hant: no-period = 資料未涵蓋完整的週期
-- value: outside-file = no touches on file from that time
-- value.zh-Hans: outside-file = 触达记录不含该时段
-- value.zh-Hant: outside-file = 接觸紀錄不含該時段
-- value: no-base = nothing to count from
-- value.zh-Hans: no-base = 没有可计的数
-- value.zh-Hant: no-base = 沒有可計的數
-- value: no-previous = no figure for the period before
-- value.zh-Hans: no-previous = 上期没有数值
-- value.zh-Hant: no-previous = 上期沒有數值
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    params.as_of + 1 as open_day,
    dataset.first_date,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    1.959963984540054::double as z
  from params
  cross join dataset
),

-- the period that is still open on the day after the observation end
open_periods as (
  select
    case
      when settings.in_days then floor((settings.open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.open_day) * 12 + extract(month from settings.open_day) - 1)
        / settings.months_per_period
      )
    end::integer as open_index
  from settings
),

-- 1 is the last whole period, 2 the one before
side_indexes as (
  select
    series.side::integer as side,
    (open_periods.open_index - series.side)::integer as period_index,
    (open_periods.open_index - series.side + 1)::integer as next_index
  from open_periods
  cross join generate_series(1, 2) as series(side)
),

side_dates as (
  select
    side_indexes.side,
    case
      when settings.in_days then date '0001-01-01' + (side_indexes.period_index * settings.days_per_period)::integer
      else make_date(
        floor(side_indexes.period_index * settings.months_per_period / 12)::integer,
        ((side_indexes.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as first_day,
    case
      when settings.in_days then date '0001-01-01' + (side_indexes.next_index * settings.days_per_period)::integer
      else make_date(
        floor(side_indexes.next_index * settings.months_per_period / 12)::integer,
        ((side_indexes.next_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end - 1 as last_day
  from side_indexes
  cross join settings
),

sides as (
  select
    side_dates.*,
    side_dates.first_day >= settings.first_date as is_covered
  from side_dates
  cross join settings
),

touch_counts as (
  select
    sides.side,
    count(*) as touches,
    sum(case
      when touches.responded_at::date >= touches.touched_at::date and touches.responded_at::date <= sides.last_day
        then 1
      else 0
    end) as responses
  from touches
  inner join sides on touches.touched_at >= sides.first_day and touches.touched_at < sides.last_day + 1
  group by sides.side
),

touched_people as (
  select
    sides.side,
    touches.customer_id
  from touches
  inner join sides on touches.touched_at >= sides.first_day and touches.touched_at < sides.last_day + 1
  where touches.customer_id is not null
  group by sides.side, touches.customer_id
),

people_counts as (
  select
    touched_people.side,
    count(*) as people
  from touched_people
  group by touched_people.side
),

touch_spans as (
  select
    min(touches.touched_at)::date as first_touch,
    max(touches.touched_at)::date as last_touch
  from touches
),

people as (
  select
    contacts.customer_id,
    min(contacts.joined_private_at) as joined_on,
    max(case
      when
        trim(contacts.tier, ' 　') != ''
        or trim(contacts.tags, concat(' 　,，；、|｜', chr(59))) != ''
        then 1
      else 0
    end) as is_labelled
  from contacts
  group by contacts.customer_id
),

file_facts as (
  select
    count(people.joined_on) > 0 as has_joins,
    coalesce(max(people.is_labelled), 0) = 1 as has_labels
  from people
),

join_counts as (
  select
    sides.side,
    count(*) as joined,
    sum(case
      when customer_summary.first_order_date is null or customer_summary.first_order_date >= people.joined_on then 1
      else 0
    end) as not_ordered,
    sum(case
      when
        customer_summary.first_order_date >= people.joined_on and customer_summary.first_order_date <= sides.last_day
        then 1
      else 0
    end) as converted
  from people
  inner join sides on people.joined_on >= sides.first_day and people.joined_on <= sides.last_day
  left join customer_summary on customer_summary.customer_id = people.customer_id
  group by sides.side
),

new_counts as (
  select
    sides.side,
    count(*) as new_customers,
    sum(case when people.joined_on <= sides.last_day then 1 else 0 end) as joined_customers,
    sum(case when people.joined_on <= customer_summary.first_order_date then 1 else 0 end) as first_orders
  from customer_summary
  inner join sides
    on customer_summary.first_order_date >= sides.first_day and customer_summary.first_order_date <= sides.last_day
  left join people on people.customer_id = customer_summary.customer_id
  group by sides.side
),

sales as (
  select
    sides.side,
    any_value(sides.first_day) as first_day,
    customer_days.customer_key,
    sum(customer_days.net) as net
  from customer_days
  inner join sides on customer_days.order_date >= sides.first_day and customer_days.order_date <= sides.last_day
  group by sides.side, customer_days.customer_key
),

buyers as (
  select
    sales.side,
    sales.net,
    customer_summary.first_order_date < sales.first_day as is_returning,
    coalesce(people.is_labelled, 0) as is_labelled,
    row_number() over (partition by sales.side order by sales.net desc) as place,
    count(*) over (partition by sales.side) as all_buyers
  from sales
  inner join customer_summary on customer_summary.customer_key = sales.customer_key
  left join people on people.customer_id = customer_summary.customer_id
),

buyer_counts as (
  select
    buyers.side,
    count(*) as buyers,
    sum(buyers.is_labelled) as labelled,
    sum(case when buyers.is_returning then 1 else 0 end) as returning_buyers,
    sum(buyers.net) as net,
    sum(case when buyers.is_returning then buyers.net else 0 end) as returning_net,
    sum(case when buyers.place <= floor((buyers.all_buyers + 4) / 5) then buyers.net else 0 end) as top_net
  from buyers
  group by buyers.side
),

metrics (place, step, metric, source, unit) as (
  values
    (1, 'ip', 'people-touched', 'touches', 'count'),
    (2, 'ip', 'response-rate', 'touches', 'share'),
    (3, 'connect', 'joined', 'joins', 'count'),
    (4, 'connect', 'joined-share', 'joins', 'share'),
    (5, 'activate', 'first-orders', 'joins', 'count'),
    (6, 'activate', 'first-order-conversion', 'joins', 'share'),
    (7, 'stratify', 'labelled-share', 'labels', 'share'),
    (8, 'stratify', 'top-revenue-share', 'orders', 'money'),
    (9, 'repurchase', 'returning-rate', 'orders', 'share'),
    (10, 'repurchase', 'repeat-revenue-share', 'orders', 'money')
),

counts as (
  select
    metrics.*,
    sides.side,
    sides.first_day,
    case
      when metrics.source = 'touches' and touch_spans.first_touch is null then 'no-touches'
      when metrics.source = 'joins' and not file_facts.has_joins then 'no-joins'
      when metrics.source = 'labels' and not file_facts.has_labels then 'no-labels'
      when not coalesce(sides.is_covered, false) then 'no-period'
      when
        metrics.source = 'touches'
        and (touch_spans.last_touch < sides.first_day or touch_spans.first_touch > sides.last_day)
        then 'outside-file'
    end as missing,
    coalesce(case metrics.metric
      when 'people-touched' then people_counts.people
      when 'response-rate' then touch_counts.responses
      when 'joined' then join_counts.joined
      when 'joined-share' then new_counts.joined_customers
      when 'first-orders' then new_counts.first_orders
      when 'first-order-conversion' then join_counts.converted
      when 'labelled-share' then buyer_counts.labelled
      when 'top-revenue-share' then buyer_counts.top_net
      when 'returning-rate' then buyer_counts.returning_buyers
      when 'repeat-revenue-share' then buyer_counts.returning_net
    end, 0) as numerator,
    case
      when metrics.unit != 'count' then coalesce(case metrics.metric
        when 'response-rate' then touch_counts.touches
        when 'joined-share' then new_counts.new_customers
        when 'first-order-conversion' then join_counts.not_ordered
        when 'labelled-share' then buyer_counts.buyers
        when 'top-revenue-share' then buyer_counts.net
        when 'returning-rate' then buyer_counts.buyers
        when 'repeat-revenue-share' then buyer_counts.net
      end, 0)
    end as denominator
  from metrics
  cross join sides
  cross join touch_spans
  cross join file_facts
  left join touch_counts on touch_counts.side = sides.side
  left join people_counts on people_counts.side = sides.side
  left join join_counts on join_counts.side = sides.side
  left join new_counts on new_counts.side = sides.side
  left join buyer_counts on buyer_counts.side = sides.side
),

rates as (
  select
    counts.place,
    counts.step,
    counts.metric,
    counts.unit,
    counts.side,
    counts.first_day,
    coalesce(counts.missing, case when counts.denominator <= 0 then 'no-base' end) as missing,
    case when counts.missing is null then counts.numerator end::double as numerator,
    case when counts.missing is null then counts.denominator end::double as denominator,
    case when counts.missing is null and counts.unit = 'count' then counts.numerator end::integer as counted,
    case
      when counts.missing is null and counts.denominator > 0 then counts.numerator::double / counts.denominator::double
    end as rate,
    case
      when counts.missing is null and counts.unit = 'share' then nullif(counts.denominator, 0)
    end::double as n
  from counts
),

figures as (
  select
    rates.*,
    coalesce(rates.counted::double, rates.rate) as figure,
    case when n is not null then greatest(0, (
        rate + z * z / (2 * n) - z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
      ) / (1 + z * z / n))::double end as lower,
    case when n is not null then least(1, (
        rate + z * z / (2 * n) + z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
      ) / (1 + z * z / n))::double end as upper
  from rates
  cross join settings
)

select
  figures.step,
  figures.metric,
  figures.figure as value,
  before.figure as previous,
  case figures.unit when 'count' then 'count' else 'share' end as unit,
  figures.figure / nullif(before.figure, 0) - 1 as change,
  figures.counted as count,
  before.counted as previous_count,
  figures.rate as share,
  before.rate as previous_share,
  figures.lower,
  figures.upper,
  before.lower as previous_lower,
  before.upper as previous_upper,
  figures.numerator,
  figures.denominator,
  before.numerator as previous_numerator,
  before.denominator as previous_denominator,
  case
    when figures.missing is not null then figures.missing
    when before.figure is null then 'no-previous'
  end as missing,
  figures.first_day as period,
  before.first_day as previous_period
from figures
inner join figures as before on before.metric = figures.metric and before.side = 2
where figures.side = 1
order by figures.place;
