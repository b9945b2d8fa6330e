-- title: Ratings of the files
insert into ratings
select
  coalesce(contact_rows.customer_id, orders.customer_id) as customer_id,
  contact_rows.order_id,
  contact_rows.happened_at as rated_at,
  contact_rows.score::double as score
from contact_rows
left join orders on orders.order_id = contact_rows.order_id
where contact_rows.file_kind = 'ratings' and contact_rows.fate is null
order by contact_rows.happened_at nulls last, contact_rows.file_no, contact_rows.row_no;
