-- title: Rows of a costs file that could not be read
-- param: file text =
insert into rejects
with
params as (
  select getvariable('file')::varchar as file
)

select
  (select file from params) as file,
  row_no as line,
  split_part(verdict, ':', 2) as column_name,
  case split_part(verdict, ':', 2)
    when 'time' then raw_time
    else raw_amount
  end as value,
  verdict as error
from staged_costs
where verdict like 'rejected:%'
order by row_no;
