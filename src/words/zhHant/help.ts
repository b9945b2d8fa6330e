import type { help as english } from "../en/help.ts";

export const help: Record<keyof typeof english, string> = {
  "help.show": "說明與口徑",
  "help.title": "怎樣讀這些數字",
  "help.lead": "所有分析使用同一套口徑；每項分析的公式見其「定義」分頁。",
  "help.keysOn": "啟用單鍵快速操作",
  "help.cohort": "同期群組",
  "help.cohortNote": "依首購所在的日曆週期分組的客戶；也可以依首購的屬性分組，例如通路。",
  "help.index": "第 k 期",
  "help.indexNote": "k 是距首購的期數，首購所在的週期為第 0 期。",
  "help.complete": "完整儲存格",
  "help.completeNote":
    "整個週期都不晚於資料截止日，才算完整。未完整的儲存格以斜線表示，不進入任何平均值。完整但無人購買的儲存格是 0，而不是缺值。",
  "help.clock": "計時方式",
  "help.clockNote":
    "「日曆」數跨過的邊界：1 月 31 日到 2 月 1 日算一個月。「滾動」數客戶自首購起滿了幾個整週期。",
  "help.asOf": "觀察截止日",
  "help.asOfNote":
    "預設為資料中最後一筆訂單的日期，可以自行設定。從不取「今天」，所以明天看到的數字不會變。",
  "help.order": "訂單",
  "help.orderNote":
    "一筆已付款的訂單。已取消、未付款、測試和全額作廢的訂單會排除，原因都列在列數核對中。",
  "help.refund": "退款",
  "help.refundNote":
    "記到原訂單上，因而也記到原訂單的同期群組，即使匯出檔把退款單列一列。淨額 = 總額 − 退款。",
  "help.sameDay": "同日訂單",
  "help.sameDayNote":
    "在購買間隔、回購曲線和模型中，同一客戶同一天的多筆訂單算一次購買，可以切換。",
  "help.interval": "區間",
  "help.intervalNote":
    "每個比率都帶 95 % Wilson 區間：依據背後的客戶數，真實比率大致落在哪裡。存活曲線使用 log-log 區間。",
  "help.small": "顏色變淡的儲存格",
  "help.smallNote": "背後的客戶不足 30 位，只能當作線索。",
  "help.money": "金額",
  "help.moneyNote": "從檔案到最後的合計都用精確小數，只在顯示時取整。不同幣別絕不相加。",
  "help.model": "實際與預測",
  "help.modelNote": "實際數字只來自訂單列。預測來自擬合的模型，會明確標示，並附上各自的限制。",
  "help.remembered": "會記住什麼",
  "help.rememberedNote":
    "只在這個瀏覽器裡，記住你對同一種檔案的回答和更正：標題的校驗值、你的回答，以及你親自指定的欄名；不含檔案裡的任何數值。可在檔案面板中忘掉。",
};
