-- title: Movement between RFM segments
-- title.zh-Hans: RFM 客群流转
-- title.zh-Hant: RFM 客群流轉
-- question: Into which segment did the customers of each segment move between two dates?
-- question.zh-Hans: 两个日期之间，各客群的客户流向了哪个客群？
-- question.zh-Hant: 兩個日期之間，各客群的客戶流向了哪個客群？
-- definition: All customers are scored twice with the rules of the RFM scores: at the end of the first date, from
--   the orders up to it, and at the observation end. customers = those in from_segment at the first date and in
--   to_segment at the second; share = customers ÷ all of from_segment (from_customers), with its Wilson 95 %
--   interval. Customers whose first order came between the dates have no segment at the first and stand
--   in rows of their own. Over all rows customers adds up to the customers at the observation end. Scores compare customers with each
--   other, so somebody may move without having done anything. An empty first date is gap_days before the
--   observation end; one after it is taken as the observation end itself. Pairs that nobody went are rows of 0.
-- definition.zh-Hans: 用 RFM 得分的规则给全体客户打两次分：第一次在起始日结束时，只用截至当天的订单；第二次在截止日。
--   客户数 = 起始日在原客群、截止日在新客群的客户；占比 = 客户数 ÷
--   原客群全部客户（from_customers），附 Wilson 95% 置信区间。首单在两个日期之间的客户在起始日没有客群，
--   列为“期间新客”。各行客户数之和等于截止日的客户数。得分是客户之间的相对比较，因此有人什么也没做也可能换客群。
--   起始日留空则为截止日前 gap_days 天；晚于截止日时按截止日计。无人经过的组合为 0。
-- definition.zh-Hant: 用 RFM 得分的規則給全體客戶打兩次分：第一次在起始日結束時，只用截至當天的訂單；第二次在截止日。
--   客戶數 = 起始日在原客群、截止日在新客群的客戶；占比 = 客戶數 ÷
--   原客群全部客戶（from_customers），附 Wilson 95% 信賴區間。首單在兩個日期之間的客戶在起始日沒有客群，
--   列為「期間新客」。各列客戶數之和等於截止日的客戶數。得分是客戶之間的相對比較，因此有人什麼也沒做也可能換客群。
--   起始日留空則為截止日前 gap_days 天；晚於截止日時按截止日計。無人經過的組合為 0。
-- sentence: Of {customers} {customers|customer|customers} who {customers|was|were} there at both dates {stayed}
--   stayed in their segment ({lower} to {upper}); {new_customers} came in between.|Not enough time has passed yet:
--   no customer was there at both dates; {new_customers} came in between.
-- sentence.zh-Hans: 两个日期都在的 {customers} 位客户中，{stayed} 留在原客群（{lower} 至 {upper}）；期间新来
--   {new_customers} 位。|时间还不够：没有客户在两个日期都在；期间新来 {new_customers} 位。
-- sentence.zh-Hant: 兩個日期都在的 {customers} 位客戶中，{stayed} 留在原客群（{lower} 至 {upper}）；期間新來
--   {new_customers} 位。|時間還不夠：沒有客戶在兩個日期都在；期間新來 {new_customers} 位。
-- group: value
-- needs: customer_summary, customer_days
-- drill: customers = select after.customer_key from segmented_customers as after cross join this_row left join
--   segmented_customers as before on before.customer_key = after.customer_key and before.side = 1 where after.side =
--   2 and after.segment = this_row.to_segment and coalesce(before.segment, '(new)') = this_row.from_segment
-- param: from date = -- first date; gap_days before the observation end when empty
-- param.zh-Hans: from 起始日 -- 第一次打分的日期，留空则为截止日前 gap_days 天
-- param.zh-Hant: from 起始日 -- 第一次打分的日期，留空則為截止日前 gap_days 天
-- param: gap_days integer = 90 -- between the dates, where the first is empty
-- param.zh-Hans: gap_days 相隔天数 -- 起始日留空时两个日期相隔的天数
-- param.zh-Hant: gap_days 相隔天數 -- 起始日留空時兩個日期相隔的天數
-- param: as_of date = -- second date: observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 第二次打分的日期，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 第二次打分的日期，留空則為最後一筆訂單的日期
-- param: basis choice(orders, days) = orders -- frequency counts orders, or purchase days
-- param.zh-Hans: basis 频次口径 -- 频次按订单数或按购买日计
-- param.zh-Hant: basis 頻次口徑 -- 頻次按訂單數或按購買日計
-- param: ties choice(shared, equal-size, quantile, fixed) = shared -- shared: equal values share a score;
--   equal-size: groups of one size, ties by customer id; quantile: type-7 cut points; fixed: the thresholds below
-- param.zh-Hans: ties 同值规则 -- 同值同分、等人数（同值按客户编号）、分位点（type 7）或下面的固定阈值
-- param.zh-Hant: ties 同值規則 -- 同值同分、等人數（同值按客戶編號）、分位點（type 7）或下面的固定門檻值
-- param: bins choice(5, 3) = 5 -- scores run from 1 to this
-- param.zh-Hans: bins 分数档数 -- 分数从 1 到几
-- param.zh-Hant: bins 分數級數 -- 分數從 1 到幾
-- param: r_thresholds text = 30,90,180,365 -- fixed: most days since the last order for the best score, the second
--   best, …
-- param.en: r_thresholds Thresholds of R
-- param.zh-Hans: r_thresholds 近度阈值 -- 固定阈值：最高分、次高分……允许的最大天数
-- param.zh-Hant: r_thresholds 近度門檻值 -- 固定門檻值：最高分、次高分……允許的最大天數
-- param: f_thresholds text = 2,3,5,9 -- fixed: least frequency for score 2, 3, …
-- param.en: f_thresholds Thresholds of F
-- param.zh-Hans: f_thresholds 频次阈值 -- 固定阈值：2 分、3 分……所需的最低频次
-- param.zh-Hant: f_thresholds 頻次門檻值 -- 固定門檻值：2 分、3 分……所需的最低頻次
-- param: m_thresholds text = 50,100,250,1000 -- fixed: least amount for score 2, 3, …
-- param.en: m_thresholds Thresholds of M
-- param.zh-Hans: m_thresholds 金额阈值 -- 固定阈值：2 分、3 分……所需的最低金额
-- param.zh-Hant: m_thresholds 金額門檻值 -- 固定門檻值：2 分、3 分……所需的最低金額
-- param: scheme choice(11, rf-10, six, cn-8) = 11 -- how cells become segments; six takes 3 bins, and 3 bins take
--   six
-- param.zh-Hans: scheme 分群方案 -- 如何把得分格归入客群；六组方案用 3 档，3 档用六组方案
-- param.zh-Hant: scheme 分群方案 -- 如何把得分格歸入客群；六組方案用 3 級，3 級用六組方案
-- param: threshold choice(mean, median, fixed) = mean -- cn-8: high means better than this; fixed takes the first
--   number of each list
-- param.zh-Hans: threshold 高低界线 -- 八类法：高于此值为高；固定阈值取各列表的第一个数
-- param.zh-Hant: threshold 高低界線 -- 八類法：高於此值為高；固定門檻值取各列表的第一個數
-- counts: from_customers by from_segment; customers by from_segment, to_segment
-- column: from_segment text -- at the first date
-- column.zh-Hans: from_segment 原客群 -- 起始日所在
-- column.zh-Hant: from_segment 原客群 -- 起始日所在
-- column: to_segment text -- at the observation end
-- column.zh-Hans: to_segment 新客群 -- 截止日所在
-- column.zh-Hant: to_segment 新客群 -- 截止日所在
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: from_customers count -- all of from_segment
-- column.zh-Hans: from_customers 原客群客户数 -- 原客群全部客户
-- column.zh-Hant: from_customers 原客群客戶數 -- 原客群全部客戶
-- column: share share -- customers ÷ from_customers
-- column.zh-Hans: share 占比 -- 客户数 ÷ 原客群客户数
-- column.zh-Hant: share 占比 -- 客戶數 ÷ 原客群客戶數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: stayed count -- customers, where both segments are the same
-- column.zh-Hans: stayed 留在原客群 -- 前后客群相同的客户数
-- column.zh-Hant: stayed 留在原客群 -- 前後客群相同的客戶數
-- column: is_new flag -- first order between the dates
-- column.zh-Hans: is_new 新客 -- 首单在两个日期之间
-- column.zh-Hant: is_new 新客 -- 首單在兩個日期之間
-- column: from_date date -- first date
-- column.zh-Hans: from_date 起始日 -- 第一次打分的日期
-- column.zh-Hant: from_date 起始日 -- 第一次打分的日期
-- column: to_date date -- second date
-- column.zh-Hans: to_date 截止日 -- 第二次打分的日期
-- column.zh-Hant: to_date 截止日 -- 第二次打分的日期
-- fact: customers count = sum(customers) where is_new = false
-- fact: stayed share = ratio(stayed, customers) where is_new = false
-- fact: lower share = lower(stayed, customers) where is_new = false
-- fact: upper share = upper(stayed, customers) where is_new = false
-- fact: new_customers count = sum(customers) where is_new = true
-- chart: flow from=from_segment to=to_segment value=customers n=from_customers -- Flow
-- chart.zh-Hans: 流向图
-- chart.zh-Hant: 流向圖
-- chart: heatmap x=to_segment y=from_segment fill=share lower=lower upper=upper n=from_customers -- Where they went
-- chart.zh-Hans: 去向
-- chart.zh-Hant: 去向
-- chart: heatmap x=to_segment y=from_segment fill=customers -- How many went
-- chart.zh-Hans: 人数
-- chart.zh-Hant: 人數
-- value: (new) = came in between
-- value.zh-Hans: (new) = 期间新客
-- value.zh-Hant: (new) = 期間新客
-- value.zh-Hans: orders = 订单
-- value.zh-Hant: orders = 訂單
-- value.zh-Hans: days = 购买日
-- value.zh-Hant: days = 購買日
-- value.zh-Hans: shared = 同值同分
-- value.zh-Hant: shared = 同值同分
-- value.zh-Hans: equal-size = 等人数
-- value.zh-Hant: equal-size = 等人數
-- value.zh-Hans: quantile = 分位点
-- value.zh-Hant: quantile = 分位點
-- value.zh-Hans: fixed = 固定阈值
-- value.zh-Hant: fixed = 固定門檻值
-- value.zh-Hans: 5 = 5 档
-- value.zh-Hant: 5 = 5 級
-- value.zh-Hans: 3 = 3 档
-- value.zh-Hant: 3 = 3 級
-- value: 11 = 11 segments
-- value.zh-Hans: 11 = 11 客群
-- value.zh-Hant: 11 = 11 客群
-- value: rf-10 = 10 segments, R × F
-- value.zh-Hans: rf-10 = 10 客群（R × F）
-- value.zh-Hant: rf-10 = 10 客群（R × F）
-- value: six = 6 groups
-- value.zh-Hans: six = 六组
-- value.zh-Hant: six = 六組
-- value: cn-8 = 8 types
-- value.zh-Hans: cn-8 = 八类法
-- value.zh-Hant: cn-8 = 八類法
-- value.zh-Hans: mean = 均值
-- value.zh-Hant: mean = 平均值
-- value.zh-Hans: median = 中位数
-- value.zh-Hant: median = 中位數
-- value.zh-Hans: Champions = 冠军客户
-- value.zh-Hant: Champions = 冠軍客戶
-- value.zh-Hans: Loyal = 忠诚客户
-- value.zh-Hant: Loyal = 忠誠客戶
-- value.zh-Hans: Potential Loyalist = 潜在忠诚客户
-- value.zh-Hant: Potential Loyalist = 潛在忠誠客戶
-- value.zh-Hans: New Customers = 新客户
-- value.zh-Hant: New Customers = 新客戶
-- value.zh-Hans: Promising = 有潜力客户
-- value.zh-Hant: Promising = 有潛力客戶
-- value.zh-Hans: Need Attention = 需要关注
-- value.zh-Hant: Need Attention = 需要關注
-- value.zh-Hans: About To Sleep = 即将沉睡
-- value.zh-Hant: About To Sleep = 即將沉睡
-- value.zh-Hans: At Risk = 有流失风险
-- value.zh-Hant: At Risk = 有流失風險
-- value.zh-Hans: Cannot Lose Them = 不能失去
-- value.zh-Hant: Cannot Lose Them = 不能失去
-- value.zh-Hans: Hibernating = 休眠客户
-- value.zh-Hant: Hibernating = 休眠客戶
-- value.zh-Hans: Lost = 已流失
-- value.zh-Hant: Lost = 已流失
-- value.zh-Hans: Loyal Customers = 忠诚客户
-- value.zh-Hant: Loyal Customers = 忠誠客戶
-- value.zh-Hans: Potential Loyalists = 潜在忠诚客户
-- value.zh-Hant: Potential Loyalists = 潛在忠誠客戶
-- value.zh-Hans: Can't Lose = 不能失去
-- value.zh-Hant: Can't Lose = 不能失去
-- value.zh-Hans: About to Sleep = 即将沉睡
-- value.zh-Hant: About to Sleep = 即將沉睡
-- value.zh-Hans: Recent = 近期客户
-- value.zh-Hant: Recent = 近期客戶
-- value.zh-Hans: Needs Attention = 需要关注
-- value.zh-Hant: Needs Attention = 需要關注
-- value.zh-Hans: Inactive = 不活跃客户
-- value.zh-Hant: Inactive = 不活躍客戶
-- value: 111 重要价值 = 111 high value
-- value.zh-Hans: 111 重要价值 = 111 重要价值
-- value.zh-Hant: 111 重要价值 = 111 重要價值
-- value: 011 重要保持 = 011 keep
-- value.zh-Hans: 011 重要保持 = 011 重要保持
-- value.zh-Hant: 011 重要保持 = 011 重要保持
-- value: 101 重要发展 = 101 develop
-- value.zh-Hans: 101 重要发展 = 101 重要发展
-- value.zh-Hant: 101 重要发展 = 101 重要發展
-- value: 001 重要挽留 = 001 win back
-- value.zh-Hans: 001 重要挽留 = 001 重要挽留
-- value.zh-Hant: 001 重要挽留 = 001 重要挽留
-- value: 110 一般价值 = 110 ordinary value
-- value.zh-Hans: 110 一般价值 = 110 一般价值
-- value.zh-Hant: 110 一般价值 = 110 一般價值
-- value: 010 一般保持 = 010 ordinary keep
-- value.zh-Hans: 010 一般保持 = 010 一般保持
-- value.zh-Hant: 010 一般保持 = 010 一般保持
-- value: 100 一般发展 = 100 ordinary develop
-- value.zh-Hans: 100 一般发展 = 100 一般发展
-- value.zh-Hant: 100 一般发展 = 100 一般發展
-- value: 000 一般挽留 = 000 ordinary win back
-- value.zh-Hans: 000 一般挽留 = 000 一般挽留
-- value.zh-Hant: 000 一般挽留 = 000 一般挽留
with
params as (
  select
    coalesce(getvariable('basis'), 'orders')::varchar as basis,
    coalesce(getvariable('ties'), 'shared')::varchar as ties,
    coalesce(getvariable('bins'), '5')::integer as bins,
    coalesce(getvariable('r_thresholds'), '30,90,180,365')::varchar as r_thresholds,
    coalesce(getvariable('f_thresholds'), '2,3,5,9')::varchar as f_thresholds,
    coalesce(getvariable('m_thresholds'), '50,100,250,1000')::varchar as m_thresholds,
    coalesce(getvariable('scheme'), '11')::varchar as scheme,
    coalesce(getvariable('threshold'), 'mean')::varchar as threshold,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('gap_days'), 90)::integer as gap_days,
    getvariable('from')::date as from_date
  from dataset
),

