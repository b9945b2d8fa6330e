-- title: Purchase days are counted in order
-- title.zh-Hans: 购买日依次编号
-- title.zh-Hant: 購買日依次編號
-- definition: One row per purchase day whose number, gap or distance from the first day does not fit the ones
--   before.
-- definition.zh-Hans: 每个编号、间隔或距首日天数与前面不符的购买日一行。
-- definition.zh-Hant: 每個編號、間隔或距首日天數與前面不符的購買日一列。
-- needs: customer_days
-- column: customer_key count
-- column: order_date date
-- column: nth count
select
  customer_days.customer_key,
  customer_days.order_date,
  customer_days.nth
from customer_days
left join customer_summary on customer_summary.customer_key = customer_days.customer_key
where
  customer_days.nth < 1
  or (customer_days.nth = 1) != (customer_days.days_since_previous is null)
  or (customer_days.nth = 1) != (customer_days.days_since_first = 0)
  or customer_days.days_since_previous < 1
  or customer_days.days_since_previous > customer_days.days_since_first
  or customer_days.nth > customer_summary.purchase_days
  or customer_days.order_date - customer_days.days_since_first is distinct from customer_summary.first_order_date
order by customer_days.customer_key, customer_days.order_date
limit 100;
