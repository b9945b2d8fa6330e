-- title: Customer equity
-- title.zh-Hans: 客户资产总价值
-- title.zh-Hant: 客戶資產總價值
-- question: What are all customers together worth?
-- question.zh-Hans: 全部客户合起来值多少钱？
-- question.zh-Hant: 全部客戶合起來值多少錢？
-- definition: Equity = alive × LTV × (1 + K). alive = customers with P(alive) > 0.5 at the observation end. LTV = their
--   mean residual value: expected purchase days to come within the horizon × expected value of each (Gamma-Gamma) ×
--   margin, discounted month by month at the given rate a year: the clv of clv-forecast. horizon = 0 takes all that is
--   to come, discounted as it comes; that rests on the model far beyond the data. K = customers who were referred and bought within 90 days, for each customer: of
--   the 90 days that ended 90 days before the observation end, ÷ customers active in the 90 days before those (as in
--   referral-growth, from the referrals file); or as set; 0 where neither is known. The formula as it is often quoted,
--   users × LTV × K, is the column literal, and equity itself with formula = literal. lower and upper: 95 % interval from
--   the uncertainty of both models’ parameters, with those customers and K as they are. Effects: what 10 % more of a
--   factor adds to equity; 10 % less takes as much, of the discount rate nearly so.
-- definition.zh-Hans: 企业总价值 = 活跃客户数 × LTV × (1 + K)。活跃客户 = 截止日活跃概率大于 0.5 的客户。LTV =
--   他们的平均剩余价值：预测期内的预期购买日数 × 每次购买的预期金额（Gamma-Gamma）× 毛利率，按年贴现率逐月贴现，
--   即终身价值预测中的 CLV；预测周数为 0 则计全部未来，随到随贴现，那已远超数据所及，全凭模型外推。K = 人均带来的新客：被推荐且 90 天内下单的客户，
--   取截止日前 90 天为止的 90 天，÷ 再前 90 天的活跃客户（同裂变增长，来自推荐关系文件）；也可直接填写；两者皆无则为 0。
--   常见写法“用户数 × LTV × 裂变系数”按字面相乘，见“字面公式”一列，公式选“字面”时即为总价值。
--   上下限为两个模型参数不确定性给出的 95% 区间，活跃客户与 K 视为已知。影响：某因素增加 10% 时总价值的增加；
--   减少 10% 则减少同样多，贴现率近似如此。
-- definition.zh-Hant: 企業總價值 = 活躍客戶數 × LTV × (1 + K)。活躍客戶 = 截止日活躍機率大於 0.5 的客戶。LTV =
--   他們的平均剩餘價值：預測期內的預期購買日數 × 每次購買的預期金額（Gamma-Gamma）× 毛利率，按年折現率逐月折現，
--   即終身價值預測中的 CLV；預測週數為 0 則計全部未來，隨到隨折現，那已遠超資料所及，全憑模型外推。K = 人均帶來的新客：被推薦且 90 天內下單的客戶，
--   取截止日前 90 天為止的 90 天，÷ 再前 90 天的活躍客戶（同裂變成長，來自推薦關係檔案）；也可直接填寫；兩者皆無則為 0。
--   常見寫法「用戶數 × LTV × 裂變係數」按字面相乘，見「字面公式」一欄，公式選「字面」時即為總價值。
--   上下限為兩個模型參數不確定性給出的 95% 區間，活躍客戶與 K 視為已知。影響：某因素增加 10% 時總價值的增加；
--   減少 10% 則減少同樣多，折現率近似如此。
-- sentence: Of {customers} {customers|customer|customers} {alive} {alive|is|are} more likely active than not, each
--   worth {ltv} today within the horizon; with K = {k_factor} ({k_source}) together {equity}[ (95% interval {lower}
--   to {upper})].[ 10% more of them, or of their value, adds {ltv_effect}; 10% more word of mouth adds
--   {k_effect}.]|There is nothing to value: no customer is likely to be active.
-- sentence.zh-Hans: {customers} 位客户中有 {alive} 位活跃的可能大于流失，预测期内平均每位现值 {ltv}；K =
--   {k_factor}（{k_source}），合计 {equity}[（95% 区间 {lower} 至 {upper}）]。[客户数或单客价值增加 10%，总价值增加
--   {ltv_effect}；口碑增加 10%，增加 {k_effect}。]|没有可估值的：没有客户可能仍然活跃。
-- sentence.zh-Hant: {customers} 位客戶中有 {alive} 位活躍的可能大於流失，預測期內平均每位現值 {ltv}；K =
--   {k_factor}（{k_source}），合計 {equity}[（95% 區間 {lower} 至 {upper}）]。[客戶數或單客價值增加 10%，總價值增加
--   {ltv_effect}；口碑增加 10%，增加 {k_effect}。]|沒有可估值的：沒有客戶可能仍然活躍。
-- group: value
-- needs: customer_days, customer_summary
-- scope: shop
-- param: by choice(none, cohort-year, cohort-quarter, channel, product, category, country, coupon, member) = none
--   -- period or attribute of the first order that splits the customers
-- param.en: by Split by
-- param.zh-Hans: by 分组 -- 按首单的时间或属性把客户分开
-- param.zh-Hant: by 分組 -- 按首單的時間或屬性把客戶分開
-- param: k_factor number = -- customers that each customer brings; from the referrals when empty, 0 without them;
--   read by the model worker
-- param.en: k_factor K factor
-- param.zh-Hans: k_factor 裂变系数 K -- 每位客户带来的客户数；留空取自推荐关系文件，没有则为 0；由模型程序读取
-- param.zh-Hant: k_factor 裂變係數 K -- 每位客戶帶來的客戶數；留空取自推薦關係檔案，沒有則為 0；由模型程序讀取
-- param: formula choice(one-plus-k, literal) = one-plus-k -- what equity is multiplied by: 1 + K, or K as the formula is
--   often quoted; read by the model worker
-- param.zh-Hans: formula 公式 -- 总价值乘以 1 + K，还是按字面乘以 K；由模型程序读取
-- param.zh-Hant: formula 公式 -- 總價值乘以 1 + K，還是按字面乘以 K；由模型程序讀取
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: discount number = 0.1 -- discount rate a year
-- param.en: discount Discount a year
-- param.zh-Hans: discount 年贴现率 -- 每年的贴现率
-- param.zh-Hant: discount 年折現率 -- 每年的折現率
-- param: horizon integer = 52 -- weeks looked ahead; 0: all that is to come
-- param.en: horizon Weeks ahead
-- param.zh-Hans: horizon 预测周数 -- 向前看多少周，0 为全部未来
-- param.zh-Hant: horizon 預測週數 -- 向前看多少週，0 為全部未來
-- param: model choice(best, bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k, ggom-nbd, nbd) = bg-nbd -- read by the model
--   worker
-- param.zh-Hans: model 模型 -- 由模型程序读取
-- param.zh-Hant: model 模型 -- 由模型程序讀取
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- param: min_size integer = 30 -- segments with fewer customers are put together as (other)
-- param.en: min_size Fewest customers
-- param.zh-Hans: min_size 最小人数 -- 人数更少的分组并入“(other)”
-- param.zh-Hant: min_size 最小人數 -- 人數更少的分組並入「(other)」
-- param: segments integer = 12 -- the largest segments stand alone, the rest is put together as (other)
-- param.en: segments Largest groups shown
-- param.zh-Hans: segments 分组数 -- 单独显示人数最多的几个分组，其余并入“(other)”
-- param.zh-Hant: segments 分組數 -- 單獨顯示人數最多的幾個分組，其餘並入「(other)」
-- counts: customers, alive of customers by segment
-- column: segment text -- period or attribute of the first order, or all
-- column.zh-Hans: segment 分组 -- 首单的时间或属性，或全部
-- column.zh-Hant: segment 分組 -- 首單的時間或屬性，或全部
-- column: customers count
-- column.zh-Hans: customers 客户数
-- column.zh-Hant: customers 客戶數
-- column: alive count -- more likely active than not
-- column.en: alive Active customers
-- column.zh-Hans: alive 活跃客户 -- 活跃的可能大于流失
-- column.zh-Hant: alive 活躍客戶 -- 活躍的可能大於流失
-- column: ltv money -- mean residual value of an active customer
-- column.en: ltv Value of each
-- column.zh-Hans: ltv 终身价值（LTV） -- 每位活跃客户的平均剩余价值
-- column.zh-Hant: ltv 終身價值（LTV） -- 每位活躍客戶的平均剩餘價值
-- column: k_factor number -- customers that each customer brings
-- column.en: k_factor K factor
-- column.zh-Hans: k_factor 裂变系数 K -- 每位客户带来的客户数
-- column.zh-Hant: k_factor 裂變係數 K -- 每位客戶帶來的客戶數
-- column: equity money -- active customers × value of each × (1 + K)
-- column.zh-Hans: equity 总价值 -- 活跃客户 × LTV × (1 + K)
-- column.zh-Hant: equity 總價值 -- 活躍客戶 × LTV × (1 + K)
-- column: literal money -- active customers × value of each × K
-- column.en: literal Literal formula
-- column.zh-Hans: literal 字面公式 -- 活跃客户 × LTV × K
-- column.zh-Hant: literal 字面公式 -- 活躍客戶 × LTV × K
-- column: lower money -- 95 % interval of the equity
-- column.zh-Hans: lower 区间下限 -- 总价值的 95% 区间
-- column.zh-Hant: lower 區間下限 -- 總價值的 95% 區間
-- column: upper money -- 95 % interval of the equity
-- column.zh-Hans: upper 区间上限 -- 总价值的 95% 区间
-- column.zh-Hant: upper 區間上限 -- 總價值的 95% 區間
-- column: customer_share share -- of all customers
-- column.en: customer_share Share of customers
-- column.zh-Hans: customer_share 客户占比 -- 占全部客户
-- column.zh-Hant: customer_share 客戶占比 -- 占全部客戶
-- column: equity_share share -- of all equity
-- column.en: equity_share Share of equity
-- column.zh-Hans: equity_share 价值占比 -- 占全部价值
-- column.zh-Hant: equity_share 價值占比 -- 占全部價值
-- column: alive_effect money -- added to equity by 10 % more active customers
-- column.en: alive_effect 10% more active customers
-- column.zh-Hans: alive_effect 活跃客户 +10% -- 总价值的增加
-- column.zh-Hant: alive_effect 活躍客戶 +10% -- 總價值的增加
-- column: ltv_effect money -- added to equity by 10 % more value of each
-- column.en: ltv_effect 10% more value of each
-- column.zh-Hans: ltv_effect 终身价值 +10% -- 总价值的增加
-- column.zh-Hant: ltv_effect 終身價值 +10% -- 總價值的增加
-- column: k_effect money -- added to equity by a K 10 % higher
-- column.en: k_effect 10% more word of mouth
-- column.zh-Hans: k_effect 裂变系数 +10% -- 总价值的增加
-- column.zh-Hant: k_effect 裂變係數 +10% -- 總價值的增加
-- column: discount_effect money -- added to equity by a discount rate 10 % higher
-- column.en: discount_effect 10% higher discount rate
-- column.zh-Hans: discount_effect 贴现率 +10% -- 总价值的增加
-- column.zh-Hant: discount_effect 折現率 +10% -- 總價值的增加
-- column: k_source text -- where K comes from
-- column.en: k_source Source of K
-- column.zh-Hans: k_source K 的来源 -- 推荐关系、填写，或未知
-- column.zh-Hant: k_source K 的來源 -- 推薦關係、填寫，或未知
-- fact: customers count = first(customers)
-- fact: alive count = first(alive)
-- fact: ltv money = first(ltv)
-- fact: k_factor number = first(k_factor)
-- fact: k_source text = first(k_source)
-- fact: equity money = first(equity)
-- fact: lower money = first(lower)
-- fact: upper money = first(upper)
-- fact: ltv_effect money = first(ltv_effect)
-- fact: k_effect money = first(k_effect)
-- chart: segments label=segment value=equity_share compare=customer_share -- By segment
-- chart.zh-Hans: 按分组
-- chart.zh-Hant: 按分組
-- chart: tiles t1=equity lower1=lower upper1=upper t2=alive t3=ltv t4=k_factor t5=literal -- Factors
-- chart.zh-Hans: 各因素
-- chart.zh-Hant: 各因素
-- chart: tornado b1=alive_effect b2=ltv_effect b3=k_effect b4=discount_effect -- What 10% more adds
-- chart.zh-Hans: 各增 10% 的影响
-- chart.zh-Hant: 各增 10% 的影響
-- value: one-plus-k = × (1 + K)
-- value.zh-Hans: one-plus-k = × (1 + K)
-- value.zh-Hant: one-plus-k = × (1 + K)
-- value: literal = × K, literally
-- value.zh-Hans: literal = 字面：× K
-- value.zh-Hant: literal = 字面：× K
-- value: cohort-year = year of first order
-- value.zh-Hans: cohort-year = 首单年份
-- value.zh-Hant: cohort-year = 首單年份
-- value: cohort-quarter = quarter of first order
-- value.zh-Hans: cohort-quarter = 首单季度
-- value.zh-Hant: cohort-quarter = 首單季度
-- value: given = as set
-- value.zh-Hans: given = 按所填
-- value.zh-Hant: given = 按所填
-- value: referrals = from the referrals
-- value.zh-Hans: referrals = 来自推荐关系
-- value.zh-Hant: referrals = 來自推薦關係
-- value: unknown = not known, so word of mouth counts as nothing
-- value.zh-Hans: unknown = 未知，口碑不计
-- value.zh-Hant: unknown = 未知，口碑不計
-- value.zh-Hans: none = 不分组
-- value.zh-Hant: none = 不分組
-- value.zh-Hans: channel = 渠道
-- value.zh-Hant: channel = 通路
-- value.zh-Hans: product = 商品
-- value.zh-Hant: product = 商品
-- value.zh-Hans: category = 品类
-- value.zh-Hant: category = 品類
-- value.zh-Hans: country = 国家
-- value.zh-Hant: country = 國家
-- value.zh-Hans: coupon = 优惠券
-- value.zh-Hant: coupon = 優惠券
-- value.zh-Hans: member = 会员
-- value.zh-Hant: member = 會員
-- value: (none) = None
-- value.zh-Hans: (none) = （无）
-- value.zh-Hant: (none) = （無）
-- value: (other) = Other
-- value.zh-Hans: (other) = （其他）
-- value.zh-Hant: (other) = （其他）
-- value.zh-Hans: yes = 是
-- value.zh-Hant: yes = 是
-- value.zh-Hans: no = 否
-- value.zh-Hant: no = 否
-- value: all = All customers
-- value.zh-Hans: all = 全部
-- value.zh-Hant: all = 全部
-- value.zh-Hans: best = 最优
-- value.zh-Hant: best = 最優
-- value: bg-nbd = BG/NBD
-- value.zh-Hans: bg-nbd = BG/NBD
-- value.zh-Hant: bg-nbd = BG/NBD
-- value: mbg-nbd = MBG/NBD
-- value.zh-Hans: mbg-nbd = MBG/NBD
-- value.zh-Hant: mbg-nbd = MBG/NBD
-- value: pareto-nbd = Pareto/NBD
-- value.zh-Hans: pareto-nbd = Pareto/NBD
-- value.zh-Hant: pareto-nbd = Pareto/NBD
-- value: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hans: bg-cnbd-k = BG/CNBD-k
-- value.zh-Hant: bg-cnbd-k = BG/CNBD-k
-- value: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hans: mbg-cnbd-k = MBG/CNBD-k
-- value.zh-Hant: mbg-cnbd-k = MBG/CNBD-k
-- value: ggom-nbd = GGompertz/NBD
-- value.zh-Hans: ggom-nbd = GGompertz/NBD
-- value.zh-Hant: ggom-nbd = GGompertz/NBD
-- value: nbd = NBD
-- value.zh-Hans: nbd = NBD
-- value.zh-Hant: nbd = NBD
-- model: customer-equity
with
params as (
  select
    coalesce(getvariable('by'), 'none')::varchar as by_attribute,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of,
    coalesce(getvariable('min_size'), 30)::integer as min_size,
    coalesce(getvariable('segments'), 12)::integer as segments
  from dataset
),

