-- title: Orders that several files have
-- definition: One row an order and file, where several files were given, with what becomes of its rows there. An order is taken from one file: of those that place it in time, one that gives amounts by the order before one that gives them by the line; then the one that reaches further in time, since it has the later state; then the one with more refunds; then the first. Rows of another file are part of the order where fewer than half of their articles are in the first already (an export cut in two, a refund booked later); they are its product lines (items) where the first has no lines; else they are the same order once more. Lines of orders that no file places in time are left out.
create table shared_orders as
with
staged_orders as (
  select
    staged.rowid as row_no,
    staged.file_no,
    coalesce(staged.order_id, 'row ' || (staged.rowid + 1)::varchar) as order_id,
    staged.ordered_at,
    staged.amount,
    abs(staged.refund) as refund,
    staged.verdict,
    coalesce(staged.sku, staged.product, staged.quantity::varchar, '') as article
  from staged
  where (select min(file_no) < max(file_no) from staged)
    and (staged.verdict is null or staged.verdict like 'excluded:%')
),

files as (
  select
    staged_orders.file_no,
    count(staged_orders.ordered_at) > 0 and any_value(import_files.kind) != 'lines' as is_timed,
    max(staged_orders.ordered_at) as reach,
    coalesce(sum(staged_orders.refund), 0) as refunds
  from staged_orders
  inner join import_files on import_files.file_no = staged_orders.file_no
  group by staged_orders.file_no
),

ranked_files as (
  select
    files.file_no,
    files.is_timed,
    import_files.amount_level,
    import_files.refund_level,
    import_files.amount_level in ('order_first_row', 'order_repeated') as is_told_once,
    import_files.kind = 'lines' or import_files.amount_level in ('line', 'order_first_row', 'order_repeated') as has_lines,
    row_number() over (
      order by
        files.is_timed desc,
        case when import_files.kind = 'lines' or import_files.amount_level = 'line' then 1 else 0 end,
        files.reach desc nulls last,
        files.refunds desc,
        files.file_no
    ) as place
  from files
  inner join import_files on import_files.file_no = files.file_no
),

places as (
  select
    staged_orders.order_id,
    min(ranked_files.place) as first_place,
    min(case when ranked_files.has_lines then ranked_files.place end) as line_place,
    bool_or(ranked_files.is_timed) as is_timed
  from staged_orders
  inner join ranked_files on ranked_files.file_no = staged_orders.file_no
  group by staged_orders.order_id
  having min(staged_orders.file_no) < max(staged_orders.file_no)
    or (not bool_or(ranked_files.is_timed) and (select bool_or(ranked_files.is_timed) from ranked_files))
),

-- A file of one row an order tells one article of each sign: its products are titles put together.
articles as (
  select distinct
    staged_orders.order_id,
    staged_orders.file_no,
    ranked_files.place,
    case when staged_orders.amount < 0 then '-' else '+' end
    || case when ranked_files.amount_level = 'order' then '' else staged_orders.article end as article
  from staged_orders
  inner join places on places.order_id = staged_orders.order_id
  inner join ranked_files on ranked_files.file_no = staged_orders.file_no
),

known_articles as (
  select
    order_id,
    file_no,
    place > min(place) over (partition by order_id, article) as is_known
  from articles
),

parts as (
  select
    order_id,
    file_no,
    2 * count(*) filter (where is_known) < count(*) as is_part
  from known_articles
  group by order_id, file_no
),

states as (
  select
    staged_orders.order_id,
    staged_orders.file_no,
    any_value(ranked_files.place) as place,
    any_value(ranked_files.amount_level) as amount_level,
    coalesce(
      case any_value(ranked_files.amount_level)
        when 'order_first_row' then arg_min(staged_orders.amount, staged_orders.row_no)
        when 'order_repeated' then max(staged_orders.amount)
        else sum(staged_orders.amount) filter (where staged_orders.verdict is null)
      end,
      0
    ) as amount,
    coalesce(
      case any_value(ranked_files.refund_level)
        when 'order_first_row' then arg_min(staged_orders.refund, staged_orders.row_no)
        when 'order_repeated' then max(staged_orders.refund)
        else sum(staged_orders.refund) filter (where staged_orders.verdict is null)
      end,
      0
    ) as refund,
    case
      when any_value(ranked_files.is_told_once) then bool_and(staged_orders.verdict is null)
      else bool_or(staged_orders.verdict is null)
    end as is_usable
  from staged_orders
  inner join places on places.order_id = staged_orders.order_id
  inner join ranked_files on ranked_files.file_no = staged_orders.file_no
  group by staged_orders.order_id, staged_orders.file_no
),

nets as (
  select
    states.*,
    case when is_usable then amount - refund else 0 end as net,
    case when is_usable then refund else 0 end as counted_refund
  from states
),

judged as (
  select
    nets.order_id,
    nets.file_no,
    nets.net,
    taken.net as taken_net,
    case
      when not places.is_timed then 'excluded:not-in-orders'
      when nets.place = places.first_place then null
      when taken.amount_level = 'order' and ranked_files.has_lines and nets.place = places.line_place then 'merged:items'
      when taken.amount_level = 'order' and ranked_files.has_lines and not ranked_files.is_timed then 'merged:other-file'
      when parts.is_part then null
      when nets.net != taken.net
        or nets.counted_refund != taken.counted_refund
        or nets.is_usable != taken.is_usable then 'merged:other-file-differs'
      else 'merged:other-file'
    end as fate
  from nets
  inner join places on places.order_id = nets.order_id
  inner join nets as taken on taken.order_id = nets.order_id and taken.place = places.first_place
  inner join ranked_files on ranked_files.file_no = nets.file_no
  inner join parts on parts.order_id = nets.order_id and parts.file_no = nets.file_no
)

select
  order_id,
  file_no,
  net,
  taken_net,
  fate
from judged;