settings as (
  select
    params.basis,
    params.ties,
    params.threshold,
    params.as_of,
    least(params.as_of, coalesce(params.from_date, params.as_of - params.gap_days)) as from_date,
    case when params.scheme = 'six' then 3 else params.bins end as bins,
    case when params.bins = 3 and params.scheme in ('11', 'rf-10') then 'six' else params.scheme end as scheme,
    string_split(params.r_thresholds, ',') as r_thresholds,
    string_split(params.f_thresholds, ',') as f_thresholds,
    string_split(params.m_thresholds, ',') as m_thresholds
  from params
),

-- every step below is taken at both dates
sides as (
  select 1 as side, settings.from_date as as_of
  from settings
  union all
  select 2 as side, settings.as_of
  from settings
),

measures as (
  select
    sides.side,
    customer_days.customer_key,
    min(sides.as_of - customer_days.order_date) as recency_days,
    sum(case when settings.basis = 'days' then 1 else customer_days.orders end) as frequency,
    sum(customer_days.net) as monetary
  from customer_days
  cross join settings
  inner join sides on customer_days.order_date <= sides.as_of
  group by sides.side, customer_days.customer_key
),

totals as (
  select
    measures.side,
    count(*) as customers
  from measures
  group by measures.side
),

-- shared: the score of a value is set by how many customers are strictly worse
recency_ranks as (
  select
    measures.side,
    measures.recency_days,
    sum(count(*)) over (partition by measures.side order by measures.recency_days desc) - count(*) as worse
  from measures
  group by measures.side, measures.recency_days
),

