-- title: Costs of a file
insert into costs
select
  cost_date,
  channel,
  domain,
  kind,
  amount
from staged_costs
where verdict is null;
