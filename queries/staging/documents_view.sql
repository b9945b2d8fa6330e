-- title: Orders, with the refunds that were booked to them
-- definition: A document of amount 0 that names no customer is a stock movement, not an order; one that only refunds is no order either.
create view documents as
with
booked as (
  select
    order_id,
    sum(amount)::decimal(18, 4) as amount
  from refund_bookings
  where order_id is not null
  group by order_id
)

select
  grouped_documents.file_no,
  grouped_documents.first_row,
  grouped_documents.order_id,
  grouped_documents.customer_id,
  grouped_documents.ordered_at,
  grouped_documents.gross,
  (grouped_documents.refund + coalesce(booked.amount, 0))::decimal(18, 4) as refund,
  grouped_documents.discount,
  grouped_documents.quantity,
  grouped_documents.channel,
  grouped_documents.product,
  grouped_documents.category,
  grouped_documents.coupon,
  grouped_documents.country,
  grouped_documents.currency
from grouped_documents
left join booked on booked.order_id = grouped_documents.order_id
where (grouped_documents.sale_rows > 0 or grouped_documents.refund_rows = 0)
  and not (grouped_documents.gross = 0 and grouped_documents.customer_id is null);
