-- title: Rows that belong to orders of several rows
-- definition: Usable rows with the level of their amounts, each marked with what becomes of it. An order named by two files is taken from the first; a row that repeats an order in a file of one row an order is a duplicate.
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
    import_files.refund_level
  from staged
  inner join import_files on import_files.file_no = staged.file_no
  where staged.verdict is null or staged.verdict like 'excluded:%'
),

owners as (
  select
    order_id,
    min(file_no) as file_no,
    max(verdict) filter (where amount_level in ('order_first_row', 'order_repeated')) as verdict
  from levels
  group by order_id
),

ranked as (
  select
    levels.*,
    owners.verdict as order_verdict,
    owners.file_no != levels.file_no as is_in_earlier_file,
    case
      when levels.amount_level = 'order' and levels.verdict is null then row_number() over (
        partition by levels.file_no, levels.order_id, levels.ordered_at, levels.amount, levels.customer_id, levels.verdict
        order by levels.row_no
      )
      else 1
    end as copy
  from levels
  inner join owners on owners.order_id = levels.order_id
)

select
  * exclude (verdict, order_verdict, is_in_earlier_file, copy, amount_level, refund_level),
  amount_level,
  refund_level,
  case
    when is_in_earlier_file then 'merged:other-file'
    when verdict is not null then verdict
    when order_verdict is not null then order_verdict
    when copy > 1 then 'merged:duplicate'
  end as fate
from ranked;
