/** Files beside the orders, orders in several files, and who is the same person. */
export const beside = {
  "value.reason.same-customer": "同一個人的其他資料列",
  "value.reason.duplicate": "重複的資料列",
  "value.reason.other-file": "另一個檔案中也有，只計一次",
  "value.reason.other-file-differs":
    "另一個檔案中也有，但金額或狀態不同；只計一次，以另一個檔案為準",
  "value.reason.items": "另一個檔案中訂單的商品明細，金額在那裡計算",
  "value.reason.not-in-orders": "訂單檔案中沒有的訂單的商品明細",
  "value.reason.no-customer": "沒有客戶，或是訪客",
  "value.reason.no-order": "從未下單；保留為聯絡人，不算客戶",
  "value.reason.score": "評分無法辨識",
  "rows.matched": "這個檔案的 {of} 人中，{customers} 人是有訂單的客戶（{share}）。",
  "rows.padded": "{of} 列中有 {count} 列的欄位少於標題列，缺少的視為空值。",
  "rows.rejoined": "{of} 列中有 {count} 列被值裡的分隔符號拆開，已重新拼好。",
  "rows.preamble": "標題列之前的 {count} 列說明已略去。",
  "rows.footer": "結尾的 {count} 列合計或備註已略去。",
  "rows.spellings": "{count} 種寫法歸為 {of} 位客戶：{examples}",
  "rows.differs":
    "兩個檔案都有的 {of} 筆訂單中，{count} 筆的金額或狀態不同。以時間更靠後的檔案為準；其淨額與這個檔案相差 {amount}。",
  "question.masked": "號碼被遮蔽（138****1111），不同的人可能看起來相同。要把它們算作客戶嗎？",
  "option.apart": "是，依剩餘號碼加姓名區分",
  "option.no-customer": "否，這些訂單以沒有客戶計算",
  "refusal.no-customer":
    "沒有哪一欄說明每列屬於誰，無法與訂單關聯。請匯出時帶上與訂單相同的客戶編號、電子郵件或手機號碼，或在下面選擇該欄。",
  "refusal.no-score": "沒有評分這一欄。請匯出每則評價的數字評分。",
};