-- a repeat purchase day that refunds left with nothing tells nothing of the usual amount, a free one does
days as (
  select
    customer_days.*,
    customer_days.nth > 1 and (customer_days.net > 0 or customer_days.refunded_orders = 0) as is_amount_known
  from customer_days
),

histories as (
  select
    days.customer_key,
    count(*) - 1 as x,
    max(days.days_since_first) as t_x_days,
    max(params.as_of - days.order_date) as t_days,
    sum(case when days.is_amount_known then days.net end) as repeat_net,
    sum(case when days.is_amount_known then 1 else 0 end) as paid_days,
    -- to twelve digits, so that the sum is the same in any order
    sum(case when days.nth > 1 then ln(days.days_since_previous / 7.0)::decimal(24, 12) else 0 end) as log_gaps
  from days
  cross join params
  where days.order_date <= params.as_of
  group by days.customer_key
),

labels as (
  select
    customer_summary.customer_key,
    params.by_attribute in ('cohort-year', 'cohort-quarter') as is_cohort,
    coalesce(
      case params.by_attribute
        when 'cohort-year' then extract(year from customer_summary.first_order_date)::varchar
        when 'cohort-quarter'
          then extract(year from customer_summary.first_order_date)::varchar
            || ' Q'
            || extract(quarter from customer_summary.first_order_date)::varchar
        when 'channel' then customer_summary.first_channel
        when 'product' then customer_summary.first_product
        when 'category' then customer_summary.first_category
        when 'country' then customer_summary.first_country
        when 'coupon' then customer_summary.first_coupon
        when 'member' then case when customer_summary.first_is_member then 'yes' else 'no' end
      end,
      '(none)'
    ) as label
  from customer_summary
  cross join params
  where params.by_attribute != 'none' and customer_summary.first_order_date <= params.as_of
),

