/** Files beside the orders, orders in several files, and who is the same person. */
export const beside = {
  "value.reason.same-customer": "同一个人的其他行",
  "value.reason.duplicate": "重复的行",
  "value.reason.other-file": "另一个文件中也有，只计一次",
  "value.reason.other-file-differs":
    "另一个文件中也有，但金额或状态不同；只计一次，以另一个文件为准",
  "value.reason.items": "另一个文件中订单的商品明细，金额在那里计算",
  "value.reason.not-in-orders": "订单文件中没有的订单的商品明细",
  "value.reason.no-customer": "没有客户，或是游客",
  "value.reason.no-order": "从未下单；保留为联系人，不算客户",
  "value.reason.score": "评分无法识别",
  "rows.matched": "这个文件的 {of} 人中，{customers} 人是有订单的客户（{share}）。",
  "rows.padded": "{of} 行中有 {count} 行的字段少于表头，缺少的按空值处理。",
  "rows.rejoined": "{of} 行中有 {count} 行被值里的分隔符拆开，已重新拼好。",
  "rows.preamble": "表头之前的 {count} 行说明已略去。",
  "rows.footer": "末尾的 {count} 行合计或备注已略去。",
  "rows.spellings": "{count} 种写法归为 {of} 位客户：{examples}",
  "rows.differs":
    "两个文件都有的 {of} 笔订单中，{count} 笔的金额或状态不同。以时间更靠后的文件为准；其净额与这个文件相差 {amount}。",
  "question.masked": "号码被遮盖（138****1111），不同的人可能看起来相同。要把它们算作客户吗？",
  "option.apart": "是，按剩余号码加姓名区分",
  "option.no-customer": "否，这些订单按没有客户计算",
  "refusal.no-customer":
    "没有哪一列说明每行属于谁，无法与订单关联。请导出时带上与订单相同的客户编号、邮箱或手机号，或在下面选择该列。",
  "refusal.no-score": "没有评分这一列。请导出每条评价的数字评分。",
};
