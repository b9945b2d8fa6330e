-- title: Where the rows went, where every row is an order
insert into reconciliation_steps
with
fates as (
  select
    file_no,
    amount,
    case
      when verdict like 'rejected:%' then 'rejected'
      when verdict like 'excluded:%' then 'excluded'
      when amount = 0 and customer_id is null then 'excluded'
      else 'kept'
    end as step,
    case
      when verdict is not null then split_part(verdict, ':', 2)
      when amount = 0 and customer_id is null then 'zero-amount'
    end as reason
  from staged
)

select
  import_files.name as file,
  fates.step,
  fates.reason,
  count(*) as rows,
  case when fates.step = 'rejected' then 0 else count(*) end as orders,
  coalesce(sum(fates.amount), 0)::decimal(38, 4) as amount
from fates
inner join import_files on import_files.file_no = fates.file_no
group by import_files.name, import_files.file_no, fates.step, fates.reason
order by import_files.file_no, fates.step, fates.reason;