label_sizes as (
  select
    labels.label,
    labels.is_cohort,
    count(*) as customers,
    row_number() over (
      order by case when labels.is_cohort then 0 else count(*) end desc, labels.label
    ) as place
  from labels
  group by labels.label, labels.is_cohort
),

segments as (
  select
    label_sizes.label,
    label_sizes.place,
    label_sizes.is_cohort
    or (label_sizes.customers >= params.min_size and label_sizes.place <= params.segments) as is_named
  from label_sizes
  cross join params
),

referred as (
  select
    customer_summary.customer_key,
    min(coalesce(referrals.referred_at::date, customer_summary.first_order_date)) as referred_on
  from referrals
  inner join customer_summary on customer_summary.customer_id = referrals.referee_id
  where referrals.referrer_id != referrals.referee_id
  group by customer_summary.customer_key
),

-- of the last 90 days whose referrals have had 90 days to buy
referees as (
  select referred.customer_key
  from referred
  inner join customer_days on customer_days.customer_key = referred.customer_key
  cross join params
  where
    referred.referred_on > params.as_of - 180
    and referred.referred_on <= params.as_of - 90
    and customer_days.order_date >= referred.referred_on
    and customer_days.order_date <= referred.referred_on + 90
  group by referred.customer_key
),

active_before as (
  select customer_days.customer_key
  from customer_days
  cross join params
  where customer_days.order_date > params.as_of - 270 and customer_days.order_date <= params.as_of - 180
  group by customer_days.customer_key
),

-- null: not known
k_factors as (
  select
    case
      when (select count(*) from referred) > 0 and (select count(*) from active_before) > 0
        then (select count(*) from referees)::double / (select count(*) from active_before)
    end as k_observed
)

select
  case
    when segments.label is null then 'all'
    when not segments.is_named then '(other)'
    when segments.label = 'all' then '(all)'
    else segments.label
  end as segment_name,
  case when segments.is_named then segments.place else 1000000 end::integer as place,
  histories.x::integer as x,
  histories.t_x_days::integer as t_x_days,
  histories.t_days::integer as T_days,
  case when histories.paid_days > 0 then histories.repeat_net::double / histories.paid_days else 0 end as monetary,
  histories.paid_days::integer as paid_days,
  histories.log_gaps::double as log_gaps,
  k_factors.k_observed::double as k_observed
from histories
cross join k_factors
left join labels on labels.customer_key = histories.customer_key
left join segments on segments.label = labels.label
order by histories.customer_key;
