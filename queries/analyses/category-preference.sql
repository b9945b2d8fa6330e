-- title: Category preference
-- title.zh-Hans: 品类偏好
-- title.zh-Hant: 品類偏好
-- question: Which categories does each group of customers spend more on than customers on the whole?
-- question.zh-Hans: 各类客户在哪些品类上花得比全体客户更多？
-- question.zh-Hant: 各類客戶在哪些品類上花得比全體客戶更多？
-- definition: revenue = Σ net of the segment’s orders in the category, refunds taken off. An order with lines that
--   name a category is split over its lines in proportion to their net (where these add up to more than 0); any
--   other order counts wholly for the category that it names itself. Lines and orders without a category are left
--   out, and so are orders without a customer. revenue_share = revenue ÷ segment_revenue (all categories);
--   base_share = the same of all customers; index = revenue_share ÷ base_share × 100: above 100 the segment prefers
--   the category, below it avoids it. buyers = customers of the segment with such an order, customers = those with
--   any category, buyer_share = buyers ÷ customers, with its Wilson 95 % interval. Segments: by how often
--   customers ordered, by the fifth of customers that they are in by revenue (5 spends most, score = 1 + ⌊5 ·
--   customers who spent less ÷ n⌋), both over all their orders up to the observation end, or by an attribute of the
--   first order or of the customer; None where it is not known.
-- definition.zh-Hans: 收入 = 该分组客户在该品类的订单净额合计，已扣除退款。明细行写有品类的订单，按各行净额的比例拆分
--   （各行合计须大于 0）；其他订单全部计入订单自身的品类。没有品类的行与订单、没有客户的订单均不计。收入占比 = 收入 ÷
--   该分组全部品类收入；基准占比 = 全体客户的同一占比；指数 = 收入占比 ÷ 基准占比 × 100：大于 100
--   表示偏好，小于 100 表示回避。购买人数 = 分组中买过该品类的客户，客户数 = 买过任一品类的客户，购买人数占比 =
--   购买人数 ÷ 客户数，附 Wilson 95% 置信区间。分组可按订单数、按消费五等分（5 为消费最高，得分 = 1 +
--   ⌊5 · 消费更少的客户数 ÷ n⌋），两者都按截至截止日的全部订单；或按首单、客户的属性；未知者为“（无）”。
-- definition.zh-Hant: 營收 = 該分組客戶在該品類的訂單淨額合計，已扣除退款。明細列寫有品類的訂單，按各列淨額的比例拆分
--   （各列合計須大於 0）；其他訂單全部計入訂單自身的品類。沒有品類的列與訂單、沒有客戶的訂單均不計。營收占比 = 營收 ÷
--   該分組全部品類營收；基準占比 = 全體客戶的同一占比；指數 = 營收占比 ÷ 基準占比 × 100：大於 100
--   表示偏好，小於 100 表示迴避。購買人數 = 分組中買過該品類的客戶，客戶數 = 買過任一品類的客戶，購買人數占比 =
--   購買人數 ÷ 客戶數，附 Wilson 95% 信賴區間。分組可按訂單數、按消費五等分（5 為消費最高，得分 = 1 +
--   ⌊5 · 消費更少的客戶數 ÷ n⌋），兩者都按截至截止日的全部訂單；或按首單、客戶的屬性；未知者為「（無）」。
-- sentence: {segments} {segments|segment|segments} and {categories} {categories|category|categories}[; the
--   strongest preference has an index of {index}|; no segment has the 30 customers from which a preference is
--   told].{?segments}|There is nothing to say yet: no order names a category.
-- sentence.zh-Hans: 共 {segments} 个分组、{categories} 个品类[；最强的偏好指数为 {index}|；没有一个分组达到 30 位客
--   户，还看不出偏好]。{?segments}|暂时没有可说的：没有订单注明品类。
-- sentence.zh-Hant: 共 {segments} 個分組、{categories} 個品類[；最強的偏好指數為 {index}|；沒有一個分組達到 30 位客
--   戶，還看不出偏好]。{?segments}|暫時沒有可說的：沒有訂單註明品類。
-- group: products
-- needs: orders, customer_summary
-- wants: product
-- param: by choice(frequency, value, channel, country, member, tier, source) = frequency -- what makes a segment
-- param.en: by Split by
-- param.zh-Hans: by 分组依据 -- 按什么划分客户
-- param.zh-Hant: by 分組依據 -- 按什麼劃分客戶
-- param: level choice(auto, category, product) = auto -- categories, or products; auto: categories where any is known
-- param.zh-Hans: level 层级 -- 按品类或商品；自动：有品类时按品类
-- param.zh-Hant: level 層級 -- 按品類或商品；自動：有品類時按品類
-- param: largest integer = 20 -- the largest categories stand alone, the rest is put together as (other)
-- param.zh-Hans: largest 品类数 -- 最大的几个单独列出，其余合并为（其他）
-- param.zh-Hant: largest 品類數 -- 最大的幾個單獨列出，其餘合併為（其他）
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: from date = -- orders from this day on; the whole history when empty
-- param.zh-Hans: from 起始日 -- 从这一天起的订单，留空为全部历史
-- param.zh-Hant: from 起始日 -- 從這一天起的訂單，留空為全部歷史
-- param: to date = -- orders up to this day; the whole history when empty
-- param.zh-Hans: to 结束日 -- 到这一天止的订单，留空为全部历史
-- param.zh-Hant: to 結束日 -- 到這一天止的訂單，留空為全部歷史
-- counts: customers by segment; buyers of customers by segment each category
-- column: segment text
-- column.zh-Hans: segment 分组
-- column.zh-Hant: segment 分組
-- column: category text
-- column.zh-Hans: category 品类
-- column.zh-Hant: category 品類
-- column: revenue_share share -- revenue ÷ segment_revenue
-- column.zh-Hans: revenue_share 收入占比 -- 收入 ÷ 分组收入
-- column.zh-Hant: revenue_share 營收占比 -- 營收 ÷ 分組營收
-- column: index number -- revenue_share ÷ base_share × 100
-- column.zh-Hans: index 指数 -- 收入占比 ÷ 基准占比 × 100
-- column.zh-Hant: index 指數 -- 營收占比 ÷ 基準占比 × 100
-- column: revenue money -- Σ net in the category
-- column.zh-Hans: revenue 收入 -- 该品类净额合计
-- column.zh-Hant: revenue 營收 -- 該品類淨額合計
-- column: segment_revenue money -- Σ net in all categories
-- column.zh-Hans: segment_revenue 分组收入 -- 全部品类净额合计
-- column.zh-Hant: segment_revenue 分組營收 -- 全部品類淨額合計
-- column: base_share share -- of all customers’ revenue
-- column.zh-Hans: base_share 基准占比 -- 占全体客户收入
-- column.zh-Hant: base_share 基準占比 -- 占全體客戶營收
-- column: buyers count -- customers of the segment who bought it
-- column.zh-Hans: buyers 购买人数 -- 分组中买过的客户
-- column.zh-Hant: buyers 購買人數 -- 分組中買過的客戶
-- column: customers count -- customers of the segment
-- column.zh-Hans: customers 客户数 -- 分组的客户
-- column.zh-Hant: customers 客戶數 -- 分組的客戶
-- column: buyer_share share -- buyers ÷ customers
-- column.zh-Hans: buyer_share 购买人数占比 -- 购买人数 ÷ 客户数
-- column.zh-Hant: buyer_share 購買人數占比 -- 購買人數 ÷ 客戶數
-- column: lower share -- Wilson 95 %, of buyer_share
-- column.zh-Hans: lower 区间下限 -- 购买人数占比的 Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- 購買人數占比的 Wilson 95% 區間
-- column: upper share -- Wilson 95 %, of buyer_share
-- column.zh-Hans: upper 区间上限 -- 购买人数占比的 Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- 購買人數占比的 Wilson 95% 區間
-- column: segments count
-- column.zh-Hans: segments 分组数
-- column.zh-Hant: segments 分組數
-- column: categories count
-- column.zh-Hans: categories 品类数
-- column.zh-Hant: categories 品類數
-- fact: segments count = max(segments)
-- fact: categories count = max(categories)
-- fact: index number = max(index) where customers >= 30
-- chart: heatmap x=category y=segment fill=index n=customers -- Index
-- chart.zh-Hans: 指数
-- chart.zh-Hant: 指數
-- chart: heatmap x=category y=segment fill=buyer_share lower=lower upper=upper n=customers -- Who bought
-- chart.zh-Hans: 购买人数占比
-- chart.zh-Hant: 購買人數占比
-- value: frequency = number of orders
-- value.zh-Hans: frequency = 订单数
-- value.zh-Hant: frequency = 訂單數
-- value: value = fifth by revenue
-- value.zh-Hans: value = 消费五等分
-- value.zh-Hant: value = 消費五等分
-- value: channel = channel of the first order
-- value.zh-Hans: channel = 首单渠道
-- value.zh-Hant: channel = 首單通路
-- value: country = country of the first order
-- value.zh-Hans: country = 首单国家或地区
-- value.zh-Hant: country = 首單國家或地區
-- value: member = member at the first order
-- value.zh-Hans: member = 首单时是否会员
-- value.zh-Hant: member = 首單時是否會員
-- value.zh-Hans: tier = 会员等级
-- value.zh-Hant: tier = 會員等級
-- value.zh-Hans: source = 来源
-- value.zh-Hant: source = 來源
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value: (none) = None
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value: (other) = (other)
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
-- value: auto = categories where known
-- value.zh-Hans: auto = 有品类时按品类
-- value.zh-Hant: auto = 有品類時按品類
with
params as (
  select
    coalesce(getvariable('by'), 'frequency')::varchar as by_attribute,
    coalesce(getvariable('level'), 'auto')::varchar as level,
    coalesce(getvariable('largest'), 20)::integer as largest,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    getvariable('from')::date as from_date,
    getvariable('to')::date as to_date
  from dataset
),

