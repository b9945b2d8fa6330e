import type { brush as english } from "../en/brush.ts";

/** 在圖的座標軸上選取日期範圍。 */
export const brush: Record<keyof typeof english, string> = {
  "brush.first": "首單在 {from} 至 {to}",
  "brush.until": "截至 {to} 的訂單",
  "brush.keys": "Shift 加方向鍵沿座標軸選取範圍，Enter 依此範圍篩選筆記本，Esc 放棄。",
  "brush.hintFirst": "拖曳選取同期群組（或按 Shift 加方向鍵），其他圖只看這些客戶。",
  "brush.hintUntil": "沿各期拖曳（或按 Shift 加方向鍵），把筆記本的截止日定在那裡。",
  "brush.own": "其他圖只看這個範圍，本圖不受其限。",
  "brush.clear": "清除範圍",
  "rename.table": "資料中已有同名的資料表：{name}",
  "rename.inside": "單元 {cell} 讀取本單元，其中已有自己的資料表叫 {name}",
};
