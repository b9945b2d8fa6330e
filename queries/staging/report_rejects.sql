-- title: The rejected rows of one file
-- param: file text =
with
params as (
  select getvariable('file')::varchar as file
)

select
  line::double as line,
  column_name as column,
  coalesce(value, '') as value,
  replace(error, 'rejected:', '') as error
from rejects
where file = (select file from params)
order by line;