levels as (
  select params.level = 'product' or (params.level = 'auto' and not dataset.has_category) as is_product
  from params
  cross join dataset
),

kept_orders as (
  select
    orders.customer_key,
    orders.order_id,
    orders.net,
    case when levels.is_product then orders.product else orders.category end as item
  from orders
  cross join params
  cross join levels
  where
    orders.customer_key is not null
    and orders.order_date <= params.as_of
    and (params.from_date is null or orders.order_date >= params.from_date)
    and (params.to_date is null or orders.order_date <= params.to_date)
),

kept_lines as (
  select
    order_lines.order_id,
    case
      when levels.is_product then coalesce(order_lines.product, order_lines.sku)
      else order_lines.category
    end as item,
    order_lines.net
  from order_lines
  cross join levels
),

line_totals as (
  select
    kept_lines.order_id,
    sum(kept_lines.net) as net
  from kept_lines
  group by kept_lines.order_id
  having sum(kept_lines.net) > 0 and count(kept_lines.item) > 0
),

line_parts as (
  select
    kept_lines.order_id,
    kept_lines.item,
    sum(kept_lines.net) as net
  from kept_lines
  where kept_lines.item is not null
  group by kept_lines.order_id, kept_lines.item
),

item_parts as (
  select
    kept_orders.customer_key,
    line_parts.item,
    kept_orders.net::double * line_parts.net::double / line_totals.net::double as revenue
  from kept_orders
  inner join line_totals on line_totals.order_id = kept_orders.order_id
  inner join line_parts on line_parts.order_id = kept_orders.order_id
  union all
  select
    kept_orders.customer_key,
    kept_orders.item,
    kept_orders.net::double as revenue
  from kept_orders
  left join line_totals on line_totals.order_id = kept_orders.order_id
  where line_totals.order_id is null and kept_orders.item is not null
),

