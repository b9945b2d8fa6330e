export const script = {
  "document.script": "儲存為 SQL 指令碼…",
  "script.title": "儲存為 SQL 指令碼",
  "script.lead":
    "一個供 DuckDB 命令列使用的檔案：用本頁面執行過的陳述式從您的檔案建表，再按各自的設定與篩選計算每個單元。請在檔案所在的資料夾中執行：",
  "script.files": "它讀取的檔案",
  "script.own": "您的檔案，原樣",
  "script.mended": "在本頁面中修整或解開過：請與指令碼存在一起",
  "script.saveFile": "儲存 {name}",
  "script.saveShort": "儲存",
  "script.save": "儲存指令碼",
  "script.failed": "無法產生指令碼：{message}",
  "script.made":
    "由 Perennial {version} 產生。供 DuckDB 命令列 1.4.3 或更新版本使用：duckdb < 本檔案",
  "script.reads": "從執行時所在的資料夾讀取：{files}",
  "script.marked": "篩選從圖上標記取得的客戶",
  "script.cell": "單元：{id}",
  "script.filtered": "已按筆記的篩選收窄",
  "script.said": "頁面上寫著：{sentence}",
  "script.model": "這個數字由頁面裡的模型計算，SQL 做不到：這裡給出模型讀取的列。",
  "script.lost": "它讀取單元 {cell}，而那個單元沒有 SQL。",
  "script.leftOut": "略去：{why}",
};