frequency_ranks as (
  select
    measures.side,
    measures.frequency,
    sum(count(*)) over (partition by measures.side order by measures.frequency) - count(*) as worse
  from measures
  group by measures.side, measures.frequency
),

monetary_ranks as (
  select
    measures.side,
    measures.monetary,
    sum(count(*)) over (partition by measures.side order by measures.monetary) - count(*) as worse
  from measures
  cross join settings
  where settings.ties = 'shared'
  group by measures.side, measures.monetary
),

shared_scores as (
  select
    measures.*,
    least(settings.bins, 1 + floor(settings.bins * recency_ranks.worse / totals.customers)) as r,
    least(settings.bins, 1 + floor(settings.bins * frequency_ranks.worse / totals.customers)) as f,
    least(settings.bins, 1 + floor(settings.bins * monetary_ranks.worse / totals.customers)) as m
  from measures
  inner join recency_ranks
    on recency_ranks.side = measures.side and recency_ranks.recency_days = measures.recency_days
  inner join frequency_ranks
    on frequency_ranks.side = measures.side and frequency_ranks.frequency = measures.frequency
  inner join monetary_ranks
    on monetary_ranks.side = measures.side and monetary_ranks.monetary = measures.monetary
  inner join totals on totals.side = measures.side
  cross join settings
),

