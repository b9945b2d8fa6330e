-- title: Is every row an order of its own?
-- definition: True when order ids only rise or only fall from row to row (so none repeats), or are absent, no amount is negative, and there is one file. A streaming proof; where it fails rows are grouped by order id.
with
neighbours as (
  select
    file_no,
    order_id,
    lag(file_no) over () as previous_file,
    lag(order_id) over () as previous_id,
    amount
  from staged
  where verdict is null
),

steps as (
  select
    order_id,
    amount,
    case
      when previous_id is null or order_id is null then null
      when previous_file != file_no then 0
      when length(order_id) != length(previous_id) then sign(length(order_id) - length(previous_id))
      when order_id > previous_id then 1
      when order_id < previous_id then -1
      else 0
    end as direction
  from neighbours
)

select
  (
    coalesce(min(direction), 1) = coalesce(max(direction), 1)
    and coalesce(min(direction), 1) != 0
    and count(order_id) in (0, count(*))
    and coalesce(min(amount), 0) >= 0
    and coalesce((select min(file_no) = max(file_no) from staged), true)
  )::boolean as is_order_per_row,
  count(*)::bigint as usable_rows
from steps;
