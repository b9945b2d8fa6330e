-- title: The data as a whole
-- definition: One row: the observation end (the date of the last order), the first and last order, and what there is to work with.
create table dataset as
select
  max(order_date) as as_of,
  min(order_date) as first_date,
  max(order_date) as last_date,
  count(*)::bigint as orders,
  (select count(*) from customers)::bigint as customers,
  case when count(distinct currency) = 1 then any_value(currency) end as currency,
  (count(customer_key) > 0)::boolean as has_customers,
  ((select count(*) from costs) > 0)::boolean as has_costs,
  ((select count(*) from order_lines) > 0)::boolean as has_lines,
  ((select count(*) from contacts) > 0)::boolean as has_contacts,
  ((select count(*) from touches) > 0)::boolean as has_touches,
  ((select count(*) from referrals) > 0)::boolean as has_referrals,
  ((select count(*) from ratings) > 0)::boolean as has_ratings,
  (count(coalesce(product, category)) + (select count(*) from order_lines) > 0)::boolean as has_product,
  (count(discount) + count(coupon) > 0)::boolean as has_discount,
  (count(category) + (select count(category) from order_lines) > 0)::boolean as has_category
from orders;
