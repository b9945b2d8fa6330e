-- title: Difference between cohorts
-- title.zh-Hans: 同期群差异
-- title.zh-Hant: 同期群組差異
-- question: Do the customers of one period or segment come back more than those of another, or are they only a
--   different mix?
-- question.zh-Hans: 某个周期或分组的客户是否比另一个更常回来，还是只因为客户构成不同？
-- question.zh-Hant: 某個週期或分組的客戶是否比另一個更常回來，還是只因為客戶構成不同？
-- definition: rate = active ÷ size: customers with an order in the k-th calendar period after the period of
--   their first order ÷ all of them, as in cohort retention. compare = periods sets the cohort b against the
--   cohort a, by groups of the attribute by; compare = segments sets the customers of segment_b against those
--   of segment_a of that attribute, by cohorts. difference = rate_b − rate_a with Newcombe’s 95 % interval,
--   which joins the Wilson intervals of both; p_value = two-sided test of two shares with a pooled error (small
--   p: hardly chance). Of the row all, difference = rate_effect + mix_effect, exactly (Kitagawa): rate_effect
--   of a group = mean of its two shares of customers × (rate_b − rate_a), mix_effect = (its share in b − its
--   share in a) × mean of its two rates, and the row all has their sums. A group that one side lacks takes the
--   other’s rate, so that all of it is mix; its own rate and difference are empty. By periods a row is complete
--   when the k-th period of both cohorts lies at or before the observation end; by segments only cohorts
--   complete at k are counted. Empty a and b mean the latest cohort observed for all of the horizon and the one
--   before it, empty segments the two largest. Groups beyond the largest are joined as (other).
-- definition.zh-Hans: 比率 = 活跃客户 ÷ 人数：在首单所在周期之后第 k 个自然周期内有订单的客户 ÷ 全部客户，与同
--   期群留存一致。按周期比较时，将同期群 b 与同期群 a 相比，并按所选属性分组；按分组比较时，将该属性中分组 b 的
--   客户与分组 a 的客户相比，并按同期群分组。差异 = 比率 b − 比率 a，附 Newcombe 95% 置信区间（由两侧的 Wilson
--   区间合成）；p 值 = 两个比例的双侧检验，采用合并误差（p 越小越不像偶然）。全部一行中，差异 = 比率效应 + 构成
--   效应，严格相等（Kitagawa 分解）：一个组的比率效应 = 它在两侧人数占比的平均 × (比率 b − 比率 a)，构成效应 =
--   (在 b 中的占比 − 在 a 中的占比) × 两侧比率的平均，全部一行为各组之和。一侧没有的组取另一侧的比率，变化全部
--   归于构成；它自己的比率与差异为空。按周期比较时，两个同期群的第 k 个周期都不晚于截止日才算完整；按分组比较
--   时，只计在第 k 期已完整的同期群。a、b 留空表示已观察满全部期数的最近一个同期群及其前一个，分组留空表示最大
--   的两个。较小的组合并为（其他）。
-- definition.zh-Hant: 比率 = 活躍客戶 ÷ 人數：在首單所在週期之後第 k 個自然週期內有訂單的客戶 ÷ 全部客戶，與同
--   期群組留存一致。按週期比較時，將同期群組 b 與同期群組 a 相比，並按所選屬性分組；按分組比較時，將該屬性中分
--   組 b 的客戶與分組 a 的客戶相比，並按同期群組分組。差異 = 比率 b − 比率 a，附 Newcombe 95% 信賴區間（由兩側
--   的 Wilson 區間合成）；p 值 = 兩個比例的雙側檢定，採用合併誤差（p 越小越不像偶然）。全部一列中，差異 = 比率
--   效應 + 構成效應，嚴格相等（Kitagawa 分解）：一個組的比率效應 = 它在兩側人數占比的平均 × (比率 b − 比率 a)，
--   構成效應 = (在 b 中的占比 − 在 a 中的占比) × 兩側比率的平均，全部一列為各組之和。一側沒有的組取另一側的比
--   率，變化全部歸於構成；它自己的比率與差異為空。按週期比較時，兩個同期群組的第 k 個週期都不晚於截止日才算完
--   整；按分組比較時，只計在第 k 期已完整的同期群組。a、b 留空表示已觀察滿全部期數的最近一個同期群組及其前一
--   個，分組留空表示最大的兩個。較小的組合併為（其他）。
-- sentence: In the period after the first, {rate_a} of {a} (n = {size_a}) and {rate_b} of {b} (n = {size_b}) bought
--   again: a difference of {difference}[ ({lower} to {upper}[, p = {p_value}])][, of which {rate_effect} comes from
--   the groups’ own rates and {mix_effect} from their mix].|There is nothing to compare yet: the period after the
--   first order must be over for customers of both sides.
-- sentence.zh-Hans: 首单之后的下一周期，{a}（n = {size_a}）中有 {rate_a}、{b}（n = {size_b}）中有 {rate_b} 的客户再
--   次购买：差异 {difference}[（{lower} 至 {upper}[，p = {p_value}]）][，其中 {rate_effect} 来自各组自身的比
--   率，{mix_effect} 来自构成]。|还无从比较：两边都要有客户，且首单后的下一周期已经结束。
-- sentence.zh-Hant: 首單之後的下一週期，{a}（n = {size_a}）中有 {rate_a}、{b}（n = {size_b}）中有 {rate_b} 的客戶再
--   次購買：差異 {difference}[（{lower} 至 {upper}[，p = {p_value}]）][，其中 {rate_effect} 來自各組自身的比
--   率，{mix_effect} 來自構成]。|還無從比較：兩邊都要有客戶，且首單後的下一週期已經結束。
-- group: retention
-- needs: customer_summary, customer_days
-- param: compare choice(periods, segments) = periods -- two cohorts, or two segments of the attribute
-- param.zh-Hans: compare 比较对象 -- 两个同期群，或属性中的两个分组
-- param.zh-Hant: compare 比較對象 -- 兩個同期群組，或屬性中的兩個分組
-- param: by choice(channel, product, category, country, coupon, member) = channel -- attribute of the first
--   order that groups the customers
-- param.en: by Split by
-- param.zh-Hans: by 属性 -- 按首单的属性把客户分组
-- param.zh-Hant: by 屬性 -- 按首單的屬性把客戶分組
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: a date = -- any day of the first cohort; the cohort before b when empty
-- param.en: a First cohort
-- param.zh-Hans: a 同期群 a -- 该同期群中的任意一天，留空则为 b 的前一个
-- param.zh-Hant: a 同期群組 a -- 該同期群組中的任意一天，留空則為 b 的前一個
-- param: b date = -- any day of the second cohort; the latest observed for the horizon when empty
-- param.en: b Second cohort
-- param.zh-Hans: b 同期群 b -- 该同期群中的任意一天，留空则为已观察满期数的最近一个
-- param.zh-Hant: b 同期群組 b -- 該同期群組中的任意一天，留空則為已觀察滿期數的最近一個
-- param: segment_a text = -- first segment; the largest when empty
-- param.en: segment_a Segment A
-- param.zh-Hans: segment_a 分组 a -- 留空则为最大的分组
-- param.zh-Hant: segment_a 分組 a -- 留空則為最大的分組
-- param: segment_b text = -- second segment; the second largest when empty
-- param.en: segment_b Segment B
-- param.zh-Hans: segment_b 分组 b -- 留空则为第二大的分组
-- param.zh-Hant: segment_b 分組 b -- 留空則為第二大的分組
-- param: segments integer = 8 -- groups of the attribute that stand alone
-- param.zh-Hans: segments 单列组数 -- 属性中单独列出的组数
-- param.zh-Hant: segments 單列組數 -- 屬性中單獨列出的組數
-- param: horizon integer = 3 -- last period compared
-- param.en: horizon Periods compared
-- param.zh-Hans: horizon 观察期数 -- 比较到第几期
-- param.zh-Hant: horizon 觀察期數 -- 比較到第幾期
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: size_a, size_b, active_a of size_a, active_b of size_b by group each k
-- column: group text -- group of the customers, or all
-- column.zh-Hans: group 组 -- 客户的分组，或全部
-- column.zh-Hant: group 組 -- 客戶的分組，或全部
-- column: k count -- periods since the first order
-- column.en: k Periods since the first order
-- column.zh-Hans: k 第几期 -- 距首单的周期数
-- column.zh-Hant: k 第幾期 -- 距首單的週期數
-- column: size count -- customers of both sides
-- column.zh-Hans: size 人数 -- 两侧客户之和
-- column.zh-Hant: size 人數 -- 兩側客戶之和
-- column: rate_a share -- active_a ÷ size_a
-- column.en: rate_a Rate, A
-- column.zh-Hans: rate_a 比率 a -- 活跃 a ÷ 人数 a
-- column.zh-Hant: rate_a 比率 a -- 活躍 a ÷ 人數 a
-- column: rate_b share -- active_b ÷ size_b
-- column.en: rate_b Rate, B
-- column.zh-Hans: rate_b 比率 b -- 活跃 b ÷ 人数 b
-- column.zh-Hant: rate_b 比率 b -- 活躍 b ÷ 人數 b
-- column: difference share -- rate_b − rate_a
-- column.zh-Hans: difference 差异 -- 比率 b − 比率 a
-- column.zh-Hant: difference 差異 -- 比率 b − 比率 a
-- column: lower share -- Newcombe 95 %
-- column.zh-Hans: lower 区间下限 -- Newcombe 95% 区间
-- column.zh-Hant: lower 區間下限 -- Newcombe 95% 區間
-- column: upper share -- Newcombe 95 %
-- column.zh-Hans: upper 区间上限 -- Newcombe 95% 区间
-- column.zh-Hant: upper 區間上限 -- Newcombe 95% 區間
-- column: p_value number -- two-sided
-- column.en: p_value p
-- column.zh-Hans: p_value p 值 -- 双侧
-- column.zh-Hant: p_value p 值 -- 雙側
-- column: rate_effect share -- mean share of customers × difference of rates
-- column.zh-Hans: rate_effect 比率效应 -- 平均人数占比 × 比率之差
-- column.zh-Hant: rate_effect 比率效應 -- 平均人數占比 × 比率之差
-- column: mix_effect share -- difference of shares of customers × mean rate
-- column.zh-Hans: mix_effect 构成效应 -- 人数占比之差 × 平均比率
-- column.zh-Hant: mix_effect 構成效應 -- 人數占比之差 × 平均比率
-- column: active_a count -- with an order in the period, of a
-- column.en: active_a Came back, A
-- column.zh-Hans: active_a 活跃 a -- a 中该周期内有订单的客户
-- column.zh-Hant: active_a 活躍 a -- a 中該週期內有訂單的客戶
-- column: size_a count -- customers of a
-- column.en: size_a Customers, A
-- column.zh-Hans: size_a 人数 a -- a 的客户
-- column.zh-Hant: size_a 人數 a -- a 的客戶
-- column: active_b count -- with an order in the period, of b
-- column.en: active_b Came back, B
-- column.zh-Hans: active_b 活跃 b -- b 中该周期内有订单的客户
-- column.zh-Hant: active_b 活躍 b -- b 中該週期內有訂單的客戶
-- column: size_b count -- customers of b
-- column.en: size_b Customers, B
-- column.zh-Hans: size_b 人数 b -- b 的客户
-- column.zh-Hant: size_b 人數 b -- b 的客戶
-- column: side_a text -- first day of cohort a, or segment a
-- column.en: side_a Side A
-- column.zh-Hans: side_a a 侧 -- 同期群 a 的第一天，或分组 a
-- column.zh-Hant: side_a a 側 -- 同期群組 a 的第一天，或分組 a
-- column: side_b text -- first day of cohort b, or segment b
-- column.en: side_b Side B
-- column.zh-Hans: side_b b 侧 -- 同期群 b 的第一天，或分组 b
-- column.zh-Hant: side_b b 側 -- 同期群組 b 的第一天，或分組 b
-- column: is_total flag -- the row of all groups
-- column.zh-Hans: is_total 合计 -- 全部组的行
-- column.zh-Hant: is_total 合計 -- 全部組的列
-- column: is_complete flag -- the whole period lies at or before the observation end, for both sides
-- column.zh-Hans: is_complete 已完整 -- 两侧的整个周期都不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 兩側的整個週期都不晚於觀察截止日
-- fact: a text = first(side_a) where is_total = true and k = 1 and is_complete = true
-- fact: b text = first(side_b) where is_total = true and k = 1 and is_complete = true
-- fact: size_a count = first(size_a) where is_total = true and k = 1 and is_complete = true
-- fact: size_b count = first(size_b) where is_total = true and k = 1 and is_complete = true
-- fact: rate_a share = first(rate_a) where is_total = true and k = 1 and is_complete = true
-- fact: rate_b share = first(rate_b) where is_total = true and k = 1 and is_complete = true
-- fact: difference share = first(difference) where is_total = true and k = 1 and is_complete = true
-- fact: lower share = first(lower) where is_total = true and k = 1 and is_complete = true
-- fact: upper share = first(upper) where is_total = true and k = 1 and is_complete = true
-- fact: p_value number = first(p_value) where is_total = true and k = 1 and is_complete = true
-- fact: rate_effect share = first(rate_effect) where is_total = true and k = 1 and is_complete = true
-- fact: mix_effect share = first(mix_effect) where is_total = true and k = 1 and is_complete = true
-- chart: bars x=group y=difference series=k lower=lower upper=upper n=size complete=is_complete -- Difference
-- chart.zh-Hans: 差异
-- chart.zh-Hant: 差異
-- chart: bars x=group y=rate_effect series=k n=size complete=is_complete -- Part of the rates
-- chart.zh-Hans: 比率效应
-- chart.zh-Hant: 比率效應
-- chart: bars x=group y=mix_effect series=k n=size complete=is_complete -- Part of the mix
-- chart.zh-Hans: 构成效应
-- chart.zh-Hant: 構成效應
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
-- value: periods = two cohorts
-- value.zh-Hans: periods = 两个同期群
-- value.zh-Hant: periods = 兩個同期群組
-- value: segments = two segments
-- value.zh-Hans: segments = 两个分组
-- value.zh-Hant: segments = 兩個分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
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
-- value: yes = yes
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value: no = no
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value: all = all
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (other) = (other)
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
with
params as (
  select
    coalesce(getvariable('compare'), 'periods')::varchar as compare,
    coalesce(getvariable('by'), 'channel')::varchar as by_attribute,
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    getvariable('a')::date as a_date,
    getvariable('b')::date as b_date,
    getvariable('segment_a')::varchar as segment_a,
    getvariable('segment_b')::varchar as segment_b,
    coalesce(getvariable('segments'), 8)::integer as segments,
    coalesce(getvariable('horizon'), 3)::integer as last_k,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    params.*,
    params.as_of + 1 as open_day,
    params.grain in ('day', 'week') as in_days,
    case params.grain when 'week' then 7 else 1 end as days_per_period,
    case params.grain when 'quarter' then 3 when 'year' then 12 else 1 end as months_per_period,
    1.959963984540054::double as z
  from params
),

