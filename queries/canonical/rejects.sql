-- title: Rejected rows
-- definition: Rows that could not be read as an order, with their line, column, value and error.
create table rejects (
  file varchar,
  line bigint,
  column_name varchar,
  value varchar,
  error varchar
);
