-- title: Rows that the repair of a file kept from the tables
-- definition: So many rows of a file went one way for one reason before the engine saw them: they fit no column, or belong to another table.
-- param: file text =
-- param: step text =
-- param: reason text =
-- param: rows integer = 0
insert into reconciliation_steps
with
params as (
  select
    getvariable('file')::varchar as file,
    getvariable('step')::varchar as step,
    getvariable('reason')::varchar as reason,
    coalesce(getvariable('rows'), 0)::bigint as rows
)

select
  file,
  step,
  reason,
  rows,
  0 as orders,
  0::decimal(38, 4) as amount
from params;