first_orders as (
  select
    customer_summary.customer_key,
    customer_summary.first_order_date as first_date,
    coalesce(
      case settings.by_attribute
        when 'channel' then customer_summary.first_channel
        when 'product' then customer_summary.first_product
        when 'category' then customer_summary.first_category
        when 'country' then customer_summary.first_country
        when 'coupon' then customer_summary.first_coupon
        when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
      end,
      '(none)'
    ) as label
  from customer_summary
  cross join settings
  where customer_summary.first_order_date <= settings.as_of
),

people as (
  select
    first_orders.customer_key,
    case
      when settings.in_days then floor((first_orders.first_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from first_orders.first_date) * 12 + extract(month from first_orders.first_date) - 1)
        / settings.months_per_period
      )
    end::integer as cohort_index,
    first_orders.label
  from first_orders
  cross join settings
),

label_sizes as (
  select
    people.label,
    row_number() over (order by count(*) desc, people.label) as place
  from people
  group by people.label
),

largest as (
  select
    max(case when label_sizes.place = 1 then label_sizes.label end) as first_label,
    max(case when label_sizes.place = 2 then label_sizes.label end) as second_label
  from label_sizes
),

ends as (
  select
    case
      when settings.in_days then floor((settings.as_of - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.as_of) * 12 + extract(month from settings.as_of) - 1)
        / settings.months_per_period
      )
    end::integer as last_index,
    case
      when settings.in_days then floor((settings.open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.open_day) * 12 + extract(month from settings.open_day) - 1)
        / settings.months_per_period
      )
    end::integer as open_index,
    case
      when settings.in_days then floor((settings.a_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.a_date) * 12 + extract(month from settings.a_date) - 1)
        / settings.months_per_period
      )
    end::integer as a_given,
    case
      when settings.in_days then floor((settings.b_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from settings.b_date) * 12 + extract(month from settings.b_date) - 1)
        / settings.months_per_period
      )
    end::integer as b_given
  from settings
),

