-- title: Customers of one segment
-- definition: Every customer is in exactly one segment of an attribute of their first order or of the customer
--   file; what is not known is (none), and orders without a customer are (no customer). Put before an analysis,
--   these tables stand for those of the same name and hold the chosen segment alone; by themselves they list the
--   segments.
-- param: filter_by choice(channel, domain, product, category, country, coupon, member, source, tier) = channel -- attribute
-- param: filter_value text = -- its value
-- column: value text
-- column: customers count
-- column: orders count
-- column: revenue money
-- value: channel = channel
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value: domain = public or private domain
-- value.zh-Hans: domain = 公域或私域
-- value.zh-Hant: domain = 公域或私域
-- value: product = first product
-- value.zh-Hans: product = 首购商品
-- value.zh-Hant: product = 首購商品
-- value: category = first category
-- value.zh-Hans: category = 首购品类
-- value.zh-Hant: category = 首購品類
-- value: country = country
-- value.zh-Hans: country = 国家
-- value.zh-Hant: country = 國家
-- value: coupon = first coupon
-- value.zh-Hans: coupon = 首单优惠券
-- value.zh-Hant: coupon = 首單優惠券
-- value: member = member at first order
-- value.zh-Hans: member = 首单时是会员
-- value.zh-Hant: member = 首單時是會員
-- value: source = source (customer file)
-- value.zh-Hans: source = 来源（客户文件）
-- value.zh-Hant: source = 來源（客戶檔案）
-- value: tier = tier (customer file)
-- value.zh-Hans: tier = 等级（客户文件）
-- value.zh-Hant: tier = 等級（客戶檔案）
-- value: (none) = (none)
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (no customer) = (no customer)
-- value.zh-Hans: (no customer) = （没有客户）
-- value.zh-Hant: (no customer) = （沒有客戶）
-- value: yes = yes
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value: no = no
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
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
filter_params as (
  select
    coalesce(getvariable('filter_by'), 'channel')::varchar as by_attribute,
    getvariable('filter_value')::varchar as wanted
),

segment_labels as (
  select
    customer_summary.customer_key,
    customer_summary.customer_id,
    coalesce(
      case filter_params.by_attribute
        when 'channel' then customer_summary.first_channel
        when 'domain' then customer_summary.first_domain
        when 'product' then customer_summary.first_product
        when 'category' then customer_summary.first_category
        when 'country' then customer_summary.first_country
        when 'coupon' then customer_summary.first_coupon
        when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
        when 'source' then customers.source
        when 'tier' then customers.tier
      end,
      '(none)'
    ) as label
  from main.customer_summary
  inner join main.customers on customers.customer_key = customer_summary.customer_key
  cross join filter_params
),

segment as (
  select
    segment_labels.customer_key,
    segment_labels.customer_id
  from segment_labels
  cross join filter_params
  where segment_labels.label = filter_params.wanted
),

customers as (
  select customers.*
  from main.customers
  where customers.customer_key in (select segment.customer_key from segment)
),

orders as (
  select orders.*
  from main.orders
  cross join filter_params
  where
    orders.customer_key in (select segment.customer_key from segment)
    or (orders.customer_key is null and filter_params.wanted = '(no customer)')
),

order_lines as (
  select order_lines.*
  from main.order_lines
  where order_lines.order_id in (select orders.order_id from orders)
),

customer_summary as (
  select customer_summary.*
  from main.customer_summary
  where customer_summary.customer_key in (select segment.customer_key from segment)
),

customer_days as (
  select customer_days.*
  from main.customer_days
  where customer_days.customer_key in (select segment.customer_key from segment)
),

customer_periods as (
  select customer_periods.*
  from main.customer_periods
  where customer_periods.customer_key in (select segment.customer_key from segment)
),

touches as (
  select touches.*
  from main.touches
  left join main.customers as known on known.customer_id = touches.customer_id
  cross join filter_params
  where
    touches.customer_id in (select segment.customer_id from segment)
    or (filter_params.wanted = '(no customer)' and known.customer_id is null)
),

ratings as (
  select ratings.*
  from main.ratings
  where ratings.customer_id in (select segment.customer_id from segment)
)

select
  segment_labels.label as value,
  count(*)::integer as customers,
  sum(summary.orders)::bigint as orders,
  sum(summary.net)::double as revenue
from segment_labels
inner join main.customer_summary as summary on summary.customer_key = segment_labels.customer_key
group by segment_labels.label
union all
select
  '(no customer)' as value,
  0 as customers,
  count(*)::bigint as orders,
  coalesce(sum(anonymous.net), 0)::double as revenue
from main.orders as anonymous
where anonymous.customer_key is null
having
  count(*) > 0
  or exists (
    select touches.customer_id
    from main.touches
    left join main.customers as known on known.customer_id = touches.customer_id
    where known.customer_id is null
  )
order by customers desc, value;
