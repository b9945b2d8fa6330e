-- title: Rows without an order id that several files have
-- definition: The first, second, … of equal rows of one file is the same as the first, second, … of an earlier one, where at least half of the later file's rows in the time that the earlier covers are in it: then the files overlap. Else equal rows are chance.
create table repeated_rows as
with
copies as (
  select
    rowid as row_no,
    file_no,
    customer_id,
    ordered_at,
    amount,
    refund,
    quantity,
    coalesce(sku, product) as article,
    row_number() over (
      partition by file_no, customer_id, ordered_at, amount, refund, quantity, coalesce(sku, product)
      order by rowid
    ) as copy
  from staged
  where order_id is null
    and verdict is null
    and (select min(file_no) < max(file_no) from staged)
),

firsts as (
  select
    row_no,
    file_no,
    ordered_at,
    min(file_no) over (
      partition by customer_id, ordered_at, amount, refund, quantity, article, copy
    ) as first_file_no
  from copies
),

spans as (
  select
    file_no,
    min(ordered_at) as starts_at,
    max(ordered_at) as ends_at
  from copies
  group by file_no
),

met_files as (
  select
    firsts.file_no,
    spans.file_no as first_file_no
  from firsts
  inner join spans
    on spans.file_no < firsts.file_no
    and firsts.ordered_at between spans.starts_at and spans.ends_at
  group by firsts.file_no, spans.file_no
  having 2 * count(*) filter (where firsts.first_file_no = spans.file_no) >= count(*)
)

select firsts.row_no
from firsts
inner join met_files
  on met_files.file_no = firsts.file_no
  and met_files.first_file_no = firsts.first_file_no;
