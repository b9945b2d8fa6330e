-- title: What else there is to say of a file
-- definition: matched: count of its people who are customers with orders, of all its people. spellings: count of spellings that came to one customer each, of so many customers. other-file-differs: count of orders that another file gives with another amount or state, of all that both have, and by how much the figures taken differ from this file's.
create table file_notes (
  file_no integer,
  note varchar,
  count bigint,
  of bigint,
  amount decimal(38, 4),
  examples varchar
);
