import type { sql as english } from "../en/sql.ts";

/** SQL 單元：哪裡有誤、編輯器與圖表。 */
export const sql: Record<keyof typeof english, string> = {
  "statement.source": "它讀取的 {cell} 沒有結果，請先修正那個單元。",
  "statement.circle": "這些單元互相循環參照：{way}。其中必須有一個不再讀取下一個。",
  "statement.frontMatter": "開頭說明的第 {line} 行無法辨識：{what}",
  "statement.empty": "這個單元還沒有敘述，請以 select、with 或 from 開頭。",
  "statement.writes":
    "單元只讀取資料，不做任何變更；應以 select、with 或 from 開頭，而不是 {word}。",
  "statement.several":
    "一個單元只有一個敘述，而結尾之後還有 {word}。請把第二個敘述放進另一個單元。",
};