-- a cohort that nobody is asked for is one with customers
later_sides as (
  select
    coalesce(
      any_value(ends.b_given),
      max(case when people.cohort_index < ends.open_index - settings.last_k then people.cohort_index end),
      any_value(ends.open_index - 1 - settings.last_k)
    ) as b_index
  from ends
  cross join settings
  left join people on true
),

earlier_sides as (
  select
    later_sides.b_index,
    coalesce(
      any_value(ends.a_given),
      max(case when people.cohort_index < later_sides.b_index then people.cohort_index end),
      later_sides.b_index - 1
    ) as a_index
  from later_sides
  cross join ends
  left join people on true
  group by later_sides.b_index
),

indexed_sides as (
  select
    earlier_sides.b_index,
    earlier_sides.a_index,
    coalesce(settings.segment_a, largest.first_label) as a_label,
    coalesce(settings.segment_b, largest.second_label) as b_label,
    ends.last_index,
    ends.open_index
  from ends
  cross join settings
  cross join largest
  cross join earlier_sides
),

sides as (
  select
    indexed_sides.*,
    case
      when settings.compare = 'segments' then indexed_sides.a_label
      else (
        case
          when settings.in_days then date '0001-01-01' + (indexed_sides.a_index * settings.days_per_period)::integer
          else make_date(
            floor(indexed_sides.a_index * settings.months_per_period / 12)::integer,
            ((indexed_sides.a_index * settings.months_per_period) % 12 + 1)::integer,
            1
          )
        end
      )::varchar
    end as side_a,
    case
      when settings.compare = 'segments' then indexed_sides.b_label
      else (
        case
          when settings.in_days then date '0001-01-01' + (indexed_sides.b_index * settings.days_per_period)::integer
          else make_date(
            floor(indexed_sides.b_index * settings.months_per_period / 12)::integer,
            ((indexed_sides.b_index * settings.months_per_period) % 12 + 1)::integer,
            1
          )
        end
      )::varchar
    end as side_b
  from indexed_sides
  cross join settings
),

