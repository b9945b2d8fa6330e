import type { trouble as english } from "../en/trouble.ts";

export const trouble: Record<keyof typeof english, string> = {
  "engine.wasm-missing": "本站缺少引擎的一部分（404）。请站点维护者上传完整的文件夹。",
  "engine.wasm-type": "站点返回了网页而不是引擎文件。站点的回退规则应排除 .wasm 和 .gz 文件。",
  "engine.wasm-corrupt": "引擎文件损坏或没有下载完整。请检查网络后重试。",
  "engine.wasm-mismatch": "引擎的两个部分版本不一致，站点刚刚更新过。请刷新页面。",
  "engine.wasm-blocked":
    "本站的安全响应头禁止了 WebAssembly。Content-Security-Policy 需要包含 'wasm-unsafe-eval'。",
  "engine.start-timeout": "引擎启动超时。请检查网络，关闭占用大的标签页后重试。",
  "engine.worker-died": "引擎意外停止，已经重新启动。请重新导入文件。",
  "engine.out-of-memory":
    "内存不足。一个标签页最多大约能容纳 1.3 GB 的纯文本。请按年分次导入、去掉不需要的列，或关闭其他标签页。",
  "engine.fatal": "引擎中断，已经重新启动。请重新导入文件。",
  "engine.refused": "引擎处于锁定状态：不访问任何网址，也只读你提供的文件，而这个操作超出了范围。",
  "engine.timeout": "耗时过长，已停止。试试更粗的粒度、更短的时间段；在 SQL 里可先减少行数。",
  "engine.cancelled": "已取消。",
  "engine.query": "查询无法执行：{message}",

  "model.not-converged": "拟合没有收敛，参数没有意义。实际统计的数字不受影响。",
  "model.bound-hit": "有参数触到了边界：这些数据定不下这个模型。",
  "model.hessian-not-positive-definite":
    "数据无法区分各个参数，不同取值拟合得一样好，也给不出区间。",
  "model.parameter-uncertain": "有参数的不确定性太大，数值没有意义。",
  "model.infinite-mean-spend":
    "消费额模型没有有限的均值（q ≤ 1），结果由少数大额订单左右，这里改用实际均值。",
  "model.spend-correlates":
    "消费额与购买频次相关（相关系数 {value}），而模型假定两者无关，高频客户的价值会有偏差。",
  "model.too-few-repeat-buyers": "再次购买的客户太少（不足 30 位），模型说不出复购规律。",
  "model.too-few-spenders":
    "有付费复购的客户太少（不足 30 位），无法拟合消费额模型，这里改用实际均值。",
  "model.no-gain-over-nbd": "数据中看不出流失：模型不比稳定购买（NBD）更好，预测改用后者。",
  "model.no-gain-over-beta-binomial":
    "数据中看不出流失：模型不比按月稳定购买（Beta-二项）更好，预测改用后者。",
  "model.fallback-to-beta-binomial":
    "预测改用按月稳定购买模型（Beta-二项）：更完整的模型无法由这些数据确定。",
  "model.lost-come-back":
    "未续费的客户中，后来又下单的占 {value}%。sBG 与 BdW 适用于合约制，离开即不再回来；若客户来去自由，请选购买模型。",
  "model.missing-columns": "查询没有给出该模型所需的数据：{message}",
  "model.nobody-lost": "观察期内没有客户流失，无从拟合留存。",
  "model.few-customers": "客户不足 500 位：区间很宽，预测不稳。",
  "model.short-history": "历史不足 180 天：流失和间隔较长难以区分。",
  "model.no-third-order": "还没有人买过三次，购买节奏无从谈起。",
  "model.fallback-to-nbd": "预测改用稳定购买模型（NBD）：更完整的模型无法由这些数据确定。",
  "model.fallback-to-mean-spend": "预测改用实际平均消费：消费额模型无法由这些数据确定。",
  "model.interval-incomplete": "拟合没有给出标准误，区间未包含全部不确定性。",
  "model.spend-correlates-weakly":
    "消费额与购买频次并不像消费额模型假定的那样完全独立（相关系数 {value}，95% 区间 {lower} 至 {upper}，秩相关 {spearman}），但相差不大。",
  "model.spend-independent":
    "消费额与购买频次可以视为相互独立，符合消费额模型的假定（相关系数 {value}，95% 区间 {lower} 至 {upper}，秩相关 {spearman}）。",
  "model.holdout-over": "偏差超过 20%：{model} 的预测比实际购买多 {value}%，其总量不可靠。",
  "model.holdout-under": "偏差超过 20%：{model} 的预测比实际购买少 {value}%，其总量不可靠。",
  "model.outside-interval": "实际购买（{value}）落在 95% 区间之外：{model} 对总量过于自信。",
  "model.naive-is-nearer": "就单个客户而言，沿用各自以往的购买速率比 {model} 更接近实际。",
  "model.one-timers-alive":
    "{model} 把 {value} 位从未复购的客户都当作必然活跃，这是模型的构造使然，并非数据所示；MBG/NBD 和 Pareto/NBD 则不然。",
  "model.best-by-both":
    "选用 {model}：在这些数据能确定的模型中，它在留出期的误差最小（每位客户 {value} 次购买，均方根），AIC 也最低。",
  "model.best-by-holdout":
    "选用 {model}：在这些数据能确定的模型中，它在留出期的误差最小（每位客户 {value} 次购买，均方根；{rival} 为 {error}，但其 AIC 低 {gap}）。",
  "model.best-by-aic":
    "选用 {model}：在这些数据能确定的模型中，它的 AIC 最低，比 {rival} 低 {value}。",
  "model.covariate-constant": "所有客户的{covariate}都相同，未予采用。",
  "model.levels-pooled": "{covariate}中有 {value} 个客户很少的取值，已合为一组。",
  "model.covariates-gain": "协变量改善了 {model}：AIC 降低 {value}。",
  "model.covariates-no-gain": "协变量没有改善 {model}：AIC 比不用时高 {value}。",
  "model.covariates-unsettled": "这些数据无法确定协变量的系数，预测未采用协变量。",
  "model.no-covariates": "只有 BG/NBD 和 Pareto/NBD 可以带协变量。",
  "model.empty-calibration": "到划分日为止还没有人购买，请选择更晚的日期。",
  "model.empty-holdout": "划分日之后没有剩下可供检验的日子，请选择更早的日期。",
  "model.no-customers": "没有可供拟合的客户。",
  "model.unknown-model": "当前版本没有这个模型。",
  "model.invalid-parameter": "模型的某个参数超出范围：{message}",
  "model.timeout": "模型耗时过长，已停止。试试较短的时间段。",
  "model.worker-died": "页面中负责拟合模型的部分停止了，请重新运行。",
  "model.cancelled": "已取消。",
  "model.failed": "模型无法拟合：{message}",

  "unavailable.title": "怎样才能看到",
  "unavailable.customer":
    "没有哪一列能区分客户。请在“文件是这样读取的”中指定，或导出时带上客户编号、邮箱或手机号。",
  "unavailable.costs": "需要营销费用。请拖入含日期、渠道和金额的 CSV，会按渠道与订单关联。",
  "unavailable.order_lines": "需要商品信息。请导出每件商品一行的订单明细。",
  "unavailable.refund": "需要退款金额这一列。",
  "unavailable.channel": "需要订单渠道这一列。",
  "unavailable.discount": "需要订单的优惠金额或优惠券这一列。",
  "unavailable.product": "需要订单商品这一列，或每件商品一行的订单明细。",
  "unavailable.contacts": "需要客户文件：客户编号和加入日期。",
  "unavailable.touches": "需要触达记录：客户、时间和渠道。",
  "unavailable.referrals": "需要推荐关系：谁带来了谁，何时。",
  "unavailable.ratings": "需要评价文件：客户或订单、时间和评分。",
  "unavailable.table": "需要文件中没有的数据：{table}。",
  "unavailable.currency": "需要单一币种，请先在上面选择。",
  "unavailable.repeat": "还没有客户买过第二次，暂时没有内容可看。",
};
