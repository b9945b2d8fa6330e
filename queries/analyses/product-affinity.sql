-- title: What is bought next
-- title.zh-Hans: 接着买什么
-- title.zh-Hant: 接著買什麼
-- question: Who began with one product, which product do they come back for?
-- question.zh-Hans: 首单买了某个商品的客户，第二单会买哪个商品？
-- question.zh-Hant: 首單買了某個商品的客戶，第二單會買哪個商品？
-- definition: Customers with a second order (by time, on the same day or later) whose first and second order both
--   name a product. An order contains the products of its lines, named by the product, else by the article number;
--   an order without such lines contains the product that it names itself. n = customers whose first order contains
--   first_product; bought = those of them whose second order contains second_product; probability = bought ÷ n, with
--   its Wilson 95 % interval. base_rate = base_bought ÷ base_customers: the same share among all of them, whatever
--   they began with. lift = probability ÷ base_rate; lift_lower = lower ÷ base_rate, and the pairs are in its order,
--   so that what rests on few customers does not come first. Pairs that fewer than min_bought customers bought, and
--   first products with n below min_size, are left out. A product may come after itself.
-- definition.zh-Hans: 有第二单（按时间先后，同日或之后）且前两单都写有商品的客户。订单包含其明细行的商品，
--   按商品名，没有则按货号；没有明细行的订单按订单自身的商品。人数 n = 首单包含“首购商品”的客户；购买人数 =
--   其中第二单包含“次购商品”的客户；概率 = 购买人数 ÷ n，附 Wilson 95% 置信区间。基准概率 = 基准购买人数 ÷
--   基准人数：不论首单买什么，全部这些客户中的同一比例。提升度 = 概率 ÷ 基准概率；提升度下限 = 区间下限 ÷ 基准概率，
--   并按它排序，以免人数很少的组合排在最前。购买人数小于 min_bought 的组合，以及 n 小于 min_size 的首购商品不列出。
--   同一商品可以接着自己。
-- definition.zh-Hant: 有第二單（按時間先後，同日或之後）且前兩單都寫有商品的客戶。訂單包含其明細列的商品，
--   按商品名，沒有則按貨號；沒有明細列的訂單按訂單自身的商品。人數 n = 首單包含「首購商品」的客戶；購買人數 =
--   其中第二單包含「次購商品」的客戶；機率 = 購買人數 ÷ n，附 Wilson 95% 信賴區間。基準機率 = 基準購買人數 ÷
--   基準人數：不論首單買什麼，全部這些客戶中的同一比例。提升度 = 機率 ÷ 基準機率；提升度下限 = 區間下限 ÷ 基準機率，
--   並按它排序，以免人數很少的組合排在最前。購買人數小於 min_bought 的組合，以及 n 小於 min_size 的首購商品不列出。
--   同一商品可以接著自己。
-- sentence: The strongest of {pairs} {pairs|pair|pairs} is {pair}: {probability} of {n} {n|customer|customers}
--   bought it next ({lower} to {upper})[, {lift} times the base rate].|There is nothing to say yet: no pair of
--   products has been bought one after the other by enough customers.
-- sentence.zh-Hans: {pairs} 个组合中最强的是 {pair}：{n} 位客户中有 {probability} 接着购买（{lower} 至 {upper}）[，
--   为基准概率的 {lift} 倍]。|暂时没有可说的：没有哪对商品被足够多的客户先后购买。
-- sentence.zh-Hant: {pairs} 個組合中最強的是 {pair}：{n} 位客戶中有 {probability} 接著購買（{lower} 至 {upper}）[，
--   為基準機率的 {lift} 倍]。|暫時沒有可說的：沒有哪對商品被足夠多的客戶先後購買。
-- group: products
-- needs: orders, customer_summary
-- wants: product
-- drill: bought = select first_items.customer_key from first_items cross join this_row inner join second_items on
--   second_items.customer_key = first_items.customer_key where first_items.item = this_row.first_product and
--   second_items.item = this_row.second_product
-- param: level choice(product, category) = product -- what an order contains: products or their categories
-- param.zh-Hans: level 层级 -- 按商品或按品类
-- param.zh-Hant: level 層級 -- 按商品或按品類
-- param: min_size integer = 30 -- least customers who began with a product
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最少人数 -- 首单包含该商品的最少客户数
-- param.zh-Hant: min_size 最少人數 -- 首單包含該商品的最少客戶數
-- param: min_bought integer = 5 -- least customers who then bought the second product
-- param.en: min_bought Fewest buyers
-- param.zh-Hans: min_bought 最少购买人数 -- 第二单包含次购商品的最少客户数
-- param.zh-Hant: min_bought 最少購買人數 -- 第二單包含次購商品的最少客戶數
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: n by first_product; base_bought by second_product; bought of n by first_product, second_product, pair
-- column: first_product text -- in the first order
-- column.zh-Hans: first_product 首购商品 -- 首单包含
-- column.zh-Hant: first_product 首購商品 -- 首單包含
-- column: second_product text -- in the second order
-- column.zh-Hans: second_product 次购商品 -- 第二单包含
-- column.zh-Hant: second_product 次購商品 -- 第二單包含
-- column: n count -- customers whose first order contains first_product
-- column.en: n Customers
-- column.zh-Hans: n 人数 -- 首单包含首购商品的客户
-- column.zh-Hant: n 人數 -- 首單包含首購商品的客戶
-- column: probability share -- bought ÷ n
-- column.zh-Hans: probability 概率 -- 购买人数 ÷ 人数
-- column.zh-Hant: probability 機率 -- 購買人數 ÷ 人數
-- column: base_rate share -- base_bought ÷ base_customers
-- column.zh-Hans: base_rate 基准概率 -- 基准购买人数 ÷ 基准人数
-- column.zh-Hant: base_rate 基準機率 -- 基準購買人數 ÷ 基準人數
-- column: lift number -- probability ÷ base_rate
-- column.zh-Hans: lift 提升度 -- 概率 ÷ 基准概率
-- column.zh-Hant: lift 提升度 -- 機率 ÷ 基準機率
-- column: lower share -- Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- Wilson 95% 區間
-- column: upper share -- Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- Wilson 95% 區間
-- column: pair text
-- column.zh-Hans: pair 组合
-- column.zh-Hant: pair 組合
-- column: bought count -- of them, second order contains second_product
-- column.zh-Hans: bought 购买人数 -- 其中第二单包含次购商品
-- column.zh-Hant: bought 購買人數 -- 其中第二單包含次購商品
-- column: base_bought count -- of all, second order contains second_product
-- column.zh-Hans: base_bought 基准购买人数 -- 全部客户中第二单包含次购商品
-- column.zh-Hant: base_bought 基準購買人數 -- 全部客戶中第二單包含次購商品
-- column: base_customers count -- all, whatever they began with
-- column.zh-Hans: base_customers 基准人数 -- 不论首单买什么的全部客户
-- column.zh-Hant: base_customers 基準人數 -- 不論首單買什麼的全部客戶
-- column: lift_lower number -- lower ÷ base_rate
-- column.zh-Hans: lift_lower 提升度下限 -- 区间下限 ÷ 基准概率
-- column.zh-Hant: lift_lower 提升度下限 -- 區間下限 ÷ 基準機率
-- column: is_same flag -- the same product again
-- column.zh-Hans: is_same 同一商品 -- 再次购买同一商品
-- column.zh-Hant: is_same 同一商品 -- 再次購買同一商品
-- fact: pairs count = count()
-- fact: pair text = first(pair)
-- fact: probability share = first(probability)
-- fact: n count = first(n)
-- fact: lower share = first(lower)
-- fact: upper share = first(upper)
-- fact: lift number = first(lift)
-- chart: bars x=pair y=lift n=n -- Strongest pairs
-- chart.zh-Hans: 最强的组合
-- chart.zh-Hant: 最強的組合
-- chart: heatmap x=second_product y=first_product fill=probability lower=lower upper=upper n=n -- What comes next
-- chart.zh-Hans: 接着买什么
-- chart.zh-Hant: 接著買什麼
-- chart: scatter x=base_rate y=probability fill=lift label=pair -- Against the base rate
-- chart.zh-Hans: 与基准概率相比
-- chart.zh-Hant: 與基準機率相比
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
with
params as (
  select
    coalesce(getvariable('level'), 'product')::varchar as level,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('min_bought'), 5)::integer as min_bought,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

