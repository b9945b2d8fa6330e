import type { trouble as english } from "../en/trouble.ts";

export const trouble: Record<keyof typeof english, string> = {
  "engine.wasm-missing": "本站缺少引擎的一部分（404）。請網站管理者上傳完整的資料夾。",
  "engine.wasm-type": "網站回傳了網頁而不是引擎檔案。網站的備援規則應排除 .wasm 和 .gz 檔案。",
  "engine.wasm-corrupt": "引擎檔案損毀或沒有下載完整。請檢查網路後再試一次。",
  "engine.wasm-mismatch": "引擎的兩個部分版本不一致，網站剛剛更新過。請重新整理頁面。",
  "engine.wasm-blocked":
    "本站的安全標頭禁止了 WebAssembly。Content-Security-Policy 需要包含 'wasm-unsafe-eval'。",
  "engine.start-timeout": "引擎啟動逾時。請檢查網路，關閉較吃資源的分頁後再試一次。",
  "engine.worker-died": "引擎意外停止，已重新啟動。請重新匯入檔案。",
  "engine.out-of-memory":
    "記憶體不足。一個分頁最多大約能容納 1.3 GB 的純文字。請按年分次匯入、去掉不需要的欄，或關閉其他分頁。",
  "engine.fatal": "引擎中斷，已重新啟動。請重新匯入檔案。",
  "engine.refused": "引擎處於鎖定狀態：不連任何網址，也只讀你提供的檔案，而這個操作超出了範圍。",
  "engine.timeout":
    "花費時間過長，已停止。可以試試較粗的時間單位、較短的期間；在 SQL 裡可先減少列數。",
  "engine.cancelled": "已取消。",
  "engine.query": "查詢無法執行：{message}",

  "model.not-converged": "配適沒有收斂，參數沒有意義。實際統計的數字不受影響。",
  "model.bound-hit": "有參數碰到邊界：這些資料無法決定這個模型。",
  "model.hessian-not-positive-definite":
    "資料無法區分各個參數，不同數值配適得一樣好，也給不出區間。",
  "model.parameter-uncertain": "有參數的不確定性太大，數值沒有意義。",
  "model.infinite-mean-spend":
    "消費金額模型沒有有限的平均數（q ≤ 1），結果由少數大額訂單左右，這裡改用實際平均。",
  "model.spend-correlates":
    "消費金額與購買頻率相關（相關係數 {value}），而模型假設兩者無關，高頻客戶的價值會有偏差。",
  "model.too-few-repeat-buyers": "再次購買的客戶太少（不到 30 位），模型說不出回購規律。",
  "model.too-few-spenders":
    "有付費回購的客戶太少（不到 30 位），無法配適消費金額模型，這裡改用實際平均。",
  "model.no-gain-over-nbd": "資料中看不出流失：模型不比穩定購買（NBD）更好，預測改用後者。",
  "model.no-gain-over-beta-binomial":
    "資料中看不出流失：模型不比按月穩定購買（Beta-二項）更好，預測改用後者。",
  "model.fallback-to-beta-binomial":
    "預測改用按月穩定購買模型（Beta-二項）：更完整的模型無法由這些資料決定。",
  "model.lost-come-back":
    "未續費的客戶中，後來又下單的占 {value}%。sBG 與 BdW 適用於合約制，離開即不再回來；若客戶來去自由，請選購買模型。",
  "model.missing-columns": "查詢沒有給出該模型所需的資料：{message}",
  "model.nobody-lost": "觀察期內沒有客戶流失，無從配適留存。",
  "model.few-customers": "客戶不到 500 位：區間很寬，預測不穩定。",
  "model.short-history": "歷史不到 180 天：流失與間隔較長難以區分。",
  "model.no-third-order": "還沒有人買過三次，購買節奏無從談起。",
  "model.fallback-to-nbd": "預測改用穩定購買模型（NBD）：更完整的模型無法由這些資料決定。",
  "model.fallback-to-mean-spend": "預測改用實際平均消費：消費金額模型無法由這些資料決定。",
  "model.interval-incomplete": "配適沒有給出標準誤，區間未包含全部不確定性。",
  "model.spend-correlates-weakly":
    "消費金額與購買頻率並不像消費金額模型假設的那樣完全獨立（相關係數 {value}，95% 區間 {lower} 至 {upper}，等級相關 {spearman}），但相差不大。",
  "model.spend-independent":
    "消費金額與購買頻率可以視為相互獨立，符合消費金額模型的假設（相關係數 {value}，95% 區間 {lower} 至 {upper}，等級相關 {spearman}）。",
  "model.holdout-over": "偏差超過 20%：{model} 的預測比實際購買多 {value}%，其總量不可靠。",
  "model.holdout-under": "偏差超過 20%：{model} 的預測比實際購買少 {value}%，其總量不可靠。",
  "model.outside-interval": "實際購買（{value}）落在 95% 區間之外：{model} 對總量過於自信。",
  "model.naive-is-nearer": "就個別客戶而言，沿用各自以往的購買速率比 {model} 更接近實際。",
  "model.one-timers-alive":
    "{model} 把 {value} 位從未回購的客戶都當作必然活躍，這是模型的構造使然，並非資料所示；MBG/NBD 和 Pareto/NBD 則不然。",
  "model.best-by-both":
    "選用 {model}：在這些資料能決定的模型中，它在保留期的誤差最小（每位客戶 {value} 次購買，均方根），AIC 也最低。",
  "model.best-by-holdout":
    "選用 {model}：在這些資料能決定的模型中，它在保留期的誤差最小（每位客戶 {value} 次購買，均方根；{rival} 為 {error}，但其 AIC 低 {gap}）。",
  "model.best-by-aic":
    "選用 {model}：在這些資料能決定的模型中，它的 AIC 最低，比 {rival} 低 {value}。",
  "model.covariate-constant": "所有客戶的{covariate}都相同，未予採用。",
  "model.levels-pooled": "{covariate}中有 {value} 個客戶很少的取值，已合為一組。",
  "model.covariates-gain": "共變數改善了 {model}：AIC 降低 {value}。",
  "model.covariates-no-gain": "共變數沒有改善 {model}：AIC 比不用時高 {value}。",
  "model.covariates-unsettled": "這些資料無法決定共變數的係數，預測未採用共變數。",
  "model.no-covariates": "只有 BG/NBD 和 Pareto/NBD 可以帶共變數。",
  "model.empty-calibration": "到劃分日為止還沒有人購買，請選擇更晚的日期。",
  "model.empty-holdout": "劃分日之後沒有剩下可供檢驗的日子，請選擇更早的日期。",
  "model.no-customers": "沒有可供配適的客戶。",
  "model.unknown-model": "目前的版本沒有這個模型。",
  "model.invalid-parameter": "模型的某個參數超出範圍：{message}",
  "model.timeout": "模型花費時間過長，已停止。可以試試較短的期間。",
  "model.worker-died": "頁面中負責配適模型的部分停止了，請重新執行。",
  "model.cancelled": "已取消。",
  "model.failed": "模型無法配適：{message}",

  "unavailable.title": "怎麼做才看得到",
  "unavailable.customer":
    "沒有任何欄位能區分客戶。請在「檔案是這樣讀取的」中指定，或在匯出時包含客戶編號、電子郵件或手機號碼。",
  "unavailable.costs": "需要行銷費用。請拖入含日期、通路和金額的 CSV，會依通路與訂單對應。",
  "unavailable.order_lines": "需要商品資訊。請匯出每項商品一列的訂單明細。",
  "unavailable.refund": "需要退款金額欄位。",
  "unavailable.channel": "需要訂單通路欄位。",
  "unavailable.discount": "需要訂單的折扣金額或優惠券欄位。",
  "unavailable.product": "需要訂單商品欄位，或每項商品一列的訂單明細。",
  "unavailable.contacts": "需要客戶檔案：客戶編號與加入日期。",
  "unavailable.touches": "需要接觸紀錄：客戶、時間與管道。",
  "unavailable.referrals": "需要推薦關係：誰帶來誰、在什麼時候。",
  "unavailable.ratings": "需要評價檔案：客戶或訂單、時間與評分。",
  "unavailable.table": "需要檔案中沒有的資料：{table}。",
  "unavailable.currency": "需要單一幣別，請先在上方選擇。",
  "unavailable.repeat": "還沒有客戶買過第二次，暫時沒有內容可看。",
};
