-- title: Touches
-- definition: One row a contact with somebody, or an event of theirs, whether they ever ordered or not; empty where no such file was given. kind is the event's name.
create table touches (
  customer_id varchar,
  touched_at timestamp,
  channel varchar,
  domain varchar,
  kind varchar,
  campaign varchar,
  cost decimal(18, 4),
  responded_at timestamp,
  duration_s double,
  staff varchar
);
