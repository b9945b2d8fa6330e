-- title: Acquisition cost
-- title.zh-Hans: 获客成本
-- title.zh-Hant: 獲客成本
-- question: What does a new customer cost, by channel, and how fast does that cost rise?
-- question.zh-Hans: 各渠道获得一位新客户要花多少钱，这一成本上涨得有多快？
-- question.zh-Hant: 各通路獲得一位新客戶要花多少錢，這一成本上漲得有多快？
-- definition: cac = spend ÷ new_customers, empty where nobody came. spend = amounts of the costs file of kind
--   acquisition (or of no kind) dated in the period; 0 in a period without any inside the span of these costs,
--   empty outside it. new_customers = customers whose first order ever falls in the period and, in the row of a
--   channel or domain, came by it. The row all is blended over everything, also over what cannot be attributed.
--   A cost without a domain belongs to the domain of its channel where that is the same everywhere.
--   cac_ratio_to_first = cac ÷ the first cac above 0 of the same row in the periods shown. cagr =
--   cac_ratio_to_first ^ (1 ÷ years since that period) − 1, the compound growth a year, empty where less than
--   half a year lies between. The costs of a period count whole, whatever their day. The last period is
--   incomplete when the observation ends before it does, and the sentence leaves it out.
-- definition.zh-Hans: 获客成本 = 花费 ÷ 新客数，没有新客时为空。花费 = 成本文件中日期在本期、类别为获客（或未注
--   明类别）的金额；在这些成本的覆盖期内没有记录的周期为 0，覆盖期外为空。新客数 = 历史首单落在本期的客户；渠道
--   或领域的行只计经由它而来的新客。all 一行合并全部，包括无法归属的部分。没有领域的成本归入其渠道的领域（该渠
--   道的领域须始终一致）。相对首期倍数 = 获客成本 ÷ 所示周期中同一行第一个大于 0 的获客成本。年复合增长率 = 相
--   对首期倍数 ^ (1 ÷ 距该期的年数) − 1，相距不足半年时为空。一个周期的成本不论日期全额计入。截止日早于周期末
--   时，最后一个周期不完整，不计入下面的句子。
-- definition.zh-Hant: 獲客成本 = 花費 ÷ 新客數，沒有新客時為空。花費 = 成本檔案中日期在本期、類別為獲客（或未註
--   明類別）的金額；在這些成本的覆蓋期內沒有紀錄的週期為 0，覆蓋期外為空。新客數 = 歷史首單落在本期的客戶；通路
--   或領域的列只計經由它而來的新客。all 一列合併全部，包括無法歸屬的部分。沒有領域的成本歸入其通路的領域（該通
--   路的領域須始終一致）。相對首期倍數 = 獲客成本 ÷ 所示週期中同一列第一個大於 0 的獲客成本。年複合成長率 = 相
--   對首期倍數 ^ (1 ÷ 距該期的年數) − 1，相距不足半年時為空。一個週期的成本不論日期全額計入。截止日早於週期末
--   時，最後一個週期不完整，不計入下面的句子。
-- sentence: Over the complete periods of the costs file {spend} won {new_customers}
--   {new_customers|customer|customers}, {cac} each.[ A customer cost {first_cac} in the first of these periods and
--   {last_cac} in the last, which began on {last_period}: ×{ratio}[, {cagr} a year].]|No complete period has both
--   acquisition costs and new customers: the costs are of the periods that began from {costs_from} to {costs_to},
--   the first orders of those from {orders_from} to {orders_to}.|The acquisition costs of the costs file lie
--   outside the time of the orders, so no customer can be set against a cost.
-- sentence.zh-Hans: 在成本文件覆盖的完整周期内，花费 {spend} 获得 {new_customers} 位新客户，平均每位 {cac}。[第一个
--   周期每位 {first_cac}，最后一个周期（始于 {last_period}）每位 {last_cac}：×{ratio}[，年复合增长 {cagr}]。]|没有
--   一个完整周期既有获客成本又有新客户：成本所在周期始于 {costs_from} 至 {costs_to}，首单所在周期始于 {orders_from}
--   至 {orders_to}。|成本文件中的获客成本不在订单的时间范围内，无法把客户与成本对应起来。
-- sentence.zh-Hant: 在成本檔案覆蓋的完整週期內，花費 {spend} 獲得 {new_customers} 位新客戶，平均每位 {cac}。[第一個
--   週期每位 {first_cac}，最後一個週期（始於 {last_period}）每位 {last_cac}：×{ratio}[，年複合成長 {cagr}]。]|沒有
--   一個完整週期既有獲客成本又有新客戶：成本所在週期始於 {costs_from} 至 {costs_to}，首單所在週期始於 {orders_from}
--   至 {orders_to}。|成本檔案中的獲客成本不在訂單的時間範圍內，無法把客戶與成本對應起來。
-- group: growth
-- needs: customer_summary, orders, costs
-- scope: shop
-- brush: period first
-- param: grain choice(day, week, month, quarter, year) = month -- length of a period; weeks begin on Monday
-- param.zh-Hans: grain 周期 -- 每个周期的长度，周从星期一开始
-- param.zh-Hant: grain 週期 -- 每個週期的長度，週從星期一開始
-- param: by choice(none, channel, domain) = domain -- channel or domain of the first order, beside the blended
--   row
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 在合并行之外按首单的渠道或领域分组
-- param.zh-Hant: by 分組 -- 在合併列之外按首單的通路或領域分組
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
-- counts: new_customers by period, segment
-- column: period date -- first day
-- column.zh-Hans: period 周期 -- 第一天
-- column.zh-Hant: period 週期 -- 第一天
-- column: channel text -- channel of the first order and of the cost, or all
-- column.zh-Hans: channel 渠道 -- 首单与成本的渠道，或全部
-- column.zh-Hant: channel 通路 -- 首單與成本的通路，或全部
-- column: domain text -- public, private or other, or all; empty where a channel has none or several
-- column.zh-Hans: domain 领域 -- 公域、私域或其他，或全部；渠道没有或有多个领域时为空
-- column.zh-Hant: domain 領域 -- 公域、私域或其他，或全部；通路沒有或有多個領域時為空
-- column: spend money -- acquisition costs dated in the period
-- column.zh-Hans: spend 花费 -- 日期在本期的获客成本
-- column.zh-Hant: spend 花費 -- 日期在本期的獲客成本
-- column: new_customers count -- first order ever in the period
-- column.zh-Hans: new_customers 新客数 -- 历史首单落在本期
-- column.zh-Hant: new_customers 新客數 -- 歷史首單落在本期
-- column: cac money -- spend ÷ new_customers
-- column.en: cac Acquisition cost
-- column.zh-Hans: cac 获客成本 -- 花费 ÷ 新客数
-- column.zh-Hant: cac 獲客成本 -- 花費 ÷ 新客數
-- column: cac_ratio_to_first number -- cac ÷ the first cac above 0
-- column.en: cac_ratio_to_first Times the first
-- column.zh-Hans: cac_ratio_to_first 相对首期倍数 -- 获客成本 ÷ 第一个大于 0 的获客成本
-- column.zh-Hant: cac_ratio_to_first 相對首期倍數 -- 獲客成本 ÷ 第一個大於 0 的獲客成本
-- column: cagr share -- growth a year since the first cac above 0
-- column.en: cagr Growth a year
-- column.zh-Hans: cagr 年复合增长率 -- 自第一个大于 0 的获客成本以来的年增长
-- column.zh-Hant: cagr 年複合成長率 -- 自第一個大於 0 的獲客成本以來的年成長
-- column: segment text -- the channel or domain of the row, or all
-- column.zh-Hans: segment 分组 -- 该行的渠道或领域，或全部
-- column.zh-Hant: segment 分組 -- 該列的通路或領域，或全部
-- column: is_blended flag -- the row of everything
-- column.zh-Hans: is_blended 合并行 -- 合并全部的行
-- column.zh-Hant: is_blended 合併列 -- 合併全部的列
-- column: is_first flag -- the period of the first cac above 0
-- column.zh-Hans: is_first 首期 -- 第一个大于 0 的获客成本所在周期
-- column.zh-Hant: is_first 首期 -- 第一個大於 0 的獲客成本所在週期
-- column: is_complete flag -- the period ends at or before the observation end
-- column.zh-Hans: is_complete 已完整 -- 周期结束不晚于观察截止日
-- column.zh-Hant: is_complete 已完整 -- 週期結束不晚於觀察截止日
-- fact: spend money = sum(spend) where is_blended = true and is_complete = true and spend != null
-- fact: new_customers count = sum(new_customers) where is_blended = true and is_complete = true and spend !=
--   null
-- fact: cac money = ratio(spend, new_customers) where is_blended = true and is_complete = true and spend !=
--   null
-- fact: first_cac money = first(cac) where is_blended = true and is_complete = true and cac > 0
-- fact: last_cac money = last(cac) where is_blended = true and is_complete = true and cac > 0
-- fact: last_period date = last(period) where is_blended = true and is_complete = true and cac > 0
-- fact: ratio number = last(cac_ratio_to_first) where is_blended = true and is_complete = true and cac > 0
-- fact: cagr share = last(cagr) where is_blended = true and is_complete = true and cac > 0
-- fact: costs_from date = min(period) where is_blended = true and spend > 0
-- fact: costs_to date = max(period) where is_blended = true and spend > 0
-- fact: orders_from date = min(period) where is_blended = true and new_customers > 0
-- fact: orders_to date = max(period) where is_blended = true and new_customers > 0
-- chart: lines x=period y=cac series=segment complete=is_complete n=new_customers -- Acquisition cost
-- chart.zh-Hans: 获客成本
-- chart.zh-Hant: 獲客成本
-- chart: lines x=period y=cac_ratio_to_first series=segment complete=is_complete n=new_customers -- Times the
--   first
-- chart.zh-Hans: 相对首期倍数
-- chart.zh-Hant: 相對首期倍數
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
-- value.zh-Hans: none = 不分组
-- value.zh-Hant: none = 不分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value.zh-Hans: domain = 领域
-- value.zh-Hant: domain = 領域
-- value: all = all
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: public = public
-- value.zh-Hans: public = 公域
-- value.zh-Hant: public = 公域
-- value: private = private
-- value.zh-Hans: private = 私域
-- value.zh-Hant: private = 私域
-- value: other = other
-- value.zh-Hans: other = 其他
-- value.zh-Hant: other = 其他
with
params as (
  select
    coalesce(getvariable('grain'), 'month')::varchar as grain,
    coalesce(getvariable('by'), 'domain')::varchar as by_attribute,
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

first_days as (
  select
    customer_summary.first_order_date as day,
    coalesce(customer_summary.first_channel, '(none)') as channel,
    orders.domain,
    count(*) as new_customers
  from customer_summary
  inner join orders on orders.customer_key = customer_summary.customer_key and orders.order_number = 1
  cross join settings
  where customer_summary.first_order_date <= settings.as_of
  group by day, coalesce(customer_summary.first_channel, '(none)'), orders.domain
),

cost_days as (
  select
    costs.cost_date as day,
    coalesce(costs.channel, '(none)') as channel,
    costs.domain,
    sum(costs.amount) as spend
  from costs
  where coalesce(costs.kind, 'acquisition') = 'acquisition'
  group by day, coalesce(costs.channel, '(none)'), costs.domain
),

entries as (
  select day, channel, domain, new_customers, 0 as spend, false as is_cost
  from first_days
  union all
  select day, channel, domain, 0, spend, true
  from cost_days
),

channel_domains as (
  select
    entries.channel,
    case when min(entries.domain) = max(entries.domain) then min(entries.domain) end as domain
  from entries
  group by entries.channel
),

placed as (
  select
    case
      when settings.in_days then floor((entries.day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from entries.day) * 12 + extract(month from entries.day) - 1)
        / settings.months_per_period
      )
    end::integer as period_index,
    entries.channel,
    channel_domains.domain as channel_domain,
    coalesce(
      entries.domain,
      case when entries.is_cost then channel_domains.domain end,
      '(none)'
    ) as domain,
    entries.new_customers,
    entries.spend,
    entries.is_cost
  from entries
  inner join channel_domains on channel_domains.channel = entries.channel
  cross join settings
),

