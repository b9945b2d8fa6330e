-- title: Every row read is accounted for
-- title.zh-Hans: 每一行都有去向
-- title.zh-Hant: 每一列都有去向
-- definition: One row per file that says how many rows were read, where kept, merged, excluded and rejected do not
--   add up to it.
-- definition.zh-Hans: 每个注明读入行数、但保留、并入、排除与拒收之和与之不等的文件一行。
-- definition.zh-Hant: 每個注明讀入列數、但保留、並入、排除與拒收之和與之不等的檔案一列。
-- needs: reconciliation_steps
-- column: file text
-- column: rows_read count
-- column: rows_accounted count
select
  file_rows.file,
  file_rows.rows_read::bigint as rows_read,
  file_rows.rows_accounted::bigint as rows_accounted
from (
  select
    reconciliation_steps.file,
    sum(case when reconciliation_steps.step = 'read' then reconciliation_steps.rows else 0 end) as rows_read,
    sum(
      case
        when reconciliation_steps.step in ('kept', 'merged', 'excluded', 'rejected') then reconciliation_steps.rows
        else 0
      end
    ) as rows_accounted
  from reconciliation_steps
  group by reconciliation_steps.file
) as file_rows
where file_rows.rows_read > 0 and file_rows.rows_read != file_rows.rows_accounted
order by file_rows.file;