early_orders as (
  select
    orders.customer_key,
    orders.order_id,
    orders.order_number,
    case when params.level = 'category' then orders.category else orders.product end as item
  from orders
  inner join customer_summary on customer_summary.customer_key = orders.customer_key
  cross join params
  where orders.order_number <= 2 and customer_summary.orders >= 2 and orders.order_date <= params.as_of
),

line_items as (
  select distinct
    early_orders.customer_key,
    early_orders.order_number,
    case
      when params.level = 'category' then order_lines.category
      else coalesce(order_lines.product, order_lines.sku)
    end as item
  from order_lines
  inner join early_orders on early_orders.order_id = order_lines.order_id
  cross join params
),

known_lines as (
  select
    line_items.customer_key,
    line_items.order_number,
    line_items.item
  from line_items
  where line_items.item is not null
),

lined_orders as (
  select distinct
    known_lines.customer_key,
    known_lines.order_number
  from known_lines
),

items as (
  select
    known_lines.customer_key,
    known_lines.order_number,
    known_lines.item
  from known_lines
  union all
  select
    early_orders.customer_key,
    early_orders.order_number,
    early_orders.item
  from early_orders
  left join lined_orders
    on lined_orders.customer_key = early_orders.customer_key
    and lined_orders.order_number = early_orders.order_number
  where lined_orders.customer_key is null and early_orders.item is not null
),