-- equal-size: the first groups take one customer more where n does not divide
placed_customers as (
  select
    measures.*,
    row_number() over (
      partition by measures.side order by measures.recency_days desc, customer_summary.customer_id
    ) - 1 as r_place,
    row_number() over (
      partition by measures.side order by measures.frequency, customer_summary.customer_id
    ) - 1 as f_place,
    row_number() over (
      partition by measures.side order by measures.monetary, customer_summary.customer_id
    ) - 1 as m_place
  from measures
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
  cross join settings
  where settings.ties = 'equal-size'
),

group_sizes as (
  select
    totals.side,
    totals.customers % settings.bins as larger_groups,
    floor(totals.customers / settings.bins) as size,
    (totals.customers % settings.bins) * (floor(totals.customers / settings.bins) + 1) as in_larger
  from totals
  cross join settings
),

equal_scores as (
  select
    placed_customers.side,
    placed_customers.customer_key,
    placed_customers.recency_days,
    placed_customers.frequency,
    placed_customers.monetary,
    case
      when r_place < in_larger then floor(r_place / (size + 1))
      else larger_groups + floor((r_place - in_larger) / size)
    end + 1 as r,
    case
      when f_place < in_larger then floor(f_place / (size + 1))
      else larger_groups + floor((f_place - in_larger) / size)
    end + 1 as f,
    case
      when m_place < in_larger then floor(m_place / (size + 1))
      else larger_groups + floor((m_place - in_larger) / size)
    end + 1 as m
  from placed_customers
  inner join group_sizes on group_sizes.side = placed_customers.side
),

