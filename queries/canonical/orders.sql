-- title: Orders
-- definition: One row a paid order, sorted by customer and time. order_number is 1 for the customer's first; customer_key and order_number are null where the export names no customer. A refund is booked to the order it belongs to.
create table orders (
  order_id varchar using compression uncompressed,
  customer_id varchar,
  customer_key integer,
  ordered_at timestamp,
  order_date date,
  gross decimal(18, 4),
  refund decimal(18, 4),
  net decimal(18, 4),
  discount decimal(18, 4),
  quantity decimal(18, 4),
  channel varchar,
  domain varchar,
  product varchar,
  category varchar,
  coupon varchar,
  country varchar,
  is_member boolean,
  currency varchar,
  order_number integer
);
