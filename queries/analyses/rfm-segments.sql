-- title: RFM segments
-- title.zh-Hans: RFM 客群
-- title.zh-Hant: RFM 客群
-- question: Which groups do the customers fall into by recency, frequency and value, and what is each worth?
-- question.zh-Hans: 按近度、频次与金额，客户分成哪些群体，各值多少？
-- question.zh-Hant: 按近度、頻次與金額，客戶分成哪些群體，各值多少？
-- definition: recency_days = days from the last order to the observation end; frequency = orders (basis = days:
--   purchase days); monetary = Σ net. shared: score = 1 + ⌊bins · (customers strictly worse) ÷ n⌋, at most bins,
--   so ties share a score and the sizes of the bins differ. equal-size: groups of one size, ties in the order of
--   the customer id as text. quantile: 1 + the linear (type-7) cut points that are strictly worse. fixed: the
--   reader’s thresholds. Each scheme is a complete partition: 11 segments over 125 cells, 10 over R × F, 6 groups
--   over 27 cells, or the 8 types by high or low R, F and M, whose bits stand beside the name because names differ
--   between sources. recency_days, frequency and monetary are means. Segments without customers are rows of 0.
-- definition.zh-Hans: 近度 = 最后一单到截止日的天数；频次 = 订单数（口径为购买日时按购买日计）；金额 = 净额合计。
--   同值同分：得分 = 1 + ⌊档数 ·（严格更差的客户数）÷ n⌋，最高为档数，因此同值得分相同，各档人数不等。等人数：
--   各组人数相同，同值按客户编号的文本顺序。分位点：1 + 严格更差的线性（type 7）分位点个数。固定阈值：
--   使用读者给定的阈值。每个方案都是完整划分：125 格归 11 个客群、R × F 归 10 个客群、27 格归六组，或按 R、F、M
--   高低分八类；八类的名称各家不同，因此名称前附高低位。近度、频次、金额为平均值。没有客户的客群为 0。
-- definition.zh-Hant: 近度 = 最後一單到截止日的天數；頻次 = 訂單數（口徑為購買日時按購買日計）；金額 = 淨額合計。
--   同值同分：得分 = 1 + ⌊級數 ·（嚴格更差的客戶數）÷ n⌋，最高為級數，因此同值得分相同，各級人數不等。等人數：
--   各組人數相同，同值按客戶編號的文本順序。分位點：1 + 嚴格更差的線性（type 7）分位點個數。固定門檻值：
--   使用讀者給定的門檻值。每個方案都是完整劃分：125 格歸 11 個客群、R × F 歸 10 個客群、27 格歸六組，或按 R、F、M
--   高低分八類；八類的名稱各家不同，因此名稱前附高低位。近度、頻次、金額為平平均值。沒有客戶的客群為 0。
-- sentence: The largest segment holds {largest} of {customers} {customers|customer|customers}[; the one that brings
--   most holds {top_revenue} of the revenue].|There is nothing to say yet: no customer has an order.
-- sentence.zh-Hans: 最大的客群占 {customers} 位客户的 {largest}[；收入最高的客群占收入的 {top_revenue}]。|暂时没有
--   可说的：没有客户下过单。
-- sentence.zh-Hant: 最大的客群占 {customers} 位客戶的 {largest}[；營收最高的客群占營收的 {top_revenue}]。|暫時沒有
--   可說的：沒有客戶下過單。
-- group: value
-- needs: customer_summary, customer_days
-- drill: customers = select celled_customers.customer_key from celled_customers cross join this_row cross join
--   settings inner join cells on cells.scheme = settings.scheme and cells.cell = celled_customers.cell where
--   cells.segment = this_row.segment
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
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customers by segment
-- column: segment text
-- column.zh-Hans: segment 客群
-- column.zh-Hant: segment 客群
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: share share -- customers ÷ all
-- column.en: share Share of customers
-- column.zh-Hans: share 客户占比 -- 客户数 ÷ 全部
-- column.zh-Hant: share 客戶占比 -- 客戶數 ÷ 全部
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: revenue_share share -- revenue ÷ all
-- column.en: revenue_share Share of revenue
-- column.zh-Hans: revenue_share 收入占比 -- 收入 ÷ 全部
-- column.zh-Hant: revenue_share 營收占比 -- 營收 ÷ 全部
-- column: recency_days days -- mean
-- column.zh-Hans: recency_days 平均距今天数 -- 平均值
-- column.zh-Hant: recency_days 平均距今天數 -- 平均值
-- column: frequency number -- mean
-- column.zh-Hans: frequency 平均频次 -- 平均值
-- column.zh-Hant: frequency 平均頻次 -- 平均值
-- column: monetary money -- mean
-- column.zh-Hans: monetary 平均金额 -- 平均值
-- column.zh-Hant: monetary 平均金額 -- 平均值
-- fact: customers count = sum(customers)
-- fact: largest share = max(share)
-- fact: top_revenue share = max(revenue_share)
-- chart: segments label=segment value=share compare=revenue_share
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
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.basis,
    params.ties,
    params.threshold,
    params.as_of,
    case when params.scheme = 'six' then 3 else params.bins end as bins,
    case when params.bins = 3 and params.scheme in ('11', 'rf-10') then 'six' else params.scheme end as scheme,
    string_split(params.r_thresholds, ',') as r_thresholds,
    string_split(params.f_thresholds, ',') as f_thresholds,
    string_split(params.m_thresholds, ',') as m_thresholds,
    params.as_of >= dataset.last_date as is_whole
  from params
  cross join dataset
),

