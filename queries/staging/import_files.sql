-- title: Files of this import
-- definition: One row an imported file; first_row is the rowid of its first row in staged.
create table import_files (
  file_no integer,
  name varchar,
  kind varchar,
  amount_level varchar,
  refund_level varchar,
  first_row bigint
);
