-- title: Direct and indirect value
-- title.zh-Hans: 直接与间接价值
-- title.zh-Hant: 直接與間接價值
-- question: Which customers are worth more than they spend, because of whom they brought?
-- question.zh-Hans: 哪些客户因为带来了别人，价值高于自己的消费？
-- question.zh-Hant: 哪些客戶因為帶來了別人，價值高於自己的消費？
-- definition: direct = Σ net of the customer’s orders up to the observation end × margin − acquisition cost, as
--   net_value in the value so far: the acquisition cost of the month of the first order ÷ customers whose first order
--   falls in it, taken as 0 where the costs file does not say. referees = customers whom this one brought first: at
--   or before the day of their first order, each belonging to one referrer alone, the earliest (on one day the one
--   whose id comes first as text); a referral without a date counts on the day of the first order; people who refer
--   themselves are left out. referee_value = Σ direct of the referees, first generation alone. indirect = alpha ×
--   referee_value, which may be negative. total = direct + indirect. The value of all customers together is Σ direct:
--   indirect is left out of it, since the referees’ own rows have it already. Referrers who never ordered have no row
--   here; the leaderboard has them.
-- definition.zh-Hans: 直接价值 = 截至截止日该客户的净额合计 × 毛利率 − 获客成本，与历史价值中的净价值相同：首单所在月
--   的获客费用 ÷ 该月首单客户数，成本文件未说明时按 0 计。带来客户 = 首先由该客户带来的客户：推荐不晚于其首单当天，每
--   人只归一位推荐人，即最早的一位（同一天则取编号文本靠前的）；没有日期的推荐按首单当天计；自己推荐自己的不计。带来
--   客户的价值 = 这些客户的直接价值合计，只算第一代。间接价值 = α × 带来客户的价值，可以为负。合计 = 直接价值 + 间接
--   价值。全部客户的总价值为直接价值之和，不含间接价值，因为它已计在被推荐人自己的行里。从未下单的推荐人不在此表，见
--   排行榜。
-- definition.zh-Hant: 直接價值 = 截至截止日該客戶的淨額合計 × 毛利率 − 獲客成本，與歷史價值中的淨價值相同：首單所在月
--   的獲客費用 ÷ 該月首單客戶數，成本檔案未說明時按 0 計。帶來客戶 = 首先由該客戶帶來的客戶：推薦不晚於其首單當天，每
--   人只歸一位推薦人，即最早的一位（同一天則取編號文字靠前的）；沒有日期的推薦按首單當天計；自己推薦自己的不計。帶來
--   客戶的價值 = 這些客戶的直接價值合計，只算第一代。間接價值 = α × 帶來客戶的價值，可以為負。合計 = 直接價值 + 間接
--   價值。全部客戶的總價值為直接價值之和，不含間接價值，因為它已計在被推薦人自己的列裡。從未下單的推薦人不在此表，見
--   排行榜。
-- sentence: {customers} {customers|customer is|customers together are} worth {direct} so far. {referrers} of them
--   brought others[ and {referrers|is|are} credited {indirect} for it, which is no part of that total][; {best}
--   leads with {best_total}, both counted].|There is nothing to say yet: no customer has an order.
-- sentence.zh-Hans: 全部 {customers} 位客户至今价值 {direct}。其中 {referrers} 位带来过别人[，因此记入间接价值
--   {indirect}，不计入上述总额][；两项合计领先的是 {best}，为 {best_total}]。|暂时没有可说的：没有客户下过单。
-- sentence.zh-Hant: 全部 {customers} 位客戶至今價值 {direct}。其中 {referrers} 位帶來過別人[，因此記入間接價值
--   {indirect}，不計入上述總額][；兩項合計領先的是 {best}，為 {best_total}]。|暫時沒有可說的：沒有客戶下過單。
-- group: referral
-- needs: referrals, customer_summary, customer_days
-- scope: shop
-- param: alpha number = 0.5 -- share of the referees’ value that is credited to the referrer, 0 to 1
-- param.en: alpha Share credited
-- param.zh-Hans: alpha α -- 被推荐人的价值记给推荐人的比例，0 到 1
-- param.zh-Hant: alpha α -- 被推薦人的價值記給推薦人的比例，0 到 1
-- param: margin number = 1 -- gross margin, 0 to 1
-- param.zh-Hans: margin 毛利率 -- 0 到 1
-- param.zh-Hant: margin 毛利率 -- 0 到 1
-- param: as_of date = -- observation end; the date of the last order when empty
-- param.en: as_of Observed until
-- param.zh-Hans: as_of 截止日 -- 观察截止日，留空则为最后一笔订单的日期
-- param.zh-Hant: as_of 截止日 -- 觀察截止日，留空則為最後一筆訂單的日期
-- counts: customer
-- column: customer_id text
-- column.zh-Hans: customer_id 客户
-- column.zh-Hant: customer_id 客戶
-- column: direct money -- net × margin − acquisition cost
-- column.en: direct Direct value
-- column.zh-Hans: direct 直接价值 -- 净额 × 毛利率 − 获客成本
-- column.zh-Hant: direct 直接價值 -- 淨額 × 毛利率 − 獲客成本
-- column: indirect money -- alpha × referee_value
-- column.en: indirect Indirect value
-- column.zh-Hans: indirect 间接价值 -- α × 带来客户的价值
-- column.zh-Hant: indirect 間接價值 -- α × 帶來客戶的價值
-- column: total money -- direct + indirect
-- column.zh-Hans: total 合计 -- 直接价值 + 间接价值
-- column.zh-Hant: total 合計 -- 直接價值 + 間接價值
-- column: referees count -- customers brought first by this one
-- column.zh-Hans: referees 带来客户 -- 首先由该客户带来的客户
-- column.zh-Hant: referees 帶來客戶 -- 首先由該客戶帶來的客戶
-- column: referee_value money -- Σ direct of the referees
-- column.en: referee_value Value of the referees
-- column.zh-Hans: referee_value 带来客户的价值 -- 其直接价值合计
-- column.zh-Hant: referee_value 帶來客戶的價值 -- 其直接價值合計
-- fact: customers count = count()
-- fact: direct money = sum(direct)
-- fact: referrers count = count() where referees > 0
-- fact: indirect money = sum(indirect)
-- fact: best text = first(customer_id)
-- fact: best_total money = first(total)
-- chart: bars x=customer_id y=total -- Worth most
-- chart.zh-Hans: 价值最高
-- chart.zh-Hant: 價值最高
-- chart: scatter x=direct y=indirect fill=referees label=customer_id -- Direct and indirect
-- chart.zh-Hans: 直接与间接
-- chart.zh-Hant: 直接與間接
with
params as (
  select
    coalesce(getvariable('alpha'), 0.5)::double as alpha,
    coalesce(getvariable('margin'), 1)::double as margin,
    coalesce(getvariable('as_of'), dataset.as_of)::date as as_of
  from dataset
),