item_places as (
  select
    item_parts.item,
    row_number() over (order by round(sum(item_parts.revenue), 6) desc, item_parts.item) as place
  from item_parts
  group by item_parts.item
),

parts as (
  select
    item_parts.customer_key,
    case when item_places.place <= params.largest then item_parts.item else '(other)' end as item,
    item_parts.revenue
  from item_parts
  inner join item_places on item_places.item = item_parts.item
  cross join params
),

spendings as (
  select
    parts.customer_key,
    parts.item,
    sum(parts.revenue) as revenue
  from parts
  group by parts.customer_key, parts.item
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

value_ranks as (
  select
    measures.net,
    sum(count(*)) over (order by measures.net) - count(*) as worse,
    sum(count(*)) over () as customers
  from measures
  group by measures.net
),

labelled_customers as (
  select
    measures.customer_key,
    case params.by_attribute
      when 'frequency' then
        case
          when measures.orders = 1 then '1'
          when measures.orders = 2 then '2'
          when measures.orders <= 5 then '3–5'
          else '6+'
        end
      when 'value' then (1 + floor(5 * value_ranks.worse / value_ranks.customers))::integer::varchar
      when 'channel' then coalesce(customer_summary.first_channel, '(none)')
      when 'country' then coalesce(customer_summary.first_country, '(none)')
      when 'member' then
        case
          when customer_summary.first_is_member then 'yes'
          when not customer_summary.first_is_member then 'no'
          else '(none)'
        end
      when 'tier' then coalesce(customers.tier, '(none)')
      else coalesce(customers.source, '(none)')
    end as segment
  from measures
  inner join value_ranks on value_ranks.net = measures.net
  inner join customer_summary on customer_summary.customer_key = measures.customer_key
  inner join customers on customers.customer_key = measures.customer_key
  cross join params
),

segment_items as (
  select
    labelled_customers.segment,
    spendings.item,
    sum(spendings.revenue) as revenue,
    count(*) as buyers
  from spendings
  inner join labelled_customers on labelled_customers.customer_key = spendings.customer_key
  group by labelled_customers.segment, spendings.item
),

buying_customers as (
  select distinct spendings.customer_key
  from spendings
),

segment_sizes as (
  select
    labelled_customers.segment,
    count(*) as customers
  from buying_customers
  inner join labelled_customers on labelled_customers.customer_key = buying_customers.customer_key
  group by labelled_customers.segment
),

segment_totals as (
  select
    segment_items.segment,
    sum(segment_items.revenue) as revenue
  from segment_items
  group by segment_items.segment
),

item_totals as (
  select
    segment_items.item,
    sum(segment_items.revenue) as revenue
  from segment_items
  group by segment_items.item
),

totals as (
  select
    sum(item_totals.revenue) as revenue,
    count(*) as items
  from item_totals
),

cells as (
  select
    segment_sizes.segment,
    item_totals.item,
    coalesce(segment_items.revenue, 0) as revenue,
    segment_totals.revenue as segment_revenue,
    item_totals.revenue as item_revenue,
    -- a share of what is not above 0 says nothing
    case when totals.revenue > 0.00001 then item_totals.revenue / totals.revenue end as base_share,
    case when segment_totals.revenue > 0.00001
      then coalesce(segment_items.revenue, 0) / segment_totals.revenue end as revenue_share,
    coalesce(segment_items.buyers, 0) as buyers,
    segment_sizes.customers as n,
    coalesce(segment_items.buyers, 0)::double / segment_sizes.customers as rate,
    count(*) over (partition by item_totals.item) as segments,
    totals.items,
    1.959963984540054::double as z
  from segment_sizes
  cross join item_totals
  cross join totals
  inner join segment_totals on segment_totals.segment = segment_sizes.segment
  left join segment_items on segment_items.segment = segment_sizes.segment and segment_items.item = item_totals.item
)

select
  cells.segment,
  cells.item as category,
  cells.revenue_share::double as revenue_share,
  case when cells.base_share > 0.000000001 then cells.revenue_share / cells.base_share * 100 end::double as index,
  cells.revenue::double as revenue,
  cells.segment_revenue::double as segment_revenue,
  cells.base_share::double as base_share,
  cells.buyers::integer as buyers,
  cells.n::integer as customers,
  cells.rate as buyer_share,
  greatest(0, (
    rate + z * z / (2 * n) - z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
  ) / (1 + z * z / n))::double as lower,
  least(1, (
    rate + z * z / (2 * n) + z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
  ) / (1 + z * z / n))::double as upper,
  cells.segments::integer as segments,
  cells.items::integer as categories
from cells
order by
  cells.segment,
  case when cells.item = '(other)' then 1 else 0 end,
  round(cells.item_revenue, 6) desc,
  cells.item;
