-- title: Note a file that was read
-- param: file_no integer = 1
-- param: file text =
-- param: kind text = orders
-- param: amount_level text = order
-- param: refund_level text = order
insert into import_files
with
params as (
  select
    coalesce(getvariable('file_no'), 1)::integer as file_no,
    getvariable('file')::varchar as file,
    coalesce(getvariable('kind'), 'orders')::varchar as kind,
    coalesce(getvariable('amount_level'), 'order')::varchar as amount_level,
    coalesce(getvariable('refund_level'), 'order')::varchar as refund_level
)

select
  params.file_no,
  params.file as name,
  params.kind,
  params.amount_level,
  params.refund_level,
  (select min(rowid) from staged where staged.file_no = params.file_no) as first_row
from params;
