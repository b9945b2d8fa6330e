-- title: Rows as read
-- definition: One row a record of the files, in file order (its rowid), parsed but not yet judged. Ids are stored uncompressed: compressing unique text costs more time than the room it saves.
create table staged (
  file_no integer,
  order_id varchar using compression uncompressed,
  customer_id varchar using compression uncompressed,
  ordered_at timestamp,
  amount decimal(18, 4),
  refund decimal(18, 4),
  discount decimal(18, 4),
  quantity decimal(18, 4),
  channel varchar,
  product varchar,
  sku varchar,
  category varchar,
  coupon varchar,
  country varchar,
  tags varchar,
  currency varchar,
  verdict varchar,
  raw_time varchar,
  raw_amount varchar
);
