-- title: Rows that could not be read
-- definition: At most 10,000 of each file by name; all of them are counted in the reconciliation. `line` counts data records here and becomes the line of the file when it is shown.
insert into rejects
with
numbered as (
  select
    staged.file_no,
    import_files.name,
    staged.rowid - import_files.first_row + 1 as record,
    staged.verdict,
    staged.raw_time,
    staged.raw_amount,
    row_number() over (partition by staged.file_no order by staged.rowid) as position
  from staged
  inner join import_files on import_files.file_no = staged.file_no
  where staged.verdict like 'rejected:%'
)

select
  name as file,
  record as line,
  split_part(verdict, ':', 2) as column_name,
  case split_part(verdict, ':', 2)
    when 'time' then raw_time
    else raw_amount
  end as value,
  verdict as error
from numbered
where position <= 10000
order by file_no, record;
