import type { trouble as english } from "../en/trouble.ts";

export const trouble: Record<keyof typeof english, string> = {
  "engine.title": "分析引擎發生問題",
  "engine.wasm-missing": "本站缺少引擎的一部分（404）。請網站管理者上傳完整的資料夾。",
  "engine.wasm-type": "網站回傳了網頁而不是引擎檔案。網站的備援規則應排除 .wasm 和 .gz 檔案。",
  "engine.wasm-corrupt": "引擎檔案損毀或沒有下載完整。請檢查網路後再試一次。",
  "engine.wasm-mismatch": "引擎的兩個部分版本不一致，網站剛剛更新過。請重新整理頁面。",
  "engine.wasm-blocked":
    "本站的安全標頭禁止了 WebAssembly。Content-Security-Policy 需要包含 'wasm-unsafe-eval'。",
  "engine.start-timeout": "引擎啟動逾時。請檢查網路，關閉較吃資源的分頁後再試一次。",
  "engine.worker-died": "引擎意外停止，已重新啟動。請重新匯入檔案。",
  "engine.out-of-memory": "記憶體不足。請關閉其他分頁，或匯入較短的期間。",
  "engine.fatal": "引擎中斷，已重新啟動。請重新匯入檔案。",
  "engine.refused": "引擎處於鎖定狀態：不連任何網址，也只讀你提供的檔案，而這個操作超出了範圍。",
  "engine.timeout": "花費時間過長，已停止。可以試試較粗的時間單位或較短的期間。",
  "engine.cancelled": "已取消。",
  "engine.query": "查詢無法執行：{message}",

  "model.title": "關於這個模型",
  "model.converged": "配適已收斂。",
  "model.not-converged": "配適沒有收斂，因此不顯示結果。上面的實際統計不受影響。",
  "model.bound-hit": "有參數碰到邊界：這些資料無法決定這個模型。預測只能當作方向參考。",
  "model.not-identifiable":
    "資料無法區分各個參數，不同數值配適得一樣好。預測總量或許可信，單一參數不可信。",
  "model.too-few-repeat-buyers": "只有 {count} 位顧客再次購買。要談回購規律，大約需要 100 位。",
  "model.too-few-buyers": "只有 {count} 位買家。少於 500 位時區間很寬，預測不穩定。",
  "model.too-short": "只有 {days} 天的歷史。不到 180 天時，流失與間隔較長難以區分。",
  "model.infinite-mean-spend":
    "消費金額模型沒有有限的平均數（q ≤ 1），結果由少數大額訂單左右。這裡改用實際平均。",
  "model.no-dropout": "資料中看不出流失，所有人都像還活躍。更長的歷史才能分辨。",
  "model.spend-correlation":
    "消費金額與購買頻率相關（相關係數 {value}），而模型假設兩者無關。高頻顧客的價值會有偏差。",
  "model.no-gain": "這個模型並不比直接統計回購更好，因此顯示較簡單的那個。",
  "model.one-time-alive":
    "BG/NBD 依其構造，只買過一次的顧客一律算作活躍。請與 MBG/NBD 或 Pareto/NBD 對照。",
  "model.non-positive-spend": "有 {count} 個購買日扣除退款後金額不是正數，未計入平均消費。",
  "model.holdout-off": "在保留資料上，總量偏差達 {share}。請不要據此做計畫。",
  "model.failed": "模型無法配適：{message}",

  "unavailable.title": "怎麼做才看得到",
  "unavailable.customer":
    "沒有任何欄位能區分顧客。請在「檔案是這樣讀取的」中指定，或在匯出時包含顧客編號、電子郵件或手機號碼。",
  "unavailable.costs": "需要行銷費用。請拖入含日期、通路和金額的 CSV，會依通路與訂單對應。",
  "unavailable.order_lines": "需要商品資訊。請匯出每項商品一列的訂單明細。",
  "unavailable.refund": "需要退款金額欄位。",
  "unavailable.channel": "需要訂單通路欄位。",
  "unavailable.customers": "需要顧客檔案：顧客編號與加入日期。",
  "unavailable.touches": "需要接觸紀錄：顧客、時間與管道。",
  "unavailable.referrals": "需要推薦關係：誰帶來誰、在什麼時候。",
  "unavailable.ratings": "需要評價檔案：顧客或訂單、時間與評分。",
  "unavailable.table": "需要檔案中沒有的資料：{table}。",
  "unavailable.currency": "需要單一幣別，請先在上方選擇。",
  "unavailable.repeat": "還沒有顧客買過第二次，暫時沒有內容可看。",
};
