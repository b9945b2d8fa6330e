-- title: Rows beside the orders that could not be read
-- definition: At most 10,000 of each file by name; column_name is the field that could not be read.
insert into rejects
with
numbered as (
  select
    import_files.name,
    contact_rows.row_no,
    contact_rows.raw_column,
    contact_rows.raw_value,
    contact_rows.verdict,
    row_number() over (partition by contact_rows.file_no order by contact_rows.row_no) as position
  from contact_rows
  inner join import_files on import_files.file_no = contact_rows.file_no
  where contact_rows.verdict like 'rejected:%'
)

select
  name as file,
  row_no as line,
  coalesce(raw_column, split_part(verdict, ':', 2)) as column_name,
  raw_value as value,
  verdict as error
from numbered
where position <= 10000
order by name, row_no;
