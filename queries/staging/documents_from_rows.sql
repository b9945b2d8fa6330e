-- title: Orders, where every row is one
-- definition: The usable rows themselves. A row of amount 0 that names no customer is a stock movement, not an order.
create view documents as
select
  file_no,
  rowid as first_row,
  coalesce(order_id, 'row ' || (rowid + 1)::varchar) as order_id,
  customer_id,
  ordered_at,
  amount as gross,
  coalesce(abs(refund), 0)::decimal(18, 4) as refund,
  discount,
  quantity,
  channel,
  product,
  category,
  coupon,
  country,
  currency
from staged
where verdict is null and not (amount = 0 and customer_id is null);
