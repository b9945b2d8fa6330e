import type { rows as english } from "../en/rows.ts";

export const rows: Record<keyof typeof english, string> = {
  "rows.title": "每一列都有交代",
  "rows.tie": "讀取 {read} = 保留 {kept} + 合併 {merged} + 排除 {excluded} + 拒絕 {rejected}",
  "rows.ties": "列數與金額都和檔案相符。",
  "rows.tiesNot": "列數和檔案不相符，請回報這個檔案的結構。",
  "rows.rejects": "被拒絕的資料列",
  "rows.rejectsExport": "儲存被拒絕的資料列（CSV）",
  "rows.export": "下載對帳表",
  "rows.rejectsNone": "沒有被拒絕的資料列。",
  "rows.rejectsMore": "另有 {count} 列，請見 CSV",
  "rows.line": "列號",
  "rows.column": "欄位",
  "rows.value": "值",
  "rows.error": "原因",
  "rows.reason": "原因",
  "rows.rows": "列數",
  "rows.orders": "訂單數",
  "rows.amount": "金額",

  "value.step.read": "讀取",
  "value.step.kept": "保留",
  "value.step.merged": "合併",
  "value.step.excluded": "排除",
  "value.step.rejected": "拒絕",
  "value.step.refund": "退款",

  "value.reason.refund": "退款，已記入原訂單",
  "value.reason.refund-without-order": "退款，但檔案中沒有原訂單",
  "value.reason.cancelled": "已取消",
  "value.reason.unpaid": "未付款",
  "value.reason.test": "測試訂單",
  "value.reason.voided": "整筆作廢",
  "value.reason.zero-amount": "金額為零",
  "value.reason.other-currency": "不是所計算的幣別",
  "value.reason.line": "同一筆訂單的其他明細",
  "value.reason.transfer": "撥款、手續費或轉帳，不是訂單",
  "value.reason.total": "匯出檔的合計列",
  "value.reason.blank": "空白列",
  "value.reason.repeated-header": "重複的表頭",
  "value.reason.other-table": "檔案中的另一張表",
  "value.reason.too-many-columns": "欄位數多於標題列",
  "value.reason.broken-quotes": "引號沒有成對",
  "value.reason.more": "其餘被拒絕的資料列",
  "value.reason.time": "時間無法辨識",
  "value.reason.amount": "金額無法辨識",

  "refusal.image": "這是一張圖片。請從商店後台把訂單匯出成 CSV。",
  "refusal.pdf": "這是 PDF，其中的表格無法精確讀取。請從商店後台把訂單匯出成 CSV。",
  "refusal.xls": "這是舊版 Excel 活頁簿。請開啟後把工作表另存為「CSV UTF-8」。",
  "refusal.parquet": "這是 Parquet 檔案，目前的版本還無法讀取。請把訂單匯出成 CSV。",
  "refusal.no-columns": "找不到欄位。表格的每一列應有相同的欄位，以逗號、分號或定位字元隔開。",
  "refusal.no-orders":
    "檔案裡找不到訂單，暫時沒有可分析的內容。請拖入訂單匯出檔：每筆訂單或每項商品都要有時間和金額。",
  "refusal.cancelled": "已取消匯入，沒有留下這個檔案的任何內容。",
  "refusal.too-much":
    "內容展開後有 {size} GB 純文字，約需 {need} GB 記憶體；一個分頁大約只能容納 {most} GB 文字。未做任何更動。請按年分次匯入、少匯出幾欄（時間、金額、客戶和訂單號就夠了），或拆分檔案。",
  "refusal.worker":
    "頁面中負責修復檔案的部分停止了。請再試一次；如果仍然如此，請把檔案另存為「CSV UTF-8」。",
  "refusal.empty": "檔案是空的。請重新匯出，並確認檔案大小不是 0。",
  "refusal.html":
    "這是網頁，不是表格，多半是誤存了商店的登入頁。請登入後台，用內建的匯出功能匯出 CSV。",
  "refusal.binary": "這不是文字檔，可能是圖片、PDF 或程式。請把訂單匯出成 CSV。",
  "refusal.zip": "這是包在多層壓縮檔裡的 zip。請先解開外層，再把裡面的檔案拖進來。",
  "refusal.xlsx":
    "這是 gzip 裡的 Excel 活頁簿。請解壓縮後拖入活頁簿，或把工作表另存為「CSV UTF-8」。",
  "refusal.broken-zip":
    "壓縮檔或其中的這個檔案已損壞，或沒有下載完整。請重新下載；如果仍然如此，請解壓縮後把裡面的 CSV 拖進來。",
  "refusal.encrypted-zip":
    "壓縮檔設有密碼。請用密碼解壓縮後把裡面的檔案拖進來；檔案不會離開這台電腦。",
  "refusal.zip-method":
    "壓縮檔裡的這個檔案用了瀏覽器不認得的壓縮方式（方式 {method}）。請解壓縮後拖入檔案，或重新壓縮成一般的 zip。",
  "refusal.inflates-too-far":
    "裡面的內容解壓縮後會超過 4 GB，或達到原大小的幾百倍，所以沒有解壓縮。請自行解壓縮後只拖入訂單檔案。",
  "refusal.too-many-files": "檔案超過 {limit} 個，一次最多讀取這麼多。請只拖入其中的訂單匯出檔。",
  "refusal.empty-archive": "裡面沒有可讀的內容：沒有檔案，也沒有填了內容的工作表。請重新匯出。",
  "refusal.broken-workbook":
    "Excel 活頁簿已損壞，或沒有下載完整。請用 Excel 開啟後重新儲存，或把工作表另存為「CSV UTF-8」。",
  "refusal.encrypted-workbook":
    "Excel 活頁簿設有密碼。請移除密碼後儲存，或把工作表另存為「CSV UTF-8」；檔案不會離開這台電腦。",
  "refusal.uncalculated":
    "工作表中有 {count} 個公式還沒有結果，無法知道它們的值。請用 Excel 開啟並儲存後重新拖入。",
  "refusal.document":
    "這是文件，不是 Excel 活頁簿（.xlsx）。請開啟後把表格另存為 .xlsx 或「CSV UTF-8」。",
  "refusal.summary-sheet":
    "這張工作表有日期和金額，沒有訂單編號和客戶，而同一活頁簿的另一張表有：它看起來是那張表的彙總，為避免重複計算沒有讀入。如果是另外的訂單，請另存成獨立的檔案後拖入。",
  "refusal.json": "這是 JSON，不是表格。請把訂單匯出成 CSV。",
  "refusal.header-only": "只有標題列，底下沒有資料。請匯出有訂單的期間。",
  "refusal.no-time":
    "沒有任何欄位是下單時間，無法把訂單放上時間軸。請在匯出時包含下單日期，或在下方指定欄位。",
  "refusal.no-amount":
    "沒有任何欄位是金額。請在匯出時包含訂單總額，或數量和單價，也可以在下方指定欄位。",
  "refusal.unreadable": "瀏覽器讀不到這個檔案，可能已被移動或修改。請重新拖入。",
};
