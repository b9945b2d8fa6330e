-- title: Costs
-- definition: What was spent, by day, channel and kind (acquisition, retention, service); empty where no cost file was given.
create table costs (
  cost_date date,
  channel varchar,
  domain varchar,
  kind varchar,
  amount decimal(18, 4)
);