shares as (
  select period_index, 0 as place, 'all' as segment, 'all' as channel, 'all' as domain, new_customers, spend
  from placed
  union all
  select
    placed.period_index,
    1,
    placed.channel,
    placed.channel,
    placed.channel_domain,
    placed.new_customers,
    placed.spend
  from placed
  cross join settings
  where settings.by_attribute = 'channel'
  union all
  select placed.period_index, 1, placed.domain, 'all', placed.domain, placed.new_customers, placed.spend
  from placed
  cross join settings
  where settings.by_attribute = 'domain'
),

limits as (
  select
    settings.as_of as last_day,
    settings.as_of + 1 as open_day
  from settings
),

ends as (
  select
    case
      when settings.in_days then floor((limits.last_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.last_day) * 12 + extract(month from limits.last_day) - 1)
        / settings.months_per_period
      )
    end::integer as last_index,
    case
      when settings.in_days then floor((limits.open_day - date '0001-01-01') / settings.days_per_period)
      else floor(
        (extract(year from limits.open_day) * 12 + extract(month from limits.open_day) - 1)
        / settings.months_per_period
      )
    end::integer as open_index
  from limits
  cross join settings
),

totals as (
  select
    shares.place,
    shares.segment,
    shares.period_index,
    sum(shares.new_customers) as new_customers,
    sum(shares.spend) as spend
  from shares
  cross join ends
  where shares.period_index <= ends.last_index
  group by shares.place, shares.segment, shares.period_index
),