recency_cuts as (
  select
    measures.side,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.recency_days::double, 0.3333333333333333)
      else quantile_cont(measures.recency_days::double, 0.2)
    end as cut1,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.recency_days::double, 0.6666666666666666)
      else quantile_cont(measures.recency_days::double, 0.4)
    end as cut2,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.recency_days::double, 0.6)
    end as cut3,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.recency_days::double, 0.8)
    end as cut4
  from measures
  cross join settings
  where settings.ties = 'quantile'
  group by measures.side
),

frequency_cuts as (
  select
    measures.side,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.frequency::double, 0.3333333333333333)
      else quantile_cont(measures.frequency::double, 0.2)
    end as cut1,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.frequency::double, 0.6666666666666666)
      else quantile_cont(measures.frequency::double, 0.4)
    end as cut2,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.frequency::double, 0.6)
    end as cut3,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.frequency::double, 0.8)
    end as cut4
  from measures
  cross join settings
  where settings.ties = 'quantile'
  group by measures.side
),

monetary_cuts as (
  select
    measures.side,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.monetary::double, 0.3333333333333333)
      else quantile_cont(measures.monetary::double, 0.2)
    end as cut1,
    case any_value(settings.bins)
      when 3 then quantile_cont(measures.monetary::double, 0.6666666666666666)
      else quantile_cont(measures.monetary::double, 0.4)
    end as cut2,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.monetary::double, 0.6)
    end as cut3,
    case any_value(settings.bins)
      when 3 then null
      else quantile_cont(measures.monetary::double, 0.8)
    end as cut4
  from measures
  cross join settings
  where settings.ties = 'quantile'
  group by measures.side
),

