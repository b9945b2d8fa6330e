-- title: What else there is to say of one file
-- param: file text =
with
params as (
  select getvariable('file')::varchar as file
)

select
  file_notes.note,
  file_notes.count::double as count,
  file_notes.of::double as of,
  coalesce(file_notes.amount, 0)::varchar as amount,
  coalesce(file_notes.examples, '') as examples
from file_notes
inner join import_files on import_files.file_no = file_notes.file_no
where import_files.name = (select file from params)
order by file_notes.note;
