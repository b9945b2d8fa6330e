-- title: Customers behind a figure
-- title.zh-Hans: 图中数字背后的客户
-- title.zh-Hant: 圖中數字背後的客戶
-- question: Who are they?
-- question.zh-Hans: 他们是谁？
-- question.zh-Hant: 他們是誰？
-- definition: The customers that a row of a result counts, with all they have ordered so far; those who spent most
--   come first. What comes before this statement names them: the tables of the analysis, the row, and the select of
--   its front matter.
-- definition.zh-Hans: 结果某一行所计入的客户及其至今全部订单，消费最多者在前。本语句之前的部分指明他们：分析的各表、
--   所选的行，以及其说明中的查询。
-- definition.zh-Hant: 結果某一列所計入的客戶及其至今全部訂單，消費最多者在前。本語句之前的部分指明他們：分析的各表、
--   所選的列，以及其說明中的查詢。
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: revenue money -- Σ net
-- column.zh-Hans: revenue 收入 -- 净额合计
-- column.zh-Hant: revenue 營收 -- 淨額合計
-- column: first_order date
-- column.zh-Hans: first_order 首单
-- column.zh-Hant: first_order 首單
-- column: last_order date
-- column.zh-Hans: last_order 最后一单
-- column.zh-Hant: last_order 最後一單
-- column: channel text -- of the first order
-- column.zh-Hans: channel 渠道 -- 首单
-- column.zh-Hant: channel 通路 -- 首單
-- column: product text -- of the first order
-- column.zh-Hans: product 商品 -- 首单
-- column.zh-Hant: product 商品 -- 首單
select
  customer_summary.customer_id,
  customer_summary.orders::integer as orders,
  customer_summary.net::double as revenue,
  customer_summary.first_order_date as first_order,
  customer_summary.last_order_date as last_order,
  customer_summary.first_channel as channel,
  customer_summary.first_product as product
from customer_summary
where customer_summary.customer_key in (select drilled_customers.customer_key from drilled_customers)
order by customer_summary.net desc, customer_summary.customer_id;
