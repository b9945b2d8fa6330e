-- title: Where the rows went, where orders have several rows
-- definition: The first row of an order is kept, its other rows are merged into it; refund documents are merged into the order they were booked to, or kept apart where there is none.
insert into reconciliation_steps
with
kept_orders as (
  select order_id
  from documents
),

usable as (
  select
    line_rows.file_no,
    line_rows.order_id,
    line_rows.amount,
    case
      when line_rows.fate like 'merged:%' then 'merged'
      when line_rows.fate like 'excluded:%' then 'excluded'
      when refund_bookings.row_no is not null and refund_bookings.order_id is not null then 'merged'
      when refund_bookings.row_no is not null then 'kept'
      when kept_orders.order_id is null then 'excluded'
      when line_rows.row_no = grouped_documents.first_row then 'kept'
      else 'merged'
    end as step,
    case
      when line_rows.fate is not null then split_part(line_rows.fate, ':', 2)
      when refund_bookings.row_no is not null and refund_bookings.order_id is not null then 'refund'
      when refund_bookings.row_no is not null then 'refund-without-order'
      when kept_orders.order_id is null then 'zero-amount'
      when line_rows.row_no != grouped_documents.first_row then 'line'
    end as reason
  from line_rows
  left join grouped_documents on grouped_documents.order_id = line_rows.order_id
  left join kept_orders on kept_orders.order_id = line_rows.order_id
  left join refund_bookings on refund_bookings.row_no = line_rows.row_no
),

unread as (
  select
    file_no,
    null::varchar as order_id,
    amount,
    'rejected' as step,
    split_part(verdict, ':', 2) as reason
  from staged
  where verdict like 'rejected:%'
),

fates as (
  select file_no, order_id, amount, step, reason
  from usable
  union all
  select file_no, order_id, amount, step, reason
  from unread
)

select
  import_files.name as file,
  fates.step,
  fates.reason,
  count(*) as rows,
  count(distinct fates.order_id) as orders,
  coalesce(sum(fates.amount), 0)::decimal(38, 4) as amount
from fates
inner join import_files on import_files.file_no = fates.file_no
group by import_files.name, import_files.file_no, fates.step, fates.reason
order by import_files.file_no, fates.step, fates.reason;
