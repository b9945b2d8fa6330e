-- title: Rows that belong to orders of several rows
-- definition: Usable rows with the level of their amounts, each marked with what becomes of it. Of an order that several files have, the rows of one count (see shared_orders); a row that repeats an order in a file of one row an order is a duplicate.
create table line_rows as
with
levels as (
  select
    staged.rowid as row_no,
    staged.file_no,
    coalesce(staged.order_id, 'row ' || (staged.rowid + 1)::varchar) as order_id,
    staged.customer_id,
    staged.ordered_at,
    staged.amount,
    abs(staged.refund)::decimal(18, 4) as refund,
    staged.discount,
    staged.quantity,
    staged.channel,
    staged.product,
    staged.sku,
    staged.category,
    staged.coupon,
    staged.country,
    staged.currency,
    staged.verdict,
    import_files.amount_level,
    import_files.refund_level,
    case when repeated_rows.row_no is not null then 'merged:other-file' else shared_orders.fate end as shared_fate
  from staged
  inner join import_files on import_files.file_no = staged.file_no
  left join shared_orders
    on shared_orders.order_id = coalesce(staged.order_id, 'row ' || (staged.rowid + 1)::varchar)
    and shared_orders.file_no = staged.file_no
  left join repeated_rows on repeated_rows.row_no = staged.rowid
  where staged.verdict is null or staged.verdict like 'excluded:%'
),

order_verdicts as (
  select
    order_id,
    max(verdict) as verdict
  from levels
  where amount_level in ('order_first_row', 'order_repeated') and verdict is not null and shared_fate is null
  group by order_id
),

ranked as (
  select
    levels.*,
    order_verdicts.verdict as order_verdict,
    case
      when levels.amount_level = 'order' and levels.verdict is null then row_number() over (
        partition by levels.file_no, levels.order_id, levels.ordered_at, levels.amount, levels.customer_id, levels.verdict
        order by levels.row_no
      )
      else 1
    end as copy
  from levels
  left join order_verdicts on order_verdicts.order_id = levels.order_id
)

select
  * exclude (verdict, order_verdict, shared_fate, copy, amount_level, refund_level),
  amount_level,
  refund_level,
  case
    when shared_fate is not null then shared_fate
    when verdict is not null then verdict
    when order_verdict is not null then order_verdict
    when copy > 1 then 'merged:duplicate'
  end as fate
from ranked;
