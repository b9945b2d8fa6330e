import type { acts as english } from "../en/acts.ts";

export const acts: Record<keyof typeof english, string> = {
  "sql.folded": "另有 {count} 行：標題、定義與欄位",
  "sql.unfold": "展開",
  "filter.keys": "方向鍵移動，按 Enter 或點按選定。",
  "notebook.ofAll": "以上為全部客戶的數字；下面的分析僅限：{parts}。",
  "app.opening": "正在開啟傳給你的內容…",
  "notebook.gathered": "{count} 項分析缺少同樣的內容。",
  "filter.none": "檔案中沒有客戶資訊，無法依客戶篩選。",
  "cell.beyond": "右側還有 {count} 欄",
};
