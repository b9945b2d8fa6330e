export const script = {
  "document.script": "保存为 SQL 脚本…",
  "script.title": "保存为 SQL 脚本",
  "script.lead":
    "一个供 DuckDB 命令行使用的文件：用本页面运行过的语句从您的文件建表，再按各自的设置与筛选计算每个单元。请在文件所在的文件夹中运行：",
  "script.files": "它读取的文件",
  "script.own": "您的文件，原样",
  "script.mended": "在本页面中修整或解开过：请与脚本保存在一起",
  "script.saveFile": "保存 {name}",
  "script.saveShort": "保存",
  "script.save": "保存脚本",
  "script.failed": "无法生成脚本：{message}",
  "script.made":
    "由 Perennial {version} 生成。供 DuckDB 命令行 1.4.3 或更新版本使用：duckdb < 本文件",
  "script.reads": "从运行时所在的文件夹读取：{files}",
  "script.marked": "筛选从图上标记取得的客户",
  "script.cell": "单元：{id}",
  "script.filtered": "已按笔记的筛选收窄",
  "script.said": "页面上写着：{sentence}",
  "script.model": "这个数字由页面里的模型计算，SQL 做不到：这里给出模型读取的行。",
  "script.lost": "它读取单元 {cell}，而那个单元没有 SQL。",
  "script.leftOut": "略去：{why}",
};
