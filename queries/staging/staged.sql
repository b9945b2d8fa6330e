-- title: Rows as read
-- definition: One row a record of the files, in file order (its rowid), parsed but not yet judged. Ids are stored uncompressed: compressing unique text costs more time than the room it saves.
create table staged (
  file_no integer using compression bitpacking,
  order_id varchar using compression uncompressed,
  customer_id varchar using compression uncompressed,
  ordered_at timestamp using compression bitpacking,
  amount decimal(18, 4) using compression bitpacking,
  refund decimal(18, 4) using compression bitpacking,
  discount decimal(18, 4) using compression bitpacking,
  quantity decimal(18, 4) using compression bitpacking,
  channel varchar using compression dict_fsst,
  product varchar using compression dict_fsst,
  sku varchar using compression dict_fsst,
  category varchar using compression dict_fsst,
  coupon varchar using compression dict_fsst,
  country varchar using compression dict_fsst,
  tags varchar using compression dict_fsst,
  currency varchar using compression dict_fsst,
  spelling varchar using compression dict_fsst,
  verdict varchar using compression dict_fsst,
  raw_time varchar using compression dict_fsst,
  raw_amount varchar using compression dict_fsst
);
