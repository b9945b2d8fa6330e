-- title: Reconciliation
-- definition: Where every row of every file went: read = kept + merged + excluded + rejected.
create table reconciliation_steps (
  file varchar,
  step varchar,
  reason varchar,
  rows bigint,
  orders bigint,
  amount decimal(38, 4)
);
