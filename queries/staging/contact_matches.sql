-- title: How many people of a file are customers
insert into file_notes
with
people as (
  select
    file_no,
    customer_id
  from contact_rows
  where verdict is null and customer_id is not null
  union
  select
    file_no,
    referee_id
  from contact_rows
  where verdict is null and referee_id is not null
  union
  select
    contact_rows.file_no,
    orders.customer_id
  from contact_rows
  inner join orders on orders.order_id = contact_rows.order_id
  where contact_rows.verdict is null and contact_rows.customer_id is null and orders.customer_id is not null
)

select
  people.file_no,
  'matched' as note,
  count(customers.customer_id) as count,
  count(*) as of,
  null as amount,
  null as examples
from people
left join customers on customers.customer_id = people.customer_id
group by people.file_no
order by people.file_no;
