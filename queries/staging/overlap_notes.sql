-- title: How far a file differs from another that has the same orders
insert into file_notes
select
  file_no,
  'other-file-differs' as note,
  count(*) filter (where fate = 'merged:other-file-differs') as count,
  count(*) as of,
  sum(case when fate = 'merged:other-file-differs' then taken_net - net else 0 end)::decimal(38, 4) as amount,
  null as examples
from shared_orders
where fate in ('merged:other-file-differs', 'merged:other-file')
group by file_no
having count(*) filter (where fate = 'merged:other-file-differs') > 0
order by file_no;
