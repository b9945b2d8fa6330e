-- title: Costs that an earlier file has
-- definition: The first, second, … of equal rows (day, channel, kind, amount) is the same as the first, second, … of the files before, where at least half of the rows in the time that those cover are in them: then the files overlap, and the row counts once. Else equal rows are chance.
update staged_costs
set verdict = 'merged:other-file'
from (
  with
  copies as (
    select
      row_no,
      cost_date,
      channel,
      kind,
      amount,
      row_number() over (partition by cost_date, channel, kind, amount order by row_no) as copy
    from staged_costs
    where verdict is null
  ),

  known as (
    select
      cost_date,
      channel,
      kind,
      amount,
      count(*) as copies
    from costs
    group by cost_date, channel, kind, amount
  ),

  compared as (
    select
      copies.row_no,
      copies.cost_date between (select min(cost_date) from costs) and (select max(cost_date) from costs) as is_covered,
      copies.copy <= coalesce(known.copies, 0) as is_known
    from copies
    left join known
      on known.cost_date = copies.cost_date
      and known.channel is not distinct from copies.channel
      and known.kind = copies.kind
      and known.amount = copies.amount
  )

  select row_no
  from compared
  where is_known
    and (select 2 * count(*) filter (where is_known) >= count(*) from compared where is_covered)
) as repeated
where repeated.row_no = staged_costs.row_no;
