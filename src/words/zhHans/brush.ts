import type { brush as english } from "../en/brush.ts";

/** 在图的坐标轴上选取日期范围。 */
export const brush: Record<keyof typeof english, string> = {
  "brush.first": "首单在 {from} 至 {to}",
  "brush.until": "截至 {to} 的订单",
  "brush.keys": "Shift 加方向键沿坐标轴选取范围，Enter 按此范围筛选笔记本，Esc 放弃。",
  "brush.hintFirst": "拖选若干同期群（或按 Shift 加方向键），其他图只看这些客户。",
  "brush.hintUntil": "沿各期拖动（或按 Shift 加方向键），把笔记本的截止日定在那里。",
  "brush.own": "其他图只看这一范围，本图不受其限。",
  "brush.clear": "清除范围",
  "rename.table": "数据中已有同名的表：{name}",
  "rename.inside": "单元 {cell} 读取本单元，其中已有自己的表叫 {name}",
};