sums as (
  select
    customer_days.customer_key,
    sum(customer_days.net) as net
  from customer_days
  cross join params
  where customer_days.order_date <= params.as_of
  group by customer_days.customer_key
),

buyers as (
  select
    customer_summary.customer_key,
    customer_summary.customer_id,
    customer_summary.first_order_date,
    extract(year from customer_summary.first_order_date) * 12
    + extract(month from customer_summary.first_order_date) as month_index,
    sums.net
  from customer_summary
  inner join sums on sums.customer_key = customer_summary.customer_key
),

months as (
  select
    buyers.month_index,
    count(*) as customers
  from buyers
  group by buyers.month_index
),

spends as (
  select
    extract(year from costs.cost_date) * 12 + extract(month from costs.cost_date) as month_index,
    sum(costs.amount) as amount
  from costs
  where coalesce(costs.kind, 'acquisition') = 'acquisition'
  group by month_index
),

-- to twelve digits, so that a sum of them is the same in any order
month_costs as (
  select
    months.month_index,
    (coalesce(spends.amount, 0)::double / months.customers)::decimal(24, 12) as cac
  from months
  left join spends on spends.month_index = months.month_index
),

pairs as (
  select
    buyers.customer_key,
    buyers.net,
    month_costs.cac,
    referrals.referrer_id,
    row_number() over (
      partition by buyers.customer_key
      order by coalesce(referrals.referred_at::date, buyers.first_order_date), referrals.referrer_id
    ) as place
  from referrals
  inner join buyers on buyers.customer_id = referrals.referee_id
  inner join month_costs on month_costs.month_index = buyers.month_index
  where
    referrals.referrer_id != referrals.referee_id
    and coalesce(referrals.referred_at::date, buyers.first_order_date) <= buyers.first_order_date
),

credits as (
  select
    pairs.referrer_id,
    count(*) as referees,
    sum(pairs.net) as net,
    sum(pairs.cac) as cac
  from pairs
  where pairs.place = 1
  group by pairs.referrer_id
),

worths as (
  select
    buyers.customer_id,
    buyers.net::double * params.margin - month_costs.cac::double as direct,
    coalesce(credits.referees, 0) as referees,
    coalesce(credits.net::double * params.margin - credits.cac::double, 0) as referee_value,
    params.alpha
  from buyers
  cross join params
  inner join month_costs on month_costs.month_index = buyers.month_index
  left join credits on credits.referrer_id = buyers.customer_id
)

select
  worths.customer_id,
  worths.direct,
  worths.alpha * worths.referee_value as indirect,
  worths.direct + worths.alpha * worths.referee_value as total,
  worths.referees::integer as referees,
  worths.referee_value
from worths
order by total desc, worths.customer_id;