-- quantile: 1 + the cut points that are strictly worse, which lie in order, two of them empty with 3 bins
quantile_scores as (
  select
    measures.*,
    case
      when measures.recency_days::double < recency_cuts.cut1 then settings.bins
      when measures.recency_days::double < recency_cuts.cut2 then settings.bins - 1
      when measures.recency_days::double < recency_cuts.cut3 then 3
      when measures.recency_days::double < recency_cuts.cut4 then 2
      else 1
    end as r,
    case
      when measures.frequency::double > frequency_cuts.cut4 then 5
      when measures.frequency::double > frequency_cuts.cut3 then 4
      when measures.frequency::double > frequency_cuts.cut2 then 3
      when measures.frequency::double > frequency_cuts.cut1 then 2
      else 1
    end as f,
    case
      when measures.monetary::double > monetary_cuts.cut4 then 5
      when measures.monetary::double > monetary_cuts.cut3 then 4
      when measures.monetary::double > monetary_cuts.cut2 then 3
      when measures.monetary::double > monetary_cuts.cut1 then 2
      else 1
    end as m
  from measures
  inner join recency_cuts on recency_cuts.side = measures.side
  inner join frequency_cuts on frequency_cuts.side = measures.side
  inner join monetary_cuts on monetary_cuts.side = measures.side
  cross join settings
  where settings.ties = 'quantile'
),

