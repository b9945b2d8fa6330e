-- title: Where the rows of one file went
-- param: file text =
with
params as (
  select getvariable('file')::varchar as file
)

select
  step,
  coalesce(reason, step) as reason,
  rows::double as rows,
  orders::double as orders,
  amount::varchar as amount
from reconciliation_steps
where file = (select file from params);
