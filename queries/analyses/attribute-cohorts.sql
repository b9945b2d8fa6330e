-- title: Cohorts by attribute
-- title.zh-Hans: 按属性划分的同期群
-- title.zh-Hant: 按屬性劃分的同期群組
-- question: Do customers who came by one channel, product or tag come back more than others?
-- question.zh-Hans: 不同渠道、商品或标签的客户，回来得有多不同？
-- question.zh-Hant: 不同通路、商品或標籤的客戶，回來得有多不同？
-- definition: A cohort is the customers with one value of an attribute of their first order (channel, domain,
--   product, category, country, coupon, member) or of the customer file (source, tier, tag), whenever they came.
--   k counts periods since the own first order: boundaries crossed (calendar) or whole periods (rolling).
--   retention = customers with an order in period k ÷ customers whose period k has ended by the observation end, so
--   the base falls as k grows. Values of fewer than min_size customers, and all but the largest, are (other); what
--   is not known is (none). A customer with several tags is in the cohort of each. Intervals are Wilson 95 %.
-- definition.zh-Hans: 同期群为首单某一属性（渠道、域、商品、品类、国家、优惠券、会员）或客户文件某一属性（来源、
--   等级、标签）取同一值的客户，不论何时到来。k 为距本人首单的周期数：跨过的日历边界（自然周期）或完整周期（滚动周期）。
--   留存率 = 第 k 期内有订单的客户数 ÷ 第 k 期在截止日前已结束的客户数，因此 k 越大分母越小。人数不足 min_size
--   的取值以及最大的几组之外归入（其他），未知归入（无）。有多个标签的客户同时属于各标签的同期群。区间为 Wilson 95%。
-- definition.zh-Hant: 同期群組為首單某一屬性（通路、域、商品、品類、國家、優惠券、會員）或客戶檔案某一屬性（來源、
--   等級、標籤）取同一值的客戶，不論何時到來。k 為距本人首單的週期數：跨過的日曆邊界（自然週期）或完整週期（滾動週期）。
--   留存率 = 第 k 期內有訂單的客戶數 ÷ 第 k 期在截止日前已結束的客戶數，因此 k 越大分母越小。人數不足 min_size
--   的取值以及最大的幾組之外歸入（其他），未知歸入（無）。有多個標籤的客戶同時屬於各標籤的同期群組。區間為 Wilson 95%。
-- sentence: {?second}Of {cohorts} {cohorts|cohort|cohorts} {best} comes back most in the period after the first
--   order: {retention} ({lower} to {upper}, n = {customers}).|Only one cohort can be told, {best}: {retention} of
--   it came back in the period after the first order ({lower} to {upper}, n = {customers}).|Not enough time has
--   passed yet: no customer has been observed for the whole of the period after the first order.
-- sentence.zh-Hans: {?second}{cohorts} 个同期群中，首单后下一期回来最多的是 {best}：{retention}（95% 区间 {lower}
--   至 {upper}，n = {customers}）。|只有一个同期群 {best}：首单后下一期有 {retention} 回来（95% 区间 {lower} 至
--   {upper}，n = {customers}）。|时间还不够：没有客户在首单后的下一期被完整观察到。
-- sentence.zh-Hant: {?second}{cohorts} 個同期群組中，首單後下一期回來最多的是 {best}：{retention}（95% 區間 {lower}
--   至 {upper}，n = {customers}）。|只有一個同期群組 {best}：首單後下一期有 {retention} 回來（95% 區間 {lower} 至
--   {upper}，n = {customers}）。|時間還不夠：沒有客戶在首單後的下一期被完整觀察到。
-- group: retention
-- needs: customer_days, customer_summary
-- drill: active = select visits.customer_key from visits cross join this_row where visits.cohort = this_row.cohort
--   and visits.k = this_row.k and visits.k < visits.periods
-- param: by choice(channel, domain, product, category, country, coupon, member, source, tier, tag) = channel -- of
--   the first order, or of the customer file
-- param.en: by Split by
-- param.zh-Hans: by 属性 -- 首单的属性，或客户文件的属性
-- param.zh-Hant: by 屬性 -- 首單的屬性，或客戶檔案的屬性
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: clock choice(calendar, rolling) = calendar -- calendar: boundaries crossed; rolling: whole periods since
--   the own first order
-- param.zh-Hans: clock 计时方式 -- 自然周期：跨过的日历边界；滚动周期：自本人首单起的完整周期
-- param.zh-Hant: clock 計時方式 -- 自然週期：跨過的日曆邊界；滾動週期：自本人首單起的完整週期
-- param: horizon integer = 12 -- last period shown
-- param.en: horizon Periods shown
-- param.zh-Hans: horizon 观察期数 -- 显示到第几期
-- param.zh-Hant: horizon 觀察期數 -- 顯示到第幾期
-- param: min_size integer = 30 -- cohorts with fewer customers are put together as (other)
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 人数更少的合并为（其他）
-- param.zh-Hant: min_size 最小人數 -- 人數更少的合併為（其他）
-- param: segments integer = 12 -- the largest cohorts stand alone, the rest is put together as (other)
-- param.en: segments Largest groups shown
-- param.zh-Hans: segments 分组数 -- 最大的几组单独列出，其余合并为（其他）
-- param.zh-Hant: segments 分組數 -- 最大的幾組單獨列出，其餘合併為（其他）
-- param: from date = -- first orders from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起的首单，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起的首單，留空為全部歷史
-- param: to date = -- first orders up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止的首单，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止的首單，留空為全部歷史
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: size by cohort; customers of size, active of customers by cohort each k
-- column: cohort text -- value of the attribute
-- column.zh-Hans: cohort 同期群 -- 属性的取值
-- column.zh-Hant: cohort 同期群組 -- 屬性的取值
-- column: k count -- periods since the first order, 0 is the first
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数，0 为首单所在周期
-- column.zh-Hant: k 第幾期 -- 距首單的週期數，0 為首單所在週期
-- column: customers count -- whose period k has ended, the denominator
-- column.zh-Hans: customers 客户数 -- 第 k 期已结束的客户，即分母
-- column.zh-Hant: customers 客戶數 -- 第 k 期已結束的客戶，即分母
-- column: active count -- of them with an order in period k, the numerator
-- column.zh-Hans: active 活跃客户 -- 其中第 k 期内有订单的客户，即分子
-- column.zh-Hant: active 活躍客戶 -- 其中第 k 期內有訂單的客戶，即分子
-- column: retention share -- active ÷ customers
-- column.zh-Hans: retention 留存率 -- 活跃客户 ÷ 客户数
-- column.zh-Hant: retention 留存率 -- 活躍客戶 ÷ 客戶數
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: size count -- all customers of the cohort
-- column.zh-Hans: size 规模 -- 该同期群的全部客户
-- column.zh-Hant: size 規模 -- 該同期群組的全部客戶
-- column: place count -- by retention at k = 1, 1 is the best
-- column.zh-Hans: place 名次 -- 按 k = 1 的留存率，1 为最高
-- column.zh-Hant: place 名次 -- 按 k = 1 的留存率，1 為最高
-- fact: cohorts count = count() where k = 0
-- fact: best text = first(cohort) where place = 1
-- fact: retention share = first(retention) where place = 1 and k = 1
-- fact: lower share = first(lower) where place = 1 and k = 1
-- fact: upper share = first(upper) where place = 1 and k = 1
-- fact: customers count = first(customers) where place = 1 and k = 1
-- fact: second text = first(cohort) where place = 2
-- chart: heatmap x=k y=cohort fill=retention n=size lower=lower upper=upper -- Heat map
-- chart.zh-Hans: 热力图
-- chart.zh-Hant: 熱力圖
-- chart: lines x=k y=retention series=cohort lower=lower upper=upper n=customers -- Curves
-- chart.zh-Hans: 曲线
-- chart.zh-Hant: 曲線
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
-- value.zh-Hans: calendar = 自然周期
-- value.zh-Hant: calendar = 自然週期
-- value.zh-Hans: rolling = 滚动周期
-- value.zh-Hant: rolling = 滾動週期
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value: domain = public or private domain
-- value.zh-Hans: domain = 公域或私域
-- value.zh-Hant: domain = 公域或私域
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
-- value.zh-Hans: country = 国家
-- value.zh-Hant: country = 國家
-- value.zh-Hans: coupon = 优惠券
-- value.zh-Hant: coupon = 優惠券
-- value.zh-Hans: member = 会员
-- value.zh-Hant: member = 會員
-- value.zh-Hans: source = 来源
-- value.zh-Hant: source = 來源
-- value.zh-Hans: tier = 等级
-- value.zh-Hant: tier = 等級
-- value.zh-Hans: tag = 标签
-- value.zh-Hant: tag = 標籤
-- value.zh-Hans: public = 公域
-- value.zh-Hant: public = 公域
-- value.zh-Hans: private = 私域
-- value.zh-Hant: private = 私域
-- value.zh-Hans: other = 其他
-- value.zh-Hant: other = 其他
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
with
params as (
  select
    coalesce(getvariable('by'), 'channel')::varchar as by_attribute,
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('clock'), 'calendar')::varchar as clock,
    coalesce(getvariable('horizon'), 12)::integer as last_k,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('segments'), 12)::integer as segments,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    params.as_of + 1 as open_day,
    params.clock = 'calendar' as is_calendar,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    1.959963984540054::double as z
  from params
),

