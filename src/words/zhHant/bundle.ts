export const bundle = {
  "document.send": "連同資料一起傳送…",
  "bundle.send": "連同資料一起傳送",
  "bundle.sendLead":
    "一個加密檔案，內含筆記與這些原樣的檔案。金鑰不在其中：它放在連結裡，另走一條途徑。兩者都拿到的人可以讀到全部內容。",
  "bundle.files": "將要離開的檔案",
  "bundle.columns": "{count} 欄",
  "bundle.persons": "{count} 欄可能透露客戶是誰：{columns}",
  "bundle.noPersons": "未見透露客戶是誰的欄",
  "bundle.personsNote":
    "哪些欄涉及個人，是根據欄名與開頭幾列猜的，請自己再看一遍；不必離開的內容，請先從檔案中去掉。",
  "bundle.document": "將要離開的筆記",
  "bundle.cells": "{count} 個單元",
  "bundle.nothingElse":
    "隨之而去的還有檔案的讀法：您的回答與更正。此外什麼都不離開：沒有其他研究，沒有存檔點，沒有之前的步驟，也沒有您的名字。",
  "bundle.noFile": "請至少選一個檔案。不帶資料的話，傳送筆記的連結就夠了。",
  "bundle.seal": "加密並儲存",
  "bundle.sealing": "正在加密…",
  "bundle.cancel": "取消",
  "bundle.failed": "無法產生檔案：{message}",
  "bundle.sealed": "已儲存 {file}（{size}）。有兩樣東西要傳送，請走兩條途徑：",
  "bundle.sealedFile": "檔案：用什麼傳都行，郵件、聊天或共用資料夾。",
  "bundle.sealedLink":
    "這個連結：走另一條途徑。金鑰在其中，別處都沒有保存：沒有它，誰也打不開這個檔案，您自己也不能。",
  "bundle.link": "帶金鑰的連結",
  "bundle.copy": "複製連結",
  "bundle.copied": "已複製",
  "bundle.notCopied": "瀏覽器不允許複製。連結已選取，請手動複製。",
  "bundle.done": "完成",
  "bundle.open": "開啟別人傳來的研究",
  "bundle.openLead":
    "它在本頁面內解密，不會傳往任何地方。您同意之前其中什麼都不執行；這裡已開啟的內容可以用復原找回。",
  "bundle.file": "加密檔案",
  "bundle.noFileYet":
    "金鑰已在這裡。研究本身在一個檔案裡，檔名以 .perennial 結尾，與連結分兩路送達。",
  "bundle.choose": "選取檔案…",
  "bundle.key": "連結或金鑰",
  "bundle.decrypt": "開啟",
  "bundle.opening": "正在解密…",
  "bundle.why.not-bundle":
    "這不是「常青」的研究檔案。請索取以 .perennial 結尾的那個檔案；有些郵件程式會更改或解開所傳的檔案。",
  "bundle.why.newer": "這個檔案由更新版本的「常青」產生。請重新載入本頁，或請網站的維護者更新。",
  "bundle.why.bad-key":
    "這不是完整的金鑰。請重新複製連結，一直到最末尾：金鑰是 #open= 之後的 43 個字元。",
  "bundle.why.wrong-key":
    "這把金鑰不屬於這個檔案。每個檔案都有自己的連結：請看看是否還收到了另一個，或者請對方把兩樣都重傳一次。",
  "bundle.why.truncated": "這個檔案缺了末尾，多半是沒有複製或下載完整：請重新取得。",
  "bundle.why.damaged":
    "這個檔案已不是產生時的樣子：途中有什麼改動了它。請重新取得，或換一條途徑索取。",
  "bundle.why.too-large":
    "這個檔案展開後超出了頁面所能容納的大小。請索取檔案更少或時段更短的一份。",
  "bundle.why.unreadable":
    "瀏覽器無權讀取這個檔案，或者它已不在。請把它複製到本機的資料夾，再選一次。",
  "personal.email": "電子郵件",
  "personal.phone": "電話",
  "personal.name": "姓名",
  "personal.address": "地址",
  "personal.birthday": "生日",
  "personal.document": "證件號碼",
  "personal.customer": "客戶編號",
  "personal.remark": "自由文字",
};