measures as (
  select
    customer_summary.customer_key,
    settings.as_of - customer_summary.last_order_date as recency_days,
    case when settings.basis = 'days' then customer_summary.purchase_days else customer_summary.orders end
      as frequency,
    customer_summary.net as monetary
  from customer_summary
  cross join settings
  where settings.is_whole
  union all
  select
    customer_days.customer_key,
    min(settings.as_of - customer_days.order_date) as recency_days,
    sum(case when settings.basis = 'days' then 1 else customer_days.orders end) as frequency,
    sum(customer_days.net) as monetary
  from customer_days
  cross join settings
  where not settings.is_whole and customer_days.order_date <= settings.as_of
  group by customer_days.customer_key
),

totals as (
  select count(*) as customers
  from measures
),

-- shared: the score of a value is set by how many customers are strictly worse
recency_ranks as (
  select
    measures.recency_days,
    sum(count(*)) over (order by measures.recency_days desc) - count(*) as worse
  from measures
  group by measures.recency_days
),

frequency_ranks as (
  select
    measures.frequency,
    sum(count(*)) over (order by measures.frequency) - count(*) as worse
  from measures
  group by measures.frequency
),

monetary_ranks as (
  select
    measures.monetary,
    sum(count(*)) over (order by measures.monetary) - count(*) as worse
  from measures
  cross join settings
  where settings.ties = 'shared'
  group by measures.monetary
),

shared_scores as (
  select
    measures.*,
    least(settings.bins, 1 + floor(settings.bins * recency_ranks.worse / totals.customers)) as r,
    least(settings.bins, 1 + floor(settings.bins * frequency_ranks.worse / totals.customers)) as f,
    least(settings.bins, 1 + floor(settings.bins * monetary_ranks.worse / totals.customers)) as m
  from measures
  inner join recency_ranks on recency_ranks.recency_days = measures.recency_days
  inner join frequency_ranks on frequency_ranks.frequency = measures.frequency
  inner join monetary_ranks on monetary_ranks.monetary = measures.monetary
  cross join totals
  cross join settings
),

-- equal-size: the first groups take one customer more where n does not divide
placed_customers as (
  select
    measures.*,
    row_number() over (order by measures.recency_days desc, customer_summary.customer_id) - 1 as r_place,
    row_number() over (order by measures.frequency, customer_summary.customer_id) - 1 as f_place,
    row_number() over (order by measures.monetary, customer_summary.customer_id) - 1 as m_place
  from measures
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
  cross join settings
  where settings.ties = 'equal-size'
),

group_sizes as (
  select
    totals.customers % settings.bins as larger_groups,
    floor(totals.customers / settings.bins) as size,
    (totals.customers % settings.bins) * (floor(totals.customers / settings.bins) + 1) as in_larger
  from totals
  cross join settings
),

equal_scores as (
  select
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
  cross join group_sizes
),

recency_cuts as (
  select
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
),

frequency_cuts as (
  select
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
),

monetary_cuts as (
  select
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
  cross join recency_cuts
  cross join frequency_cuts
  cross join monetary_cuts
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
  cross join lines
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

cell_totals as (
  select
    celled_customers.cell,
    count(*) as customers,
    sum(celled_customers.recency_days) as recency_days,
    sum(celled_customers.frequency) as frequency,
    sum(celled_customers.monetary) as monetary
  from celled_customers
  group by celled_customers.cell
),

segment_totals as (
  select
    cells.place,
    cells.segment,
    coalesce(sum(cell_totals.customers), 0) as customers,
    sum(cell_totals.recency_days) as recency_days,
    sum(cell_totals.frequency) as frequency,
    coalesce(sum(cell_totals.monetary), 0) as monetary
  from cells
  inner join settings on settings.scheme = cells.scheme
  left join cell_totals on cell_totals.cell = cells.cell
  group by cells.place, cells.segment
)

select
  segment_totals.segment,
  segment_totals.customers::integer as customers,
  segment_totals.customers::double / nullif(sum(segment_totals.customers) over (), 0) as share,
  segment_totals.monetary::double as revenue,
  segment_totals.monetary::double / nullif((sum(segment_totals.monetary) over ())::double, 0) as revenue_share,
  segment_totals.recency_days::double / nullif(segment_totals.customers, 0) as recency_days,
  segment_totals.frequency::double / nullif(segment_totals.customers, 0) as frequency,
  segment_totals.monetary::double / nullif(segment_totals.customers, 0) as monetary
from segment_totals
order by segment_totals.place;
