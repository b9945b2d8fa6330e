-- title: Contacts
-- definition: One row a person of the customer files, whether they ever ordered or not; customers has those who did.
create table contacts (
  customer_id varchar,
  acquired_at date,
  joined_private_at date,
  source varchar,
  domain varchar,
  member_since date,
  tier varchar,
  tags varchar,
  referrer_id varchar
);
