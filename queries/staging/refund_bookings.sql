-- title: Refunds given as documents of their own
-- definition: Each refund line is booked to the customer's latest earlier order of the same article, else to the customer's latest earlier order, else to none (order_id is null).
create table refund_bookings as
with
refund_lines as (
  select
    line_rows.row_no,
    line_rows.file_no,
    line_rows.customer_id,
    line_rows.sku,
    line_rows.ordered_at,
    (-line_rows.amount)::decimal(18, 4) as amount
  from line_rows
  inner join grouped_documents on grouped_documents.order_id = line_rows.order_id
  where line_rows.fate is null and grouped_documents.sale_rows = 0 and grouped_documents.refund_rows > 0
),

sale_lines as (
  select
    line_rows.customer_id,
    line_rows.sku,
    line_rows.ordered_at,
    min(line_rows.order_id) as order_id
  from line_rows
  inner join grouped_documents on grouped_documents.order_id = line_rows.order_id
  where line_rows.fate is null
    and grouped_documents.sale_rows > 0
    and line_rows.customer_id is not null
    and line_rows.sku is not null
  group by line_rows.customer_id, line_rows.sku, line_rows.ordered_at
),

sales as (
  select
    customer_id,
    ordered_at,
    min(order_id) as order_id
  from grouped_documents
  where sale_rows > 0 and customer_id is not null
  group by customer_id, ordered_at
),

by_article as (
  select
    refund_lines.*,
    sale_lines.order_id as article_order_id
  from refund_lines
  asof left join sale_lines
    on sale_lines.customer_id = refund_lines.customer_id
    and sale_lines.sku = refund_lines.sku
    and sale_lines.ordered_at <= refund_lines.ordered_at
)

select
  by_article.row_no,
  by_article.file_no,
  by_article.amount,
  coalesce(by_article.article_order_id, sales.order_id) as order_id
from by_article
asof left join sales
  on sales.customer_id = by_article.customer_id
  and sales.ordered_at <= by_article.ordered_at;
