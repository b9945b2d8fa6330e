-- title: Customers of a mark
-- definition: The customers whom a mark of a figure counts, when the reader chose it as the filter of the notebook;
--   empty otherwise.
create table marked_customers (
  customer_key integer
);
