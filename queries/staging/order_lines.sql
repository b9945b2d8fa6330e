-- title: Lines of the orders
-- definition: The rows that make up the orders, numbered within each; refunds that stand as rows of the same order are lines of a negative net. Where another file has the product lines of an order, they stand for its one row.
insert into order_lines
select
  line_rows.order_id,
  (row_number() over (partition by line_rows.order_id order by line_rows.row_no))::integer as line,
  line_rows.product,
  line_rows.sku,
  line_rows.category,
  line_rows.quantity,
  line_rows.amount as net
from line_rows
inner join documents on documents.order_id = line_rows.order_id
left join (select distinct order_id from line_rows where fate = 'merged:items') as itemised
  on itemised.order_id = line_rows.order_id
where (line_rows.fate = 'merged:items' or (line_rows.fate is null and itemised.order_id is null))
  and coalesce(line_rows.product, line_rows.sku) is not null
order by line_rows.order_id, line;
