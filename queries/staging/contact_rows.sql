-- title: What becomes of the rows beside the orders
-- definition: A person of several rows, in one file or several, is kept once. A touch or rating that stands in two files is counted once: the first, second, … of equal rows of one file is the same as the first, second, … of another. Somebody brought twice by the same person was brought once, the first time.
create table contact_rows as
with
copies as (
  select
    *,
    row_number() over (
      partition by
        file_kind, file_no, customer_id, order_id, happened_at, responded_at, channel, kind, campaign, staff,
        cost, score, duration_s
      order by row_no
    ) as copy
  from staged_contacts
  where is_purchase is null
    and verdict is null
    and file_kind in ('touches', 'ratings')
    and (select min(file_no) < max(file_no) from staged_contacts where file_kind in ('touches', 'ratings'))
),

repeated as (
  select
    file_no,
    row_no,
    min(file_no) over (
      partition by
        file_kind, copy, customer_id, order_id, happened_at, responded_at, channel, kind, campaign, staff,
        cost, score, duration_s
    ) as first_file_no
  from copies
),

ranked as (
  select
    staged_contacts.*,
    repeated.first_file_no,
    case
      when file_kind in ('customers', 'referrals') and verdict is null then row_number() over (
        partition by file_kind, customer_id, referee_id, verdict
        order by
          case when file_kind = 'referrals' then happened_at end nulls last,
          staged_contacts.file_no,
          staged_contacts.row_no
      )
    end as copy
  from staged_contacts
  left join repeated
    on repeated.file_no = staged_contacts.file_no and repeated.row_no = staged_contacts.row_no
  where staged_contacts.is_purchase is null
)

select
  * exclude (first_file_no, copy),
  case
    when verdict is not null then verdict
    when first_file_no < file_no then 'merged:other-file'
    when copy > 1 and file_kind = 'customers' then 'merged:same-customer'
    when copy > 1 then 'merged:duplicate'
  end as fate
from ranked;
