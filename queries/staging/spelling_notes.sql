-- title: Customers that a file spells in several ways
-- definition: Spellings of one identity (case of an address, blanks, hidden characters, forms of a phone number) are one customer; up to five examples.
insert into file_notes
with
spelled as (
  select distinct
    file_no,
    customer_id,
    spelling
  from staged
  where spelling is not null and verdict is null
),

plain as (
  select distinct
    staged.file_no,
    staged.customer_id,
    staged.customer_id as spelling
  from staged
  inner join (select distinct file_no, customer_id from spelled) as others
    on others.file_no = staged.file_no and others.customer_id = staged.customer_id
  where staged.spelling is null and staged.verdict is null
),

spellings as (
  select * from spelled
  union all
  select * from plain
),

merged as (
  select
    file_no,
    customer_id,
    count(*) as spellings,
    string_agg('“' || replace(spelling, chr(10), ' ') || '”', ' = ' order by spelling) as example
  from spellings
  group by file_no, customer_id
  having count(*) > 1
),

numbered as (
  select
    merged.*,
    row_number() over (partition by file_no order by spellings desc, customer_id) as position
  from merged
)

select
  file_no,
  'spellings' as note,
  sum(spellings)::bigint as count,
  count(*) as of,
  null as amount,
  string_agg(left(example, 200), chr(10) order by position) filter (where position <= 5) as examples
from numbered
group by file_no
order by file_no;
