-- title: Reconciliation
-- title.zh-Hans: 对账
-- title.zh-Hant: 對帳
-- question: Where did every row of every file go?
-- question.zh-Hans: 每个文件的每一行去了哪里？
-- question.zh-Hant: 每個檔案的每一列去了哪裡？
-- definition: Every row that was read ends in exactly one of: kept, merged into an order, excluded with a reason,
--   rejected with its line and error. Rows and amounts of these four tie to the rows read; orders do not, since one
--   whose rows ended differently stands in each. Refund rows whose order is not in the files are kept, with that
--   reason, and taken off no order. An order that several files have counts once: as the file has it that reaches
--   further in time, or of two that reach equally far the one with more refunds. Several rows of one person in
--   customer files are one contact.
-- definition.zh-Hans: 读入的每一行都恰好归入以下之一：保留、并入订单、排除（附原因）、拒收（附行号与错误）。
--   四者的行数与金额之和等于读入的行；订单数不相加，各行去向不同的订单在每个去向中各计一次。
--   文件中找不到原订单的退款行会保留并注明原因，不从任何订单中扣除。
--   多个文件都有的订单只计一次：以时间更靠后的文件为准；同样靠后时，以退款更多的文件为准。
--   客户文件中同一个人的多行合为一个联系人。
-- definition.zh-Hant: 讀入的每一列都恰好歸入以下之一：保留、併入訂單、排除（附原因）、拒收（附列號與錯誤）。
--   四者的列數與金額之和等於讀入的列；訂單數不相加，各列去向不同的訂單在每個去向中各計一次。
--   檔案中找不到原訂單的退款列會保留並註明原因，不從任何訂單中扣除。
--   多個檔案都有的訂單只計一次：以時間更靠後的檔案為準；同樣靠後時，以退款更多的檔案為準。
--   客戶檔案中同一個人的多列合為一個聯絡人。
-- sentence: Of {read} {read|row|rows} read, {kept} {kept|was|were} kept, {merged} merged into an order, {excluded}
--   excluded and {rejected} rejected.
-- sentence.zh-Hans: 读入 {read} 行：保留 {kept} 行，并入订单 {merged} 行，排除 {excluded} 行，拒收 {rejected} 行。
-- sentence.zh-Hant: 讀入 {read} 列：保留 {kept} 列，併入訂單 {merged} 列，排除 {excluded} 列，拒收 {rejected} 列。
-- group: data
-- needs: reconciliation_steps
-- scope: shop
-- counts: orders by file, step, reason; open rows
-- column: file text
-- column.zh-Hans: file 文件
-- column.zh-Hant: file 檔案
-- column: step text -- read, kept, merged, excluded, rejected or refund
-- column.zh-Hans: step 去向 -- 读取、保留、合并、排除、拒绝或退款
-- column.zh-Hant: step 去向 -- 讀取、保留、合併、排除、拒絕或退款
-- column: reason text
-- column.zh-Hans: reason 原因
-- column.zh-Hant: reason 原因
-- column: rows count
-- column.zh-Hans: rows 行数
-- column.zh-Hant: rows 列數
-- column: orders count
-- column.zh-Hans: orders 订单数
-- column.zh-Hant: orders 訂單數
-- column: amount money
-- column.zh-Hans: amount 金额
-- column.zh-Hant: amount 金額
-- fact: read count = sum(rows) where step = 'read'
-- fact: kept count = sum(rows) where step = 'kept'
-- fact: merged count = sum(rows) where step = 'merged'
-- fact: excluded count = sum(rows) where step = 'excluded'
-- fact: rejected count = sum(rows) where step = 'rejected'
-- chart: waterfall x=step y=rows label=reason
-- value.zh-Hans: read = 读入
-- value.zh-Hant: read = 讀入
-- value.zh-Hans: kept = 保留
-- value.zh-Hant: kept = 保留
-- value.zh-Hans: merged = 并入订单
-- value.zh-Hant: merged = 併入訂單
-- value.zh-Hans: excluded = 排除
-- value.zh-Hant: excluded = 排除
-- value.zh-Hans: rejected = 拒收
-- value.zh-Hant: rejected = 拒收
-- value.zh-Hans: refund = 未入账退款
-- value.zh-Hant: refund = 未入帳退款
with
-- what was read is the sum of the four fates, whether or not a row of its own says it
steps as (
  select
    reconciliation_steps.file,
    1 as place,
    'read' as step,
    null as reason,
    sum(reconciliation_steps.rows) as rows,
    -- an order whose rows ended differently stands in each of those fates
    null as orders,
    sum(reconciliation_steps.amount) as amount
  from reconciliation_steps
  where reconciliation_steps.step in ('kept', 'merged', 'excluded', 'rejected')
  group by reconciliation_steps.file
  union all
  select
    reconciliation_steps.file,
    case reconciliation_steps.step
      when 'kept' then 2
      when 'merged' then 3
      when 'excluded' then 4
      when 'rejected' then 5
      else 6
    end as place,
    reconciliation_steps.step,
    reconciliation_steps.reason,
    reconciliation_steps.rows,
    reconciliation_steps.orders,
    reconciliation_steps.amount
  from reconciliation_steps
  where reconciliation_steps.step != 'read'
)

select
  steps.file,
  steps.step,
  steps.reason,
  steps.rows::bigint as rows,
  steps.orders::bigint as orders,
  steps.amount::double as amount
from steps
order by steps.file, steps.place, steps.rows desc, steps.reason;
