export const embed = {
  "embed.privacyNote":
    "沒有伺服器，不用註冊，不做追蹤。檔案只由您自己的瀏覽器讀取，這個網頁也無法把它傳出去。在別的網站的框架裡，什麼都不保存。",
  "embed.note": "顯示在 {site} 之中。這裡什麼都不保存；您放入的檔案，未經您允許它無法讀取。",
  "embed.noteUnknown":
    "顯示在另一個網頁之中。這裡什麼都不保存；您放入的檔案，未經您允許它無法讀取。",
  "embed.ask": "允許 {site} 讀取您檔案的數字，以及其背後的每一列嗎？",
  "embed.covered": "上面沒有任何遮擋時才能回答。",
  "embed.allow": "允許",
  "embed.notNow": "暫不",
  "embed.closed": "{site} 無法讀取您的檔案。",
  "embed.askAgain": "允許…",
  "embed.allowed": "{site} 可以讀取您檔案的數字。",
  "embed.withdraw": "收回",
};