limits as (
  select
    try_cast(trim(r_thresholds[1]) as double) as r1,
    try_cast(trim(r_thresholds[2]) as double) as r2,
    try_cast(trim(r_thresholds[3]) as double) as r3,
    try_cast(trim(r_thresholds[4]) as double) as r4,
    try_cast(trim(f_thresholds[1]) as double) as f1,
    try_cast(trim(f_thresholds[2]) as double) as f2,
    try_cast(trim(f_thresholds[3]) as double) as f3,
    try_cast(trim(f_thresholds[4]) as double) as f4,
    try_cast(trim(m_thresholds[1]) as double) as m1,
    try_cast(trim(m_thresholds[2]) as double) as m2,
    try_cast(trim(m_thresholds[3]) as double) as m3,
    try_cast(trim(m_thresholds[4]) as double) as m4
  from settings
),

fixed_scores as (
  select
    measures.*,
    case
      when recency_days <= r1 then settings.bins
      when recency_days <= r2 then settings.bins - 1
      when settings.bins = 5 and recency_days <= r3 then 3
      when settings.bins = 5 and recency_days <= r4 then 2
      else 1
    end as r,
    case
      when settings.bins = 5 and frequency >= f4 then 5
      when settings.bins = 5 and frequency >= f3 then 4
      when frequency >= f2 then 3
      when frequency >= f1 then 2
      else 1
    end as f,
    case
      when settings.bins = 5 and monetary >= m4 then 5
      when settings.bins = 5 and monetary >= m3 then 4
      when monetary >= m2 then 3
      when monetary >= m1 then 2
      else 1
    end as m
  from measures
  cross join limits
  cross join settings
  where settings.ties = 'fixed'
),

scores as (
  select * from shared_scores
  union all
  select * from equal_scores
  union all
  select * from quantile_scores
  union all
  select * from fixed_scores
),

lines as (
  select
    measures.side,
    case any_value(settings.threshold)
      when 'mean' then avg(measures.recency_days)
      else quantile_cont(measures.recency_days::double, 0.5)
    end as recency_days,
    case any_value(settings.threshold)
      when 'mean' then avg(measures.frequency)
      else quantile_cont(measures.frequency::double, 0.5)
    end as frequency,
    case any_value(settings.threshold)
      when 'mean' then sum(measures.monetary)::double / count(*)
      else quantile_cont(measures.monetary::double, 0.5)
    end as monetary
  from measures
  cross join settings
  where settings.scheme = 'cn-8'
  group by measures.side
),

celled_customers as (
  select
    scores.*,
    case
      when settings.scheme = 'rf-10' then (scores.r * 10 + scores.f)::integer::varchar
      when settings.scheme != 'cn-8' then (scores.r * 100 + scores.f * 10 + scores.m)::integer::varchar
      when settings.threshold = 'fixed' then concat(
        case when scores.recency_days <= limits.r1 then '1' else '0' end,
        case when scores.frequency >= limits.f1 then '1' else '0' end,
        case when scores.monetary >= limits.m1 then '1' else '0' end
      )
      else concat(
        case when scores.recency_days < lines.recency_days then '1' else '0' end,
        case when scores.frequency > lines.frequency then '1' else '0' end,
        case when scores.monetary::double > lines.monetary then '1' else '0' end
      )
    end as cell
  from scores
  cross join limits
  left join lines on lines.side = scores.side
  cross join settings
),

