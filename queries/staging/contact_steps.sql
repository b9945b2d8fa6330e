-- title: Where the rows beside the orders went
-- definition: Somebody of a customer file who never ordered is kept as a contact, and no customer.
insert into reconciliation_steps
with
fates as (
  select
    contact_rows.file_no,
    split_part(coalesce(contact_rows.fate, 'kept'), ':', 1) as step,
    case
      when contact_rows.fate is not null then split_part(contact_rows.fate, ':', 2)
      when contact_rows.file_kind = 'customers' and customers.customer_id is null then 'no-order'
    end as reason
  from contact_rows
  left join customers on customers.customer_id = contact_rows.customer_id
)

select
  import_files.name as file,
  fates.step,
  fates.reason,
  count(*) as rows,
  0 as orders,
  0 as amount
from fates
inner join import_files on import_files.file_no = fates.file_no
group by import_files.name, import_files.file_no, fates.step, fates.reason
order by import_files.file_no, fates.step, fates.reason;
