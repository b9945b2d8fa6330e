-- title: Customers of one segment
-- definition: Every customer is in exactly one segment of an attribute of their first order or of the customer
--   file; what is not known is (none), and orders without a customer are (no customer). A filter takes the
--   customers who are in one of the chosen segments of each attribute, who first ordered on one of the chosen days
--   and, where a mark was chosen, whom that mark counts. Put before an analysis, these tables stand for those of the
--   same name and hold these customers alone; by themselves they list the segments of one attribute among them.
-- param: filter_by choice(channel, domain, product, category, country, coupon, member, source, tier) = channel -- attribute to list
-- param: filter_channel text = -- its segments, each between two unit separators; every one when empty
-- param: filter_domain text = -- its segments, each between two unit separators; every one when empty
-- param: filter_product text = -- its segments, each between two unit separators; every one when empty
-- param: filter_category text = -- its segments, each between two unit separators; every one when empty
-- param: filter_country text = -- its segments, each between two unit separators; every one when empty
-- param: filter_coupon text = -- its segments, each between two unit separators; every one when empty
-- param: filter_member text = -- its segments, each between two unit separators; every one when empty
-- param: filter_source text = -- its segments, each between two unit separators; every one when empty
-- param: filter_tier text = -- its segments, each between two unit separators; every one when empty
-- param: filter_first_from date = -- day of the first order, the earliest
-- param: filter_first_until date = -- day of the first order, the latest
-- param: filter_is_marked flag = false -- whether only those in marked_customers
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
    getvariable('filter_channel')::varchar as of_channel,
    getvariable('filter_domain')::varchar as of_domain,
    getvariable('filter_product')::varchar as of_product,
    getvariable('filter_category')::varchar as of_category,
    getvariable('filter_country')::varchar as of_country,
    getvariable('filter_coupon')::varchar as of_coupon,
    getvariable('filter_member')::varchar as of_member,
    getvariable('filter_source')::varchar as of_source,
    getvariable('filter_tier')::varchar as of_tier,
    getvariable('filter_first_from')::date as first_from,
    getvariable('filter_first_until')::date as first_until,
    coalesce(getvariable('filter_is_marked'), false)::boolean as is_marked
),

segment_labels as (
  select
    customer_summary.customer_key,
    customer_summary.customer_id,
    customer_summary.first_order_date,
    customer_summary.orders,
    customer_summary.net,
    coalesce(customer_summary.first_channel, '(none)') as channel,
    coalesce(customer_summary.first_domain, '(none)') as domain,
    coalesce(customer_summary.first_product, '(none)') as product,
    coalesce(customer_summary.first_category, '(none)') as category,
    coalesce(customer_summary.first_country, '(none)') as country,
    coalesce(customer_summary.first_coupon, '(none)') as coupon,
    coalesce(case when customer_summary.first_is_member then 'yes' else 'no' end, '(none)') as member,
    coalesce(customers.source, '(none)') as source,
    coalesce(customers.tier, '(none)') as tier
  from main.customer_summary
  inner join main.customers on customers.customer_key = customer_summary.customer_key
),

segment as (
  select segment_labels.*
  from segment_labels
  cross join filter_params
  where
    (filter_params.of_channel is null or contains(filter_params.of_channel, chr(31) || segment_labels.channel || chr(31)))
    and (filter_params.of_domain is null or contains(filter_params.of_domain, chr(31) || segment_labels.domain || chr(31)))
    and (filter_params.of_product is null or contains(filter_params.of_product, chr(31) || segment_labels.product || chr(31)))
    and (filter_params.of_category is null or contains(filter_params.of_category, chr(31) || segment_labels.category || chr(31)))
    and (filter_params.of_country is null or contains(filter_params.of_country, chr(31) || segment_labels.country || chr(31)))
    and (filter_params.of_coupon is null or contains(filter_params.of_coupon, chr(31) || segment_labels.coupon || chr(31)))
    and (filter_params.of_member is null or contains(filter_params.of_member, chr(31) || segment_labels.member || chr(31)))
    and (filter_params.of_source is null or contains(filter_params.of_source, chr(31) || segment_labels.source || chr(31)))
    and (filter_params.of_tier is null or contains(filter_params.of_tier, chr(31) || segment_labels.tier || chr(31)))
    and (filter_params.first_from is null or segment_labels.first_order_date >= filter_params.first_from)
    and (filter_params.first_until is null or segment_labels.first_order_date <= filter_params.first_until)
    and (
      not filter_params.is_marked
      or segment_labels.customer_key in (select marked_customers.customer_key from main.marked_customers)
    )
),

strangers as (
  select
    filter_params.first_from is null
    and filter_params.first_until is null
    and not filter_params.is_marked
    and coalesce(contains(filter_params.of_channel, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_domain, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_product, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_category, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_country, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_coupon, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_member, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_source, chr(31) || '(no customer)' || chr(31)), true)
    and coalesce(contains(filter_params.of_tier, chr(31) || '(no customer)' || chr(31)), true) as are_in
  from filter_params
),

customers as (
  select customers.*
  from main.customers
  where customers.customer_key in (select segment.customer_key from segment)
),

orders as (
  select orders.*
  from main.orders
  cross join strangers
  where
    orders.customer_key in (select segment.customer_key from segment)
    or (orders.customer_key is null and strangers.are_in)
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
  cross join strangers
  where
    touches.customer_id in (select segment.customer_id from segment)
    or (strangers.are_in and known.customer_id is null)
),

ratings as (
  select ratings.*
  from main.ratings
  where ratings.customer_id in (select segment.customer_id from segment)
)

select
  case filter_params.by_attribute
    when 'channel' then segment.channel
    when 'domain' then segment.domain
    when 'product' then segment.product
    when 'category' then segment.category
    when 'country' then segment.country
    when 'coupon' then segment.coupon
    when 'member' then segment.member
    when 'source' then segment.source
    when 'tier' then segment.tier
  end as value,
  count(*)::integer as customers,
  sum(segment.orders)::bigint as orders,
  sum(segment.net)::double as revenue
from segment
cross join filter_params
group by value
union all
select
  '(no customer)' as value,
  0 as customers,
  count(*)::bigint as orders,
  coalesce(sum(anonymous.net), 0)::double as revenue
from main.orders as anonymous
cross join strangers
where anonymous.customer_key is null and strangers.are_in
having
  count(*) > 0
  or exists (
    select touches.customer_id
    from main.touches
    left join main.customers as known on known.customer_id = touches.customer_id
    cross join strangers
    where known.customer_id is null and strangers.are_in
  )
order by customers desc, value;
