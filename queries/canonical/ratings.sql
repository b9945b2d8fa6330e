-- title: Ratings
-- definition: One row a rating as the file gives it, of an order or a customer; the customer of a rated order is filled in. Empty where no rating file was given.
create table ratings (
  customer_id varchar,
  order_id varchar,
  rated_at timestamp,
  score double
);
