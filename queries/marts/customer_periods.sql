-- title: Customers by month
-- definition: The spine of cohorts and retention: one row a customer and calendar month with an order, so that distinct counts become sums. first_order_date is the day of the first order, by which a result can be narrowed after its sums. period_index = year × 12 + month; k counts months since the month of the first order. Made pass by pass, as customer_days is, from the days that a pass added (from_row is the first of them).
-- param: from_row integer = 0
create table customer_periods as
with
months as (
  select
    customer_key,
    (extract(year from order_date) * 12 + extract(month from order_date))::integer as period_index,
    sum(orders)::integer as orders,
    sum(net)::decimal(18, 4) as net
  from customer_days
  where rowid >= coalesce(getvariable('from_row'), 0)
  group by customer_key, period_index
),

cohorts as (
  select
    customer_key,
    first_order_date,
    (extract(year from first_order_date) * 12 + extract(month from first_order_date))::integer as cohort_index
  from customers
)

select
  months.customer_key,
  make_date((months.period_index - 1) // 12, (months.period_index - 1) % 12 + 1, 1) as period,
  months.period_index,
  make_date((cohorts.cohort_index - 1) // 12, (cohorts.cohort_index - 1) % 12 + 1, 1) as cohort,
  (months.period_index - cohorts.cohort_index)::integer as k,
  cohorts.first_order_date,
  months.orders,
  months.net
from months
inner join cohorts on cohorts.customer_key = months.customer_key
order by months.customer_key, months.period_index;