segments as (
  select
    shares.place,
    shares.segment,
    min(shares.channel) as channel,
    min(shares.domain) as domain
  from shares
  cross join ends
  where shares.period_index <= ends.last_index
  group by shares.place, shares.segment
),

bounds as (
  select
    min(totals.period_index) as first_index,
    any_value(ends.last_index) as last_index,
    any_value(ends.open_index) as open_index
  from totals
  cross join ends
),

cost_spans as (
  select
    min(placed.period_index) as first_index,
    max(placed.period_index) as last_index
  from placed
  where placed.is_cost
),

cells as (
  select
    segments.place,
    segments.segment,
    segments.channel,
    segments.domain,
    series.period_index::integer as period_index,
    series.period_index < bounds.open_index as is_complete,
    coalesce(totals.new_customers, 0) as new_customers,
    case
      when series.period_index between cost_spans.first_index and cost_spans.last_index
        then coalesce(totals.spend, 0)
    end as spend
  from bounds
  cross join cost_spans
  cross join segments
  cross join generate_series(bounds.first_index, bounds.last_index) as series(period_index)
  left join totals
    on totals.period_index = series.period_index
    and totals.place = segments.place
    and totals.segment = segments.segment
),

dated as (
  select
    case
      when settings.in_days then date '0001-01-01' + (cells.period_index * settings.days_per_period)::integer
      else make_date(
        floor(cells.period_index * settings.months_per_period / 12)::integer,
        ((cells.period_index * settings.months_per_period) % 12 + 1)::integer,
        1
      )
    end as period,
    cells.*,
    cells.spend::double / nullif(cells.new_customers, 0)::double as cac
  from cells
  cross join settings
),