-- a customer is on one side, or on both where a and b are the same
placed as (
  select
    people.customer_key,
    people.cohort_index,
    case settings.compare
      when 'segments' then people.label = sides.a_label
      else people.cohort_index = sides.a_index
    end as is_a,
    case settings.compare
      when 'segments' then people.label = sides.b_label
      else people.cohort_index = sides.b_index
    end as is_b,
    case
      when settings.compare = 'segments' then (
        case
          when settings.in_days then date '0001-01-01' + (people.cohort_index * settings.days_per_period)::integer
          else make_date(
            floor(people.cohort_index * settings.months_per_period / 12)::integer,
            ((people.cohort_index * settings.months_per_period) % 12 + 1)::integer,
            1
          )
        end
      )::varchar
      when label_sizes.place <= settings.segments then people.label
      else '(other)'
    end as label
  from people
  inner join label_sizes on label_sizes.label = people.label
  cross join sides
  cross join settings
),

members as (
  select
    placed.label,
    placed.cohort_index,
    sum(case when placed.is_a then 1 else 0 end) as size_a,
    sum(case when placed.is_b then 1 else 0 end) as size_b
  from placed
  where placed.is_a or placed.is_b
  group by placed.label, placed.cohort_index
),

visits as (
  select
    placed.customer_key,
    placed.label,
    placed.cohort_index,
    placed.is_a,
    placed.is_b,
    case
      when settings.in_days then floor((customer_days.order_date - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from customer_days.order_date) * 12 + extract(month from customer_days.order_date) - 1)
        / settings.months_per_period
      )
    end::integer as period_index
  from customer_days
  inner join placed on placed.customer_key = customer_days.customer_key
  cross join settings
  where
    (placed.is_a or placed.is_b)
    and customer_days.nth > 1
    and customer_days.order_date <= settings.as_of
),

