-- title: Order lines
-- definition: One row a line of an order, where the export has lines.
create table order_lines (
  order_id varchar using compression uncompressed,
  line integer,
  product varchar,
  sku varchar,
  category varchar,
  quantity decimal(18, 4),
  net decimal(18, 4)
);
