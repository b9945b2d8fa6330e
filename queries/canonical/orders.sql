-- title: Orders
-- definition: One row a paid order, sorted by customer and time. order_number is 1 for the customer's first; customer_key and order_number are null where the export names no customer. A refund is booked to the order it belongs to. Where tables are kept compressed, each column names its way: to try them all took longer than to read the file, and order ids gain nothing.
create table orders (
  order_id varchar using compression uncompressed,
  customer_id varchar using compression dict_fsst,
  customer_key integer using compression bitpacking,
  ordered_at timestamp using compression bitpacking,
  order_date date using compression bitpacking,
  gross decimal(18, 4) using compression bitpacking,
  refund decimal(18, 4) using compression bitpacking,
  net decimal(18, 4) using compression bitpacking,
  discount decimal(18, 4) using compression bitpacking,
  quantity decimal(18, 4) using compression bitpacking,
  channel varchar using compression dict_fsst,
  domain varchar using compression dict_fsst,
  product varchar using compression dict_fsst,
  category varchar using compression dict_fsst,
  coupon varchar using compression dict_fsst,
  country varchar using compression dict_fsst,
  is_member boolean using compression uncompressed,
  currency varchar using compression dict_fsst,
  order_number integer using compression bitpacking
);