people as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date,
    case settings.by_attribute
      when 'channel' then customer_summary.first_channel
      when 'domain' then customer_summary.first_domain
      when 'product' then customer_summary.first_product
      when 'category' then customer_summary.first_category
      when 'country' then customer_summary.first_country
      when 'coupon' then customer_summary.first_coupon
      when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
      when 'source' then customers.source
      when 'tier' then customers.tier
    end as label,
    case when settings.by_attribute = 'tag' then customers.tags end as tags
  from customer_summary
  inner join customers on customers.customer_key = customer_summary.customer_key
  cross join settings
  where
    customer_summary.first_order_date <= settings.as_of
    and (settings.from_date is null or customer_summary.first_order_date >= settings.from_date)
    and (settings.to_date is null or customer_summary.first_order_date <= settings.to_date)
),

-- \x3B is the semicolon
pieces as (
  select
    people.customer_key,
    unnest(string_split_regex(people.tags, '[,，\x3B；、|｜]')) as piece
  from people
  where people.tags is not null
),

tags as (
  select distinct
    pieces.customer_key,
    trim(pieces.piece, ' 　') as label
  from pieces
  where trim(pieces.piece, ' 　') != ''
),

labels as (
  select
    people.customer_key,
    people.first_date,
    coalesce(tags.label, people.label, '(none)') as label
  from people
  left join tags on tags.customer_key = people.customer_key
),