shown as (
  select
    dated.*,
    min(case when dated.cac > 0 then dated.period_index end) over (partition by dated.place, dated.segment)
      as first_index
  from dated
  cross join settings
  where
    (settings.from_date is null or dated.period >= settings.from_date)
    and (settings.to_date is null or dated.period <= settings.to_date)
),

measured as (
  select
    shown.*,
    case
      when shown.period_index >= shown.first_index
        then shown.cac / max(case when shown.period_index = shown.first_index then shown.cac end) over (
          partition by shown.place, shown.segment
        )
    end as ratio,
    case
      when settings.in_days then (shown.period_index - shown.first_index) * settings.days_per_period / 365.25
      else (shown.period_index - shown.first_index) * settings.months_per_period / 12
    end::double as years
  from shown
  cross join settings
)

select
  measured.period,
  measured.channel,
  measured.domain,
  measured.spend::double as spend,
  measured.new_customers::integer as new_customers,
  measured.cac,
  measured.ratio as cac_ratio_to_first,
  case when measured.ratio > 0 and measured.years >= 0.5 then power(measured.ratio, 1 / measured.years) - 1 end as cagr,
  measured.segment,
  measured.place = 0 as is_blended,
  coalesce(measured.period_index = measured.first_index, false) as is_first,
  measured.is_complete
from measured
order by measured.place, measured.segment, measured.period;
