-- title: Every row read is accounted for
-- title.zh-Hans: 每一行都有去向
-- title.zh-Hant: 每一行都有去向
-- definition: One row per file whose rows read are not the sum of kept, merged, excluded and rejected.
-- definition.zh-Hans: 每个读入行数不等于保留、并入、排除与拒收之和的文件一行。
-- definition.zh-Hant: 每個讀入行數不等於保留、並入、排除與拒收之和的檔案一行。
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
where file_rows.rows_read != file_rows.rows_accounted
order by file_rows.file;