label_sizes as (
  select
    labels.label,
    count(*) as customers,
    row_number() over (order by count(*) desc, labels.label) as place
  from labels
  group by labels.label
),

-- once a customer and cohort, also where two of their tags are among the others
members as (
  select distinct
    labels.customer_key,
    labels.first_date,
    case
      when label_sizes.customers >= settings.min_size and label_sizes.place <= settings.segments then labels.label
      else '(other)'
    end as cohort
  from labels
  inner join label_sizes on label_sizes.label = labels.label
  cross join settings
),

-- how many periods of each customer have ended
spans as (
  select
    members.cohort,
    members.customer_key,
    members.first_date,
    case
      when settings.is_calendar and settings.in_days
        then floor((settings.open_day - date '0001-01-01') / settings.days_per_period)
          - floor((members.first_date - date '0001-01-01') / settings.days_per_period)
      when settings.is_calendar
        then floor(
          (extract(year from settings.open_day) * 12 + extract(month from settings.open_day) - 1)
          / settings.months_per_period
        ) - floor(
          (extract(year from members.first_date) * 12 + extract(month from members.first_date) - 1)
          / settings.months_per_period
        )
      when settings.in_days then floor((settings.open_day - members.first_date) / settings.days_per_period)
      else floor((
        (extract(year from settings.open_day) - extract(year from members.first_date)) * 12
        + extract(month from settings.open_day)
        - extract(month from members.first_date)
        - case
          when extract(day from settings.open_day) < extract(day from members.first_date)
            and settings.open_day < last_day(settings.open_day)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as periods
  from members
  cross join settings
),

visits as (
  select distinct
    spans.cohort,
    spans.customer_key,
    case
      when settings.is_calendar and settings.in_days
        then floor((customer_days.order_date - date '0001-01-01') / settings.days_per_period)
          - floor((spans.first_date - date '0001-01-01') / settings.days_per_period)
      when settings.is_calendar
        then floor(
          (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date) - 1)
          / settings.months_per_period
        ) - floor(
          (extract(year from spans.first_date) * 12 + extract(month from spans.first_date) - 1)
          / settings.months_per_period
        )
      when settings.in_days then floor((customer_days.order_date - spans.first_date) / settings.days_per_period)
      else floor((
        (extract(year from customer_days.order_date) - extract(year from spans.first_date)) * 12
        + extract(month from customer_days.order_date)
        - extract(month from spans.first_date)
        - case
          when extract(day from customer_days.order_date) < extract(day from spans.first_date)
            and customer_days.order_date < last_day(customer_days.order_date)
            then 1
          else 0
        end
      ) / settings.months_per_period)
    end::integer as k,
    spans.periods
  from customer_days
  inner join spans on spans.customer_key = customer_days.customer_key
  cross join settings
  where customer_days.order_date <= settings.as_of
),

actives as (
  select
    visits.cohort,
    visits.k,
    count(*) as active
  from visits
  where visits.k < visits.periods
  group by visits.cohort, visits.k
),

ended as (
  select
    spans.cohort,
    spans.periods,
    count(*) as customers
  from spans
  group by spans.cohort, spans.periods
),

cells as (
  select
    ended.cohort,
    series.k::integer as k,
    sum(case when ended.periods > series.k then ended.customers else 0 end) as customers,
    sum(ended.customers) as size
  from ended
  cross join settings
  cross join generate_series(0, settings.last_k) as series(k)
  group by ended.cohort, series.k
),

rated as (
  select
    cells.*,
    coalesce(actives.active, 0) as active,
    coalesce(actives.active, 0)::double / cells.customers::double as retention,
    cells.customers::double as n
  from cells
  left join actives on actives.cohort = cells.cohort and actives.k = cells.k
  where cells.customers > 0
),

-- those whose second period nobody has ended yet stand last
places as (
  select
    rated.cohort,
    row_number() over (
      order by
        max(case when rated.k = 1 then rated.retention end) desc nulls last,
        max(rated.size) desc,
        rated.cohort
    ) as place
  from rated
  group by rated.cohort
)

select
  rated.cohort,
  rated.k,
  rated.customers::integer as customers,
  rated.active::integer as active,
  rated.retention,
  greatest(0, (
    rated.retention + settings.z * settings.z / (2 * rated.n)
    - settings.z * sqrt((rated.retention * (1 - rated.retention) + settings.z * settings.z / (4 * rated.n)) / rated.n)
  ) / (1 + settings.z * settings.z / rated.n))::double as lower,
  least(1, (
    rated.retention + settings.z * settings.z / (2 * rated.n)
    + settings.z * sqrt((rated.retention * (1 - rated.retention) + settings.z * settings.z / (4 * rated.n)) / rated.n)
  ) / (1 + settings.z * settings.z / rated.n))::double as upper,
  rated.size::integer as size,
  places.place::integer as place
from rated
inner join places on places.cohort = rated.cohort
cross join settings
order by places.place, rated.k;