-- every cell of a scheme stands in exactly one segment
partitions (scheme, place, segment, cells) as (
  values
    ('11', 1, 'Champions', '555 554 544 545 454 455 445'),
    ('11', 2, 'Loyal', '543 444 435 355 354 345 344 335'),
    ('11', 3, 'Potential Loyalist', '553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352'),
    ('11', 3, 'Potential Loyalist', '351 342 341 333 323'),
    ('11', 4, 'New Customers', '512 511 422 421 412 411 311'),
    ('11', 5, 'Promising', '525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313'),
    ('11', 6, 'Need Attention', '535 534 443 434 343 334 325 324'),
    ('11', 7, 'About To Sleep', '331 321 312 221 213 231 241 251'),
    ('11', 8, 'At Risk', '255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133'),
    ('11', 8, 'At Risk', '125 124'),
    ('11', 9, 'Cannot Lose Them', '155 154 144 214 215 115 114 113'),
    ('11', 10, 'Hibernating', '332 322 233 232 223 222 132 123 122 212 211'),
    ('11', 11, 'Lost', '111 112 121 131 141 151'),
    ('rf-10', 1, 'Champions', '54 55'),
    ('rf-10', 2, 'Loyal Customers', '34 35 44 45'),
    ('rf-10', 3, 'Potential Loyalists', '42 43 52 53'),
    ('rf-10', 4, 'New Customers', '51'),
    ('rf-10', 5, 'Promising', '41'),
    ('rf-10', 6, 'Need Attention', '33'),
    ('rf-10', 7, 'About to Sleep', '31 32'),
    ('rf-10', 8, 'At Risk', '13 14 23 24'),
    ('rf-10', 9, 'Can''t Lose', '15 25'),
    ('rf-10', 10, 'Hibernating', '11 12 21 22'),
    ('six', 1, 'Champions', '333 332 323'),
    ('six', 2, 'Loyal', '321 322 331 232 233'),
    ('six', 3, 'Recent', '312 313 311 222 223'),
    ('six', 4, 'Needs Attention', '213 221 123 132 133'),
    ('six', 5, 'At Risk', '231 212 122 131 211'),
    ('six', 6, 'Inactive', '111 112 113 121'),
    ('cn-8', 1, '111 重要价值', '111'),
    ('cn-8', 2, '011 重要保持', '011'),
    ('cn-8', 3, '101 重要发展', '101'),
    ('cn-8', 4, '001 重要挽留', '001'),
    ('cn-8', 5, '110 一般价值', '110'),
    ('cn-8', 6, '010 一般保持', '010'),
    ('cn-8', 7, '100 一般发展', '100'),
    ('cn-8', 8, '000 一般挽留', '000')
),

cells as (
  select
    partitions.scheme,
    partitions.place,
    partitions.segment,
    unnest(string_split(partitions.cells, ' ')) as cell
  from partitions
),

segmented_customers as (
  select
    celled_customers.side,
    celled_customers.customer_key,
    cells.place,
    cells.segment
  from celled_customers
  cross join settings
  inner join cells on cells.scheme = settings.scheme and cells.cell = celled_customers.cell
),

moves as (
  select
    coalesce(before.place, 99) as from_place,
    after.place as to_place,
    count(*) as customers
  from segmented_customers as after
  left join segmented_customers as before on before.customer_key = after.customer_key and before.side = 1
  where after.side = 2
  group by from_place, after.place
),

segments as (
  select distinct
    cells.place,
    cells.segment
  from cells
  inner join settings on settings.scheme = cells.scheme
),

starts as (
  select
    segments.place,
    segments.segment,
    false as is_new
  from segments
  union all
  select 99 as place, '(new)' as segment, true as is_new
),

counts as (
  select
    starts.place as from_place,
    starts.segment as from_segment,
    starts.is_new,
    segments.place as to_place,
    segments.segment as to_segment,
    coalesce(moves.customers, 0) as customers,
    sum(coalesce(moves.customers, 0)) over (partition by starts.place) as from_customers,
    sum(coalesce(moves.customers, 0)) over () as all_customers
  from starts
  cross join segments
  left join moves on moves.from_place = starts.place and moves.to_place = segments.place
),

rates as (
  select
    counts.*,
    counts.customers::double / nullif(counts.from_customers, 0) as share,
    nullif(counts.from_customers, 0) as n,
    1.959963984540054::double as z
  from counts
  where counts.all_customers > 0
)

select
  rates.from_segment,
  rates.to_segment,
  rates.customers::integer as customers,
  rates.from_customers::integer as from_customers,
  rates.share,
  case when n is not null then greatest(0, (
      share + z * z / (2 * n) - z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as lower,
  case when n is not null then least(1, (
      share + z * z / (2 * n) + z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n))::double end as upper,
  case when rates.from_place = rates.to_place then rates.customers else 0 end::integer as stayed,
  rates.is_new,
  settings.from_date,
  settings.as_of as to_date
from rates
cross join settings
order by rates.from_place, rates.to_place;
