import type { acts as english } from "../en/acts.ts";

export const acts: Record<keyof typeof english, string> = {
  "sql.folded": "另有 {count} 行：标题、定义与列",
  "sql.unfold": "展开",
  "filter.keys": "方向键移动，回车或点击选定。",
  "notebook.ofAll": "以上为全部客户的数字；下面的分析仅限：{parts}。",
  "app.opening": "正在打开发给你的内容…",
  "notebook.gathered": "{count} 项分析缺少同样的内容。",
  "filter.none": "文件中没有客户信息，无法按客户筛选。",
  "cell.beyond": "右侧还有 {count} 列",
};
