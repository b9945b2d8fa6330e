-- title: Customers
-- definition: One row a customer, made from the orders; customer_key counts them by first order, then by id.
create table customers (
  customer_key integer,
  customer_id varchar using compression uncompressed,
  first_order_date date,
  last_order_date date,
  acquired_at date,
  joined_private_at date,
  source varchar,
  domain varchar,
  member_since date,
  tier varchar,
  tags varchar,
  referrer_id varchar
);
