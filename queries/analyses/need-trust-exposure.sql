-- title: Need, trust and exposure
-- title.zh-Hans: 需求、信任与曝光
-- title.zh-Hant: 需求、信任與曝光
-- question: Where do repurchases get lost: in need, in trust, or because customers never heard from the shop?
-- question.zh-Hans: 复购丢在哪一环：需求、信任，还是客户没有被触达？
-- question.zh-Hant: 回購丟在哪一環：需求、信任，還是客戶沒有被接觸？
-- definition: Two articles write the same formula differently: repurchase = need × trust × exposure in one, need +
--   trust + exposure in the other. Both stand here. The reference day lies buy_days (30) before the observation end;
--   customers are those whose first order was made by it, and the factors are made of what had happened by then.
--   Need (N): the last order lies from due_from to due_to days back, when empty the 10th and the 90th percentile
--   (linear) of all days between two purchase days of a customer up to then. Trust (T): no order of theirs was
--   refunded, even in part and whenever that was, and there is evidence: 2 orders or more, or a last dated rating of at least min_score (of
--   several at once the lowest), or membership (in the customer files by then, or on an order). Exposure (E): a touch in
--   the touch_days (30) days that end with the reference day. Repurchase (R): an order in the buy_days days after it.
--   Product: base = customers whom the row before left, at first all; in_group = those of them with the factor; share =
--   in_group ÷ base with its Wilson 95 % interval; cumulative = in_group ÷ all customers. N × T × E × R is exactly the
--   share of all customers who had all three and bought. Sum: log-odds of repurchase = b0 + bN · N + bT · T + bE · E
--   over all customers, whatever they had, by maximum likelihood on the eight combinations; odds_ratio = e^b, how many
--   times the odds of buying are those of customers without the factor and alike in the other two, with its Wald 95 %
--   interval; the row of repurchase has b0. score says whether that could be told: not for a factor that everybody or
--   nobody has (the others are fitted without it), nor where some combination of the factors leaves no exception
--   (nobody, or everybody, of theirs bought), so that the estimate would be infinite, nor where one factor follows from
--   the others. Nothing of this was assigned at random: a ratio tells who buys, not what a touch would bring about.
-- definition.zh-Hans: 同一个公式有两种写法：一篇文章写作 复购 = 需求 × 信任 × 曝光，另一篇写作 需求 + 信任 + 曝光。这里
--   两种都列出。参照日 = 截止日之前 buy_days（30）天；客户 = 首单不晚于参照日的客户，各因素只用到当天为止的信息。需求（N）：
--   最近一单距参照日 due_from 至 due_to 天，留空时取当时同一客户两个购买日之间全部间隔的第 10 与第 90 百分位（线性）。
--   信任（T）：没有任何订单退款（含部分退款，不论何时），且有依据：至少 2 单，或最近一次有日期的评分不低于 min_score（同时多个取最
--   低），或为会员（客户文件中当时已入会，或订单上注明）。曝光（E）：截至参照日的 touch_days（30）天内受到触达。复购
--   （R）：之后 buy_days 天内有订单。乘法：基数 = 上一行留下的客户，第一行为全部；符合人数 = 其中具备该因素的；占比 =
--   符合人数 ÷ 基数，附 Wilson 95% 区间；累计 = 符合人数 ÷ 全部客户。N × T × E × R 恰好等于三者兼备且复购的客户占全部客
--   户之比。加法：对全部客户，复购的对数几率 = b0 + bN · N + bT · T + bE · E，用八种组合以最大似然估计；几率比 = e^b，即
--   其他两项相同时，具备该因素者的购买几率是不具备者的多少倍，附 Wald 95% 区间；复购一行给出 b0。评分状态说明能否估计：
--   人人都有或无人具备的因素不能（其余因素照常估计）；因素的某种组合毫无例外（无人或人人购买）、估计值会无穷大时不能；一
--   个因素可由其他因素推出时也不能。这些都不是随机分配的：几率比说明谁会买，而不是触达会带来什么。
-- definition.zh-Hant: 同一個公式有兩種寫法：一篇文章寫作 回購 = 需求 × 信任 × 曝光，另一篇寫作 需求 + 信任 + 曝光。這裡
--   兩種都列出。參照日 = 截止日之前 buy_days（30）天；客戶 = 首單不晚於參照日的客戶，各因素只用到當天為止的資訊。需求（N）：
--   最近一單距參照日 due_from 至 due_to 天，留空時取當時同一客戶兩個購買日之間全部間隔的第 10 與第 90 百分位（線性）。
--   信任（T）：沒有任何訂單退款（含部分退款，不論何時），且有依據：至少 2 單，或最近一次有日期的評分不低於 min_score（同時多個取最
--   低），或為會員（客戶檔案中當時已入會，或訂單上註明）。曝光（E）：截至參照日的 touch_days（30）天內受到接觸。回購
--   （R）：之後 buy_days 天內有訂單。乘法：基數 = 上一列留下的客戶，第一列為全部；符合人數 = 其中具備該因素的；占比 =
--   符合人數 ÷ 基數，附 Wilson 95% 區間；累計 = 符合人數 ÷ 全部客戶。N × T × E × R 恰好等於三者兼備且回購的客戶占全部客
--   戶之比。加法：對全部客戶，回購的對數勝算 = b0 + bN · N + bT · T + bE · E，用八種組合以最大概似估計；勝算比 = e^b，即
--   其他兩項相同時，具備該因素者的購買勝算是不具備者的多少倍，附 Wald 95% 區間；回購一列給出 b0。評分狀態說明能否估計：
--   人人都有或無人具備的因素不能（其餘因素照常估計）；因素的某種組合毫無例外（無人或人人購買）、估計值會無窮大時不能；一
--   個因素可由其他因素推出時也不能。這些都不是隨機分配的：勝算比說明誰會買，而不是接觸會帶來什麼。
-- sentence: Of {customers} {customers|customer|customers} {need} were due[, {trust} of them had reason to trust[,
--   {exposure} of these had been touched[ and {repurchase} of those bought: all four multiply to {product},
--   {bought} {bought|customer|customers}]]].[ Added up instead, a touch goes with {odds} times the odds of buying[
--   ({odds_lower} to {odds_upper})].]|Not enough time has passed yet: no customer has been observed for the days in
--   which a next order counts.
-- sentence.zh-Hans: {customers} 位客户中 {need} 正值需求期[，其中 {trust} 有信任依据[，再其中 {exposure} 受到触
--   达[，最后 {repurchase} 复购：四项相乘为 {product}，即 {bought} 位客户]]]。[换成相加的写法，受到触达者的购买几率
--   是未触达者的 {odds} 倍[（{odds_lower} 至 {odds_upper}）]。]|时间还不够：还没有客户在可计入下一单的天数内被观察
--   到。
-- sentence.zh-Hant: {customers} 位客戶中 {need} 正值需求期[，其中 {trust} 有信任依據[，再其中 {exposure} 受到接
--   觸[，最後 {repurchase} 回購：四項相乘為 {product}，即 {bought} 位客戶]]]。[換成相加的寫法，受到接觸者的購買勝算
--   是未接觸者的 {odds} 倍[（{odds_lower} 至 {odds_upper}）]。]|時間還不夠：還沒有客戶在可計入下一單的天數內被觀察
--   到。
-- group: private
-- needs: touches, customer_summary, customer_days, orders
-- param: touch_days integer = 30 -- days up to the reference day in which a touch counts
-- param.zh-Hans: touch_days 触达天数 -- 截至参照日多少天内的触达计数
-- param.zh-Hant: touch_days 接觸天數 -- 截至參照日多少天內的接觸計數
-- param: buy_days integer = 30 -- days after the reference day in which an order counts
-- param.en: buy_days Days to buy in
-- param.zh-Hans: buy_days 复购天数 -- 参照日之后多少天内的订单计数
-- param.zh-Hant: buy_days 回購天數 -- 參照日之後多少天內的訂單計數
-- param: due_from integer = -- least days since the last order for need; the 10th percentile of the intervals when
--   empty
-- param.zh-Hans: due_from 需求起 -- 距最近一单至少多少天算有需求，留空取购买间隔的第 10 百分位
-- param.zh-Hant: due_from 需求起 -- 距最近一單至少多少天算有需求，留空取購買間隔的第 10 百分位
-- param: due_to integer = -- most days since the last order for need; the 90th percentile of the intervals when empty
-- param.zh-Hans: due_to 需求止 -- 距最近一单至多多少天算有需求，留空取购买间隔的第 90 百分位
-- param.zh-Hant: due_to 需求止 -- 距最近一單至多多少天算有需求，留空取購買間隔的第 90 百分位
-- param: min_score number = 4 -- least rating that is evidence of trust
-- param.en: min_score Lowest score
-- param.zh-Hans: min_score 最低评分 -- 评分至少多少算信任
-- param.zh-Hant: min_score 最低評分 -- 評分至少多少算信任
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: base, in_group of base each factor
-- column: factor text -- need, trust, exposure, then repurchase
-- column.zh-Hans: factor 因素 -- 需求、信任、曝光，最后为复购
-- column.zh-Hant: factor 因素 -- 需求、信任、曝光，最後為回購
-- column: in_group count -- of the base, those with the factor
-- column.zh-Hans: in_group 符合人数 -- 基数中具备该因素的客户
-- column.zh-Hant: in_group 符合人數 -- 基數中具備該因素的客戶
-- column: base count -- customers whom the row before left
-- column.zh-Hans: base 基数 -- 上一行留下的客户
-- column.zh-Hant: base 基數 -- 上一列留下的客戶
-- column: share share -- in_group ÷ base
-- column.zh-Hans: share 占比 -- 符合人数 ÷ 基数
-- column.zh-Hant: share 占比 -- 符合人數 ÷ 基數
-- column: cumulative share -- in_group ÷ all customers: the product of the shares so far
-- column.zh-Hans: cumulative 累计 -- 符合人数 ÷ 全部客户，即各占比至此的乘积
-- column.zh-Hant: cumulative 累計 -- 符合人數 ÷ 全部客戶，即各占比至此的乘積
-- column: lower share -- of share, Wilson 95 %
-- column.zh-Hans: lower 区间下限 -- 占比的 Wilson 95% 区间
-- column.zh-Hant: lower 區間下限 -- 占比的 Wilson 95% 區間
-- column: upper share -- of share, Wilson 95 %
-- column.zh-Hans: upper 区间上限 -- 占比的 Wilson 95% 区间
-- column.zh-Hant: upper 區間上限 -- 占比的 Wilson 95% 區間
-- column: odds_ratio number -- e^b: odds of buying with the factor ÷ without it, the others alike
-- column.zh-Hans: odds_ratio 几率比 -- e^b：其他因素相同时，具备与不具备该因素的购买几率之比
-- column.zh-Hant: odds_ratio 勝算比 -- e^b：其他因素相同時，具備與不具備該因素的購買勝算之比
-- column: odds_lower number -- of odds_ratio, Wald 95 %
-- column.zh-Hans: odds_lower 几率比下限 -- Wald 95% 区间
-- column.zh-Hant: odds_lower 勝算比下限 -- Wald 95% 區間
-- column: odds_upper number -- of odds_ratio, Wald 95 %
-- column.zh-Hans: odds_upper 几率比上限 -- Wald 95% 区间
-- column.zh-Hant: odds_upper 勝算比上限 -- Wald 95% 區間
-- column: coefficient number -- b of the factor; in the row of repurchase b0
-- column.zh-Hans: coefficient 系数 -- 该因素的 b，复购一行为 b0
-- column.zh-Hant: coefficient 係數 -- 該因素的 b，回購一列為 b0
-- column: score text -- whether the additive form could be told
-- column.zh-Hans: score 评分状态 -- 加法形式能否估计
-- column.zh-Hant: score 評分狀態 -- 加法形式能否估計
-- column: due_from_days days -- since the last order, least for need
-- column.zh-Hans: due_from_days 需求起 -- 距最近一单天数
-- column.zh-Hant: due_from_days 需求起 -- 距最近一單天數
-- column: due_to_days days -- since the last order, most for need
-- column.zh-Hans: due_to_days 需求止 -- 距最近一单天数
-- column.zh-Hant: due_to_days 需求止 -- 距最近一單天數
-- fact: customers count = sum(base) where factor = 'need'
-- fact: need share = ratio(in_group, base) where factor = 'need'
-- fact: trust share = ratio(in_group, base) where factor = 'trust'
-- fact: exposure share = ratio(in_group, base) where factor = 'exposure'
-- fact: repurchase share = ratio(in_group, base) where factor = 'repurchase'
-- fact: product share = first(cumulative) where factor = 'repurchase'
-- fact: bought count = sum(in_group) where factor = 'repurchase'
-- fact: odds number = first(odds_ratio) where factor = 'exposure'
-- fact: odds_lower number = first(odds_lower) where factor = 'exposure'
-- fact: odds_upper number = first(odds_upper) where factor = 'exposure'
-- chart: segments label=factor value=cumulative compare=share -- Multiplied
-- chart.zh-Hans: 相乘
-- chart.zh-Hant: 相乘
-- chart: dots y=factor x=odds_ratio lower=odds_lower upper=odds_upper -- Added
-- chart.zh-Hans: 相加
-- chart.zh-Hant: 相加
-- value: need = Need
-- value.zh-Hans: need = 需求
-- value.zh-Hant: need = 需求
-- value: trust = Trust
-- value.zh-Hans: trust = 信任
-- value.zh-Hant: trust = 信任
-- value: exposure = Exposure
-- value.zh-Hans: exposure = 曝光
-- value.zh-Hant: exposure = 曝光
-- value: repurchase = Repurchase
-- value.zh-Hans: repurchase = 复购
-- value.zh-Hant: repurchase = 回購
-- value: fitted = Estimated
-- value.zh-Hans: fitted = 已估计
-- value.zh-Hant: fitted = 已估計
-- value: constant = Everybody or nobody has it
-- value.zh-Hans: constant = 人人都有或无人具备
-- value.zh-Hant: constant = 人人都有或無人具備
-- value: separated = Not to be told: no exception
-- value.zh-Hans: separated = 无法估计：毫无例外
-- value.zh-Hant: separated = 無法估計：毫無例外
-- value: dependent = Not to be told: one factor follows from the others
-- value.zh-Hans: dependent = 无法估计：因素相互决定
-- value.zh-Hant: dependent = 無法估計：因素互相決定
-- value: not-converged = Did not converge
-- value.zh-Hans: not-converged = 未收敛
-- value.zh-Hant: not-converged = 未收斂
-- model: need-trust-exposure
with
params as (
  select
    coalesce(getvariable('touch_days'), 30)::integer as touch_days,
    coalesce(getvariable('buy_days'), 30)::integer as buy_days,
    getvariable('due_from')::integer as due_from,
    getvariable('due_to')::integer as due_to,
    coalesce(getvariable('min_score'), 4)::double as min_score,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

settings as (
  select
    greatest(1, params.touch_days) as touch_days,
    greatest(1, params.buy_days) as buy_days,
    params.due_from,
    params.due_to,
    params.min_score,
    params.as_of - greatest(1, params.buy_days) as day
  from params
),

intervals as (
  select
    quantile_cont(customer_days.days_since_previous::double, 0.1) as p10,
    quantile_cont(customer_days.days_since_previous::double, 0.9) as p90
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.day
),

-- rounded, so that 30 days are not 29.999999999999996
limits as (
  select
    coalesce(settings.due_from, round(intervals.p10, 6)) as due_from,
    coalesce(settings.due_to, round(intervals.p90, 6)) as due_to
  from settings
  cross join intervals
),

histories as (
  select
    customer_days.customer_key,
    max(customer_days.order_date) as last_order_date,
    sum(customer_days.orders) as orders,
    sum(customer_days.refunded_orders) as refunded_orders
  from customer_days
  cross join settings
  where customer_days.order_date <= settings.day
  group by customer_days.customer_key
),

members as (
  select contacts.customer_id
  from contacts
  cross join settings
  where contacts.member_since <= settings.day
),

ranked_ratings as (
  select
    ratings.customer_id,
    ratings.score,
    row_number() over (partition by ratings.customer_id order by ratings.rated_at desc, ratings.score) as place
  from ratings
  cross join settings
  where ratings.customer_id is not null and ratings.score is not null and ratings.rated_at::date <= settings.day
),

trusting_people as (
  select members.customer_id
  from members
  union
  select ranked_ratings.customer_id
  from ranked_ratings
  cross join settings
  where ranked_ratings.place = 1 and ranked_ratings.score >= settings.min_score
),

trusting_customers as (
  select customer_summary.customer_key
  from trusting_people
  inner join customer_summary on customer_summary.customer_id = trusting_people.customer_id
  union
  select orders.customer_key
  from orders
  cross join settings
  where orders.is_member and orders.customer_key is not null and orders.order_date <= settings.day
),

touched_people as (
  select touches.customer_id
  from touches
  cross join settings
  where
    touches.touched_at::date > settings.day - settings.touch_days
    and touches.touched_at::date <= settings.day
  group by touches.customer_id
),

touched_customers as (
  select customer_summary.customer_key
  from touched_people
  inner join customer_summary on customer_summary.customer_id = touched_people.customer_id
),

buyers as (
  select customer_days.customer_key
  from customer_days
  cross join settings
  where
    customer_days.order_date > settings.day
    and customer_days.order_date <= settings.day + settings.buy_days
  group by customer_days.customer_key
),

people as (
  select
    case
      when settings.day - histories.last_order_date between limits.due_from and limits.due_to then 1
      else 0
    end as need,
    case
      when
        histories.refunded_orders = 0
        and (histories.orders >= 2 or trusting_customers.customer_key is not null)
        then 1
      else 0
    end as trust,
    case when touched_customers.customer_key is not null then 1 else 0 end as exposure,
    case when buyers.customer_key is not null then 1 else 0 end as repurchased
  from histories
  cross join settings
  cross join limits
  left join trusting_customers on trusting_customers.customer_key = histories.customer_key
  left join touched_customers on touched_customers.customer_key = histories.customer_key
  left join buyers on buyers.customer_key = histories.customer_key
),

counts as (
  select
    people.need,
    people.trust,
    people.exposure,
    count(*) as customers,
    sum(people.repurchased) as repurchased
  from people
  group by people.need, people.trust, people.exposure
),

flags (flag) as (
  values (1), (0)
)

-- one row a combination: the model makes the chain and the score of them
select
  needs.flag::integer as need,
  trusts.flag::integer as trust,
  exposures.flag::integer as exposure,
  coalesce(counts.customers, 0)::integer as customers,
  coalesce(counts.repurchased, 0)::integer as repurchased,
  limits.due_from::double as due_from_days,
  limits.due_to::double as due_to_days
from flags as needs
cross join flags as trusts
cross join flags as exposures
cross join limits
left join counts
  on counts.need = needs.flag
  and counts.trust = trusts.flag
  and counts.exposure = exposures.flag
order by needs.flag desc, trusts.flag desc, exposures.flag desc;