told_customers as (
  select items.customer_key
  from items
  group by items.customer_key
  having min(items.order_number) = 1 and max(items.order_number) = 2
),

first_items as (
  select
    items.customer_key,
    items.item
  from items
  inner join told_customers on told_customers.customer_key = items.customer_key
  where items.order_number = 1
),

second_items as (
  select
    items.customer_key,
    items.item
  from items
  inner join told_customers on told_customers.customer_key = items.customer_key
  where items.order_number = 2
),

totals as (
  select count(*) as base_customers
  from told_customers
),

first_counts as (
  select
    first_items.item,
    count(*) as n
  from first_items
  group by first_items.item
),

second_counts as (
  select
    second_items.item,
    count(*) as base_bought
  from second_items
  group by second_items.item
),

pairs as (
  select
    first_items.item as first_product,
    second_items.item as second_product,
    count(*) as bought
  from first_items
  inner join second_items on second_items.customer_key = first_items.customer_key
  group by first_items.item, second_items.item
),

rates as (
  select
    pairs.*,
    first_counts.n,
    pairs.bought::double / first_counts.n as rate,
    second_counts.base_bought,
    totals.base_customers,
    second_counts.base_bought::double / totals.base_customers as base_rate,
    1.959963984540054::double as z
  from pairs
  inner join first_counts on first_counts.item = pairs.first_product
  inner join second_counts on second_counts.item = pairs.second_product
  cross join totals
  cross join params
  where first_counts.n >= params.min_size and pairs.bought >= params.min_bought
),

bounded_rates as (
  select
    rates.*,
    greatest(0, (
      rate + z * z / (2 * n) - z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n)) as lower,
    least(1, (
      rate + z * z / (2 * n) + z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n)
    ) / (1 + z * z / n)) as upper
  from rates
)

select
  bounded_rates.first_product,
  bounded_rates.second_product,
  bounded_rates.n::integer as n,
  bounded_rates.rate as probability,
  bounded_rates.base_rate,
  bounded_rates.rate / bounded_rates.base_rate as lift,
  bounded_rates.lower::double as lower,
  bounded_rates.upper::double as upper,
  bounded_rates.first_product || ' → ' || bounded_rates.second_product as pair,
  bounded_rates.bought::integer as bought,
  bounded_rates.base_bought::integer as base_bought,
  bounded_rates.base_customers::integer as base_customers,
  bounded_rates.lower / bounded_rates.base_rate as lift_lower,
  bounded_rates.first_product = bounded_rates.second_product as is_same
from bounded_rates
-- rounded, or the last digit of a division would order what ties
order by
  round(bounded_rates.lower / bounded_rates.base_rate, 9) desc,
  bounded_rates.n desc,
  bounded_rates.first_product,
  bounded_rates.second_product;