-- once a customer and period
active_customers as (
  select
    visits.customer_key,
    visits.label,
    visits.cohort_index,
    visits.period_index - visits.cohort_index as k,
    visits.is_a,
    visits.is_b
  from visits
  group by visits.customer_key, visits.label, visits.cohort_index, k, visits.is_a, visits.is_b
),

actives as (
  select
    active_customers.label,
    active_customers.cohort_index,
    active_customers.k,
    sum(case when active_customers.is_a then 1 else 0 end) as active_a,
    sum(case when active_customers.is_b then 1 else 0 end) as active_b
  from active_customers
  group by active_customers.label, active_customers.cohort_index, active_customers.k
),

cells as (
  select
    members.label,
    series.k::integer as k,
    sum(members.size_a) as size_a,
    sum(members.size_b) as size_b,
    sum(coalesce(actives.active_a, 0)) as active_a,
    sum(coalesce(actives.active_b, 0)) as active_b
  from members
  cross join settings
  cross join sides
  cross join generate_series(1, settings.last_k) as series(k)
  left join actives
    on actives.label = members.label
    and actives.cohort_index = members.cohort_index
    and actives.k = series.k
  where
    case
      when settings.compare = 'segments' then members.cohort_index + series.k < sides.open_index
      else greatest(sides.a_index, sides.b_index) + series.k <= sides.last_index
    end
  group by members.label, series.k
),

