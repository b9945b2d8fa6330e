-- title: Where the rows of a costs file went
-- param: file text =
insert into reconciliation_steps
with
params as (
  select getvariable('file')::varchar as file
)

select
  (select file from params) as file,
  split_part(coalesce(verdict, 'kept'), ':', 1) as step,
  split_part(verdict, ':', 2) as reason,
  count(*) as rows,
  0 as orders,
  coalesce(sum(amount), 0)::decimal(38, 4) as amount
from staged_costs
group by verdict;
