-- title: Customers of a mark, by key
-- definition: The customers whom a row of a result counts, for the table marked_customers; what comes before this
--   statement names them as it does for the list of customers behind a figure.
select distinct drilled_customers.customer_key
from drilled_customers
order by drilled_customers.customer_key;