shares as (
  select
    cells.*,
    cells.active_a::double / nullif(cells.size_a, 0)::double as rate_a,
    cells.active_b::double / nullif(cells.size_b, 0)::double as rate_b,
    cells.size_a::double / nullif(sum(cells.size_a) over (partition by cells.k), 0)::double as share_a,
    cells.size_b::double / nullif(sum(cells.size_b) over (partition by cells.k), 0)::double as share_b
  from cells
),

effects as (
  select
    shares.label,
    shares.k,
    shares.size_a,
    shares.size_b,
    shares.active_a,
    shares.active_b,
    (shares.share_a + shares.share_b) / 2
    * (coalesce(shares.rate_b, shares.rate_a) - coalesce(shares.rate_a, shares.rate_b)) as rate_effect,
    (shares.share_b - shares.share_a)
    * (coalesce(shares.rate_b, shares.rate_a) + coalesce(shares.rate_a, shares.rate_b)) / 2 as mix_effect
  from shares
),

rows_and_totals as (
  select label, k, size_a, size_b, active_a, active_b, rate_effect, mix_effect, false as is_total
  from effects
  union all
  select
    'all',
    k,
    sum(size_a),
    sum(size_b),
    sum(active_a),
    sum(active_b),
    sum(rate_effect),
    sum(mix_effect),
    true
  from effects
  group by k
),

