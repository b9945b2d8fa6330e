-- title: Customer ids are unique
-- title.zh-Hans: 客户号唯一
-- title.zh-Hant: 客戶號唯一
-- definition: One row per customer id with more than one key, and per key without an id.
-- definition.zh-Hans: 每个对应多个键的客户号，以及每个没有客户号的键各一行。
-- definition.zh-Hant: 每個對應多個鍵的客戶號，以及每個沒有客戶號的鍵各一列。
-- needs: customer_summary
-- column: customer_id text
-- column: customers count
select
  repeated_customers.customer_id,
  repeated_customers.customers::integer as customers
from (
  select
    customer_summary.customer_id,
    count(*) as customers
  from customer_summary
  group by customer_summary.customer_id
  having count(*) > 1 or customer_summary.customer_id is null
) as repeated_customers
order by repeated_customers.customer_id
limit 100;
