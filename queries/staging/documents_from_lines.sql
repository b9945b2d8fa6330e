-- title: Orders, from the rows that make them up
-- definition: One row an order id. The amount is taken by the level of the file (first row, repeated, or the sum of the lines); negative lines are refunds of the same order.
create table grouped_documents as
select
  order_id,
  min(file_no) as file_no,
  min(row_no) as first_row,
  min(ordered_at) as ordered_at,
  arg_min(customer_id, row_no) as customer_id,
  coalesce(
    case any_value(amount_level)
      when 'order_first_row' then arg_min(amount, row_no)
      when 'order_repeated' then max(amount)
      else sum(amount) filter (where amount > 0)
    end,
    0
  )::decimal(18, 4) as gross,
  (
    coalesce(
      case any_value(refund_level)
        when 'order_first_row' then arg_min(refund, row_no)
        when 'order_repeated' then max(refund)
        else sum(refund)
      end,
      0
    )
    + coalesce(
      case
        when any_value(amount_level) not in ('order_first_row', 'order_repeated')
          then -(sum(amount) filter (where amount < 0))
      end,
      0
    )
  )::decimal(18, 4) as refund,
  (
    case any_value(amount_level)
      when 'order_first_row' then arg_min(discount, row_no)
      when 'order_repeated' then max(discount)
      else sum(discount)
    end
  )::decimal(18, 4) as discount,
  (sum(quantity))::decimal(18, 4) as quantity,
  arg_min(channel, row_no) as channel,
  arg_min(product, row_no) as product,
  arg_min(category, row_no) as category,
  arg_min(coupon, row_no) as coupon,
  arg_min(country, row_no) as country,
  arg_min(currency, row_no) as currency,
  count(*) as rows,
  count(*) filter (where amount > 0) as sale_rows,
  count(*) filter (where amount < 0) as refund_rows
from line_rows
where fate is null
group by order_id;