rated as (
  select
    rows_and_totals.*,
    rows_and_totals.active_a::double / nullif(rows_and_totals.size_a, 0)::double as rate_a,
    rows_and_totals.active_b::double / nullif(rows_and_totals.size_b, 0)::double as rate_b,
    nullif(rows_and_totals.size_a, 0)::double as n_a,
    nullif(rows_and_totals.size_b, 0)::double as n_b,
    (rows_and_totals.active_a + rows_and_totals.active_b)::double
    / nullif(rows_and_totals.size_a + rows_and_totals.size_b, 0)::double as pooled,
    settings.z
  from rows_and_totals
  cross join settings
),

wilson as (
  select
    rated.*,
    (rated.rate_a + rated.z * rated.z / (2 * rated.n_a)) / (1 + rated.z * rated.z / rated.n_a) as middle_a,
    (rated.rate_b + rated.z * rated.z / (2 * rated.n_b)) / (1 + rated.z * rated.z / rated.n_b) as middle_b,
    rated.z * sqrt((rated.rate_a * (1 - rated.rate_a) + rated.z * rated.z / (4 * rated.n_a)) / rated.n_a)
    / (1 + rated.z * rated.z / rated.n_a) as half_a,
    rated.z * sqrt((rated.rate_b * (1 - rated.rate_b) + rated.z * rated.z / (4 * rated.n_b)) / rated.n_b)
    / (1 + rated.z * rated.z / rated.n_b) as half_b,
    case
      when rated.pooled > 0 and rated.pooled < 1
        then abs(rated.rate_b - rated.rate_a)
          / sqrt(rated.pooled * (1 - rated.pooled) * (1 / rated.n_a + 1 / rated.n_b))
      else 0 * (rated.rate_b - rated.rate_a)
    end as score
  from rated
),

-- twice the tail of the normal distribution beyond the score, as the mean of exp(−score² ÷ (2 sin² θ)) over a
-- quarter turn (Craig 1991). Below 0.2, where that mean is coarse, the series of the integral
tails as (
  select
    wilson.label,
    wilson.is_total,
    wilson.k,
    avg(exp(-wilson.score * wilson.score / (2 * power(sin((series.i + 0.5) * pi() / 400), 2)))) as tail
  from wilson
  cross join generate_series(0, 199) as series(i)
  where wilson.score >= 0.2
  group by wilson.label, wilson.is_total, wilson.k
)

select
  wilson.label as "group",
  wilson.k::integer as k,
  (wilson.size_a + wilson.size_b)::integer as size,
  wilson.rate_a,
  wilson.rate_b,
  wilson.rate_b - wilson.rate_a as difference,
  wilson.rate_b - wilson.rate_a - sqrt(
    power(wilson.rate_b - greatest(0, wilson.middle_b - wilson.half_b), 2)
    + power(least(1, wilson.middle_a + wilson.half_a) - wilson.rate_a, 2)
  ) as lower,
  wilson.rate_b - wilson.rate_a + sqrt(
    power(least(1, wilson.middle_b + wilson.half_b) - wilson.rate_b, 2)
    + power(wilson.rate_a - greatest(0, wilson.middle_a - wilson.half_a), 2)
  ) as upper,
  case
    when wilson.score >= 0.2 then tails.tail
    else 1 - sqrt(2 / pi()) * (
      wilson.score
      - power(wilson.score, 3) / 6
      + power(wilson.score, 5) / 40
      - power(wilson.score, 7) / 336
      + power(wilson.score, 9) / 3456
    )
  end as p_value,
  wilson.rate_effect,
  wilson.mix_effect,
  wilson.active_a::integer as active_a,
  wilson.size_a::integer as size_a,
  wilson.active_b::integer as active_b,
  wilson.size_b::integer as size_b,
  sides.side_a,
  sides.side_b,
  wilson.is_total,
  settings.compare = 'segments'
  or greatest(sides.a_index, sides.b_index) + wilson.k < sides.open_index as is_complete
from wilson
cross join sides
cross join settings
left join tails
  on tails.label = wilson.label
  and tails.is_total = wilson.is_total
  and tails.k = wilson.k
order by case when wilson.is_total then 0 else 1 end, wilson.label, wilson.k;
