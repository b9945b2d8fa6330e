import type { sql as english } from "../en/sql.ts";

/** SQL 单元：哪里有误、编辑器与图表。 */
export const sql: Record<keyof typeof english, string> = {
  "statement.source": "它读取的 {cell} 没有结果，请先修正那个单元。",
  "statement.circle": "这些单元循环引用：{way}。其中必须有一个不再读取下一个。",
  "statement.frontMatter": "开头说明的第 {line} 行无法识别：{what}",
  "statement.empty": "这个单元里还没有语句，请以 select、with 或 from 开头。",
  "statement.writes":
    "单元只读取数据，不作任何更改；应以 select、with 或 from 开头，而不是 {word}。",
  "statement.several":
    "一个单元只有一条语句，而结尾之后还有 {word}。请把第二条语句放进另一个单元。",
};
